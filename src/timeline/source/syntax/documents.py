"""Errors of the file as a whole: directives, a second document, a merge conflict."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline.diagnostics import Diagnostic, Note, Span, rules
from timeline.source.syntax.failure import (
    SyntaxFailure,
    line_above,
    unknown_syntax,
)

if TYPE_CHECKING:
    from timeline.source.text import SourceText

_CONFLICT = regex(r"^(<{7}|={7}|>{7})(?:[ \t][^\r\n]*)?(?=[\r\n]|\Z)", re.MULTILINE)


def merge_conflict(text: SourceText, at: int) -> Diagnostic | None:
    """Report the conflict markers of git; ``None`` if there are none up to ``at``."""
    lines = list(islice(_CONFLICT.finditer(text.clean), 4))
    if not lines or lines[0].start() > text.line_end(min(at, len(text.clean))):
        return None
    notes = {"=": "the other side begins here", ">": "the conflict ends here"}
    return Diagnostic(
        rules.MERGE_CONFLICT,
        "git could not merge these lines, and has left both sides here",
        text.span(*lines[0].span()),
        help="keep one side, or what is right in both, and delete the lines that begin with "
        "`<<<<<<<`, `=======` and `>>>>>>>`",
        notes=tuple(
            Note(note, text.span(*line.span()))
            for line in lines[1:3]
            if (note := notes.get(line.group(1)[0]))
        ),
    )


def directive(failure: SyntaxFailure) -> Diagnostic:
    """Report the line where reading stopped as an unknown directive."""
    return directive_at(failure.text, failure.text.line_start(failure.at))


def directive_at(text: SourceText, start: int) -> Diagnostic:
    """Report a line that begins with ``%``."""
    end = text.line_end(start)
    line = text.clean[start:end].rstrip()
    return Diagnostic(
        rules.DIRECTIVE,
        f"`{line}` is not allowed in an events file",
        text.span(start, start + len(line)),
        help="delete it; the file is read as YAML 1.2",
    )


def unexpected_document(failure: SyntaxFailure) -> Diagnostic:
    """Report what follows the end of the first document or value."""
    text = failure.text
    above = line_above(text, min(failure.at, len(text.clean)))
    if above is not None and text.clean[above] == "%":
        return directive_at(text, above)
    # Documents may begin after `...` only; else the file's first value has ended too early.
    ended = above is not None and text.clean.startswith("...", above)
    before = text.clean[: failure.at].lstrip()
    if ended or before.startswith(("[", "{", '"', "'")) or failure.before.strip():
        return second_document(failure.rest) if ended else unknown_syntax(failure)
    return Diagnostic(
        rules.INDENTATION,
        "this line begins further left than the first line of the file",
        failure.rest,
        help="begin both lines in column 1",
    )


def second_document(at: Span) -> Diagnostic:
    """Report the begin of a second YAML document after ``---`` or ``...``."""
    return Diagnostic(
        rules.SECOND_DOCUMENT,
        "a second YAML document begins here, and only the first is read",
        at,
        help="delete the line `---` or `...`, or move what follows it to a file and list that "
        "in `include`",
    )
