"""The picture: what it says of dates, that it can be read, and that it is safe XML.

The test with a browser runs where ``TIMELINE_CHROMIUM`` names one, such as ``chromium``.
"""

# ruff: noqa: RUF001 - words have the dashes that they have

from __future__ import annotations

import html
import json
import os
import random
import re
import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise, product
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import foreign, loading
from support.loading import load_data
from support.paths import ROOT, TESTS
from support.strategies import files
from timeline.formats import FORMATS
from timeline.formats.svg import axis, bars, markup, palette, text_metrics
from timeline.formats.svg.axis import DAY, Scale
from timeline.formats.svg.extents import event_extent, event_extents
from timeline.formats.svg.layout import MARGIN, WIDTH, lay_out
from timeline.formats.svg.options import SvgOptions
from timeline.formats.svg.panels import calendar_entries, group_into_panels, inset_panel
from timeline.formats.svg.shapes import (
    SETTINGS,
    STYLES,
    WIDE,
    Bar,
    Glyph,
    Group,
    Label,
    Line,
    Rect,
)
from timeline.model.events import Calendar, Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from timeline.formats.svg.shapes import Drawing, Shape

SVG = "{http://www.w3.org/2000/svg}"
CASES = sorted(TESTS.glob("cases/*/expected.svg"))
HEAD = "calendar: {id: x.org, name: X, timezone: Asia/Riyadh}\nevents:\n"


def calendar_of(events: str, head: str = HEAD) -> Calendar:
    return loading.calendar_of(head + events)


def calendar_with(**keys: str) -> Calendar:
    """Return a calendar of one event with these keys."""
    return calendar_of("".join(f"    {key}: {text}\n" for key, text in keys.items()), HEAD + EVENT)


EVENT = "  - id: a\n    summary: A\n"


def event_with(**keys: str) -> Event:
    (event,) = calendar_with(**keys).events
    return event


def rendered(calendar: Calendar, as_of: date | None = None) -> str:
    return b"".join(FORMATS["svg"].render(calendar, SvgOptions(as_of=as_of))).decode()


def tree(calendar: Calendar) -> ET.Element:
    return ET.fromstring(rendered(calendar))


def texts(calendar: Calendar, as_of: date | None = None) -> list[str]:
    return [label.text for label in labels(lay_out(calendar, as_of), WIDE)]


def flat(shapes: Iterable[Shape]) -> Iterator[Shape]:
    for shape in shapes:
        if isinstance(shape, Group):
            yield from flat(shape.shapes)
        else:
            yield shape


def labels(drawing: Drawing, setting: str) -> list[Label]:
    all_labels = (shape for shape in flat(drawing.shapes) if isinstance(shape, Label))
    return [label for label in all_labels if label.setting in ("", setting)]


def drawn(event: Event) -> list[Shape]:
    """Draw an event on an axis of the year 2025, 365 units long."""
    start = date(2025, 1, 1).toordinal() * DAY
    scale = Scale(start, start + 365 * DAY, 0, 365)
    extent = event_extent(event, "Asia/Riyadh")
    assert extent is not None
    return bars.bar_shapes(extent, scale, 0, 0, hollow=False)


