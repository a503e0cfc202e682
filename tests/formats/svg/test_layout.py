"""The layout: labels, today, and events without a date."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.loading import load_data
from support.paths import ROOT
from support.strategies import files
from support.svg import calendar_of, calendar_with, labels, rendered, texts, tree
from timeline.formats.svg import bars
from timeline.formats.svg.layout import MARGIN, WIDTH, lay_out
from timeline.formats.svg.panels import calendar_entries
from timeline.formats.svg.shapes import SETTINGS, WIDE, Group
from timeline.model.events import Calendar

if TYPE_CHECKING:
    from timeline.formats.svg.shapes import Drawing


def test_signs_at_the_sides_have_room_on_the_paper() -> None:
    for mark, keys in product("~?%", ({"start": "{}"}, {"start": "{}", "end": "{}"})):
        dates = {"start": f"2025{mark}", "end": f"2026{mark}"}
        shapes = lay_out(calendar_with(**{key: dates[key] for key in keys}), None).shapes
        rows = [shape for shape in shapes if isinstance(shape, Group) and shape.title]
        left, right = bars.horizontal_extent([part for row in rows for part in row.shapes])
        assert left >= MARGIN
        assert right <= WIDTH - MARGIN


@pytest.mark.parametrize("keys", [{"start": "0002-01-01%", "end": ".."}, {"start": "9998-12-31%"}])
def test_signs_have_room_at_the_end_of_time(keys: dict[str, str]) -> None:
    assert_labels_do_not_overlap(lay_out(calendar_with(**keys), None))


def test_statuses_and_dates_to_be_confirmed_are_written() -> None:
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


def test_children_of_an_undated_event_are_at_their_own_dates() -> None:
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


def test_an_empty_diagram_says_so() -> None:
    assert texts(Calendar("x", "Name")) == ["Name", "No events."]


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


def assert_labels_do_not_overlap(drawing: Drawing) -> None:
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
        assert_labels_do_not_overlap(lay_out(crowd(count, seed, years), date(2000, 6, 1)))


@given(st.integers(1, 60), st.integers(0, 2**32), st.integers(1, 2000))
def test_labels_never_overlap_for_any_dates(count: int, seed: int, years: int) -> None:
    assert_labels_do_not_overlap(lay_out(crowd(count, seed, years), None))


@given(files())
def test_any_file_has_a_diagram_without_overlapping_labels(data: dict[str, object]) -> None:
    calendar = load_data(data).calendar
    ET.fromstring(rendered(calendar))
    assert_labels_do_not_overlap(lay_out(calendar, date(2025, 1, 1)))


def test_both_settings_show_the_same_bars_and_name_every_event() -> None:
    calendar = crowd(50, 1, 3)
    drawing = lay_out(calendar, None)
    groups = [shape for shape in drawing.shapes if isinstance(shape, Group) and shape.title]
    assert len(groups) == len(calendar.events)
    for setting in SETTINGS:
        text = " ".join(label.text for label in labels(drawing, setting))
        for event in calendar.events:
            assert event.summary[:5] in text


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


def test_a_description_names_the_events() -> None:
    text = tree(calendar_with(start="2025-01", categories="[rally]"))[1].text
    assert text == "A timeline of 1 event.\nA: January 2025."
    many = tree(crowd(40, 1, 2))[1].text or ""
    assert many.startswith("A timeline of 40 events.")
    assert many.endswith("And 16 more.")
