"""Fix errors that have one correction, by splicing it into the text: no other byte changes.

The correction is the ``replacement`` of a diagnostic, and its help states it. A file that a YAML
library wrote again would lose its layout and its quotes. A fix may bring another error to light,
such as the date of a ``strat`` that is a ``start`` now, so files are fixed until none is left. What
would be an error itself in its place, such as a day where only a time is allowed, is not written.
What keeps a file from being read, such as a text without quotes, is fixed first: `source_fixes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct, field

from timeline._limits import MAX_BYTES
from timeline.compiler.draft import Draft
from timeline.compiler.file_kind import EVENTS_FILE, FileKind
from timeline.compiler.fixes import find_all_fixes, find_fixes
from timeline.compiler.pipeline import Loaded, compile_document
from timeline.compiler.source_fixes import count_reported, errors_of_edits, fix_source
from timeline.compiler.splices import Splice, Splices
from timeline.diagnostics import MOST, STDIN, At, On, Severity
from timeline.source import UnreadableFile, read_document, read_stdin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from timeline.compiler.fixes import Fix
    from timeline.diagnostics import Diagnostic, Edit, Path


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
    return _fixed_files(Draft(read_document(path, edited=given)), given, kind, selected)


def fix_loaded(loaded: Loaded, selected: AbstractSet[str] = frozenset()) -> FixedFiles:
    """Fix a file that was loaded, with the changes of its texts; nothing is written."""
    return _fixed_files(Draft(loaded.document, keeps_splices=True), {}, loaded.kind, selected)


def _fixed_files(
    draft: Draft, given: Mapping[str, bytes], kind: FileKind, selected: AbstractSet[str]
) -> FixedFiles:
    loaded = _fix(draft, kind, selected)
    before, after = {**given, **draft.before}, {**given, **draft.after}
    return FixedFiles(loaded, draft.count, before, after, draft.splices())


def _read_whole_stdin(stdin: BinaryIO | None) -> bytes:
    """Return standard input, all of which is printed again."""
    content = read_stdin(stdin)
    if len(content) > MAX_BYTES:
        raise UnreadableFile(f"standard input is larger than {MAX_BYTES // 2**20} MiB")
    return content


def count_fixable(loaded: Loaded) -> int:
    """Return how many diagnostics of a file `fix_file` would fix.

    Above the limit of diagnostics, the fixes of those that are reported are counted without a
    trial, which would read every error of the file. The trial needs as much memory as the file, so
    whoever has no more use for ``loaded`` should keep no reference to it.
    """
    reported = len(find_fixes(loaded.diagnostics, loaded.document))
    reported += count_reported(loaded.document)
    if len(loaded.diagnostics) > MOST or not reported:
        return reported
    draft, kind = Draft(loaded.document), loaded.kind
    del loaded
    _fix(draft, kind)
    return min(reported, draft.count)


def _fix(draft: Draft, kind: FileKind, selected: AbstractSet[str] = frozenset()) -> Loaded:
    """Fix files without what would then be an error, and return them compiled."""
    rejected = _RejectedFixes()
    while (loaded := _attempt(draft, kind, selected, rejected)) is None:
        draft.undo()
    return loaded


def _attempt(
    draft: Draft, kind: FileKind, selected: AbstractSet[str], rejected: _RejectedFixes
) -> Loaded | None:
    """Fix files and return them compiled; ``None`` if fixes are errors, which are then rejected."""
    edits = fix_source(draft, rejected.edits)
    paths = _fix_data(draft, kind, rejected)
    loaded = compile_document(draft.document, selected, kind)
    wrong = errors_of_edits(edits, loaded.diagnostics, loaded.document)
    rejected.edits += wrong
    is_any_rejected = rejected.add_errors(paths, loaded.diagnostics) or wrong
    return None if is_any_rejected else loaded


def _fix_data(draft: Draft, kind: FileKind, rejected: _RejectedFixes) -> AbstractSet[Path]:
    """Fix keys and values until nothing is left that can mean one thing and is not rejected.

    The paths of all values that were fixed are returned.
    """
    fixed: set[Path] = set()
    while fixes := rejected.without(find_all_fixes(draft.document, kind)):
        splices: dict[str, list[Splice]] = {}
        for fix, paths in fixes.items():
            splices.setdefault(fix.file, []).append(Splice(fix.start, fix.end, fix.text))
            fixed |= paths
        draft.splice(splices)
    return fixed


class _RejectedFixes:
    """The fixes that would be errors themselves.

    ``edits`` are those of the source; the others are known by their paths or their keys.
    """

    def __init__(self) -> None:
        self.edits: list[Edit] = []
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
