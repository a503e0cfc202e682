"""Keep the files of a timeline while they are fixed in memory.

As a document, a file takes eight times as much memory as its bytes. What it contains after it is
fixed is another document, so there is one at a time, and of the text before only what was replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.compiler.splices import Splice, Splices, splices_of_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.source import Document, SourceText


class Draft:
    """The files of a timeline, which are changed in steps, and read when they are asked for.

    A file is kept either in the document or as its contents. Nothing is written. With
    ``keeps_splices``, it can tell how the texts have changed.
    """

    def __init__(self, document: Document, *, keeps_splices: bool = False) -> None:
        assert document.read_again is not None  # noqa: S101 - a document of a text is not fixed
        self._read_again = document.read_again
        self._document: Document | None = document
        self._contents: dict[str, bytes] = {}
        self._steps: list[_Step] = []
        self._keeps_splices = keeps_splices
        self._first_texts: dict[str, str] = {}

    @property
    def document(self) -> Document:
        """The files as they are read; the bytes of one that was read stay, for it may be a pipe."""
        if self._document is None:
            self._document = self._read_again(self._contents)
            for name in self._document.names_as_read():
                self._contents.pop(name, None)
        return self._document

    @property
    def contents(self) -> dict[str, bytes]:
        """The bytes of all files that were read to their ends, also of those with errors."""
        as_read = {} if self._document is None else self._document.as_read()
        return {**self._contents, **as_read}

    @property
    def size(self) -> int:
        """The number of bytes of all these files."""
        return sum(map(len, self.contents.values()))

    @property
    def count(self) -> int:
        """The number of changes."""
        return sum(len(changes) for step in self._steps for changes in step.back.values())

    @property
    def after(self) -> dict[str, bytes]:
        """The contents of the files that have changed."""
        contents = self.contents
        return {name: contents[name] for step in self._steps for name in step.back}

    @property
    def before(self) -> dict[str, bytes]:
        """The contents of these files before they were changed."""
        return _undone(self.after, self._steps)

    def splices(self) -> dict[str, Splices]:
        """Return how the texts of these files have changed."""
        composed: dict[str, Splices] = {}
        for step in self._steps:
            for name, splices in step.splices.items():
                composed.setdefault(name, Splices(self._first_texts[name])).apply(splices)
        return composed

    def splice(self, splices: Mapping[str, Sequence[Splice]]) -> None:
        """Replace ranges of the texts of some files in UTF-8; none of a file overlap."""
        texts = {name: self.document.text(name) for name in splices}
        changes = {name: list(_in_bytes(text, splices[name])) for name, text in texts.items()}
        self._change(changes, texts, splices)

    def replace_files(self, contents: Mapping[str, bytes]) -> None:
        """Replace some files, each of which is one change."""
        texts = {name: self.document.text(name) for name in contents}
        sizes = {name: len(content) for name, content in self.contents.items()}
        changes = {name: [_Change(0, sizes[name], new)] for name, new in contents.items()}
        splices = {
            name: _splices_of_whole(text, contents[name])
            for name, text in texts.items()
            if self._keeps_splices
        }
        self._change(changes, texts, splices)

    def undo(self, steps: int | None = None) -> None:
        """Undo some of the last steps, or all of them."""
        steps = len(self._steps) if steps is None else steps
        if steps:
            self._contents, self._document = _undone(self.contents, self._steps[-steps:]), None
            del self._steps[-steps:]

    def _change(
        self,
        changes: Mapping[str, Sequence[_Change]],
        texts: dict[str, SourceText],
        splices: Mapping[str, Sequence[Splice]],
    ) -> None:
        """Change the contents; neither the document nor ``texts`` are kept."""
        if self._keeps_splices:
            self._first_texts = {name: text.raw for name, text in texts.items()} | self._first_texts
        self._contents, self._document = self.contents, None
        texts.clear()
        back = {}
        for name, of_file in changes.items():
            self._contents[name], back[name] = _changed(self._contents[name], of_file)
        self._steps.append(_Step(back, splices if self._keeps_splices else {}))


class _Change(NamedTuple):
    """A range of bytes and those that replace it."""

    start: int
    end: int
    content: bytes


class _Step(NamedTuple):
    """How files have changed together: the changes back, by their names, and the splices."""

    back: Mapping[str, Sequence[_Change]]
    splices: Mapping[str, Sequence[Splice]]


def _changed(content: bytes, changes: Iterable[_Change]) -> tuple[bytes, list[_Change]]:
    """Return content after changes, in the order of their places, and the changes back."""
    view, pieces, place, shift = memoryview(content), list[bytes | memoryview](), 0, 0
    back = []
    for start, end, new in changes:
        pieces += [view[place:start], new]
        place = end
        back.append(_Change(start + shift, start + shift + len(new), content[start:end]))
        shift += len(new) - (end - start)
    return b"".join([*pieces, view[place:]]), back


def _undone(contents: Mapping[str, bytes], steps: Sequence[_Step]) -> dict[str, bytes]:
    """Return contents before some steps."""
    before = dict(contents)
    for step in reversed(steps):
        for name, back in step.back.items():
            before[name], _ = _changed(before[name], back)
    return before


_PIECE = 1 << 20
"""How many characters are encoded at once: a copy of the whole text would take its memory again."""


def _in_bytes(text: SourceText, splices: Iterable[Splice]) -> Iterator[_Change]:
    """Yield splices of a text, in the order of their places, as changes of its bytes."""
    place, end = 0, len(text.mark or b"")
    for splice in sorted(splices):
        start = end + _encoded_length(text.raw, place, splice.start)
        end = start + _encoded_length(text.raw, splice.start, splice.end)
        place = splice.end
        yield _Change(start, end, splice.text.encode())


def _encoded_length(text: str, start: int, end: int) -> int:
    places = range(start, end, _PIECE)
    return sum(len(text[place : min(place + _PIECE, end)].encode()) for place in places)


def _splices_of_whole(text: SourceText, content: bytes) -> list[Splice]:
    """Return how a text changes with the content of its file."""
    if text.mark is None:  # its characters are not those of its bytes
        return [Splice(0, len(text.raw), content.decode())]
    return splices_of_lines(text.raw, content.removeprefix(text.mark).decode())
