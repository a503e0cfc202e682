"""Parse the options of a timeline: ``key=value`` in a marker, ``key: value`` in a block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.diagnostics import Diagnostic, rules

if TYPE_CHECKING:
    from timeline.diagnostics import Span
    from timeline.source import SourceText


class WrittenOption(Struct, frozen=True):
    """An option as written, with the places of its key and of the text of its value."""

    key: str
    value: str
    key_at: Span
    value_at: Span


def parse_pairs(
    text: SourceText, index: int, end: int
) -> tuple[tuple[WrittenOption, ...], list[Diagnostic]]:
    """Read ``key=value`` pairs with spaces before them, up to ``end`` or to the first error."""
    raw = text.raw
    options: list[WrittenOption] = []
    while True:
        # In place: a copy of the rest of a long line for each option takes quadratic time.
        after = _SPACES.match(raw, index, end)
        assert after is not None  # noqa: S101 - it also matches no space
        spaces, index = len(after[0]), after.end()
        if index == end:
            return tuple(options), []
        option = _OPTION.match(raw, index, end)
        if option is None or not spaces:
            word = raw[index:end].split(maxsplit=1)[0]
            at = text.span(index, index + len(word))
            return tuple(options), [
                Diagnostic(rules.MARKER_SYNTAX, _not_an_option(word, spaces), at, help=_HOW)
            ]
        options.append(_option(text, option))
        index = option.end()


def parse_entries(
    text: SourceText, index: int, end: int
) -> tuple[tuple[WrittenOption, ...], list[Diagnostic]]:
    """Read lines of ``key: value`` and report those that are not; a line may be empty."""
    options: list[WrittenOption] = []
    diagnostics = []
    while index < end:
        line_end = min(text.line_end(index), end)
        line = text.raw[index:line_end].strip()
        if entry := _ENTRY.fullmatch(text.raw, index, line_end):
            options.append(_option(text, entry))
        elif line:
            begin = text.raw.index(line, index)
            at = text.span(begin, begin + len(line))
            diagnostics.append(
                Diagnostic(
                    rules.MARKER_SYNTAX, f"`{line}` is not an option", at, help=_HOW_IN_LINES
                )
            )
        index = line_end + 1
    return tuple(options), diagnostics


def _option(text: SourceText, match: re.Match[str]) -> WrittenOption:
    which = next(name for name in ("double", "single", "bare") if match[name] is not None)
    key_at, value_at = text.span(*match.span("key")), text.span(*match.span(which))
    return WrittenOption(match["key"], match[which], key_at, value_at)


def _not_an_option(word: str, spaces: int) -> str:
    if not spaces:
        return f"there is no space before `{word}`"
    _, equals, value = word.partition("=")
    if value[:1] in ('"', "'") and value:
        return f"the quote in `{word}` is not closed"
    return f"`{word}` has no value" if equals else f"`{word}` is not an option"


_HOW = 'write options as `key=value`, with `"…"` around a value that contains spaces'
_SPACES = re.compile(r"\s*")
_OPTION = re.compile(
    r"""(?P<key>[^\s=]+)=(?:"(?P<double>[^"]+)"|'(?P<single>[^']+)'|(?P<bare>[^\s"'=][^\s"']*))"""
)
_HOW_IN_LINES = "write options as `key: value`, one per line"
_ENTRY = re.compile(
    r"""\s*(?P<key>[^\s:]+):\s+"""
    r"""(?:"(?P<double>[^"]+)"|'(?P<single>[^']+)'|(?P<bare>[^\s"'](?:.*\S)?))\s*"""
)
