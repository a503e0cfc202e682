"""Report dates that depend on each other in a circle, so that none of them can be resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.compiler.resolve.tree import SERIES_KEYS, edge_path, is_written, series_dates
from timeline.diagnostics import At, Diagnostic, Note, rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.compiler.resolve.tree import Entry
    from timeline.diagnostics import Path

_MAX_NAMES = 10
"""How many of the dates of a circle are named."""

_MAX_NOTES = 5
"""How many of the dates of a circle are shown besides the first."""


def circle_diagnostic(circle: Sequence[tuple[Entry, str]]) -> Diagnostic:
    """Return the diagnostic of a circle: events with the edge that is in it.

    An edge is "start" or "end", or a key of a series whose dates follow the next edge. It is at the
    date that is written first in the file. The end of a point in time is not written: it is its
    start. Nor is the date of a series, where the circle leads through what the series follows.
    """
    written = [index for index in range(len(circle)) if _refers(circle, index)]
    first = min(written, key=lambda index: circle[index][0].path)
    circle = [*circle[first:], *circle[:first]]
    names = [f"{entry.written.id}.{edge}" for entry, edge in circle[:_MAX_NAMES]]
    if (more := len(circle) - _MAX_NAMES) > 0:
        names.append(f"{more:,} more")
    way = " → ".join([*names, names[0]])
    _, *others = [index for index in range(len(circle)) if _refers(circle, index)]
    message, others_or_itself = f"this date depends on itself: {way}", "itself"
    if others:
        message, others_or_itself = f"these dates depend on each other: {way}", "the others"
    help_ = f"write a date that does not refer to {others_or_itself}, or `TBC`"
    if circle[0][1] in SERIES_KEYS:
        help_ = f"write a date that does not follow from `{circle[0][0].written.id}`"
    return Diagnostic(
        rules.CIRCLE,
        message,
        At(_path(circle, 0)),
        help=help_,
        notes=tuple(_note(circle, index) for index in others[:_MAX_NOTES]),
    )


def _note(circle: Sequence[tuple[Entry, str]], index: int) -> Note:
    entry, edge = circle[index]
    return Note(f"`{entry.written.id}.{edge}` is here", At(_path(circle, index)))


def _refers(circle: Sequence[tuple[Entry, str]], index: int) -> bool:
    """Return whether the file has a date for a side of a circle that leads to the next one."""
    (entry, edge), (other, next_edge) = circle[index], circle[(index + 1) % len(circle)]
    return is_written(entry, edge) and not (entry is other and next_edge in SERIES_KEYS)


def _path(circle: Sequence[tuple[Entry, str]], index: int) -> Path:
    """Return where a side of a circle is written."""
    (entry, edge), (other, next_edge) = circle[index], circle[(index + 1) % len(circle)]
    if edge not in SERIES_KEYS:
        return edge_path(entry, edge)
    return next(
        path
        for path, date in series_dates(entry, edge)
        if (date.anchor, date.edge) == (other.written.id, next_edge)
    )
