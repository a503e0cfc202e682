"""Find published events that a feed no longer has, and report them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.diagnostics import MOST
from timeline.formats import line_name, split_component, unescape_text
from timeline.model import END_SUFFIX, omission_reasons, suffixed_uid
from timeline.publishing.ledger import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from timeline.formats import EventKey
    from timeline.model import Calendar
    from timeline.publishing.feed import PublishedFeed
    from timeline.publishing.ledger import Ledger


class Removal(Struct, frozen=True):
    """A published event, or an instance of an event, that is no longer in the feed.

    ``is_in_file`` states whether the events file has the event, ``is_in_feed`` whether the feed
    selects it. Only those that are listed have a ``summary``.
    """

    key: EventKey
    summary: str
    is_in_file: bool
    is_in_feed: bool

    @property
    def name(self) -> str:
        """The name of the event or instance in messages."""
        uid, recurrence_id = self.key
        return f"`{uid}`" if recurrence_id is None else f"the instance {recurrence_id} of `{uid}`"

    @property
    def reason(self) -> str:
        """The clause that states why it is no longer in the feed."""
        if self.key[1] is not None and self.is_in_file:
            return "follows the rule again or no longer exists"
        if not self.is_in_file:
            return "is now removed"
        return "is in the file, but no longer " + ("shown" if self.is_in_feed else "in this feed")


def find_removals(ledger: Ledger, calendar: Calendar, selected: Calendar) -> list[Removal]:
    """Return the published events that are no longer in the feed.

    ``calendar`` is the calendar of the events file, ``selected`` the part that the feed has.
    """
    published, keys = ledger.published, ledger.removed_keys()
    if published is None or not keys:
        return []
    in_file, in_feed = set(possible_uids(calendar)), set(possible_uids(selected))
    return [
        Removal(
            key,
            _summary(published, key) if index < MOST else "",
            key[0] in in_file,
            key[0] in in_feed,
        )
        for index, key in enumerate(keys)
    ]


def possible_uids(calendar: Calendar) -> Iterator[str]:
    """Yield the UIDs that VEVENTs of the events may have, also those of the last day of a span."""
    for event in calendar.events:
        yield event.uid
        yield suffixed_uid(event.uid, END_SUFFIX)


def removal_objection(
    path: Path,
    removals: list[Removal],
    *,
    is_empty: bool,
    is_filtered: bool,
    allow_removal: bool,
    allow_empty: bool,
) -> list[str]:
    """Return the lines that state why a feed must not replace the published one, if it must not."""
    deleted = [removal for removal in removals if not removal.is_in_file]
    if deleted and not allow_removal:
        return [
            *(
                f"{path}: {removal.name} was published and is no longer in the file: "
                f"{removal.summary}"
                for removal in deleted[:MOST]
            ),
            *_more(path, deleted),
            "  to show it as cancelled, restore it with `status: cancelled`",
            "  if its id changed, add the old id to `renamed-from` of the event",
            "  if a `uid` was added to it, remove the `uid`",
            "  to remove it from subscribers' calendars, add --allow-removal",
        ]
    events = f"{len(removals)} event{'' if len(removals) == 1 else 's'}"
    if removals and is_filtered and not allow_removal:
        return [
            f"timeline: {path} has {events} that these filters exclude",
            "  note: its subscribers would lose them",
            "  help: write elsewhere (--name, --output-dir, --stdout), or add --allow-removal",
        ]
    if removals and is_empty and not allow_empty:
        return [
            f"timeline: {path} would have no events",
            "  note: its subscribers' calendars would become empty",
            "  help: if this is intended, add --allow-empty",
        ]
    return []


def removal_notices(path: Path, ledger: Ledger, removals: list[Removal]) -> Iterator[str]:
    """Yield the events that a feed no longer shows, and how many changed only by an update."""
    for removal in removals[:MOST]:
        yield f"{path}: {removal.name} was published and {removal.reason}: {removal.summary}"
    yield from _more(path, removals)
    if widened := ledger.count(Change.WIDER):
        yield (
            f"{path}: {widened} event{'' if widened == 1 else 's'} gained properties that no "
            "published event has, probably after an update of timeline: their timestamps change, "
            "their SEQUENCE does not"
        )


def omission_notices(feeds: Sequence[tuple[Path, Calendar]]) -> Iterator[str]:
    """Yield the events that feeds leave out, each once with its reason.

    An event that another feed shows is named with the feeds that leave it out.
    """
    reasons = [omission_reasons(calendar) for _, calendar in feeds]
    if not any(reasons):
        return
    paths: dict[tuple[str, str], list[Path]] = {}
    shown: set[str] = set()
    for (path, calendar), omitted in zip(feeds, reasons, strict=True):
        shown |= {event.id for event in calendar.events} - omitted.keys()
        for omission in omitted.items():
            paths.setdefault(omission, []).append(path)
    count = len({name for name, _ in paths})
    where = str(feeds[0][0]) if len(feeds) == 1 else "the feeds"
    yield f"left out of {where}: {count} event{'' if count == 1 else 's'}"
    for (name, reason), places in paths.items():
        only = f", in {', '.join(map(str, places))}" if name in shown else ""
        yield f"  {name}: {reason}{only}"


def _more(path: Path, removals: list[Removal]) -> list[str]:
    """Return the line for the removals that are not listed."""
    more = len(removals) - MOST
    return [f"{path}: {more} more published events are no longer shown"] if more > 0 else []


def _summary(published: PublishedFeed, key: EventKey) -> str:
    lines, _ = split_component(published.content(key))
    summaries = [line for line in lines if line_name(line) == "SUMMARY"]
    return unescape_text(summaries[0].partition(":")[2]) if summaries else ""
