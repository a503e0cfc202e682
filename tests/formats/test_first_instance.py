"""Every output shows the first instance that takes place, and the feed stays as it is."""

# ruff: noqa: RUF001, RUF002 - spans have dashes

from __future__ import annotations

import csv
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from support.loading import calendar_of, event_codes, file_text
from support.svg import texts
from timeline.formats import FORMATS, FeedOptions, render_terminal
from timeline.formats.svg.layout import make_diagram
from timeline.formats.svg.options import SvgOptions
from timeline.publishing.ledger import Ledger

if TYPE_CHECKING:
    from timeline.model.events import Calendar

WEEKLY = "start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=4"
LINES = "DTSTART:2027-01-04\nRRULE:FREQ=WEEKLY;COUNT=4"
"""What the CSV has where the first instance is not the start."""


def calendar(event: str) -> Calendar:
    return calendar_of(file_text(f"id: a, summary: A, {event}"))


def rendered(resolved: Calendar, name: str, **options: object) -> str:
    form = FORMATS[name]
    given = (
        FeedOptions(stamp=Ledger("20250101T000000Z").stamp)
        if name == "ics"
        else form.options(**options)
    )
    return b"".join(form.render(resolved, given)).decode()


def without_weekdays(words: str) -> str:
    """Return ``4–5 January 2027`` for ``Mon 4 – Tue 5 January 2027``."""
    return re.sub(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ", "", words).replace(" – ", "–")


def shown_dates(resolved: Calendar) -> dict[str, str]:
    """Return the date that each output has for the only event."""
    items = rendered(resolved, "md").splitlines()
    table = rendered(resolved, "md", style="table").splitlines()
    mermaid = rendered(resolved, "md", style="mermaid").splitlines()
    page = render_terminal(
        resolved, as_of=date(2026, 12, 1), next_=None, color=False, width=120, left_out=0
    )
    return {
        "list": next(line.split("**")[1] for line in items if "**" in line),
        "table": next(
            line.split(" | ")[0].strip("| ") for line in reversed(table) if line.startswith("|")
        ),
        "mermaid": next(line.split(" : ")[0].strip() for line in mermaid if " : A" in line),
        "show": without_weekdays(
            next(line.split("○")[1].split("  ")[0].strip() for line in page if "○" in line)
        ),
        "svg": _with_year_of_axis(texts(resolved)),
    }


def _with_year_of_axis(diagram: list[str]) -> str:
    """Return the date in the row of a diagram, with the year that only its axis says."""
    words = next(text.split(" · ")[0] for text in diagram if "repeats" in text or "also on" in text)
    if re.search(r"\d{4}", words):
        return words
    (year,) = {match[1] for text in diagram if (match := re.fullmatch(r"\d+ \w+ (\d{4})", text))}
    day, comma, time = words.partition(",")
    return f"{day} {year}{comma}{time}"


@pytest.mark.parametrize(
    ("event", "expected", "cells"),
    [
        (WEEKLY, "4 January 2027", ("2027-01-04", "", "FREQ=WEEKLY;COUNT=4")),
        (
            f"{WEEKLY}, exdate: [2027-01-04]",
            "11 January 2027",
            ("2027-01-11", "", f"{LINES}\nEXDATE:2027-01-04"),
        ),
        (
            f"{WEEKLY}, duration: 3 days, exdate: [2027-01-04, 2027-01-11]",
            "18–20 January 2027",
            (
                "2027-01-18",
                "2027-01-20",
                f"{LINES}\nEXDATE:2027-01-04\nEXDATE:2027-01-11",
            ),
        ),
        (
            "start: 2026-12-28, rdate: [2027-01-08, 2027-01-06], exdate: [2026-12-28]",
            "6 January 2027",
            (
                "2027-01-06",
                "",
                "DTSTART:2026-12-28\nRDATE:2027-01-08\nRDATE:2027-01-06\nEXDATE:2026-12-28",
            ),
        ),
        # An override of the first instance: cancelled, moved, moved to after the second, longer.
        (
            f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-04, status: cancelled}}]",
            "11 January 2027",
            ("2027-01-11", "", LINES),
        ),
        (
            f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-04, start: 2027-01-06}}]",
            "6 January 2027",
            ("2027-01-06", "", LINES),
        ),
        (
            f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-04, start: 2027-01-12}}]",
            "11 January 2027",
            ("2027-01-11", "", LINES),
        ),
        (
            f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-04, duration: 2 days}}]",
            "4–5 January 2027",
            ("2027-01-04", "2027-01-05", LINES),
        ),
        (
            f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-04, location: Hall}}]",
            "4 January 2027",
            ("2027-01-04", "", "FREQ=WEEKLY;COUNT=4"),
        ),
    ],
)
def test_every_output_shows_the_first_instance_that_takes_place(
    event: str, expected: str, cells: tuple[str, str, str]
) -> None:
    resolved = calendar(event)
    assert set(shown_dates(resolved).values()) == {expected}, shown_dates(resolved)
    row = next(csv.DictReader(rendered(resolved, "csv").splitlines(keepends=True)))
    texts_of_row = (row["start"], row["end"], row["rrule"].replace("\r", ""))
    assert texts_of_row == cells
    assert row["earliest"] == row["start"]
    start = "20261228" if "2026-12-28" in event else "20270104"
    assert f"DTSTART;VALUE=DATE:{start}\r\n" in rendered(resolved, "ics")


