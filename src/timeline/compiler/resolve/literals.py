"""Resolve dates and times that stand for themselves, with a warning where a reader may err."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.compiler.schema.refused import REFUSED_ZONE
from timeline.dates import (
    ClockTime,
    Date,
    Instant,
    Precision,
    looks_like_end_time,
    looks_like_two_years,
    resolve_clock_time,
    resolve_moved_wall_time,
)
from timeline.diagnostics import At, Diagnostic, Refusal, rules

if TYPE_CHECKING:
    from datetime import datetime

    from timeline.diagnostics import Path


class DependsOnRefusedError(Exception):
    """Raised for a date that depends on a value that was refused: that one is reported alone."""


def resolve_literal(
    written: Date | ClockTime, path: Path, zone: str | None, diagnostics: list[Diagnostic]
) -> Date | Instant:
    """Return a date as it is and a time on the time line.

    ``zone`` is the zone of a time that names none. Warnings are appended to ``diagnostics``.

    Raises:
        Refusal: ``missing-zone``, ``skipped-time``, ``offset-mismatch``, ``interval``.
        DependsOnRefusedError: if the zone of the time was refused.
    """
    if not isinstance(written, ClockTime):
        if written.precision is Precision.SEASON and int(written.text[5:]) <= _LAST_PLAIN_SEASON:
            diagnostics.append(_season_without_hemisphere(written, path))
        return written
    if zone == REFUSED_ZONE:
        if not written.is_utc and written.offset is None and written.zone is None:
            raise DependsOnRefusedError
        zone = None
    instant, repeated = resolve_clock_time(written, zone)
    if looks_like_end_time(written, zone):
        if written.text[10] == " ":
            raise _two_times(written, path)
        diagnostics.append(_offset_or_end(written, path))
    if repeated:
        help_ = _either_of_two(instant)
        diagnostics.append(Diagnostic(rules.REPEATED_TIME, repeated, At(path), help=help_))
    return instant


def resolve_moved_time(
    wall: datetime, zone: str, path: Path, diagnostics: list[Diagnostic]
) -> Instant:
    """Return the time of a result on the time line; one that the zone skips is moved forward."""
    instant, warning = resolve_moved_wall_time(wall, zone)
    if warning:
        help_ = "if another time is meant, write that time"
        diagnostics.append(Diagnostic(rules.MOVED_TIME, warning, At(path), help=help_))
    return instant


_LAST_PLAIN_SEASON = 24
"""Up to this code EDTF's seasons name no hemisphere; 25 to 28 are northern, 29 to 32 southern."""


def _season_without_hemisphere(written: Date, path: Path) -> Diagnostic:
    year, code = int(written.text[:4]), int(written.text[5:])
    northern, southern = (
        f"`{written.text[:5]}{code + more}{written.qualification}`" for more in (4, 8)
    )
    help_ = f"write {northern} for the northern hemisphere, {southern} for the southern one"
    if looks_like_two_years(written):
        help_ += f"; for {year} to {year + 1} write `start: {year}` and `end: {year + 1}`"
    return Diagnostic(
        rules.SEASON_HEMISPHERE,
        f"`{written}` does not state the hemisphere, and is read as northern",
        At(path),
        help=help_,
    )


def _offset_or_end(written: ClockTime, path: Path) -> Diagnostic:
    begins, ends = written.text[:-6], written.text[-5:]
    both = f"write `start: {begins}` and `end: {written.text[:10]}T{ends}`"
    if path[-1] not in _SIDES:
        both = f"write `{begins}` alone"
    return Diagnostic(
        rules.OFFSET_OR_END,
        f"`{written.text[-6:]}` is read as an offset from UTC",
        At(path, part=(len(written.text) - 6, len(written.text))),
        help=f"if the event ends then, {both}; if the offset is meant, add its zone in brackets",
    )


def _two_times(written: ClockTime, path: Path) -> Refusal:
    """Refuse ``2027-01-03 08:30-10:00``, which people write of a time from 08:30 to 10:00."""
    day, begins, ends = written.text[:10], written.text[11:-6], written.text[-5:]
    both = f"`start: {day}T{begins}` and `end: {day}T{ends}`"
    return Refusal(
        rules.INTERVAL,
        f"`{written}` is two times of a day, or a time with an offset from UTC",
        f"write {both if path[-1] in _SIDES else f'`{day}T{begins}`'}, or for the offset "
        f"`{day}T{written.text[11:]}`",
    )


_SIDES = ("start", "end")
"""The keys of a span."""


def _either_of_two(instant: Instant) -> str:
    """Return how to write a time that the clocks show twice, so that it is only one of the two."""
    first, second = (instant.moment.replace(fold=fold) for fold in (0, 1))
    texts = (
        f"`{moment.isoformat(timespec='seconds' if moment.second else 'minutes')}[{instant.zone}]`"
        for moment in (first, second)
    )
    return "write {} for the first, {} for the second".format(*texts)
