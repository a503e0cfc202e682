"""The zones in which a day may be, to compare it with a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.compiler.schema.refused import REFUSED_ZONE

if TYPE_CHECKING:
    from timeline.compiler.checks.context import CheckContext
    from timeline.compiler.resolve.tree import Entry

_EVERYWHERE = ("-12:00", "+14:00")
"""The zones of the first and the last clock on Earth: each day is on all others in between."""


def zones_of_days(entry: Entry, context: CheckContext) -> tuple[str, ...]:
    """Return the zones in which a day of an event may be: its own and the calendar's.

    If none is known it may be anywhere.
    """
    zone, other = entry.zone, context.calendar.timezone
    if zone is None or REFUSED_ZONE in (zone, other):
        return _EVERYWHERE
    return (zone,) if other in (zone, None) else (zone, other)
