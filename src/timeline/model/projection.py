"""How an event is drawn in a calendar app, which knows only days and times.

A date that is not known to the day, a span without an end, a cancelled event: what stands in the
feed for each, and what is left out of it and why. The exclusive DTEND of RFC 5545 3.6.1 is made
here and nowhere else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from timeline._records import dataclass
from timeline.dates import zones
from timeline.dates.edtf import Date, Qualification
from timeline.dates.instants import zone_is_fixed
from timeline.dates.recurrence import expansion
from timeline.dates.recurrence.rule import Recur
from timeline.model.events import (
    AllDay,
    Instant,
    NoDate,
    Timed,
    Undated,
    certainty,
    is_imprecise,
    is_known_to_the_day,
    last_day,
)
from timeline.model.words.dates import date_words, postponed_note, summary_note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model.events import Alarm, Event, Recurrence, When

LONG_SPAN = 31
"""A span of more days than this is a long one."""


END = ".end"
"""The suffix of the box of the last day, where a long span is drawn by its endpoints."""

ONCE = Recur("DAILY", count=1)
"""The rule of a series that has none, only further days."""


@dataclass(frozen=True, slots=True)
class Box:
    """One VEVENT of an event: where it lies, and the words and the status it is shown with.

    ``dtend`` is exclusive for days, as in RFC 5545; a moment has none. ``suffix``
    goes between the id and the ``@`` of the UID. ``event`` and ``when`` are what the box stands
    for; of a recurring event one box has the ``recurrence``, and each instance that differs
    another, with its ``recurrence_id``.
    """

    event: Event
    dtstart: date | Instant
    dtend: date | Instant | None
    summary: str
    status: str | None
    transp: str
    when: When
    suffix: str = ""
    recurrence: Recurrence | None = None
    recurrence_id: date | Instant | None = None


def draw(event: Event) -> tuple[Box, ...]:
    """Give the boxes of an event: one, two for the endpoints of a long span, or none."""
    if left_out(event):
        return ()
    when = event.when
    if isinstance(when, Undated):  # postponed, without a new date
        when = event.was[0].when
    if event.recurrence is not None:
        return _series(event, when, event.recurrence)
    if event.drawing.long_spans == "endpoints" and _is_long(when, event):
        return _endpoints(event, when)
    return (_box(event, when, event.summary),)


def left_out(event: Event) -> str | None:
    """Say why an event is not in the feed; ``None`` if it is."""
    if event.status == "cancelled" and event.drawing.cancelled == "drop":
        return "it is cancelled"
    when, whose = event.when, "its date"
    if isinstance(when, Undated):
        if event.status != "postponed" or not event.was:
            return "its date is to be confirmed"
        when, whose = event.was[0].when, "the date it is postponed from"
    if event.drawing.imprecise == "skip" and is_imprecise(when):
        assert isinstance(when, AllDay)  # noqa: S101 - only days are imprecise
        return f"{whose} is not known to the day: {date_words(when.start)}"
    if event.overrides and not _has_instances(event, when):
        return "all its instances are cancelled"
    return None


def _has_instances(event: Event, when: AllDay | Timed) -> bool:
    """Whether a series has an instance that is drawn."""
    again = event.recurrence
    dropped = [each.recurrence_id for each in event.overrides if left_out(each.event)]
    if again is None or not dropped:
        return True
    start = when.start if isinstance(when, Timed) else when.start.earliest
    exdates = (*again.exdate, *dropped)
    found = expansion.instances(again.rule, start, again.rdate, exdates, last=expansion.LAST_DAY)
    return next(found, None) is not None


def status(event: Event, when: When) -> str | None:
    """Give the STATUS of RFC 5545 3.8.1.11 of an event, or of a box of it, that is ``when``."""
    match event.status:
        case "cancelled":
            return "CANCELLED"
        case "postponed":
            return "CANCELLED" if isinstance(event.when, Undated) else "TENTATIVE"
        case None:
            unsure = is_imprecise(when) or certainty(when) != Qualification.CERTAIN
            return "TENTATIVE" if unsure else None
        case word:
            return word.upper()


def reminders(box: Box) -> Iterator[Alarm]:
    """Give the reminders of a box: none of what is cancelled, of an endpoint those before it."""
    if box.status == "CANCELLED":
        return
    is_whole = box.when == box.event.when
    for alarm in box.event.alarms:
        if is_whole:
            yield alarm
        elif (alarm.related == "END") == (box.suffix == END):
            # The last moment of a span is a moment by itself, which has only a start.
            yield replace(alarm, related="START") if isinstance(box.when, Timed) else alarm


def with_suffix(uid: str, suffix: str) -> str:
    """Give the UID of a second box: the suffix goes before the ``@``, if there is one."""
    name, at, domain = uid.rpartition("@")
    return f"{name}{suffix}{at}{domain}" if at else uid + suffix


def exclusive(last: date) -> date:
    """Give the DTEND of a span whose last day is ``last``."""
    return last + _A_DAY


_A_DAY = timedelta(days=1)


def _series(event: Event, when: AllDay | Timed, recurrence: Recurrence) -> tuple[Box, ...]:
    """Draw a recurring event and, each by itself, the instances that differ.

    An instance that is not to be drawn is excepted: left out alone, the rule would show it. Days
    without a rule get one that is over with the start, for several readers take RDATE alone for
    all instances and lose the start, which is the first (RFC 5545 3.8.5.2).
    """
    if recurrence.rule is None:
        recurrence = replace(recurrence, rule=ONCE)
    dropped, own = [], []
    for override in event.overrides:
        instance = override.event
        if left_out(instance):
            dropped.append(override.recurrence_id)
            continue
        assert not isinstance(instance.when, Undated)  # noqa: S101 - an instance has a date
        number = override.recurrence_id
        own.append(_box(instance, instance.when, instance.summary, recurrence_id=number))
    if dropped:
        recurrence = replace(recurrence, exdate=(*recurrence.exdate, *dropped))
    return _box(event, when, event.summary, recurrence=recurrence), *own


def _box(
    event: Event,
    when: AllDay | Timed,
    summary: str,
    suffix: str = "",
    *,
    recurrence: Recurrence | None = None,
    recurrence_id: date | Instant | None = None,
) -> Box:
    state, title = None, summary
    if event.status is not None or not is_known_to_the_day(when):  # of few is there more to say
        is_postponed = isinstance(event.when, Undated)  # without a new date
        state = status(event, when)
        note = postponed_note(when) if is_postponed else summary_note(when)
        title = f"{_prefix(event)}{summary}" + (f" ({note})" if note else "")
    default = "TRANSPARENT" if isinstance(when, AllDay) or state == "CANCELLED" else "OPAQUE"
    transp = event.transp.upper() if event.transp else default
    start: date | Instant
    end: date | Instant | None
    if isinstance(when, AllDay):
        start, last = _days(when, event)
        end = exclusive(last)
    else:
        # The times of a series stay in its zone, which its rule needs.
        told = _unmistakable if event.recurrence is None else _as_it_is
        start = told(when.start)
        end = told(when.end) if isinstance(when.end, Instant) else None
    return Box(event, start, end, title, state, transp, when, suffix, recurrence, recurrence_id)


def _as_it_is(value: Instant) -> Instant:
    return value


def _unmistakable(value: Instant) -> Instant:
    """Give a time that clocks show twice in UTC.

    RFC 5545 3.3.5 reads it as the first of the two, and ical.js and libical as the second.
    """
    if zone_is_fixed(value.zone) or value.moment.fold:
        return value
    if zones.occurrences(value.wall, value.zone) is not zones.Wall.TWICE:
        return value
    return Instant(value.utc, zones.UTC)


def _prefix(event: Event) -> str:
    return f"{event.status.capitalize()}: " if event.status in ("cancelled", "postponed") else ""


def _days(when: AllDay, event: Event) -> tuple[date, date]:
    """Give the first and the last day that are drawn, both inclusive."""
    first = when.start.earliest
    if not when.start.is_day and event.drawing.imprecise == "start":
        return first, first
    if isinstance(when.end, Date):
        return first, when.end.latest
    return first, when.start.latest


def _is_long(when: AllDay | Timed, event: Event) -> bool:
    if when.end is None or isinstance(when.end, NoDate):
        return False
    if isinstance(when, AllDay):
        first, last = _days(when, event)
    else:
        first, last = when.start.wall.date(), last_day(when.end)
    return (last - first).days + 1 > LONG_SPAN


def _endpoints(event: Event, when: AllDay | Timed) -> tuple[Box, ...]:
    """Draw the first and the last day, each as well as it is known, instead of a long bar."""
    begins = f"{event.summary} begins"
    if isinstance(when, Timed):
        assert isinstance(when.end, Instant)  # noqa: S101 - _is_long has looked
        return (
            _box(event, Timed(when.start), begins),
            _box(event, Timed(when.end), f"{event.summary} ends", END),
        )
    assert isinstance(when.end, Date)  # noqa: S101 - _is_long has looked
    first = _box(event, AllDay(when.start), begins)
    if not when.end.is_day and event.drawing.imprecise == "skip":
        return (first,)
    return first, _box(event, AllDay(when.end), f"{event.summary} ends", END)
