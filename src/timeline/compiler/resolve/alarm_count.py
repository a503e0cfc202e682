"""Count the alarms of a file before they are resolved: a category's are those of all its events."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from timeline._limits import MAX_ALARMS
from timeline.diagnostics import At, Diagnostic, rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.compiler.resolve.tree import Entry
    from timeline.compiler.schema.timeline import Timeline
    from timeline.diagnostics import Path


def count_alarms(timeline: Timeline, entries: Sequence[Entry]) -> tuple[int, Diagnostic | None]:
    """Return how many alarms the events of a file have, and the diagnostic if they are too many.

    An override has its own alarms, or else those of its event and of its own categories.
    """
    alarms = {name: len(category.alarms) for name, category in timeline.categories.items()}
    own = {entry.path: number for entry in entries if (number := _own_alarms(entry))}
    if not own and not any(alarms.values()):
        return 0, None
    events = Counter(
        name for entry in entries for categories in _categories(entry) for name in categories
    )
    shared = {name: count * events[name] for name, count in alarms.items()}
    total = sum(own.values()) + sum(shared.values())
    if total <= MAX_ALARMS:
        return total, None
    limit = f"{total:,} reminders in all, expected at most {MAX_ALARMS:,}"
    category = max(shared, key=lambda name: shared[name], default="")
    path: Path = (*max(own, key=lambda path: own[path], default=()), "alarms")
    message = f"the events have {limit}"
    if not own or shared.get(category, 0) > max(own.values()):
        path = ("categories", category, "alarms")
        message = (
            f"{events[category]:,} events with the {alarms[category]:,} reminders of `{category}`: "
            f"{limit}"
        )
    help_ = "remove most of the reminders"
    return total, Diagnostic(rules.TOO_LARGE, message, At(path), help=help_)


def _own_alarms(entry: Entry) -> int:
    written = entry.written
    number = len(written.alarms)
    if not written.overrides:
        return number
    overrides = (written.alarms if o.alarms is None else o.alarms for o in written.overrides)
    return number + sum(map(len, overrides))


def _categories(entry: Entry) -> Iterator[tuple[str, ...]]:
    """Yield the categories of an event, and of each of its overrides."""
    written = entry.written
    yield written.categories
    if not written.overrides:
        return
    for item in written.overrides:
        if item.alarms is None:
            yield written.categories if item.categories is None else item.categories
