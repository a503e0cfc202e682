"""Put a text of the author in YAML quotes, as it is to be typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline.diagnostics import Edit

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


def quoting_edit(text: SourceText, start: int, *, is_flow: bool) -> Edit | None:
    """Return the edit that puts the text at ``start`` in quotes, with its lines below.

    ``None`` if a line below may be a key, and is not certain to belong to the text.
    """
    end = flow_end(text, start) if is_flow else _block_end(text, start)
    if end is None or end == start:
        return None
    written = text.raw[start:end]
    return Edit(text.span(start, end), yaml_quoted(written))


def _block_end(text: SourceText, start: int) -> int | None:
    """Return where a text ends that begins outside of brackets, without a comment behind it."""
    line = text.line_start(start)
    entry = entry_at(text, line)
    key = entry.start(1) - line if entry else _indentation(text, line)
    end = _end_without_comment(text, start)
    number = text.place(start)[0]
    for below in text.starts[number : number + MAX_EXAMINED]:
        shown = text.clean[below : text.line_end(below)].strip()
        if not shown or _indentation(text, below) <= key:
            break
        if ": " in shown or shown.endswith(":") or shown.startswith(("#", "- ")):
            return None
        if end != text.line_end(end):  # a comment ends a text
            return None
        end = _end_without_comment(text, below)
    return end


def _indentation(text: SourceText, line: int) -> int:
    shown = text.clean[line : text.line_end(line)]
    return len(shown) - len(shown.lstrip(" "))


def _end_without_comment(text: SourceText, start: int) -> int:
    """Return where the text at ``start`` ends on its line, without a comment and spaces."""
    written = text.clean[start : text.line_end(start)]
    return start + len(COMMENT.sub("", written).rstrip())


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
