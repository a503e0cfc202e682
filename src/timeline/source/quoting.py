"""Put a text of the author in YAML quotes, as it is to be typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline._lazy import regex

if TYPE_CHECKING:
    import re

    from timeline.source.text import SourceText

# The start of a line up to a plain key's value: indentation, dashes, `key: `.
_ENTRY = regex(r"[ ]*(?:-[ ]+)*([^\s#'\"\[\]{}&*!|>%@`?,:-][^:#\r\n]*?)[ ]*:[ ]+(?=[^\s#])")
DASHES = regex(r"[ ]*(?:-[ ]+)+")
COMMENT = regex(r"[ \t]+#(?:[ \t].*)?$")
_FLOW_QUOTED = regex(r"""(['"]).*?\1(?=[ \t]*(?:[,\]}]|$))""")
_QUOTED = regex(r"""'[^']*'|"[^"]*\"""")
_OPENING = regex(r"[\[{]")
_CLOSING = regex(r"[\]}]")
FLOW_ITEM = regex(r"[^,\[\]{}\r\n]*")
MAX_SHOWN = 120
"""The number of characters of a text that a help repeats."""
MAX_EXAMINED = 10_000
"""The number of characters or lines that are searched, so that one of megabytes stays cheap."""


def yaml_quoted(value: str) -> str:
    """Return a text in YAML quotes; single ones where double ones would need escapes."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def in_quotes(
    text: SourceText, start: int, *, keep_comment: bool = False, is_flow: bool = False
) -> str:
    """Return the line of ``start`` as it is to be typed: the text that begins there in quotes.

    It goes on to the end of the line, within brackets (``is_flow``, or brackets of this line) to
    that of the item. A long line is cut: the report shows it above the help.
    """
    line, line_end = text.line_start(start), text.line_end(start)
    before = text.clean[line:start].lstrip() if start - line < MAX_SHOWN else "… "
    end = line_end
    if is_flow or is_in_brackets(text, start):
        end = flow_end(text, start)
    value = text.clean[start : min(end, start + MAX_SHOWN)]
    after = text.clean[end : min(line_end, end + MAX_SHOWN)].rstrip()
    if end - start > MAX_SHOWN:
        value += "…"
    elif not keep_comment:
        value = COMMENT.sub("", value)
    return before + yaml_quoted(value.rstrip()) + after


def flow_end(text: SourceText, start: int) -> int:
    """Return where a text that begins within brackets ends: at a ``,``, a bracket or the line."""
    end = text.line_end(start)
    match = _FLOW_QUOTED.match(text.clean, start, min(end, start + MAX_EXAMINED))
    match = match or FLOW_ITEM.match(text.clean, start, end)
    assert match is not None  # noqa: S101 - an empty item matches
    return start + len(match.group().rstrip())


def is_in_brackets(text: SourceText, start: int) -> bool:
    """Return whether a bracket of this line is open at ``start``."""
    line = text.line_start(start)
    before = text.clean[line : min(start, line + MAX_EXAMINED)]
    entry = entry_at(text, line) or DASHES.match(text.clean, line)
    begins = before[entry.end() - line :] if entry else before.lstrip()
    if not begins.startswith(("[", "{")):
        return False
    bare = _QUOTED.sub("", begins)
    return len(_OPENING.findall(bare)) > len(_CLOSING.findall(bare))


def entry_at(text: SourceText, line: int) -> re.Match[str] | None:
    """Match a line up to the value of its plain key; group 1 is the key."""
    # YAML's own bound on a key, 1,024 characters, keeps a line of a million spaces cheap.
    return _ENTRY.match(text.clean, line, line + 2000)