# Every golden.


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_pictures_are_well_formed_and_keep_to_themselves(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    root = ET.fromstring(text)
    assert (root.tag, root.get("role")) == (f"{SVG}svg", "img")
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "style", "defs", "linearGradient", "stop"),
        *("g", "rect", "path", "text"),
    }
    ids = [element.get("id", "") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    own = root.get("id", "")
    assert own.startswith("timeline-")
    assert all(id_ == own or id_.startswith(f"{own}-") for id_ in ids)
    assert set(re.findall(r"url\(([^)]*)\)", text)) <= {f"#{id_}" for id_ in ids}
    assert "href" not in text
    for name in root.get("aria-labelledby", "").split():
        (label,) = (element for element in root if element.get("id") == name)
        assert label.text


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_a_style_sheet_reaches_nothing_but_its_picture(path: Path) -> None:
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    (style,) = root.findall(f"{SVG}style")
    assert style.text is not None
    rules = re.findall(r"([^{}]+)\{[^{}]*\}", re.sub(r"@media[^{]*\{", "", style.text))
    for selector in ",".join(rules).split(","):
        assert selector.strip("} \n").split(" ")[0] == f"#{root.get('id')}"


# Dates as what they are.


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"start": "2025-01-03"}, ["MOMENT 2025-01-03 2025-01-04"]),
        ({"start": "2025-01"}, ["WITHIN 2025-01-01 2025-02-01"]),
        ({"start": "between 2025-01-03 and 2025-01-17"}, ["WITHIN 2025-01-03 2025-01-18"]),
        ({"start": "2025-01-03", "end": "2025-01-17"}, ["SOLID 2025-01-03 2025-01-18"]),
        (
            {"start": "2025-01-03", "end": "2028"},
            ["SOLID 2025-01-03 2028-01-02", "ENDS 2028-01-02 2029-01-01"],
        ),
        (
            {"start": "2025", "end": "2027-03-04"},
            ["BEGINS 2025-01-01 2025-12-31", "SOLID 2025-12-31 2027-03-05"],
        ),
        (
            {"start": "2025-01", "end": "2025-03"},
            [
                "BEGINS 2025-01-01 2025-01-31",
                "SOLID 2025-01-31 2025-03-02",
                "ENDS 2025-03-02 2025-04-01",
            ],
        ),
        ({"start": "2025", "end": "2025"}, ["WITHIN 2025-01-01 2026-01-01"]),
        (
            {"start": "2025-03-01", "end": "2025"},
            ["SOLID 2025-03-01 2025-03-02", "ENDS 2025-03-02 2026-01-01"],
        ),
        (
            {"start": "2025", "end": "2025-03-01"},
            ["BEGINS 2025-01-01 2025-03-01", "SOLID 2025-03-01 2025-03-02"],
        ),
        (
            {"start": "2025", "end": "2025-12?"},
            ["BEGINS 2025-01-01 2025-12-16", "ENDS 2025-12-16 2026-01-01", "uncertain"],
        ),
        (
            {"start": "2025-Q1", "end": "2025"},
            ["BEGINS 2025-01-01 2025-02-15", "ENDS 2025-02-15 2026-01-01"],
        ),
        ({"start": "2025-01-03", "end": ".."}, ["SOLID 2025-01-03 2025-01-04", "goes on"]),
        ({"start": "2025-01-03", "end": "TBC"}, ["SOLID 2025-01-03 2025-01-04", "may go on"]),
        (
            {"start": "2025-01-03~", "end": "2025-01-17?"},
            ["approximate", "SOLID 2025-01-03 2025-01-18", "uncertain"],
        ),
        ({"start": "2025-01-03?"}, ["uncertain", "MOMENT 2025-01-03 2025-01-04", "uncertain"]),
        ({"start": "TBC"}, []),
        ({"start": "TBC", "end": "2028"}, []),
        (
            {"start": "2025-01-06", "rrule": "FREQ=WEEKLY;COUNT=2"},
            ["MOMENT 2025-01-06 2025-01-07", "MOMENT 2025-01-13 2025-01-14"],
        ),
        (
            {"start": "2025-01-06", "rrule": "FREQ=YEARLY"},
            [f"MOMENT {year}-01-06 {year}-01-07" for year in (2025, 2026, 2027)] + ["goes on"],
        ),
    ],
)
def test_stretches_say_how_well_a_date_is_known(keys: dict[str, str], expected: list[str]) -> None:
    extent = event_extent(event_with(**keys), "Asia/Riyadh")
    words = []
    if extent is not None:
        stretches = [
            f"{stretch.kind.name} {_day(stretch.first)} {_day(stretch.last)}"
            for stretch in extent.stretches
        ]
        words = [extent.begins.words] * bool(extent.begins)
        words += stretches
        words += [extent.ends.words] * bool(extent.ends)
        words += ["goes on"] * extent.goes_on + ["may go on"] * extent.may_go_on
    assert words == expected


