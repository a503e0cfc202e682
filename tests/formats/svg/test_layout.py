"""The layout: labels, heights, today, and events without a date."""

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

from support.loading import calendar_of_file, load_data
from support.paths import ROOT
from support.strategies import files
from support.svg import HEAD, calendar_of, calendar_with, drawing_of, labels, rendered, texts, tree
from timeline.formats.svg.shapes import STYLES, Group, Label, Line, Rect
from timeline.model.events import Calendar

if TYPE_CHECKING:
    from timeline.formats.svg.shapes import Drawing

WIDTHS = (840, 360)


def test_an_open_span_that_is_to_come_as_of_a_day_is_from_its_start() -> None:
    calendar = calendar_of("  - {id: a, summary: A, start: 2026-12-02, end: ..}\n")
    for day, word in ((date(2026, 12, 1), "From"), (date(2026, 12, 3), "Since")):
        document = rendered(calendar, as_of=day)
        assert document.count(f"{word} 2 December") == 3, "beside the bar, title, description"


@pytest.mark.parametrize("language", ["ar", "de", "es", "fr", "ja", "pt-BR"])
def test_no_explanation_of_a_sign_is_cut_on_a_phone(language: str) -> None:
    calendar = calendar_of(
        "  - {id: a, summary: A, start: 2026, end: 2027}\n"
        "  - {id: b, summary: B, start: 2026-12-02, end: TBC}\n"
        "  - {id: c, summary: C, start: 2026-12~, end: ..}\n"
        "  - {id: d, summary: D, start: TBC, end: 2027}\n",
        HEAD.replace("timezone:", f"language: {language}, timezone:"),
    )
    shown = labels(drawing_of(calendar, width=360))
    assert len(shown) > 8
    assert not [label.text for label in shown if label.text.endswith("…")]


def test_statuses_and_dates_to_be_confirmed_are_written() -> None:
    calendar = calendar_of(
        "  - {id: a, summary: A, start: 2025-01-03, status: cancelled}\n"
        "  - {id: b, summary: B, start: 2025-02-03, status: postponed, was: [2025-01-03]}\n"
        "  - id: c\n    summary: C\n    start: 2025-03-01\n    status: tentative\n    events:\n"
        "      - {id: d, summary: D, start: TBC}\n"
        "  - {id: e, summary: E, start: TBC, end: 2028}\n"
    )
    labels_shown = texts(calendar)
    assert "Cancelled · 3 January" in labels_shown
    assert "Postponed · 3 February · was 3 January" in labels_shown
    assert "Tentative · 1 March" in labels_shown
    tray = labels_shown.index("Date to be confirmed")
    assert labels_shown[tray + 1 : tray + 5] == [
        "D",
        "in C",
        "E",
        "Until 2028, start to be confirmed",
    ]
    struck = [label.text for label in labels(drawing_of(calendar)) if label.struck]
    assert struck == ["A"]


