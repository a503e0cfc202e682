"""What is repeated, in words: for those who read Markdown or the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline import edtf, recur
from timeline.events import OPEN, AllDay, Instant, Timed, Undated
from timeline.words import when_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from timeline.events import Event, Override, When

    Moment = date | Instant


def sentences(event: Event) -> Iterator[str]:
    """Say when an event happens again, further and not, and which instances differ.

    Each without a full stop, the first word capitalised; nothing for an event that happens once.
    """
    recurrence, when = event.recurrence, event.when
    if recurrence is None or not isinstance(when, AllDay | Timed):
        return
    start = when.start if isinstance(when, Timed) else when.start.earliest
    if recurrence.rule is not None:
        yield f"Repeats {recur.words(recurrence.rule, start)}"
    if recurrence.rdate:
        yield f"Also on {_listed(recurrence.rdate)}"
    if recurrence.exdate:
        yield f"Not on {_listed(recurrence.exdate)}"
    for override in event.overrides:
        if told := _differs(event, override):
            yield f"On {_moment(override.recurrence_id)}: {told}"


def lasting(event: Event) -> When:
    """Give from when to when an event lasts: if it recurs, from its first instance to its last."""
    recurrence, when = event.recurrence, event.when
    if recurrence is None or isinstance(when, Undated):
        return when
    start = when.start if isinstance(when, Timed) else when.start.earliest
    days = [_day(start), *(_day(moment) for moment in recurrence.rdate)]
    if recurrence.rule is not None:
        last = recur.last_day(recurrence.rule, start)
        if last is None:
            return AllDay(edtf.day(_day(start)), OPEN)
        days.append(last)
    return AllDay(edtf.day(min(days)), edtf.day(max(days)))


def _day(moment: Moment) -> date:
    return moment.wall.date() if isinstance(moment, Instant) else moment


def _differs(event: Event, override: Override) -> str:
    own = override.event
    told = []
    if own.status in ("cancelled", "postponed") and own.status != event.status:
        told.append(own.status)
    assert isinstance(own.when, AllDay | Timed)  # noqa: S101 - an instance has a date
    start = own.when.start if isinstance(own.when, Timed) else own.when.start.earliest
    if start != override.recurrence_id:
        told.append(f"moved to {when_words(own.when)}")
    if own.summary != event.summary:
        told.append(own.summary)
    if own.location and own.location != event.location:
        told.append(own.location)
    return ", ".join(told)


def _listed(moments: tuple[Moment, ...]) -> str:
    told = [_moment(moment) for moment in moments]
    return ", ".join(told[:-1]) + (" and " if told[1:] else "") + told[-1]


def _moment(moment: Moment) -> str:
    if isinstance(moment, Instant):
        return when_words(Timed(moment))
    return when_words(AllDay(edtf.day(moment)))
