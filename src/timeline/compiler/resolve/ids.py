"""Look up the ids that events, feeds and dates refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.diagnostics import Refusal, nearest, rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.compiler.resolve.tree import Entry


class EventIds:
    """The events of a file by id, and the ids that they had before.

    Of two events with one id, a reference means the first.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: dict[str, Entry] = {}
        self._renamed: dict[str, str] = {}
        for entry in entries:
            self._entries.setdefault(entry.written.id, entry)
            for old in entry.written.renamed_from:
                self._renamed.setdefault(old, entry.written.id)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def get(self, name: str) -> Entry | None:
        """Return the event with an id, ``None`` where there is none."""
        return self._entries.get(name)

    def unknown(self, name: str, part: tuple[int, int] | None = None) -> Refusal:
        """Return the refusal of an id that no event has, with the id that may be meant.

        ``part`` is the range of the id in the text that names it.
        """
        if name in self._renamed:
            help_ = f"it is now called `{self._renamed[name]}`"
        elif near := nearest(name, self._entries):
            help_ = f"did you mean `{near}`?"
        else:
            help_ = "write the `id` of an existing event"
        return Refusal(rules.UNKNOWN_EVENT, f"no event is called `{name}`", help_, part)
