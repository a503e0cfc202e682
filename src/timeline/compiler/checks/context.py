"""The input of a check: the file as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from timeline.compiler.resolve.ids import EventIds
    from timeline.compiler.resolve.tree import Entry
    from timeline.compiler.schema.refused import Refused
    from timeline.compiler.schema.timeline import Timeline
    from timeline.model import Calendar


ENOUGH = 3
"""How many events make something usual, so that another is reported."""


class CheckContext(Struct, frozen=True):
    """A file as written and as resolved.

    ``entries`` are the events as written, laid flat, and ``ids`` their ids. ``calendar.events``
    are the same events as resolved, in the same order. ``refused`` has the places of the values
    that were refused, of which no check may draw a conclusion.
    """

    timeline: Timeline
    entries: list[Entry]
    ids: EventIds
    calendar: Calendar
    refused: Refused
