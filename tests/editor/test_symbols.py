"""The outline of a file has its events, nested as they are."""

# ruff: noqa: RUF001 - the en dash of dates

from __future__ import annotations

from typing import TYPE_CHECKING

from support.editing import CALENDAR, Editor
from support.paths import ROOT
from timeline.editor.symbols import symbols

if TYPE_CHECKING:
    from pathlib import Path

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


def test_an_event_that_an_alias_repeats_is_where_it_is_written(tmp_path: Path) -> None:
    text = f"{CALENDAR}x-a: &a {{id: first, summary: S, start: 2026}}\nevents: [*a]\n"
    analysis = Editor(tmp_path).type(text)
    for symbol in symbols(analysis, analysis.root):
        assert symbol.span.line == symbol.selection.line