def test_times_have_the_first_time_that_is_left() -> None:
    resolved = calendar(
        "start: 2027-03-21T09:00, duration: 1 hour, rrule: FREQ=WEEKLY;COUNT=3, "
        "exdate: [2027-03-21]"
    )
    for words in shown_dates(resolved).values():
        assert words.replace("#58;", ":").startswith("28 March 2027, 09:00–10:00")
    row = next(csv.DictReader(rendered(resolved, "csv").splitlines(keepends=True)))
    assert row["start"] == "2027-03-28T09:00:00+02:00"
    assert row["rrule"].startswith("DTSTART:2027-03-21T09:00:00+01:00\nRRULE:")


def test_the_order_and_the_year_are_those_of_the_first_instance_that_is_left() -> None:
    resolved = calendar_of(
        file_text(
            "id: a, summary: A, start: 2026-12-28, rrule: FREQ=WEEKLY, exdate: [2026-12-28]",
            "id: b, summary: B, start: 2026-12-30",
            "id: c, summary: C, start: 2027-01-03",
            "id: d, summary: D, start: 2027-01-05",
        )
    )
    text = rendered(resolved, "md")
    places = [text.index(word) for word in ("## 2026", "— B", "## 2027", "— C", "— A", "— D")]
    assert places == sorted(places)


def test_an_endless_rule_draws_the_first_instance_that_is_left_however_late() -> None:
    resolved = calendar_of(
        file_text(
            "id: a, summary: A, start: 2027-01-04, rrule: FREQ=YEARLY, exdate: [2027-01-04]",
            "id: b, summary: B, start: 2027-01-05",
        )
    )
    axis = make_diagram(resolved, SvgOptions()).axis
    assert axis is not None
    assert axis.last_moment.date().year == 2028


def test_a_moved_start_does_not_move_what_refers_to_it() -> None:
    resolved = calendar_of(
        file_text(
            f"id: a, summary: A, {WEEKLY}, exdate: [2027-01-04]",
            "id: b, summary: B, start: a.start + 1 day",
        )
    )
    assert "**5 January 2027** — B" in rendered(resolved, "md")


@pytest.mark.parametrize(
    "event",
    [
        f"{WEEKLY}, exdate: [2027-01-04, 2027-01-11, 2027-01-18, 2027-01-25]",
        "start: 2027-01-04T09:00, rrule: FREQ=DAILY;COUNT=2, exdate: [2027-01-04, 2027-01-05]",
        "start: 2027-01-04, rdate: [2027-01-05], exdate: [2027-01-05, 2027-01-04]",
        "start: 2027-01-04, rrule: FREQ=DAILY;UNTIL=20270104, exdate: [2027-01-04]",
    ],
)
def test_a_series_without_an_instance_is_an_error(event: str) -> None:
    assert event_codes(f"id: a, summary: A, {event}") == ["no-instance"]


def test_a_series_with_cancelled_instances_alone_is_shown_at_its_start() -> None:
    ids = ", ".join(
        f"{{recurrence-id: 2027-01-{day:02}, status: cancelled}}" for day in (4, 11, 18, 25)
    )
    assert set(shown_dates(calendar(f"{WEEKLY}, overrides: [{ids}]")).values()) == {
        "4 January 2027"
    }
