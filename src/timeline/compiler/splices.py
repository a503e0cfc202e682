"""Compose the fixes of several rounds into edits of the text that the file had before.

A fix is a range of the text as it was in its round. The edits of a report are ranges of the text
that its reader has, so later ranges are followed back through the earlier fixes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Splice(NamedTuple):
    """A range of a text, indices of characters with an exclusive end, and what replaces it."""

    start: int
    end: int
    text: str


class _Piece(NamedTuple):
    """A range of the original text, and what stands there now; ``None`` if it is unchanged."""

    start: int
    end: int
    text: str | None

    @property
    def length(self) -> int:
        return self.end - self.start if self.text is None else len(self.text)

    def split(self, length: int) -> tuple[_Piece, _Piece]:
        """Return the first characters as they are now, and the others."""
        if self.text is None:
            middle = self.start + length
            return _Piece(self.start, middle, None), _Piece(middle, self.end, None)
        first = _Piece(self.start, self.end, self.text[:length])
        return first, _Piece(self.end, self.end, self.text[length:])


class Splices:
    """The changes of one text, from the original to what it is now."""

    def __init__(self, original: str) -> None:
        self._original = original
        self._pieces = [_Piece(0, len(original), None)]

    def apply(self, splices: Iterable[Splice]) -> None:
        """Apply splices of the text as it is now, no two of which overlap."""
        rest = _Rest(self._pieces)
        changed: list[_Piece] = []
        for splice in sorted(splices):
            changed += rest.take(splice.start - rest.place)
            removed = rest.take(splice.end - splice.start)
            start = removed[0].start if removed else rest.original_place()
            changed.append(_Piece(start, removed[-1].end if removed else start, splice.text))
        self._pieces = [*changed, *rest.all()]

    def edits(self) -> list[Splice]:
        """Return the splices of the original text, in its order; neighbours are joined.

        One that changes nothing is left out, unless it is the whole text: its bytes are others.
        """
        edits: list[Splice] = []
        for piece in self._pieces:
            if piece.text is None:
                continue
            if edits and edits[-1].end == piece.start:
                last = edits.pop()
                edits.append(Splice(last.start, piece.end, last.text + piece.text))
            else:
                edits.append(Splice(*piece[:2], piece.text))
        original = self._original
        return [
            edit
            for edit in edits
            if original[edit.start : edit.end] != edit.text or edit[:2] == (0, len(original))
        ]


class _Rest:
    """The pieces that are not taken yet; ``place`` is where they begin in the current text."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self._pieces = pieces[::-1]
        self._end = pieces[-1].end
        self.place = 0

    def take(self, length: int) -> list[_Piece]:
        """Take the next characters."""
        self.place += length
        taken: list[_Piece] = []
        while length > 0:
            piece = self._pieces.pop()
            if piece.length > length:
                piece, later = piece.split(length)
                self._pieces.append(later)
            taken.append(piece)
            length -= piece.length
        return taken

    def original_place(self) -> int:
        """Return where the next character is in the original text, or its end."""
        return self._pieces[-1].start if self._pieces else self._end

    def all(self) -> Iterator[_Piece]:
        """Yield what is left."""
        return reversed(self._pieces)


def splices_of_lines(before: str, after: str) -> list[Splice]:
    """Return how a text changes into another one.

    Where the number of lines is the same, each line that differs is a splice.
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if len(old) != len(new):
        old, new = [before], [after]
    place, splices = 0, []
    for old_line, new_line in zip(old, new, strict=True):
        if old_line != new_line:
            splices.append(_trimmed(place, old_line, new_line))
        place += len(old_line)
    return splices


def _trimmed(place: int, old: str, new: str) -> Splice:
    """Return the splice of two texts without what they have in common at both ends."""
    first, most = 0, min(len(old), len(new))
    while first < most and old[first] == new[first]:
        first += 1
    last = 0
    while last < most - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return Splice(place + first, place + len(old) - last, new[first : len(new) - last])
