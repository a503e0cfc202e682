"""Report dates that depend on each other in a circle, so that none of them can be resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.compiler.resolve.tree import edge_path, is_written
from timeline.diagnostics import At, Diagnostic, Note, rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.compiler.resolve.tree import Entry

_MAX_NAMES = 10
"""How many of the dates of a circle are named."""

_MAX_NOTES = 5
"""How many of the dates of a circle are shown besides the first."""


def circle_diagnostic(circle: Sequence[tuple[Entry, str]]) -> Diagnostic:
    """Return the diagnostic of a circle: events with the edge, "start" or "end", that is in it.

    It is at the date that is written first in the file. The end of a point in time is not written:
    it is its start.
    """
    written = [index for index, side in enumerate(circle) if is_written(*side)]
    first = min(written, key=lambda index: circle[index][0].path)
    circle = [*circle[first:], *circle[:first]]
    names = [f"{entry.written.id}.{edge}" for entry, edge in circle[:_MAX_NAMES]]
    if (more := len(circle) - _MAX_NAMES) > 0:
        names.append(f"{more:,} more")
    way = " → ".join([*names, names[0]])
    here, *others = [side for side in circle if is_written(*side)]
    if not others:
        return Diagnostic(
            rules.CIRCLE,
            f"this date depends on itself: {way}",
            At(edge_path(*here)),
            help="write a date that does not refer to itself, or `TBC`",
        )
    return Diagnostic(
        rules.CIRCLE,
        f"these dates depend on each other: {way}",
        At(edge_path(*here)),
        help="write a date that does not refer to the others, or `TBC`",
        notes=tuple(
            Note(f"`{entry.written.id}.{edge}` is here", At(edge_path(entry, edge)))
            for entry, edge in others[:_MAX_NOTES]
        ),
    )
