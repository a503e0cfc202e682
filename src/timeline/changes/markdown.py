"""The changes as Markdown: a table for a review comment, and the entries of a changelog."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.changes.words import (
    change_line,
    clauses_with_cause,
    counts_words,
    kind_words,
    title_words,
)
from timeline.diagnostics import safe_line
from timeline.formats import escape_inline
from timeline.model import capitalized, isolated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from timeline.changes.kinds import Changes, EventChange
    from timeline.model import Wording

MARKER = "<!-- timeline diff -->"
"""The first line of a table, by which a program finds its comment; no renderer shows it."""


class DatedChanges(Struct, frozen=True):
    """The changes of one commit: its time, its name, and its subject, which is the reason."""

    moment: datetime
    commit: str
    reason: str
    changes: Changes

    @property
    def day(self) -> date:
        """The day of the commit, where it was made."""
        return self.moment.date()


def markdown_table(changes: Changes, wording: Wording, limit: int | None = None) -> str:
    """Return the counts and a table of the changes, of at most ``limit`` characters.

    What does not fit is counted at the end.
    """
    if not changes:
        nothing = wording.phrase("No changes.")
        return f"{MARKER}\n{nothing}\n"
    head = f"{MARKER}\n**{_escaped(capitalized(counts_words(changes, wording)))}**\n\n"
    columns = (wording.phrase("Event"), wording.phrase("Change"), wording.phrase("Reason"))
    head += f"| {' | '.join(map(_escaped, columns))} |\n| --- | --- | --- |\n"
    rows = [
        f"| {'↳ ' * bool(depth)}{_escaped(title_words(change, wording))} "
        f"| {_escaped(_change(change, changes, wording))} "
        f"| {_escaped(change.reason or '')} |\n"
        for depth, change in changes.tree()
    ]
    if limit is None or len(head) + sum(map(len, rows)) <= limit:
        return head + "".join(rows)
    room = limit - len(head) - len(_more(len(rows), wording))
    kept = 0
    while kept < len(rows) and len(rows[kept]) <= room:
        room -= len(rows[kept])
        kept += 1
    return head + "".join(rows[:kept]) + _more(len(rows) - kept, wording)


def changelog_lines(entries: Iterable[DatedChanges], wording: Wording) -> Iterator[str]:
    """Yield the lines of a changelog, grouped by day; the entries are in order, newest first."""
    day = None
    for entry in entries:
        if entry.day != day:
            yield from ([""] if day else [])
            day = entry.day
            yield f"## {_escaped(wording.dates.day(day))}"
            yield ""
        for depth, change in entry.changes.tree():
            line = _escaped(change_line(change, entry.changes, wording))
            reason = "" if change.only_followed else change.reason or entry.reason
            yield f"{'    ' * depth}-   {line}{_reason(reason, wording)}"


def _reason(reason: str, wording: Wording) -> str:
    return f" — {_escaped(isolated(reason, wording))}" if reason.strip() else ""


def _change(change: EventChange, changes: Changes, wording: Wording) -> str:
    """Return the cell of what changed."""
    has_kind = not change.only_followed
    words, *others = clauses_with_cause(change, changes, wording, is_labelled=has_kind)
    if has_kind:
        words = f"{wording.label(kind_words(change.kind, wording))} {words}".rstrip()
    for other in others:
        words = wording.phrase("{first}; {next}", first=words, next=other)
    return words


def _more(count: int, wording: Wording) -> str:
    return f"\n{_escaped(wording.phrase('And {count} more.', count=count))}\n"


def _escaped(text: str) -> str:
    """Return a text on one line without markup, and without what would reverse what follows it."""
    return _REFERENCE.sub("&#8203;", escape_inline(safe_line(text)))


_REFERENCE = re.compile(r"(?:(?<=(?<!&)#)|(?<=!)|(?<=\bGH-))(?=\d)|(?<=&#64;)(?=\w)", re.IGNORECASE)
"""Where GitHub and GitLab read the number of an issue or the name of a user.

They do so after character references were resolved, so a zero-width space divides it. The name of a
commit stays: it is a link only if there is that commit, which is then what the author meant.
"""
