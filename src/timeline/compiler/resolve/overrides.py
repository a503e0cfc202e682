"""Resolve the instances of a series that differ from the others (RFC 5545 RECURRENCE-ID)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.compiler.resolve.alarms import AlarmResolver
from timeline.compiler.resolve.durations import move_time, resolve_last_day
from timeline.compiler.resolve.texts import text_in, texts_by_language
from timeline.dates import (
    ClockTime,
    Date,
    Instant,
    check_range,
    format_wall_time,
    make_day,
    move_day,
    move_instant,
    move_moment,
    resolve_moved_wall_time,
    to_zone,
)
from timeline.diagnostics import At, Diagnostic, Note, Refusal, rules
from timeline.model import AllDay, Override, Timed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.resolve.series import SeriesResolver
    from timeline.compiler.schema.events import OverrideEntry
    from timeline.compiler.schema.timeline import Timeline
    from timeline.dates import Duration, RecurrenceStart
    from timeline.diagnostics import Path
    from timeline.model import Alarm, Event, When


class OverrideResolver:
    """Resolve the overrides of a series."""

    def __init__(self, series: SeriesResolver, timeline: Timeline) -> None:
        self._series = series
        self._refused, self._diagnostics = series.dates.refused, series.dates.diagnostics
        self._language = timeline.calendar.language
        self._categories = timeline.categories

    def resolve(self) -> Iterator[Override]:
        """Yield the overrides in the order of the file, without those that have no effect.

        Those are refused, or of an instance that ``exdate`` excludes.
        """
        overridden: set[RecurrenceStart] = set()
        for index, item in enumerate(self._series.entry.written.overrides):
            path = (*self._series.entry.path, "overrides", index)
            id_path = (*path, "recurrence-id")
            instance = self._series.find_instance(item.recurrence_id, id_path)
            if instance is None:
                self._refused.add(path[:-1])
                continue
            if instance in overridden:
                self._series.refuse(
                    Refusal(
                        rules.DUPLICATE_OVERRIDE,
                        "this instance already has an override",
                        "write both changes in one override",
                    ),
                    id_path,
                )
                self._refused.add(path[:-1])
                continue
            overridden.add(instance)
            when = self._resolve_when(item, instance, path)
            if when is None:
                self._refused.add(path[:-1])
            elif excluding := self._series.excluding(instance):
                self._diagnostics.append(_excluded_override(item, id_path, excluding))
            else:
                yield Override(instance, self._override_event(item, when, path))

    def _override_event(self, item: OverrideEntry, when: AllDay | Timed, path: Path) -> Event:
        """Return the event that the instance is; what the override lacks is as in the series."""
        series = self._series.entry.written
        own = {
            "summary": text_in(item.summary, self._language),
            "description": text_in(item.description, self._language),
            "location": item.location,
            "url": item.url,
            "status": item.status,
            "categories": None
            if item.categories is None
            else self._series.entry.defaults.with_own(item.categories),
            "color": item.color,
            "transp": item.transparency,
        }
        changed = {name: value for name, value in own.items() if value is not None}
        texts = texts_by_language(
            series.summary if item.summary is None else item.summary,
            series.description if item.description is None else item.description,
        )
        event = replace(self._series.event, path=path, when=when, texts=texts, **changed)
        if item.organizer is not None:
            details = replace(event.details, organizer=item.organizer.resolved())
            event = replace(event, details=details)
        return replace(event, alarms=self._alarms_of(item, event))

    def _alarms_of(self, item: OverrideEntry, event: Event) -> tuple[Alarm, ...]:
        """Return the alarms of an instance: its own, else those of the series.

        A time of day before the event is another length before an instance that was moved.
        """
        entry = self._series.entry
        entry = replace(entry, zone=item.timezone or entry.zone)
        alarms = AlarmResolver(entry, self._categories, self._series.dates, is_instance=True)
        if item.alarms is None:
            return alarms.resolve(event.when, event.categories)
        return alarms.resolve_of_override(item.alarms, event.when, event.path)

    def _resolve_when(
        self, item: OverrideEntry, instance: RecurrenceStart, path: Path
    ) -> AllDay | Timed | None:
        if item.timezone is not None and not _has_times(item):
            self._series.refuse(_unused_zone(item.timezone, instance), (*path, "timezone"))
        start: RecurrenceStart | None = instance
        if item.start is not None:
            start = self._series.resolve_like(instance, item.start, (*path, "start"), item.timezone)
        if start is None:
            return None
        if item.end is not None and item.duration is not None:
            self._series.refuse(
                Refusal(
                    rules.END_AND_DURATION,
                    "an instance has an `end` or a `duration`, not both",
                    "remove one of them",
                ),
                (*path, "duration"),
            )
        if item.end is not None:
            zone = item.timezone if item.start is None else None  # else that of the start
            end = self._series.resolve_like(start, item.end, (*path, "end"), zone)
            return _span(start, end)
        edge_path = (*path, "duration" if item.duration else "start")
        try:
            if item.duration is not None:
                return _span(start, self._end_after(start, item.duration, edge_path))
            return _span(start, _end_as_in_series(self._series.event.when, start))
        except Refusal as refusal:
            self._series.refuse(refusal, edge_path)
            return None

    def _end_after(self, start: RecurrenceStart, length: Duration, path: Path) -> RecurrenceStart:
        if isinstance(start, Instant):
            return move_time(start, length, path, self._diagnostics)
        if length.is_exact:
            raise Refusal(
                rules.HOURS_ON_A_DAY,
                f"`{length.text}` needs a start with a time, and `{start}` is a day",
                "write the duration in days, or in a longer unit",
            )
        return resolve_last_day(make_day(start), length).earliest


def _has_times(item: OverrideEntry) -> bool:
    """Return whether an override has a time, which may be in its time zone."""
    values = (item.start, item.end, *(item.alarms or ()))
    return any(isinstance(value, ClockTime) for value in values)


def _unused_zone(zone: str, instance: RecurrenceStart) -> Refusal:
    """Refuse the time zone of an override without times, which may mean two things."""
    message = "`timezone` is the zone of the times of an override, and this one has none"
    if not isinstance(instance, Instant):
        return Refusal(rules.MISSING_KEY, message, "remove it: this is an all-day event")
    same = format_wall_time(instance.moment)
    there = format_wall_time(to_zone(instance.utc, zone))
    return Refusal(
        rules.MISSING_KEY,
        message,
        f"write `start: {there}` for the same moment, or `start: {same}` for the same time of day "
        "there",
    )


def _excluded_override(item: OverrideEntry, path: Path, excluding: Path) -> Diagnostic:
    return Diagnostic(
        rules.EXCLUDED_OVERRIDE,
        f"`exdate` excludes the instance `{item.recurrence_id}`, so this override has no effect",
        At(path),
        help="remove the override, or keep the instance: remove its date from `exdate`",
        notes=(Note("it is excluded here", At(excluding)),),
    )


def _end_as_in_series(when: When, start: RecurrenceStart) -> RecurrenceStart | None:
    """Return the end of an instance that is as long as the first, by the wall clock.

    A night from 22:00 to 05:00 stays one where it is moved from or to a clock change.
    """
    if isinstance(when, Timed) and isinstance(when.end, Instant) and isinstance(start, Instant):
        if when.start.zone == when.end.zone:
            wall = move_moment(start.wall, when.end.wall - when.start.wall)
            end, _ = resolve_moved_wall_time(check_range(wall, str(start)), start.zone)
            if end.utc > start.utc or when.end == when.start:
                return end
        # Over two zones, or from a time that clocks show twice, only the exact length is certain.
        return move_instant(start, when.end.utc - when.start.utc)
    if isinstance(when, AllDay) and isinstance(when.end, Date) and not isinstance(start, Instant):
        assert isinstance(when.start, Date)  # noqa: S101 - a series has a known start
        return move_day(start, (when.end.earliest - when.start.earliest).days)
    return None


def _span(start: RecurrenceStart, end: RecurrenceStart | None) -> AllDay | Timed:
    if isinstance(start, Instant):
        return Timed(start, end if isinstance(end, Instant) else None)
    day = None if end is None or isinstance(end, Instant) else make_day(end)
    return AllDay(make_day(start), day)
