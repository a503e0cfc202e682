"""``timeline export`` with `outputs` in the file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.command import Done

HEAD = "calendar: {id: a.org, name: A}\n"
EVENTS = "events:\n  - {id: a, summary: A, start: 2027-01-03, categories: [x]}\n"
MARKDOWN = """\
outputs:
  csv: {bom: true}
  md:
    - {path: docs/timeline.md, style: table, weekdays: true}
    - {path: docs/list.md}
"""


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("repo/.git").mkdir(parents=True)
    monkeypatch.chdir("repo")


def write(outputs: str, more: str = "") -> None:
    Path("events.yaml").write_text(HEAD + more + outputs + EVENTS)


def files() -> set[str]:
    paths = (path for path in Path().rglob("*") if path.is_file() and path.name != "events.yaml")
    return {path.as_posix() for path in paths}


def test_what_the_file_lists_is_written_as_it_says() -> None:
    write(MARKDOWN)
    assert Done("export").code == 0
    assert files() == {"dist/events.csv", "docs/timeline.md", "docs/list.md"}
    assert Path("dist/events.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "| Sun 3 January 2027 |" in Path("docs/timeline.md").read_text()
    assert "- " in Path("docs/list.md").read_text()
    assert Done("export", "--check").code == 0
    Path("docs/list.md").unlink()
    done = Done("export", "--check")
    assert done.code == 1
    assert done.err.endswith(f"would change {Path('docs/list.md')}\n")


def test_a_format_on_the_command_line_has_the_options_of_the_file() -> None:
    write(MARKDOWN)
    assert Done("export", "--csv").code == 0
    assert files() == {"dist/events.csv"}
    assert Path("dist/events.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert Done("export", "--md", "--md-style", "list").code == 0
    assert "|" not in Path("docs/timeline.md").read_text()
    assert Done("export", "--svg").code == 0  # which the file does not list
    assert "dist/events.svg" in files()


def test_an_option_needs_a_format_that_is_written() -> None:
    write("outputs: {svg: true}\n")
    done = Done("export", "--md-style", "table")
    assert (done.code, files()) == (2, set())
    assert "--md-style has no effect without --md" in done.err
    assert Done("export", "--previous", "x.ics").code == 2
    assert Done("export", "--as-of", "2027-01-03").code == 0
    write("outputs: {csv: {dialect: google}}\n")
    assert Done("export", "--until", "2028").code == 0
    write("outputs: {csv: {dialect: google, until: 2028}}\n")
    assert Done("export", "--csv-dialect", "timeline", "--stdout").code == 0
    done = Done("export", "--csv-dialect", "timeline", "--until", "2028")
    assert (done.code, "--until needs --csv-dialect google" in done.err) == (2, True)


def test_the_feeds_are_in_the_directory_and_nowhere_else() -> None:
    write("outputs: {directory: public/cal, ics: true, md: {path: a.md}}\n", "feeds: [{id: x}]\n")
    assert Done("export").code == 0
    assert files() == {"public/cal/events.ics", "public/cal/x.ics", "a.md"}
    assert Done("export", "--feed", "x").err == f"unchanged {Path('public/cal/x.ics')}\n"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), {"public/events.ics", "docs/t.md"}),
        (("--output-dir", "www"), {"www/events.ics", "www/t.md"}),
        (("--name", "x"), {"public/x.ics", "docs/x.md"}),
        (("--output-dir", "www", "--name", "x"), {"www/x.ics", "www/x.md"}),
        (("--md", "--output-dir", "../www"), {"../www/t.md"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_the_command_line_names_the_folder_and_the_name(
    options: tuple[str, ...], expected: set[str]
) -> None:
    write("outputs: {directory: public, ics: true, md: {path: docs/t.md}}\n")
    done = Done("export", *options)
    assert done.code == 0, done.err
    assert files() | {f"../www/{path.name}" for path in Path("../www").glob("*")} == expected


def test_stdout_and_name_need_exactly_one() -> None:
    write(MARKDOWN)
    for options in (("--md", "--stdout"), ("--stdout",), ("--name", "x"), ("--md", "--name", "x")):
        done = Done("export", *options)
        assert (done.code, done.out) == (2, ""), options
    assert "has 2 of --md" in done.err
    assert Done("export", "--csv", "--stdout").out_bytes.startswith(b"\xef\xbb\xbf")
    assert Done("export", "--csv", "--name", "x").code == 0
    write("outputs: {md: {path: docs/t.md, style: table}}\n")
    assert "| Date |" in Done("export", "--stdout").out
    assert files() == {"dist/x.csv"}


def test_outputs_that_become_one_file_are_refused() -> None:
    write("outputs:\n  md: [{path: a/x.md}, {path: b/X.md}]\n")
    assert Done("export").code == 0
    done = Done("export", "--output-dir", "www")
    assert done.code == 2
    assert "two outputs would both be `www/X.md`" in done.err.replace(os.sep, "/")
    write("", "feeds: [{id: x}]\n")
    done = Done("export", "--name", "X")
    assert (done.code, "the feed `x` and the main feed would both be" in done.err) == (2, True)


@pytest.mark.parametrize("outputs", ["{directory: ../www}", "{md: {path: ../a.md}}"])
def test_an_error_in_outputs_writes_nothing(outputs: str) -> None:
    write(f"outputs: {outputs}\n")
    for command in ("validate", "export"):
        done = Done(command)
        assert done.code == 1
        assert "error[output-path]" in done.out + done.err
    assert files() == set()


def test_a_folder_of_the_repository_above_the_file_may_be_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("data").mkdir()
    text = "outputs: {directory: ../public, csv: true, md: {path: ../README-timeline.md}}\n"
    Path("data/events.yaml").write_text(HEAD + text + EVENTS)
    assert Done("validate", "data/events.yaml").code == 0
    done = Done("export", "data/events.yaml")
    written = {"public/events.csv", "README-timeline.md"}
    assert {str(Path(line.split()[1])) for line in done.err.splitlines()} == {
        str(Path(name)) for name in written
    }
    monkeypatch.chdir("data")
    assert Done("export", "--check").code == 0
    monkeypatch.chdir("../..")
    assert Done("export", "repo/data/events.yaml", "--check").code == 0


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_a_link_does_not_lead_an_output_out_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    Path("docs").symlink_to("../www")
    write("outputs: {md: {path: docs/a.md}}\n")
    for command in ("validate", "export"):
        done = Done(command)
        assert done.code == 1
        assert "`docs/a.md` is outside of the" in done.out + done.err
    write("outputs: {directory: docs}\n")
    assert Done("export").code == 1
    write("")
    Path("dist").symlink_to("../www")
    assert Done("export").code == 2
    assert [*(tmp_path / "www").iterdir()] == []


def test_standard_input_is_in_the_current_folder() -> None:
    text = HEAD + "outputs: {directory: public, csv: true, md: {path: docs/t.md}}\n" + EVENTS
    assert Done("export", "-", stdin=text).code == 2
    assert Done("export", "-", "--name", "x", stdin=text).code == 0
    assert files() == {"public/x.csv", "docs/x.md"}


@pytest.mark.skipif(os.name != "posix", reason="needs /dev/stdin")
def test_a_stream_with_a_name_is_in_the_current_folder_too() -> None:
    os.mkfifo("../pipe")
    from timeline.source import folder_of_events_file

    for name in ("-", "../pipe", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"):
        assert folder_of_events_file(name) == ""
    assert folder_of_events_file("a/events.yaml") == "a"


@pytest.mark.parametrize(
    ("arguments", "flag"),
    [
        (("--csv", "--name", "x"), "--name"),
        (("--md", "--output-dir", "www"), "--output-dir"),
        (("--svg", "--output-dir", "www", "--name", "x"), "--output-dir"),
        (("--ics", "--name", "x", "--no-previous"), "--name"),
        (("--ics", "--name", "x", "--previous", "dist/events.ics"), "--name"),
        (("--ics", "--output-dir", "www", "--previous", "dist/"), "--output-dir"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_place_has_no_effect_on_what_is_printed(arguments: tuple[str, ...], flag: str) -> None:
    write("")
    done = Done("export", "--stdout", *arguments)
    assert (done.code, done.out) == (2, "")
    assert f"{flag} has no effect with --stdout" in done.err
    assert done.err.endswith(f"remove {flag}\n")


def test_a_printed_feed_continues_the_one_at_its_place() -> None:
    write("")
    for options in (
        ("--name", "x"),
        ("--output-dir", "www"),
        ("--output-dir", "www", "--name", "x"),
    ):
        assert Done("export", "--ics", *options, env={"SOURCE_DATE_EPOCH": "0"}).code == 0
        done = Done("export", "--ics", "--stdout", *options)
        folder = "www" if "www" in options else "dist"
        name = "x" if "x" in options else "events"
        assert done.out_bytes == Path(folder, f"{name}.ics").read_bytes()


def test_a_folder_is_not_the_name_of_outputs() -> None:
    write("")
    Path(".teams").mkdir()
    for typed in (".", "..", ".teams", "./"):
        for more in ((), ("--stdout", "--ics")):
            done = Done("export", typed, *more)
            assert (done.code, "--name" in done.err) == (2, False)
            assert f"cannot read `{typed}`: is a directory" in done.err
    Path("events.yaml").rename(".events.yaml")
    done = Done("export", ".events.yaml")
    assert "the outputs cannot have the name of `.events.yaml`: add --name NAME" in done.err
    assert Done("export", ".events.yaml", "--name", "events").code == 0


def test_another_name_is_another_feed_and_the_first_one_is_named() -> None:
    write("", "feeds: [{id: team, categories: [x]}]\n")
    assert Done("export").code == 0
    done = Done("export", "--name", "x")
    assert done.code == 0
    said = "dist/x.ics: `dist/events.ics` is a feed of this calendar, too, and is not updated\n"
    assert said in done.err.replace(os.sep, "/")
    assert "too" not in Done("export", "--name", "x").err
    assert "too" not in Done("export", "--name", "part", "--category", "x").err


def test_what_is_only_checked_does_not_start_a_history() -> None:
    write("")
    for option in ("--check", "--diff"):
        err = Done("export", option).err.replace(os.sep, "/")
        assert "dist/events.ics: no published feed found\n" in err
    assert "no published feed found; starting a new history" in Done("export").err


def test_a_notice_of_several_outputs_is_printed_once() -> None:
    paths = ", ".join(f"{{dialect: google, path: {name}.csv}}" for name in "abc")
    write(f"outputs: {{csv: [{paths}]}}\n")
    assert Done("export").err.count("Google's CSV has no time zones") == 1


def test_two_outputs_at_one_path_name_it_once() -> None:
    write("outputs:\n  md: [{path: a/x.md}, {path: b/x.md}]\n")
    done = Done("export", "--output-dir", "zz")
    assert "two outputs would both be `zz/x.md`\n" in done.err.replace(os.sep, "/")


def test_a_file_that_the_file_names_is_read_wherever_the_outputs_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    monkeypatch.chdir(project)
    Path("style.css").write_text("h1 { color: teal }\n")
    Path("events.yaml").write_text(f"{HEAD}{EVENTS}outputs: {{html: {{css: style.css}}}}\n")
    for folder in ("site", "../copy"):
        done = Done("export", "--output-dir", folder)
        assert done.code == 0, done.err
        assert "color: teal" in Path(folder, "events.html").read_text()
