"""Resolve the ends beside dates of which one bound is known: no output can show such a span."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.compiler.resolve.reports import before_start_message
from timeline.compiler.resolve.tree import edge_path
from timeline.dates import REFUSED, TBC, NoDate, OneSidedDate, RelativeOneSided
from timeline.diagnostics import At, Diagnostic, Note, Refusal, rules
from timeline.model import first_day, last_day

if TYPE_CHECKING:
    from timeline.compiler.resolve.expressions import Resolved
    from timeline.compiler.resolve.tree import Entry
    from timeline.dates import Date, DateExpression, Instant


def shown_end(
    entry: Entry, start: Resolved, end: Resolved | None, diagnostics: list[Diagnostic]
) -> Date | Instant | NoDate | None:
    """Return the end that outputs show: to be confirmed, if it or the start has one known bound.

    Beside a start that is written so, an end is an error. A date that follows from another event
    has a warning: what the file says is right, and is shown when the other event is known.
    """
    if end is None or end is REFUSED:
        return end
    if is_one_sided(entry.written.start):
        refusal = end_beside(entry.written.start, str(edge_path(entry, "end")[-1]))
        diagnostics.append(refusal.to_diagnostic(At(edge_path(entry, "end"))))
        return REFUSED
    known = start if isinstance(start, OneSidedDate) else end
    if not isinstance(known, OneSidedDate) or end is TBC or start is REFUSED:
        return TBC if isinstance(end, OneSidedDate) else end
    if _is_before(end, start):
        diagnostics.append(_end_before_start(entry, start, end))
        return REFUSED
    which = "the start" if known is start else "it"
    diagnostics.append(
        Diagnostic(
            rules.END_NOT_SHOWN,
            f"the end is not shown while {which} is `{known}`",
            At(edge_path(entry, "end")),
            help="no change is needed: it is shown when the date that it follows from is known",
        )
    )
    return TBC


def is_one_sided(written: DateExpression | None) -> bool:
    """Return whether a date is written with ``not before`` or ``not after``."""
    return isinstance(written, (OneSidedDate, RelativeOneSided))


def end_beside(start: DateExpression, key: str) -> Refusal:
    """Return the refusal of an end, in a key, beside a start with one known bound."""
    return Refusal(
        rules.ONE_BOUND,
        f"`{key}` is not possible beside `{start}`",
        f"remove `{key}` until the start is known; if both bounds of the start are known, "
        "write `between A and B`",
    )


def _is_before(end: Resolved, start: Resolved) -> bool:
    """Return whether the last possible day of the end is before the first one of the start."""
    if isinstance(start, NoDate) or isinstance(end, NoDate):
        return False
    first, last = first_day(start), last_day(end)
    return first is not None and last is not None and last < first


def _end_before_start(entry: Entry, start: Resolved, end: Resolved) -> Diagnostic:
    return Diagnostic(
        rules.END_BEFORE_START,
        before_start_message(end, entry.written.end, start, entry.written.start),
        At(edge_path(entry, "end")),
        help="write a later `end`",
        notes=(Note("the start is here", At(edge_path(entry, "start"))),),
    )
