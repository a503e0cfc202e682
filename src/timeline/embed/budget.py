"""Limit what all timelines of a document cost: the events they select from, and their text.

A document of 2 MiB has room for 30,000 timelines, and each of them may name an events file with
100,000 events. So both numbers are limited together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline._limits import MAX_DOCUMENT, MAX_EMBEDDED
from timeline.dates import RuleBudget
from timeline.diagnostics import Diagnostic, Searches, rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.diagnostics import Span
    from timeline.model import Calendar, Event

_TIMELINE = 100
"""What a timeline counts as, besides its events: to read its options takes 200 µs."""

_SERIES = 50
"""What a recurring event counts as: to find its instances takes up to 100 µs, an event 2."""


class EmbeddingBudget:
    """What is left of the events to select from, and of the text, for a document or a page.

    ``searches`` are those for similar words in its options, ``steps`` those through rules, and
    ``files`` the nearest events files by folder, each of which is looked for once.
    """

    def __init__(self) -> None:
        self.searches = Searches()
        self.steps = RuleBudget()
        self.files: dict[str, str] = {}
        self._timelines = self._most = self._counted = self._length = 0
        self._counts: dict[int, tuple[Calendar, int]] = {}

    @property
    def is_spent(self) -> bool:
        """Whether another timeline would be too much."""
        return self._length > MAX_DOCUMENT or (self._timelines > 1 and self._counted > MAX_EMBEDDED)

    def check_selection(self, calendar: Calendar, at: Span) -> Diagnostic | None:
        """Count a timeline that selects from a calendar; report it if that is too much.

        A single timeline is never too much: it costs what an export does.
        """
        if id(calendar) not in self._counts:
            self._counts[id(calendar)] = calendar, _TIMELINE + sum(map(_count, calendar.events))
        self._timelines += 1
        self._most = max(self._most, len(calendar.events))
        self._counted += self._counts[id(calendar)][1]
        if not self.is_spent:
            return None
        return Diagnostic(
            rules.TOO_LARGE,
            f"{self._timelines:,} timelines of up to {self._most:,} events are {self._counted:,} "
            f"to select from, expected at most {MAX_EMBEDDED:,}",
            at,
            help="put some of the timelines into another document, or split the events file",
        )

    def join_text(self, chunks: Iterable[bytes], at: Span) -> str | Diagnostic:
        """Return the text of a timeline, or report it if the document becomes too large."""
        joined: list[bytes] = []
        for chunk in chunks:
            self._length += len(chunk)
            if self._length > MAX_DOCUMENT:
                return too_large_document(at)
            joined.append(chunk)
        return b"".join(joined).decode()


def too_large_document(at: Span) -> Diagnostic:
    """Report that a document would become larger than one that can be read."""
    return Diagnostic(
        rules.TOO_LARGE,
        f"the document would be larger than {MAX_DOCUMENT // 2**20} MiB with this timeline",
        at,
        help="select fewer events with `category`, `from` or `to`",
    )


def _count(event: Event) -> int:
    """Return what an event counts as: a series for more, and for each of its dates."""
    series = event.recurrence
    if series is None:
        return 1
    return _SERIES + len(series.rdate) + len(series.exdate) + len(event.overrides)
