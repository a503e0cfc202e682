"""What the extensions share: the classes of events, the style sheet, and the day of a build."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import webcolors

from support.loading import calendar_of
from support.paths import ROOT
from timeline.embed.engines import COLORS, STYLESHEET, EventClasses, day_of_build
from timeline.formats.diagram.palette import DARK, LIGHT, PALETTE, visible_pair

if TYPE_CHECKING:
    import pytest

    from timeline.model.events import Calendar

FILE = """\
calendar: {id: x.org, name: X}
categories: {first: {}, second: {}, other: {}}
events:
  - {id: past, summary: A, start: 2026-01-03, categories: [second, first]}
  - {id: now, summary: A, start: 2027-01-03, end: 2027-01-17, categories: [first]}
  - {id: off, summary: A, start: 2027-01-20, status: cancelled}
  - {id: next, summary: A, start: 2027-01-21, status: tentative, categories: [other]}
  - {id: later, summary: A, start: 2027-02-21, status: confirmed}
  - {id: year, summary: A, start: "2027"}
  - {id: open, summary: A, start: TBC, status: postponed}
"""


def classes(calendar: Calendar, as_of: date | None) -> dict[str, str]:
    names = EventClasses(calendar, as_of)
    return {
        event.id: " ".join(name.removeprefix("timeline-") for name in names.of(event))
        for event in calendar.events
    }


def test_an_event_has_classes_for_its_category_its_status_and_its_state() -> None:
    calendar = calendar_of(FILE)
    assert classes(calendar, None) == {
        "past": "event c2",
        "now": "event c1",
        "off": "event cancelled",
        "next": "event c3 tentative",
        "later": "event",
        "year": "event",
        "open": "event postponed undated",
    }
    assert classes(calendar, date(2027, 1, 10)) == {
        "past": "event c2 past",
        "now": "event c1 now",
        "off": "event cancelled future",
        "next": "event c3 tentative next",
        "later": "event future",
        "year": "event",
        "open": "event postponed undated",
    }


COLORED = """\
calendar: {id: x.org, name: X}
categories: {a: {color: crimson}, b: {}}
events:
  - {id: a, summary: A, start: 2026-01-03, categories: [a]}
  - id: b
    summary: A
    start: 2027-01-03
    categories: [b]
    color: gold
    events: [{id: d, summary: A, start: 2027-01-03}]
  - {id: c, summary: A, start: 2027-01-20, color: teal}
"""


def test_an_event_has_a_class_for_the_colour_of_the_file() -> None:
    assert classes(calendar_of(COLORED), None) == {
        "a": "event c1 color-crimson",
        "b": "event c2 color-gold",
        "d": "event",
        "c": "event color-teal",
    }


def test_the_style_sheet_has_each_colour_of_the_file_as_it_is_drawn() -> None:
    css = STYLESHEET.read_text(encoding="utf-8")
    rule = r"\.timeline-color-(\w+) \{ --timeline-light: (#\w+); --timeline-dark: (#\w+); \}"
    assert re.findall(rule, css) == [
        (name, *visible_pair(name)) for name in sorted(webcolors.names("css3"))
    ]


def test_the_colours_of_categories_begin_again() -> None:
    names = [f"n{number}" for number in range(COLORS + 1)]
    events = "".join(
        f"  - {{id: {name}, summary: A, start: 2027, categories: [{name}]}}\n" for name in names
    )
    calendar = calendar_of(f"calendar: {{id: x.org, name: X}}\nevents:\n{events}")
    assert [*classes(calendar, None).values()][-2:] == [f"event c{COLORS}", "event c1"]


def test_the_style_sheet_has_the_colours_of_the_diagram() -> None:
    css = STYLESHEET.read_text(encoding="utf-8")
    assert len(PALETTE) == COLORS
    for number, pair in enumerate([*PALETTE], start=1):
        colors = re.findall(rf"--timeline-c{number}: (#\w+);", css)
        assert colors == [pair[0], pair[1], pair[0], pair[1]]
    for name in ("soft", "now"):
        light, dark = LIGHT[name], DARK[name]
        assert re.findall(rf"--timeline-{name}: (#\w+);", css) == [light, dark, light, dark]


def test_the_style_sheet_has_only_classes_that_events_have() -> None:
    css = STYLESHEET.read_text(encoding="utf-8")
    known = {
        name
        for text in classes(calendar_of(FILE), date(2027, 1, 10)).values()
        for name in text.split()
    }
    known |= {f"color-{name}" for name in webcolors.names("css3")}
    known |= {f"c{number}" for number in range(1, COLORS + 1)} | {"diagram", "page"}
    for template in (ROOT / "src/timeline/formats/html/templates").glob("inline_*.html"):
        known |= set(re.findall(r'class="timeline-([\w-]+)"', template.read_text("utf-8")))
    assert set(re.findall(r"\.timeline-([\w-]+)", css)) <= known
    assert "url(" not in css
    assert "@import" not in css


def test_the_day_of_a_build_is_that_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert day_of_build() == date(2027, 1, 15)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "never")
    assert day_of_build() > date(2026, 1, 1)
