"""Resolve the instances of a recurring event: where they start, and which are excepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline._limits import MAX_EXCLUDED
from timeline.compiler.resolve.instances import Instances
from timeline.compiler.resolve.literals import DependsOnRefusedError
from timeline.compiler.resolve.series_dates import resolve_moment, text_of_day
from timeline.dates import (
    ClockTime,
    Date,
    DayRange,
    Instant,
    RecurrenceStart,
    RelativeDate,
    TimesShown,
    format_wall_time,
    instance_key,
    is_fixed_zone,
    local_day,
    times_shown,
    to_zone,
)
from timeline.diagnostics import Refusal, rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from timeline.compiler.resolve.dates import DateResolver
    from timeline.compiler.resolve.tree import Entry
    from timeline.dates import Recurrence
    from timeline.diagnostics import Path
    from timeline.model import Event


class SeriesResolver:
    """Resolve the instances of one recurring event.

    ``recurrence`` has its start and its rule, whose dates are not resolved yet.
    """

    def __init__(
        self, event: Event, entry: Entry, recurrence: Recurrence, dates: DateResolver
    ) -> None:
        self.event = event
        self.entry = entry
        self.dates = dates
        self._start = recurrence.start
        self._recurrence = replace(recurrence, rdate=tuple(self._resolve_rdate()))
        self._instances = Instances(self._recurrence)
        self._excluding: dict[date, Path] = {}
        self._in_ranges: set[date] = set()

    def resolve_recurrence(self) -> Recurrence:
        """Return the rule with the additional and the excepted dates."""
        path = (*self.entry.path, "exdate")
        written, exdate = self.entry.written.exdate, list[RecurrenceStart]()
        items: list[RecurrenceStart | DayRange] = []
        for index, item in enumerate(written):
            instances = self._find_excluded(item, (*path, index))
            exdate += instances
            items += [item] if instances and isinstance(item, DayRange) else instances
            for instance in instances:
                self._excluding.setdefault(instance_key(instance), (*path, index))
        has_ranges = any(isinstance(item, DayRange) for item in items)
        recurrence = replace(
            self._recurrence,
            exdate=tuple(exdate),
            exdate_items=tuple(items) if has_ranges else (),
        )
        is_complete = not (self._is_refused("rdate") or self._is_refused("exdate"))
        if exdate and is_complete and next(recurrence.instances(), None) is None:
            self.refuse(
                Refusal(
                    rules.NO_INSTANCE,
                    "every instance of this event is in `exdate`, so it never happens",
                    "remove a date from `exdate`, remove the event, or write `status: cancelled` "
                    "instead of `exdate`",
                ),
                path,
            )
        return recurrence

    def excluding(self, instance: RecurrenceStart) -> Path | None:
        """Return the path of the item of ``exdate`` that excludes an instance, or ``None``."""
        return self._excluding.get(instance_key(instance))

    def _find_excluded(
        self, item: Date | ClockTime | RelativeDate | DayRange, path: Path
    ) -> list[RecurrenceStart]:
        """Return the instances that an item of ``exdate`` excludes; report what it may not have.

        A range has all on its days, perhaps none. What another item excludes is left out, if one of
        the two is a range.
        """
        if not isinstance(item, DayRange):
            instance = self.find_instance(item, path)
            if instance is None:
                self.dates.refused.add(path[:-1])
                return []
            return [] if instance_key(instance) in self._in_ranges else [instance]
        instances = self._instances.between(item)
        self.dates.excluded_by_ranges += len(instances)
        if self.dates.excluded_by_ranges > MAX_EXCLUDED:
            message = f"the ranges in `exdate` have more than {MAX_EXCLUDED:,} instances in all"
            help_ = "write a rule with fewer instances, or end it earlier"
            self.refuse(Refusal(rules.TOO_LARGE, message, help_), path)
            self.dates.refused.add(path[:-1])
            return []
        self._in_ranges.update(map(instance_key, instances))
        return [item for item in instances if instance_key(item) not in self._excluding]

    def find_instance(
        self, item: Date | ClockTime | RelativeDate, path: Path
    ) -> RecurrenceStart | None:
        """Return the instance that an exception names; report one that names none.

        A day names the first instance on it.
        """
        moment = self._resolve_moment(item, path, self._start)
        if moment is None:
            return None
        if isinstance(moment, Instant) and not isinstance(self._start, Instant):
            self._refuse_kind(item, moment, path)
            return None
        instance = self._instances.find(moment)
        if instance is None and not self._is_refused("rdate"):
            nearest = self._instances.nearest(moment)
            help_ = f"the nearest instance is {self._named(nearest)}" if nearest else "remove it"
            on = "at" if isinstance(moment, Instant) else "on"
            message = f"the event has no instance {on} `{item}`"
            if isinstance(item, RelativeDate):
                message = f"the event has no instance {self._named(moment)}, which is `{item}`"
                if (by_day := text_of_day(item)) and self._instances.find(local_day(moment)):
                    help_ += f"; for the instance on that day, write `{by_day}`"
            self.refuse(Refusal(rules.NO_SUCH_INSTANCE, message, help_), path)
        return instance

    def resolve_like(
        self,
        other: RecurrenceStart,
        item: Date | ClockTime | RelativeDate,
        path: Path,
        zone: str | None = None,
    ) -> RecurrenceStart | None:
        """Return a day where the other moment is a day, a time where it is a time.

        A time that names no zone is in ``zone``, or in the zone of the other. All else is reported.
        """
        moment = self._resolve_moment(item, path, other, zone)
        if moment is not None and isinstance(moment, Instant) != isinstance(other, Instant):
            self._refuse_kind(item, moment, path)
            return None
        return moment

    def _named(self, instance: RecurrenceStart) -> str:
        """Return an instance as an exception names it: a time by the clock of the first one."""
        if not isinstance(instance, Instant) or not isinstance(self._start, Instant):
            return f"on `{instance}`"
        zone = self._start.zone
        moment = to_zone(instance.utc, zone)
        text = format_wall_time(moment)
        if not is_fixed_zone(zone) and times_shown(moment, zone) is TimesShown.TWICE:
            text = f"{moment.isoformat(timespec='minutes')}[{zone}]"
        return f"at `{text}`"

    def refuse(self, refusal: Refusal, path: Path) -> None:
        """Report the refusal of the value at a path."""
        self.dates.refuse(refusal, path)

    def _is_refused(self, key: str) -> bool:
        """Return whether an item of a key was refused."""
        return (*self.entry.path, key) in self.dates.refused

    def _resolve_moment(
        self,
        item: Date | ClockTime | RelativeDate,
        path: Path,
        other: RecurrenceStart,
        zone: str | None = None,
    ) -> RecurrenceStart | None:
        if isinstance(item, RelativeDate):
            return self._resolve_relative(item, path)
        zone = zone or (other.zone if isinstance(other, Instant) else self.entry.zone)
        resolved = self.dates.resolve_literal(item, path, zone)
        if isinstance(resolved, Instant) and resolved.qualification:
            self.refuse(_qualified_time(item), path)
            return None
        if not isinstance(resolved, Date):
            return resolved
        if resolved.is_day and not resolved.qualification:
            return resolved.earliest
        message = f"`{resolved}` is not a known day"
        self.refuse(Refusal(rules.RULE_START, message, "write the day of the instance"), path)
        return None

    def _resolve_relative(self, item: RelativeDate, path: Path) -> RecurrenceStart | None:
        """Return the day or the time that an item comes to; of an all-day event, always the day."""
        try:
            moment = resolve_moment(
                item, path, self._start, self.entry, self.dates, rules.RULE_START
            )
        except DependsOnRefusedError:
            return None
        except Refusal as refusal:
            self.refuse(refusal, path)
            return None
        return moment if isinstance(self._start, Instant) else local_day(moment)

    def _refuse_kind(
        self, item: Date | ClockTime | RelativeDate, moment: RecurrenceStart, path: Path
    ) -> None:
        """Report a day of an event at a time, or a time of an all-day event."""
        if isinstance(moment, Instant):
            message = f"`{item}` is a time, and this is an all-day event"
            help_ = f"write the day only: `{local_day(moment)}`"
        else:
            message = f"`{item}` is a day, and this event has a time of day"
            help_ = "add the time of day"
            if isinstance(self._start, Instant) and path[-1] != "end":
                clock = f"{self._start.wall:%H:%M}"
                relative = isinstance(item, RelativeDate)
                better = f"{item} at {clock}" if relative else f"{moment}T{clock}"
                help_ += f", such as `{better}`"
        self.refuse(Refusal(rules.DAY_AND_TIME, message, help_), path)

    def _resolve_rdate(self) -> Iterator[RecurrenceStart]:
        for index, item in enumerate(self.entry.written.rdate):
            path = (*self.entry.path, "rdate", index)
            moment = self.resolve_like(self._start, item, path)
            if moment is None:
                self.dates.refused.add(path[:-1])
            else:
                yield moment


def _qualified_time(item: Date | ClockTime) -> Refusal:
    """Refuse a time with a mark where an instance is named."""
    text = str(item)
    return Refusal(
        rules.QUALIFIED_TIME,
        f"`{text}` is not certain, and an instance has a certain time",
        f"write `{text[:-1]}`",
        (len(text) - 1, len(text)),
    )
