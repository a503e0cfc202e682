"""Errors within brackets, and text after a closing bracket or quote."""

from __future__ import annotations

from timeline._lazy import regex
from timeline.diagnostics import Diagnostic, Note, rules
from timeline.source.quoting import (
    COMMENT,
    DASHES,
    FLOW_ITEM,
    entry_at,
    flow_end,
    in_quotes,
    yaml_quoted,
)
from timeline.source.syntax.failure import (
    SyntaxFailure,
    quotes_needed,
    scalar_range,
    unknown_syntax,
)

_COMMENT_WITH_MORE = regex(r"[ \t]+(#[^\s,\[\]{}]*[,\]}].*)")
_KEY_BEFORE = regex(r"[\w-]+: *\Z")
_QUOTED_ITEMS = regex(r"""(['"])[^'"]*\1(?:, ?\1[^'"]*\1)+""")
_APOSTROPHE = regex(r"'\w+'\w")
_LISTS = frozenset({"alarms", "categories", "exdate", "include", "rdate", "renamed-from"})
_BETWEEN_ITEMS = regex(r",|(?:^|\s)(?:and|&)\s")


def unclosed_bracket(failure: SyntaxFailure) -> Diagnostic:
    """Report a ``[`` or ``{`` that is not closed."""
    if (commented := commented_out(failure)) is not None:
        return commented
    if (unquoted := unquoted_item(failure)) is not None:
        return unquoted
    clean = failure.text.clean
    sign = clean[failure.start]
    closing = "]" if sign == "[" else "}"
    return Diagnostic(
        rules.UNCLOSED_BRACKET,
        f"the `{sign}` that opens here is not closed",
        failure.text.span(failure.start, failure.start + 1),
        help=f"write `{closing}` at its end, a `,` between its items, and quotes around a text "
        "with any of `[]{},`",
        notes=(Note(f"a `,` or `{closing}` was expected here", failure.rest),),
    )


def unquoted_item(failure: SyntaxFailure) -> Diagnostic | None:
    """Report ``{summary: Rally: final}`` and ``{summary: "He said "hi" to us"}``."""
    text, last, at = failure.text, failure.last, failure.at
    if last is None or last.style in ("|", ">"):
        return None
    start, end = scalar_range(text, last)
    is_one_line = text.place(start)[0] == text.place(at)[0]
    if start < failure.start or start == end or not is_one_line or text.clean[end:at].strip():
        return None
    if not last.style and failure.character == ":":
        if text.clean[failure.start] == "[":  # where `a: b` is an item
            start = max(text.clean.rfind(sign, failure.start, start) for sign in "[,") + 1
            start += len(text.clean[start:end]) - len(text.clean[start:end].lstrip())
        return quotes_needed(failure, start, "a text that contains `: ` needs quotes")
    if not last.style or not failure.character.strip() or failure.character in "{}[],:":
        return None
    stop = flow_end(text, start)
    quote, value = last.style, text.clean[start:stop]
    # "He said "hi" to us" is all in quotes, "Bisha" (Asir) is not.
    value = value[1:-1] if value.endswith(quote) and len(value) > 1 else value
    line = text.clean[text.line_start(start) : start].lstrip()
    rest = text.clean[stop : text.line_end(start)].rstrip()
    return Diagnostic(
        rules.TEXT_AFTER_VALUE,
        f"text follows the closing quote `{quote}`",
        text.span(at, max(stop, at + 1)),
        help=f"put all of it in quotes: `{line}{yaml_quoted(value)}{rest}`",
    )


def commented_out(failure: SyntaxFailure) -> Diagnostic | None:
    """Report ``{summary: Stage #1}``, where the bracket is part of the comment."""
    text, last = failure.text, failure.last
    if last is None or last.style:
        return None
    start, end = scalar_range(text, last)
    comment = _COMMENT_WITH_MORE.match(text.clean, end, text.line_end(end))
    whole = FLOW_ITEM.match(text.clean, start, text.line_end(end))
    if comment is None or whole is None or start < failure.start:
        return None
    word = comment.group(1).split()[0].rstrip(",]}")
    key = _KEY_BEFORE.search(text.clean, failure.start, start)
    return Diagnostic(
        rules.UNCLOSED_BRACKET,
        f"`{word}` begins a comment, and the rest of this line is part of it",
        text.span(*comment.span(1)),
        help=f"put the text in quotes: `{key[0] if key else ''}{yaml_quoted(whole[0].rstrip())}`",
        notes=(Note("the open bracket", text.span(failure.start, failure.start + 1)),),
    )


def text_after_value(failure: SyntaxFailure) -> Diagnostic:
    """Report text after a closing quote or bracket."""
    text = failure.text
    line = text.line_start(failure.at)
    entry = entry_at(text, line) or DASHES.match(text.clean, line)
    closing = failure.before.rstrip()[-1]
    if entry is None or entry.end() > failure.at or closing not in "'\"]}":
        return unknown_syntax(failure)
    what = "quote" if closing in "'\"" else "bracket"
    value = text.clean[entry.end() : text.line_end(failure.at)].rstrip()
    key = entry[1] if entry.re.groups else ""  # of dashes alone there is none
    if key in _LISTS and closing == "]" and value[0] == "[":
        return _text_after_list(failure, key, failure.before[entry.end() - line :])
    if _QUOTED_ITEMS.fullmatch(value):
        # 'Bisha', 'Hail' is one text to its author.
        fixed = entry[0].lstrip() + yaml_quoted(value.replace(closing, ""))
    elif what == "quote" and value[0] == value[-1] == closing and len(value) > 1:
        # 'It's here': the whole was meant.
        fixed = entry[0].lstrip() + yaml_quoted(value[1:-1])
    elif _APOSTROPHE.match(value):
        # 'It's here, and the other quote is forgotten.
        fixed = entry[0].lstrip() + yaml_quoted(value[1:])
    else:
        fixed = in_quotes(text, entry.end())
    return Diagnostic(
        rules.TEXT_AFTER_VALUE,
        f"text follows the closing {what} `{closing}`",
        failure.rest,
        help=f"put all of it in quotes: `{fixed}`",
    )


def _text_after_list(failure: SyntaxFailure, key: str, written: str) -> Diagnostic:
    """Report ``categories: [a], b`` and ``categories: [a]]``; ``written`` is the list."""
    rest = COMMENT.sub("", failure.rest_text)
    if rest == "]":
        message = "a second `]` follows the closing bracket"
        at = failure.text.span(failure.at, failure.at + 1)
        return Diagnostic(rules.TEXT_AFTER_VALUE, message, at, help="delete this `]`")
    items = [item.strip(" []") for item in (written, *_BETWEEN_ITEMS.split(rest))]
    return Diagnostic(
        rules.TEXT_AFTER_VALUE,
        "text follows the closing bracket `]`",
        failure.rest,
        help=f"write all items in the brackets: `{key}: [{', '.join(filter(None, items))}]`",
    )
