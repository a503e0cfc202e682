"""The lines of a text as editors count them, and where they are in another version of the text."""

from __future__ import annotations

from itertools import takewhile
from operator import eq
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline._lazy import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BREAK = regex(r"\r\n|\r|\n")


class LineMap(Struct, frozen=True):
    """Where the lines of a text are in another one: those above and below the changed ones.

    ``above`` and ``below`` are how many lines are the same at the start and at the end, and
    ``count`` and ``other_count`` are the numbers of all lines.
    """

    above: int
    below: int
    count: int
    other_count: int

    def same(self, number: int) -> int | None:
        """Return the number of the same line in the other text; ``None`` if it has changed."""
        if number <= self.above:
            return number
        if self.count - self.below < number <= self.count:
            return number + self.other_count - self.count
        return None

    def nearest(self, number: int) -> int | None:
        """Return the number of the line, which may have changed; ``None`` if others are there."""
        return number if self.count == self.other_count else self.same(number)

    @property
    def last_changed(self) -> int:
        """The number of the last line in the other text that is not the same."""
        return self.other_count - self.below


def map_lines(lines: Sequence[str], others: Sequence[str]) -> LineMap:
    """Return where the lines of a text are in another one."""
    above = _count_same(lines, others)
    shorter = min(len(lines), len(others)) - above
    below = min(shorter, _count_same(reversed(lines), reversed(others)))
    return LineMap(above, below, len(lines), len(others))


def split_lines(text: str) -> list[str]:
    """Return the lines of a text as editors count them (LSP 3.17, "Text Documents")."""
    return _BREAK.split(text)


def _count_same(lines: Iterable[str], others: Iterable[str]) -> int:
    return sum(1 for _ in takewhile(bool, map(eq, lines, others)))
