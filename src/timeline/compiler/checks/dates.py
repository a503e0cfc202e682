"""Check the order of the dates of a span, and dates that look like one.

Only what is certain is an error. A date that is not known to the day is compared by its earliest
and its latest day.
"""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from timeline.compiler.checks.order import correct_order
from timeline.compiler.resolve.reports import before_start_message
from timeline.compiler.resolve.tree import override_as_written
from timeline.dates import (
    Date,
    Instant,
    NoDate,
    OneSidedDate,
    local_day,
    looks_like_two_years,
)
from timeline.diagnostics import At, Diagnostic, Note, rules
from timeline.model import AllDay, Mixed, Timed, Undated, first_day, last_day, shown_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.checks.context import CheckContext
    from timeline.compiler.schema.events import EventEntry, OverrideEntry
    from timeline.compiler.schema.parts import WasEntry
    from timeline.diagnostics import Path
    from timeline.model import When


def end_before_start(context: CheckContext) -> Iterator[Diagnostic]:
    """Find spans, and earlier dates, that certainly end before they start."""
    for entry, event in zip(context.entries, context.calendar.events, strict=True):
        end = event.when.end
        if end is not None and not (isinstance(end, Date) and _is_in_order(event.when, end)):
            yield from _end_before_start(event.when, event.path, entry.written)
        # If some of the list were refused, the index of the others is not that in the file.
        if event.was and len(event.was) == len(entry.written.was):
            for index, was in enumerate(event.was):
                path, written_was = (*event.path, "was", index), entry.written.was[index]
                yield from _end_before_start(was.when, path, written_was)
        for override in event.overrides:
            written = override_as_written(entry, override)
            edge = "start" if written.start else "recurrence-id"
            yield from _end_before_start(override.event.when, override.event.path, written, edge)


def _is_in_order(when: When, end: Date) -> bool:
    """Return whether two days are in order, as in most spans: a quick test for a long file."""
    if not isinstance(when, AllDay) or not isinstance(when.start, Date):
        return False
    return end.latest >= when.start.earliest


def _end_before_start(
    when: When,
    path: Path,
    written: EventEntry | WasEntry | OverrideEntry,
    start_key: str = "start",
) -> Iterator[Diagnostic]:
    """Report dates in the wrong order; ``start_key`` is the key that contains the start."""
    if isinstance(when, Undated) or when.end is None or isinstance(when.end, NoDate):
        return
    if isinstance(when.start, OneSidedDate):
        return  # its end is none of these
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
        moment = when.end
        if isinstance(moment, Instant) and moment.wall.time() == time() and start_key == "start":
            day = local_day(moment)
            help_ += f", or write `start: {day}` without an `end` for an all-day event"
    else:
        message = before_start_message(when.end, written.end, when.start, written.start)
        is_start = start_key == "start"
        help_ = correct_order(when, written.end) if is_start else "write a later `end`"
    yield Diagnostic(
        rules.END_BEFORE_START,
        message,
        At((*path, "end")),
        help=help_,
        notes=(Note("the start is here", At((*path, start_key))),),
    )


def first_midnight(context: CheckContext) -> Iterator[Diagnostic]:
    """Find ends at 00:00 of the first day: nothing of that day is before it."""
    for event in context.calendar.events:
        when = event.when
        if not isinstance(when, Mixed) or not isinstance(when.start, Date):
            continue
        assert isinstance(when.end, Instant)  # noqa: S101 - one side is a time
        is_midnight = when.end.wall.time() == time()
        if is_midnight and local_day(when.end) == when.start.earliest:
            yield Diagnostic(
                rules.FIRST_MIDNIGHT,
                "the event ends at 00:00, when its first day begins",
                At((*event.path, "end")),
                help="remove `end` for an all-day event, or write the time at which it ends",
                notes=(Note("the start is here", At((*event.path, "start"))),),
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
        if isinstance(when, AllDay) and last_day(end) < shown_day(when.start):
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
