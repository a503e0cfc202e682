"""The division of events into panels and insets."""

# ruff: noqa: RUF001 - typographic dashes

from __future__ import annotations

from datetime import date, timedelta

import pytest

from support.svg import calendar_of, flat, seconds
from timeline.formats.svg.layout import lay_out
from timeline.formats.svg.panels import calendar_entries, group_into_panels, inset_panel
from timeline.formats.svg.shapes import Label, Line, Rect
from timeline.model.words.english import EnglishDates


def test_children_of_a_short_event_are_in_an_inset() -> None:
    calendar = calendar_of(
        "  - {id: long, summary: Long, start: 2025-01-03, end: 2028}\n"
        "  - id: rally\n    summary: Rally\n    start: 2025-01-03\n    end: 2025-01-17\n"
        "    events:\n"
        "      - {id: a, summary: A, start: 2025-01-04}\n"
        "      - {id: b, summary: B, start: 2025-01-15, end: 2025-01-17}\n"
    )
    (panel,) = group_into_panels(calendar_entries(calendar, "UTC")[0], EnglishDates())
    long, rally = panel.entries
    assert inset_panel(long, panel, 0) is None
    closer = inset_panel(rally, panel, 0)
    assert closer is not None
    assert [entry.event.id for entry in closer.entries] == ["a", "b"]
    assert (closer.first, closer.last) == (seconds("2025-01-03"), seconds("2025-01-18"))
    assert inset_panel(rally, closer, 1) is None
    rects = [
        shape.style for shape in flat(lay_out(calendar, None).shapes) if isinstance(shape, Rect)
    ]
    assert rects.count("inset") == 1


def test_children_of_a_long_event_share_its_axis() -> None:
    calendar = calendar_of(
        "  - id: year\n    summary: Year\n    start: 2025-01-01\n    end: 2025-12-31\n    events:\n"
        "      - {id: a, summary: A, start: 2025-01-04}\n"
        "      - {id: b, summary: B, start: 2025-10-15}\n"
    )
    shapes = list(flat(lay_out(calendar, None).shapes))
    names = {label.text: label.x for label in shapes if isinstance(label, Label)}
    assert names["Year"] < names["A"] == names["B"]
    assert sum(isinstance(shape, Line) and shape.style == "branch" for shape in shapes) >= 2


def test_many_events_are_divided_into_periods_after_the_long_ones() -> None:
    days = [date(2020 + number % 4, 1 + number // 4, 5) for number in range(48)]
    calendar = calendar_of(
        "  - {id: long, summary: Long, start: 2020, end: 2023}\n"
        + "".join(f"  - {{id: e{n}, summary: E, start: {day}}}\n" for n, day in enumerate(days))
    )
    made = group_into_panels(calendar_entries(calendar, "UTC")[0], EnglishDates())
    assert [panel.title for panel in made] == [None, "2020", "2021", "2022", "2023"]
    assert [len(panel.entries) for panel in made] == [1, 12, 12, 12, 12]
    assert (made[1].first, made[1].last) == (seconds("2020-01-01"), seconds("2021-01-01"))


@pytest.mark.parametrize(
    ("step", "title"),
    [
        (timedelta(hours=1), "1 January 2025"),
        (timedelta(days=2), "January 2025"),
        (timedelta(days=8), "Q1 2025"),
        (timedelta(days=30), "2025"),
        (timedelta(days=300), "2020–2029"),
        (timedelta(days=3000), "2000–2099"),
    ],
)
def test_a_period_suits_how_dense_events_are(step: timedelta, title: str) -> None:
    starts = [date(2025, 1, 1) + number * step for number in range(60)]
    if step < timedelta(days=1):
        times = [f"2025-01-{1 + number // 12:02}T{8 + number % 12:02}:00" for number in range(60)]
    else:
        times = [str(day) for day in starts]
    calendar = calendar_of(
        "".join(f"  - {{id: e{n}, summary: E, start: '{time}'}}\n" for n, time in enumerate(times))
    )
    assert (
        group_into_panels(calendar_entries(calendar, "Asia/Riyadh")[0], EnglishDates())[0].title
        == title
    )
