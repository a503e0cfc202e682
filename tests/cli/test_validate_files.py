"""``timeline validate`` of included files, of several files and of folders."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from support.command import Done

HEAD = "calendar: {id: x.org, name: X}\n"
TEAM = "events:\n- {id: NAME, summary: S NAME, start: 2025}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    monkeypatch.chdir(root)
    return root


def put(path: str, text: str) -> None:
    name = Path(path)
    name.parent.mkdir(parents=True, exist_ok=True)
    name.write_text(text, encoding="utf-8")


def team(name: str, start: str = "2025") -> None:
    put(f"teams/{name}.yaml", TEAM.replace("NAME", name).replace("2025", start))


@pytest.fixture
def league() -> None:
    put("events.yaml", f"{HEAD}include: [teams/?.yaml]\nevents: []\n")
    team("a")
    team("b")


@pytest.mark.usefixtures("league")
def test_an_included_file_is_validated_by_the_file_that_includes_it() -> None:
    done = Done("validate", "teams/a.yaml")
    assert done.code == 0
    assert done.err == (
        "teams/a.yaml: included by events.yaml, which is validated\n"
        "events.yaml: 2 events, no errors or warnings\n"
    )


@pytest.mark.usefixtures("league")
@pytest.mark.parametrize("typed", [("teams",), ("teams", "teams/a.yaml"), ("teams", ".")])
def test_a_folder_of_included_files_is_validated_by_the_file_that_includes_them(
    typed: tuple[str, ...],
) -> None:
    put("teams/deep/notes.yaml", "a: 1\n")
    done = Done("validate", *typed)
    assert done.code == 0
    assert "teams/a.yaml and 1 more: included by events.yaml" in done.err.replace(os.sep, "/")
    assert done.err.count("events.yaml: 2 events, no errors or warnings\n") == 1


def test_a_folder_whose_events_file_is_included_is_validated_by_that() -> None:
    put("events.yaml", f"{HEAD}include: [other/events.yaml, more/x.timeline.yaml]\nevents: []\n")
    put("other/events.yaml", TEAM.replace("NAME", "a"))
    put("more/x.timeline.yaml", TEAM.replace("NAME", "b"))
    for folder in ("other", "more"):
        done = Done("validate", folder)
        assert done.code == 0
        assert done.err.endswith("events.yaml: 2 events, no errors or warnings\n")


@pytest.mark.usefixtures("league")
def test_a_folder_of_files_that_are_not_included_is_an_error() -> None:
    put("other/a.yaml", TEAM)
    done = Done("validate", "other")
    assert done.code == 2
    assert "there is no `events.yaml` and no `*.timeline.yaml` in other" in done.err


@pytest.mark.usefixtures("league")
def test_an_error_in_an_included_file_is_reported_at_its_place() -> None:
    team("a", "2025-02-30")
    done = Done("validate", "--output-format", "concise", "teams/a.yaml")
    assert done.code == 1
    assert done.out.startswith("teams/a.yaml:2:32: error[no-such-date]")


@pytest.mark.usefixtures("league")
def test_several_included_files_are_validated_once() -> None:
    done = Done("validate", "teams/a.yaml", "teams/b.yaml", "events.yaml", "./events.yaml")
    assert done.err == (
        "teams/a.yaml and 1 more: included by events.yaml, which is validated\n"
        "events.yaml: 2 events, no errors or warnings\n"
    )


@pytest.mark.usefixtures("league")
@pytest.mark.parametrize("name", ["main.timeline.yaml", "events.yaml"])
def test_the_file_that_includes_it_is_the_nearest_that_does(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("events.yaml").rename(name)
    put("teams/other.timeline.yaml", f"{HEAD}events: []\n")
    put("teams/events.yaml", "x-of: another program\n")
    Path(name).write_text(f"{HEAD}include: [teams/?.yaml]\nevents: []\n")
    monkeypatch.chdir("teams")
    Path("../.git").mkdir()
    assert f"b.yaml: included by ../{name}, which" in Done("validate", "b.yaml").err


@pytest.mark.usefixtures("league")
def test_no_file_above_the_repository_is_looked_at() -> None:
    put("teams/.git/config", "")
    done = Done("validate", "teams/a.yaml")
    assert done.code == 1
    assert "teams/a.yaml: no `calendar:`, and no events file includes it" in done.err
    assert f"up to {Path('teams').resolve()}\n" in done.err
    assert "error[missing-key]: `calendar` is missing" in done.out


@pytest.mark.usefixtures("league")
def test_outside_of_a_repository_nothing_above_the_current_folder_is_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir("teams")
    assert "no events file includes it" in Done("validate", "a.yaml").err


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX: links, pipes")
@pytest.mark.usefixtures("league")
def test_a_candidate_that_is_a_pipe_or_a_link_out_is_passed_by() -> None:
    put("../outside/events.yaml", f"{HEAD}include: [a.yaml]\nevents: []\n")
    os.mkfifo("teams/events.yaml")
    Path("teams/z.timeline.yaml").symlink_to("../../outside/events.yaml")
    done = Done("validate", "teams/a.yaml")
    assert (done.code, done.err.splitlines()[0]) == (
        0,
        "teams/a.yaml: included by events.yaml, which is validated",
    )


@pytest.mark.usefixtures("league")
def test_a_misspelt_calendar_is_that_of_an_events_file() -> None:
    put("teams/a.yaml", f"calender: {{id: y.org, name: Y}}\n{TEAM}")
    done = Done("validate", "--output-format", "concise", "teams/a.yaml")
    assert "included by" not in done.err
    assert "error[unknown-key]" in done.out


def test_the_events_files_of_a_folder_are_validated_without_those_of_other_programs() -> None:
    event = "events:\n- {id: e, summary: E, start: 2025}\n"
    for name in ("b/events.yaml", "a.timeline.yaml", "b/c/d/x.timeline.yaml", "b/more.yaml"):
        put(name, HEAD + event)
    for name in ("node_modules/p/events.yaml", ".hidden/events.yaml", "b/.x/events.yaml"):
        put(name, "not: [valid\n")
    put("e/events.yaml", "topics: []\n")
    done = Done("validate", ".")
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines() == [
        "e/events.yaml: no `calendar:`, so it is not taken for an events file",
        "a.timeline.yaml: 1 event, no errors or warnings",
        "b/events.yaml: 1 event, no errors or warnings",
        "b/c/d/x.timeline.yaml: 1 event, no errors or warnings",
    ]


@pytest.mark.parametrize("form", ["full", "json"])
@pytest.mark.parametrize(
    "text", ["kalender: {id: x.org, name: X}\nevents: []\n", "", "events:\n- {start: 2027-13-45}\n"]
)
def test_a_folder_without_an_events_file_to_validate_is_wrong_use(form: str, text: str) -> None:
    put("b/events.yaml", text)
    done = Done("validate", "--output-format", form, "b")
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines() == [
        "b/events.yaml: no `calendar:`, so it is not taken for an events file",
        "timeline: none of the files in the folder is an events file, so nothing was validated",
        "  help: add `calendar:` to b/events.yaml, or name the file",
    ]


def test_an_included_file_in_a_folder_is_not_passed_by_or_validated_alone() -> None:
    put("events.yaml", f"{HEAD}include: ['*/events.yaml']\nevents: []\n")
    put("teams/events.yaml", TEAM.replace("NAME", "a"))
    assert Done("validate", ".").err == "events.yaml: 1 event, no errors or warnings\n"


@pytest.mark.usefixtures("league")
@pytest.mark.parametrize("command", ["export", "show"])
def test_an_included_file_is_not_exported_but_its_root_is_named(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Done(command, "teams/a.yaml")
    assert (done.code, done.out) == (2, "")
    assert done.err.replace(os.sep, "/") == (
        "timeline: `teams/a.yaml` is a part of `events.yaml`, which includes it\n"
        "  help: name that one: `events.yaml`\n"
    )
    Path(".git").mkdir()
    Path("events.yaml").rename("teams/all.timeline.yaml")
    Path("teams/all.timeline.yaml").write_text(f"{HEAD}include: [b.yaml]\nevents: []\n")
    monkeypatch.chdir("teams")
    assert "name that one: `all.timeline.yaml`" in Done(command, "b.yaml").err
    done = Done(command, "a.yaml")  # which nothing includes now
    assert (done.code, "error[missing-key]: `calendar` is missing" in done.err) == (1, True)


def test_a_folder_that_cannot_be_listed_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    put("events.yaml", f"{HEAD}events: []\n")
    put("a/events.yaml", f"{HEAD}events: []\n")

    def refuse(path: str) -> object:
        if str(path).endswith("a"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", refuse)
    done = Done("validate", ".")
    assert (done.code, done.out) == (2, "")
    assert "cannot read" in done.err


def test_a_folder_without_events_files_is_wrong_use() -> None:
    put("a/other.yaml", HEAD)
    done = Done("validate", "a")
    assert (done.code, done.out) == (2, "")
    assert "there is no `events.yaml` and no `*.timeline.yaml` in a or below" in done.err


def two_roots() -> None:
    for name in "ab":
        put(f"{name}.timeline.yaml", f"{HEAD}include: [shared.yaml]\nevents: []\n")
    put("shared.yaml", TEAM.replace("NAME", "s").replace("2025", "2025-02-30"))


def test_what_two_files_include_is_reported_once() -> None:
    two_roots()
    done = Done("validate", ".")
    assert (done.code, done.out.count("no-such-date")) == (1, 1)
    assert "1 | events:" not in done.out
    assert "2 | - {id: s, summary: S s, start: 2025-02-30}" in done.out
    assert done.err.splitlines()[0] == "1 error"


def test_documents_of_several_files_are_one_document() -> None:
    two_roots()
    put("c.timeline.yaml", f"{HEAD}evnts: []\n")
    report = json.loads(Done("validate", "--output-format", "json", ".").out)
    assert [(item["file"], item["code"]) for item in report["diagnostics"]] == [
        ("shared.yaml", "no-such-date"),
        ("c.timeline.yaml", "unknown-key"),
    ]
    (run,) = json.loads(Done("validate", "--output-format", "sarif", ".").out)["runs"]
    assert len(run["results"]) == 2
    github = Done("validate", "--output-format", "github", ".").out
    assert github.count("::error file=") == 2


def test_several_files_are_fixed_and_counted_together() -> None:
    for name in "ab":
        put(f"{name}.timeline.yaml", HEAD + TEAM.replace("2025", "2025-1-3").replace("NAME", "e"))
    done = Done("validate", ".")
    assert done.err.splitlines() == ["2 errors", "--fix would fix 2 of them"]
    done = Done("validate", "--fix", "--diff", ".")
    assert (done.code, done.out.count("+- {id: e")) == (1, 2)
    done = Done("validate", "--fix", ".")
    assert done.code == 0
    assert done.err.splitlines()[0] == "fixed 2 errors, none remain"
    assert all("2025-01-03" in Path(f"{name}.timeline.yaml").read_text() for name in "ab")


def test_what_two_files_include_is_fixed_once() -> None:
    two_roots()
    put("shared.yaml", TEAM.replace("NAME", "s").replace("2025", "2025-1-3"))
    assert Done("validate", "--fix", "--diff", ".").out.count("+- {id: s") == 1
    done = Done("validate", "--fix", ".")
    assert (done.code, done.err.splitlines()[0]) == (0, "fixed 1 error, none remain")


def test_standard_input_is_fixed_alone() -> None:
    put("events.yaml", HEAD + "events: []\n")
    done = Done("validate", "--fix", "-", "events.yaml")
    assert (done.code, done.out) == (2, "")
    assert "`-` must be the only file" in done.err


def test_one_file_that_cannot_be_read_ends_with_2() -> None:
    put("events.yaml", HEAD + "events: []\n")
    done = Done("validate", "events.yaml", "missing.yaml")
    assert done.code == 2
    assert "missing.yaml" in done.err
