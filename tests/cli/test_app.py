"""The command line: what it answers, where, and with which exit code."""

from __future__ import annotations

import contextlib
import csv
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from support.command import Done
from support.progress_bars import without_bar
from timeline.compiler.pipeline import load_file

FILE = """\
calendar: {id: x.org, name: X, timezone: Europe/Berlin}
events:
  - {id: rally, summary: The rally, start: 2025-01-03, end: 2025-01-17, categories: [rally]}
  - {id: debut, summary: The debut, start: 2026, categories: [team]}
  - {id: fleet, summary: The fleet, start: TBC}
"""
BAD = FILE + "  - {id: bad, sumary: Misspelt, start: 2025-02-30}\n"
WARNED = FILE + "  - {id: warned, summary: A season, start: 2025-21}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("events.yaml").write_text(FILE)
    return tmp_path


def process(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "timeline", *arguments]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, **(pipes | options))  # type: ignore[call-overload, no-any-return]


# export


def test_export_writes_three_files_and_says_so() -> None:
    done = Done("export")
    assert (done.code, done.out) == (0, "")
    assert sorted(path.name for path in Path("dist").iterdir()) == [
        "events.csv",
        "events.ics",
        "events.md",
    ]
    for name in ("events.ics", "events.csv", "events.md"):
        assert f"wrote dist/{name}" in done.err
    assert "left out of dist/events.ics: 1 event\n  fleet: its date is to be conf" in done.err


def test_a_second_export_changes_nothing() -> None:
    Done("export")
    before = {path: path.stat().st_mtime_ns for path in Path("dist").iterdir()}
    done = Done("export")
    assert done.code == 0
    assert "wrote" not in done.err
    assert done.err.count("unchanged") == 3
    assert {path: path.stat().st_mtime_ns for path in Path("dist").iterdir()} == before


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--ics"], ["events.ics"]),
        (["--csv", "--md"], ["events.csv", "events.md"]),
        (["--csv", "--name", "other"], ["other.csv"]),
    ],
)
def test_formats_and_names_are_chosen(options: list[str], names: list[str]) -> None:
    assert Done("export", *options).code == 0
    assert sorted(path.name for path in Path("dist").iterdir()) == names


def test_the_folder_is_chosen_and_made() -> None:
    assert Done("export", "--csv", "--output-dir", "a/b").code == 0
    assert Path("a/b/events.csv").exists()
    assert not Path("dist").exists()


def test_another_file_gives_its_name() -> None:
    Path("dakar.yaml").write_text(FILE)
    assert Done("export", "dakar.yaml", "--csv").code == 0
    assert Path("dist/dakar.csv").exists()


def test_stdout_is_data_and_nothing_else() -> None:
    done = Done("export", "--stdout", "--ics")
    assert done.code == 0
    assert done.out_bytes.startswith(b"BEGIN:VCALENDAR\r\n")
    assert done.out_bytes.endswith(b"END:VCALENDAR\r\n")
    assert not Path("dist").exists()
    Done("export")
    assert Done("export", "--stdout", "--csv").out_bytes == Path("dist/events.csv").read_bytes()


def test_a_picture_is_written_where_it_is_asked_for() -> None:
    done = Done("export", "--svg")
    assert (done.code, done.err) == (0, "wrote dist/events.svg\n")
    assert Done("export", "--svg", "--check").code == 0
    assert Done("export", "--svg", "--stdout").out_bytes == Path("dist/events.svg").read_bytes()
    assert Done("export", "--svg", "--as-of", "2025-01-10", "--check").code == 1
    part = Done("export", "--svg", "--stdout", "--id", "debut").out
    assert ("The debut" in part, "The rally" in part) == (True, False)


