"""The list of the page as a part of another page: no style, no script, and names that are ours.

It is complete without a style sheet, too: GitHub, for example, removes classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.formats.html.event_items import ItemMaker
from timeline.formats.html.sections import list_sections
from timeline.formats.html.sources import SourceBook
from timeline.formats.html.writer import template
from timeline.formats.markdown.event_text import TimeMarks
from timeline.model import times_sentence, unnamed_zone, wording_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from timeline.model import Calendar


class ItemLook(Struct, frozen=True):
    """The id of an item, if it has one, and its classes."""

    name: str | None
    classes: str


class InlineSection(Struct, frozen=True):
    """The title of a year, and its events as HTML."""

    title: str
    html: str


class InlineList(Struct, frozen=True):
    """A list as sections, and as HTML what is below it: sources, and the time zone of times."""

    sections: tuple[InlineSection, ...]
    end: str


def inline_list(
    calendar: Calendar,
    looks: Mapping[str, ItemLook],
    *,
    as_of: date | None,
    month_level: int,
    has_weekdays: bool,
) -> InlineList:
    """Return the list of a calendar; ``looks`` are those of its events by their ids.

    ``month_level`` is that of the headings of months, which busy years have.
    """
    wording = wording_of(calendar, as_of=as_of)
    sources = SourceBook(calendar.events)
    marks = TimeMarks(calendar, as_of, wording)
    maker = ItemMaker(wording, marks.dates, {}, {}, sources, None)
    words = {event.id: marks.of(event) for event in calendar.events}
    zone = unnamed_zone(calendar)
    sections = template("inline_section.html")
    return InlineList(
        tuple(
            InlineSection(
                section.title,
                sections.render(
                    section=section,
                    looks=looks,
                    words=words,
                    level=min(month_level, 6),
                    has_weekdays=has_weekdays,
                ),
            )
            for section in list_sections(calendar, maker)
        ),
        template("inline_end.html").render(
            no_events="" if calendar.events else wording.phrase("No events."),
            notes=sources.notes(wording),
            is_numbered=not sources.is_single,
            sources=wording.phrase("Sources"),
            source=wording.label(wording.phrase("Source")),
            times=times_sentence(zone, wording) if zone else "",
        ),
    )
