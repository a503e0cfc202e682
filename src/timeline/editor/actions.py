"""What an editor offers to do at a place: the fixes of `timeline validate --fix`."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.diagnostics import cited
from timeline.editor.published import gone_actions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.diagnostics import Edit, Located, Span
    from timeline.editor.analysis import Analysis


class Action(Struct, frozen=True):
    """Something to do, with its edits; ``fixes`` is the diagnostic that it fixes, if it does."""

    title: str
    edits: tuple[Edit, ...]
    fixes: Located | None = None
    is_fix_all: bool = False


def actions(analysis: Analysis, file: str, first: int, last: int) -> Iterator[Action]:
    """Yield what is offered between two lines of a file."""
    for located in analysis.fixes:
        if overlaps(located.span, file, first, last):
            yield Action(_title(located), located.diagnostic.edits, located)
    for title, edit in gone_actions(analysis, file, first, last):
        yield Action(title, (edit,))


def fix_all(analysis: Analysis) -> Action | None:
    """Return the action that types all that `timeline validate --fix` does; ``None`` if nothing."""
    edits = tuple(chain.from_iterable(located.diagnostic.edits for located in analysis.fixes))
    if not edits:
        return None
    return Action("Fix all errors that can mean only one thing", edits, is_fix_all=True)


def overlaps(span: Span, file: str, first: int, last: int) -> bool:
    """Return whether a span is at least in part between two lines of a file."""
    return span.file == file and span.line <= last and first <= span.end_line


def _title(located: Located) -> str:
    edits = located.diagnostic.edits
    text = edits[0].text.strip()
    if len(edits) == 1 and text and "\n" not in text:
        return f"Write {cited(text)}"
    return f"Fix: {located.diagnostic.message}"
