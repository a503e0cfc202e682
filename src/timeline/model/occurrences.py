"""What is repeated, in words: for those who read Markdown or the terminal."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from timeline.dates import LAST_DAY, last_instance_day, local_day, make_day, recurrence_instances
from timeline.model.events import OPEN, AllDay, Instant, Timed, Undated, earliest, latest
from timeline.model.words.dates import when_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from timeline.model.events import Event, Override, When

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
        from timeline.model.words import rules  # noqa: PLC0415 - `select` asks for no words

        yield f"Repeats {rules.words(recurrence.rule, start)}"
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
    days = [local_day(start), *(local_day(moment) for moment in recurrence.rdate)]
    if recurrence.rule is not None:
        last = last_instance_day(recurrence.rule, start)
        if last is None:
            return AllDay(make_day(local_day(start)), OPEN)
        days.append(last)
    return AllDay(make_day(min(days)), make_day(max(days)))


def current(event: Event, day: date) -> When:
    """Give the instance of an event that is on at a day, else the next to come, else the last.

    Of one that happens once its own dates; of an instance that differs those it has, else days.
    """
    recurrence, when = event.recurrence, event.when
    if recurrence is None or isinstance(when, Undated):
        return when
    start = when.start if isinstance(when, Timed) else when.start.earliest
    first, last = earliest(when), latest(when)
    length = last - first if first and last else timedelta()
    own = {_moment(override.recurrence_id): override.event for override in event.overrides}
    found: When = when
    for moment in recurrence_instances(
        recurrence.rule, start, recurrence.rdate, recurrence.exdate, last=LAST_DAY
    ):
        differs = own.get(_moment(moment)) if own else None
        if differs and differs.status == "cancelled":
            continue
        begins = local_day(moment)
        if differs:
            found = differs.when
        else:
            found = AllDay(make_day(begins), make_day(begins + length) if length else None)
        if (ends := latest(found)) is None or ends >= day:
            break
    return found


def _differs(event: Event, override: Override) -> str:
    own = override.event
    told = []
    if own.status and own.status != event.status:
        told.append(own.status)
    assert isinstance(own.when, AllDay | Timed)  # noqa: S101 - an instance has a date
    start = own.when.start if isinstance(own.when, Timed) else own.when.start.earliest
    if start != override.recurrence_id:
        told.append(f"moved to {when_words(own.when)}")
    elif _length(own.when) != _length(event.when):
        told.append(f"lasts {when_words(own.when)}")
    if own.summary != event.summary:
        told.append(own.summary)
    if own.location and own.location != event.location:
        told.append(own.location)
    return ", ".join(told)


def _length(when: When) -> timedelta | None:
    """Give how long an event lasts, ``None`` where that is not known."""
    if isinstance(when, Timed):
        return when.end.utc - when.start.utc if isinstance(when.end, Instant) else None
    first, last = earliest(when), latest(when)
    return last - first if first and last else None


def _listed(moments: tuple[Moment, ...]) -> str:
    told = [_moment(moment) for moment in moments]
    return ", ".join(told[:-1]) + (" and " if told[1:] else "") + told[-1]


def _moment(moment: Moment) -> str:
    if isinstance(moment, Instant):
        return when_words(Timed(moment))
    return when_words(AllDay(make_day(moment)))
