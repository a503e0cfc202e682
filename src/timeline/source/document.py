"""YAML text to data and places: `parse_document` of one file, `read_document` with its includes.

The data are dicts, lists and texts: no scalar is anything else until the schema says so. ``None``
stands where a value was empty, which has been reported. See file-format.md, "What is refused".
"""

from __future__ import annotations

import difflib
import os
import re
import stat
from bisect import bisect_right
from contextlib import ExitStack
from dataclasses import field
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from timeline._records import dataclass
from timeline.diagnostics import rules
from timeline.diagnostics.errors import UserError
from timeline.diagnostics.model import MOST, STDIN, At, Diagnostic, Note, On, Span
from timeline.source.loader import build
from timeline.source.text import MAX_BYTES, MAX_FORBIDDEN, Text, decode, turned_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from timeline.diagnostics.model import Path
    from timeline.diagnostics.rules import Rule
    from timeline.source.loader import Spot

_Identity: TypeAlias = tuple[int, int]
"""Device and inode of a file."""


class Unreadable(UserError):  # noqa: N818 - the name states what happened
    """The root file cannot be read at all."""


@dataclass(slots=True)
class _File:
    """One file: its text, its data, and the places in it once somebody asks."""

    text: Text
    data: dict[str, Any]
    diagnostics: list[Diagnostic]
    truncated: Path | None
    size: int
    spot: Spot | None = None
    recorded: bool = False

    @property
    def content(self) -> bytes | None:
        """The bytes that were read; ``None`` where reading did not come to the end of a text."""
        if self.truncated is not None or self.text.is_cut or self.text.mark is None:
            return None
        return self.text.mark + self.text.raw.encode()

    def scalar(self, path: Path, on: On) -> Scalar | None:
        """Return the key or text that stands exactly at a path, or for it where it is an alias."""
        spot, is_exact = self._find(path, on)
        spot = spot and (spot.text or spot)
        if spot is None or not is_exact or spot.style in ("{", "[", "*"):
            return None
        is_flow = any(above.is_flow or above.style == "*" for above in self._way(path))
        return Scalar(self.text.name, spot.start, spot.end, spot.style, is_flow=is_flow)

    def uses(self, wanted: AbstractSet[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], At]]:
        """Return each place in the data where some keys and texts are of use, aliases followed.

        None where nothing can have two, for want of anchors. What is below a key that begins with
        ``x-`` is of no use by itself.
        """
        if not wanted or "&" not in self.text.clean:
            return
        waiting: list[tuple[Path, Spot]] = [((), root)] if (root := self._root()) else []
        while waiting:
            path, spot = waiting.pop()
            spot = spot.text or spot
            if (spot.start, spot.end) in wanted:
                yield (spot.start, spot.end), At(path)
            for key, name in spot.keys.items():
                if (name.start, name.end) in wanted:
                    yield (name.start, name.end), At((*path, key), On.KEY)
            waiting += [
                ((*path, step), child)
                for step, child in spot.children.items()
                if not str(step).startswith("x-")
            ]

    def locate(self, path: Path, on: On, part: tuple[int, int] | None) -> Span:
        """Return the span of a path within this file, or of the nearest thing that exists."""
        spot, is_exact = self._find(path, on)
        if spot is None:
            return self.text.span(0, 1)
        return self._span(spot.text or spot, part if is_exact else None)

    def alias(self, path: Path, on: On) -> Span | None:
        """Return the span of the alias that stands at a path instead of a scalar."""
        spot, _ = self._find(path, on)
        return self._span(spot) if spot is not None and spot.text is not None else None

    def comments(self, pattern: re.Pattern[str]) -> Iterator[tuple[Span, str | None]]:
        """Return the matches of a pattern that begins a comment, and the first group of each.

        YAML's events have no comments, so it is looked for in the text, and what lies within a
        scalar is none. A block scalar has a first line of its own, where a comment may stand.
        """
        found = list(pattern.finditer(self.text.clean))
        root = self._root() if found else None
        if root is None:
            return
        scalars = sorted((self._inside(spot), spot.end) for spot in root.scalars())
        for match in found:
            before = bisect_right(scalars, (match.start(), len(self.text.clean)))
            if not before or match.start() >= scalars[before - 1][1]:
                yield self.text.span(*match.span()), match.group(1)

    def _inside(self, spot: Spot) -> int:
        """Return where the text of a scalar begins, behind the line of a `|` or `>`."""
        return self.text.line_end(spot.start) if spot.style in ("|", ">") else spot.start

    def _find(self, path: Path, on: On) -> tuple[Spot | None, bool]:
        """Return the spot of a path, or of the nearest thing that exists, and which of the two."""
        spot = self._root()
        key: Spot | None = None
        if spot is None:
            return None, False
        for step in path:
            if spot.style not in ("{", "[", "*") or spot.text is not None:
                return spot, True  # a text in place of a mapping with this key
            name = spot.keys.get(step) if isinstance(step, str) else None
            child = spot.children.get(step)
            if child is None:
                return name or _nearest(spot, key), False
            spot, key = child, name
        if key is not None and (on is On.KEY or spot.start == spot.end):
            spot = key
        return spot, True

    def _way(self, path: Path) -> Iterator[Spot]:
        """Return the spots from the root to a path, as far as there are any."""
        spot = self._root()
        for step in path:
            if spot is None:
                return
            yield spot
            spot = spot.children.get(step)
        if spot is not None:
            yield spot

    def _root(self) -> Spot | None:
        if not self.recorded:
            self.spot = build(self.text, record=True).spot
            self.recorded = True
        return self.spot

    def _span(self, spot: Spot, part: tuple[int, int] | None = None) -> Span:
        start, end = spot.start, spot.end
        if part is not None and (first := self._exact(spot, part[1])) is not None:
            start, end = first + part[0], first + part[1]
        return self.text.span(start, end)

    def _exact(self, spot: Spot, length: int) -> int | None:
        """Return where a scalar's text begins if its first characters stand there as they are."""
        written = self.text.clean[spot.start : spot.end]
        if spot.style not in ("", "'", '"') or "\n" in written or "\r" in written:
            return None
        if not spot.style:
            return spot.start if length <= len(written) else None
        inside = written[1:-1]
        escape = "\\" if spot.style == '"' else "''"
        # One character more: an escape may begin within the part and end behind it.
        if length > len(inside) or escape in inside[: length + 1]:
            return None
        return spot.start + 1


