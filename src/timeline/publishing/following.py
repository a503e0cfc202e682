"""Report the series of a feed that changed, and which events they follow.

Their own lines in the events file may be as before: they change if another event moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.publishing.ledger import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from timeline.model import Calendar
    from timeline.publishing.ledger import Ledger

_MAX_NAMES = 3
"""How many of the events that a key follows are named."""


def following_notices(path: Path, ledger: Ledger, selected: Calendar) -> Iterator[str]:
    """Yield each series of a feed that has another rule or other dates, and follows other events.

    ``selected`` is the calendar of the feed.
    """
    for event in selected.events:
        follows = event.recurrence.follows if event.recurrence else ()
        if follows and ledger.changes.get((event.uid, None)) is Change.RECURRING:
            yield (
                f"{path}: the recurrence of `{event.id}` changed, so its SEQUENCE rises: "
                f"{_clauses(follows)}"
            )


def _clauses(follows: Iterable[tuple[str, str]]) -> str:
    """Return which key follows which events: ```until` follows `season```."""
    anchors: dict[str, list[str]] = {}
    for key, anchor in follows:
        anchors.setdefault(key, []).append(f"`{anchor}`")
    return ", ".join(f"`{key}` follows {_listed(names)}" for key, names in anchors.items())


def _listed(names: list[str]) -> str:
    if (more := len(names) - _MAX_NAMES) > 0:
        names = [*names[:_MAX_NAMES], f"{more:,} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
