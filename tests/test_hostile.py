"""Hostile files, given to the command with little memory.

It ends with a diagnostic or a plain message and exit code 1 or 2. ``support.limited`` has the
limits; a command that hangs is killed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.limited import EVENTS, GOOD, LimitedCommand
from support.loading import codes_of, load_text
from timeline._limits import (
    MAX_BYTES,
    MAX_DOCUMENT,
    MAX_EVENTS,
    MAX_FORBIDDEN,
    MAX_KEYS,
    MAX_NODES,
)
from timeline.compiler.resolve import ids as resolve_ids
from timeline.diagnostics import suggestions
from timeline.diagnostics.model import MOST
from timeline.diagnostics.rules import Severity
from timeline.embed.markers import HTML
from timeline.source.document import parse_document
from timeline.source.files import UnreadableFile
from timeline.source.includes import read_document

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


END = HTML.marker("end")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("good.yaml").write_text(GOOD)
    return tmp_path


def bomb(value: str) -> str:
    lines = [f"x-a0: &a0 [{', '.join([value] * 9)}]"]
    lines += [f"x-a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    return GOOD + "\n".join(lines) + "\nx-z: *a39\n"


def numbered(digits: str) -> str:
    more = (
        f"start: {digits}",
        f"start: 2025, end: {digits}",
        f"start: 2025-01-03, duration: {digits} days",
        f"start: 2025-01-03, priority: {digits}",
        f"start: 2025-01-03, geo: {{latitude: {digits}, longitude: 1e{digits}}}",
        f"start: 2025-01-03, rrule: FREQ=DAILY;COUNT={digits}",
        f"start: 2025-01-03, rrule: FREQ=DAILY;INTERVAL={digits}",
        f"start: a.start + {digits} days",
        f"start: 2025-01-03, alarms: [{digits} days before]",
        f"start: 2025-01-03, was: [{digits}]",
    )
    events = "".join(f"  - {{id: e{n}, summary: E, {keys}}}\n" for n, keys in enumerate(more))
    return f"format: 1\n{GOOD}{events}"


SMALL: dict[str, tuple[str | bytes, set[str]]] = {
    "an alias bomb": (bomb("x"), {"alias-bomb"}),
    "an alias bomb of mappings": (bomb("{x: y}"), {"alias-bomb"}),
    "50,000 brackets": (GOOD + "x-a: " + "[" * 50_000, {"too-deep"}),
    "50,000 braces": (GOOD + "x-a: " + "{a: " * 50_000, {"too-deep"}),
    "50,000 dashes": (GOOD + "x-a:\n  " + "- " * 50_000, {"too-deep"}),
    "50,000 keys of keys": (GOOD + "? " * 50_000, {"complex-key", "too-deep"}),
    "50,000 levels of events": (EVENTS + "- events: " + "[{events: " * 50_000, {"too-deep"}),
    "50,000 steps in": (GOOD + "".join(" " * n + "x-a:\n" for n in range(3_000)), {"too-deep"}),
    "nothing but NUL": (b"\0" * 10_000, {"control-character"}),
    "control characters": (GOOD + 'x-a: "\x07\x1b[2J\x9b"', {"control-character"}),
    "lone surrogates": (
        GOOD.encode() + b"x-a: \xed\xa0\x80\xed\xb0\x80\n",
        {"encoding"},
    ),
    "an escaped surrogate": (GOOD + 'x-a: "\\ud800"\n', {"escape"}),
    "two byte order marks": ("\ufeff\ufeff" + GOOD, {"control-character"}),
    "UTF-16": (GOOD.encode("utf-16"), {"encoding"}),
    "UTF-16 without a mark": (GOOD.encode("utf-16-be"), {"encoding"}),
    "UTF-32": (GOOD.encode("utf-32"), {"encoding"}),
    "half a UTF-16": (GOOD.encode("utf-16")[:-1], {"encoding"}),
    "duplicate keys": (GOOD + "x-a: 1\nx-a: 2\n", {"duplicate-key"}),
    "a duplicate anchor": (GOOD + "x-a: [&a 1, &a 2, *a]\n", {"duplicate-anchor"}),
    "a directive": ("%YAML 1.1\n%TAG ! tag:x,2025:\n---\n" + GOOD, {"directive"}),
    "a tag": (GOOD + "x-a: !!python/object/apply:os.system [id]\n", {"tag"}),
    "a merge key": (GOOD + "x-a: &a {b: c}\nx-d: {<<: *a}\n", {"merge-key"}),
    "a recursive alias": (GOOD + "x-a: &a [*a]\n", {"recursive-alias"}),
    "numbers of 900 digits": (
        numbered("9" * 900),
        {"year-range", "wrong-value", "duration-syntax", "rule-part"},
    ),
    "numbers of 10,000 digits": (numbered("9" * 10_000), {"too-long"}),
    "the year 0000": (GOOD.replace("2025", "0000"), {"year-range"}),
    "the year 99999": (GOOD.replace("2025-01-03", "99999"), {"year-range"}),
    "an id that is a path": (GOOD.replace("id: a", "id: ../../etc/passwd"), {"id-syntax"}),
    "a feed that is a path": (GOOD + "feeds: [{id: ../../x, name: X}]\n", {"id-syntax"}),
    "included paths that lead out": (
        GOOD + 'include: [../x.yaml, /etc/passwd, "http://x/y", "C:\\\\x", "~/x", "*.yaml"]\n',
        {"include-path"},
    ),
    "an included path that is no name": (GOOD + f"include: [{'a' * 5_000}]\n", {"include-file"}),
}


@pytest.mark.parametrize("name", SMALL)
def test_a_hostile_file_is_reported(name: str) -> None:
    content, codes = SMALL[name]
    done = LimitedCommand("validate", "-", content=content)
    assert done.code == 1
    assert done.codes() >= codes, done.out  # more may follow from it


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_line_end_and_a_byte_order_mark_are_read(end: str, mark: str) -> None:
    assert (
        LimitedCommand("validate", "-", content=(mark + GOOD.replace("\n", end)).encode()).code == 0
    )


IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
ROOM = (MAX_BYTES if IS_LONG else MAX_BYTES // 8) - 4096
"""The size of large files; in the long profile, as large as is allowed."""
LARGE = {
    "a text": lambda: GOOD + "x-a: " + "a" * ROOM,
    "a text of wide characters": lambda: GOOD + "x-a: \U0001f3c1" + "a" * ROOM,
    "a date": lambda: GOOD.replace("2025-01-03", '"' + "2" * ROOM + '"'),
    "an id": lambda: GOOD.replace("id: a", 'id: "' + "a" * ROOM + '"'),
    "control characters": lambda: b"\x01" * ROOM,
    "control characters here and there": lambda: b"\x01a" * (ROOM // 2),
    "escaped control characters": lambda: GOOD + 'x-a: "' + "\\x07" * (ROOM // 4) + '"\n',
    "bytes that are nothing": lambda: b"\xff\x01" * (ROOM // 2),
    "brackets": lambda: "[" * ROOM,
    "lines": lambda: GOOD + "\n" * ROOM,
    "a list": lambda: GOOD + "x-a:\n" + "- a\n" * (ROOM // 4),
    "a list in brackets": lambda: GOOD + "x-a: [" + "a," * (ROOM // 2) + "]",
    "empty values": lambda: GOOD + "x-a: [" + "~," * (ROOM // 2) + "]",
    "different keys": lambda: GOOD + "".join(f"k{n}: a\n" for n in range(ROOM // 13)),
    "equal keys": lambda: GOOD + "x-a: 1\n" * (ROOM // 7),
    "comments that look like text": lambda: GOOD + "x-a:\n" + "- summary: a #b\n" * (ROOM // 16),
    "anchors": lambda: GOOD + "x-a:\n" + "".join(f"- &a{n} b\n" for n in range(ROOM // 14)),
    "tags": lambda: GOOD + "x-a:\n" + "- !a b\n" * (ROOM // 7),
    "tabs": lambda: GOOD + "x-a: [\n" + "\ta,\n" * (ROOM // 4) + "]\n",
    "events of nothing": lambda: EVENTS + "- {}\n" * (ROOM // 5),
    "events that are text": lambda: EVENTS + "- a\n" * (ROOM // 4),
    "equal events": lambda: EVENTS + "- {id: a, summary: b, start: 2025}\n" * (ROOM // 36),
    "includes of nothing": lambda: GOOD + "include: [" + "x," * (ROOM // 2) + "]\n",
}
HARMLESS = {"a text", "a text of wide characters", "lines"}
if not IS_LONG:
    HARMLESS |= {"a list", "comments that look like text"}


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_a_large_file_takes_little(name: str) -> None:
    content = LARGE[name]()
    Path("large.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
    del content
    done = LimitedCommand("validate", "large.yaml")
    assert done.code == (0 if name in HARMLESS else 1), done.err
    assert len(done.out) < 1_000_000


def test_a_gigabyte_is_not_read() -> None:
    with Path("sparse.yaml").open("wb") as file:
        file.truncate(2**30)
    for done in (
        LimitedCommand("validate", "sparse.yaml"),
        LimitedCommand("validate", "/dev/zero"),
        LimitedCommand(shell="yes | timeline validate -"),
        LimitedCommand(shell="(printf 'x-a: '; tr '\\0' a </dev/zero) | timeline validate -"),
    ):
        assert (done.code, done.codes()) == (1, {"too-large"})


# How much is reported.


def test_a_thousand_errors_are_reported_and_no_more() -> None:
    for error in ("- {id: b, start: x}\n", "- {}\n", "- &a b\n", "- ~\n"):
        codes = codes_of(EVENTS + error * (MOST + 100))
        assert (len(codes), codes[-1]) == (MOST + 1, "too-many")


SEASONS = "".join(f"- {{id: e{n}, summary: b, start: 2025-21}}\n" for n in range(MOST + 100))


def test_a_thousand_warnings_stop_nothing() -> None:
    loaded = load_text(EVENTS + SEASONS)
    assert loaded.is_sound
    assert (loaded.diagnostics[-1].code, len(loaded.diagnostics)) == ("too-many", MOST + 1)
    assert loaded.diagnostics[-1].severity is Severity.WARNING
    assert len(loaded.calendar.events) == MOST + 100


def test_errors_are_reported_before_warnings() -> None:
    loaded = load_text(EVENTS + SEASONS + "- {id: x}\n")
    assert not loaded.is_sound
    assert loaded.diagnostics[-1].code == "too-many"


LOST_COMMENTS = "x-a:\n" + "- summary: a #b\n" * (MOST + 100)


def test_a_thousand_warnings_hide_no_error_of_reading() -> None:
    for error, code in (
        ("events:\n- {id: a, summary: A, start: 2025, start: 2026}\n", "duplicate-key"),
        ("x-b: {<<: {a: b}}\n", "merge-key"),
        ("x-b: [\n", "unclosed-bracket"),
    ):
        loaded = load_text(GOOD.replace("events:", LOST_COMMENTS + "events:") + error)
        assert not loaded.is_sound
        assert code in [diagnostic.code for diagnostic in loaded.diagnostics]
    assert "not-a-mapping" in codes_of("- summary: a #b\n" * (MOST + 100))


def test_a_thousand_warnings_leave_no_file_out() -> None:
    Path("events.yaml").write_text(LOST_COMMENTS + GOOD + "include: [a.yaml, b.yaml]\n")
    Path("a.yaml").write_text(LOST_COMMENTS + "events:\n  - {id: b, summary: B, start: 2025}\n")
    Path("b.yaml").write_text("events:\n  - {id: c, summary: C, start: 2025}\n")
    document = read_document("events.yaml")
    assert document.truncated is None
    assert [event["id"] for event in document.data["events"]] == ["a", "b", "c"]
    assert len(document.diagnostics) == MOST + 1
    Path("b.yaml").write_text("events: 1\n")
    assert read_document("events.yaml").diagnostics[-1].code == "include-shape"


def test_a_part_of_the_data_is_enough_for_a_thousand_errors() -> None:
    """The calendar follows the validated part, and is not reported as missing."""
    bad = "".join(f"- {{id: e{n}, summary: b, start: 2025, k: v}}\n" for n in range(9_000))
    codes = codes_of(f"events:\n{bad}calendar: {{id: x.org, name: X}}\n")
    assert set(codes) == {"unknown-key", "too-many"}


@pytest.mark.slow
def test_what_takes_too_much_memory_is_too_large() -> None:
    many = "".join(f"- {{id: e{n}, summary: b, start: 2025}}\n" for n in range(MAX_EVENTS + 1))
    for text in (
        EVENTS + many,
        GOOD + "x-a: [" + "a," * MAX_NODES + "]\n",
        GOOD + "x-a: {" + "".join(f"k{n}: v," for n in range(MAX_KEYS + 1)) + "}\n",
        GOOD + "x-a: [" + "".join(f"&a{n} v," for n in range(MAX_KEYS + 1)) + "]\n",
    ):
        assert codes_of(text) == ["too-large"]


def test_a_file_full_of_control_characters_is_not_a_text() -> None:
    document = parse_document(("# " + "\x00" * MAX_FORBIDDEN + "\na: b\n").encode(), "x.yaml")
    assert (document.data, document.truncated) == ({"a": "b"}, None)
    document = parse_document(("# " + "\x00" * (MAX_FORBIDDEN + 1) + "\na: b\n").encode(), "x.yaml")
    assert (document.data, document.truncated) == ({}, ())
    assert "it may not be a text file" in document.diagnostics[-1].notes[0].message


# What is not a file.


def test_a_pipe_without_a_writer_is_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    os.mkfifo("pipe")
    monkeypatch.setattr("timeline.source.files.PIPE_TIMEOUT", 0.01)
    with pytest.raises(UnreadableFile, match="nobody has written to this pipe"):
        read_document("pipe")


@pytest.mark.skipif(os.name == "nt", reason="needs named pipes")
def test_a_pipe_that_a_document_names_is_not_waited_for() -> None:
    os.mkfifo("pipe")
    Path("README.md").write_text("<!-- timeline:start file=pipe -->\n<!-- timeline:end -->\n")
    done = LimitedCommand("embed", "README.md")
    assert done.code == 1
    assert "error[embedded-file]: `pipe` is not a regular file" in done.err


def test_a_pipe_with_a_writer_is_read() -> None:
    os.mkfifo("pipe")
    done = LimitedCommand(shell="cat good.yaml >pipe & timeline validate pipe")
    assert (done.code, done.err) == (0, "pipe: 1 event, no errors or warnings\n")
    done = LimitedCommand(shell="(sleep 0.3; cat good.yaml) >pipe & timeline validate pipe")
    assert done.code == 0


def test_an_included_file_is_a_file_of_this_folder() -> None:
    os.mkfifo("pipe")
    Path("zero").symlink_to("/dev/zero")
    Path("circle").symlink_to("circle")
    Path("up").symlink_to("..")
    for name, code in (
        ("pipe", "include-file"),
        ("zero", "include-path"),
        ("circle", "include-file"),
        ("up/x.yaml", "include-path"),
        (".", "include-file"),
    ):
        done = LimitedCommand("validate", "-", content=GOOD + f"include: ['{name}']\n")
        assert (done.code, done.codes()) == (1, {code}), done.out


def test_a_circular_link_and_a_long_name_are_reported() -> None:
    Path("circle").symlink_to("circle")
    for name in ("circle", "a" * 5_000, "."):
        assert LimitedCommand("validate", name).code == 2
    done = LimitedCommand("export", "good.yaml", "--name", "a" * 300)
    assert done.code == 2
    assert "its name is too long" in done.err
    assert LimitedCommand("export", "good.yaml", "--name", "a\nb").code == 2
    assert LimitedCommand("export", "good.yaml", "--name", "../b").code == 2


# Suggestions: each compares a word with all others, which has taken minutes.


def test_ids_are_not_compared_with_thousands_of_others() -> None:
    comparisons = 0

    class Ids(dict[str, int]):
        def __iter__(self) -> Iterator[str]:
            nonlocal comparisons
            comparisons += 1
            return super().__iter__()

    ids = Ids((f"event-number-{n}", n) for n in range(3000))
    assert suggestions.nearest("evnt-number-7", ids) is None
    assert comparisons == 0
    few = Ids((f"event-number-{n}", n) for n in range(500))
    assert suggestions.nearest("evnt-number-7", few) == "event-number-7"


def test_suggestions_end_where_errors_are_no_longer_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = 0
    nearest = suggestions.nearest

    def counted(word: str, words: Collection[str]) -> str | None:
        nonlocal calls
        calls += bool(words)
        return nearest(word, words)

    monkeypatch.setattr(resolve_ids, "nearest", counted)
    wrong = ", ".join(f"e-{n}.end" for n in range(3000))
    was = ", ".join(wrong.split(", ")[:900])  # more would be all that is reported
    event = f"  - {{id: a, summary: A, start: TBC, status: postponed, was: [{was}]}}\n"
    related = (
        "  - {id: b, summary: B, start: TBC, related-to: [" + wrong.replace(".end", "") + "]}\n"
    )
    text = "calendar: {id: x.org, name: X}\nevents:\n" + event + related
    assert len(load_text(text).diagnostics) == MOST + 1
    assert 0 < calls <= 2 * MOST + 2


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("<!-- timeline:start " + "category=a " * 50_000 + "-->", 1),
        ("* " * 200_000 + "x", 0),
        ("- " * 200_000 + "* * *", 0),
        ("*" + " " * 500_000 + "* *", 0),
    ],
    ids=["options", "items", "items and a break", "a break"],
)
def test_a_long_line_of_a_document_takes_little(tmp_path: Path, line: str, code: int) -> None:
    place = "<!-- timeline:end -->" if code else "<!-- timeline:start -->\n<!-- timeline:end -->"
    (tmp_path / "events.yaml").write_text(GOOD)
    (tmp_path / "page.md").write_text(f"{line}\n{place}\n")
    assert LimitedCommand("embed", str(tmp_path / "page.md")).code == code


LONG = "a" * 58


@pytest.mark.parametrize(
    ("events", "options", "timelines"),
    [
        (1, "from=3000", 30_000),
        (20_000, "from=3000", 30_000),
        (20_000, "feed=f style=table", 30_000),
        (1_000, f"category={','.join(f'c{n}' for n in range(200_000))}", 1),
        (1, f"category={LONG[1:]}N", 900),
    ],
    ids=["timelines", "events", "feeds", "categories", "similar categories"],
)
def test_timelines_times_events_take_seconds(
    tmp_path: Path, events: int, options: str, timelines: int
) -> None:
    (tmp_path / "events.yaml").write_text(
        "calendar: {id: x.org, name: X}\nfeeds: [{id: f, ids: [e0]}]\n"
        f"categories: {{{', '.join(f'{LONG}{n}: {{}}' for n in range(199))}}}\nevents:\n"
        + "".join(f"- {{id: e{n}, summary: A, start: 2026-01-03}}\n" for n in range(events))
    )
    document = f"<!-- timeline:start {options} -->\n<!-- timeline:end -->\n" * timelines
    for number in range(timelines if "N" in options else 0):
        document = document.replace("N", f"{number}", 1)
    (tmp_path / "page.md").write_text(document)
    assert LimitedCommand("embed", str(tmp_path / "page.md")).code == 1
    assert (tmp_path / "page.md").read_text() == document


@pytest.mark.parametrize(
    ("document", "code", "message"),
    [
        ("<!-- timeline:start x=1 -->\n" * 20_000, 1, "there are more than 1,000 errors"),
        ("<!-- timeline:end -->\n" * 20_000, 1, "there are more than 1,000 errors"),
        (
            f"<!-- timeline:start {' '.join(f'a{n}=1' for n in range(100_000))} -->\n{END}\n",
            1,
            "there are more than 1,000 errors",
        ),
        (
            "<!-- timeline:start file=. -->\n<!-- timeline:end -->\n" * 5_000,
            1,
            "there are more than 1,000 errors",
        ),
        ("x" * (MAX_DOCUMENT + 1), 2, "page.md` is larger than 2 MiB"),
        (
            "<!-- timeline:start -->\n<!-- timeline:end -->\n" * 3,
            1,
            "error[too-large]: the document would be larger than 2 MiB with this timeline",
        ),
    ],
    ids=["starts", "ends", "options", "folders", "size", "size with timelines"],
)
def test_a_document_has_limits(tmp_path: Path, document: str, code: int, message: str) -> None:
    url = "https://x.org/" + "a" * 8_000
    events = [f"  - {{id: e{n}, summary: A, start: 2025-01-03, url: '{url}'}}" for n in range(100)]
    (tmp_path / "events.yaml").write_text(EVENTS + "\n".join(events) + "\n")
    (tmp_path / "page.md").write_text(document)
    done = LimitedCommand("embed", str(tmp_path / "page.md"))
    assert done.code == code
    assert message in done.err
    assert (tmp_path / "page.md").read_text() == document