def _nearest(spot: Spot, key: Spot | None) -> Spot:
    """Choose what to point at for something that is missing in ``spot``.

    A whole mapping is too much: its first key shows which one is meant. A list has only its key.
    """
    if spot.style == "{" and spot.keys:
        return next(iter(spot.keys.values()))
    if spot.style == "[" and key is not None:
        return key
    return spot if spot.start != spot.end or key is None else key


@dataclass(frozen=True, slots=True)
class Scalar:
    """A key or a text as it is written: indices into its file, the end exclusive.

    ``style`` is its quote, empty for a plain one, ``|`` or ``>``. ``is_flow`` where it stands in
    brackets, or may.
    """

    file: str
    start: int
    end: int
    style: str
    is_flow: bool


@dataclass(slots=True)
class Document:
    """What was read: data, what is wrong with the text, and a way back to the places.

    ``truncated`` is the path of the innermost mapping or list that was still open where reading
    ended early. It and its prefixes are incomplete, so that what they lack is not to be reported;
    nor are ids that nothing has. ``()`` where there is no data at all, ``('events',)`` where the
    events of an included file are missing, ``None`` when everything was read to its end.
    """

    data: dict[str, Any]
    diagnostics: list[Diagnostic]
    truncated: Path | None
    _files: list[_File] = field(repr=False)
    # Where in the merged events each file's own begin, in ascending order; the root's at 0.
    _origins: list[tuple[int, _File]] = field(repr=False)

    @property
    def names(self) -> list[str]:
        """The files, the root first, then in the order of their events."""
        return [file.text.name for file in self._files]

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

    def alias(self, at: At | Span) -> Span | None:
        """Return the span of the alias that stands for the scalar at a place, if one does."""
        if isinstance(at, Span):
            return None
        file, path = self._own(at.path)
        return file.alias(path, at.on)

    def comments(self, pattern: re.Pattern[str]) -> Iterator[tuple[Span, str | None]]:
        """Return each comment that begins with a pattern, and what its first group has."""
        for file in self._files:
            yield from file.comments(pattern)

    def scalar(self, at: At) -> Scalar | None:
        """Return the key or text that stands exactly at a place, with its quotes.

        Where an alias stands for it, that is what the alias repeats; ``None`` where it is a list or
        a mapping, or not there.
        """
        file, path = self._own(at.path)
        return file.scalar(path, at.on)

    def uses(self, scalars: Iterable[Scalar]) -> Iterator[tuple[str, tuple[int, int], At]]:
        """Return where keys and texts of files with anchors are of use: the places in the data.

        Of each use also the file and the indices there.
        """
        wanted: dict[str, set[tuple[int, int]]] = {}
        for scalar in scalars:
            wanted.setdefault(scalar.file, set()).add((scalar.start, scalar.end))
        for start, file in self._origins:
            for place, at in file.uses(wanted.get(file.text.name, set())):
                yield file.text.name, place, At(_merged(at.path, start), at.on)

    def content(self, file: str) -> bytes | None:
        """Return a file's bytes; ``None`` if not all was read, or it was no UTF-8."""
        return next(each.content for each in self._files if each.text.name == file)

    def line(self, file: str, number: int) -> str | None:
        """Return a line of a file, counted from 1, without its end; ``None`` if there is none."""
        for read_one in self._files:
            if read_one.text.name == file:
                return read_one.text.line(number)
        return None

    def _own(self, path: Path) -> tuple[_File, Path]:
        """Return the file that a path of the merged data leads to, and its path in there."""
        root = self._files[0]
        if not path or path[0] != "events":
            return root, path
        if len(path) > 1 and isinstance(index := path[1], int):
            starts = [start for start, _ in self._origins]
            start, file = self._origins[bisect_right(starts, max(index, 0)) - 1]
            return file, ("events", index - start, *path[2:])
        if "events" not in root.data and len(self._origins) > 1:
            return self._origins[1][1], path
        return root, path


