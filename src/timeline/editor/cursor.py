"""Find the value that a cursor is in, in YAML that is typed and need not be complete.

A line is below those that are less indented. The text is read from one of them only if that leaves
a bracket or a quote open, so that a place in a long file costs no more than one in a short file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from timeline._lazy import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ENTRY = regex(r"""([ \t]*)((?:-(?:[ \t]+|\Z))*)(?:(['"]?)([\w-]+)\3[ \t]*:(?=\s|\Z))?[ \t]*""")
_PROPERTIES = regex(r"(?:[&!]\S*[ \t]+)+")
_BLOCK_SCALAR = regex(r"[|>][-+\d]*[ \t]*(?:#.*)?\Z")
_QUOTED = {"'": regex(r"(?:[^']|'')*'"), '"': regex(r'(?:[^"\\]|\\.)*"')}
_PLAIN = regex(r"(?:[^ \t#]|(?<=\S)#|[ \t]+(?!#))*")
_PLAIN_IN_BRACKETS = regex(
    r"(?:[^ \t#,\[\]{}:]|(?<=[^ \t,\[\]{}])#|:(?![ \t,\[\]{}]|\Z)|[ \t]+(?!#))*"
)


class TypedValue(Struct, frozen=True):
    """The text of a value before the cursor, without its quote, and its key.

    Of an item of a list, the key is that of the list. ``outer`` are the keys that it is below.
    """

    key: str
    text: str
    outer: frozenset[str]


class _Start(Struct):
    """The start of a line: its columns, its key, and the index at which its value begins.

    ``column`` is that of the key, and ``limit`` what a parent must be left of: the key of a list
    may begin in the column of its items.
    """

    column: int
    limit: int
    is_item: bool
    key: str | None
    value: int


class _Reader(Struct):
    """Reads a value up to the cursor, line by line.

    ``brackets`` are those that are open, each with the key of its value, and ``quote`` is an open
    quote. ``key`` is that of a scalar which may begin here, and ``text`` is what is typed of it in
    the last line; they are ``None`` in a key, behind a scalar and in a comment.
    """

    key: str | None
    brackets: list[tuple[str, str | None]] = field(default_factory=list)
    quote: str = ""
    text: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether the value does not end with the line."""
        return bool(self.brackets or self.quote)

    def read(self, line: str) -> None:
        """Read the next line, from its value."""
        at, self.text = 0, "" if self.quote == "" else None
        if self.quote:
            at = self._quoted(line, 0)
        while at < len(line):
            character = line[at]
            if character == "#" and (at == 0 or line[at - 1] in " \t"):
                self.text = None
                return
            if character in " \t":
                at += 1
            elif character in "[{" and self.text is not None:
                self.brackets.append((character, self.key))
                self.key = self.key if character == "[" else None
                at, self.text = at + 1, ""
            elif self.brackets and character in "]},:":
                self._indicator(character)
                at += 1
                if character == ":" and at == len(line):
                    self.text = None  # a space belongs before the value
            elif character in _QUOTED and self.text is not None:
                self.quote = character
                at = self._quoted(line, at + 1)
            else:
                at = self._plain(line, at)

    def _indicator(self, character: str) -> None:
        """Read a closing bracket, a comma or a colon within brackets."""
        bracket, key = self.brackets[-1]
        if character in "]}":
            self.brackets.pop()
            self.key, self.text = key, None
        elif character == ",":
            self.key, self.text = key if bracket == "[" else None, ""
        else:
            self.text = ""

    def _quoted(self, line: str, at: int) -> int:
        match = _QUOTED[self.quote].match(line, at)
        if match is None:
            self.text = line[at:] if self.text is not None else None
            return len(line)
        self.quote = ""
        return self._end(line, match.end(), line[at : match.end() - 1])

    def _plain(self, line: str, at: int) -> int:
        match = (_PLAIN_IN_BRACKETS if self.brackets else _PLAIN).match(line, at)
        end = max(match.end() if match else at, at + 1)
        if end == len(line):
            self.text = line[at:] if self.text is not None else None
            return end
        return self._end(line, end, line[at:end].rstrip())

    def _end(self, line: str, end: int, scalar: str) -> int:
        """End a scalar, which is a key within brackets if a colon follows."""
        self.text = None
        if self.brackets and line[end:].lstrip()[:1] == ":":
            self.key = scalar
        return end


def typed_value(lines: Sequence[str], line: int, column: int) -> TypedValue | None:
    """Return the value at a cursor; ``None`` where there is none, as in a key or a comment.

    Lines and columns count from 1.
    """
    before = lines[line - 1][: column - 1] if line <= len(lines) else ""
    keys: list[str] = []
    for number in reversed([*_above(lines[: line - 1], before)]):
        start = _start(lines[number])
        value = lines[number][start.value :]
        if _BLOCK_SCALAR.match(value):
            return None
        reader = _Reader(start.key or (keys[-1] if keys else None))
        reader.read(value)
        if reader.is_open:
            for text in (*lines[number + 1 : line - 1], before):
                reader.read(text.lstrip())
            return _typed(reader, keys)
        if start.key is not None:
            keys.append(start.key)
    start = _start(before)
    value = before[start.value :]
    is_value = start.is_item or start.key is not None or value.startswith("{")
    if not is_value or before.endswith(":") or (before.endswith("-") and not value):
        return None
    reader = _Reader(start.key or (keys.pop() if keys else None))
    reader.read(value)
    return _typed(reader, keys)


def _typed(reader: _Reader, keys: Sequence[str]) -> TypedValue | None:
    if reader.key is None or reader.text is None:
        return None
    outer = {*keys, *(key for _, key in reader.brackets if key is not None)}
    return TypedValue(reader.key, reader.text, frozenset(outer - {reader.key}))


def _above(lines: Sequence[str], before: str) -> Iterator[int]:
    """Yield the indices of the lines that a line is below, by indentation, the nearest first."""
    limit = _start(before).limit
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if line[: limit + 1].isspace() or not line.strip() or line.lstrip().startswith("#"):
            continue
        start = _start(line)
        if start.column < limit:
            yield number
        if start.column < limit or (start.column == limit and start.limit < limit):
            limit = start.limit


def _start(line: str) -> _Start:
    match = _ENTRY.match(line)
    assert match is not None  # noqa: S101 - it matches nothing, too
    indent, column, value = len(match[1]), match.end(2), match.end()
    if properties := _PROPERTIES.match(line, value):
        value = properties.end()
    is_item = bool(match[2])
    return _Start(column, indent + 1 if is_item else column, is_item, match[4], value)
