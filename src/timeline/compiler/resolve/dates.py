"""Resolve the dates of events in the order in which they depend on each other.

Each start and end is resolved once. A date that cannot be resolved is ``REFUSED`` from then on, and
so is what depends on it, so that one error makes one diagnostic.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeGuard

from timeline.compiler.resolve.circles import circle_diagnostic
from timeline.compiler.resolve.durations import move_time, resolve_last_day
from timeline.compiler.resolve.expressions import ExpressionResolver, relative_dates
from timeline.compiler.resolve.literals import DependsOnRefusedError, resolve_literal
from timeline.compiler.resolve.one_sided import end_beside, shown_end
from timeline.compiler.resolve.reports import ResolverDiagnostics
from timeline.compiler.resolve.tree import (
    SERIES_KEYS,
    edge_path,
    following_keys,
    is_written,
    series_dates,
)
from timeline.compiler.schema.refused import REFUSED_ZONE
from timeline.dates import (
    OPEN,
    REFUSED,
    ClockTime,
    Date,
    DateExpression,
    Duration,
    Instant,
    NoDate,
    OneSidedDate,
    Precision,
    shift_date,
)
from timeline.diagnostics import At, Diagnostic, Note, Refusal, rules
from timeline.model import AllDay, Undated, Was, make_when

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.resolve.expressions import Resolved
    from timeline.compiler.resolve.ids import EventIds
    from timeline.compiler.resolve.tree import Entry
    from timeline.compiler.schema.refused import Refused
    from timeline.dates import RelativeDate, WorkCalendar
    from timeline.diagnostics import Path
    from timeline.model import When


class DateResolver:
    """The dates resolved so far, and ``diagnostics`` of what is wrong with them.

    ``refused`` has the places of the values that were refused so far. ``work_calendar`` has the
    working days, ``None`` where the file has none. ``excluded_by_ranges`` is how many instances the
    ranges in ``exdate`` have so far.
    """

    def __init__(self, ids: EventIds, refused: Refused, work_calendar: WorkCalendar | None) -> None:
        self.diagnostics = ResolverDiagnostics()
        self.refused = refused
        self.excluded_by_ranges = 0
        self._ids = ids
        self._work_calendar = work_calendar
        # By the identity of the entry: two events that share an id are two events.
        self._resolved: dict[tuple[int, str], Resolved | None] = {}
        self._anchors: dict[tuple[int, str], Iterator[tuple[Path, RelativeDate]]] = {}
        self._before_start: set[int] = set()

    def resolve_when(self, entry: Entry) -> When:
        """Return the dates of an event, ``Undated`` where they cannot be resolved."""
        written = entry.written
        if (
            _is_plain(written.start)
            and (written.end is None or _is_plain(written.end))
            and written.duration is None
            and not self.refused
        ):
            return AllDay(written.start, written.end)  # most events
        start = self._resolve_edge(entry, "start")
        resolved_end = self._resolve_edge(entry, "end") if self._has_end(entry) else None
        end = shown_end(entry, start, resolved_end, self.diagnostics)
        if isinstance(start, NoDate):
            return Undated(end)
        try:
            return make_when(start, end)
        except Refusal as refusal:
            self.refuse(refusal, entry.path)
            return Undated()

    def is_refused(self, entry: Entry, edge: str) -> bool:
        """Return whether an edge of an event is not known because of an error."""
        if (*entry.path, edge) in self.refused:
            return True
        return self._resolved.get((id(entry), edge)) is REFUSED

    def resolve_was(self, entry: Entry) -> Iterator[Was]:
        """Yield the dates that an event had earlier, without those that cannot be resolved."""
        for index, item in enumerate(entry.written.was):
            path = (*entry.path, "was", index)
            if isinstance(item.start, OneSidedDate):
                if item.end is not None:
                    self.refuse(end_beside(item.start, "end"), (*path, "end"))
                else:
                    yield Was(AllDay(item.start), item.note)
                continue
            start = self.resolve_literal(item.start, (*path, "start"), entry.zone)
            zone = start.zone if isinstance(start, Instant) else entry.zone
            end = None
            if item.end is not None:
                end = self.resolve_literal(item.end, (*path, "end"), zone)
                if end is None:
                    continue
            if start is None:
                continue
            try:
                yield Was(make_when(start, end), item.note)
            except Refusal as refusal:
                self.refuse(refusal, path)

    def resolve_literal(
        self, value: Date | ClockTime, path: Path, zone: str | None
    ) -> Date | Instant | None:
        """Return a date that stands for itself; report one that is refused, and return ``None``."""
        try:
            return resolve_literal(value, path, zone, self.diagnostics)
        except DependsOnRefusedError:
            return None
        except Refusal as refusal:
            self.refuse(refusal, path)
            return None

    def resolve_series_date(
        self, entry: Entry, written: RelativeDate, path: Path, zone: str | None
    ) -> Resolved | None:
        """Return a date of a series that follows another event; report one that is refused.

        ``path`` is that of the date, and ``zone`` the zone of a time of day that it names.
        """
        key = next(key for key in SERIES_KEYS if key in path[len(entry.path) :])
        self._resolve(entry, key)
        if self._resolved[id(entry), key] is REFUSED:
            return None
        try:
            return self._evaluate(written, path, zone)
        except DependsOnRefusedError:
            return None
        except Refusal as refusal:
            help_ = _HELPS_IN_SERIES.get(refusal.rule, refusal.help)
            self.refuse(refusal.with_help(help_), path)
            return None

    def refuse(self, refusal: Refusal, path: Path) -> None:
        """Report the refusal of the value at a path."""
        self.diagnostics.append(refusal.to_diagnostic(At(path, part=refusal.part)))

    def _resolve_edge(self, entry: Entry, edge: str) -> Resolved:
        """Return the start or the end of an event, after all that it depends on is resolved."""
        self._resolve(entry, edge)
        value = self._resolved[id(entry), edge]
        assert value is not None  # noqa: S101 - only the keys of a series have no date
        return value

    def _resolve(self, entry: Entry, edge: str) -> None:
        """Resolve an edge of an event, or what a key of its series follows.

        The edges that wait for another are a stack, since thousands of dates may depend on each
        other, and a dict by their keys, since each of them may be the one that closes a circle.
        """
        waiting = {(id(entry), edge): (entry, edge)}
        while waiting:
            key = next(reversed(waiting))
            current, side = waiting[key]
            if key in self._resolved:
                waiting.popitem()
            elif (dependency := self._unresolved_dependency(current, side)) is None:
                is_date = side not in SERIES_KEYS
                self._resolved[key] = self._evaluate_edge(current, side) if is_date else None
                waiting.popitem()
            elif (first := (id(dependency[0]), dependency[1])) in waiting:
                self._break_circle(_from_key(waiting, first), waiting)
            else:
                waiting[first] = dependency

    def _unresolved_dependency(self, entry: Entry, edge: str) -> tuple[Entry, str] | None:
        """Return an edge that must be resolved before this one, ``None`` if all of them are.

        The dates of a series may not follow from its event, so they come before its edges, although
        these have the dates of the first instance.
        """
        if edge in SERIES_KEYS:
            return self._unresolved_anchor(entry, edge)
        for key in following_keys(entry):
            if (id(entry), key) not in self._resolved:
                return entry, key
        written = entry.written.start if edge == "start" else entry.written.end
        if edge == "end" and (id(entry), "start") not in self._resolved:
            needs_start = written is None or isinstance(written, ClockTime)
            if needs_start or self._is_in_zone_of_start(entry):
                return entry, "start"
        for relative in relative_dates(written):
            anchor = self._ids.get(relative.anchor)
            if anchor and (id(anchor), relative.edge) not in self._resolved:
                return anchor, relative.edge
        return None

    def _unresolved_anchor(self, entry: Entry, key: str) -> tuple[Entry, str] | None:
        """Return an edge that a key of a series follows; of a long list, the next one."""
        dates = self._anchors.setdefault((id(entry), key), series_dates(entry, key))
        for _, relative in dates:
            anchor = self._ids.get(relative.anchor)
            if anchor and (id(anchor), relative.edge) not in self._resolved:
                return anchor, relative.edge
        return None

    def _is_in_zone_of_start(self, entry: Entry) -> bool:
        """Return whether an end is a time of day after a relative date, in the zone of its start.

        A start that depends on that end has no zone yet, so the end is in that of the event then.
        """
        has_clock = any(date.clock is not None for date in relative_dates(entry.written.end))
        return has_clock and id(entry) not in self._before_start

    def _break_circle(
        self, circle: list[tuple[Entry, str]], waiting: dict[tuple[int, str], tuple[Entry, str]]
    ) -> None:
        """Report edges that depend on each other, unless one only needs a zone of another."""
        for (entry, edge), after in pairwise((*circle, circle[0])):
            if edge == "end" and after == (entry, "start") and self._is_in_zone_of_start(entry):
                self._before_start.add(id(entry))
                while next(reversed(waiting)) != (id(entry), edge):
                    self._anchors.pop(waiting.popitem()[0], None)
                return
        self.diagnostics.append(circle_diagnostic(circle))
        for entry, edge in circle:
            self._resolved[id(entry), edge] = REFUSED

    def _has_end(self, entry: Entry) -> bool:
        """Return whether the file has an end of an event, or one that was refused."""
        return is_written(entry, "end") or self._is_unread(entry, "end")

    def _is_unread(self, entry: Entry, edge: str) -> bool:
        """Return whether the value that an edge is written in could not be read."""
        if not self.refused:
            return False
        keys = ("start",) if edge == "start" else ("end", "duration")
        return any((*entry.path, key) in self.refused for key in keys)

    def _evaluate_edge(self, entry: Entry, edge: str) -> Resolved:
        if self._is_unread(entry, edge):
            return REFUSED
        path = edge_path(entry, edge)
        try:
            if edge == "start":
                return self._evaluate(entry.written.start, path, entry.zone)
            return self._evaluate_end(entry, path)
        except DependsOnRefusedError:
            return REFUSED
        except Refusal as refusal:
            self.refuse(refusal, path)
            if refusal.rule is rules.HOURS_ON_A_DAY and path[-1] == "duration":
                self.refused.add((*entry.path, "start"))  # which may have to be a time
            return REFUSED

    def _evaluate_end(self, entry: Entry, path: Path) -> Resolved:
        written = entry.written
        start = self._resolved.get((id(entry), "start"))
        if written.end is not None and written.duration is not None:
            self.diagnostics.append(_end_and_duration(entry))
            return REFUSED
        if written.end is not None:
            zone = start.zone if isinstance(start, Instant) else entry.zone
            if start is REFUSED:
                zone = REFUSED_ZONE  # that of the start comes first
            return self._evaluate(written.end, path, zone)
        assert start is not None  # noqa: S101 - see `_unresolved_dependency`
        if written.duration is None or isinstance(start, NoDate):
            return start
        if isinstance(start, Instant):
            return move_time(start, written.duration, path, self.diagnostics)
        if isinstance(start, OneSidedDate):
            return shift_date(shift_date(start, written.duration), Duration(days=-1))
        return resolve_last_day(start, written.duration)

    def _evaluate(self, written: DateExpression, path: Path, zone: str | None) -> Resolved:
        if isinstance(written, (ClockTime, Date)):
            return resolve_literal(written, path, zone, self.diagnostics)
        if isinstance(written, (NoDate, OneSidedDate)):
            return written
        resolver = ExpressionResolver(
            self._resolved_anchor, self._required_work_calendar, path, zone, self.diagnostics
        )
        return resolver.resolve(written)

    def _required_work_calendar(self) -> WorkCalendar | None:
        if ("calendar", "working-days") in self.refused:
            raise DependsOnRefusedError
        return self._work_calendar

    def _resolved_anchor(self, written: RelativeDate) -> Resolved:
        anchor = self._ids.get(written.anchor)
        if anchor is None:
            place = written.text.find(written.anchor)
            raise self._ids.unknown(written.anchor, (place, place + len(written.anchor)))
        value = self._resolved.get((id(anchor), written.edge))
        if value is None or value is REFUSED:
            raise DependsOnRefusedError
        if value is OPEN:
            raise Refusal(
                rules.OPEN_ANCHOR,
                f"`{written.anchor}` has no end: it is open",
                f"refer to `{written.anchor}.start`, or write `TBC`",
            )
        return value


_HELPS_IN_SERIES = {
    rules.OPEN_ANCHOR: "write the day, or refer to another event",
    rules.YEAR_RANGE: "move it by less, or write the day",
}
"""The helps for dates of a series, which cannot be `TBC`."""


def _from_key(
    waiting: dict[tuple[int, str], tuple[Entry, str]], key: tuple[int, str]
) -> list[tuple[Entry, str]]:
    """Return the edges from a key to the last one; what is before them is not walked through."""
    edges = []
    for other in reversed(waiting):
        edges.append(waiting[other])
        if other == key:
            break
    return edges[::-1]


def _is_plain(written: DateExpression) -> TypeGuard[Date]:
    """Return whether a date stands for itself and there can be nothing to report."""
    return type(written) is Date and written.precision is not _SEASON


_SEASON = Precision.SEASON  # the members of an enumeration take long to look up in Python 3.11


def _end_and_duration(entry: Entry) -> Diagnostic:
    return Diagnostic(
        rules.END_AND_DURATION,
        "an event has an `end` or a `duration`, not both",
        At((*entry.path, "duration")),
        help="remove one of them",
        notes=(Note("the end is here", At((*entry.path, "end"))),),
    )