def parse_document(content: bytes, name: str) -> Document:
    """Read one file; what it includes stays in ``data['include']``. No I/O."""
    file = _parse(content, name, MAX_BYTES)
    return Document(file.data, file.diagnostics, file.truncated, [file], [(0, file)])


def document_of_text(text: Text, diagnostics: list[Diagnostic]) -> Document:
    """Give a file without data, whose lines and places are of use: a Markdown document."""
    file = _File(text, {}, diagnostics, None, 0, None, True)
    return Document({}, diagnostics, None, [file], [(0, file)])


def _parse(content: bytes, name: str, limit: int) -> _File:
    if len(content) > limit:
        text = Text(name, "")
        return _File(text, {}, [_too_large(text.span(0, 1))], (), len(content), None, True)
    text, diagnostics = decode(content, name, most=MAX_FORBIDDEN)
    size = len(content)
    del content  # the parser needs the room
    if text.is_cut:
        return _File(text, {}, diagnostics, (), size, None, True)
    diagnostics += turned_lines(text)
    built = build(text)
    if built.diagnostics and not built.is_too_much:
        # Once there is something to say, places are needed, and notes show the other one.
        built = build(text, record=True)
    diagnostics += built.diagnostics
    return _File(
        text,
        built.data,
        diagnostics,
        built.truncated,
        size,
        built.spot,
        bool(built.diagnostics),  # without places where there is too much: see `is_too_much`
    )


def _too_large(at: Span) -> Diagnostic:
    return Diagnostic(
        rules.TOO_LARGE,
        f"the files of a timeline are larger than {MAX_BYTES // 2**20} MiB",
        at,
        help="split the timeline into several",
    )


