"""The outline of a file has its events, nested as they are."""

# ruff: noqa: RUF001 - the en dash of dates

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.editing import CALENDAR, Editor
from support.paths import ROOT
from timeline.editor.symbols import symbols

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.editor.symbols import Symbol

FOUNDING = (ROOT / "events.yaml").read_text(encoding="utf-8")


def test_the_founding_file(tmp_path: Path) -> None:
    analysis = Editor(tmp_path).type(FOUNDING)
    top = symbols(analysis, analysis.root)
    assert [symbol.detail for symbol in top][:3] == [
        "date to be confirmed",
        "3 January 2025 until 2028",
        "3–17 January 2025",
    ]
    rally = top[2]
    assert (rally.name, len(rally.children)) == ("Dakar Rally 2025", 3)
    lines = FOUNDING.splitlines()
    assert lines[rally.selection.line - 1] == "  - id: dakar-2025"
    assert lines[rally.span.end_line - 1] == "        sources: [*article]"
    assert rally.span.line <= rally.children[0].span.line
    assert rally.children[-1].span.end_line <= rally.span.end_line


def test_a_file_has_its_own_events_only(tmp_path: Path) -> None:
    editor = Editor(tmp_path)
    editor.write("a.yaml", "events: [{id: inside, summary: In, start: 2026}]")
    analysis = editor.type(
        f"{CALENDAR}include: [a.yaml]\nevents: [{{id: main, summary: Main, start: 2026}}]\n"
    )
    assert [symbol.name for symbol in symbols(analysis, analysis.root)] == ["Main"]
    assert [of.name for of in symbols(analysis, str(tmp_path / "a.yaml"))] == ["In"]


def test_an_event_that_an_alias_repeats_is_not_in_the_outline(tmp_path: Path) -> None:
    written = "x-a: &a {id: first, summary: First, start: 2026}\n"
    events = "events:\n- *a\n- &b {id: second, summary: Second, start: 2027}\n- *b\n"
    analysis = Editor(tmp_path).type(CALENDAR + written + events)
    assert [of.id for of in analysis.calendar.events] == ["first", "second", "second"]
    assert [of.name for of in symbols(analysis, analysis.root)] == ["Second"]


NESTED = f"""{CALENDAR}events:
  - id: a
    summary: A
    start: 2026-01-01
  - id: b
    summary: B
    start: 2026-02-01
    end: 2026-02-09
    events:
      - id: c
        summary: C
        start: 2026-02-02
  - id: d
    summary: D
    start: 2026-03-01
"""
LINES = [("A", 3, 5), ("B", 6, 13), ("C", 11, 13), ("D", 14, 16)]


def lines_of(symbols: list[Symbol]) -> list[tuple[str, int, int]]:
    spans = []
    for symbol in symbols:
        assert symbol.span.line <= symbol.selection.line <= symbol.span.end_line
        spans += [(symbol.name, symbol.span.line, symbol.span.end_line), *lines_of(symbol.children)]
    return spans


@pytest.mark.parametrize(
    ("text", "wrong", "expected"),
    [
        ("2026-02-02", "[2026-02-02", LINES),
        ("    start: 2026-02-01", "\tstart: 2026-02-01", LINES),
        ("summary: B", "summary B", LINES),
        ("summary: B", 'summary: "B', LINES),
        ("- id: b", "- id: [b", LINES),
        ("calendar: {", "calendar: {{", LINES),
        (
            "    summary: B\n",
            "    summary: B\n    stat\n",
            [("A", 3, 5), ("B", 6, 14), ("C", 12, 14), ("D", 15, 17)],
        ),
        (
            "  - id: d\n",
            "  - id: new\n    sum\n  - id: d\n",
            [*LINES[:3], ("new", 14, 14), ("D", 16, 18)],
        ),
        ("        start: 2026-02-02\n", '        "\n', LINES),
        (
            "        summary: C\n        start: 2026-02-02\n",
            '        "\n',
            [("A", 3, 5), ("B", 6, 12), ("C", 11, 12), ("D", 13, 15)],
        ),
        (
            "      - id: c\n        summary: C\n",
            '    "\n',
            [("A", 3, 5), ("B", 6, 12), ("D", 13, 15)],
        ),
        ("  - id: b\n    summary: B\n", '  "\n', [("A", 3, 5), ("C", 10, 12), ("D", 13, 15)]),
    ],
)
def test_the_last_outline_stays_while_there_is_a_syntax_error(
    tmp_path: Path, text: str, wrong: str, expected: list[tuple[str, int, int]]
) -> None:
    editor = Editor(tmp_path)
    before = editor.type(NESTED)
    assert lines_of(symbols(before, before.root)) == LINES
    assert NESTED.count(text) == 1
    analysis = editor.type(NESTED.replace(text, wrong))
    assert not analysis.is_readable
    assert lines_of(symbols(analysis, analysis.root)) == expected


def test_what_can_be_read_is_the_outline_of_a_file_that_is_opened_with_a_syntax_error(
    tmp_path: Path,
) -> None:
    analysis = Editor(tmp_path).type(NESTED.replace("summary: B", "summary B"))
    shown = [(of.name, of.detail) for of in symbols(analysis, analysis.root)]
    assert shown == [("A", "1 January 2026"), ("b", "")]


def test_an_event_without_a_title_or_an_id_has_a_symbol_and_is_not_offered(tmp_path: Path) -> None:
    wrong = "events: [null, {summary: X, start: 2026}, {id: b, summary: '', start: 2026}]\n"
    analysis = Editor(tmp_path).type(CALENDAR + wrong)
    assert [of.name for of in symbols(analysis, analysis.root)] == ["", "X", "b"]
    assert analysis.known_events.keys() == {"b"}


def test_an_event_says_no_dates_that_an_error_leaves_open(tmp_path: Path) -> None:
    wrong = NESTED.replace("start: 2026-01-01", "start: soon").replace("2026-02-09", "2026-02-99")
    analysis = Editor(tmp_path).type(wrong)
    assert [of.detail for of in symbols(analysis, analysis.root)] == ["", "", "1 March 2026"]
