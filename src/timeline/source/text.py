"""Decode bytes into characters with places: encoding, size, and forbidden characters.

YAML 1.2 (5.1, 5.2) allows UTF-16 and UTF-32, C1 controls and three more line breaks. We do not:
editors count such lines differently, and a control character breaks calendar apps that split
a feed naively. Forbidden characters are replaced and reading goes on, so that a run reports every
error.
"""

from __future__ import annotations

import codecs
from array import array
from bisect import bisect_right
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline.diagnostics import Diagnostic, Note, Span, rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.diagnostics import Edit

MAX_REPORTED = 20
"""How many control characters are reported one by one: a binary file has thousands."""

REPLACEMENT = "\ufffd"

INVISIBLE = "\u200b\u200c\u200d\u2060"
"""Spaces and joiners without a width."""

_BREAK = regex(r"\r\n|\r|\n")

_FORBIDDEN = (
    *map(chr, (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20))),  # C0 except tab, LF and CR
    *map(chr, range(0x7F, 0xA0)),  # DEL, and C1 with U+0085
    *("\u2028", "\u2029"),  # line breaks for some readers, characters for others
    "\ufeff",  # a byte order mark, which is dropped at the start only
    *("\ufffe", "\uffff"),  # not characters
)
DIRECTION_CHANGES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Embeddings and overrides, which U+202C ends, and isolates, which U+2069 ends (UAX 9)."""

_FIRST_BYTES = frozenset(sign.encode()[0] for sign in (*_FORBIDDEN, *DIRECTION_CHANGES))
_SURROGATES = "\ud800-\udfff"  # not characters either; UTF-8 has none, but an escape may

FORBIDDEN_IN_FILE = regex(f"[{''.join(_FORBIDDEN)}{_SURROGATES}]")
# A value has no lone CR of its own: libyaml folds one in the file to LF, so it was written "\r".
FORBIDDEN_IN_VALUE = regex(f"[\r{''.join(_FORBIDDEN)}{_SURROGATES}]")


def has_any(text: str, characters: Iterable[str]) -> bool:
    """Return whether a text has any of some rare characters: faster than a pattern."""
    return any(character in text for character in characters)


# Longest first: the mark of UTF-32-LE begins with that of UTF-16-LE.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Without a mark, by where the zero bytes of the first character or two are (YAML 1.2, 5.2).
_ZEROS = {
    (False, True, True, True): "utf-32-le",
    (True, True, True, False): "utf-32-be",
    (False, True, False, True): "utf-16-le",
    (True, False, True, False): "utf-16-be",
}


class SourceText:
    """The characters of one file. Indices count from 0, lines and columns from 1.

    ``raw`` is the text as written and ``clean`` the text for the parser, of equal length, with
    U+FFFD for forbidden characters. ``is_cut`` is set if the rest of the file is missing, which is
    too large, or has so many of them that it is not a text. ``mark`` is its byte order mark,
    ``None`` if its bytes are not UTF-8. ``is_plain`` is set if it is known to have neither
    forbidden characters nor any that change the direction of writing.
    """

    __slots__ = ("_last", "_starts", "clean", "is_cut", "is_plain", "mark", "name", "raw")

    def __init__(
        self,
        name: str,
        raw: str,
        *,
        is_cut: bool = False,
        mark: bytes | None = b"",
        is_plain: bool = False,
    ) -> None:
        self.name = name
        self.is_plain = is_plain
        self.is_cut = is_cut
        self.mark = mark
        self.raw = raw
        # A file of 40 MB is in memory once, not twice.
        is_clean = is_plain or not has_any(raw, _FORBIDDEN)
        self.clean = raw if is_clean else FORBIDDEN_IN_FILE.sub(REPLACEMENT, raw)
        self._starts: array[int] | None = None
        self._last: tuple[int, str] | None = None

    @property
    def starts(self) -> array[int]:
        """The index at which each line begins."""
        if self._starts is None:
            # Four bytes a line: a file of nothing but line breaks would fill gigabytes otherwise.
            self._starts = array("I", [0])
            self._starts.extend(line_break.end() for line_break in _BREAK.finditer(self.clean))
        return self._starts

    def line(self, number: int) -> str | None:
        """Return a line as written, without its end; ``None`` where the file has no such line."""
        starts = self.starts
        if not 1 <= number <= len(starts):
            return None
        if self._last is None or self._last[0] != number:
            # A thousand errors in one line of megabytes would cut it out a thousand times.
            end = starts[number] if number < len(starts) else len(self.raw)
            self._last = number, self.raw[starts[number - 1] : end].rstrip("\r\n")
        return self._last[1]

    def place(self, index: int) -> tuple[int, int]:
        """Return line and column of an index."""
        line = bisect_right(self.starts, index)
        return line, index - self.starts[line - 1] + 1

    def index(self, line: int, column: int) -> int:
        """Return the index of a line and a column."""
        return self.starts[line - 1] + column - 1

    def span(self, start: int, end: int) -> Span:
        """Return the place of ``[start, end)``."""
        return Span(self.name, *self.place(start), *self.place(max(start, end)))

    def line_end(self, index: int) -> int:
        """Return where the line of ``index`` ends, its line break excluded."""
        # By the index of lines: a search would make a file of one long line cost its square.
        line = self.place(index)[0]
        if line == len(self.starts):
            return len(self.clean)
        end = self.starts[line] - 1
        return end - 1 if self.clean[end - 1 : end + 1] == "\r\n" else end

    def line_start(self, index: int) -> int:
        """Return where the line of ``index`` begins."""
        return self.starts[self.place(index)[0] - 1]


def with_edits(text: SourceText, edits: Iterable[Edit]) -> str:
    """Return a text with some edits, of which no two overlap."""
    pieces, place = list[str](), 0
    for edit in sorted(edits, key=attrgetter("at")):
        start = text.index(edit.at.line, edit.at.column)
        pieces += [text.raw[place:start], edit.text]
        place = text.index(edit.at.end_line, edit.at.end_column)
    return "".join([*pieces, text.raw[place:]])


def decode_text(
    content: bytes, name: str, *, most: int | None = None
) -> tuple[SourceText, list[Diagnostic]]:
    """Return the text of UTF-8 bytes, with or without a byte order mark, and its diagnostics.

    Another encoding is reported once and then decoded. The first byte that is not UTF-8 is
    reported, and all such bytes are replaced, as are control characters. The text is cut after
    ``most`` control characters.
    """
    if (other := other_encoding(content)) is not None:
        text = _text(name, content.decode(other, "replace").removeprefix("\ufeff"), most, None)
        written = other.removesuffix("-le").removesuffix("-be").upper()
        return text, [_not_utf8(text.span(0, 1), f"the file is {written}, expected UTF-8")]
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    content = content.removeprefix(mark)
    try:
        # A byte is found at a fraction of the cost of a character, and most files have none here.
        is_plain = not any(first in content for first in _FIRST_BYTES)
        text = _text(name, content.decode(), most, mark, is_plain=is_plain)
    except UnicodeDecodeError as problem:
        text = _text(name, content.decode(errors="replace"), most, None)
        start = len(content[: problem.start].decode())
        return text, [_bad_byte(text.span(start, start + 1), content[problem.start])]
    return text, _control_characters(text)


def _text(
    name: str, raw: str, most: int | None, mark: bytes | None, *, is_plain: bool = False
) -> SourceText:
    text = SourceText(name, raw, mark=mark, is_plain=is_plain)
    if most is None or text.clean is raw:
        return text
    limit = next(islice(FORBIDDEN_IN_FILE.finditer(raw), most, None), None)
    return text if limit is None else SourceText(name, raw[: limit.start()], is_cut=True, mark=mark)


def other_encoding(content: bytes) -> str | None:
    """Return UTF-16 or UTF-32, if bytes are text in it; ``None`` for any other encoding."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding
    if len(content) < 4:
        return None
    first, second, third, fourth = (byte == 0 for byte in content[:4])
    return _ZEROS.get((first, second, third, fourth))


