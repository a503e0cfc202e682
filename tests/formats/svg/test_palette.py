"""Colours and shapes of categories."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.svg import calendar_of
from timeline.formats.svg import palette


@pytest.mark.parametrize("scheme", [palette.LIGHT, palette.DARK])
def test_text_and_marks_have_enough_contrast(scheme: dict[str, str]) -> None:
    for ground in ("paper", "inset"):
        for ink in ("ink", "muted", "today"):
            assert palette.contrast(scheme[ink], scheme[ground]) >= 4.5
        for pair in (*palette.PALETTE, palette.NEUTRAL):
            assert palette.contrast(pair[scheme is palette.DARK], scheme[ground]) >= palette.MARKS


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_any_colour_of_the_file_has_enough_contrast(rgb: tuple[int, int, int]) -> None:
    for scheme, towards in ((palette.LIGHT, (0, 0, 0)), (palette.DARK, (255, 255, 255))):
        color = palette.visible(rgb, scheme, towards)
        for ground in ("paper", "inset"):
            assert palette.contrast(color, scheme[ground]) >= palette.MARKS


def test_contrast_is_that_of_wcag() -> None:
    assert palette.contrast("#ffffff", "#000000") == pytest.approx(21)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_categories_differ_in_more_than_colour() -> None:
    calendar = calendar_of(
        "".join(
            f"  - {{id: e{n}, summary: E, start: 2025, categories: [c{n}]}}\n" for n in range(49)
        )
    )
    made = palette.Tones(calendar.events).all
    assert len({tone.shape for tone in made[:7]}) == 7
    assert len(set(made)) == 49


def test_a_colour_of_the_file_is_used_and_its_category_is_in_the_legend() -> None:
    calendar = calendar_of(
        "  - {id: a, summary: A, start: 2025, categories: [rally], color: darkgreen}\n"
        "  - {id: b, summary: B, start: 2025}\n"
    )
    made = palette.Tones(calendar.events)
    assert made.all[0].light == "#006400"
    assert list(made.legend) == ["rally"]
    assert made.all[1][:2] == palette.NEUTRAL
