"""Compare two exports of a feed as the calendars of its subscribers do.

A reader knows an event by its UID (and RECURRENCE-ID) and fetches it again when one of its
timestamps moved. So timestamps must move when the content changes, and only then.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from support.content_lines import Component, ContentLine, parse_components

TIMESTAMPS = ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE")
"""What readers compare to see whether an event changed."""

_NOT_CONTENT = (*TIMESTAMPS, "CREATED")


class Key(NamedTuple):
    """What a reader knows a VEVENT by (RFC 5545 3.8.4.4, 3.8.4.7)."""

    uid: str
    recurrence_id: str | None


@dataclass
class Changes:
    """What differs between two feeds. ``faults`` are sentences on what subscribers would miss."""

    added: list[Key] = field(default_factory=list)
    removed: list[Key] = field(default_factory=list)
    changed: list[Key] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def compare_feeds(before: bytes, after: bytes) -> Changes:
    """Return what changed between two feeds of one calendar."""
    old, new = _events(before), _events(after)
    changes = Changes(
        added=[key for key in new if key not in old],
        removed=[key for key in old if key not in new],
    )
    looks = {_appearance(new[key]): key for key in changes.added}
    for key in changes.removed:
        successor = looks.get(_appearance(old[key]))
        if successor:
            changes.faults.append(f"{key.uid}: the same event is now {successor.uid}")
    for key in old:
        if key in new:
            _compare_events(key, old[key], new[key], changes)
    return changes


def _events(feed: bytes) -> dict[Key, Component]:
    components = [inner for component in parse_components(feed, []) for inner in component.within()]
    return {
        Key(event.value("UID") or "", event.value("RECURRENCE-ID")): event
        for event in components
        if event.name == "VEVENT"
    }


def _appearance(event: Component) -> tuple[str | None, ...]:
    return event.value("SUMMARY"), event.value("DTSTART"), event.value("RECURRENCE-ID")


def _compare_events(key: Key, before: Component, after: Component, changes: Changes) -> None:
    def fault(text: str) -> None:
        changes.faults.append(f"{key.uid}: {text}")

    have_moved = [before.value(name) for name in TIMESTAMPS] != [
        after.value(name) for name in TIMESTAMPS
    ]
    if _content(before) != _content(after):
        changes.changed.append(key)
        if not have_moved:
            fault("the content changed, and no timestamp did")
    elif have_moved:
        fault("only the timestamps changed")
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        old, new = before.value(name), after.value(name)
        if old and new and new < old:
            fault(f"{name} went back from {old} to {new}")
    old, new = before.value("SEQUENCE") or "0", after.value("SEQUENCE") or "0"
    if int(new) < int(old):
        fault(f"SEQUENCE went back from {old} to {new}")


def _content(event: Component) -> list[tuple[str, list[ContentLine]]]:
    """Return the properties of an event and its alarms, but for where and when they are written."""
    return [
        (
            component.name,
            sorted(
                (
                    line._replace(number=0)
                    for line in component.lines
                    if line.name not in _NOT_CONTENT
                ),
                key=repr,
            ),
        )
        for component in event.within()
    ]
