"""A text that is changed in parts is the text that the editor has, whatever ends its lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.editor.columns import ENCODINGS
from timeline.editor.texts import Change, OpenText, Position
from timeline.editor.tree import Opened

if TYPE_CHECKING:
    from collections.abc import Iterable

PIECES = st.sampled_from(
    (
        "\n",
        "\r\n",
        "\r",
        "\u2028",
        "\x85",
        "\v",
        "\f",
        "\x1c",
        "a",
        "bc",
        "é",
        "∀",
        "𝄞",
        "\ufeff",
        "\ud800",
        "",
    )
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)
POSITIONS = st.builds(
    Position, st.integers(0, 8), st.integers(0, 8) | st.sampled_from([99, 2**31 - 1])
)
CHANGES = st.builds(Change, TEXTS, st.none() | st.tuples(POSITIONS, POSITIONS))


def open_text(text: str) -> OpenText:
    return OpenText(Opened("/events.yaml", ""), text)


def text_of(opened: OpenText) -> str:
    return opened.content.decode("utf-8", "surrogatepass")


def offset(text: str, position: Position, encoding: str) -> int:
    """Return where a position is, by counting characters from the beginning of the text."""
    line = at = 0
    while line < position.line:
        end = re.compile(r"\r\n|\r|\n").search(text, at)
        if end is None:
            return len(text)
        line, at = line + 1, end.end()
    codec, size = ENCODINGS[encoding]
    units = 0
    while at < len(text) and text[at] not in "\r\n":
        units += len(text[at].encode(codec, "surrogatepass")) // size
        if units > position.character:
            break
        at += 1
    return at


def changed(text: str, changes: Iterable[Change], encoding: str) -> str:
    """Return a text after changes, each of which slices it."""
    for change in changes:
        if change.range is None:
            text = change.text
        else:
            start, end = sorted(offset(text, position, encoding) for position in change.range)
            text = text[:start] + change.text + text[end:]
    return text


@given(TEXTS, st.lists(CHANGES, max_size=6), st.sampled_from([*ENCODINGS]))
def test_changes_give_the_text_of_a_model_that_slices(
    text: str, changes: list[Change], encoding: str
) -> None:
    opened = open_text(text)
    for change in changes:
        opened.change(change, encoding)
    expected = changed(text, changes, encoding)
    assert text_of(opened) == expected
    assert opened.lines == re.split(r"\r\n|\r|\n", expected)


@pytest.mark.parametrize(
    ("text", "start", "end", "new", "expected"),
    [
        ("a\rb", (1, 0), (1, 0), "\n", "a\r\nb"),  # the two ends become one
        ("a\rx\nb", (1, 0), (1, 1), "", "a\r\nb"),
        ("a\r\nb", (0, 1), (0, 9), "x", "ax\r\nb"),  # never between `\r` and `\n`
        ("a\n", (1, 0), (1, 0), "b", "a\nb"),
        ("", (0, 0), (0, 0), "a\n", "a\n"),
        ("ab", (9, 9), (9, 9), "c", "abc"),
        ("a𝄞b", (0, 2), (0, 3), "", "ab"),  # within the clef is before it
        ("abc", (0, 2), (0, 1), "", "ac"),  # an editor that says the end first
    ],
)
def test_a_change(
    text: str, start: tuple[int, int], end: tuple[int, int], new: str, expected: str
) -> None:
    opened = open_text(text)
    opened.change(Change(new, (Position(*start), Position(*end))), "utf-16")
    assert text_of(opened) == expected


def test_the_content_is_the_same_object_until_the_text_changes() -> None:
    opened = open_text("a\nb\n")
    before = opened.content
    assert opened.content is before
    opened.change(Change("", (Position(0, 0), Position(0, 0))), "utf-8")
    assert opened.content == before
    assert opened.content is not before


def test_a_change_leaves_the_lines_that_it_is_not_in() -> None:
    opened = open_text("".join(f"line {number}\n" for number in range(1000)))
    before = opened._lines.copy()
    opened.change(Change("x\ny", (Position(500, 2), Position(501, 3))), "utf-16")
    after = opened._lines
    assert [*map(id, after[:499])] == [*map(id, before[:499])]
    assert [*map(id, after[502:])] == [*map(id, before[502:])]
