"""Check the order of dates: of a span, of an event and its parent, of events of a category.

Only what is certain is an error. A date that is not known to the day is compared by its earliest
and its latest day.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from timeline.compiler.checks.order import correct_order
from timeline.compiler.resolve.tree import REFUSED_ZONE, edge_path
from timeline.dates import Date, Instant, NoDate, looks_like_two_years
from timeline.diagnostics import At, Diagnostic, Note, rules
from timeline.model import AllDay, Timed, Undated, earliest, first_day, last_day, latest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from timeline.compiler.checks.context import CheckContext
    from timeline.compiler.resolve.tree import Entry
    from timeline.dates import DateExpression
    from timeline.diagnostics import Path
    from timeline.model import Event, When


def end_before_start(context: CheckContext) -> Iterator[Diagnostic]:
    """Find spans, and earlier dates, that certainly end before they start."""
    for entry, event in zip(context.entries, context.calendar.events, strict=True):
        end = event.when.end
        if end is not None and not (isinstance(end, Date) and _is_in_order(event.when, end)):
            yield from _end_before_start(event.when, event.path, entry.written.end)
        # If some of the list were refused, the index of the others is not that in the file.
        if event.was and len(event.was) == len(entry.written.was):
            for index, was in enumerate(event.was):
                path, written_end = (*event.path, "was", index), entry.written.was[index].end
                yield from _end_before_start(was.when, path, written_end)
        if event.overrides and len(event.overrides) == len(entry.written.overrides):
            for index, override in enumerate(event.overrides):
                path, written = (*event.path, "overrides", index), entry.written.overrides[index]
                edge = "start" if written.start else "recurrence-id"
                yield from _end_before_start(override.event.when, path, written.end, edge)


def _is_in_order(when: When, end: Date) -> bool:
    """Return whether two days are in order, as in most spans: a quick test for a long file."""
    return isinstance(when, AllDay) and end.latest >= when.start.earliest


def _end_before_start(
    when: AllDay | Timed | Undated,
    path: Path,
    written_end: DateExpression | None,
    start_key: str = "start",
) -> Iterator[Diagnostic]:
    """Report dates in the wrong order; ``start_key`` is the key that contains the start."""
    if isinstance(when, Undated) or when.end is None or isinstance(when.end, NoDate):
        return
    is_same = False
    if isinstance(when, Timed):
        assert isinstance(when.end, Instant)  # noqa: S101 - a Timed has no other end
        if when.end.utc > when.start.utc:
            return
        is_same = when.end.utc == when.start.utc
    elif last_day(when.end) >= first_day(when.start):
        return
    if is_same:
        message = "the end is the same instant as the start"
        help_ = "remove `end` for a point in time"
    else:
        message = f"`{when.end}` is before the start, `{when.start}`"
        is_start = start_key == "start"
        help_ = correct_order(when, written_end) if is_start else "write a later `end`"
    yield Diagnostic(
        rules.END_BEFORE_START,
        message,
        At((*path, "end")),
        help=help_,
        notes=(Note("the start is here", At((*path, start_key))),),
    )


def season_or_span(context: CheckContext) -> Iterator[Diagnostic]:
    """Find dates such as ``2025-26``, a summer in EDTF and two years to most people.

    Codes that name no hemisphere have a warning already, which says so too.
    """
    for entry, event in zip(context.entries, context.calendar.events, strict=True):
        start, end, when = entry.written.start, entry.written.end, event.when
        if isinstance(start, Date) and looks_like_two_years(start):
            year = int(start.text[:4])
            two = f"`{year}`" if end else f"`start: {year}` and `end: {year + 1}`"
            yield from _season_or_years(start, At((*entry.path, "start")), f"{two} for the years")
        if not isinstance(end, Date) or not looks_like_two_years(end):
            continue
        if isinstance(when, AllDay) and last_day(end) < first_day(when.start):
            continue  # `end_before_start` reports it
        year = int(end.text[:4]) + 1
        years = f"`{year}` if it ends in that year"
        yield from _season_or_years(end, At((*entry.path, "end")), years)


def _season_or_years(season: Date, at: At, years: str) -> Iterator[Diagnostic]:
    code, year = int(season.text[5:7]), int(season.text[:4])
    if code <= 24:
        return
    name = ("spring", "summer", "autumn", "winter")[(code - 21) % 4]
    side = "northern" if code < 29 else "southern"
    first, last = (day.isoformat()[:7] for day in (season.earliest, season.latest))
    yield Diagnostic(
        rules.SEASON_OR_SPAN,
        f"`{season}` is the {side} {name} of {year}, and looks like {year} to {year + 1}",
        at,
        help=f"write {years}, or `between {first} and {last}` for the season",
    )


def outside_parent(context: CheckContext) -> Iterator[Diagnostic]:
    """Find children that cannot lie within their parent."""
    if all(event.parent is None for event in context.calendar.events):
        return
    by_path = {event.path: event for event in context.calendar.events}
    written = {entry.path: entry for entry in context.entries}
    for event in context.calendar.events:
        if event.parent is None:
            continue
        parent = by_path[event.path[:-2]]
        zones = _zones_of_days(written[parent.path], context)
        if any((*parent.path, key) in context.refused for key in ("rrule", "rdate")):
            continue  # it may lie within any instance
        if outside := _outside(event, parent, zones):
            other = "end" if outside.is_late and parent.when.end is not None else "start"
            yield Diagnostic(
                rules.OUTSIDE_PARENT,
                f"`{event.id}` cannot lie within `{parent.id}`: it {outside.verb}",
                At(edge_path(written[event.path], outside.edge)),
                help=f"change its dates, or move it out of the `events` of `{parent.id}`",
                notes=(
                    Note(
                        f"the {other} of `{parent.id}` is `{getattr(parent.when, other)}`",
                        At(edge_path(written[parent.path], other)),
                    ),
                ),
            )


class _Outside(NamedTuple):
    """Which edge of an event lies outside of its parent, and on which side."""

    edge: str
    verb: str
    is_late: bool


_TOO_EARLY = _Outside("start", "starts too early", is_late=False)
_STARTS_TOO_LATE = _Outside("start", "starts too late", is_late=True)
_ENDS_TOO_LATE = _Outside("end", "ends too late", is_late=True)


_EVERYWHERE = ("-12:00", "+14:00")
"""The zones of the first and the last clock on Earth: each day is on all others in between."""


def _zones_of_days(entry: Entry, context: CheckContext) -> tuple[str | None, ...]:
    """Return the zones in which a day of an event may be, to compare it with a time.

    They are its own and the calendar's. If none is known it may be anywhere.
    """
    zones = (entry.zone, context.calendar.timezone)
    return _EVERYWHERE if entry.zone is None or REFUSED_ZONE in zones else zones


def _outside(event: Event, parent: Event, zones: tuple[str | None, ...]) -> _Outside | None:
    """Return how an event certainly lies outside of its parent, ``None`` if it may lie within.

    A time is compared with a day on the clocks of ``zones``, and of its own place: if it is within
    by any of them, it may lie within.
    """
    own, outer = event.when, parent.when
    if parent.recurrence is not None:
        return None  # it may lie within any instance
    if isinstance(own, Timed) and isinstance(outer, Timed):
        return _outside_times(own, outer)
    if isinstance(outer, Undated):
        return None
    start = None if isinstance(own, Undated) else own.start
    if start is not None and last_day(start, *zones) < first_day(outer.start, *zones):
        return _TOO_EARLY
    last = latest(outer, *zones)
    if last is None:
        return None
    if start is not None and first_day(start, *zones) > last:
        return _STARTS_TOO_LATE
    ends = None if isinstance(own.end, NoDate) or own.end is None else first_day(own.end, *zones)
    return _ENDS_TOO_LATE if ends is not None and ends > last else None


def _outside_times(own: Timed, outer: Timed) -> _Outside | None:
    if own.start.utc < outer.start.utc:
        return _TOO_EARLY
    if isinstance(outer.end, NoDate):
        return None
    last = (outer.end or outer.start).utc
    if own.start.utc > last:
        return _STARTS_TOO_LATE
    return _ENDS_TOO_LATE if isinstance(own.end, Instant) and own.end.utc > last else None


def overlap(context: CheckContext) -> Iterator[Diagnostic]:
    """Find events on the same days in a category whose events must not overlap."""
    zone = context.calendar.timezone
    by_category: dict[str, list[tuple[date, Entry, Event]]] = {
        name: [] for name, category in context.timeline.categories.items() if category.no_overlap
    }
    if not by_category:
        return
    for entry, event in zip(context.entries, context.calendar.events, strict=True):
        for name in by_category.keys() & set(event.categories):
            first = earliest(event.when, zone)
            if first and latest(event.when) and _starts_on_known_day(event):
                by_category[name].append((first, entry, event))
    for name, starts in by_category.items():
        starts.sort(key=lambda item: (item[0], item[2].path))
        for (_, entry, event), (_, other_entry, other) in pairwise(starts):
            zones: tuple[str | None, ...] = ()
            if isinstance(event.when, AllDay) != isinstance(other.when, AllDay):
                of_days = entry if isinstance(event.when, AllDay) else other_entry
                zones = _zones_of_days(of_days, context)
            if _overlap(event.when, other.when, zones):
                yield Diagnostic(
                    rules.OVERLAP,
                    f"`{other.id}` overlaps with `{event.id}`, and `{name}` has `no-overlap`",
                    At((*other.path, "id")),
                    help="change the dates of one of them, or remove `no-overlap`",
                    notes=(Note("the other event is here", At((*event.path, "id"))),),
                )


def _overlap(when: When, other: When, zones: tuple[str | None, ...]) -> bool:
    """Return whether two events are on the same day, by the clocks of all zones."""
    (first, last), (start, end) = (_certain_days(dates, zones) for dates in (when, other))
    return first <= end and start <= last


def _certain_days(when: When, zones: tuple[str | None, ...]) -> tuple[date, date]:
    """Return the days on which an event is: of a time, those that the clocks of all zones show."""
    first, last = earliest(when, *zones), latest(when, *zones)
    assert first is not None and last is not None  # noqa: S101, PT018 - only such are compared
    if isinstance(when, Timed):
        end = when.end if isinstance(when.end, Instant) else when.start
        return last_day(when.start, *zones), first_day(end, *zones)
    return first, last


def _starts_on_known_day(event: Event) -> bool:
    when = event.when
    return not isinstance(when, AllDay) or when.start.is_day
