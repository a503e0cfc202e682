"""Say which events moved only because another event did.

The cause is an anchor that both versions of the file name. Nothing is guessed from dates that moved
by the same number of days.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.changes.dates import moved_edges, zones_of
from timeline.changes.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.changes.kinds import EventChange
    from timeline.model import Anchor, AnchoredDates


def with_causes(
    changes: Sequence[EventChange],
    before: Mapping[str, AnchoredDates],
    after: Mapping[str, AnchoredDates],
) -> Iterator[EventChange]:
    """Yield the changes, each event that only followed with the anchor that moved it.

    An event follows if its dates are written as before, ``rally.end - 2 days`` both times. Of
    several anchors that moved, its cause is one with the fewest events between it and an event
    that moved by itself, so that no two events are causes of each other.
    """
    if not before or not after:
        yield from changes
        return
    by_uid = {change.uid: change for change in changes}
    anchors = {
        uid: [anchor for anchor in after[uid].anchors if _has_moved(anchor, by_uid)]
        for uid, change in by_uid.items()
        if _may_follow(change) and _is_written_alike(change, before, after)
    }
    causes = _nearest_causes(by_uid, anchors)
    for change in changes:
        cause = causes.get(change.uid)
        yield change if cause is None else replace(change, cause=cause)


def _nearest_causes(
    changes: Mapping[str, EventChange], anchors: Mapping[str, Sequence[Anchor]]
) -> dict[str, Anchor]:
    """Return the causes of events, beginning with those of events that moved by themselves."""
    followers: dict[str, list[tuple[str, Anchor]]] = {}
    for uid, moved in anchors.items():
        for anchor in moved:
            followers.setdefault(anchor.uid, []).append((uid, anchor))
    causes: dict[str, Anchor] = {}
    waiting = deque(uid for uid in changes if not anchors.get(uid))
    while waiting:
        for uid, anchor in followers.pop(waiting.popleft(), []):
            if uid not in causes:
                causes[uid] = anchor
                waiting.append(uid)
    return causes


def _may_follow(change: EventChange) -> bool:
    return change.is_of_dates or (change.before is not None and Kind.RECURRENCE in change.kinds)


def _is_written_alike(
    change: EventChange, before: Mapping[str, AnchoredDates], after: Mapping[str, AnchoredDates]
) -> bool:
    """Return whether the dates are written as before, times in the same zone."""
    old, new = before.get(change.uid), after.get(change.uid)
    if old is None or new is None or old.written != new.written:
        return False
    return old.zone == new.zone or not any(zones_of(change.event.when))


def _has_moved(anchor: Anchor, changes: Mapping[str, EventChange]) -> bool:
    """Return whether the start or the end that an anchor names is another one than before."""
    change = changes.get(anchor.uid)
    if change is None or change.before is None or change.after is None:
        return False
    return anchor.edge in moved_edges(change.before.when, change.after.when)
