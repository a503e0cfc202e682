"""Count the alarms of a file before they are resolved.

Those of a category or of defaults are the alarms of all their events.
"""

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

    An override has its own alarms, or else those of its event and of its own categories. Those of
    defaults are counted for all events, also for those that have others.
    """
    alarms: dict[Path, int] = {
        ("categories", name, "alarms"): len(category.alarms)
        for name, category in timeline.categories.items()
    }
    own = {
        entry.path: number
        for entry in entries
        if entry.written.alarms or entry.written.overrides
        if (number := _own_alarms(entry))
    }
    by_default = {entry.defaults.alarms_path: len(entry.defaults.alarms) for entry in entries}
    if not own and not any(alarms.values()) and not any(by_default.values()):
        return 0, None
    events: Counter[Path] = Counter(
        ("categories", name, "alarms")
        for entry in entries
        for categories in _categories(entry)
        for name in categories
    )
    events.update(entry.defaults.alarms_path for entry in entries for _ in _categories(entry))
    alarms |= by_default
    shared = {path: count * events[path] for path, count in alarms.items()}
    total = sum(own.values()) + sum(shared.values())
    if total <= MAX_ALARMS:
        return total, None
    limit = f"{total:,} reminders in all, expected at most {MAX_ALARMS:,}"
    most: Path = max(shared, key=lambda path: shared[path], default=())
    path: Path = (*max(own, key=lambda path: own[path], default=()), "alarms")
    message = f"the events have {limit}"
    if not own or shared.get(most, 0) > max(own.values()):
        path = most
        whose = f"`{most[1]}`" if most[0] == "categories" else "`defaults`"
        message = f"{events[most]:,} events with the {alarms[most]:,} reminders of {whose}: {limit}"
    help_ = "remove most of the reminders"
    return total, Diagnostic(rules.TOO_LARGE, message, At(path), help=help_)


def _own_alarms(entry: Entry) -> int:
    written = entry.written
    own = written.alarms or ()
    number = len(own)
    if not written.overrides:
        return number
    overrides = (own if o.alarms is None else o.alarms for o in written.overrides)
    return number + sum(map(len, overrides))


def _categories(entry: Entry) -> Iterator[tuple[str, ...]]:
    """Yield the categories of an event, and of each of its overrides."""
    written = entry.written
    categories = entry.categories
    yield categories
    if not written.overrides:
        return
    for item in written.overrides:
        if item.alarms is None:
            own = item.categories
            yield categories if own is None else entry.defaults.with_own(own)
