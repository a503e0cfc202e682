"""Texts of strangers in what is printed: none controls the terminal or the build server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.batch import run_batch
from support.build_log import controls, has_command
from support.command import Done

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TEXTS = {
    "a command": "::error::owned",
    "an end of commands": " ::stop-commands::owned",
    "an older command": "a ##[error]owned",
    "a command of Azure": "a ##vso[task.setvariable variable=PATH]owned",
    "a line of its own": "a\n::error::owned",
    "a carriage return": "a\r::error::owned",
    "a line separator": "a\u2028::error::owned\u0085::error::owned",
    "a title of the terminal": "\x1b]0;owned\x07",
    "a C1 control": "\x9b2Jowned\x9c",
    "a reversed text": "\u202eowned\u202c\u2066owned",
}
CALENDAR = "calendar: {id: x.org, name: X, timezone: Europe/Berlin}\n"
FILE = CALENDAR + "events:\n  - {id: a, summary: The rally, start: 2025-01-03}\n"

foreign = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("events.yaml").write_text(FILE)
    return tmp_path


def assert_harmless(*outputs: str) -> None:
    for output in outputs:
        for line in output.split("\n"):
            assert not has_command(line), output
            assert not controls(line), output


def run(*commands: tuple[str | bytes, ...], mentions: Sequence[str] = ("owned",)) -> None:
    """Run commands in a process of their own, and check all that they print; all exit with 2."""
    for printed, mentioned in zip(run_batch(commands), mentions, strict=True):
        out, err = printed.out.decode(), printed.err.decode()
        assert (printed.code, "Traceback" in err) == (2, False), err
        assert mentioned in out + err
        assert_harmless(out, err)


def check(*arguments: str, code: int, mentions: str = "owned") -> None:
    """Check as `run` does, within this process."""
    done = Done(*arguments)
    assert done.code == code, done.err
    assert mentions in done.out + done.err
    assert_harmless(done.out, done.err)


def quoted(text: str) -> str:
    """Return a text as YAML, with the characters that may not be written raw as escapes."""
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text) + '"'


# The published feed.

FEEDS: dict[str, tuple[Callable[[str, str], str], str]] = {
    "SUMMARY": (
        lambda feed, text: feed.replace("SUMMARY:TBC February 2025: The old", f"SUMMARY:{text}"),
        "owned",
    ),
    "X-TIMELINE-SUMMARY": (
        lambda feed, text: feed.replace("SUMMARY:The old", f"SUMMARY:{text}"),
        "",
    ),
    "UID": (lambda feed, text: feed.replace("UID:old", f"UID:{text}"), "owned"),
    "NAME": (
        lambda feed, text: feed.replace("@x.org", "@y.org").replace("NAME:X", f"NAME:{text}"),
        "",
    ),
    "PRODID": (lambda feed, text: feed.replace("PRODID:", f"PRODID:{text}"), ""),
    "a name of a property": (
        lambda feed, text: feed.replace("SUMMARY:TBC", f"{text}:x\r\nSUMMARY:TBC"),
        "",
    ),
    "a component": (lambda feed, text: feed.replace("BEGIN:VEVENT", f"BEGIN:{text}"), ""),
    "SEQUENCE": (lambda feed, text: feed.replace("SEQUENCE:0", f"SEQUENCE:{text}"), ""),
    "DTSTAMP": (lambda feed, text: feed.replace("DTSTAMP:", f"DTSTAMP:{text}"), ""),
}


@foreign
@pytest.mark.parametrize("place", FEEDS)
def test_a_published_feed(text: str, place: str) -> None:
    change, mentions = FEEDS[place]
    Path("events.yaml").write_text(FILE + "  - {id: old, summary: The old, start: 2025-02}\n")
    assert Done("export", "--ics").code == 0
    feed = Path("dist/events.ics")
    changed = change(feed.read_bytes().decode(), text)
    assert changed.encode() != feed.read_bytes()
    feed.write_bytes(changed.encode())
    Path("events.yaml").write_text(FILE)
    for arguments in ([], ["--check"], ["--diff"], ["--allow-removal", "--diff"]):
        done = Done("export", "--ics", *arguments)
        assert done.code in (0, 1, 2)
        assert_harmless(done.out, done.err)
        if not (arguments or "\n" in text or "\r" in text):
            assert mentions in done.err


# Names of files.

named = pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            text,
            id=name,
            marks=pytest.mark.skipif(os.name == "nt", reason="needs names with any character"),
        )
        for name, text in TEXTS.items()
    ],
)


@named
def test_the_events_file(text: str) -> None:
    Path(f"{text}.yaml").write_text(FILE + "  - {id: b, sumary: B, start: 2025}\n")
    for form in ("full", "concise", "json", "sarif"):
        check("validate", f"{text}.yaml", "--output-format", form, code=1)
    check("validate", f"{text}.missing", code=2)
    check("export", f"{text}.yaml", "--name", "x", code=1)
    check("show", f"{text}.yaml", code=1)
    Path(f"{text}.yaml").write_text(FILE)
    check("validate", f"{text}.yaml", code=0)
    done = Done("export", f"{text}.yaml")
    assert done.code in (0, 2)
    assert_harmless(done.err)


@named
def test_an_included_file(text: str) -> None:
    name = quoted(f"{text}.yaml")
    Path(f"{text}.yaml").write_text("events:\n  - {id: b, sumary: B, start: 2025}\n")
    for include in (f"[{name}]", f"[{name}, {name}]", f"[{quoted(f'x/{text}')}]", name):
        Path("events.yaml").write_text(f"{FILE}include: {include}\n")
        for form in ("full", "concise", "json", "sarif"):
            check("validate", "--output-format", form, code=1, mentions="")
        check("export", code=1)


@named
def test_a_document(text: str) -> None:
    document = Path(f"{text}.md")
    check("embed", str(document), code=2)
    document.write_text("nothing\n")
    check("embed", str(document), code=1)
    document.write_text("> <!-- timeline:start -->\n> <!-- timeline:end -->\n")
    check("embed", str(document), code=1)
    document.write_text("<!-- timeline:start style=lst -->\n<!-- timeline:end -->\n")
    check("embed", str(document), code=1)
    document.write_text("<!-- timeline:start -->\n<!-- timeline:end -->\n")
    check("embed", "--diff", str(document), code=1)
    check("embed", str(document), code=0)
    check("embed", str(document), code=0)


@foreign
def test_a_marker_of_a_document(text: str) -> None:
    option = text.replace("\n", " ")
    for marker in (f'file="{option}"', f'"{option}"', option, f'style="{option}"'):
        document = f"<!-- timeline:start {marker} -->\n<!-- timeline:end -->\n"
        Path("page.md").write_text(document, encoding="utf-8", newline="")
        check("embed", "page.md", code=1, mentions="")


@named
def test_a_folder(text: str) -> None:
    Path(text).mkdir()
    check("validate", text, code=2)
    check("init", text, code=0)
    check("init", text, code=2)
    check("export", "--output-dir", text, code=0)
    check("export", "--output-dir", f"{text}/{text}/events.yaml", code=0)
    check("export", "--csv", "--check", "--output-dir", f"{text}/x", code=1)


@named
def test_a_feed_that_is_no_longer_written(text: str) -> None:
    Path("events.yaml").write_text(FILE + "feeds:\n  - {id: more, name: More, ids: [a]}\n")
    assert Done("export", "--ics").code == 0
    Path("dist/more.ics").rename(f"dist/{text}.ics")
    Path("events.yaml").write_text(FILE)
    check("export", "--ics", code=0)


# Texts of the events file.


@foreign
def test_a_text_of_the_file(text: str) -> None:
    value = quoted(text)
    Path("events.yaml").write_text(
        f"calendar: {{id: x.org, name: {value}}}\nevents:\n"
        f"  - {{id: a, summary: {value}, location: {value}, start: 2025, categories: [{value}]}}\n"
        f"  - {{id: b, summary: {value}, start: TBC}}\n"
    )
    for command in (["validate"], ["show"], ["export"], ["export", "--diff", "--name", "x"]):
        done = Done(*command)
        assert done.code in (0, 1)
        assert_harmless(done.out, done.err)


@foreign
def test_what_is_wrong_in_a_file(text: str) -> None:
    value = quoted(text)
    for line in (
        f"  - {{id: {value}, summary: B, start: 2025}}",
        f"  - {{id: b, summary: B, start: {value}}}",
        f"  - {{id: b, summary: B, {value}: 2025}}",
        f"  - {{id: b, summary: B, start: 2025, parent: {value}}}",
        f"  - {{id: b, summary: B, start: 2025, rrule: {value}}}",
        f"  - {{id: b, summary: B, start: 2025-01-03T09:00, timezone: {value}}}",
        f"  - {{id: b, summary: B, start: 2025, url: {value}}}",
        f"  - {{id: b, summary: B, start: 2025  # {text}",
        f"{text}: [",
    ):
        content = f"{FILE}{line}\n"
        Path("events.yaml").write_text(content, encoding="utf-8", newline="")
        for form in ("full", "concise", "json", "sarif"):
            check("validate", "--output-format", form, code=1, mentions="")
        check("validate", "--fix", "--diff", code=1, mentions="")


@pytest.mark.parametrize("columns", ["24", "40", "49", "80", "200"])
def test_a_wrapped_title_begins_no_line_with_a_command(
    columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    titles = [f"{'x' * length} ::error::owned ##[error]owned" for length in range(1, 40, 3)]
    Path("events.yaml").write_text(
        CALENDAR
        + "events:\n"
        + "".join(
            f'  - {{id: e{number}, summary: "{title}", start: {start}}}\n'
            for number, title in enumerate(titles)
            for start in [("2025-01-03", "TBC")[number % 2]]
        )
    )
    check("show", code=0)


# The command line.


@foreign
def test_an_argument(text: str) -> None:
    for arguments in (
        ["export", "--id", text],
        ["export", "--category", text],
        ["export", "--from", text],
        ["export", "--name", f"{text}/"],
        ["export", "--feed", text],
        ["export", "--previous", text],
        ["export", "--previous", f"https://{text}@/"],
        ["export", "--svg-width", text],
        ["show", "--as-of", text],
        ["show", "--next", text],
        ["validate", "--output-format", text],
        ["validate", "--select", text],
        ["explain", text],
    ):
        done = Done(*arguments)
        assert done.code == 2
        assert_harmless(done.out, done.err)


@foreign
def test_an_argument_that_typer_reports(text: str) -> None:
    run(
        (text,),
        ("validate", "events.yaml", text),
        (f"--{text}",),
        ("export", f"--ics={text}"),
        mentions=("owned", "owned", "No such option: --", "does not take a value"),
    )


@foreign
def test_an_argument_that_is_not_utf8(text: str) -> None:
    run(("validate", os.fsencode(text) + b"\xff"))


@foreign
def test_an_environment(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TIMELINE_OUTPUT_FORMAT", "SOURCE_DATE_EPOCH"):
        with monkeypatch.context() as context:
            context.setenv(name, text)
            check("export", code=2)


# Errors of timeline.


@foreign
def test_an_error_of_ours(text: str) -> None:
    code = (
        "import sys; from timeline import __main__;"
        "from timeline.cli import app;"
        f"app.run = lambda: (_ for _ in ()).throw(RuntimeError({text!r}));"
        "__main__.interruptible()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 1
    err = done.stderr.decode()
    assert "Traceback" in err
    assert "owned" in err
    assert_harmless(err)
