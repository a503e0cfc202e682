"""The legends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.svg import EVENT, calendar_of, calendar_with, flat, texts
from timeline.formats.svg.layout import lay_out
from timeline.formats.svg.shapes import Bar, Glyph, Label

if TYPE_CHECKING:
    from timeline.formats.svg.shapes import Shape
    from timeline.model.events import Calendar


def test_a_legend_explains_the_signs_that_are_there_and_no_others() -> None:
    signs = {
        "2025": "at some time within the band",
        "not before 2025": "not before the edge, or not after it",
        "2025-01-03~": "about then",
        "2025-01-03?": "perhaps then, not certain",
    }
    for start in (*signs, "2025-01-03"):
        labels_shown = texts(calendar_with(start=start))
        assert [text for text in signs.values() if text in labels_shown] == [
            text for key, text in signs.items() if key == start
        ]
    labels_shown = texts(calendar_with(start="2025-01-03%"))
    assert {"about then", "perhaps then, not certain"} <= set(labels_shown)


def test_a_legend_shows_a_sign_in_the_form_that_it_has() -> None:
    other = "  - {id: b, summary: B, start: 2025-12-03}\n"
    point, band = (
        samples(calendar_of(f"{other}{EVENT}    start: {start}\n"), "perhaps then, not certain")
        for start in ("2025-01-03?", "2025?")
    )
    assert any(isinstance(shape, Glyph) for shape in point)
    assert not any(isinstance(shape, Bar) for shape in point)
    assert any(isinstance(shape, Bar) for shape in band)
    assert not any(isinstance(shape, Glyph) for shape in band)


def samples(calendar: Calendar, text: str) -> list[Shape]:
    """Return the shapes before a text of the legend."""
    shapes = lay_out(calendar, None).shapes
    (place,) = (
        n for n, shape in enumerate(shapes) if isinstance(shape, Label) and shape.text == text
    )
    return list(flat([shapes[place - 1]]))


def test_a_legend_explains_a_series() -> None:
    assert "happens again" in texts(calendar_with(start="2025-02-01", rrule="FREQ=DAILY;COUNT=9"))
    assert "happens again" not in texts(calendar_with(start="2025-02-01"))
