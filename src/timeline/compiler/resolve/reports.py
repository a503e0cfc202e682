"""Collect what is wrong with a file while it is resolved, up to the limit of what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates import ClockTime, Date
from timeline.diagnostics import MOST, Diagnostic, Severity

if TYPE_CHECKING:
    from timeline.compiler.resolve.expressions import Resolved
    from timeline.dates import DateExpression


class StopResolving(Exception):  # noqa: N818 - a signal within the package, not an error
    """More errors have been reported than are shown: the rest is not to be resolved."""


class ResolverDiagnostics(list[Diagnostic]):
    """The diagnostics of what is resolved, up to the limit.

    Every warning is kept: a comment that suppresses one above the limit has an effect, too.
    """

    def __init__(self) -> None:
        super().__init__()
        self._errors = 0

    def append(self, diagnostic: Diagnostic) -> None:
        """Keep a diagnostic.

        Raises:
            StopResolving: this is the first error above the limit; it is kept, too.
        """
        super().append(diagnostic)
        self._errors += diagnostic.severity is Severity.ERROR
        if self._errors > MOST:
            raise StopResolving


def before_start_message(
    end: Resolved,
    written_end: DateExpression | None,
    start: Resolved,
    written_start: DateExpression | None,
) -> str:
    """Return the message of an end before its start, with the dates as they are written.

    Of one that follows from another event, or is not written, there is what it comes to.
    """
    first = written_start if isinstance(written_start, Date | ClockTime) else start
    if written_end is None or isinstance(written_end, Date | ClockTime):
        return f"`{written_end or end}` is before the start, `{first}`"
    return f"`{written_end}` is `{end}`, before the start, `{first}`"
