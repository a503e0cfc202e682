"""The changes as lines for people, in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.changes.kinds import Kind
from timeline.changes.words import change_line, counts_words, kind_words
from timeline.diagnostics import safe_line
from timeline.model import capitalized, isolated, isolated_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.changes.kinds import Changes, EventChange
    from timeline.model import Wording


def text_lines(changes: Changes, wording: Wording, *, color: bool = False) -> Iterator[str]:
    """Yield a line for each changed event, and the counts; nothing if nothing changed.

    An event that only followed another stands below it. In colour, the kind has a style (SGR).
    """
    for depth, change in changes.tree():
        line = isolated_line(change_line(change, changes, wording), wording)
        if change.reason:
            line = f"{line} ({isolated(change.reason, wording)})"
        line = safe_line(line)
        yield "  " * depth + (_styled(line, change, wording) if color else line)
    if changes:
        yield ""
        yield capitalized(counts_words(changes, wording))


_STYLES = {
    Kind.ADDED: "32",
    Kind.REMOVED: "31",
    Kind.CANCELLED: "31",
    Kind.POSTPONED: "35",
    Kind.MOVED: "33",
    Kind.NARROWED: "36",
    Kind.CONFIRMED: "32",
    Kind.REINSTATED: "32",
}
"""The SGR parameters of a kind; the others are bold."""


def _styled(line: str, change: EventChange, wording: Wording) -> str:
    label = wording.label(kind_words(change.kind, wording))
    if not line.startswith(label):
        return line
    return f"\x1b[{_STYLES.get(change.kind, '1')}m{label}\x1b[0m{line[len(label) :]}"
