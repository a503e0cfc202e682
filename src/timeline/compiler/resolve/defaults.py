"""Find what applies to the events of each file: its defaults, and those of what includes it.

For each key, the item of ``include`` comes before the included file, that before the files that
include it, and the main file last. Categories are added up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from timeline.compiler.schema.refused import REFUSED_ZONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.compiler.schema.defaults import DefaultsEntry
    from timeline.compiler.schema.refused import Refused
    from timeline.compiler.schema.timeline import Timeline
    from timeline.dates import WrittenAlarm
    from timeline.diagnostics import Path

Layers = tuple[int, ...]
"""The indices in ``include`` of what applies to the events of a file, nearest first."""


class Defaults(Struct, frozen=True):
    """What an event has if it does not have the key itself, and the place of the alarms."""

    timezone: str | None = None
    location: str | None = None
    categories: tuple[str, ...] = ()
    transparency: str | None = None
    alarms: tuple[WrittenAlarm, ...] = ()
    alarms_path: Path = ()

    def with_own(self, categories: tuple[str, ...]) -> tuple[str, ...]:
        """Return categories with those of the defaults after them, each once."""
        if not self.categories:
            return categories
        return tuple(dict.fromkeys((*categories, *self.categories)))


NO_DEFAULTS: Final = Defaults()


def find_defaults(timeline: Timeline, layers: Layers, refused: Refused) -> Defaults:
    """Return the defaults of the events of a file; its time zone may be `REFUSED_ZONE`."""
    if timeline.defaults is None and not layers and not refused:
        return NO_DEFAULTS
    zone = location = transparency = None
    alarms: tuple[WrittenAlarm, ...] | None = None
    alarms_path: Path = ()
    categories: dict[str, None] = {}
    for path, entry, added in _entries(timeline, layers):
        categories |= dict.fromkeys(added)
        if zone is None and refused and (*path, "timezone") in refused:
            zone = REFUSED_ZONE
        if entry is None:
            continue
        zone = zone or entry.timezone
        location = location or entry.location
        transparency = transparency or entry.transparency
        categories |= dict.fromkeys(entry.categories)
        if alarms is None and entry.alarms is not None:
            alarms, alarms_path = entry.alarms, (*path, "alarms")
    return Defaults(zone, location, tuple(categories), transparency, alarms or (), alarms_path)


def _entries(
    timeline: Timeline, layers: Layers
) -> Iterator[tuple[Path, DefaultsEntry | None, Sequence[str]]]:
    """Yield the defaults and the added categories of each layer, with the path of the defaults."""
    for index in layers:
        if index < len(timeline.include):  # else there are more errors than are shown
            item = timeline.include[index]
            yield ("include", index, "defaults"), item.defaults, item.categories
    yield ("defaults",), timeline.defaults, ()


def listed_categories(timeline: Timeline) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Yield each list of categories in defaults and in items of ``include``, with its path."""
    for index, item in enumerate(timeline.include):
        yield ("include", index, "categories"), item.categories
        if item.defaults is not None:
            yield ("include", index, "defaults", "categories"), item.defaults.categories
    if timeline.defaults is not None:
        yield ("defaults", "categories"), timeline.defaults.categories
