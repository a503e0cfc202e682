"""An open text as its lines, which an editor changes in parts (LSP 3.17, "Text Documents").

Lines end where the protocol says, which is not where Python does. A change takes a time that hardly
depends on the length of the text: the text as a whole is only made when it is analysed.
"""

from __future__ import annotations

import os
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from timeline.editor.columns import characters

if TYPE_CHECKING:
    from timeline.editor.tree import Opened

_ENDS = "\r\n"


class Position(NamedTuple):
    """A line from 0, and the units of the editor in it that are before the position."""

    line: int
    character: int


class Change(NamedTuple):
    """A text in place of what is between two positions; in place of all, without a ``range``."""

    text: str
    range: tuple[Position, Position] | None = None


class OpenText:
    """The text of a file that is open; ``real`` is its path after links are followed.

    ``known`` has the version of the text, as the editor counts them.
    """

    def __init__(self, known: Opened, text: str) -> None:
        self.known, self.real = known, os.path.realpath(known.path)
        self._lines = _split(text)
        self._content: bytes | None = None

    @property
    def content(self) -> bytes:
        """The text in UTF-8; the same object as long as the text does not change."""
        if self._content is None:
            self._content = "".join(self._lines).encode("utf-8", "surrogatepass")
        return self._content

    @property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        return [line.rstrip(_ENDS) for line in self._lines]

    def change(self, change: Change, encoding: str) -> None:
        """Replace a part of the text, or all of it; positions count in the units of an encoding.

        A position behind a line is at its end, and one below the last line is at that of the text.
        """
        self._content = None
        if change.range is None:
            self._lines = _split(change.text)
            return
        first, last = sorted(change.range)
        start, before = self._before(first, encoding)
        end, behind = self._before(last, encoding)
        # With the line above: what comes behind its `\r` may begin with `\n`.
        above = max(start - 1, 0)
        begun = "".join(self._lines[above:start]) + self._lines[start][:before]
        lines = _split(begun + change.text + self._lines[end][behind:])
        if end + 1 < len(self._lines):
            lines.pop()  # it is empty, and not the last one of the text
        self._lines[above : end + 1] = lines

    def _before(self, position: Position, encoding: str) -> tuple[int, int]:
        """Return the index of the line at a position, and how many characters are before it."""
        if position.line >= len(self._lines):
            return len(self._lines) - 1, len(self._lines[-1])
        line = self._lines[position.line].rstrip(_ENDS)
        return position.line, characters(line, position.character, encoding)


def _split(text: str) -> list[str]:
    """Return the lines of a text with their ends; the last one has none, and may be empty."""
    lines = StringIO(text, newline="").readlines()
    if not lines or lines[-1].endswith(("\n", "\r")):
        lines.append("")
    return lines