def _day(second: int) -> date:
    return date.fromordinal(second // DAY)


def test_times_lie_on_the_clock_of_the_calendar() -> None:
    extent = event_extent(event_with(start='"2025-01-03T09:00[Europe/London]"'), "Asia/Riyadh")
    assert extent is not None
    assert extent.first == date(2025, 1, 3).toordinal() * DAY + 12 * 3600


def test_a_span_that_clocks_turn_round_keeps_its_direction() -> None:
    event = event_with(
        start='"2025-10-26T02:45+02:00[Europe/Berlin]"',
        end='"2025-10-26T02:15+01:00[Europe/Berlin]"',
    )
    extent = event_extent(event, "Europe/Berlin")
    assert extent is not None
    assert extent.first < extent.last


def test_a_date_that_is_not_known_to_the_day_is_a_band_and_claims_no_day() -> None:
    band, base = drawn(event_with(start="2025-02"))
    assert isinstance(band, Bar)
    assert (band.x, band.width) == (31, 28)
    opacities = [opacity for _, opacity in band.stops]
    assert opacities == opacities[::-1]
    assert opacities[1] == opacities[2] == max(opacities)
    assert isinstance(base, Line)
    assert (base.style, bars.horizontal_extent([base])) == ("perhaps", (31, 59))


def test_a_span_whose_start_alone_is_certain_has_begun_on_that_day() -> None:
    bar, base = drawn(event_with(start="2025-03-01", end="2025"))
    assert isinstance(bar, Bar)
    assert (bar.x, bar.x + bar.width) == (59, 365)
    assert bar.stops[0] == (0, 1)
    assert bar.stops[-1][1] < 0.1
    assert bars.horizontal_extent([base])[0] == 60


def test_a_span_of_which_no_day_is_certain_is_nowhere_solid() -> None:
    bar = drawn(event_with(start="2025", end="2025-12"))[0]
    assert isinstance(bar, Bar)
    rises = [opacity for _, opacity in bar.stops]
    assert rises[0] < 0.1
    assert 0.5 < max(rises) < 1
    assert bar.stops[rises.index(max(rises))][0] > 0.9


@pytest.mark.parametrize(
    "start", ["2025-Q2", "2025-04", "2025-04-01"], ids=["quarter", "month", "day"]
)
def test_a_date_its_approximate_and_its_uncertain_cousin_look_unlike(start: str) -> None:
    plain, about, perhaps, both = (
        drawn(event_with(start=f"{start}{mark}")) for mark in ("", *"~?%")
    )
    left, right = bars.horizontal_extent(plain)
    assert bars.horizontal_extent(about)[0] < left
    assert bars.horizontal_extent(about)[1] > right
    assert marks(plain) == marks(about) == []
    assert perhaps[:-1] == plain
    assert both[:-1] == about
    assert [mark.text for mark in marks(perhaps) + marks(both)] == ["?", "?"]
    assert bars.horizontal_extent(marks(perhaps))[0] > right
    assert bars.horizontal_extent(marks(both))[0] > bars.horizontal_extent(about)[1]


def test_soft_ends_are_beyond_the_period_of_a_date() -> None:
    band, base = drawn(event_with(start="2025-04~"))
    assert isinstance(band, Bar)
    assert bars.horizontal_extent([base]) == (90, 120)
    assert band.x < 90
    assert band.x + band.width > 120
    assert (band.stops[0], band.stops[-1]) == ((0, 0), (1, 0))


def marks(shapes: Iterable[Shape]) -> list[Label]:
    return [shape for shape in shapes if isinstance(shape, Label)]


def test_a_day_is_a_point() -> None:
    (point,) = drawn(event_with(start="2025-02-01"))
    assert isinstance(point, Glyph)
    assert (point.x, point.is_hollow) == (31.5, False)


def test_an_open_end_is_an_arrow_to_the_end_of_the_axis() -> None:
    bar, shaft, head = drawn(event_with(start="2025-02-01", end=".."))
    assert isinstance(bar, Bar)
    assert isinstance(shaft, Line)
    assert isinstance(head, Line)
    assert (shaft.style, head.style) == ("shaft", "head")
    assert max(x for x, _ in head.points) == 365


def test_an_end_to_be_confirmed_fades() -> None:
    bar, base = drawn(event_with(start="2025-02-01", end="TBC"))
    assert isinstance(bar, Bar)
    assert bar.stops[0][1] == 1
    assert bar.stops[-1] == (1, 0.08)
    assert bars.horizontal_extent([base]) == (bar.x + 4, bar.x + bar.width)


def test_each_side_says_how_sure_its_date_is() -> None:
    bar, mark = drawn(event_with(start="2025-02-01~", end="2025-06-30?"))
    assert isinstance(bar, Bar)
    assert bar.x < 31
    assert bar.x + bar.width == 181
    assert (bar.stops[0], bar.stops[-1]) == ((0, 0), (1, 1))
    assert bars.horizontal_extent([mark])[0] > 181


def test_signs_at_the_sides_have_room_on_the_paper() -> None:
    for mark, keys in product("~?%", ({"start": "{}"}, {"start": "{}", "end": "{}"})):
        dates = {"start": f"2025{mark}", "end": f"2026{mark}"}
        shapes = lay_out(calendar_with(**{key: dates[key] for key in keys}), None).shapes
        rows = [shape for shape in shapes if isinstance(shape, Group) and shape.title]
        left, right = bars.horizontal_extent([part for row in rows for part in row.shapes])
        assert left >= MARGIN
        assert right <= WIDTH - MARGIN


@pytest.mark.parametrize("keys", [{"start": "0002-01-01%", "end": ".."}, {"start": "9998-12-31%"}])
def test_signs_have_room_where_all_time_ends(keys: dict[str, str]) -> None:
    assert_labels_keep_apart(lay_out(calendar_with(**keys), None))


def test_a_legend_explains_the_signs_that_are_there_and_no_others() -> None:
    signs = {
        "2025": "at some time within the band",
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
    """Give what stands before a text of the legend."""
    shapes = lay_out(calendar, None).shapes
    (place,) = (
        n for n, shape in enumerate(shapes) if isinstance(shape, Label) and shape.text == text
    )
    return list(flat([shapes[place - 1]]))


def test_instances_too_close_for_paper_are_a_row_of_ticks_and_no_bar() -> None:
    string, beads = drawn(event_with(start="2025-02-01", rrule="FREQ=DAILY;COUNT=60"))
    assert isinstance(string, Line)
    assert isinstance(beads, Line)
    assert (string.style, beads.style) == ("string", "dense")
    assert len(drawn(event_with(start="2025-02-01", rrule="FREQ=MONTHLY;COUNT=3"))) == 4


def test_instances_side_by_side_are_told_apart_where_there_is_room() -> None:
    event = event_with(start="2025-02-01", end="2025-02-07", rrule="FREQ=WEEKLY;COUNT=3")
    _, *weeks = drawn(event)
    assert all(isinstance(week, Bar) for week in weeks)
    places = [bars.horizontal_extent([week]) for week in weeks]
    assert [right for _, right in places] == [38, 45, 52]
    assert all(before[1] < after[0] for before, after in pairwise(places))


def test_a_rule_without_an_end_reaches_as_far_as_the_other_events() -> None:
    calendar = calendar_of(
        "  - {id: a, summary: A, start: 2025-01-03, end: 2025-02-05}\n"
        "  - {id: b, summary: B, start: 2025-01-06T10:00, duration: 1 hour, rrule: FREQ=WEEKLY}\n"
        "  - {id: c, summary: C, start: 2025-01-10, rrule: FREQ=DAILY;COUNT=3}\n"
        "  - {id: d, summary: D, start: 2026-01-10, rrule: FREQ=YEARLY}\n"
    )
    reaches = event_extents(calendar.events, "Asia/Riyadh")
    days = {
        name: [date.fromordinal(stretch.first // DAY) for stretch in reach.stretches]
        for name, reach in reaches.items()
        if reach
    }
    assert days["b"] == [date(2025, 1, 6) + timedelta(weeks=week) for week in range(5)]
    assert days["d"] == [date(2026, 1, 10)]
    assert len(days["c"]) == 3


@pytest.mark.parametrize("rule", ["FREQ=DAILY;COUNT=3000", "FREQ=DAILY;UNTIL=20330319"])
def test_a_rule_of_very_many_instances_is_drawn_to_its_end(rule: str) -> None:
    extent = event_extent(event_with(start="2025-01-01", rrule=rule), "UTC")
    assert extent is not None
    assert date.fromordinal(extent.last // DAY) == date(2025, 1, 1) + timedelta(days=3000)


def test_the_latest_rule_without_an_end_has_a_picture() -> None:
    extent = event_extent(event_with(start="9998-12-30", rrule="FREQ=DAILY"), "UTC")
    assert extent is not None
    assert len(extent.stretches) == 2


def test_what_happens_again_is_explained() -> None:
    assert "happens again" in texts(calendar_with(start="2025-02-01", rrule="FREQ=DAILY;COUNT=9"))
    assert "happens again" not in texts(calendar_with(start="2025-02-01"))


def test_an_instance_that_is_cancelled_is_not_drawn_and_a_moved_one_where_it_is() -> None:
    extent = event_extent(
        event_with(
            start="2025-01-06",
            rrule="FREQ=WEEKLY;COUNT=3",
            overrides="\n      - {recurrence-id: 2025-01-13, status: cancelled}"
            "\n      - {recurrence-id: 2025-01-20, start: 2025-02-02}",
        ),
        "UTC",
    )
    assert extent is not None
    days = [date.fromordinal(stretch.first // DAY) for stretch in extent.stretches]
    assert days == [date(2025, 1, 6), date(2025, 2, 2)]


def test_states_and_dates_to_be_confirmed_are_told() -> None:
    calendar = calendar_of(
        "  - {id: a, summary: A, start: 2025-01-03, status: cancelled}\n"
        "  - {id: b, summary: B, start: 2025-02-03, status: postponed, was: [2025-01-03]}\n"
        "  - id: c\n    summary: C\n    start: 2025-03-01\n    status: tentative\n    events:\n"
        "      - {id: d, summary: D, start: TBC}\n"
        "  - {id: e, summary: E, start: TBC, end: 2028}\n"
    )
    labels_shown = texts(calendar)
    assert "Cancelled · 3 January 2025" in labels_shown
    assert "Postponed · 3 February 2025 · was 3 January 2025" in labels_shown
    assert "Tentative · 1 March 2025" in labels_shown
    tray = labels_shown.index("Date to be confirmed")
    assert labels_shown[tray + 1 : tray + 5] == [
        "D",
        "in C",
        "E",
        "Until 2028, start to be confirmed",
    ]
    struck = [label.text for label in labels(lay_out(calendar, None), WIDE) if label.struck]
    assert struck == ["A"]


def test_what_belongs_to_an_undated_event_is_drawn_at_its_own_date() -> None:
    calendar = calendar_of(
        "  - id: a\n    summary: A\n    start: TBC\n    events:\n"
        "      - {id: b, summary: B, start: 2025-01-03}\n"
    )
    roots, undated = calendar_entries(calendar, "UTC")
    assert [entry.event.id for entry in roots] == ["b"]
    assert [event.id for event in undated] == ["a"]


def test_only_a_given_day_is_marked_as_today() -> None:
    calendar = calendar_with(start="2025-01-03", end="2025-01-17")
    assert "today, 10 January 2025" in texts(calendar, date(2025, 1, 10))
    assert not any("today" in text for text in texts(calendar, date(2025, 2, 10)) + texts(calendar))


def test_a_picture_of_nothing_says_so() -> None:
    assert texts(Calendar("x", "Name")) == ["Name", "No events."]


# The axis.


@pytest.mark.parametrize(
    ("first", "last", "has_times", "ticks", "contexts"),
    [
        (
            "2027-01-04T04:30",
            "2027-01-04T19:30",
            True,
            ["06:00", "08:00", "10:00", "12:00", "14:00", "16:00", "18:00"],
            ["4 Jan 2027"],
        ),
        (
            "2027-01-04T23:30",
            "2027-01-05T00:30",
            True,
            ["23:30", "23:40", "23:50", "00:00", "00:10", "00:20"],
            ["4 Jan 2027", "5 Jan 2027"],
        ),
        (
            "2025-01-03",
            "2025-01-18",
            False,
            [str(day) for day in range(3, 18)],
            ["Jan 2025"],
        ),
        (
            "2025-01-30",
            "2025-02-20",
            False,
            ["31", *(str(day) for day in range(2, 20, 2))],
            ["Feb 2025"],
        ),
        (
            "2025-01-01",
            "2025-04-01",
            False,
            ["1", "6", "13", "20", "27", "3", "10", "17", "24", "3", "10", "17", "24"],
            ["Jan 2025", "Feb 2025", "Mar 2025"],
        ),
        (
            "2025-01-03",
            "2026-01-01",
            False,
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
            ["2025"],
        ),
        (
            "2025-01-03",
            "2029-01-01",
            False,
            ["Jan", "Jul"] * 4,
            ["2025", "2026", "2027", "2028"],
        ),
        ("2018-06-01", "2027-01-01", False, [str(year) for year in range(2019, 2027)], []),
        ("1900-01-01", "2047-01-01", False, [str(year) for year in range(1900, 2021, 20)], []),
        (
            "0002-01-01",
            "9998-12-31",
            False,
            ["AD 2", *(str(year) for year in range(1000, 10000, 1000))],
            [],
        ),
    ],
)
def test_ticks_are_where_one_expects_them(
    first: str, last: str, has_times: bool, ticks: list[str], contexts: list[str]
) -> None:
    scale = Scale(seconds(first), seconds(last), 0, 570)
    size = STYLES["tick"].narrow
    step = axis.choose_step(scale, size, has_times=has_times)
    assert [tick.text for tick in axis.axis_ticks(scale, step, size) if tick.text] == ticks
    assert [tick.text for tick in axis.axis_contexts(scale, step, size)] == contexts


def seconds(text: str) -> int:
    day, _, clock = text.partition("T")
    hours, minutes = (int(part) for part in (clock or "00:00").split(":"))
    return date.fromisoformat(day).toordinal() * DAY + hours * 3600 + minutes * 60


def test_weeks_begin_on_monday() -> None:
    scale = Scale(seconds("2025-01-01"), seconds("2025-04-01"), 0, 570)
    step = axis.Step("day", 7, 7 * DAY)
    monday = next(tick for tick in axis.axis_ticks(scale, step, 12) if tick.is_line)
    assert monday.x == pytest.approx(scale.at(seconds("2025-01-06")))


@given(
    st.integers(DAY, date.max.toordinal() * DAY),
    st.integers(3600, 9000 * axis.YEAR),
    st.booleans(),
)
def test_any_axis_has_ticks_in_order_with_room_for_their_words(
    first: int, length: int, has_times: bool
) -> None:
    last = min(first + length, (date.max.toordinal() + 1) * DAY)
    length = last - first
    if length < (3600 if has_times else 5 * DAY):
        return
    scale, size = Scale(first, last, 0, 570), STYLES["tick"].narrow
    step = axis.choose_step(scale, size, has_times=has_times)
    ticks = axis.axis_ticks(scale, step, size)
    assert 1 <= len(ticks) <= 60
    labelled = [tick for tick in ticks if tick.text]
    for before, after in pairwise(labelled):
        assert before.x + 3 + text_metrics.text_width(before.text, size) < after.x + 3
    assert all(0 <= tick.x < 570 for tick in ticks)


# Panels.


def test_what_belongs_to_a_short_event_is_looked_at_closer() -> None:
    calendar = calendar_of(
        "  - {id: long, summary: Long, start: 2025-01-03, end: 2028}\n"
        "  - id: rally\n    summary: Rally\n    start: 2025-01-03\n    end: 2025-01-17\n"
        "    events:\n"
        "      - {id: a, summary: A, start: 2025-01-04}\n"
        "      - {id: b, summary: B, start: 2025-01-15, end: 2025-01-17}\n"
    )
    (panel,) = group_into_panels(calendar_entries(calendar, "UTC")[0])
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


def test_what_belongs_to_a_long_event_is_tied_to_it_on_the_same_axis() -> None:
    calendar = calendar_of(
        "  - id: year\n    summary: Year\n    start: 2025-01-01\n    end: 2025-12-31\n    events:\n"
        "      - {id: a, summary: A, start: 2025-01-04}\n"
        "      - {id: b, summary: B, start: 2025-10-15}\n"
    )
    shapes = list(flat(lay_out(calendar, None).shapes))
    names = {label.text: label.x for label in shapes if isinstance(label, Label)}
    assert names["Year"] < names["A"] == names["B"]
    assert sum(isinstance(shape, Line) and shape.style == "branch" for shape in shapes) >= 2


def test_many_events_are_parted_into_periods_after_those_that_outlast_them() -> None:
    days = [date(2020 + number % 4, 1 + number // 4, 5) for number in range(48)]
    calendar = calendar_of(
        "  - {id: long, summary: Long, start: 2020, end: 2023}\n"
        + "".join(f"  - {{id: e{n}, summary: E, start: {day}}}\n" for n, day in enumerate(days))
    )
    made = group_into_panels(calendar_entries(calendar, "UTC")[0])
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
    assert group_into_panels(calendar_entries(calendar, "Asia/Riyadh")[0])[0].title == title


# Labels.

TITLES = (
    "Stage",
    "A very long title about the preparation of the vehicles, their crews and " + "all else " * 5,
    "第回ダカール・ラリー記者会見、広報部による発表と車両の披露、そして質疑応答、さらに懇親会のお知らせ",
    "ההכרזה הרשמית על השותפות עם ראלי דקאר בערב הסעודית ועל הקבוצה החדשה של היצרן",
    "W" * 90,
    "Wide and narrow",
)
STARTS = (
    "start: {0}",
    "start: {0}\n{indent}end: {1}",
    "start: {0:%Y-%m}",
    "start: {0:%Y}",
    "start: {0}~\n{indent}end: {1}?",
    "start: TBC",
    "start: {0}\n{indent}end: ..",
    "start: {0}\n{indent}end: TBC",
    "start: {0}T09:00\n{indent}duration: 90 minutes",
    "start: {0}\n{indent}status: cancelled",
    "start: {0}\n{indent}rrule: FREQ=WEEKLY;COUNT=9",
)


def crowd(count: int, seed: int, years: int) -> Calendar:
    """Make events of all kinds, a third of them nested, in so many years."""
    chance = random.Random(seed)
    lines: list[str] = []
    parent: int | None = None
    for number in range(count):
        day = date(2000, 1, 1) + timedelta(days=chance.randrange(365 * years))
        margin, begins_list = "  ", False
        if number and chance.random() < 0.33:
            margin, begins_list = "      ", parent is None
            parent = number - 1 if parent is None else parent
            when = f"start: e{parent}.start"
        else:
            parent = None
            end = day + timedelta(days=chance.choice((3, 30, 300)))
            when = chance.choice(STARTS).format(day, end, indent=margin + "  ")
        lines += [
            *(["    events:"] if begins_list else []),
            f"{margin}- id: e{number}",
            f'{margin}  summary: "{chance.choice(TITLES)} {number}"',
            f"{margin}  categories: [{chance.choice(('race', 'team', 'press and media', '広報'))}]",
            f"{margin}  {when}",
        ]
    return calendar_of("\n".join(lines) + "\n")


def assert_labels_keep_apart(drawing: Drawing) -> None:
    for setting in SETTINGS:
        boxes = sorted((label.box, label.text) for label in labels(drawing, setting))
        by_top = sorted(boxes, key=lambda pair: pair[0][1])
        for place, (box, text) in enumerate(by_top):
            left, top, right, bottom = box
            assert left >= 0, (text, box)
            assert right <= WIDTH, (text, box)
            assert top >= 0, (text, box)
            assert bottom <= drawing.height, (text, box)
            for other, words in by_top[place + 1 :]:
                if other[1] >= bottom:
                    break
                apart = other[0] >= right or other[2] <= left
                assert apart, (setting, text, box, words, other)


@pytest.mark.parametrize(("count", "years"), list(product((5, 50, 300), (1, 10, 300))))
def test_labels_never_overlap(count: int, years: int) -> None:
    for seed in range(4):
        assert_labels_keep_apart(lay_out(crowd(count, seed, years), date(2000, 6, 1)))


@given(st.integers(1, 60), st.integers(0, 2**32), st.integers(1, 2000))
def test_labels_never_overlap_however_events_lie(count: int, seed: int, years: int) -> None:
    assert_labels_keep_apart(lay_out(crowd(count, seed, years), None))


@given(files())
def test_any_file_makes_a_picture_with_labels_apart(data: dict[str, object]) -> None:
    calendar = load_data(data).calendar
    ET.fromstring(rendered(calendar))
    assert_labels_keep_apart(lay_out(calendar, date(2025, 1, 1)))


def test_both_settings_show_the_same_bars_and_tell_every_event() -> None:
    calendar = crowd(50, 1, 3)
    drawing = lay_out(calendar, None)
    groups = [shape for shape in drawing.shapes if isinstance(shape, Group) and shape.title]
    assert len(groups) == len(calendar.events)
    for setting in SETTINGS:
        text = " ".join(label.text for label in labels(drawing, setting))
        for event in calendar.events:
            assert event.summary[:5] in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", "short"),
        ("a text that is too long", "a text that…"),
        ("漢字仮名交じり文", "漢字仮名交…"),
        ("a text, and more of it", "a text, and…"),
        ("e\u0301" * 30, "e\u0301" * 8 + "…"),
        ("👨\u200d👩\u200d👧" * 4, "👨\u200d…"),
        ("השותפות עם ראלי דקאר", "השותפות…\u200f"),
    ],
)
def test_long_text_is_shortened_where_it_may_be(text: str, expected: str) -> None:
    shortened = text_metrics.shorten(text, 60, 10)
    if "👨" in text:
        assert shortened.removesuffix("…").endswith("👧")
    else:
        assert shortened == expected


@given(st.text(min_size=1, max_size=200), st.integers(1, 3), st.booleans())
def test_wrapped_lines_fit_and_lose_nothing_but_blanks(text: str, count: int, bold: bool) -> None:
    lines = text_metrics.wrap_text(text, 300, 20, count, bold=bold)
    assert len(lines) <= count
    for line in lines:
        assert text_metrics.text_width(line, 20, bold=bold) <= 300
    joined, whole = "".join("".join(lines).split()), "".join(text.split())
    if "…" not in joined:
        assert joined == whole


# Colours.


@pytest.mark.parametrize("scheme", [palette.LIGHT, palette.DARK])
def test_words_and_marks_can_be_seen(scheme: dict[str, str]) -> None:
    for ground in ("paper", "inset"):
        for ink in ("ink", "muted", "today"):
            assert palette.contrast(scheme[ink], scheme[ground]) >= 4.5
        for pair in (*palette.PALETTE, palette.NEUTRAL):
            assert palette.contrast(pair[scheme is palette.DARK], scheme[ground]) >= palette.MARKS


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_any_colour_of_an_author_can_be_seen(rgb: tuple[int, int, int]) -> None:
    for scheme, towards in ((palette.LIGHT, (0, 0, 0)), (palette.DARK, (255, 255, 255))):
        color = palette.visible(rgb, scheme, towards)
        for ground in ("paper", "inset"):
            assert palette.contrast(color, scheme[ground]) >= palette.MARKS


def test_contrast_is_that_of_wcag() -> None:
    assert palette.contrast("#ffffff", "#000000") == pytest.approx(21)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_categories_differ_in_more_than_colour() -> None:
    head = HEAD
    calendar = calendar_of(
        "".join(
            f"  - {{id: e{n}, summary: E, start: 2025, categories: [c{n}]}}\n" for n in range(49)
        ),
        head,
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


# Safety.

ATTACKS = (
    "<script>alert(1)</script>",
    "</text><script>alert(1)</script>",
    "]]><script/>",
    '" onload="alert(1)',
    "' onload='alert(1)",
    "&lt;b&gt; &amp; &#x3c;",
    "</style><style>*{display:none}",
    "<!-- --> <![CDATA[ <?xml ?>",
    "url(#x) javascript:alert(1)",
    "\u202e reversed \u2066",
    "tab\tand\u00a0blank",
)


@pytest.mark.parametrize("attack", [*ATTACKS, "bell\a nul\0 \ufffe \ud800"])
def test_text_of_an_author_stays_text(attack: str) -> None:
    event = event_with(start="2025-01-03")
    changed = Event(
        "a",
        "a@x",
        attack,
        event.when,
        (),
        location=attack,
        categories=(attack,),
        description=attack,
    )
    calendar = Calendar("x.org", attack, (changed,), description=attack, language="en")
    text = b"".join(FORMATS["svg"].render(calendar, SvgOptions())).decode()
    root = ET.fromstring(text)
    safe = re.sub("[\0\a\ufffe\ud800]", "\ufffd", attack)
    assert root[0].text == safe
    assert any((element.text or "").startswith(f"{safe}\n") for element in root.iter(f"{SVG}title"))
    clean = tree(calendar_with(start="2025-01-03", location="x", categories="[x]"))
    tags = {element.tag for element in root.iter()}
    assert tags == {element.tag for element in clean.iter()}
    names = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on")}


@given(
    st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,20}[A-Za-z0-9])?", fullmatch=True),
    st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,20}[A-Za-z0-9])?", fullmatch=True),
)
def test_two_calendars_have_two_prefixes_that_are_names(one_id: str, other: str) -> None:
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", markup.id_prefix(one_id))
    assert (markup.id_prefix(one_id) == markup.id_prefix(other)) == (one_id == other)


def test_the_same_calendar_gives_the_same_bytes_in_any_process() -> None:
    program = (
        "import sys; from timeline.compiler import load_file; from timeline.formats import FORMATS;"
        "from timeline.formats.svg.options import SvgOptions;"
        "lines = FORMATS['svg'].render(load_file(sys.argv[1]).calendar, SvgOptions());"
        "sys.stdout.buffer.writelines(lines)"
    )
    file = ROOT / "events.yaml"
    made = {
        subprocess.run(
            [sys.executable, "-c", program, str(file)],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo"))
    }
    assert made == {(file.parent / "dist" / "events.svg").read_bytes()}


def test_a_description_names_the_events_for_those_who_listen() -> None:
    text = tree(calendar_with(start="2025-01", categories="[rally]"))[1].text
    assert text == "A timeline of 1 event.\nA: January 2025."
    many = tree(crowd(40, 1, 2))[1].text or ""
    assert many.startswith("A timeline of 40 events.")
    assert many.endswith("And 16 more.")


# A browser.

_MISSING = foreign.missing_browser()

PROBE = """
<body><script>
const found = [];
for (const svg of document.querySelectorAll("svg"))
  for (const text of svg.querySelectorAll("text")) {
    text.style.display = "inline";
    text.style.fontFamily = "Arial, 'Liberation Sans', Roboto, sans-serif";
    text.style.fontSize = "100px";
    found.push([text.getAttribute("class"), text.textContent, text.getComputedTextLength()]);
  }
const out = document.createElement("pre");
out.textContent = JSON.stringify(found);
document.body.append(out);
</script>
"""


@pytest.mark.foreign
@pytest.mark.skipif(bool(_MISSING), reason=_MISSING)
def test_a_browser_sets_text_no_wider_than_reckoned(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    drawing = (ROOT / "dist" / "events.svg").read_text(encoding="utf-8")
    page.write_text(f"<meta charset=utf-8>{drawing}{PROBE}", encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile"]
    done = subprocess.run(
        [foreign.BROWSER, *options, "--dump-dom", str(page)],
        capture_output=True,
        text=True,
        check=True,
    )
    (out,) = re.findall(r"<pre>(\[.*\])</pre>", done.stdout, re.DOTALL)
    widths = json.loads(html.unescape(out))
    assert widths
    for classes, text, wide in widths:
        style = STYLES[classes.split()[0]]
        assert wide <= 1.01 * text_metrics.text_width(text, 100, bold=style.is_bold), text
