"""Project events to VEVENTs, which can state only days and times.

This decides what a feed shows of a date that is not known to the day, of a span without an end and
of a cancelled event, and which events it omits. The exclusive DTEND of RFC 5545 3.6.1 is computed
only here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from timeline.dates import (
    AOE_CLOCK,
    AOE_NAME,
    UTC_NAME,
    Date,
    Instant,
    NoDate,
    Qualification,
    TimesShown,
    day_after,
    is_fixed_zone,
    local_day,
    times_shown,
    to_zone,
)
from timeline.model.events import (
    AllDay,
    Mixed,
    Timed,
    Undated,
    certainty,
    is_imprecise,
    is_known_to_the_day,
    last_day,
    make_when,
)
from timeline.model.recurrence_sets import portable_recurrence
from timeline.model.uids import END_SUFFIX
from timeline.model.words.dates import date_words
from timeline.model.words.titles import marked_title, postponed_title
from timeline.model.words.wording import PLAIN_ENGLISH, wording_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from timeline.dates import Recurrence, RecurrenceStart
    from timeline.model.events import Alarm, Calendar, Dated, Event, When
    from timeline.model.words.wording import Wording

LONG_SPAN = 31
"""The most days of a span that the option ``long_spans`` does not affect."""

Omission = Literal["cancelled", "undated", "imprecise", "no-instances"]
"""The code of why the feed does not show an event, in no language: programs compare it."""


class VEventProjection(Struct, frozen=True):
    """A VEVENT of an event: its dates, its SUMMARY, STATUS and TRANSP.

    ``when`` are the dates of ``event`` that it shows. ``dtend`` is exclusive for days, as in
    RFC 5545, and ``None`` for an instant. ``suffix`` is inserted before the ``@`` of the UID. A
    recurring event has one projection with ``recurrence``, and one with ``recurrence_id`` for each
    override.
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
    wording = wording_of(calendar)
    return tuple([vevent for event in calendar.events for vevent in project_event(event, wording)])


def project_event(event: Event, wording: Wording) -> tuple[VEventProjection, ...]:
    """Return the VEVENTs of an event: one, two for a long span shown by its endpoints, or none.

    A recurring event has another one for each override.
    """
    if omission(event):
        return ()
    when = event.when
    if type(when) is Undated:  # postponed, without a new date
        when = event.was[0].when
    if event.recurrence is not None and not isinstance(when, Mixed):
        return _series(event, when, event.recurrence, wording)
    if event.projection.long_spans == "endpoints" and _is_long(when, event):
        return _endpoints(event, when, wording)
    return (_projection(event, when, event.summary, wording),)


def omission(event: Event) -> Omission | None:
    """Return the code of why an event is not in the feed; ``None`` if it is."""
    if event.status == "cancelled" and event.projection.cancelled == "drop":
        return "cancelled"
    when = event.when
    if type(when) is Undated:  # few events are, and to be none takes `isinstance` much longer
        if event.status != "postponed" or not event.was:
            return "undated"
        when = event.was[0].when
    if event.projection.imprecise == "skip" and is_imprecise(when):
        return "imprecise"
    if event.overrides and not _has_instances(event):
        return "no-instances"
    return None


def omission_reason(event: Event) -> str | None:
    """Return why an event is not in the feed, for a message; ``None`` if it is."""
    match omission(event):
        case "cancelled":
            return "it is cancelled"
        case "undated":
            return "its date is to be confirmed"
        case "imprecise":
            return _imprecise_date(event)
        case "no-instances":
            return "all its instances are cancelled"
        case None:
            return None


def _imprecise_date(event: Event) -> str:
    """Return the words about the date for which an event is omitted as imprecise."""
    is_moved = isinstance(event.when, Undated)
    when = event.was[0].when if is_moved else event.when
    assert not isinstance(when, Undated)  # noqa: S101 - `omission` has looked
    assert not isinstance(when.start, Instant)  # noqa: S101 - only days are imprecise
    words = date_words(when.start, PLAIN_ENGLISH)
    date = "the date it is postponed from" if is_moved else "its date"
    return f"{date} is not known to the day: {words}"


def omission_reasons(calendar: Calendar) -> dict[str, str]:
    """Return the reason for each event that is not in the feed, by the event's id."""
    return {event.id: omission_reason(event) or "" for event in calendar.events if omission(event)}


def _has_instances(event: Event) -> bool:
    """Return whether the feed shows any instance of a series."""
    recurrence = event.recurrence
    omitted = [override.recurrence_id for override in event.overrides if omission(override.event)]
    if recurrence is None or not omitted:
        return True
    return next(recurrence.instances(without=omitted), None) is not None


def vevent_status(event: Event, when: When) -> str | None:
    """Return the STATUS (RFC 5545 3.8.1.11) of an event with these dates, or of a VEVENT of it."""
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


def projected_alarms(vevent: VEventProjection) -> Iterator[Alarm]:
    """Yield the alarms of a VEVENT: none if cancelled, those of its own side at an endpoint."""
    if vevent.status == "CANCELLED":
        return
    is_whole = vevent.when == vevent.event.when
    for alarm in vevent.event.alarms:
        if is_whole:
            yield alarm
        elif (alarm.related == "END") == (vevent.suffix == END_SUFFIX):
            # The end of a timed span is an instant of its own here, which has only a start.
            yield replace(alarm, related="START") if isinstance(vevent.when, Timed) else alarm


