"""A root file and the files that it includes, read and merged into one document."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, BinaryIO

from msgspec import Struct

from timeline._limits import MAX_BYTES
from timeline.diagnostics import (
    MOST,
    STDIN,
    Diagnostic,
    Note,
    On,
    Refusal,
    Severity,
    Span,
    bounded_searches,
    failure_reason,
    rules,
)
from timeline.source.document import Document, Origin, merged_path
from timeline.source.files import (
    DISK,
    UnreadableFile,
    open_file_or_pipe,
    read_stdin,
    read_stream,
)
from timeline.source.include_paths import IncludePaths, is_pattern
from timeline.source.merging import check_included, merge_categories
from timeline.source.source_file import SourceFile, parse_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.diagnostics import Path, Rule
    from timeline.source.files import FileIdentity, FileTree


@bounded_searches()
def read_document(
    path: str,
    *,
    stdin: BinaryIO | None = None,
    edited: Mapping[str, bytes] | None = None,
    tree: FileTree = DISK,
) -> Document:
    """Read a file, ``-`` being standard input, and the files that it includes.

    The events of the included files follow the root's, depth first. ``edited`` has contents that
    replace those of files, by their names in `Document.names`. An included file that cannot be read
    is a diagnostic. The files are those of ``tree``.

    Raises: `UnreadableFile` if the root cannot be read.
    """
    edited = edited or {}
    if path == "-":
        content = edited[STDIN] if STDIN in edited else read_stdin(stdin)
        return read_text(content, STDIN, "", edited)
    try:
        if path in edited or tree is not DISK:
            content = edited[path] if path in edited else tree.read(path, MAX_BYTES)
            root, identity = parse_file(content, path, MAX_BYTES), tree.identity(path)
        else:
            with open_file_or_pipe(path) as stream:
                status = os.fstat(stream.fileno())
                root = parse_file(read_stream(stream, MAX_BYTES), path, MAX_BYTES)
            identity = status.st_dev, status.st_ino
    except (OSError, ValueError) as problem:
        raise UnreadableFile(f"cannot read `{path}`: {failure_reason(problem)}") from problem
    folder = os.path.dirname(path)  # noqa: PTH120 - as text
    document = _Includes(root, folder, identity, edited, tree).follow()
    document.read_again = lambda contents: read_document(path, edited=contents, tree=tree)
    return document


@bounded_searches()
def read_text(
    content: bytes,
    name: str,
    folder: str | None = None,
    edited: Mapping[str, bytes] | None = None,
) -> Document:
    """Return the document of a text that is not a file, with the files that it includes.

    ``name`` is that of the text in diagnostics, and ``folder`` that of the paths of its
    ``include``; ``None`` reports each of them. ``edited`` is as in `read_document`.
    """
    root = parse_file(content, name, MAX_BYTES)
    document = _Includes(root, folder, None, edited or {}, DISK).follow()
    document.read_again = lambda contents: read_text(contents[name], name, folder, contents)
    return document


class _Opened(Struct, frozen=True):
    """A file that was read, and what its own items need."""

    file: SourceFile
    folder: str  # as the user would type it
    ancestors: tuple[FileIdentity, ...]  # the files on the way to what it includes, itself the last
    layers: tuple[int, ...]  # as in `Origin`


class _Item(Struct, frozen=True):
    """One entry of an ``include`` list.

    ``settings`` are what it has beside its path, and ``layer`` is their index, if it may have any.
    """

    path: Path  # of its text, in the file that includes
    written: str
    settings: dict[str, Any]
    layer: int | None
    owner: _Opened

    @property
    def at(self) -> Span:
        return self.owner.file.locate(self.path, On.VALUE, None)


class _Includes:
    """The files that a root file includes, and their merging into one document."""

    def __init__(
        self,
        root: SourceFile,
        folder: str | None,
        identity: FileIdentity | None,
        edited: Mapping[str, bytes],
        tree: FileTree,
    ) -> None:
        self.root = root
        self.edited = edited
        self.tree = tree
        self.paths = IncludePaths(root.text.name, folder, tree)
        # By device and inode, because one file has many names: links, case, `a/../b`.
        self.opened = [_Opened(root, folder or "", () if identity is None else (identity,), ())]
        self.seen: dict[FileIdentity, _Item | None] = dict.fromkeys(self.opened[0].ancestors)
        # The items of the merged `include`, and the place of each.
        self.items: list[dict[str, Any]] = []
        self.places: list[tuple[SourceFile, Path]] = []
        self.included: list[tuple[SourceFile, Path, str]] = []
        self.conflicts: set[int | None] = set()
        self.size = root.size
        self.diagnostics: list[Diagnostic] = []
        self.errors = 0
        self._keep(root.diagnostics)
        self.truncated = root.truncated

    def follow(self) -> Document:
        """Read what is included, depth first, and return everything as one document."""
        # A stack and not a recursion, because a chain of files may have any length.
        waiting = [self._files_of(self.opened[0])]
        while waiting:
            if self.errors > MOST:  # more is not reported, and every item costs time
                self.truncated = self.truncated or ("events",)
                break
            if (file := next(waiting[-1], None)) is None:
                waiting.pop()
            elif (opened := self._open(*file)) is not None:
                self.opened.append(opened)
                self.size += opened.file.size
                waiting.append(self._files_of(opened))
        return self._merge()

    def _identity(self, name: str) -> FileIdentity | None:
        try:
            return self.tree.identity(name)
        except (OSError, ValueError):  # which is reported where it is read
            return None

    def _files_of(self, opened: _Opened) -> Iterator[tuple[_Item, str]]:
        """Return the items of a file, each with the name of a file that it includes."""
        return self._named(self._items(opened, opened.file.data.pop("include", [])))

    def _named(self, items: Iterator[_Item]) -> Iterator[tuple[_Item, str]]:
        for item in items:
            try:
                names = self.paths.files(item.written, item.owner.folder)
            except Refusal as refusal:
                self._report_missing(refusal, item.at)
                continue
            above = item.owner.ancestors
            if is_pattern(item.written) and all(self._identity(name) in above for name in names):
                message = f"`{item.written}` matches no file but those that include it"
                help_ = "write a pattern that other files match, or remove this item"
                self._report_missing(Refusal(rules.INCLUDE_FILE, message, help_), item.at)
            yield from ((item, name) for name in names)

    def _items(self, opened: _Opened, written: Any) -> Iterator[_Item]:
        file = opened.file
        if not isinstance(written, list):
            if written is None:  # an empty value, which has been reported
                return
            example = f": write `include: [{written}]`" if isinstance(written, str) else ""
            self._report(
                rules.INCLUDE_SHAPE,
                "`include` is not a list of paths",
                file.locate(("include",), On.VALUE, None),
                help=f"make it a list, even of one file{example}",
            )
            written = [written] if isinstance(written, str) else []
        for index, entry in enumerate(written):
            path: Path = ("include", index)
            if self.errors > MOST:
                return
            if isinstance(entry, str):
                yield _Item(path, entry, {}, None, opened)
            elif isinstance(entry, dict):
                layer = self._add(entry, file, path)
                settings = {key: value for key, value in entry.items() if key != "path"}
                if isinstance(text := entry.get("path"), str):
                    yield _Item((*path, "path"), text, settings, layer, opened)
                else:  # which is reported where it is read
                    self.truncated = self.truncated or ("events",)
            elif entry is not None:
                self._report(
                    rules.INCLUDE_SHAPE,
                    "an item of `include` is neither a path nor a mapping with `path`",
                    file.locate(path, On.VALUE, None),
                    help="write one path, relative to the folder of this file",
                )

    def _add(self, item: dict[str, Any], file: SourceFile, path: Path) -> int:
        """Add an item to the merged `include`, and return its index."""
        self.items.append(item)
        self.places.append((file, path))
        return len(self.items) - 1

    def _open(self, item: _Item, name: str) -> _Opened | None:
        """Read a file of an item; ``None`` if there is none to read, which is reported."""
        left = max(MAX_BYTES - self.size, 0)
        try:
            real = self.paths.real(name, item.written)
            identity = self.tree.identity(real)
            if identity in self.seen:
                self._report_repeated(item, name, identity)
                return None
            self.seen[identity] = item
            content = self.edited[name] if name in self.edited else self.tree.read(real, left)
        except Refusal as refusal:
            self._report_missing(refusal, item.at)
            return None
        except (OSError, ValueError) as problem:
            message = f"cannot read `{name}`: {failure_reason(problem)}"
            help_ = self.paths.help_for_missing(name, item.written)
            self._report_missing(Refusal(rules.INCLUDE_FILE, message, help_), item.at)
            return None
        file = parse_file(content, name, left)
        self.included.append((item.owner.file, item.path, name))
        self._keep(file.diagnostics)
        self._keep(check_included(file, self.root.text.name))
        layers: tuple[int, ...] = () if item.layer is None else (item.layer,)
        if file.data.get("defaults") is not None:
            layers += (self._add({"path": name, "defaults": file.data["defaults"]}, file, ()),)
        folder = os.path.dirname(name)  # noqa: PTH120 - as text
        ancestors = (*item.owner.ancestors, identity)
        return _Opened(file, folder, ancestors, (*layers, *item.owner.layers))

    def _report_missing(self, refusal: Refusal, at: Span) -> None:
        """Report an item whose events are missing in the data."""
        if not any(d.rule is rules.INCLUDE_SHAPE and d.at == at for d in self.diagnostics):
            self._keep([refusal.to_diagnostic(at)])
        if self.truncated is None:
            self.truncated = ("events",)

    def _report_repeated(self, item: _Item, name: str, identity: FileIdentity) -> None:
        """Report a file that is included again; one that two patterns match is read once."""
        first = self.seen[identity]
        message, help_ = f"`{item.written}` is included again", "remove this item"
        if is_pattern(item.written):
            if first is None or not is_pattern(first.written) or identity in item.owner.ancestors:
                return
            if not item.settings or item.settings == first.settings:
                return
            message = f"`{name}` already has other settings, those of `{first.written}`"
            help_ = "write patterns that have no file in common, or an item for this file first"
            if item.layer in self.conflicts:
                return  # one file shows what is wrong
            self.conflicts.add(item.layer)
        elif identity in item.owner.ancestors:
            message = f"`{item.written}` includes this file, which makes a circle"
            if identity == item.owner.ancestors[-1]:
                message = f"`{item.written}` is this file itself"
        elif first is not None and is_pattern(first.written):
            help_ = "remove this item, or write it above the pattern"
        note = Note("first included here", first.at) if first else Note("it is the main file")
        self._report(rules.DUPLICATE_INCLUDE, message, item.at, help=help_, notes=(note,))

    def _merge(self) -> Document:
        data, files = self.root.data, [opened.file for opened in self.opened]
        events = data.get("events", [])
        origins = [Origin(0, self.root)]
        merged = [*events] if isinstance(events, list) else []
        for opened in self.opened[1:]:
            file = opened.file
            if self.truncated is None and file.truncated is not None:
                self.truncated = _shifted(file.truncated, len(merged))
            if file.data.get("events"):
                origins.append(Origin(len(merged), file, opened.layers))
                merged += file.data["events"]
        if len(files) > 1 and not isinstance(events, list):
            # The schema reports it. The included events have no list to be added to.
            origins, self.truncated = origins[:1], self.truncated or ("events",)
        elif len(files) > 1 and (merged or "events" in data):
            data = {**data, "events": merged}
        categories, owners, diagnostics = merge_categories(files)
        self._keep(diagnostics)
        if owners:
            data = {**data, "categories": categories}
        if self.items:
            data = {**data, "include": self.items}
        document = Document(
            data, self.diagnostics, self.truncated, files, origins, self.places, owners
        )
        document.included = self.included
        document.searched = list(self.paths.searched)
        return document

    def _report(
        self,
        rule: Rule,
        message: str,
        at: Span,
        *,
        help: str,  # noqa: A002 - the word of the report
        notes: tuple[Note, ...] = (),
    ) -> None:
        self._keep([Diagnostic(rule, message, at, help=help, notes=notes)])

    def _keep(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep every error, and the warnings up to the limit."""
        for diagnostic in diagnostics:
            is_error = diagnostic.severity is Severity.ERROR
            self.errors += is_error
            if is_error or len(self.diagnostics) <= MOST:
                self.diagnostics.append(diagnostic)


def _shifted(path: Path, start: int) -> Path:
    """Return the path in the merged data of what is incomplete in an included file."""
    return merged_path(path, start) if len(path) > 1 and path[0] == "events" else ("events",)
