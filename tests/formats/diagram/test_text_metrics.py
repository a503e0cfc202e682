"""The width of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.diagnostics.render.cells import cell_width
from timeline.formats.diagram import text_metrics


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", "short"),
        ("a text that is too long", "a text that…"),
        ("漢字仮名交じり文", "漢字仮名交…"),
        ("a text, and more of it", "a text, and…"),
        ("e\u0301" * 30, "e\u0301" * 8 + "…"),
        ("👨\u200d👩\u200d👧" * 5, "👨\u200d👩\u200d👧" * 3 + "…"),
        ("השותפות עם ראלי דקאר", "השותפות…\u200f"),
    ],
)
def test_long_text_is_shortened_where_it_may_be(text: str, expected: str) -> None:
    assert text_metrics.shorten(text, 60, 10) == expected


@pytest.mark.parametrize(
    "sign", ["👨\u200d👩\u200d👧", "🇫🇷", "👋🏽", "1\ufe0f\u20e3", "❤\ufe0f", "🏁"]
)
def test_a_sequence_of_emoji_is_as_wide_as_an_emoji(sign: str) -> None:
    assert text_metrics.text_width(sign, 10) == 13
    assert cell_width(sign) == 2
    assert text_metrics.shorten(sign * 9, 60, 10) == sign * 3 + "…"


def test_jamo_are_as_wide_as_their_syllable() -> None:
    assert text_metrics.text_width("\u1112\u1161\u11ab", 10) == text_metrics.text_width("한", 10)


@given(st.text(min_size=1, max_size=200), st.integers(1, 3), st.booleans())
def test_wrapped_lines_fit_and_lose_only_spaces(text: str, count: int, bold: bool) -> None:
    lines = text_metrics.wrap_text(text, 300, 20, count, bold=bold)
    assert len(lines) <= count
    for line in lines:
        assert text_metrics.text_width(line, 20, bold=bold) <= 300
    joined, whole = "".join("".join(lines).split()), "".join(text.split())
    if "…" not in joined:
        assert joined == whole