def read_document(
    path: str, *, stdin: BinaryIO | None = None, edited: Mapping[str, bytes] | None = None
) -> Document:
    """Read a file, ``-`` being standard input, and the files that it includes.

    The events of the included files follow the root's, depth first. Where ``edited`` has the name
    of a file, as in `Document.names`, that is its content. Raises `Unreadable` if the root cannot
    be read; of an included file that is a diagnostic.
    """
    edited = edited or {}
    if path == "-":
        if stdin is None:
            raise Unreadable("standard input is closed")
        name, folder, identity = STDIN, "", None
        given = edited.get(name)
        root = _parse(_read_stream(stdin, MAX_BYTES) if given is None else given, name, MAX_BYTES)
    else:
        try:
            if path in edited:
                found = os.stat(path)  # noqa: PTH116 - as below
                root = _parse(edited[path], path, MAX_BYTES)
            else:
                with open_file_or_pipe(path) as stream:
                    found = os.fstat(stream.fileno())
                    root = _parse(_read_stream(stream, MAX_BYTES), path, MAX_BYTES)
        except (OSError, ValueError) as problem:
            raise Unreadable(f"cannot read `{path}`: {_reason(problem)}") from problem
        folder = os.path.dirname(path)  # noqa: PTH120 - as above
        identity = found.st_dev, found.st_ino
    return _Includes(root, folder, identity, edited).follow()


PATIENCE = 60.0
"""Seconds to wait for the first byte from a named pipe, such as that of ``<(command)``."""


def read_stdin(stdin: BinaryIO | None) -> bytes:
    """Read standard input to its end. Raises `Unreadable`."""
    if stdin is None:
        raise Unreadable("standard input is closed")
    content = _read_stream(stdin, MAX_BYTES)
    if len(content) > MAX_BYTES:
        raise Unreadable(f"standard input is larger than {MAX_BYTES // 2**20} MiB")
    return content


