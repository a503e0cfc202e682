"""The full form of a report: line, caret, help and notes, as a terminal shows them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.diagnostics import error, warning
from support.loading import document_of
from timeline.diagnostics.model import At, Note, On, Span
from timeline.diagnostics.placement import locate_all
from timeline.diagnostics.render.cells import format_location
from timeline.diagnostics.render.terminal import MAX_CELLS, render, summarize

if TYPE_CHECKING:
    from timeline.source.document import Document

EVENTS = """\
calendar:
  id: example.org
events:
  - id: a
    start: 2025-01-03
  - id: b
    start: dakar-2052.end - 2 days
"""


def document(text: str = EVENTS) -> Document:
    return document_of(text)


def test_a_diagnostic_shows_place_code_line_caret_and_help() -> None:
    diagnostic = error(
        "unknown-event",
        "no event is called `dakar-2052`",
        At(("events", 1, "start"), part=(0, 10)),
        help="did you mean `dakar-2025`?",
    )
    assert (
        render([diagnostic], document(), color=False)
        == """\
events.yaml:7:12: error[unknown-event]: no event is called `dakar-2052`
  |
7 |     start: dakar-2052.end - 2 days
  |            ^^^^^^^^^^
  = help: did you mean `dakar-2025`?
"""
    )


def test_the_gutter_is_as_wide_as_the_line_number() -> None:
    text = "a: 1\n" + "#\n" * 98 + "b: 2\n"
    shown = render([error("x", "y", At(("b",), On.KEY), help="z")], document(text), color=False)
    assert shown.splitlines()[1:] == ["    |", "100 | b: 2", "    | ^", "    = help: z"]


def test_notes_follow_with_their_places() -> None:
    diagnostic = error(
        "duplicate-id",
        "`a` is used again",
        At(("events", 1, "id")),
        notes=(Note("first used here", At(("events", 0, "id"))), Note("ids are permanent")),
    )
    assert render([diagnostic], document(), color=False).splitlines()[-2:] == [
        "  = note: first used here: events.yaml:4:9",
        "  = note: ids are permanent",
    ]


def test_a_span_of_several_lines_is_marked_on_its_first() -> None:
    shown = render([error("x", "y", At(("events", 0)))], document(), color=False).splitlines()
    assert shown[2:] == ["4 |   - id: a", "  |     ^^^^^"]


def test_a_place_without_a_source_line_is_still_reported() -> None:
    for text in ("", "\n\n"):
        shown = render([warning("x", "y", At(()))], document(text), color=False)
        assert shown == "events.yaml:1:1: warning[x]: y\n"
    elsewhere = error("x", "y", Span("other.yaml", 3, 1, 3, 2))
    assert render([elsewhere], document(), color=False) == "other.yaml:3:1: error[x]: y\n"


def test_reports_are_sorted_by_place_without_repetition() -> None:
    second = error("b", "second", At(("events", 1)))
    first = error("a", "first", At(("calendar", "id")))
    assert [located.diagnostic for located in locate_all([second, first, second], document())] == [
        first,
        second,
    ]


def test_an_error_that_an_alias_repeats_is_reported_once() -> None:
    repeated = document("x-a: &a {statuss: x}\nevents: [*a, *a]\n")
    diagnostics = [error("x", "y", At(("events", index, "statuss"), On.KEY)) for index in (0, 1)]
    assert [format_location(located.span) for located in locate_all(diagnostics, repeated)] == [
        "events.yaml:1:10"
    ]


def test_a_text_that_aliases_repeat_is_reported_once_with_where_it_is_used() -> None:
    repeated = document("x-a: &a soon\nevents: [*a, *a, *a, *a, *a]\n")
    diagnostics = [error("x", "y", At(("events", index))) for index in range(5)]
    [located] = locate_all(diagnostics, repeated)
    assert format_location(located.span) == "events.yaml:1:9"
    assert [(message, at and format_location(at)) for message, at in located.notes] == [
        ("used here", "events.yaml:2:10"),
        ("used here", "events.yaml:2:14"),
        ("used here", "events.yaml:2:18"),
        ("used 2 more times", None),
    ]
    assert (
        summarize([located.diagnostic for located in locate_all(diagnostics, repeated)])
        == "1 error"
    )


@pytest.mark.parametrize(
    ("errors", "warnings", "words"),
    [
        (0, 0, "no errors"),
        (1, 0, "1 error"),
        (2, 1, "2 errors, 1 warning"),
        (0, 2, "2 warnings"),
        (1200, 0, "1,200 errors"),
    ],
)
def test_a_summary_counts_in_words(errors: int, warnings: int, words: str) -> None:
    at = At(())
    assert summarize([error("a", "b", at)] * errors + [warning("a", "b", at)] * warnings) == words


@pytest.mark.parametrize(
    ("before", "cells"),
    [
        ("plain", 5),
        ("\t", 4),
        ("a\tb", 5),
        ("東京", 4),
        ("カ゚", 2),
        ("cafe\u0301", 4),
        ("👩\u200d🚀", 2),
        ("👍🏽", 2),
        ("❤\ufe0f", 2),
        ("🇸🇦", 2),
        ("각", 2),
        ("\u1100\u1161\u11a8", 2),
        ("\u200b", 0),
    ],
)
def test_the_caret_stands_below_what_it_means(before: str, cells: int) -> None:
    at = len(before) + 1
    diagnostic = error("x", "y", Span("events.yaml", 1, at, 1, at + 1))
    shown = render([diagnostic], document(f"{before}! k: v\n"), color=False).splitlines()
    assert shown[3] == "  | " + " " * cells + "^"
    assert "\t" not in shown[2]


def test_wide_characters_get_wide_carets() -> None:
    shown = render([error("x", "y", At(("k",)))], document("k: 東京\n"), color=False)
    assert shown.splitlines()[3] == "  |    ^^^^"


@pytest.mark.parametrize("start", [0, 10, 300, 990])
def test_a_long_line_is_cut_around_the_error(start: int) -> None:
    line = "".join(chr(ord("a") + index % 26) for index in range(1000))
    diagnostic = error("x", "y", Span("events.yaml", 1, start + 1, 1, start + 6))
    _, _, source, carets = render([diagnostic], document(line), color=False).splitlines()
    assert len(source) <= len("1 | ") + MAX_CELLS
    marked = [character for character, caret in zip(source, carets, strict=False) if caret == "^"]
    assert "".join(marked) == line[start : start + 5]
    assert source.startswith("1 | …") == (start > 50)
    assert source.endswith("…") == (start < 900)


def test_a_long_span_is_marked_as_far_as_it_is_shown() -> None:
    source, carets = render(
        [error("x", "y", At(("k",)))], document("k: " + "x" * 500), color=False
    ).splitlines()[2:]
    assert len(carets) == len(source) - 1
    assert source.endswith("x…")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[31m", "\u241b[31m"),
        ("\x00", "\u2400"),
        ("\x7f", "\u2421"),
        ("\x9b1m", "\ufffd1m"),
        ("\u202e", "\ufffd"),
        ("\u2028", "\ufffd"),
    ],
)
def test_nothing_that_steers_a_terminal_is_printed(raw: str, shown: str) -> None:
    text = render(
        [error("x", f"no `{raw}`", At(()), help=raw, notes=(Note(raw),))],
        document_of(f"k: {raw}\n", f"{raw}.yaml"),
        color=False,
    )
    assert raw not in text
    assert text.count(shown) == 5


def test_a_line_break_in_a_message_does_not_break_the_report() -> None:
    text = render([error("x", "a\nb\r\nc", At(()))], document(), color=False)
    assert text.splitlines()[0].endswith("a␊b␍␊c")


def test_colour_is_added_only_when_asked_for_and_changes_no_text() -> None:
    diagnostics = [error("x", "y", At(("events",)), help="z"), warning("x", "w", At(()))]
    plain = render(diagnostics, document(), color=False)
    colored = render(diagnostics, document(), color=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31merror[x]\x1b[0m" in colored
    assert "\x1b[1;33mwarning[x]\x1b[0m" in colored
    for style in ("0", "1", "36", "1;31", "1;33"):
        colored = colored.replace(f"\x1b[{style}m", "")
    assert colored == plain


def test_no_diagnostics_are_no_text() -> None:
    assert render([], document(), color=True) == ""


@given(st.text(max_size=300), st.integers(1, 320), st.integers(0, 40))
def test_any_line_and_any_span_can_be_shown(line: str, column: int, width: int) -> None:
    diagnostic = error("x", line, Span("events.yaml", 1, column, 1, column + width))
    shown = render([diagnostic], document(line), color=False)
    categories = {unicodedata.category(character) for character in shown if character != "\n"}
    assert "Cc" not in categories
    assert "Cs" not in categories
