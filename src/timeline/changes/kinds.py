"""The kinds of changes, and what is recorded of a changed event."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from timeline.dates import RecurrenceStart
    from timeline.model import Anchor, Calendar, Event, Override


class Kind(StrEnum):
    """How an event changed. Of several kinds, the first in this order names the change."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    """It has another UID, by which subscribers take it for another event, and is else the same."""
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"
    """It was cancelled or postponed, and no longer is."""
    POSTPONED = "postponed"
    MOVED = "moved"
    NARROWED = "narrowed"
    """Its new dates are among those that were possible before."""
    WIDENED = "widened"
    """Its new dates are less precise, and those before are among them."""
    CONFIRMED = "confirmed"
    """Its dates or its status are more certain."""
    UNCONFIRMED = "unconfirmed"
    RECURRENCE = "recurrence"
    """It has another rule, or other added or excepted dates."""
    INSTANCE = "instance"
    """Some of its instances differ from the series in another way than before."""
    RETITLED = "retitled"
    RELOCATED = "relocated"
    DETAILS = "details"


DATE_KINDS = frozenset({Kind.MOVED, Kind.NARROWED, Kind.WIDENED, Kind.CONFIRMED, Kind.UNCONFIRMED})
"""The kinds that say how the dates of an event changed; it has at most one of them."""


class InstanceChange(Struct, frozen=True):
    """An instance of a series that differs from it, before and after; ``None`` where it does not.

    ``recurrence_id`` is the start that the rule gives it.
    """

    recurrence_id: RecurrenceStart
    before: Override | None
    after: Override | None


class EventChange(Struct, frozen=True):
    """How one event changed: an entry of every output.

    ``kinds`` is in the order of `Kind`, and not empty. An event that was added or removed has one
    side. ``fields`` are the details that changed, by the names of the events file. ``cause`` is
    the anchor whose move alone moved its dates.
    """

    kinds: tuple[Kind, ...]
    before: Event | None
    after: Event | None
    instances: tuple[InstanceChange, ...] = ()
    fields: tuple[str, ...] = ()
    cause: Anchor | None = None

    @property
    def kind(self) -> Kind:
        """The kind that names the change."""
        return self.kinds[0]

    @property
    def event(self) -> Event:
        """The event as it is now; a removed one as it was."""
        event = self.after or self.before
        assert event is not None  # noqa: S101 - a change has a side
        return event

    @property
    def uid(self) -> str:
        """The UID that the event has now."""
        return self.event.uid

    @property
    def is_of_dates(self) -> bool:
        """Whether its dates are other ones."""
        return (
            self.before is not None
            and self.after is not None
            and bool(DATE_KINDS.intersection(self.kinds))
        )

    @property
    def only_followed(self) -> bool:
        """Whether another event moved it, and nothing else names the change."""
        return self.cause is not None and (self.kind in DATE_KINDS or self.kind is Kind.RECURRENCE)

    @property
    def reason(self) -> str | None:
        """The author's note on the dates that it had before, if that was added with the change."""
        if self.after is None or self.before is None:
            return None
        known = set(self.before.was)
        return next((was.note for was in self.after.was if was.note and was not in known), None)


class Changes(Struct, frozen=True):
    """All changed events between two calendars, in the order of their dates."""

    before: Calendar
    after: Calendar
    events: tuple[EventChange, ...]

    def __bool__(self) -> bool:
        return bool(self.events)

    def counts(self) -> dict[Kind, int]:
        """Return how many changes each kind names, in the order of `Kind`."""
        kinds = [change.kind for change in self.events]
        return {kind: kinds.count(kind) for kind in Kind if kind in kinds}

    def tree(self) -> Iterator[tuple[int, EventChange]]:
        """Yield every change with its depth: an event that only followed stands below its cause."""
        uids = {change.uid for change in self.events}
        below: dict[str | None, list[EventChange]] = {}
        for change in self.events:
            cause = change.cause.uid if change.cause and change.only_followed else None
            below.setdefault(cause if cause in uids else None, []).append(change)
        waiting = [(0, change) for change in reversed(below.get(None, []))]
        while waiting:
            depth, change = waiting.pop()
            yield depth, change
            waiting += [(depth + 1, other) for other in reversed(below.get(change.uid, []))]

    def selected(self, uids: AbstractSet[str]) -> Changes:
        """Return only the changes of some events, by the UIDs that they have or had."""
        events = (
            change
            for change in self.events
            if any(side and side.uid in uids for side in (change.before, change.after))
        )
        return Changes(self.before, self.after, tuple(events))

    def title_of(self, uid: str) -> str:
        """Return the title that an event has now; its UID if it is in neither calendar."""
        for calendar in (self.after, self.before):
            for event in calendar.events:
                if event.uid == uid:
                    return event.summary
        return uid
