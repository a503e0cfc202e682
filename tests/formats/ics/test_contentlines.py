"""Content lines: folding, escaping and parameters, held to a foreign parser."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from icalendar import Event
from icalendar.parser import Contentlines

from support import strategies
from timeline.formats.ics.contentlines import escape_text, fold_lines, format_float, quote_parameter


@given(strategies.texts)
@example("\\n")
@example("\\;\\,")
@example("C:\\new, \n;")
def test_escaping_is_undone_by_a_foreign_parser(text: str) -> None:
    assume("\\N" not in text)  # icalendar takes an escaped backslash before an N for a line break
    event = Event.from_ical(
        fold_lines(["BEGIN:VEVENT", f"SUMMARY:{escape_text(text)}", "END:VEVENT"])
    )
    assert str(event["SUMMARY"]) == text


@given(strategies.texts)
def test_an_escaped_text_is_one_line_without_separators(text: str) -> None:
    escaped = escape_text(text)
    assert "\n" not in escaped
    bare = escaped.replace("\\\\", "").replace("\\n", "").replace("\\;", "").replace("\\,", "")
    assert not set(bare) & set("\\;,")


@given(st.lists(strategies.texts, min_size=1, max_size=5))
def test_folding_is_undone_by_a_foreign_parser(texts: list[str]) -> None:
    lines = [f"X-TEXT:{escape_text(text)}" for text in texts]
    folded = fold_lines(lines)
    for physical in folded.split(b"\r\n"):
        assert len(physical) <= 75
        physical.decode()  # no character is split
    assert [str(line) for line in Contentlines.from_ical(folded) if line] == lines


@pytest.mark.parametrize("character", ["a", "é", "日", "🏁"])
@pytest.mark.parametrize("length", range(60, 80))
def test_lines_fill_75_octets_and_no_more(character: str, length: int) -> None:
    line = "X:" + "a" * (length % 4) + character * length
    folded = fold_lines([line])
    first, *rest = folded.split(b"\r\n")[:-1]
    assert (first + b"".join(part[1:] for part in rest)).decode() == line
    assert all(part.startswith(b" ") for part in rest)
    room = len(character.encode())
    for full in [first, *rest][:-1]:
        assert 75 - room < len(full) <= 75


def test_nothing_is_folded_that_fits() -> None:
    assert fold_lines(["X:" + "a" * 73]) == b"X:" + b"a" * 73 + b"\r\n"
    assert fold_lines(["X:" + "a" * 74]) == b"X:" + b"a" * 73 + b"\r\n a\r\n"
    assert fold_lines([]) == b""


@given(strategies.lines)
@example("^'\"^n^^")
def test_a_parameter_is_read_back_by_a_foreign_parser(text: str) -> None:
    assume("\\" not in text)  # icalendar takes it for an escape, which RFC 6868 does not know
    folded = fold_lines([f"ATTENDEE;CN={quote_parameter(text)}:mailto:a@example.org"])
    line = Contentlines.from_ical(folded)[0]
    name, parameters, value = line.parts()
    assert (name, value) == ("ATTENDEE", "mailto:a@example.org")
    assert parameters["CN"] == text


@given(st.floats(-180, 180, allow_nan=False).map(lambda degrees: round(degrees, 12)))
@example(0.0)
@example(1e-12)
def test_a_decimal_has_all_its_digits_and_no_exponent(value: float) -> None:
    written = format_float(value)
    assert "e" not in written
    assert float(written) == value