@pytest.mark.parametrize("end", ["2027-12-31", "2028-01-01"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_name_on_its_bar_is_within_it(end: str, language: str) -> None:
    calendar = calendar_of(
        f"  - {{id: a, summary: Nordlys Energy is partner, start: 2027-01-01, end: {end}}}\n"
        "  - {id: b, summary: B, start: 2027-03-01}\n",
        HEAD.replace("name: X", f"name: X, language: {language}"),
    )
    drawing = drawing_of(calendar, layout="lanes")
    ((label, bar),) = [
        (label, bar)
        for group in drawing.shapes
        if isinstance(group, Group)
        for label in group.shapes
        if isinstance(label, Label) and label.style == "on"
        for bar in group.shapes
        if isinstance(bar, Rect)
    ]
    left, top, right, bottom = label.box
    assert bar.y < top < bottom < bar.y + bar.height
    assert bar.x < left < right < bar.x + bar.width


def test_only_a_given_day_is_marked_as_today() -> None:
    calendar = calendar_with(start="2025-01-03", end="2025-01-17")
    assert "today, 10 January 2025" in texts(calendar, date(2025, 1, 10))
    assert not any("today" in text for text in texts(calendar, date(2025, 2, 10)) + texts(calendar))


def test_an_empty_diagram_says_so() -> None:
    assert texts(Calendar("x", "Name")) == ["Name", "No events."]


def test_a_diagram_of_undated_events_is_a_tray() -> None:
    assert texts(calendar_with(start="TBC")) == ["X", "Date to be confirmed", "A"]


def test_too_many_events_are_said_and_not_drawn() -> None:
    events = "".join(f"  - {{id: e{n}, summary: E, start: 2025}}\n" for n in range(501))
    assert texts(calendar_of(events)) == [
        "X",
        "The diagram is left out: 501 events are more than 500.",
    ]


def test_the_zone_of_times_is_named_once() -> None:
    shown = texts(calendar_with(start="2025-01-03T09:00"))
    assert shown.count("Times are in Asia/Riyadh.") == 1
    assert sum("Riyadh" in text for text in shown) == 1


def test_the_examples_are_not_high() -> None:
    founding = drawing_of(calendar_of_file(ROOT / "events.yaml"))
    assert (founding.width, founding.height <= 650) == (840, True)
    season = "".join(
        f"  - {{id: e{n}, summary: The event number {n}, "
        f"start: 2027-{n % 12 + 1:02}-{n % 27 + 1:02}, "
        f"end: 2027-{n % 12 + 1:02}-28, categories: [category {n % 6}]}}\n"
        for n in range(60)
    )
    assert drawing_of(calendar_of(season)).height <= 800


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_is_smaller_than_twelve_pixels(width: int) -> None:
    drawing = drawing_of(crowd(40, 2, 3), width=width)
    assert {STYLES[label.style].size >= 12 for label in labels(drawing)} == {True}
    text = rendered(crowd(40, 2, 3), width=width)
    assert f'width="{width}"' in text


def test_words_are_beside_the_axis_or_above_it() -> None:
    calendar = calendar_of_file(ROOT / "events.yaml")
    for width, is_beside in ((840, True), (360, False)):
        names = [
            label for label in labels(drawing_of(calendar, width=width)) if label.style == "name"
        ]
        assert (max(label.box[2] for label in names[:6]) < 0.4 * width) == is_beside


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
    boxes = sorted((label.box, label.text) for label in labels(drawing))
    by_top = sorted(boxes, key=lambda pair: pair[0][1])
    for place, (box, text) in enumerate(by_top):
        left, top, right, bottom = box
        assert left >= 0, (text, box)
        assert right <= drawing.width, (text, box)
        assert top >= 0, (text, box)
        assert bottom <= drawing.height, (text, box)
        for other, words in by_top[place + 1 :]:
            if other[1] >= bottom:
                break
            apart = other[0] >= right or other[2] <= left
            assert apart, (text, box, words, other)


def assert_no_line_crosses_a_label(drawing: Drawing) -> None:
    boxes = [label.box for label in labels(drawing) if label.style != "flag"]
    for shape in drawing.shapes:
        if isinstance(shape, Line) and shape.style in ("line", "now"):
            for (x, top), (end, bottom) in shape.lines:
                for box in boxes:
                    is_apart = end <= box[0] or x >= box[2] or bottom <= box[1] or top >= box[3]
                    assert is_apart, (shape.style, (x, top), (end, bottom), box)


@given(
    st.integers(1, 60),
    st.integers(0, 2**32),
    st.integers(1, 30),
    st.integers(320, 1200),
    st.sampled_from(["rows", "lanes"]),
    st.integers(0, 1000),
)
def test_neither_today_nor_a_tick_has_a_line_through_letters(
    count: int, seed: int, years: int, width: int, layout: str, today: int
) -> None:
    day = date(2000, 1, 1) + timedelta(days=today)
    drawing = drawing_of(crowd(count, seed, years), day, width=width, layout=layout)
    assert_no_line_crosses_a_label(drawing)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_line_of_today_is_interrupted_by_names(language: str) -> None:
    calendar = calendar_of(
        "".join(
            f"  - {{id: e{n}, summary: The event number {n}, start: 2027-01-01, end: 2027-03-31}}\n"
            for n in range(6)
        ),
        HEAD.replace("name: X", f"name: X, language: {language}"),
    )
    drawing = drawing_of(calendar, date(2027, 1, 20), width=360)
    (line,) = (s for s in drawing.shapes if isinstance(s, Line) and s.style == "now")
    assert len(line.lines) == 7  # above each name, and below the last
    assert_no_line_crosses_a_label(drawing)


@pytest.mark.parametrize(
    ("count", "years", "width"), list(product((5, 50, 300), (1, 10, 300), WIDTHS))
)
def test_labels_never_overlap(count: int, years: int, width: int) -> None:
    for seed in range(2):
        drawing = drawing_of(crowd(count, seed, years), date(2000, 6, 1), width=width)
        assert_labels_do_not_overlap(drawing)


@given(
    st.integers(1, 60),
    st.integers(0, 2**32),
    st.integers(1, 2000),
    st.integers(320, 1200),
    st.sampled_from(["rows", "lanes"]),
)
def test_labels_never_overlap_for_any_dates(
    count: int, seed: int, years: int, width: int, layout: str
) -> None:
    calendar = crowd(count, seed, years)
    assert_labels_do_not_overlap(drawing_of(calendar, width=width, layout=layout))


@given(files())
def test_any_file_has_a_diagram_without_overlapping_labels(data: dict[str, object]) -> None:
    calendar = load_data(data).calendar
    ET.fromstring(rendered(calendar))
    assert_labels_do_not_overlap(drawing_of(calendar, date(2025, 1, 1)))


@pytest.mark.parametrize("keys", [{"start": "0002-01-01%", "end": ".."}, {"start": "9998-12-31%"}])
def test_signs_have_room_at_the_end_of_time(keys: dict[str, str]) -> None:
    assert_labels_do_not_overlap(drawing_of(calendar_with(**keys)))


def test_rows_name_every_event() -> None:
    calendar = crowd(50, 1, 3)
    drawing = drawing_of(calendar, layout="rows")
    groups = [shape for shape in drawing.shapes if isinstance(shape, Group) and shape.event]
    assert {group.event for group in groups} == {event.id for event in calendar.events}
    text = " ".join(label.text for label in labels(drawing))
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
