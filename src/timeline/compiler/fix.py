"""Fix errors that have one correction, by splicing it into the text: no other byte changes.

The correction is the ``replacement`` of a diagnostic, and its help states it. A file that a YAML
library wrote again would lose its layout and its quotes. A fix may bring another error to light,
such as the date of a ``strat`` that is a ``start`` now, so files are fixed until none is left. What
would be an error itself in its place, such as a day where only a time is allowed, is not written.
What keeps a file from being read, such as a text without quotes, is fixed first: `source_fixes`.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from msgspec import Struct, field

from timeline._lazy import regex
from timeline._limits import MAX_BYTES
from timeline.compiler.file_kind import EVENTS_FILE, FileKind
from timeline.compiler.pipeline import Loaded, compile_document
from timeline.compiler.schema.replacements import Replacement, find_replacements
from timeline.compiler.source_fixes import count_reported, errors_of_edits, fix_source
from timeline.compiler.splices import Splice, Splices
from timeline.diagnostics import MOST, STDIN, At, On, Severity, rules
from timeline.source import UnreadableFile, read_document, read_stdin, yaml_quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from timeline.compiler.source_fixes import SourceFixes
    from timeline.diagnostics import Diagnostic, Edit, Path
    from timeline.source import Document, Scalar


class Fix(Struct, frozen=True, order=True):
    """A range of a file and the text that replaces it; indices of characters, the end exclusive."""

    file: str
    start: int
    end: int
    text: str


class FixedFiles(Struct, frozen=True):
    """The fixed file, the number of fixes, and the contents by name of the files that changed.

    ``splices`` has the changes of the texts of these files, where they are kept.
    """

    loaded: Loaded
    count: int
    before: dict[str, bytes]
    after: dict[str, bytes]
    splices: dict[str, Splices] = field(default_factory=dict)


def fix_file(
    path: str,
    stdin: BinaryIO | None = None,
    *,
    selected: AbstractSet[str] = frozenset(),
    kind: FileKind = EVENTS_FILE,
) -> FixedFiles:
    """Load a file with the files that it includes, and fix them in memory.

    ``selected`` is as in `load_file`.

    Raises:
        UnreadableFile: as `load_file` does.
    """
    given = {STDIN: _read_whole_stdin(stdin)} if path == "-" else {}
    return _fix(read_document(path, edited=given), given, kind, selected)


def fix_loaded(loaded: Loaded, selected: AbstractSet[str] = frozenset()) -> FixedFiles:
    """Fix a file that was loaded, with the changes of its texts; nothing is written."""
    return _fix(loaded.document, {}, loaded.kind, selected, keeps_splices=True)


def _read_whole_stdin(stdin: BinaryIO | None) -> bytes:
    """Return standard input, all of which is printed again."""
    content = read_stdin(stdin)
    if len(content) > MAX_BYTES:
        raise UnreadableFile(f"standard input is larger than {MAX_BYTES // 2**20} MiB")
    return content


def count_fixable(loaded: Loaded) -> int:
    """Return how many diagnostics of a file `fix_file` would fix.

    Above the limit of diagnostics, the fixes of those that are reported are counted without a
    trial, which would read every error of the file.
    """
    reported = len(find_fixes(loaded.diagnostics, loaded.document))
    reported += count_reported(loaded.document)
    if len(loaded.diagnostics) > MOST:
        return reported
    return min(reported, _fix(loaded.document, {}, loaded.kind).count) if reported else 0


def _fix(
    document: Document,
    given: Mapping[str, bytes],
    kind: FileKind,
    selected: AbstractSet[str] = frozenset(),
    *,
    keeps_splices: bool = False,
) -> FixedFiles:
    """Fix a document, without what would then be an error."""
    rejected = _RejectedFixes()
    wrong_edits: list[Edit] = []
    while True:
        source = fix_source(document, wrong_edits, keeps_splices=keeps_splices)
        attempt = _Attempt(source, given, kind)
        attempt.fix_all(rejected)
        loaded = compile_document(attempt.document, selected, kind)
        wrong = errors_of_edits(source.edits, loaded.diagnostics, loaded.document)
        wrong_edits += wrong
        if not rejected.add_errors(attempt.paths, loaded.diagnostics) and not wrong:
            changes = attempt.splices or {}
            return FixedFiles(loaded, attempt.count, attempt.before, attempt.after, changes)


class _Attempt:
    """A file that is fixed in memory, with the paths in the data of all values that were fixed."""

    def __init__(self, source: SourceFixes, given: Mapping[str, bytes], kind: FileKind) -> None:
        self.document, self._kind = source.document, kind
        self.splices = source.splices
        self.before = {**given, **source.before}
        # What was read is not read again: it may be a pipe, or have changed.
        self._contents = source.contents
        self.after = {**given, **{name: source.contents[name] for name in source.before}}
        self.paths: set[Path] = set()
        self.count = source.count

    def fix_all(self, rejected: _RejectedFixes) -> None:
        """Fix the file until nothing is left that can mean one thing and is not rejected."""
        while fixes := rejected.without(_all_fixes(self.document, self._kind)):
            by_file: dict[str, list[Fix]] = {}
            for fix, paths in fixes.items():
                by_file.setdefault(fix.file, []).append(fix)
                self.paths |= paths
            for name, of_file in by_file.items():
                content = self._contents[name]
                self.before.setdefault(name, content)
                self._contents[name] = self.after[name] = apply_fixes(content, of_file)
                self._keep(name, of_file)
            self.count += len(fixes)
            self.document = self.document.with_contents(self._contents)

    def _keep(self, name: str, fixes: Iterable[Fix]) -> None:
        if self.splices is not None:
            splices = self.splices.setdefault(name, Splices(self.document.text(name).raw))
            splices.apply(Splice(fix.start, fix.end, fix.text) for fix in fixes)


class _RejectedFixes:
    """The fixes that would be errors themselves, by their paths in the data or by their keys."""

    def __init__(self) -> None:
        self._paths: set[Path] = set()
        self._keys: set[str] = set()
        self._trials = 0

    def without(self, fixes: Mapping[Fix, set[Path]]) -> dict[Fix, set[Path]]:
        """Return the fixes that are not rejected."""
        return {
            fix: paths
            for fix, paths in fixes.items()
            if paths.isdisjoint(self._paths) and self._keys.isdisjoint(map(_key, paths))
        }

    def add_errors(self, fixed: AbstractSet[Path], diagnostics: Sequence[Diagnostic]) -> bool:
        """Reject the fixes in whose places a fixed file has an error; return whether any has.

        Not all errors of a file are reported. Where some are not, all fixes of the same keys are
        rejected, and also after a few trials, whose number would otherwise grow with the file.
        """
        wrong = fixed & {
            diagnostic.at.path
            for diagnostic in diagnostics
            if diagnostic.severity is Severity.ERROR
            if isinstance(diagnostic.at, At) and diagnostic.at.on is On.VALUE
        }
        self._paths |= wrong
        self._trials += 1
        if len(diagnostics) > MOST or self._trials > _MAX_TRIALS:
            self._keys.update(map(_key, wrong))
        return bool(wrong)


_MAX_TRIALS = 3


def _key(path: Path) -> str:
    """Return the innermost key of a path."""
    return next(step for step in reversed(path) if isinstance(step, str))


def apply_fixes(content: bytes, fixes: Iterable[Fix]) -> bytes:
    """Return the UTF-8 content of a file with fixes, no two of which overlap."""
    mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    text, pieces, place = content.removeprefix(mark).decode(), list[str](), 0
    for fix in sorted(fixes):
        pieces += [text[place : fix.start], fix.text]
        place = fix.end
    return mark + "".join([*pieces, text[place:]]).encode()


def find_fixes(diagnostics: Iterable[Diagnostic], document: Document) -> list[Fix]:
    """Return the fixes of diagnostics in the order of files and places; no two overlap."""
    diagnostics = list(diagnostics)
    replacements = (
        Replacement(diagnostic.at, diagnostic.replacement)
        for diagnostic in diagnostics
        if diagnostic.replacement is not None and isinstance(diagnostic.at, At)
    )
    return list(_fixes(replacements, diagnostics, document))


def _all_fixes(document: Document, kind: FileKind) -> dict[Fix, set[Path]]:
    """Return the fixes of a whole file, with the paths in the data where each is."""
    return _fixes(find_replacements(document.data, kind.root), document.diagnostics, document)


def _fixes(
    replacements: Iterable[Replacement], diagnostics: Iterable[Diagnostic], document: Document
) -> dict[Fix, set[Path]]:
    """Return the fixes that replacements make, with the paths in the data where each is.

    A scalar that aliases repeat is fixed if it is the same error wherever it is used: ``3 January
    2025`` may be a start in one place and a title in another. A file that was not read to its end
    has no fixes.
    """
    candidates = _find_candidates(replacements, diagnostics, document)
    scalars = [candidate.scalars[0] for candidate in candidates.values()]
    valid_elsewhere = {
        (file, start, end)
        for file, (start, end), use in document.uses(scalars)
        if use not in candidates[file, start, end].uses
    }
    places = sorted(candidates.keys() - valid_elsewhere)
    files = {place[0] for place in places}
    complete = {file for file in files if document.content(file) is not None}
    return {
        Fix(*place, text): candidates[place].paths
        for place in places
        if place[0] in complete and (text := candidates[place].replacement()) is not None
    }


_Place: TypeAlias = tuple[str, int, int]
"""A file, and the range of a scalar in its text."""


class _Candidate(Struct):
    """A scalar that may be replaced, as it is at each place, the texts, and its uses.

    ``paths`` are where it is a value, not a key.
    """

    scalars: list[Scalar] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)
    paths: set[Path] = field(default_factory=set)
    uses: set[At] = field(default_factory=set)

    def replacement(self) -> str | None:
        """Return what replaces the scalar, in its quotes; ``None`` if that is not certain."""
        return _quoted_alike(min(self.texts), self.scalars) if len(self.texts) == 1 else None


def _find_candidates(
    replacements: Iterable[Replacement], diagnostics: Iterable[Diagnostic], document: Document
) -> dict[_Place, _Candidate]:
    candidates: dict[_Place, _Candidate] = {}
    # The first of two equal keys stays: by another name it would hide that the second is there.
    duplicated = {
        note.at
        for diagnostic in diagnostics
        if diagnostic.rule is rules.DUPLICATE_KEY
        for note in diagnostic.notes
    }
    for replacement in replacements:
        at = replacement.at
        scalar = document.scalar(at)
        if scalar is None or (at.on is On.KEY and document.locate(at) in duplicated):
            continue
        place = scalar.file, scalar.start, scalar.end
        candidate = candidates.setdefault(place, _Candidate())
        candidate.scalars.append(scalar)
        candidate.texts.add(replacement.text)
        candidate.paths |= {at.path} if at.on is On.VALUE else set()
        # `was: [2025-1-3]` is short for `was: [{start: 2025-1-3}]`, of which the diagnostic is.
        candidate.uses |= {At(at.path, at.on), At(at.path[:-1], at.on)}
    return candidates


# What is plain anywhere, and what only outside of brackets.
_PLAIN = regex(r"(?:[A-Za-z0-9]|\.\.)(?:[\w.~%+-]|:(?=\w)| (?=[\w+-]))*", re.ASCII)
_PLAIN_IN_BLOCK = regex(r"(?:[A-Za-z0-9]|\.\.)(?:[\w.~%+?/\[\]-]|:(?=\w)| (?=[\w+-]))*", re.ASCII)


def _quoted_alike(text: str, scalars: list[Scalar]) -> str | None:
    """Return a text in the quotes of a scalar, ``None`` for a block scalar."""
    style = scalars[0].style
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    if style == '"':
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if style:
        return None
    plain = _PLAIN if any(scalar.is_flow for scalar in scalars) else _PLAIN_IN_BLOCK
    return text if plain.fullmatch(text) else yaml_quoted(text)
