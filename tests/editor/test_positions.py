"""Positions are in the units of the editor: UTF-8, UTF-16 or characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.editing import CALENDAR, Editor
from timeline.editor.analysis import Place
from timeline.editor.columns import ENCODINGS, characters, units

pytest.importorskip("pygls", reason="needs pygls, as `timeline lsp` does")

from lsprotocol import types

from timeline.editor.convert import Converter

if TYPE_CHECKING:
    from pathlib import Path

EVENT = "events: [{id: a, summary: '𝄞 Café', start: 5 May 2026}]"
UNITS = {"utf-8": 47, "utf-16": 44, "utf-32": 43}
"""Where the date begins: the clef is 4 bytes or 2 units of UTF-16, and `é` is 2 bytes."""


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    return Editor(tmp_path)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_column_behind_characters_of_several_units(
    editor: Editor, encoding: str, end: str, mark: str
) -> None:
    analysis = editor.type(mark + (CALENDAR + EVENT).replace("\n", end))
    converter = Converter(analysis, encoding)
    (located,) = analysis.located
    marked = converter.range(located.span)
    start = UNITS[encoding]
    assert (marked.start, marked.end) == (
        types.Position(1, start),
        types.Position(1, start + len("5 May 2026")),
    )
    place = converter.place(analysis.root, marked.start)
    assert place == Place(analysis.root, located.span.line, located.span.column)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_byte_order_mark_is_a_character_of_the_editor(editor: Editor, encoding: str) -> None:
    analysis = editor.type("\ufeff" + f"calender: {{id: x.org, name: X}}\n{EVENT}")
    converter = Converter(analysis, encoding)
    span = next(of.span for of in analysis.located if of.diagnostic.code == "unknown-key")
    size = {"utf-8": 3}.get(encoding, 1)
    assert converter.range(span) == types.Range(
        types.Position(0, size), types.Position(0, size + len("calender"))
    )
    assert converter.place(analysis.root, types.Position(0, size)).column == 1
    assert converter.place(analysis.root, types.Position(0, 0)).column == 1


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_positions_beyond_the_text_are_its_ends(editor: Editor, encoding: str) -> None:
    analysis = editor.type(CALENDAR + EVENT)
    converter = Converter(analysis, encoding)
    end = Place(analysis.root, 2, len(EVENT) + 1)
    assert converter.place(analysis.root, types.Position(1, 9999)) == end
    far = converter.place(analysis.root, types.Position(9999, 9999))
    assert (far.line, far.column) == (2, 1)
    analysis.at(far)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_units_and_characters_are_inverse(encoding: str) -> None:
    line = "a é ∀ 𝄞 z \ud800 \udc00\ud800"
    for count in range(len(line) + 1):
        assert characters(line, units(line[:count], encoding), encoding) == count


def test_a_unit_within_a_character_is_before_it() -> None:
    assert characters("𝄞a", 1, "utf-16") == 0
    assert characters("éa", 1, "utf-8") == 0


def test_a_diagnostic_links_to_its_page_and_to_other_places(editor: Editor) -> None:
    text = f"{CALENDAR}events:\n- {{id: a, summary: A, start: 2026}}\n"
    analysis = editor.type(text + "- {id: a, summary: B, start: 2026}\n")
    diagnostic = Converter(analysis, "utf-16").diagnostic(analysis.located[0])
    assert (diagnostic.code, diagnostic.source) == ("duplicate-id", "timeline")
    assert diagnostic.severity == types.DiagnosticSeverity.Error
    assert diagnostic.code_description is not None
    assert diagnostic.code_description.href.endswith("/diagnostics/rules/duplicate-id.md")
    (related,) = diagnostic.related_information or []
    assert related.location.range.start == types.Position(2, 7)
    assert "\nhelp: " in diagnostic.message