def test_standard_input_is_a_file_too() -> None:
    Path("events.yaml").unlink()
    done = Done("export", "-", "--csv", "--stdout", stdin=FILE)
    assert (done.code, done.out.count("\n")) == (0, 4)
    assert Done("export", "-", "--csv", "--name", "piped", stdin=FILE).code == 0
    assert Path("dist/piped.csv").read_bytes() == done.out_bytes


def test_check_writes_nothing_and_says_what_would_change() -> None:
    done = Done("export", "--check")
    assert (done.code, done.out) == (1, "")
    assert not Path("dist").exists()
    assert "would change dist/events.ics" in done.err
    Done("export")
    assert Done("export", "--check").code == 0
    Path("events.yaml").write_text(FILE.replace("The rally", "The race"))
    done = Done("export", "--check")
    assert (done.code, done.err.count("would change")) == (1, 3)


def test_the_clock_never_matters_to_check(monkeypatch: pytest.MonkeyPatch) -> None:
    Done("export")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1893456000")
    assert Done("export", "--check").code == 0
    assert Done("export", "--diff").out == ""


def test_diff_shows_what_would_change() -> None:
    Done("export")
    Path("events.yaml").write_text(FILE.replace("The rally", "The race"))
    done = Done("export", "--diff", "--ics")
    assert done.code == 1
    changed = [line for line in done.out.splitlines() if line[:1] in "+-" and line[1:2] not in "+-"]
    assert changed == ["-SUMMARY:The rally", "+SUMMARY:The race"]
    assert b"The rally" in Path("dist/events.ics").read_bytes()


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (["--id", "rally"], ["rally"]),
        (["--id", "rally", "--id", "fleet"], ["rally", "fleet"]),
        (["--category", "team"], ["debut"]),
        (["--from", "2025-01-17"], ["rally", "debut"]),
        (["--from", "2026"], ["debut"]),
        (["--to", "2025"], ["rally"]),
        (["--to", "2024"], []),
    ],
)
def test_filters_choose_events(filters: list[str], ids: list[str]) -> None:
    done = Done("export", "--csv", "--stdout", *filters)
    assert [row["id"] for row in csv.DictReader(done.out.splitlines())] == ids
    if ids:
        shown = Done("show", "--as-of", "2025-01-01", *filters)
        assert shown.code == 0
        assert ("The rally" in shown.out) == ("rally" in ids)


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "--stdout"],
        ["export", "--stdout", "--ics", "--csv"],
        ["export", "--stdout", "--ics", "--check"],
        ["export", "-"],
        ["export", "--from", "someday"],
        ["export", "--to", "2025-13"],
        ["export", "--as-of", "2025"],
        ["export", "--md-style", "poem"],
        ["export", "--heading-level", "7"],
        ["export", "--name", "../up"],
        ["export", "--name", ""],
        ["export", "--previous", "a.ics", "--no-previous"],
        ["export", "--ics", "--md-style", "table"],
        ["export", "--ics", "--as-of", "2025-01-03"],
        ["export", "--md", "--csv-bom"],
        ["export", "--csv", "--no-previous"],
        ["export", "--csv", "--no-verify"],
        ["export", "--md", "--allow-removal"],
        ["export", "--svg", "--csv", "--allow-empty"],
        ["export", "--md", "--stdout", "--no-verify"],
        ["export", "--feed", ""],
        ["export", "--feed", "nobody"],
        ["export", "--previous", "nowhere.ics"],
        ["export", "nowhere.yaml"],
        ["export", "."],
        ["export", "--no-such-option"],
        ["validate", "nowhere.yaml"],
        ["show", "."],
        ["show", "--next", "0"],
        ["explain", "no-such-code"],
        ["no-such-command"],
    ],
    ids=" ".join,
)
def test_wrong_use_exits_with_2_and_one_message(arguments: list[str]) -> None:
    done = Done(*arguments, stdin=FILE)
    assert (done.code, done.out) == (2, "")
    assert done.err.strip()
    assert "Traceback" not in done.err
    assert not Path("dist").exists()


