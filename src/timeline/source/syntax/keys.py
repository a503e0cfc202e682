"""Errors of keys: no colon, no space after it, no key before it, no value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline._lazy import regex
from timeline.diagnostics import Diagnostic, Note, Span, rules
from timeline.source.quoting import (
    COMMENT,
    entry_at,
)
from timeline.source.syntax.failure import (
    SyntaxFailure,
    line_above,
    quotes_needed,
    unknown_syntax,
)
from timeline.source.syntax.indentation import list_columns_above, misaligned

if TYPE_CHECKING:
    from timeline.source.text import SourceText

_KEY_WITHOUT_SPACE = regex(r"[ ]*(?:-[ ]+)*([\w.-]+):([^\s:/][^\r\n]*)")
_KNOWN_WITHOUT_COLON = regex(r"([a-z-]+)[ \t]*[ \t=][ \t]*([^\s=].*)", re.ASCII)
KNOWN_KEYS = frozenset(
    {
        *("calendar", "categories", "color", "description", "duration", "end", "events", "feeds"),
        *("format", "id", "include", "language", "location", "name", "organizer", "sources"),
        *("start", "status", "summary", "timezone", "title", "url", "was"),
    }
)
"""Keys that are offered for a line that begins with the word and has no colon."""


def unexpected_colon(failure: SyntaxFailure) -> Diagnostic:
    """Report a second ``: `` on a line, or the first one in a text that goes on from above."""
    text, at = failure.text, failure.at
    line = text.line_start(at)
    entry = entry_at(text, line)
    if entry and entry.end() <= at:
        return quotes_needed(failure, entry.end(), "a text that contains `: ` needs quotes")
    above = line_above(text, line)
    if above is None:
        return unknown_syntax(failure)
    here = len(failure.before) - len(failure.before.lstrip())
    if (glued := _missing_space_on(failure, above)) is not None:
        return glued
    item = replace(failure, at=line + here)
    if (columns := list_columns_above(item)) is not None:
        notes = (Note("the line above it", failure.to_line_end(above)),)
        return misaligned(item, columns, notes)
    if entry := entry_at(text, above):
        return Diagnostic(
            rules.INDENTATION,
            f"`{failure.before.strip()}` is further right than the key above it",
            text.span(line + here, at),
            help=f"begin it in column {text.place(entry.start(1))[1]}",
            notes=(Note("the key above it", text.span(*entry.span(1))),),
        )
    return missing_colon(replace(failure, start=above))


def missing_colon(failure: SyntaxFailure) -> Diagnostic:
    """Report the line at ``failure.start``, where a key is expected and no colon follows."""
    clean, start = failure.text.clean, failure.start
    if (glued := _missing_space_on(failure, start)) is not None:
        return glued
    line = clean[start : min(failure.text.line_end(start), start + 2000)]
    start += len(line) - len(line.lstrip())
    line = COMMENT.sub("", line).strip()
    known = _KNOWN_WITHOUT_COLON.fullmatch(line)
    pair = f"{known[1]}: {known[2]}" if known and known[1] in KNOWN_KEYS else "key: value"
    return Diagnostic(
        rules.MISSING_COLON,
        f"`{line}` is not a key: no `: ` follows",
        failure.to_line_end(start),
        help=f"write `{pair}`, or indent the line if it continues the text above",
    )


def _missing_space_on(failure: SyntaxFailure, line: int) -> Diagnostic | None:
    """Report ``id:gala`` at the start of a line; ``None`` if the line is something else."""
    match = _KEY_WITHOUT_SPACE.match(failure.text.clean, line, line + 2000)
    if match is None:
        return None
    end = match.end() - len(match.group()) + len(match.group().rstrip())
    return _missing_space(failure.text.span(match.start(1), end), *match.groups())


def missing_space_at(text: SourceText, start: int, end: int, written: str) -> Diagnostic | None:
    """Report ``id:gala`` in place of a key; ``None`` if ``written`` is something else."""
    match = _KEY_WITHOUT_SPACE.fullmatch(written)
    if match is None or not written[0].isalpha():
        return None
    return _missing_space(text.span(start, end), *match.groups())


def _missing_space(at: Span, key: str, value: str) -> Diagnostic:
    message = f"no space follows the `:` of `{key}`"
    return Diagnostic(rules.MISSING_SPACE, message, at, help=f"write `{key}: {value.rstrip()}`")


def empty_key(failure: SyntaxFailure) -> Diagnostic:
    """Report a ``:`` without a key where reading stopped."""
    return empty_key_at(failure.text, failure.at)


def empty_key_at(text: SourceText, start: int) -> Diagnostic:
    """Report the ``:`` at ``start``, which has no key before it."""
    rest = text.clean[start : text.line_end(start)].rstrip()
    return Diagnostic(
        rules.EMPTY_KEY,
        "there is no key before this `:`",
        text.span(start, start + len(rest)),
        help="write the key before the `:`, such as `location: Bisha`; if it is text, put it in "
        "quotes",
    )
