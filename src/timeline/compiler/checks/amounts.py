"""Check how much an export would write: overrides, feeds and aliases repeat what is in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import astuple

from timeline._limits import MAX_SELECTIONS, MAX_VEVENTS, MAX_WRITTEN
from timeline.diagnostics import At, Diagnostic, On, rules
from timeline.model import NO_DETAILS, calendar_of_feed, events_of_feed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.checks.context import CheckContext
    from timeline.model import Calendar, Event, Feed


def too_much_to_write(context: CheckContext) -> Iterator[Diagnostic]:
    """Find feeds that would have too many events and alarms, or too much text, all together."""
    calendar = context.calendar
    feeds, events = calendar.feeds, calendar.events
    help_ = "remove some of the feeds, or select fewer events in each"
    at = At(("feeds",), On.KEY)
    if not feeds:
        help_, at = "split the timeline into several", At(("events",), On.KEY)
    if len(feeds) * len(events) > MAX_SELECTIONS:
        message = (
            f"{len(feeds):,} feeds of {len(events):,} events are {len(feeds) * len(events):,} to "
            f"select from, expected at most {MAX_SELECTIONS:,}"
        )
        yield Diagnostic(rules.TOO_LARGE, message, at, help=help_)
        return
    sizes = {id(event): _size(event) for event in events}
    selected = []
    for index, feed in enumerate(feeds):
        if ("feeds", index) not in context.refused:
            selected.append(_selected(calendar, feed))
    largest = max([len(events), *map(len, selected)])
    what = "the events"
    if feeds:
        noun = "feed" if len(feeds) == 1 else "feeds"
        what = f"{len(feeds):,} {noun} and the main feed, of up to {largest:,} events each,"
    count = sum([components for components, _ in sizes.values()])
    written = sum([text for _, text in sizes.values()])
    for of_feed in selected:
        for event in of_feed:
            components, text = sizes.get(id(event)) or _size(event)
            count += components
            written += text
    if count > MAX_VEVENTS:
        message = (
            f"{what} have {count:,} events, overrides and reminders in all, expected at most "
            f"{MAX_VEVENTS:,}"
        )
        yield Diagnostic(rules.TOO_LARGE, message, at, help=help_)
    elif written > MAX_WRITTEN:
        message = (
            f"{what} have {written // 2**20:,} MiB of text in all, expected at most "
            f"{MAX_WRITTEN // 2**20} MiB"
        )
        yield Diagnostic(rules.TOO_LARGE, message, at, help=help_)


def _selected(calendar: Calendar, feed: Feed) -> list[Event]:
    """Return the events of a feed; with other alarms, they are not those of the calendar."""
    if feed.alarms is None:
        return list(events_of_feed(calendar, feed))
    return list(calendar_of_feed(calendar, feed).events)


def _size(event: Event) -> tuple[int, int]:
    """Return how many components and how many characters an event has, with its overrides."""
    components, characters = 1 + len(event.alarms), _length_of_event(event)
    for override in event.overrides:
        components += 1 + len(override.event.alarms)
        characters += _length_of_event(override.event)
    return components, characters


def _length_of_event(event: Event) -> int:
    length = len(event.summary) + len(event.description or "") + len(event.location or "")
    # Most events have none of these.
    if event.url or event.categories:
        length += len(event.url or "") + sum(map(len, event.categories))
    if event.sources or event.properties or event.was or event.related_to:
        length += _length((event.sources, event.properties, event.was, event.related_to))
    return length if event.details is NO_DETAILS else length + _length(event.details)


def _length(value: object) -> int:
    """Return how many characters the texts in a value have."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, tuple):
        return sum(map(_length, value))
    return sum(map(_length, astuple(value))) if isinstance(value, Struct) else 0