def exclusive_end(last: date) -> date:
    """Return the DTEND of a span whose last day is ``last``."""
    return day_after(last)


def _series(
    event: Event, when: AllDay | Timed, recurrence: Recurrence, wording: Wording
) -> tuple[VEventProjection, ...]:
    """Project a recurring event and each of its overrides.

    An override that the feed omits becomes an EXDATE, because the rule would show that instance.
    """
    omitted, overrides = [], []
    for override in event.overrides:
        instance = override.event
        if omission(instance):
            omitted.append(override.recurrence_id)
            continue
        assert not isinstance(instance.when, Undated)  # noqa: S101 - an instance has a date
        id_ = _on_clock(override.recurrence_id)
        projection = _projection(instance, instance.when, instance.summary, wording)
        overrides.append(replace(projection, recurrence_id=id_))
    recurrence = portable_recurrence(
        replace(recurrence, exdate=(*recurrence.exdate, *omitted)),
        [override.recurrence_id for override in overrides if override.recurrence_id],
    )
    on_clock = replace(
        recurrence,
        start=_on_clock(recurrence.start),
        rdate=tuple(map(_on_clock, recurrence.rdate)),
        exdate=tuple(map(_on_clock, recurrence.exdate)),
    )
    projection = _projection(event, when, event.summary, wording)
    return replace(projection, recurrence=on_clock), *overrides


def _projection(
    event: Event,
    when: Dated,
    title: str,
    wording: Wording,
) -> VEventProjection:
    status, summary = None, title
    if event.status is not None or not is_known_to_the_day(when):  # few events need more words
        status = vevent_status(event, when)
        if isinstance(event.when, Undated):
            summary = postponed_title(title, when, wording)
        else:
            summary = marked_title(title, when, event.status, wording)
    default = "TRANSPARENT"
    start: date | Instant
    end: date | Instant | None
    if isinstance(when, Timed):
        default = "OPAQUE" if status != "CANCELLED" else default
        # The times of a series stay in its zone, because its rule is applied there.
        start, end = when.start, when.end if isinstance(when.end, Instant) else None
        if event.recurrence is None:
            start, end = _unambiguous(start), end and _unambiguous(end)
        else:
            start, end = _on_clock(start), end and _on_clock(end)
    else:
        start, last = _days(when, event)
        end = exclusive_end(last)
    transp = event.transp.upper() if event.transp else default
    return VEventProjection(event, start, end, summary, status, transp, when)


def _on_clock(value: RecurrenceStart) -> RecurrenceStart:
    """Return a time of a series that is anywhere on Earth on a clock of the time zone database.

    A rule in UTC would count other days: the evening of a Friday is on a Saturday there.
    """
    if not isinstance(value, Instant) or value.zone != AOE_NAME:
        return value
    return Instant(to_zone(value.utc, AOE_CLOCK), AOE_CLOCK)


def _unambiguous(value: Instant) -> Instant:
    """Return a time in UTC if the clocks show it twice or it is AoE, else as it is.

    RFC 5545 3.3.5 reads it as the first of the two; ical.js and libical read it as the second.
    """
    if value.zone == AOE_NAME:
        return Instant(value.utc, UTC_NAME)
    if is_fixed_zone(value.zone) or value.moment.fold:
        return value
    if times_shown(value.wall, value.zone) is not _TWICE:
        return value
    return Instant(value.utc, UTC_NAME)


_TWICE = TimesShown.TWICE  # the members of an enumeration take long to look up in Python 3.11


def _days(when: AllDay | Mixed, event: Event) -> tuple[date, date]:
    """Return the first and the last day that the VEVENT shows, both inclusive."""
    when = when if isinstance(when, AllDay) else when.days
    start, end = when.start, when.end
    if not isinstance(start, Date):
        return start.known_day, start.known_day
    first, last = start.earliest, start.latest
    if first != last and event.projection.imprecise == "start":
        return first, first
    return first, end.latest if type(end) is Date else last


def _is_long(when: Dated, event: Event) -> bool:
    if when.end is None or isinstance(when.end, NoDate):
        return False
    if isinstance(when, Timed):
        first, last = local_day(when.start), last_day(when.end)
    else:
        first, last = _days(when, event)
    return (last - first).days + 1 > LONG_SPAN


def _endpoints(event: Event, when: Dated, wording: Wording) -> tuple[VEventProjection, ...]:
    """Project the start and the end of a long span to a VEVENT each: a day, or a time."""
    assert isinstance(when.end, Date | Instant)  # noqa: S101 - checked by `_is_long`
    begins = wording.phrase("{title} begins", title=event.summary)
    first = _projection(event, make_when(when.start, None), begins, wording)
    last = make_when(when.end, None)
    if is_imprecise(last) and event.projection.imprecise == "skip":
        return (first,)
    ends = wording.phrase("{title} ends", title=event.summary)
    return first, replace(_projection(event, last, ends, wording), suffix=END_SUFFIX)
