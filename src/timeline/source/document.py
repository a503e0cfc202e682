"""The data of a file and its includes, with the place of every key and value.

The data are dicts, lists and texts: the schema gives texts other types. ``None`` replaces a value
that was empty, which has been reported. See docs/file-format.md, "YAML as it is read".
"""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from timeline._limits import MAX_BYTES
from timeline.diagnostics import At, Diagnostic, Span
from timeline.source.corrected_files import corrected_file
from timeline.source.source_file import Scalar, SourceFile, parse_file

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from timeline.diagnostics import Path
    from timeline.source.text import SourceText


class Origin(Struct, frozen=True):
    """Where in the merged events those of a file begin.

    ``layers`` are the indices in ``data['include']`` of what applies to its events, nearest first.
    """

    start: int
    file: SourceFile
    layers: tuple[int, ...] = ()


class Document(Struct):
    """The data of a file and its includes, the diagnostics, and the places.

    The events of included files follow the root's in ``data['events']``, and their categories those
    in ``data['categories']``. ``data['include']`` has the mappings among the items of all files,
    and ``{path, defaults}`` for an included file with `defaults`.

    ``truncated`` is the path of the innermost mapping or list that was still open when reading
    ended early. It and its prefixes are incomplete, so missing keys in them are not reported, and
    neither are unknown ids. It is ``()`` if there is no data at all, ``('events',)`` if the events
    of an included file are missing, and ``None`` if everything was read to its end.
    """

    data: dict[str, Any]
    diagnostics: list[Diagnostic]
    truncated: Path | None
    files: list[SourceFile]
    origins: list[Origin]  # in ascending order; the root's begin at 0
    # Where each item of `data['include']` is, and which file has a category that is not the root's.
    items: list[tuple[SourceFile, Path]] = field(default_factory=list)
    categories: dict[str, SourceFile] = field(default_factory=dict)
    # The path of each item of an `include`, in its own file, and a file that it leads to.
    included: list[tuple[SourceFile, Path, str]] = field(default_factory=list)
    # The folders in which included files were looked for, also those that do not exist.
    searched: list[str] = field(default_factory=list)
    # Reads the document again with these contents in place of those of files, by their names.
    read_again: Callable[[Mapping[str, bytes]], Document] | None = None

    @property
    def names(self) -> list[str]:
        """The files, the root first, then in the order of their events."""
        return [file.text.name for file in self.files]

    def locate(self, at: At | Span) -> Span:
        """Return the span of a place in the data.

        A path that does not exist gives its nearest ancestor, a missing key the first key of
        its mapping. A ``part`` gives that part where the scalar is on one line and free of
        escapes up to there, else the whole scalar. Where an alias stands for a scalar, the text
        is that of its anchor, and `alias` has the place of its use.
        """
        if isinstance(at, Span):
            return at
        file, path = self._own(at.path)
        return file.locate(path, at.on, at.part)

    def keep_places(self, places: Iterable[At | Span]) -> None:
        """Prepare to locate some places, too, without keeping those in other events."""
        paths: dict[str, list[Path]] = {}
        for at in places:
            if isinstance(at, At):
                file, path = self._own(at.path)
                paths.setdefault(file.text.name, []).append(path)
        for file in self.files:
            file.keep_places(paths.get(file.text.name, ()))

    def value(self, path: Path) -> Any:
        """Return what the data has at a path that exists."""
        value: Any = self.data
        for step in path:
            value = value[step]
        return value

    def line_of_event(self, path: Path) -> tuple[str, int]:
        """Return the file and the line of an event; unlike `locate`, without its other places."""
        file, _ = self._own(path)
        line = file.lines.get(id(self.value(path)))
        return file.text.name, self.locate(At(path)).line if line is None else line

    def alias(self, at: At | Span) -> Span | None:
        """Return the span of the alias that stands for the scalar at a place, if one does."""
        if isinstance(at, Span):
            return None
        file, path = self._own(at.path)
        return file.alias(path, at.on)

    def comments(self, pattern: re.Pattern[str]) -> Iterator[tuple[Span, str | None]]:
        """Yield each comment that begins with a pattern, and the first group of the match."""
        for file in self.files:
            yield from file.comments(pattern)

    def scalar(self, at: At) -> Scalar | None:
        """Return the key or text that stands exactly at a place, with its quotes.

        Where an alias stands for it, that is what the alias repeats; ``None`` where it is a list or
        a mapping, or not there.
        """
        file, path = self._own(at.path)
        return file.scalar(path, at.on)

    def uses(self, scalars: Iterable[Scalar]) -> Iterator[tuple[str, tuple[int, int], At]]:
        """Yield the file, the indices and the place in the data of each use of some scalars.

        Only of files with anchors: elsewhere a scalar has one use.
        """
        wanted: dict[str, set[tuple[int, int]]] = {}
        for scalar in scalars:
            wanted.setdefault(scalar.file, set()).add((scalar.start, scalar.end))
        if not wanted:
            return
        merged = self._merged_places()
        for file in self.files:
            name = file.text.name
            for place, at in file.uses(wanted.get(name, set())):
                yield name, place, merged(name, at)

    def place_at(self, file: str, line: int, column: int) -> At:
        """Return the innermost key or value at a place of a file, or right before it."""
        text = self.text(file)
        own = next(read for read in self.files if read.text.name == file)
        return self._merged_places()(file, own.place_at(text.index(line, column)))

    def _merged_places(self) -> Callable[[str, At], At]:
        """Return a function that returns the place in the merged data of a place in a file."""
        starts = {origin.file.text.name: origin.start for origin in self.origins}
        items = {(file.text.name, path): index for index, (file, path) in enumerate(self.items)}

        def merged(name: str, at: At) -> At:
            path = merged_path(at.path, starts.get(name, 0))
            length = 2 * (path[:1] == ("include",))
            if path[:1] in (("include",), ("defaults",)) and (name, path[:length]) in items:
                path = ("include", items[name, path[:length]], *path[length:])
            return At(path, at.on)

        return merged

    def is_complete(self, file: str) -> bool:
        """Return whether all of a file was read, as UTF-8."""
        return next(read.is_complete for read in self.files if read.text.name == file)

    def names_as_read(self) -> dict[str, None]:
        """Return the names of the files of `as_read`."""
        return {file.text.name: None for file in self.files if not file.text.is_cut}

    def as_read(self) -> dict[str, bytes]:
        """Return the bytes of each file that was read to its end, also of those with errors."""
        return {file.text.name: file.as_read() for file in self.files if not file.text.is_cut}

    def text(self, name: str) -> SourceText:
        """Return the text of a file."""
        return next(file.text for file in self.files if file.text.name == name)

    def corrected(self, name: str, language: str | None) -> bytes | None:
        """Return a file as it must be before its values are read, if that is certain.

        That is a file in UTF-8, whose lines are indented with spaces. ``language`` is that of the
        calendar. ``None`` if there is nothing to correct, or no certain correction.
        """
        file = next(file for file in self.files if file.text.name == name)
        return corrected_file(file, language)

    def line(self, file: str, number: int) -> str | None:
        """Return a line of a file, counted from 1, without its end; ``None`` if there is none."""
        for read in self.files:
            if read.text.name == file:
                return read.text.line(number)
        return None

    def _own(self, path: Path) -> tuple[SourceFile, Path]:
        """Return the file that a path of the merged data leads to, and its path in there."""
        root = self.files[0]
        match path:
            case ("events", int() as index, *rest):
                first = bisect_right(self.origins, max(index, 0), key=attrgetter("start"))
                origin = self.origins[first - 1]
                return origin.file, ("events", index - origin.start, *rest)
            case ("events", *_) if "events" not in root.data and len(self.origins) > 1:
                return self.origins[1].file, path
            case ("include", int() as index, *rest) if index < len(self.items):
                file, item = self.items[index]
                return file, (*item, *rest)
            case ("categories", str() as name, *_):
                return self.categories.get(name, root), path
        return root, path


def parse_document(content: bytes, name: str) -> Document:
    """Return the document of one file; what it includes stays in ``data['include']``. No I/O."""
    file = parse_file(content, name, MAX_BYTES)
    return Document(file.data, file.diagnostics, file.truncated, [file], [Origin(0, file)])


def document_of_text(text: SourceText, diagnostics: list[Diagnostic]) -> Document:
    """Return a document without data, for the lines and places of a text such as Markdown."""
    file = SourceFile(text, {}, diagnostics, None, 0, has_nodes=True)
    return Document({}, diagnostics, None, [file], [Origin(0, file)])


def merged_path(path: Path, start: int) -> Path:
    """Return the path in the merged data of one in a file whose events begin at an index."""
    if len(path) > 1 and path[0] == "events" and isinstance(path[1], int):
        return ("events", start + path[1], *path[2:])
    return path
