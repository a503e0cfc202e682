"""Project events to the VEVENTs that show them, for a calendar app knows only days and times.

A date that is not known to the day, a span without an end, a cancelled event: what the feed has
for each, which events it omits and why. The exclusive DTEND of RFC 5545 3.6.1 is made here and
nowhere else.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.dates import (
    LAST_DAY,
    UTC_NAME,
    Date,
    Qualification,
    RecurrenceRule,
    TimesShown,
    is_fixed_zone,
    recurrence_instances,
    times_shown,
)
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

    from timeline.model.events import Alarm, Calendar, Event, Recurrence, When

LONG_SPAN = 31
"""A span of more days than this is a long one."""


END = ".end"
"""The suffix of the last day's VEVENT, where a long span is shown by its endpoints."""

ONCE = RecurrenceRule("DAILY", count=1)
"""The rule of a series that has none, only further days."""


class VEventProjection(Struct, frozen=True):
    """One VEVENT of an event: its dates, and the title and the status it is shown with.

    ``event`` and ``when`` are what it shows. ``dtend`` is exclusive for days, as in RFC 5545; an
    instant has none. ``suffix`` goes between the id and the ``@`` of the UID. One projection of a
    recurring event has the ``recurrence``, and each override is another, with ``recurrence_id``.
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


def project_calendar(calendar: Calendar) -> tuple[VEventProjection, ...]:
    """Return all VEVENTs of a calendar, in the order of the feed."""
    return tuple([shown for event in calendar.events for shown in project_event(event)])


def project_event(event: Event) -> tuple[VEventProjection, ...]:
    """Return the VEVENTs of an event: one, two for a long span shown by its endpoints, or none.

    A recurring event has one, and one more for each override.
    """
    if omission_reason(event):
        return ()
    when = event.when
    if isinstance(when, Undated):  # postponed, without a new date
        when = event.was[0].when
    if event.recurrence is not None:
        return _series(event, when, event.recurrence)
    if event.projection.long_spans == "endpoints" and _is_long(when, event):
        return _endpoints(event, when)
    return (_projection(event, when, event.summary),)


def omission_reason(event: Event) -> str | None:
    """Return why an event is not in the feed; ``None`` if it is."""
    if event.status == "cancelled" and event.projection.cancelled == "drop":
        return "it is cancelled"
    when, whose = event.when, "its date"
    if isinstance(when, Undated):
        if event.status != "postponed" or not event.was:
            return "its date is to be confirmed"
        when, whose = event.was[0].when, "the date it is postponed from"
    if event.projection.imprecise == "skip" and is_imprecise(when):
        assert isinstance(when, AllDay)  # noqa: S101 - only days are imprecise
        return f"{whose} is not known to the day: {date_words(when.start)}"
    if event.overrides and not _has_instances(event, when):
        return "all its instances are cancelled"
    return None


def _has_instances(event: Event, when: AllDay | Timed) -> bool:
    """Return whether the feed shows an instance of a series."""
    again = event.recurrence
    omitted = [
        override.recurrence_id for override in event.overrides if omission_reason(override.event)
    ]
    if again is None or not omitted:
        return True
    start = when.start if isinstance(when, Timed) else when.start.earliest
    exdates = (*again.exdate, *omitted)
    instances = recurrence_instances(again.rule, start, again.rdate, exdates, last=LAST_DAY)
    return next(instances, None) is not None


def vevent_status(event: Event, when: When) -> str | None:
    """Return the STATUS (RFC 5545 3.8.1.11) of an event, or of a VEVENT of it, that is ``when``."""
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


def projected_alarms(shown: VEventProjection) -> Iterator[Alarm]:
    """Yield the reminders of a VEVENT: none if it is cancelled, at an endpoint those before it."""
    if shown.status == "CANCELLED":
        return
    is_whole = shown.when == shown.event.when
    for alarm in shown.event.alarms:
        if is_whole:
            yield alarm
        elif (alarm.related == "END") == (shown.suffix == END):
            # The last moment of a span is a moment by itself, which has only a start.
            yield replace(alarm, related="START") if isinstance(shown.when, Timed) else alarm


def suffixed_uid(uid: str, suffix: str) -> str:
    """Return the UID of a second VEVENT: the suffix goes before the ``@``, if there is one."""
    name, at, domain = uid.rpartition("@")
    return f"{name}{suffix}{at}{domain}" if at else uid + suffix


def exclusive_end(last: date) -> date:
    """Return the DTEND of a span whose last day is ``last``."""
    return last + _A_DAY


_A_DAY = timedelta(days=1)


def _series(
    event: Event, when: AllDay | Timed, recurrence: Recurrence
) -> tuple[VEventProjection, ...]:
    """Project a recurring event and, each by itself, its overrides.

    An override that the feed omits becomes an EXDATE, for the rule would show that instance. Days
    without a rule get one that ends with the start: several readers take RDATE alone for all
    instances and lose the start, which is the first (RFC 5545 3.8.5.2).
    """
    if recurrence.rule is None:
        recurrence = replace(recurrence, rule=ONCE)
    omitted, overrides = [], []
    for override in event.overrides:
        instance = override.event
        if omission_reason(instance):
            omitted.append(override.recurrence_id)
            continue
        assert not isinstance(instance.when, Undated)  # noqa: S101 - an instance has a date
        number = override.recurrence_id
        overrides.append(
            _projection(instance, instance.when, instance.summary, recurrence_id=number)
        )
    if omitted:
        recurrence = replace(recurrence, exdate=(*recurrence.exdate, *omitted))
    return _projection(event, when, event.summary, recurrence=recurrence), *overrides


def _projection(
    event: Event,
    when: AllDay | Timed,
    summary: str,
    suffix: str = "",
    *,
    recurrence: Recurrence | None = None,
    recurrence_id: date | Instant | None = None,
) -> VEventProjection:
    state, title = None, summary
    if event.status is not None or not is_known_to_the_day(when):  # of few is there more to say
        is_postponed = isinstance(event.when, Undated)  # without a new date
        state = vevent_status(event, when)
        note = postponed_note(when) if is_postponed else summary_note(when)
        title = f"{_prefix(event)}{summary}" + (f" ({note})" if note else "")
    default = "TRANSPARENT" if isinstance(when, AllDay) or state == "CANCELLED" else "OPAQUE"
    transp = event.transp.upper() if event.transp else default
    start: date | Instant
    end: date | Instant | None
    if isinstance(when, AllDay):
        start, last = _days(when, event)
        end = exclusive_end(last)
    else:
        # The times of a series stay in its zone, which its rule needs.
        start, end = when.start, when.end if isinstance(when.end, Instant) else None
        if event.recurrence is None:
            start, end = _unambiguous(start), end and _unambiguous(end)
    return VEventProjection(
        event, start, end, title, state, transp, when, suffix, recurrence, recurrence_id
    )


def _unambiguous(value: Instant) -> Instant:
    """Return a time that clocks show twice in UTC.

    RFC 5545 3.3.5 reads it as the first of the two, and ical.js and libical as the second.
    """
    if is_fixed_zone(value.zone) or value.moment.fold:
        return value
    if times_shown(value.wall, value.zone) is not TimesShown.TWICE:
        return value
    return Instant(value.utc, UTC_NAME)


def _prefix(event: Event) -> str:
    return f"{event.status.capitalize()}: " if event.status in ("cancelled", "postponed") else ""


def _days(when: AllDay, event: Event) -> tuple[date, date]:
    """Return the first and the last day that are shown, both inclusive."""
    first = when.start.earliest
    if not when.start.is_day and event.projection.imprecise == "start":
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


def _endpoints(event: Event, when: AllDay | Timed) -> tuple[VEventProjection, ...]:
    """Project the first and the last day, each as well as it is known, instead of a long bar."""
    begins = f"{event.summary} begins"
    if isinstance(when, Timed):
        assert isinstance(when.end, Instant)  # noqa: S101 - _is_long has looked
        return (
            _projection(event, Timed(when.start), begins),
            _projection(event, Timed(when.end), f"{event.summary} ends", END),
        )
    assert isinstance(when.end, Date)  # noqa: S101 - _is_long has looked
    first = _projection(event, AllDay(when.start), begins)
    if not when.end.is_day and event.projection.imprecise == "skip":
        return (first,)
    return first, _projection(event, AllDay(when.end), f"{event.summary} ends", END)
