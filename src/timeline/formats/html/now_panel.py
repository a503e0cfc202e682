"""What is on and what is next on the day of ``--as-of``, as the script has it for today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.dates import Instant
from timeline.formats.diagram.bounds import event_bounds
from timeline.formats.html.states import State
from timeline.model import capitalized, when_words

if TYPE_CHECKING:
    from timeline.formats.diagram.bounds import Bounds
    from timeline.formats.html.event_items import EventItem
    from timeline.formats.html.states import AsOf
    from timeline.model import Calendar, Wording

MOST = 3
"""The most events that are listed as on, and as next."""


class NowEntry(Struct, frozen=True):
    """An event in the panel, with what is said of its dates."""

    title: str
    href: str
    note: str


class NowPanel(Struct, frozen=True):
    """The events that are on, the shortest first, and the next ones."""

    current: tuple[NowEntry, ...] = ()
    next: tuple[NowEntry, ...] = ()


def now_panel(
    calendar: Calendar, items: dict[str, EventItem], as_of: AsOf, wording: Wording
) -> NowPanel:
    """Return the panel; ``items`` are those of the list by event id."""
    current: list[tuple[timedelta, NowEntry]] = []
    ahead: list[tuple[date, str, NowEntry]] = []
    spans: dict[str, tuple[object, object]] = {}
    for event in calendar.events:
        when = as_of.dates[event.id]
        bounds = event_bounds(when)
        if bounds is None:
            continue
        spans[event.id] = bounds.first_start, bounds.last_end
        # A part that lasts as long as the whole says nothing new.
        is_whole = event.parent is not None and spans.get(event.parent) == spans[event.id]
        if event.status == "cancelled" or is_whole:
            continue
        item, state = items[event.id], as_of.state(bounds)
        words = capitalized(when_words(when, wording))
        if state is State.ON:
            note = " · ".join(filter(None, (_day_of_span(bounds, as_of, wording), words)))
            current.append((_length(bounds, as_of), NowEntry(item.title, item.href, note)))
        elif state is State.AHEAD and (start := _known_start(bounds, as_of)):
            note = f"{_distance(as_of.days_until(start), wording)} · {words}"
            moment = start.utc.isoformat() if isinstance(start, Instant) else ""
            ahead.append((as_of.day_of(start), moment, NowEntry(item.title, item.href, note)))
    current.sort(key=lambda entry: entry[0])
    ahead.sort(key=lambda entry: entry[:2])
    return NowPanel(
        tuple(entry for _, entry in current[:MOST]), tuple(entry for *_, entry in ahead[:MOST])
    )


def _known_start(bounds: Bounds, as_of: AsOf) -> date | Instant | None:
    """Return the start of an event if its day is known."""
    first, last = bounds.first_start, bounds.last_start
    if first is None or last is None or as_of.day_of(first) != as_of.day_of(last):
        return None
    return first


def _length(bounds: Bounds, as_of: AsOf) -> timedelta:
    if bounds.first_start is None or bounds.last_end is None:
        return timedelta.max
    return as_of.day_of(bounds.last_end) - as_of.day_of(bounds.first_start)


def _day_of_span(bounds: Bounds, as_of: AsOf, wording: Wording) -> str | None:
    """Return which day of how many it is, for days that are known and few."""
    first, last = bounds.first_start, bounds.last_end
    if first != bounds.last_start or last != bounds.first_end:
        return None
    if not isinstance(first, date) or not isinstance(last, date):
        return None
    count = (last - first).days + 1
    if not 1 < count < 100:
        return None
    return wording.phrase(
        "day {number} of {count}", number=-as_of.days_until(first) + 1, count=count
    )


def _distance(days: int, wording: Wording) -> str:
    if days == 0:
        return wording.phrase("today")
    return wording.phrase("tomorrow") if days == 1 else wording.dates.in_days(days)
