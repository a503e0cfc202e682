"""Keep the places of values that were refused: no check may draw a conclusion from them.

A value that cannot be read is neither `TBC` nor missing. What the author meant is not known, so
whatever depends on it is not known either, and one error makes one diagnostic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.diagnostics import Path

REFUSED_ZONE: Final = "refused"
"""In place of a time zone that was refused: a time in it is not known."""

TIME_KEYS = ("start", "end", "duration", "timezone", "rrule", "rdate")
"""The keys that state when an event is."""


class Refused:
    """The paths of refused values: keys of an event (``('events', 0, 'start')``), or of the top.

    Of the calendar and an event, the whole may be refused too.
    """

    __slots__ = ("_paths",)

    def __init__(self, paths: Iterable[Path] = ()) -> None:
        self._paths = set(paths)

    def __bool__(self) -> bool:
        return bool(self._paths)

    def __contains__(self, path: Path) -> bool:
        return bool(self._paths) and (path in self._paths or path[:-1] in self._paths)

    def add(self, path: Path) -> None:
        """Add the path of a value that is refused."""
        self._paths.add(path)

    def lacks_events(self) -> bool:
        """Return whether events are missing, or their ids, so that a reference may mean them."""
        return any(path[-1:] == ("events",) or path[-1:] == ("id",) for path in self._paths)


def unread_values(data: Any, truncated: Path | None) -> Iterator[Path]:
    """Yield the paths of empty values, and of those that may follow where the reading ended."""
    calendar = data.get("calendar")
    waiting: list[tuple[Path, Any]] = [((), data), (("calendar",), calendar)]
    while waiting:
        path, mapping = waiting.pop()
        if not isinstance(mapping, dict):
            continue
        yield from ((*path, key) for key, value in mapping.items() if value is None)
        if truncated is not None and truncated[: len(path)] == path:
            yield from ((*path, key) for key in _MAY_FOLLOW if key not in mapping)
        events = mapping.get("events")
        if isinstance(events, list):
            waiting += [((*path, "events", at), event) for at, event in enumerate(events)]


_MAY_FOLLOW = (*TIME_KEYS, "calendar", "language", "sources", "working-days")