@pytest.mark.parametrize(
    "epoch",
    [
        *(
            "yesterday",
            "",
            " ",
            " 5",
            "5 ",
            "5\n",
            "-1",
            "+5",
            "1e9",
            "1_000",
            "0x10",
            "5.0",
            "\u0665",
            "²",
        ),
        *("253370764800", "253402300799", "9" * 5_000, "\x1b]0;x\x07", "::error::x"),
    ],
    ids=ascii,
)
def test_a_clock_that_is_none_is_wrong_use(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    done = Done("export")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(
        "timeline: SOURCE_DATE_EPOCH must be in seconds since 1970, from 0 to 253370764799, not `"
    )
    assert done.err.count("\n") == 1
    assert len(done.err) < 200
    assert not Path("dist").exists()


def test_a_feed_of_the_first_or_last_second_can_be_updated(monkeypatch: pytest.MonkeyPatch) -> None:
    for epoch, stamp in ("0", "19700101T000000Z"), ("253370764799", "99981231T235959Z"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        Path("events.yaml").write_text(FILE)
        assert Done("export", "--ics", "--name", epoch).code == 0
        assert f"DTSTAMP:{stamp}" in Path(f"dist/{epoch}.ics").read_text()
        for moment in (epoch, "1735732800"):
            monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
            Path("events.yaml").write_text(FILE.replace("The rally", f"The rally of {moment}"))
            assert Done("export", "--ics", "--name", epoch).code == 0
            assert Done("export", "--ics", "--name", epoch, "--check").code == 0


@pytest.mark.skipif(
    os.geteuid() == 0, reason="needs a user other than root, who may read everything"
)
def test_an_unreadable_file_exits_with_2() -> None:
    Path("events.yaml").chmod(0)
    assert Done("validate").code == 2


def test_a_file_with_mistakes_is_not_exported() -> None:
    Path("events.yaml").write_text(BAD)
    done = Done("export")
    assert (done.code, done.out) == (1, "")
    assert "error[unknown-key]" in done.err
    assert "error[no-such-date]" in done.err
    assert not Path("dist").exists()


def test_a_warning_does_not_hinder() -> None:
    Path("events.yaml").write_text(WARNED)
    done = Done("export", "--csv")
    assert done.code == 0
    assert "warning[season-hemisphere]" in done.err


# The feed's past


def test_a_published_event_is_not_lost_unasked() -> None:
    Done("export")
    before = Path("dist/events.ics").read_bytes()
    Path("events.yaml").write_text(FILE.replace("id: rally", "id: race"))
    done = Done("export")
    assert done.code == 1
    assert "`rally@x.org` was published and is no longer in the file" in done.err
    assert Path("dist/events.ics").read_bytes() == before
    assert Done("export", "--allow-removal").code == 0
    assert b"UID:race@x.org" in Path("dist/events.ics").read_bytes()


def test_a_damaged_feed_is_not_built_upon() -> None:
    Done("export")
    feed = Path("dist/events.ics")
    feed.write_bytes(feed.read_bytes()[:-30])
    done = Done("export")
    assert done.code == 2
    assert "dist/events.ics" in done.err
    assert Done("export", "--no-previous").code == 0


# validate, show, schema, explain, init


def test_validate_reports_diagnostics_on_standard_output() -> None:
    done = Done("validate")
    assert (done.code, done.out) == (0, "")
    assert done.err == "events.yaml: 3 events, no errors or warnings\n"


def test_diagnostics_are_the_data_of_validate() -> None:
    Path("events.yaml").write_text(BAD)
    done = Done("validate")
    assert done.code == 1
    assert "events.yaml:6:15: error[unknown-key]" in done.out
    assert "error[" not in done.err
    done = Done("validate", "-", stdin=WARNED)
    assert done.code == 0
    assert "<stdin>:6:44: warning[season-hemisphere]" in done.out


def test_show_shows_the_timeline() -> None:
    done = Done("show", "--as-of", "2025-01-05")
    assert (done.code, done.err) == (0, "")
    for text in ("2025", "The rally", "Fri 3 – Fri 17 January", "The debut", "The fleet"):  # noqa: RUF001
        assert text in done.out
    assert "\x1b[" not in done.out


def test_schema_prints_the_schema() -> None:
    from timeline.cli.schema import schema_text

    assert Done("schema").out == schema_text()
    assert Done("schema", "--included").out == schema_text(included=True)


def test_explain_knows_every_code_of_a_run() -> None:
    listed = Done("explain")
    assert listed.code == 0
    codes = [line.partition(":")[0] for line in listed.out.splitlines()]
    assert {"unknown-key", "no-such-date", "circle"} <= set(codes)
    for code in codes:
        done = Done("explain", code)
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith(f"## {code}\n")
    assert "did you mean `circle`" in Done("explain", "cirle").err


def test_init_begins_a_timeline_that_validates_and_exports(monkeypatch: pytest.MonkeyPatch) -> None:
    done = Done("init", "new")
    assert (done.code, done.out) == (0, "")
    assert sorted(path.name for path in Path("new").iterdir()) == [
        ".gitattributes",
        "events.schema.json",
        "events.yaml",
    ]
    monkeypatch.chdir("new")
    assert Done("validate").code == 0
    assert Done("export").code == 0
    assert Done("export", "--check").code == 0
    assert "$schema=events.schema.json" in Path("events.yaml").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell of POSIX")
@pytest.mark.parametrize("name", ["my race", "it's", "$(false)", "a;b", "-race", "Ü & Co", "."])
def test_what_init_says_to_type_works(name: str) -> None:
    Path("there").mkdir()
    with contextlib.chdir("there"):
        done = Done("init", "--", name)
        head, *lines = done.err.splitlines()[-3 if name != "." else -2 :]
        assert head == "next, type:"
        assert len(lines) == (2 if name != "." else 1)
        program = f'timeline() {{ {shlex.quote(sys.executable)} -m timeline "$@"; }}'
        run = ["bash", "-e", "-c", "\n".join([program, *lines, "pwd"])]
        shown = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert Path(shown.strip(), "dist", "races.ics").exists()


def test_the_starter_has_an_example_of_each_kind_and_no_diagnostics() -> None:
    Done("init", "new")
    file = "new/events.yaml"
    events = load_file(file).calendar.events
    assert any(event.recurrence for event in events)
    assert any(event.status == "cancelled" for event in events)
    assert any(event.url for event in events)
    assert any(event.categories for event in events)
    assert [feed.id for feed in load_file(file).calendar.feeds] == ["races"]
    done = Done("export", file, "--strict", "--output-dir", "out", "--ics")
    assert done.code == 0
    assert not any(word in done.err for word in ("error", "warning"))


def test_init_begins_a_timeline_of_several_files(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Done("init", "--included", "new").code == 0
    monkeypatch.chdir("new")
    assert Done("validate").code == 0
    assert Done("export").code == 0
    feeds = {path.name for path in Path("dist").glob("*.ics")}
    assert feeds == {"events.ics", "alpha.ics", "race.ics"}
    first = Path("teams/alpha.yaml").read_text().partition("\n")[0]
    schema = first.rpartition("$schema=")[2]
    assert (Path("teams") / schema).resolve() == Path("events.included.schema.json").resolve()
    assert Path("events.included.schema.json").is_file()


def test_init_does_not_say_to_include_what_is_included() -> None:
    Path("events.yaml").write_text(f"{FILE}include: [teams/*.yaml]\n")
    done = Done("init", "--included")
    assert (done.code, "next:" in done.err) == (0, False)
    assert f"events.yaml includes {Path('teams/alpha.yaml')} already\n" in done.err


@pytest.mark.parametrize("more", [(), ("--included",)])
def test_init_prints_nothing_if_it_is_quiet(more: tuple[str, ...]) -> None:
    Path("events.yaml").unlink()
    for _ in range(1 + len(more)):
        done = Done("init", "--quiet", *more)
        assert (done.code, done.out, done.err) == (0, "", "")
        shutil.rmtree("teams", ignore_errors=True)
        Path("events.included.schema.json").unlink(missing_ok=True)


def test_init_adds_a_file_to_include_to_an_existing_timeline() -> None:
    done = Done("init", "--included")
    assert (done.code, done.out) == (0, "")
    assert Path("events.yaml").read_text() == FILE
    assert Path("teams/alpha.yaml").exists()
    assert not Path("events.schema.json").exists()
    assert "next: in events.yaml, add `teams/*.yaml` to the list `include`" in done.err
    done = Done("init", "--included")
    assert (done.code, done.err.count("already exists")) == (2, 1)


def test_init_overwrites_nothing() -> None:
    done = Done("init")
    assert done.code == 2
    assert Path("events.yaml").read_text() == FILE
    assert not Path("events.schema.json").exists()


def test_help_tells_of_every_command() -> None:
    done = Done("--help")
    assert done.code == 0
    for name in ("export", "validate", "show", "init", "schema", "explain"):
        assert name in done.out
        assert Done(name, "--help").code == 0
    assert "\x1b[" not in done.out


def test_a_command_that_is_misspelled_is_answered_with_the_nearest() -> None:
    done = Done("exprt")
    assert done.code == 2
    assert "No such command 'exprt'. Did you mean 'export'?" in done.err


# What only a process of its own shows


def test_version_names_timeline_and_tzdata() -> None:
    out, err = process("--version").communicate()
    words = out.decode().split()
    assert (words[0], words[2], err) == ("timeline", "(tzdata", b"")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_are_taught_completion(shell: str) -> None:
    # Else typer looks for the shell among the processes that run this, where there may be none.
    environment = {**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    running = process("--show-completion", shell, env=environment)
    out, _ = running.communicate()
    assert running.returncode == 0
    assert {"bash": b"COMPREPLY", "zsh": b"#compdef", "fish": b"complete --command"}[shell] in out


def test_a_reader_that_leaves_early_sees_no_traceback() -> None:
    events = "".join(
        f"  - {{id: e{n}, summary: E {n}, start: {2000 + n % 90}}}\n" for n in range(3000)
    )
    Path("events.yaml").write_text("calendar: {id: x.org, name: X}\nevents:\n" + events)
    for arguments in (["export", "--stdout", "--csv"], ["show"], ["schema"]):
        running = process(*arguments, stdin=subprocess.DEVNULL)
        assert running.stdout
        assert running.stderr
        running.stdout.readline()
        running.stdout.close()
        err = running.stderr.read()
        running.stderr.close()
        running.wait()
        assert b"Traceback" not in err, err
        assert b"Exception ignored" not in err, err


def test_an_interrupt_shows_no_traceback() -> None:
    # A process in the background may have to ignore interrupts, and what it starts inherits that.
    inherited = signal.signal(signal.SIGINT, signal.default_int_handler)
    running = process("validate", "-")
    signal.signal(signal.SIGINT, inherited)
    assert running.stdin
    # More than a pipe holds: once this is written, most is read, and it waits for the rest.
    running.stdin.write(FILE.encode() + b"# more\n" * 100_000)
    running.stdin.flush()
    running.send_signal(signal.SIGINT)
    _, err = running.communicate()
    assert running.returncode not in (0, 1, 2)
    assert b"Traceback" not in err, err


@pytest.mark.parametrize("variable", ["NO_COLOR", "TERM"])
def test_colour_is_for_terminals_that_want_it(variable: str) -> None:
    pty = pytest.importorskip("pty")
    Path("events.yaml").write_text(BAD)
    colours = []
    for value in ("xterm", "dumb") if variable == "TERM" else ("", "1"):
        ours, theirs = pty.openpty()
        environment = os.environ | {"TERM": "xterm", variable: value}
        running = process("validate", stdout=theirs, stderr=theirs, env=environment)
        os.close(theirs)
        shown = b""
        try:
            while chunk := os.read(ours, 4096):
                shown += chunk
        except OSError:  # Linux's way to say that the other end is closed
            pass
        running.communicate()
        os.close(ours)
        text = without_bar(shown.decode())
        assert "error[unknown-key]" in text.replace("\x1b[0m", "") or "\x1b[" in text
        colours.append("\x1b[" in text)
    assert colours == [True, False]


def shown_on_a_terminal(after: float, wanted: str) -> str:
    """Return what a terminal receives of a progress bar and of the text that follows it."""
    import pty

    from timeline.cli.progress import progress

    ours, theirs = pty.openpty()
    received = ""
    with os.fdopen(theirs, "w") as terminal:
        with progress("reading [x]", stream=terminal, after=after):
            while wanted not in received:
                received += os.read(ours, 1000).decode()
        terminal.write("end")
        terminal.flush()
        while not received.endswith("end"):
            received += os.read(ours, 1000).decode()
    os.close(ours)
    return received


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs pseudo-terminals")
def test_what_takes_long_has_a_bar_on_a_terminal_that_is_removed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    received = shown_on_a_terminal(0, "reading [x]")
    bar, erase, rest = received.rpartition("\x1b[2K")
    assert "reading [x]" in bar
    assert erase
    assert rest == "end"
    assert received.count("\x1b[?25l") == received.count("\x1b[?25h") == 1  # the cursor is back
    assert "\x1b[3" in received


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs pseudo-terminals")
def test_a_progress_bar_has_no_colour_where_none_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    received = shown_on_a_terminal(0, "reading [x]")
    assert not re.search(r"\x1b\[[0-9;]*[34][0-9][;m]", received)


@pytest.mark.parametrize(("term", "after"), [("dumb", 0), ("xterm", 3600)])
@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs pseudo-terminals")
def test_a_terminal_gets_nothing_that_it_cannot_show_or_that_is_soon_done(
    monkeypatch: pytest.MonkeyPatch, term: str, after: float
) -> None:
    monkeypatch.setenv("TERM", term)
    assert shown_on_a_terminal(after, "") == "end"


def test_a_file_gets_no_progress_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    from io import StringIO

    from timeline.cli.progress import progress

    monkeypatch.delattr(threading, "Timer")  # nothing waits to write
    file = StringIO()
    with progress("reading x", stream=file, after=0):
        pass
    assert not file.getvalue()


# Several feeds

FEEDS = (
    "\nfeeds:\n  - {id: one, name: One}\n  - {id: two, name: Two}\n  - {id: three, name: Three}\n"
)


def test_feeds_are_written_that_are_asked_for() -> None:
    Path("events.yaml").write_text(FILE + FEEDS)
    done = Done("export", "--feed", "one", "--feed", "three")
    assert done.code == 0, done.err
    assert sorted(path.name for path in Path("dist").iterdir()) == ["one.ics", "three.ics"]
    assert Done("export", "--feed", "one", "--feed", "two", "--stdout").code == 2
    assert Done("export", "--feed", "one", "--stdout").out.count("BEGIN:VCALENDAR") == 1


def test_a_feed_that_nothing_updates_any_more_is_named() -> None:
    Path("events.yaml").write_text(FILE + FEEDS)
    Done("export")
    Path("dist/another.ics").write_text("BEGIN:VCALENDAR\r\nUID:a@elsewhere\r\n")
    assert "it is no longer updated" not in Done("export").err
    Path("events.yaml").write_text(FILE + FEEDS.replace("  - {id: two, name: Two}\n", ""))
    done = Done("export")
    lines = [line for line in done.err.splitlines() if "it is no longer updated" in line]
    assert (done.code, len(lines)) == (0, 1)
    assert "it is no longer updated" not in Done("export", "--feed", "one").err
    assert lines[0].startswith("dist/two.ics is a feed of this calendar")


def test_the_calendar_under_another_name_is_not_taken_for_a_forgotten_feed() -> None:
    Path("events.yaml").write_text(FILE + FEEDS)
    assert Done("export").code == 0
    assert "it is no longer updated" not in Done("export", "--name", "other").err
    assert "it is no longer updated" not in Done("export").err


# Forms of the report


@pytest.mark.parametrize("form", ["full", "concise", "github", "json", "sarif"])
def test_the_form_of_the_report_is_chosen_by_option_or_environment(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("events.yaml").write_text(BAD)
    chosen = Done("validate", "--output-format", form)
    assert chosen.code == 1
    assert chosen.err.startswith("2 errors\n")
    monkeypatch.setenv("TIMELINE_OUTPUT_FORMAT", form)
    assert Done("validate").out == chosen.out
    other = "concise" if form == "full" else "full"
    assert Done("validate", "--output-format", other).out != chosen.out


def test_a_document_for_programs_is_there_if_nothing_is_wrong() -> None:
    done = Done("validate", "--output-format", "json")
    assert (done.code, done.err) == (0, "events.yaml: 3 events, no errors or warnings\n")
    assert done.out == '{\n  "version": 1,\n  "diagnostics": []\n}\n'


def test_export_tells_mistakes_among_other_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("events.yaml").write_text(WARNED)
    done = Done("export", "--csv", "--output-format", "github")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("::warning file=events.yaml,line=6,")
    for form in ("json", "sarif"):
        done = Done("export", "--csv", "--output-format", form)
        assert done.code == 2
        assert f"`{form}` is for `timeline validate` only" in done.err
        monkeypatch.setenv("TIMELINE_OUTPUT_FORMAT", form)
        assert "warning[season-hemisphere]" in Done("export", "--csv").err


def test_a_form_that_is_none_is_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    done = Done("validate", "--output-format", "jsn")
    assert (done.code, done.out) == (2, "")
    assert "did you mean `json`?" in done.err
    monkeypatch.setenv("TIMELINE_OUTPUT_FORMAT", "xml")
    done = Done("validate")
    assert done.code == 2
    assert "TIMELINE_OUTPUT_FORMAT" in done.err


# Which warnings


@pytest.mark.parametrize(
    ("options", "is_reported"),
    [
        ([], True),
        (["--ignore", "season-hemisphere"], False),
        (["--ignore", "overlap,season-hemisphere"], False),
        (["--ignore", "overlap", "--ignore", "season-hemisphere"], False),
        (["--select", "overlap"], False),
        (["--select", "overlap, season-hemisphere"], True),
    ],
)
def test_warnings_are_chosen(options: list[str], is_reported: bool) -> None:
    Path("events.yaml").write_text(WARNED)
    for command in (["validate"], ["export", "--csv"]):
        done = Done(*command, *options)
        assert done.code == 0
        assert ("season-hemisphere" in done.out + done.err) == is_reported
        assert Done(*command, "--strict", *options).code == int(is_reported)


def test_strict_writes_nothing() -> None:
    Path("events.yaml").write_text(WARNED)
    done = Done("export", "--strict")
    assert done.code == 1
    assert "warning[season-hemisphere]" in done.err
    assert "nothing is written" in done.err
    assert not Path("dist").exists()


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_codes_that_cannot_be_chosen_are_wrong_use(option: str) -> None:
    for code, why in (("overlapp", "did you mean `overlap`?"), ("circle", "is an error")):
        done = Done("validate", option, code)
        assert (done.code, done.out) == (2, "")
        assert option in done.err
        assert why in done.err
