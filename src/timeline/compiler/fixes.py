"""Find the fixes of a file: ranges of its text, and the only texts that they can mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct, field

from timeline._lazy import regex
from timeline.compiler.schema.replacements import Replacement, find_replacements
from timeline.diagnostics import At, On, rules
from timeline.source import yaml_quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.compiler.file_kind import FileKind
    from timeline.diagnostics import Diagnostic, Path
    from timeline.source import Document, Scalar


class Fix(Struct, frozen=True, order=True):
    """A range of a file and the text that replaces it; indices of characters, the end exclusive."""

    file: str
    start: int
    end: int
    text: str


def find_fixes(diagnostics: Iterable[Diagnostic], document: Document) -> list[Fix]:
    """Return the fixes of diagnostics in the order of files and places; no two overlap."""
    diagnostics = list(diagnostics)
    replacements = (
        Replacement(diagnostic.at, diagnostic.replacement)
        for diagnostic in diagnostics
        if diagnostic.replacement is not None and isinstance(diagnostic.at, At)
    )
    return list(_fixes(replacements, diagnostics, document))


def find_all_fixes(document: Document, kind: FileKind) -> dict[Fix, set[Path]]:
    """Return the fixes of a whole file, with the paths in the data where each is."""
    replacements = list(find_replacements(document.data, kind.root))
    document.keep_places(replacement.at for replacement in replacements)
    return _fixes(replacements, document.diagnostics, document)


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
    complete = {file for file in files if document.is_complete(file)}
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
