"""What the subscribers of a feed would lose, and what whoever exports it should hear of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.formats import line_name, split_component, unescape_text
from timeline.model import omission_reason
from timeline.publishing.ledger import Change

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from timeline.formats import Key
    from timeline.model import Calendar
    from timeline.publishing.feed import Published
    from timeline.publishing.ledger import Ledger


class Removal(Struct, frozen=True):
    """An event, or an instance of one, that was published and is not in the feed any more."""

    key: Key
    summary: str
    is_in_file: bool
    is_in_feed: bool

    @property
    def name(self) -> str:
        """What to call it."""
        uid, recurrence_id = self.key
        return f"`{uid}`" if recurrence_id is None else f"the instance {recurrence_id} of `{uid}`"

    @property
    def why(self) -> str:
        """What became of it."""
        if self.key[1] is not None and self.is_in_file:
            return "is as the rule has it again, or not at all"
        if not self.is_in_file:
            return "is removed"
        return "is in the file, but no longer " + ("drawn" if self.is_in_feed else "in here")


def find_removals(ledger: Ledger, whole: Calendar, shown: Calendar) -> list[Removal]:
    """List what was published and is no longer.

    ``whole`` is the calendar of the file, ``shown`` that of the feed: what is selected of it.
    """
    if ledger.published is None:
        return []
    in_file, in_feed = ({event.uid for event in each.events} for each in (whole, shown))
    found = []
    for key in ledger.lost():
        uids = {key[0], _base(key[0])}
        summary = _summary(ledger.published, key)
        found.append(Removal(key, summary, bool(uids & in_file), bool(uids & in_feed)))
    return found


def removal_objection(
    path: Path,
    lost: list[Removal],
    *,
    is_empty: bool,
    is_filtered: bool,
    removal: bool,
    empty: bool,
) -> list[str]:
    """Say why a feed must not take the place of the published one; nothing where it may.

    ``removal`` and ``empty`` are what the author allows.
    """
    removed = [each for each in lost if not each.is_in_file]
    if removed and not removal:
        return [
            *(
                f"{path}: {each.name} was published and is gone from the file: {each.summary}"
                for each in removed
            ),
            "  to show it as cancelled, put it back with `status: cancelled`",
            "  if it has another id now, add the old one to `renamed-from` of the event",
            "  if `uid` was added to it since, take that away again",
            "  to take it out of their calendars, add --allow-removal",
        ]
    events = f"{len(lost)} event{'' if len(lost) == 1 else 's'}"
    if lost and is_filtered and not removal:
        return [
            f"timeline: {path} has {events} that these filters leave out",
            "  note: its subscribers would lose them",
            "  help: write elsewhere with --name, --output-dir or --stdout, or add --allow-removal",
        ]
    if lost and is_empty and not empty:
        return [
            f"timeline: {path} would have no event left",
            "  note: its subscribers' calendars would become empty",
            "  help: if that is meant, add --allow-empty",
        ]
    return []


def removal_notices(
    path: Path, ledger: Ledger, lost: list[Removal], shown: Calendar
) -> Iterator[str]:
    """Say what a feed does not show, and what moves in it that nobody touched."""
    for each in lost:
        yield f"{path}: {each.name} was published and {each.why}: {each.summary}"
    if omitted := omission_reasons(shown):
        yield f"left out of {path}: {len(omitted)} event{'' if len(omitted) == 1 else 's'}"
    for name, why in omitted.items():
        yield f"  {name}: {why}"
    if widened := ledger.count(Change.WIDER):
        yield (
            f"{path}: {widened} event{'' if widened == 1 else 's'} gained properties that none of "
            "the published ones has, as after an update of timeline: the stamps move, SEQUENCE "
            "does not"
        )


def omission_reasons(calendar: Calendar) -> dict[str, str]:
    """Say of each event that the feed does not show why not, by id."""
    return {event.id: why for event in calendar.events if (why := omission_reason(event))}


def _summary(before: Published, key: Key) -> str:
    lines, _ = split_component(before.content(key))
    summaries = [line for line in lines if line_name(line) == "SUMMARY"]
    return unescape_text(summaries[0].partition(":")[2]) if summaries else ""


def _base(uid: str) -> str:
    """Give the UID of the event whose last day was drawn by itself; ids have no dots."""
    name, at, domain = uid.rpartition("@")
    return name.removesuffix(".end") + at + domain
