"""Resolve the dates of a series that follow other events: UNTIL, RDATE and EXDATE.

Each must come to one certain day or time: a rule cannot end on a day that is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.compiler.resolve.literals import DependsOnRefusedError
from timeline.dates import ClockTime, Date, Instant, NoDate, local_day, make_day
from timeline.diagnostics import Refusal, rules

if TYPE_CHECKING:
    from timeline.compiler.resolve.dates import DateResolver
    from timeline.compiler.resolve.tree import Entry
    from timeline.dates import RecurrenceRule, RecurrenceStart, RelativeDate
    from timeline.diagnostics import Path, Rule


def resolve_until(
    rule: RecurrenceRule, start: RecurrenceStart, entry: Entry, dates: DateResolver
) -> RecurrenceRule:
    """Return a rule with its UNTIL, which may follow another event.

    UNTIL is of the kind of the start (RFC 5545 3.3.10): the day of a time where that is a day, and
    to the end of a day where that is a time.

    Raises:
        Refusal: ``rule-until``, if that is not one certain day or time.
        DependsOnRefusedError: if it is not known because of an error that is reported.
    """
    if rule.follows is None:
        return rule
    path = (*entry.path, "rrule", "until")
    moment = resolve_moment(rule.follows, path, start, entry, dates, rules.RULE_UNTIL)
    if not isinstance(moment, Instant):
        return replace(rule, until=make_day(moment))
    if not isinstance(start, Instant):
        return replace(rule, until=make_day(local_day(moment)))
    wall = moment.utc.replace(tzinfo=None)
    until = ClockTime(wall, None, None, is_utc=True, text=moment.moment.isoformat())
    return replace(rule, until=until)


def resolve_moment(
    written: RelativeDate,
    path: Path,
    start: RecurrenceStart,
    entry: Entry,
    dates: DateResolver,
    rule: Rule,
) -> RecurrenceStart:
    """Return the day or the time that a date of a series comes to.

    A time of day that it names is in the zone of ``start``. ``rule`` is that of the refusal.

    Raises:
        Refusal: if that is not one certain day or time.
        DependsOnRefusedError: if it is not known because of an error that is reported.
    """
    zone = start.zone if isinstance(start, Instant) else entry.zone
    resolved = dates.resolve_series_date(entry, written, path, zone)
    if resolved is None:
        raise DependsOnRefusedError
    if isinstance(resolved, Instant) and not resolved.qualification:
        return resolved
    if isinstance(resolved, Date) and resolved.is_day and not resolved.qualification:
        return resolved.earliest
    shown = "to be confirmed" if isinstance(resolved, NoDate) else f"`{resolved}`"
    if isinstance(resolved, Instant):
        shown = resolved.qualification.words
    help_ = f"write the day, or remove this date until `{written.anchor}` is certain"
    if written.qualification:
        help_ = f"remove `{written.qualification}`"
    message = f"`{written}` is {shown}, and a recurring event needs a certain day or time"
    raise Refusal(rule, message, help_)


def text_of_day(written: RelativeDate) -> str | None:
    """Return the text of the day of a relative date; ``None`` if that cannot be a time."""
    has_hours = any(term.is_exact for term in written.terms)
    if written.takes_day or written.clock is not None or has_hours:
        return None
    anchor = f"{written.anchor}.{written.edge}"
    return f"{anchor}.day{written.text.removeprefix(anchor)}"
