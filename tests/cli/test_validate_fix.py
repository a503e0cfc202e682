"""``validate --fix``: which files it writes, and what it reports."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from threading import Thread

import pytest

from support.command import Done


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


HEAD = "calendar: {id: example.org, name: Example, timezone: Asia/Riyadh}\n"
WRONG = f"{HEAD}events:\n  - id: a\n    summary: A\n    start: 3 January 2025\n"
RIGHT = WRONG.replace("3 January 2025", "2025-01-03")


def test_a_file_is_fixed_in_place_and_looked_at_again() -> None:
    Path("events.yaml").write_text(WRONG)
    done = Done("validate", "--fix")
    assert (done.code, done.out) == (0, "")
    assert done.err == "fixed 1 error, none remain\nevents.yaml: 1 event, no errors or warnings\n"
    assert Path("events.yaml").read_text() == RIGHT
    assert Done("validate", "--fix").err == "events.yaml: 1 event, no errors or warnings\n"


def test_what_is_left_is_reported_and_fails() -> None:
    Path("events.yaml").write_text(WRONG + "    end: 03/01/2025\n    color: rde\n")
    done = Done("validate", "--fix")
    assert done.code == 1
    assert "events.yaml:6:10: error[date-syntax]" in done.out
    assert done.err == "2 errors\nfixed 1 error, 2 remain\n"


def test_what_would_be_fixed_is_shown_and_nothing_written() -> None:
    Path("events.yaml").write_text(WRONG)
    done = Done("validate", "--fix", "--diff")
    assert done.code == 1
    assert done.out.startswith("--- events.yaml\n+++ events.yaml\n@@")
    assert "\n-    start: 3 January 2025\n+    start: 2025-01-03\n" in done.out
    assert done.err == "would fix 1 error, none would remain\n"
    assert Path("events.yaml").read_text() == WRONG
    Path("events.yaml").write_text(RIGHT)
    done = Done("validate", "--fix", "--diff")
    assert (done.code, done.out) == (0, "")


def test_the_difference_is_in_no_other_form(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("events.yaml").write_text(WRONG)
    done = Done("validate", "--fix", "--diff", "--output-format", "json")
    assert (done.code, done.out) == (2, "")
    assert "--output-format has no effect with --diff" in done.err
    monkeypatch.setenv("TIMELINE_OUTPUT_FORMAT", "json")  # which is for every command of a build
    assert Done("validate", "--fix", "--diff").out.startswith("--- events.yaml\n")


def test_the_difference_is_shown_of_a_fix_only() -> None:
    Path("events.yaml").write_text(WRONG)
    done = Done("validate", "--diff")
    assert (done.code, done.out) == (2, "")


def test_standard_input_goes_on_fixed() -> None:
    done = Done("validate", "--fix", "-", stdin=WRONG)
    assert (done.code, done.out) == (0, RIGHT)
    done = Done("validate", "--fix", "-", stdin=RIGHT + "    color: rde\n")
    assert (done.code, done.out) == (1, RIGHT + "    color: rde\n")
    assert "<stdin>:6:12: error[unknown-color]" in done.err


def test_included_files_are_fixed_and_what_lies_outside_is_not() -> None:
    Path("race").mkdir()
    Path("race/events.yaml").write_text(
        HEAD + "include: [stages.yaml, ../other.yaml]\nevents: []\n"
    )
    stages = "events:\n- {id: b, sumary: B, start: 2025-1-3}\n"
    Path("race/stages.yaml").write_text(stages)
    Path("other.yaml").write_text(stages)
    done = Done("validate", "--fix", "race/events.yaml")
    assert done.code == 1
    assert "is outside the folder" in done.out
    assert done.err == "1 error\nfixed 2 errors, 1 remains\n"
    assert (
        Path("race/stages.yaml").read_text()
        == "events:\n- {id: b, summary: B, start: 2025-01-03}\n"
    )
    assert Path("other.yaml").read_text() == stages


def test_what_applies_to_included_events_is_fixed_where_it_is() -> None:
    Path("events.yaml").write_text(
        HEAD + "include:\n- {path: '*/a.yaml', default: {alarms: [1 day befor]}}\nevents: []\n"
    )
    Path("teams").mkdir()
    included = Path("teams/a.yaml")
    included.write_text(
        "categories: {a: {colour: red}}\ndefaults: {locaton: A}\nevents:\n"
        "- {id: b, summary: B, start: 2025-1-3}\n"
    )
    Done("validate", "--fix")
    assert "defaults: {alarms:" in Path("events.yaml").read_text()
    assert included.read_text() == (
        "categories: {a: {color: red}}\ndefaults: {location: A}\nevents:\n"
        "- {id: b, summary: B, start: 2025-01-03}\n"
    )


def test_what_an_anchor_repeats_in_defaults_of_an_included_file_is_fixed_once() -> None:
    Path("events.yaml").write_text(HEAD + "include: [a.yaml]\nevents: []\n")
    Path("a.yaml").write_text(
        "defaults: &d {locaton: A}\nx-d: *d\nevents:\n- {id: b, summary: B, start: 2025}\n"
    )
    assert Done("validate", "--fix").code == 0
    assert "defaults: &d {location: A}" in Path("a.yaml").read_text()


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX: links, modes")
def test_a_link_stays_one_and_a_file_keeps_its_mode() -> None:
    Path("real.yaml").write_text(WRONG)
    Path("real.yaml").chmod(0o640)
    Path("events.yaml").symlink_to("real.yaml")
    assert Done("validate", "--fix").code == 0
    assert Path("events.yaml").is_symlink()
    assert Path("real.yaml").read_text() == RIGHT
    assert stat.S_IMODE(Path("real.yaml").stat().st_mode) == 0o640


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX: named pipes")
def test_a_pipe_is_not_fixed_in_its_place() -> None:
    os.mkfifo("pipe")
    writer = Thread(target=lambda: Path("pipe").write_text(WRONG))
    writer.start()
    done = Done("validate", "--fix", "pipe")
    writer.join()
    assert done.code == 2
    assert "cannot be fixed in place" in done.err


def test_a_report_states_how_many_errors_could_be_fixed() -> None:
    Path("events.yaml").write_text(WRONG + "    color: rde\n")
    assert Done("validate").err == "2 errors\n--fix would fix 1 of them\n"


def test_what_standard_input_includes_is_fixed_in_its_own_place() -> None:
    Path("sub").mkdir()
    Path("sub/more.yaml").write_text("events:\n  - {id: b, sumary: B, start: Jan 2025}\n")
    text = (
        "include: [sub/more.yaml]\n"
        + HEAD
        + "events:\n  - {id: a, summary: A, start: 3 May 2025}\n"
    )
    done = Done("validate", "--fix", "-", stdin=text)
    assert done.out == text.replace("3 May 2025", "2025-05-03")
    included = Path("sub/more.yaml").read_text()
    assert included == "events:\n  - {id: b, summary: B, start: 2025-01}\n"
    assert (done.code, "fixed 3 errors, none remain" in done.err) == (0, True)


def test_a_file_that_cannot_be_read_to_its_end_is_left_alone_and_reported() -> None:
    text = HEAD + 'events:\n  - {id: a, sumary: A, start: 2025}\n  - {id: b, summary: "b}\n'
    Path("events.yaml").write_text(text)
    done = Done("validate", "--fix")
    assert done.code == 1
    assert "nothing can be fixed until the YAML can be read to its end" in done.err
    assert Path("events.yaml").read_text() == text


def test_what_could_not_be_read_is_counted_shown_and_fixed() -> None:
    text = HEAD + "events:\n  - id: a\n    summary: Caf\xe9: A\n    start: 2025\n"
    right = text.replace("Caf\xe9: A", '"Caf\xe9: A"')
    Path("events.yaml").write_bytes(text.encode("cp1252"))
    assert "--fix would fix 2 of them" in Done("validate").err
    shown = Done("validate", "--fix", "--diff")
    assert '-    summary: Caf\\xe9: A\n+    summary: "Caf\xe9: A"\n' in shown.out
    assert "would fix 2 errors, none would remain" in shown.err
    assert Path("events.yaml").read_bytes() == text.encode("cp1252")
    assert Done("validate", "--fix").code == 0
    assert Path("events.yaml").read_text(encoding="utf-8") == right
