"""Mistakes that have one mend, mended: by splicing the text, so that every other byte stays.

What to type is the ``replacement`` of a diagnostic, which its help says too. A round through a
YAML library would keep neither layout nor quotes. What mending brings to light, such as the date
of a ``strat`` that is a ``start`` now, is mended in turn.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from msgspec import Struct

from timeline._lazy import regex
from timeline.compiler.pipeline import Loaded, load_file
from timeline.diagnostics import STDIN, At, On, rules
from timeline.source import quoted, read_stdin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.diagnostics import Diagnostic
    from timeline.source import Document, Scalar


class Fix(Struct, frozen=True, order=True):
    """One piece of a file, and what is to stand there: indices into its text, the end exclusive."""

    file: str
    start: int
    end: int
    text: str


class FixedFiles(Struct, frozen=True):
    """What mending came to: the file as it is then, and the contents by name of what changed."""

    loaded: Loaded
    count: int
    before: dict[str, bytes]
    after: dict[str, bytes]


def fix_file(path: str, stdin: BinaryIO | None = None) -> FixedFiles:
    """Load a file with what it includes and mend it, in memory.

    Raises ``Unreadable`` as ``load_file`` does.
    """
    before: dict[str, bytes] = {}
    after: dict[str, bytes] = {}
    if path == "-":
        before[STDIN] = after[STDIN] = read_stdin(stdin)
    count = 0
    while True:
        loaded = load_file(path, BytesIO(), edited=after)
        found = find_fixes(loaded.diagnostics, loaded.document)
        if not found:
            return FixedFiles(loaded, count, before, after)
        count += len(found)
        for name in dict.fromkeys(fix.file for fix in found):
            content = loaded.document.content(name)
            assert content is not None  # noqa: S101 - `find_fixes` has none for such a file
            before.setdefault(name, content)
            after[name] = apply_fixes(content, [fix for fix in found if fix.file == name])


def apply_fixes(content: bytes, found: Iterable[Fix]) -> bytes:
    """Splice fixes into the bytes of a file, each of them in UTF-8 and with its own place."""
    mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    text, pieces, place = content.removeprefix(mark).decode(), list[str](), 0
    for fix in sorted(found):
        pieces += [text[place : fix.start], fix.text]
        place = fix.end
    return mark + "".join([*pieces, text[place:]]).encode()


def find_fixes(diagnostics: Iterable[Diagnostic], document: Document) -> list[Fix]:
    """Give what can be mended, in the order of files and places; no two overlap.

    What an alias repeats is mended where it stands, if it is the same mistake wherever it is of
    use: ``3 January 2025`` may be a start here and a title there. Nothing is in a file that was not
    read to its end.
    """
    scalars: dict[_Place, list[Scalar]] = {}
    texts: dict[_Place, set[str]] = {}
    told: dict[_Place, set[At]] = {}
    diagnostics = list(diagnostics)
    # By another name, the first of two equal keys would let the second in.
    doubled = {
        note.at for one in diagnostics if one.rule is rules.DUPLICATE_KEY for note in one.notes
    }
    for one in diagnostics:
        if one.replacement is None or not isinstance(one.at, At):
            continue
        scalar = document.scalar(one.at)
        if scalar is None or (one.at.on is On.KEY and document.locate(one.at) in doubled):
            continue
        place = scalar.file, scalar.start, scalar.end
        scalars.setdefault(place, []).append(scalar)
        texts.setdefault(place, set()).add(one.replacement)
        path, on = one.at.path, one.at.on
        # `was: [2025-1-3]` is short for `was: [{start: 2025-1-3}]`, which is what is told of.
        told.setdefault(place, set()).update((At(path, on), At(path[:-1], on)))
    alone = set(texts)
    for file, (start, end), use in document.uses(each[0] for each in scalars.values()):
        if use not in told[file, start, end]:
            alone.discard((file, start, end))
    whole = {file for file in {place[0] for place in alone} if document.content(file) is not None}
    return [
        Fix(*place, text)
        for place in sorted(alone)
        if place[0] in whole and len(texts[place]) == 1
        if (text := _written(min(texts[place]), scalars[place])) is not None
    ]


_Place: TypeAlias = tuple[str, int, int]

# What is plain anywhere, and what only outside of brackets.
_PLAIN = regex(r"(?:[A-Za-z0-9]|\.\.)(?:[\w.~%+-]|:(?=\w)| (?=[\w+-]))*", re.ASCII)
_PLAIN_IN_BLOCK = regex(r"(?:[A-Za-z0-9]|\.\.)(?:[\w.~%+?/\[\]-]|:(?=\w)| (?=[\w+-]))*", re.ASCII)


def _written(text: str, scalars: list[Scalar]) -> str | None:
    """Write a text in the quotes of what stands there; ``None`` for a text on lines of its own."""
    style = scalars[0].style
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    if style == '"':
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if style:
        return None
    plain = _PLAIN if any(scalar.is_flow for scalar in scalars) else _PLAIN_IN_BLOCK
    return text if plain.fullmatch(text) else quoted(text)