def _not_utf8(at: Span, message: str) -> Diagnostic:
    return Diagnostic(rules.ENCODING, message, at, help="save the file as UTF-8")


def _bad_byte(at: Span, byte: int) -> Diagnostic:
    # Western Windows is where most such files come from; five of its bytes mean nothing.
    guess = bytes([byte]).decode("cp1252", "replace")
    guessed = "" if guess == REPLACEMENT else f"; in Windows-1252 this byte is `{guess}`"
    return Diagnostic(
        rules.ENCODING,
        f"the byte 0x{byte:02X} is not UTF-8",
        at,
        help=f"save the file as UTF-8{guessed}",
    )


def _control_characters(text: SourceText) -> list[Diagnostic]:
    if text.clean is text.raw:
        return []
    indices = [match.start() for match in FORBIDDEN_IN_FILE.finditer(text.raw)]
    more = len(indices) - MAX_REPORTED
    notes = (Note(f"the file has {more:,} more of them"),) if more > 0 else ()
    if text.is_cut:
        notes = (
            Note(f"the file has more than {len(indices):,} of them, so it may not be a text file"),
        )
    return [
        control_character(
            text.raw[index],
            text.span(index, index + 1),
            notes=notes if count == MAX_REPORTED else (),
        )
        for count, index in enumerate(indices[:MAX_REPORTED], 1)
    ]


def control_character(character: str, at: Span, *, notes: tuple[Note, ...] = ()) -> Diagnostic:
    """Report a character that is not allowed in a text."""
    return Diagnostic(
        rules.CONTROL_CHARACTER,
        f"the character U+{ord(character):04X} is not allowed in a text",
        at,
        help="delete it, or put a line break in its place"
        if character in "\x0b\x0c\x85\u2028\u2029\r"
        else "delete it",
        notes=notes,
    )
