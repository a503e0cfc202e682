"""Resolve the alarms of feeds, which replace those of the events in them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline._limits import MAX_ALARMS, MAX_SELECTIONS
from timeline.compiler.resolve.alarms import AlarmResolver
from timeline.compiler.schema.refused import REFUSED_ZONE
from timeline.dates import AlarmBefore, Instant
from timeline.diagnostics import At, Diagnostic, rules
from timeline.model import Feed, events_of_feed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.compiler.resolve.category_feeds import WrittenFeed
    from timeline.compiler.resolve.dates import DateResolver
    from timeline.compiler.resolve.tree import Entry
    from timeline.compiler.schema.feeds import FeedEntry
    from timeline.dates import RecurrenceStart, WrittenAlarm
    from timeline.diagnostics import Path
    from timeline.model import Alarm, Calendar, Event


class FeedResolver:
    """Resolve the feeds of a file whose events are resolved.

    ``calendar`` has the events of ``entries``, perhaps without the last ones, and no feeds.
    ``count`` is how many alarms the events have already, of which a file may have `MAX_ALARMS`.
    """

    def __init__(
        self, calendar: Calendar, entries: Sequence[Entry], dates: DateResolver, count: int
    ) -> None:
        self._calendar = calendar
        self._entries = entries
        self._dates = dates
        self._count = count

    def resolve(self, feeds: Sequence[WrittenFeed]) -> tuple[Feed, ...]:
        """Return the feeds; in a file with too many alarms, they have those of the events."""
        plain = [
            Feed(**(feed.written.values() | {"alarms": None}), path=feed.path) for feed in feeds
        ]
        if all(feed.written.alarms is None for feed in feeds):
            return tuple(plain)
        if len(feeds) * len(self._calendar.events) > MAX_SELECTIONS:
            return tuple(plain)  # too many to select from, which is reported
        entries = {entry.path: entry for entry in self._entries}
        resolved = []
        for written_feed, feed in zip(feeds, plain, strict=True):
            written = written_feed.written
            if written.alarms is None:
                resolved.append(feed)
                continue
            path = (*written_feed.path, "alarms")
            events = list(events_of_feed(self._calendar, feed))
            self._count += len(written.alarms) * sum(1 + len(event.overrides) for event in events)
            if self._count > MAX_ALARMS:
                self._dates.diagnostics.append(self._excess(written, path, len(events)))
                return tuple(plain)
            alarms = self._read(written.alarms, path)
            of_events = (self._alarms(alarms, event, entries[event.path]) for event in events)
            resolved.append(replace(feed, alarms=dict(chain.from_iterable(of_events))))
        return tuple(resolved)

    def _read(
        self, written: Iterable[WrittenAlarm], path: Path
    ) -> dict[Path, AlarmBefore | Instant]:
        """Return the alarms of a feed by their paths; a time is in the zone of the calendar."""
        zone = self._calendar.timezone
        if ("calendar", "timezone") in self._dates.refused:
            zone = REFUSED_ZONE
        alarms: dict[Path, AlarmBefore | Instant] = {}
        for index, alarm in enumerate(written):
            at = (*path, index)
            if isinstance(alarm, AlarmBefore):
                alarms[at] = alarm
            elif isinstance(instant := self._dates.resolve_literal(alarm, at, zone), Instant):
                alarms[at] = instant
        return alarms

    def _alarms(
        self, alarms: Mapping[Path, AlarmBefore | Instant], event: Event, entry: Entry
    ) -> Iterator[tuple[tuple[str, RecurrenceStart | None], tuple[Alarm, ...]]]:
        """Yield the alarms of an event, and of each of its overrides, with the key of each."""
        series = AlarmResolver(entry, {}, self._dates)
        yield (event.id, None), series.resolve_of_feed(alarms, event.when)
        if event.overrides:
            instance = AlarmResolver(entry, {}, self._dates, is_instance=True)
            for override in event.overrides:
                key = event.id, override.recurrence_id
                yield key, instance.resolve_of_feed(alarms, override.event.when)

    def _excess(self, written: FeedEntry, path: Path, events: int) -> Diagnostic:
        return Diagnostic(
            rules.TOO_LARGE,
            f"{events:,} events with the {len(written.alarms or ()):,} reminders of the feed "
            f"`{written.id}`: {self._count:,} reminders in all, expected at most {MAX_ALARMS:,}",
            At(path),
            help="remove most of the reminders",
        )