def open_file_or_pipe(path: str) -> BinaryIO:
    """Open a file or a pipe to read; of a pipe that nobody writes to, say so. Raises ``OSError``.

    Opening a pipe waits until somebody opens its other end, which may be for ever.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", getattr(os, "O_BINARY", 0)))
    with ExitStack() as on_error:
        stream = on_error.enter_context(os.fdopen(descriptor, "rb"))
        if stat.S_ISFIFO(os.fstat(descriptor).st_mode):
            import select  # noqa: PLC0415 - pipes are rare

            if not select.select([descriptor], [], [], PATIENCE)[0]:
                raise OSError(f"nobody has written to this pipe for {PATIENCE:g} seconds")
        if os.name == "posix":
            os.set_blocking(descriptor, True)
        on_error.pop_all()
    return stream


def _read_stream(stream: Any, limit: int) -> bytes:
    """Read a stream to its end, but at most one byte more than the limit: /dev/zero has none."""
    chunks: list[bytes] = []
    wanted = limit + 1
    while wanted > 0 and (chunk := stream.read(min(wanted, 2**20))):
        chunks.append(chunk)
        wanted -= len(chunk)
    return b"".join(chunks)


def _read_regular(path: str, mode: int, limit: int) -> bytes:
    """Read a regular file; opening a pipe or a device could wait for ever."""
    if not stat.S_ISREG(mode):
        raise ValueError("is a directory" if stat.S_ISDIR(mode) else "is not a regular file")
    with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - a name resolved as text
        return _read_stream(stream, limit)


def _reason(problem: OSError | ValueError) -> str:
    return (getattr(problem, "strerror", None) or str(problem)).lower()


@dataclass(frozen=True, slots=True)
class _Item:
    """One entry of an ``include`` list."""

    file: _File
    index: int
    written: str
    folder: str  # of the file that includes, as the user would type it
    ancestors: tuple[_Identity, ...]  # the files on the way here

    @property
    def at(self) -> Span:
        return self.file.locate(("include", self.index), On.VALUE, None)


class _Includes:
    """The files that a root file includes, and their merging into one document."""

    def __init__(
        self, root: _File, folder: str, identity: _Identity | None, edited: Mapping[str, bytes]
    ) -> None:
        self.root = root
        self.edited = edited
        self.folder = folder
        self.top = os.path.realpath(folder or ".")
        self.files = [root]
        self.size = root.size
        self.diagnostics = list(root.diagnostics)
        self.truncated = root.truncated
        # By device and inode, which tell what a name may hide: links, case, `a/../b`.
        self.ancestors = (identity,) if identity is not None else ()
        self.seen: dict[_Identity, Span | None] = dict.fromkeys(self.ancestors)

    def follow(self) -> Document:
        """Read what is included, depth first, and return everything as one document."""
        # A stack and no recursion: a chain of files may be as long as it likes.
        waiting = [*self._items(self.root, self.folder, self.ancestors)][::-1]
        while waiting:
            item = waiting.pop()
            if len(self.diagnostics) > MOST:  # more is not told, and every item costs a look
                self.truncated = self.truncated or ("events",)
                break
            if (opened := self._open(item)) is None:
                continue
            file, folder, ancestors = opened
            self.files.append(file)
            self.size += file.size
            waiting += [*self._items(file, folder, ancestors)][::-1]
        return self._merge()

    def _items(self, file: _File, folder: str, ancestors: tuple[_Identity, ...]) -> Iterator[_Item]:
        written = file.data.pop("include", [])
        if not isinstance(written, list):
            if written is None:  # an empty value, which has been reported
                return
            example = f": write `include: [{written}]`" if isinstance(written, str) else ""
            self._say(
                rules.INCLUDE_SHAPE,
                "`include` is no list of paths",
                file.locate(("include",), On.VALUE, None),
                help=f"make it a list, even of one file{example}",
            )
            written = [written] if isinstance(written, str) else []
        for index, entry in enumerate(written):
            if len(self.diagnostics) > MOST:
                return
            if isinstance(entry, str):
                yield _Item(file, index, entry, folder, ancestors)
            elif entry is not None:
                self._say(
                    rules.INCLUDE_SHAPE,
                    "an item of `include` is no path",
                    file.locate(("include", index), On.VALUE, None),
                    help="write one path, relative to the folder of this file",
                )

    def _open(self, item: _Item) -> tuple[_File, str, tuple[_Identity, ...]] | None:
        """Read the file of one item; ``None`` if there is none to read, which is reported."""
        if (refusal := _refusal(item.written)) is not None:
            self._missing(rules.INCLUDE_PATH, refusal[0], item.at, refusal[1])
            return None
        name = os.path.normpath(os.path.join(item.folder, item.written))  # noqa: PTH118 - as text
        real = os.path.realpath(name)
        if real != self.top and not real.startswith(os.path.join(self.top, "")):  # noqa: PTH118 - as above
            self._missing(
                rules.INCLUDE_PATH,
                f"`{item.written}` leads out of the folder of `{self.root.text.name}`",
                item.at,
                "move the file there, or below it, and write its path from there",
            )
            return None
        left = max(MAX_BYTES - self.size, 0)
        try:
            found = os.stat(real)  # noqa: PTH116 - as above
            identity = found.st_dev, found.st_ino
            if identity in self.seen:
                self._twice(item, identity)
                return None
            self.seen[identity] = item.at
            if name in self.edited:
                content = self.edited[name]
            else:
                content = _read_regular(real, found.st_mode, left)
        except (OSError, ValueError) as problem:
            message = f"cannot read `{name}`: {_reason(problem)}"
            self._missing(rules.INCLUDE_FILE, message, item.at, self._help(name, item.written))
            return None
        file = _parse(content, name, left)
        self.diagnostics += file.diagnostics
        self._check(file)
        return file, os.path.dirname(name), (*item.ancestors, identity)  # noqa: PTH120 - as text

    def _missing(self, rule: Rule, message: str, at: Span, help_: str) -> None:
        """Report an item whose events are not in the data now."""
        if not any(one.rule is rules.INCLUDE_SHAPE and one.at == at for one in self.diagnostics):
            self._say(rule, message, at, help=help_)
        if self.truncated is None:
            self.truncated = ("events",)

    def _help(self, name: str, written: str) -> str:
        """Say what to write where an included file cannot be read; ``name`` is from here."""
        is_folder = os.path.isdir(name)  # noqa: PTH112 - as text
        folder, last = os.path.split(name)
        try:
            others = os.listdir(name if is_folder else folder or ".")  # noqa: PTH208 - as above
        except OSError:
            return f"there is no folder `{folder}`: write the path from the folder of this file"
        root = os.path.basename(self.root.text.name)  # noqa: PTH119 - as above
        files = sorted({each for each in others if each.endswith((".yaml", ".yml"))} - {root})
        if is_folder:
            path = os.path.join(written, files[0] if files else "stages.yaml")  # noqa: PTH118
            return f"write an item for each file in it, such as `{os.path.normpath(path)}`"
        if os.path.lexists(name):
            return "let it be a plain file that you may read"
        stems = {each.rpartition(".")[0]: each for each in files}
        if near := difflib.get_close_matches(last.partition(".")[0], stems, 1, 0.75):
            return f"did you mean `{written.removesuffix(last)}{stems[near[0]]}`?"
        return "write the path of a file that is there, from the folder of this file"

    def _twice(self, item: _Item, identity: tuple[int, int]) -> None:
        first = self.seen[identity]
        message = f"`{item.written}` is included again"
        if identity in item.ancestors:
            message = f"`{item.written}` includes this file, which would go round in a circle"
            if identity == item.ancestors[-1]:
                message = f"`{item.written}` is this file itself"
        note = Note("first included here", first) if first else Note("it is the root file")
        self._say(rules.DUPLICATE_INCLUDE, message, item.at, help="delete this one", notes=(note,))

    def _check(self, file: _File) -> None:
        """Refuse what an included file may not hold; the schema sees the merged data only."""
        for key in file.data:
            if key not in ("events", "include") and not key.startswith("x-"):
                self._say(
                    rules.INCLUDED_KEY,
                    f"an included file has `events`, `include` and `x-…` only, not `{key}`",
                    file.locate((key,), On.KEY, None),
                    help=f"move it to `{self.root.text.name}`",
                )
        events = file.data.get("events", [])
        if not isinstance(events, list):
            if events is not None:
                self._say(
                    rules.INCLUDE_SHAPE,
                    "`events` is no list",
                    file.locate(("events",), On.KEY, None),
                    help="begin every event with `- `",
                )
            file.data["events"] = []

    def _merge(self) -> Document:
        data = self.root.data
        events = data.get("events", [])
        origins = [(0, self.root)]
        if not isinstance(events, list):
            # The schema says so; what is included has no place to go.
            truncated = self.truncated if len(self.files) == 1 else self.truncated or ("events",)
            return Document(data, self.diagnostics, truncated, self.files, origins)
        merged = [*events]
        for file in self.files[1:]:
            if self.truncated is None and file.truncated is not None:
                self.truncated = _shifted(file.truncated, len(merged))
            if file.data.get("events"):
                origins.append((len(merged), file))
                merged += file.data["events"]
        if len(self.files) > 1 and (merged or "events" in data):
            data = {**data, "events": merged}
        return Document(data, self.diagnostics, self.truncated, self.files, origins)

    def _say(
        self,
        rule: Rule,
        message: str,
        at: Span,
        *,
        help: str,  # noqa: A002 - as in `error`
        notes: tuple[Note, ...] = (),
    ) -> None:
        self.diagnostics.append(Diagnostic(rule, message, at, help=help, notes=notes))


def _merged(path: Path, start: int) -> Path:
    """Return the path in the merged data of one in a file whose events begin at an index."""
    if len(path) > 1 and path[0] == "events" and isinstance(path[1], int):
        return ("events", start + path[1], *path[2:])
    return path


def _shifted(path: Path, start: int) -> Path:
    """Return the path in the merged data of what is incomplete in an included file."""
    return _merged(path, start) if len(path) > 1 and path[0] == "events" else ("events",)


def _refusal(written: str) -> tuple[str, str] | None:
    """Say what is wrong with an included path as text, and what to type."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", written):
        return f"`{written}` is an address", "download the file and write its path"
    if not written.strip():
        return "an included path is empty", "write the path from the folder of this file"
    if re.match(r"/|\\|[A-Za-z]:|~(/|$)", written):
        last = re.split(r"[/\\]", written)[-1]
        return (
            f"`{written}` is not relative to the folder of this file",
            f"write it as seen from there, such as `{last or 'stages.yaml'}`",
        )
    if "\\" in written:
        return f"`{written}` has a backslash", f"write `{written.replace(chr(92), '/')}`"
    if re.search(r"[*?\[\]]", written):
        return f"`{written}` is a pattern", "write one item for each file"
    return None
