"""Diagrams for tests: calendars of a few events, and their shapes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from support import loading
from timeline.formats import FORMATS
from timeline.formats.svg import bars
from timeline.formats.svg.axis import DAY, Scale
from timeline.formats.svg.extents import event_extent
from timeline.formats.svg.layout import lay_out
from timeline.formats.svg.options import SvgOptions
from timeline.formats.svg.shapes import WIDE, Group, Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.formats.svg.shapes import Drawing, Shape
    from timeline.model.events import Calendar, Event

SVG = "{http://www.w3.org/2000/svg}"
HEAD = "calendar: {id: x.org, name: X, timezone: Asia/Riyadh}\nevents:\n"
EVENT = "  - id: a\n    summary: A\n"


def calendar_of(events: str, head: str = HEAD) -> Calendar:
    return loading.calendar_of(head + events)


def calendar_with(**keys: str) -> Calendar:
    """Return a calendar of one event with these keys."""
    return calendar_of("".join(f"    {key}: {text}\n" for key, text in keys.items()), HEAD + EVENT)


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


def seconds(text: str) -> int:
    day, _, clock = text.partition("T")
    hours, minutes = (int(part) for part in (clock or "00:00").split(":"))
    return date.fromisoformat(day).toordinal() * DAY + hours * 3600 + minutes * 60
