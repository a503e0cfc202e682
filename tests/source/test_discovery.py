"""Which file is the events file of a folder."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.command import Done
from timeline.source.discovery import AmbiguousFile, _top_keys, find_events_file

OURS = "calendar: {id: a.org, name: A}\nevents: [{id: a, summary: A, start: 2027-01-03}]\n"
OTHER = "apiVersion: v1\nkind: Event\n"


@pytest.fixture(autouse=True)
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "repo")
    return tmp_path.resolve() / "repo"


def write(**files: str) -> None:
    for name, text in files.items():
        Path(name.replace("__", "/").replace("_", ".") + ".yaml").write_text(text)


def nearest(folder: str = "") -> str | None:
    return find_events_file(folder).path


def test_the_usual_name_or_the_only_timeline_is_the_file() -> None:
    assert nearest() is None
    write(plan_timeline=OURS)
    assert nearest() == "plan.timeline.yaml"
    Path("plan.timeline.yaml").unlink()
    write(events=OURS)
    assert nearest() == "events.yaml"
    assert nearest("a/b") == "events.yaml"
    write(a__events=OURS)
    assert nearest("a/b") == str(Path("a/events.yaml"))


@pytest.mark.parametrize("name", [".timeline.yaml", "plan.yaml", "timeline.yaml", "Events.yaml"])
def test_other_names_do_not_count(name: str) -> None:
    if name == "Events.yaml" and os.path.normcase("A") == "a":
        pytest.skip("the file system ignores letter case")
    Path(name).write_text(OURS)
    assert nearest() is None


def test_the_path_is_as_it_would_be_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    write(events=OURS)
    monkeypatch.chdir("a/b")
    result = find_events_file("")
    assert result.path == str(Path("../../events.yaml"))
    assert result.is_above


def test_nothing_above_the_root_is_looked_at(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (top.parent / "events.yaml").write_text(OURS)
    monkeypatch.chdir("a")
    assert nearest() is None
    Path("../.git").rmdir()
    Path("../events.yaml").write_text(OURS)
    assert nearest() is None  # without a repository, only the folder itself
    assert find_events_file("", str(top)).path == str(Path("../events.yaml"))


def test_two_files_in_one_folder_are_ambiguous() -> None:
    write(events=OURS, a__x_timeline=OURS, a__y_timeline=OURS, a__z_timeline=OTHER)
    write(plan_timeline=OURS)
    with pytest.raises(AmbiguousFile, match=r"`events.yaml` and `plan.timeline.yaml` are"):
        find_events_file("")
    with pytest.raises(AmbiguousFile, match=r"x.timeline.yaml` and `a.y.timeline.yaml` are"):
        find_events_file("a/b")
    Path("plan.timeline.yaml").write_text(OTHER)
    assert find_events_file("").passed_by == ("plan.timeline.yaml",)


@pytest.mark.parametrize(
    "text",
    [
        OTHER,
        "",
        "# calendar: in a comment\n",
        "events: [{id: a, summary: 'calendar: x', start: 2027}]\n",
        "spec:\n  calendar: {id: a.org}\n",
        "- calendar: {}\n",
        "text: |\n  calendar: {}\nother: >-\n  calendar: x\n",
        "{{ if .Values.calendar }}\nkind: Event\n",
        "just: [a\n",
        "kalendars: {}\n",
    ],
)
def test_a_file_without_a_calendar_is_passed_by(text: str) -> None:
    write(events=OURS, a__events=text)
    result = find_events_file("a")
    assert result.path == "events.yaml"
    assert result.passed_by == (str(Path("a/events.yaml")),)


@pytest.mark.parametrize(
    "text",
    [
        OURS,
        '{"events": [], "calendar": {}}',
        "x-a: &a {b: [c, {d: e}]}\nx-b: *a\n? [complex, {key: 1}]\n: x\n'calendar': {}\n",
        "---\nx: y\n--- \ncalendar: {}\n",
        "calender: {}\n",
        "events: [\n  - x: {\ncalendar:\n  id: a.org\n",
        "\ufeffcalendar: {}\n",
        "calendar:\n",
    ],
)
def test_a_file_whose_calendar_is_wrong_is_reported_by_its_reader(text: str) -> None:
    write(events=OURS, a__events=text)
    assert nearest("a") == str(Path("a/events.yaml"))


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links and pipes")
def test_what_cannot_be_read_here_is_for_the_reader(top: Path) -> None:
    (top.parent / "secret.yaml").write_text(OTHER)
    write(events=OURS)
    file = Path("a/events.yaml")
    file.symlink_to(top.parent / "secret.yaml")
    assert nearest("a") == "a/events.yaml"
    assert "outside of" in Done("validate", "a/events.yaml").err
    file.unlink()
    file.symlink_to("nothing")
    assert nearest("a") == "a/events.yaml"
    file.unlink()
    os.mkfifo(file)
    assert nearest("a") == "a/events.yaml"
    file.unlink()
    file.mkdir()
    assert nearest("a") == "a/events.yaml"


KEYS = st.text("abc calendr:'#", min_size=1, max_size=20)


@given(st.dictionaries(KEYS, st.integers() | st.just([{"x": 1}])))
def test_the_keys_of_the_top_are_those_of_the_mapping(mapping: dict[str, object]) -> None:
    assert [*_top_keys(json.dumps(mapping))] == [*mapping]


# --- the commands ---------------------------------------------------------------------------------


def test_commands_work_in_every_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    write(events=OURS, a__events=OTHER)
    assert Done("export").err.endswith("wrote dist/events.md\n")
    monkeypatch.chdir("a/b")
    passed = "../events.yaml has no `calendar:`, so it is not taken for the events file\n"
    using = passed.replace("/", os.sep) + f"using {Path('../../events.yaml')}\n"
    done = Done("export", "--check")
    assert (done.code, done.err.startswith(using)) == (0, True), done.err
    assert "unchanged" in Done("export").err
    assert [*Path().iterdir()] == []
    assert Done("validate").err.startswith(using)
    assert Done("show").err.startswith(using)
    assert using not in Done("validate", "../../events.yaml").err


def test_a_folder_without_an_events_file(monkeypatch: pytest.MonkeyPatch) -> None:
    done = Done("validate")
    assert done.code == 2
    assert "there is no `events.yaml` and no `*.timeline.yaml` in this folder\n" in done.err
    assert "`timeline init` creates one" in done.err
    monkeypatch.chdir("a")
    write(events=OTHER)
    done = Done("validate")
    assert done.code == 2
    assert "in this folder or above it, up to" in done.err
    assert "events.yaml has no `calendar:`" in done.err
    assert "add `calendar:` to events.yaml" in done.err
    write(x_timeline=OURS, y_timeline=OURS)
    done = Done("export")
    assert done.code == 2
    assert "`x.timeline.yaml` and `y.timeline.yaml` are events files in one folder" in done.err


def test_an_embedded_timeline_is_the_same_wherever_it_is_run(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(events=OURS, a__b__events=OURS.replace("summary: A", "summary: Another"))
    Path("a/page.md").write_text("<!-- timeline:start -->\n<!-- timeline:end -->\n")
    results = set()
    for folder in (top, top / "a", top / "a" / "b", top.parent):
        monkeypatch.chdir(folder)
        page = top / "a" / "page.md"
        for name in (str(page), os.path.relpath(page)):
            page.write_text("<!-- timeline:start -->\n<!-- timeline:end -->\n")
            assert Done("embed", name).code == 0
            results.add(page.read_text())
    assert len(results) == 1
    assert "Another" not in results.pop()


def test_a_document_elsewhere_is_told_the_path_of_the_file_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(a__events=OURS)
    Path("page.md").write_text("<!-- timeline:start -->\n<!-- timeline:end -->\n")
    monkeypatch.chdir("a")
    done = Done("embed", "../page.md")
    assert done.code == 1
    assert "write `file=a/events.yaml`" in done.err
    Path("../page.md").write_text(
        "<!-- timeline:start file=a/events.yaml -->\n<!-- timeline:end -->"
    )
    assert Done("embed", "../page.md").code == 0
