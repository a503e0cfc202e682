"""Errors of keys: no colon, no space after it, no key before it, no value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline._lazy import regex
from timeline.diagnostics import Diagnostic, Edit, Note, Span, one_edit_away, rules
from timeline.source.quoting import (
    COMMENT,
    MAX_SHOWN,
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
_BEFORE_BRACKET = regex(r"[ ]*(?:-[ ]+)*[\w.-]+:[\[{]")
_KEY_AT_END = regex(r"[\w.-]+\Z")
_SPACED_KEY = regex(
    r"[ ]*(?P<dashes>(?:-[^\S\t\r\n]+)*)(?P<key>[a-z][\w.-]*)(?P<before>[^\S\t\r\n]*):"
    r"(?P<after>[^\S\t\r\n]+|(?=[\r\n]|\Z))(?P<value>[^\r\n]*)"
)
_KNOWN_WITHOUT_COLON = regex(r"([a-z-]+)[ \t]*[ \t=][ \t]*([^\s=].*)", re.ASCII)
KNOWN_KEYS = frozenset(
    {
        *("calendar", "categories", "color", "description", "duration", "end", "events", "feeds"),
        *("format", "id", "include", "language", "location", "name", "organizer", "sources"),
        *("start", "status", "summary", "timezone", "title", "url", "was"),
    }
)
"""Keys that are offered for a line that begins with the word and has no colon."""


_CONTAINERS = frozenset(
    {"calendar", "categories", "contact", "events", "feeds", "geo", "organizer", "overrides"}
)
"""Keys whose values are keys and values, or lists of them, and never text."""


def is_like_key(word: str) -> bool:
    """Return whether a word is a key of `KNOWN_KEYS`, or a misspelling of one."""
    return word in KNOWN_KEYS or bool(one_edit_away(word, KNOWN_KEYS))


def unexpected_colon(failure: SyntaxFailure) -> Diagnostic:
    """Report a second ``: `` on a line, or the first one in a text that goes on from above."""
    text, at = failure.text, failure.at
    line = text.line_start(at)
    entry = entry_at(text, line)
    if (glued := _missing_space_on(failure, line)) is not None and _BEFORE_BRACKET.match(
        text.clean, line, at
    ):
        return glued
    if entry and entry.end() <= at:
        if entry[1] in _CONTAINERS:
            return _key_beside_container(failure, entry[1], entry.end())
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


def _key_beside_container(failure: SyntaxFailure, key: str, start: int) -> Diagnostic:
    """Report ``calendar: id: x``, where the keys in the value begin on the next line."""
    at = failure.to_line_end(start)
    written = failure.text.clean[start : start + at.end_column - at.column]
    shown = f"`{written}`" if len(written) <= MAX_SHOWN else "it"
    return Diagnostic(
        rules.INDENTATION,
        f"what is in `{key}` begins on the line below it",
        at,
        help=f"write {shown} on the next line, further right than `{key}`",
    )


def colon_in_brackets(failure: SyntaxFailure) -> Diagnostic:
    """Report ``{rrule:{freq: daily}}``, where reading stopped at the ``:`` before a bracket."""
    text, at = failure.text, failure.at
    line = text.line_start(at)
    match = _KEY_AT_END.search(text.clean, line, at)
    if match is None or text.clean[at + 1 : at + 2] not in ("{", "["):
        return unknown_syntax(failure)
    value = text.clean[at + 1 : text.line_end(at)]
    return _missing_space(text.span(match.start(), at + 1 + len(value.rstrip())), match[0], value)


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
    if match is None or not written[:1].isalpha():
        return other_space_beside_key(text, start, end) if written else None
    return _missing_space(text.span(start, end), *match.groups())


def other_space_beside_key(text: SourceText, start: int, end: int) -> Diagnostic | None:
    """Report a no-break space beside the ``:`` of a key, or behind the ``-`` of an item.

    ``None`` if there is no such key between two indices.
    """
    match = _SPACED_KEY.match(text.clean, start, min(end, start + 2000))
    if match is None or "".join(match.group("dashes", "before", "after")).isascii():
        return None
    dashes = "".join(sign if sign.isascii() else " " for sign in match["dashes"])
    written = f"{dashes}{match['key']}: {match['value']}".rstrip()
    start, value = match.start("dashes"), match.start("value")
    at = text.span(start, value + len(match["value"].rstrip()))
    beginning = written[: len(written) - len(match["value"].rstrip())]
    return Diagnostic(
        rules.MISSING_SPACE,
        f"a no-break space or a similar character is beside the `:` of `{match['key']}`"
        if dashes == match["dashes"]
        else "a no-break space or a similar character follows a `-`",
        at,
        help=f"write `{written}`, with ordinary spaces"
        if len(written) <= MAX_SHOWN
        else "use ordinary spaces",
        edit=Edit(text.span(start, value), beginning),
    )


def _missing_space(at: Span, key: str, value: str) -> Diagnostic:
    message = f"no space follows the `:` of `{key}`"
    written = f"{key}: {value.rstrip()}"
    return Diagnostic(
        rules.MISSING_SPACE, message, at, help=f"write `{written}`", edit=Edit(at, written)
    )


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
