"""A root file and the files that it includes, read and merged into one document."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct

from timeline._limits import MAX_BYTES, MAX_PATH
from timeline.diagnostics import (
    MOST,
    STDIN,
    VERY_SIMILAR,
    Diagnostic,
    Note,
    On,
    Severity,
    Span,
    bounded_searches,
    failure_reason,
    nearest,
    rules,
)
from timeline.source.document import Document, merged_path
from timeline.source.files import (
    FileIdentity,
    UnreadableFile,
    open_file_or_pipe,
    read_regular_file,
    read_stdin,
    read_stream,
)
from timeline.source.paths import is_within, real_path, system_name
from timeline.source.source_file import SourceFile, parse_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline.diagnostics import Path, Rule


@bounded_searches()
def read_document(
    path: str, *, stdin: BinaryIO | None = None, edited: Mapping[str, bytes] | None = None
) -> Document:
    """Read a file, ``-`` being standard input, and the files that it includes.

    The events of the included files follow the root's, depth first. ``edited`` has contents that
    replace those of files, by their names in `Document.names`. An included file that cannot be read
    is a diagnostic.

    Raises: `UnreadableFile` if the root cannot be read.
    """
    edited = edited or {}
    if path == "-":
        content = edited[STDIN] if STDIN in edited else read_stdin(stdin)
        root = parse_file(content, STDIN, MAX_BYTES)
        folder, identity = "", None
    else:
        try:
            if path in edited:
                status = os.stat(path)  # noqa: PTH116 - as below
                root = parse_file(edited[path], path, MAX_BYTES)
            else:
                with open_file_or_pipe(path) as stream:
                    status = os.fstat(stream.fileno())
                    root = parse_file(read_stream(stream, MAX_BYTES), path, MAX_BYTES)
        except (OSError, ValueError) as problem:
            raise UnreadableFile(f"cannot read `{path}`: {failure_reason(problem)}") from problem
        folder = os.path.dirname(path)  # noqa: PTH120 - as above
        identity = status.st_dev, status.st_ino
    return _Includes(root, folder, identity, edited).follow()


class _Item(Struct, frozen=True):
    """One entry of an ``include`` list."""

    file: SourceFile
    index: int
    written: str
    folder: str  # of the file that includes, as the user would type it
    ancestors: tuple[FileIdentity, ...]  # the files on the way here

    @property
    def at(self) -> Span:
        return self.file.locate(("include", self.index), On.VALUE, None)


class _Includes:
    """The files that a root file includes, and their merging into one document."""

    def __init__(
        self,
        root: SourceFile,
        folder: str,
        identity: FileIdentity | None,
        edited: Mapping[str, bytes],
    ) -> None:
        self.root = root
        self.edited = edited
        self.folder = folder
        self.top = real_path(folder)
        self.files = [root]
        self.size = root.size
        self.diagnostics: list[Diagnostic] = []
        self.errors = 0
        self._keep(root.diagnostics)
        self.truncated = root.truncated
        # By device and inode, because one file has many names: links, case, `a/../b`.
        self.ancestors = (identity,) if identity is not None else ()
        # A folder may have thousands of files, and an `include` hundreds that are missing.
        self.listed = cache(os.listdir)
        self.seen: dict[FileIdentity, Span | None] = dict.fromkeys(self.ancestors)

    def follow(self) -> Document:
        """Read what is included, depth first, and return everything as one document."""
        # A stack and not a recursion, because a chain of files may have any length.
        waiting = [*self._items(self.root, self.folder, self.ancestors)][::-1]
        while waiting:
            item = waiting.pop()
            if self.errors > MOST:  # more is not reported, and every item costs time
                self.truncated = self.truncated or ("events",)
                break
            if (opened := self._open(item)) is None:
                continue
            file, folder, ancestors = opened
            self.files.append(file)
            self.size += file.size
            waiting += [*self._items(file, folder, ancestors)][::-1]
        return self._merge()

    def _items(
        self, file: SourceFile, folder: str, ancestors: tuple[FileIdentity, ...]
    ) -> Iterator[_Item]:
        written = file.data.pop("include", [])
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
            if self.errors > MOST:
                return
            if isinstance(entry, str):
                yield _Item(file, index, entry, folder, ancestors)
            elif entry is not None:
                self._report(
                    rules.INCLUDE_SHAPE,
                    "an item of `include` is not a path",
                    file.locate(("include", index), On.VALUE, None),
                    help="write one path, relative to the folder of this file",
                )

    def _open(self, item: _Item) -> tuple[SourceFile, str, tuple[FileIdentity, ...]] | None:
        """Read the file of one item; ``None`` if there is none to read, which is reported."""
        if (refusal := _refusal(item.written)) is not None:
            self._report_missing(rules.INCLUDE_PATH, refusal[0], item.at, refusal[1])
            return None
        name = os.path.normpath(os.path.join(item.folder, system_name(item.written)))  # noqa: PTH118 - as text
        real = os.path.realpath(name)
        if not is_within(real, self.top):
            self._report_missing(
                rules.INCLUDE_PATH,
                f"`{item.written}` is outside the folder of `{self.root.text.name}`",
                item.at,
                "move the file into that folder, or below it, and write its path from there",
            )
            return None
        below = os.path.relpath(real, self.top).split(os.sep)  # noqa: PTH206 - as text
        if any(part.startswith(".") for part in below if part != "."):
            self._report_missing(
                rules.INCLUDE_PATH,
                f"`{item.written}` leads to a name that begins with `.`",
                item.at,
                "such names are for settings and secrets: move the file, or rename it",
            )
            return None
        left = max(MAX_BYTES - self.size, 0)
        try:
            status = os.stat(real)  # noqa: PTH116 - as above
            identity = status.st_dev, status.st_ino
            if identity in self.seen:
                self._report_repeated(item, identity)
                return None
            self.seen[identity] = item.at
            if name in self.edited:
                content = self.edited[name]
            else:
                content = read_regular_file(real, status.st_mode, left)
        except (OSError, ValueError) as problem:
            message = f"cannot read `{name}`: {failure_reason(problem)}"
            self._report_missing(
                rules.INCLUDE_FILE, message, item.at, self._help_for_missing(name, item.written)
            )
            return None
        file = parse_file(content, name, left)
        self._keep(file.diagnostics)
        self._check(file)
        return file, os.path.dirname(name), (*item.ancestors, identity)  # noqa: PTH120 - as text

    def _report_missing(self, rule: Rule, message: str, at: Span, help_: str) -> None:
        """Report an item whose events are missing in the data."""
        if not any(d.rule is rules.INCLUDE_SHAPE and d.at == at for d in self.diagnostics):
            self._report(rule, message, at, help=help_)
        if self.truncated is None:
            self.truncated = ("events",)

    def _help_for_missing(self, name: str, written: str) -> str:
        """Return what to write for an included file that cannot be read; ``name`` is its path."""
        is_folder = os.path.isdir(name)  # noqa: PTH112 - as text
        folder, last = os.path.split(name)
        try:
            others = self.listed(name if is_folder else folder or ".")
        except OSError:
            return (
                f"there is no folder `{folder}`: write the path relative to the folder of this file"
            )
        root = os.path.basename(self.root.text.name)  # noqa: PTH119 - as above
        files = sorted({other for other in others if other.endswith((".yaml", ".yml"))} - {root})
        if is_folder:
            path = os.path.join(written, files[0] if files else "stages.yaml")  # noqa: PTH118
            return f"write an item for each file in it, such as `{os.path.normpath(path)}`"
        if os.path.lexists(name):
            return "make it a regular file with read permission"
        stems = {file.rpartition(".")[0]: file for file in files}
        if near := nearest(last.partition(".")[0], stems, VERY_SIMILAR):
            return f"did you mean `{written.removesuffix(last)}{stems[near]}`?"
        return "write the path of an existing file, relative to the folder of this file"

    def _report_repeated(self, item: _Item, identity: FileIdentity) -> None:
        first = self.seen[identity]
        message = f"`{item.written}` is included again"
        if identity in item.ancestors:
            message = f"`{item.written}` includes this file, which makes a circle"
            if identity == item.ancestors[-1]:
                message = f"`{item.written}` is this file itself"
        note = Note("first included here", first) if first else Note("it is the main file")
        self._report(
            rules.DUPLICATE_INCLUDE, message, item.at, help="remove this item", notes=(note,)
        )

    def _check(self, file: SourceFile) -> None:
        """Report keys that an included file may not have: the schema sees the merged data only."""
        for key in file.data:
            if key not in ("events", "include") and not key.startswith("x-"):
                self._report(
                    rules.INCLUDED_KEY,
                    f"an included file can have `events`, `include` and `x-…` only, not `{key}`",
                    file.locate((key,), On.KEY, None),
                    help=f"move it to `{self.root.text.name}`",
                )
        events = file.data.get("events", [])
        if not isinstance(events, list):
            if events is not None:
                self._report(
                    rules.INCLUDE_SHAPE,
                    "`events` is not a list",
                    file.locate(("events",), On.KEY, None),
                    help="begin every event with `- `",
                )
            file.data["events"] = []

    def _merge(self) -> Document:
        data = self.root.data
        events = data.get("events", [])
        origins = [(0, self.root)]
        if not isinstance(events, list):
            # The schema reports it. The included events have no list to be added to.
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

    def _keep(self, diagnostics: list[Diagnostic]) -> None:
        """Keep every error, and the warnings up to the limit."""
        for diagnostic in diagnostics:
            is_error = diagnostic.severity is Severity.ERROR
            self.errors += is_error
            if is_error or len(self.diagnostics) <= MOST:
                self.diagnostics.append(diagnostic)


def _shifted(path: Path, start: int) -> Path:
    """Return the path in the merged data of what is incomplete in an included file."""
    return merged_path(path, start) if len(path) > 1 and path[0] == "events" else ("events",)


def _refusal(written: str) -> tuple[str, str] | None:
    """Return the message and the help for a path that may not be included; else ``None``."""
    if len(written) > MAX_PATH:
        return f"an included path is longer than {MAX_PATH:,} characters", "shorten it"
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", written):
        return f"`{written}` is an address", "download the file and write its path"
    if not written.strip():
        return "an included path is empty", "write the path relative to the folder of this file"
    if re.match(r"/|\\|[A-Za-z]:|~(/|$)", written):
        last = re.split(r"[/\\]", written)[-1]
        return (
            f"`{written}` is not relative to the folder of this file",
            f"write it relative to that folder, such as `{last or 'stages.yaml'}`",
        )
    if "\\" in written:
        return f"`{written}` has a backslash", f"write `{written.replace(chr(92), '/')}`"
    if re.search(r"[*?\[\]]", written):
        return f"`{written}` is a pattern", "write one item for each file"
    return None
