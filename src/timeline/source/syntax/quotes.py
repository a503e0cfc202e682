"""Texts that need quotes, and quotes that do not end or have a wrong escape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline._lazy import regex
from timeline.diagnostics import Diagnostic, rules
from timeline.source.quoting import (
    MAX_SHOWN,
    entry_at,
)
from timeline.source.syntax.failure import (
    SyntaxFailure,
    quotes_needed,
)
from timeline.source.syntax.indentation import tab_indentation

if TYPE_CHECKING:
    from timeline.source.text import SourceText

_DOUBLE_QUOTED = regex(r'"([^"\r\n]*)"')
_BACKSLASHED = regex(r"\\(?:[xuU][0-9A-Fa-f]*|[^\s\"]?)")


def wrong_first_character(failure: SyntaxFailure) -> Diagnostic:
    """Report a character that no plain text can begin with."""
    if failure.character == "\t":
        return tab_indentation(failure)
    if failure.character == "`" and failure.rest_text.startswith("```"):
        message = "a line of ``` belongs to Markdown, not to an events file"
        return Diagnostic(rules.YAML_SYNTAX, message, failure.rest, help="delete it")
    entry = entry_at(failure.text, failure.text.line_start(failure.at))
    if entry and entry[1] in ("start", "end") and failure.rest_text == "?":
        message = "a text that begins with `?` needs quotes, and this is not a date"
        return Diagnostic(
            rules.UNQUOTED_TEXT, message, failure.rest, help=f"write `{entry[1]}: TBC`"
        )
    return quotes_needed(
        failure, failure.at, f"a text that begins with `{failure.character}` needs quotes"
    )


def unexpected_reference(failure: SyntaxFailure) -> Diagnostic:
    """Report a text that begins with ``&`` or ``*`` and is not an anchor or an alias."""
    sign = failure.text.clean[failure.start]
    return quotes_needed(failure, failure.start, f"a text that begins with `{sign}` needs quotes")


def text_after_block_header(failure: SyntaxFailure) -> Diagnostic:
    """Report a text that follows ``|`` or ``>`` on the same line."""
    sign = failure.text.clean[failure.start]
    diagnostic = quotes_needed(
        failure,
        failure.start,
        f"`{sign}` begins a text on the lines below, so nothing may follow it on its own line",
    )
    return replace(diagnostic, edit=None)  # the sign may be meant


def unexpected_tag(failure: SyntaxFailure) -> Diagnostic:
    """Report a text that begins with ``!`` and is not a tag."""
    return quotes_needed(failure, failure.start, "a text that begins with `!` needs quotes")


def unclosed_quote(failure: SyntaxFailure) -> Diagnostic:
    """Report a quoted text that does not end."""
    return unclosed_quote_at(failure.text, failure.start)


def unclosed_quote_at(text: SourceText, start: int) -> Diagnostic:
    """Report the quote at ``start``, which is not closed."""
    quote = text.clean[start]
    return Diagnostic(
        rules.UNCLOSED_QUOTE,
        f"the quote `{quote}` that opens here is not closed",
        text.span(start, start + 1),
        help=f"write `{quote}` at the end of the text; inside it, write "
        + ("`''`" if quote == "'" else '`\\"`')
        + " for a quote",
    )


def unknown_escape(failure: SyntaxFailure) -> Diagnostic:
    """Report a backslash in double quotes that is not an escape of YAML."""
    clean = failure.text.clean
    start = clean.rfind("\\", failure.start, failure.at + 1)
    known = _BACKSLASHED.match(clean, start)
    end = known.end() if known else start + 1
    return Diagnostic(
        rules.ESCAPE,
        f"`{clean[start:end]}` is not an escape sequence of YAML",
        failure.text.span(start, end),
        help=f"put the text in single quotes{_in_single_quotes(failure)}, or write `\\\\` for a "
        "backslash",
    )


def _in_single_quotes(failure: SyntaxFailure) -> str:
    """Return a double-quoted text in single quotes for a help; empty if that is not possible."""
    match = _DOUBLE_QUOTED.match(failure.text.clean, failure.start, failure.start + MAX_SHOWN)
    return f": `'{match[1]}'`" if match and "'" not in match[1] else ""
