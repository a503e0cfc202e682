"""Fix errors that have one correction, by splicing it into the text: no other byte changes.

The correction is the ``replacement`` of a diagnostic, and its help states it. A file that a YAML
library wrote again would lose its layout and its quotes. A fix may bring another error to light,
such as the date of a ``strat`` that is a ``start`` now, so files are fixed until none is left.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from msgspec import Struct, field

from timeline._lazy import regex
from timeline.compiler.pipeline import Loaded, load_file
from timeline.diagnostics import STDIN, At, On, rules
from timeline.source import read_stdin, yaml_quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.diagnostics import Diagnostic
    from timeline.source import Document, Scalar


class Fix(Struct, frozen=True, order=True):
    """A range of a file and the text that replaces it; indices of characters, the end exclusive."""

    file: str
    start: int
    end: int
    text: str


class FixedFiles(Struct, frozen=True):
    """The fixed file, the number of fixes, and the contents by name of the files that changed."""

    loaded: Loaded
    count: int
    before: dict[str, bytes]
    after: dict[str, bytes]


def fix_file(path: str, stdin: BinaryIO | None = None) -> FixedFiles:
    """Load a file with the files that it includes, and fix them in memory.

    Raises:
        UnreadableFile: as `load_file` does.
    """
    before: dict[str, bytes] = {}
    after: dict[str, bytes] = {}
    if path == "-":
        before[STDIN] = after[STDIN] = read_stdin(stdin)
    count = 0
    while True:
        loaded = load_file(path, edited=after)
        fixes = find_fixes(loaded.diagnostics, loaded.document)
        if not fixes:
            return FixedFiles(loaded, count, before, after)
        count += len(fixes)
        for name in dict.fromkeys(fix.file for fix in fixes):
            content = loaded.document.content(name)
            assert content is not None  # noqa: S101 - `find_fixes` has none for such a file
            before.setdefault(name, content)
            after[name] = apply_fixes(content, [fix for fix in fixes if fix.file == name])


def apply_fixes(content: bytes, fixes: Iterable[Fix]) -> bytes:
    """Return the UTF-8 content of a file with fixes, no two of which overlap."""
    mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    text, pieces, place = content.removeprefix(mark).decode(), list[str](), 0
    for fix in sorted(fixes):
        pieces += [text[place : fix.start], fix.text]
        place = fix.end
    return mark + "".join([*pieces, text[place:]]).encode()


def find_fixes(diagnostics: Iterable[Diagnostic], document: Document) -> list[Fix]:
    """Return the fixes in the order of files and places; no two overlap.

    A scalar that aliases repeat is fixed if it is the same error wherever it is used: ``3 January
    2025`` may be a start in one place and a title in another. A file that was not read to its end
    has no fixes.
    """
    candidates = _find_candidates(list(diagnostics), document)
    scalars = [candidate.scalars[0] for candidate in candidates.values()]
    valid_elsewhere = {
        (file, start, end)
        for file, (start, end), use in document.uses(scalars)
        if use not in candidates[file, start, end].uses
    }
    places = sorted(candidates.keys() - valid_elsewhere)
    files = {place[0] for place in places}
    complete = {file for file in files if document.content(file) is not None}
    return [
        Fix(*place, text)
        for place in places
        if place[0] in complete and (text := candidates[place].replacement()) is not None
    ]


_Place: TypeAlias = tuple[str, int, int]
"""A file, and the range of a scalar in its text."""


class _Candidate(Struct):
    """A scalar that may be replaced, as it is at each diagnostic, the texts, and its uses."""

    scalars: list[Scalar] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)
    uses: set[At] = field(default_factory=set)

    def replacement(self) -> str | None:
        """Return what replaces the scalar, in its quotes; ``None`` if that is not certain."""
        return _quoted_alike(min(self.texts), self.scalars) if len(self.texts) == 1 else None


def _find_candidates(
    diagnostics: Sequence[Diagnostic], document: Document
) -> dict[_Place, _Candidate]:
    candidates: dict[_Place, _Candidate] = {}
    # The first of two equal keys stays: by another name it would hide that the second is there.
    duplicated = {
        note.at
        for diagnostic in diagnostics
        if diagnostic.rule is rules.DUPLICATE_KEY
        for note in diagnostic.notes
    }
    for diagnostic in diagnostics:
        at = diagnostic.at
        if diagnostic.replacement is None or not isinstance(at, At):
            continue
        scalar = document.scalar(at)
        if scalar is None or (at.on is On.KEY and document.locate(at) in duplicated):
            continue
        place = scalar.file, scalar.start, scalar.end
        candidate = candidates.setdefault(place, _Candidate())
        candidate.scalars.append(scalar)
        candidate.texts.add(diagnostic.replacement)
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
