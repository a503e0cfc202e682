"""Lines that begin in a column, or with a character, where none may begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline.diagnostics import Diagnostic, Edit, Note, rules
from timeline.source.messages import other_space_at
from timeline.source.quoting import (
    MAX_EXAMINED,
    MAX_SHOWN,
    entry_at,
    in_quotes,
)
from timeline.source.syntax.brackets import text_after_value
from timeline.source.syntax.failure import (
    SyntaxFailure,
    line_above,
)
from timeline.source.text import INVISIBLE

if TYPE_CHECKING:
    from timeline.source.text import SourceText

_BULLET = regex(
    "[ ]*([-*+\N{BULLET}\N{MIDDLE DOT}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}])"
    r"(?:(?<!-)[ ]+|(?<=-))([a-z][a-z-]*:[ ][^\r\n]*)"
)
_SPACE = regex(rf"((?:[^\S\t\r\n]|[{INVISIBLE}])+)[\w-]")
_WORD = regex(r"[^\s:#]*")


def wrong_bullet(text: SourceText, line: int) -> Diagnostic | None:
    """Report ``-id: gala``, ``\u2013 id: gala`` and similar, which do not begin a list item."""
    match = _BULLET.match(text.clean, line, line + 2000)
    if match is None:
        return None
    sign, entry = match.groups()
    help_ = f"write `- {entry.rstrip()}`"
    at = text.span(match.start(1), match.start(2) + len(entry.rstrip()))
    edit = Edit(at, f"- {entry.rstrip()}")
    if sign == "-":
        message = "no space follows this `-`"
        return Diagnostic(rules.MISSING_SPACE, message, at, help=help_, edit=edit)
    message = f"`{sign}` does not begin an item of a list"
    return Diagnostic(rules.WRONG_TYPE, message, at, help=help_, edit=edit)


def other_space(text: SourceText, line: int) -> Diagnostic | None:
    """Report a line that begins with a no-break space or a similar character."""
    match = _SPACE.match(text.clean, line, line + 2000)
    if match is None or not match.group(1).strip(" "):
        return None
    return other_space_at(text.span(*match.span(1)))


def tab_indentation(failure: SyntaxFailure) -> Diagnostic:
    """Report a tab where reading stopped."""
    return tab_indentation_at(failure.text, failure.at)


def tab_indentation_at(text: SourceText, index: int) -> Diagnostic:
    """Report the tab at ``index``, where YAML requires spaces."""
    return Diagnostic(
        rules.TAB_INDENTATION,
        "a tab is not indentation",
        text.span(index, index + 1),
        help="use spaces; most editors have a setting to type them for the tab key",
    )


def misplaced_line(failure: SyntaxFailure) -> Diagnostic:
    """Report a line of a mapping that begins in a column where no line may begin."""
    text = failure.text
    here, outer = text.place(failure.at)[1], text.place(failure.start)[1]
    notes = (Note("the mapping above it", failure.to_line_end(failure.start)),)
    if here == outer:
        return Diagnostic(
            rules.INDENTATION,
            "a list item is among the keys of a mapping",
            failure.rest,
            help="indent it further than the key that the list belongs to",
            notes=notes,
        )
    if (columns := list_columns_above(failure)) is not None:
        return misaligned(failure, columns, notes)
    columns = {outer}
    if (above := line_above(text, text.line_start(failure.at))) is not None:
        line = text.clean[above : text.line_end(above)]
        columns.add(len(line) - len(line.lstrip()) + 1)
        if (entry := entry_at(text, above)) is not None:
            columns.add(text.place(entry.start(1))[1])
    return misaligned(failure, columns - {here}, notes)


def unexpected_in_list(failure: SyntaxFailure) -> Diagnostic:
    """Report what is in place of the next item of a list."""
    if failure.before.rstrip()[-1:] in ("]", "}", "'", '"'):
        return text_after_value(failure)
    notes = (Note("the list", failure.to_line_end(failure.start)),)
    if (columns := list_columns_above(failure)) is not None:
        return misaligned(failure, columns, notes)
    word = _WORD.match(failure.text.clean, failure.at)
    return Diagnostic(
        rules.INDENTATION,
        f"`{word.group() if word else ''}` is where the next list item was expected",
        failure.rest,
        help="begin it with `- ` if it is an item, or indent it if it belongs to the item above",
        notes=notes,
    )


def misplaced_dash(failure: SyntaxFailure) -> Diagnostic:
    """Report a ``-`` where no list item may begin."""
    entry = entry_at(failure.text, failure.text.line_start(failure.at))
    if entry is None or entry.end() != failure.at:
        return Diagnostic(
            rules.INDENTATION,
            "a list item cannot begin here",
            failure.rest,
            help="begin every item of the list in the same column",
        )
    return Diagnostic(
        rules.INDENTATION,
        "a list cannot begin on the line of its key",
        failure.rest,
        help="begin the list on the next line; "
        f"if it is text, put it in quotes: `{in_quotes(failure.text, failure.at)}`",
    )


def list_columns_above(failure: SyntaxFailure) -> set[int] | None:
    """Return the nearest columns of lists that this item may belong to.

    ``None`` if the line is not an item, or there is no list above it.
    """
    text = failure.text
    if text.clean[failure.at : failure.at + 2] != "- ":
        return None
    here, columns = text.place(failure.at)[1], set[int]()
    innermost, above = here + MAX_SHOWN, line_above(text, text.line_start(failure.at))
    for _ in range(MAX_EXAMINED):
        if above is None or innermost == 1:
            break
        line = text.clean[above : min(text.line_end(above), above + MAX_SHOWN)]
        column = len(line) - len(line.lstrip()) + 1
        if column < innermost:  # further right is a list that has ended
            innermost = column
            if line.lstrip().startswith("- "):
                columns.add(column)
        above = line_above(text, above)
    near = min((abs(column - here) for column in columns), default=0)
    return {column for column in columns if abs(column - here) == near} or None


def misaligned(failure: SyntaxFailure, columns: set[int], notes: tuple[Note, ...]) -> Diagnostic:
    """Report a line that begins in none of the columns where it may begin."""
    here = failure.text.place(failure.at)[1]
    choice = " or ".join(str(column) for column in sorted(columns, reverse=True))
    return Diagnostic(
        rules.INDENTATION,
        f"this line begins in column {here}, where nothing above it begins",
        failure.rest,
        help=f"begin it in column {choice}",
        notes=notes,
    )
