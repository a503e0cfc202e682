"""The diagnostics of one file while it is read, up to the limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline._limits import MAX_DEPTH
from timeline.diagnostics import MOST, Diagnostic, Note, Severity, Span, rules
from timeline.source.nodes import end_of, start_of

if TYPE_CHECKING:
    from timeline.diagnostics import Edit, Rule
    from timeline.source.text import SourceText


class StopReading(Exception):  # noqa: N818 - a signal within the room, not an error
    """The rest of the file is not to be read; the reason has been reported."""


class Reporter:
    """Collect diagnostics, and stop the reading when there are too many.

    ``is_trial`` is set where no places are kept: the reading stops with the first diagnostic,
    because the file is to be read again with places. ``is_oversized`` is set when the file has too
    much to keep the places of all of it.
    """

    __slots__ = ("_errors", "diagnostics", "is_oversized", "is_trial", "text")

    def __init__(self, text: SourceText, *, is_trial: bool = False) -> None:
        self.text = text
        self.diagnostics: list[Diagnostic] = []
        self.is_trial = is_trial
        self.is_oversized = False
        self._errors = 0

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep every error, and the warnings up to the limit.

        Raises: `StopReading` with the first error above the limit, and in a trial with the first
        diagnostic.
        """
        is_error = diagnostic.severity is Severity.ERROR
        if is_error or len(self.diagnostics) <= MOST:
            self.diagnostics.append(diagnostic)
        self._errors += is_error
        if self.is_trial or self._errors > MOST:
            raise StopReading

    def report(
        self,
        rule: Rule,
        message: str,
        at: Span,
        *,
        help: str,  # noqa: A002 - the word of the report
        notes: tuple[Note, ...] = (),
        edit: Edit | None = None,
    ) -> None:
        """Make a diagnostic and keep it, as `add`."""
        self.add(Diagnostic(rule, message, at, help=help, notes=notes, edit=edit))

    def too_large(self, event: Any, message: str) -> None:
        """Report that the file has too much of something."""
        self.is_oversized = True
        self.diagnostics.append(
            Diagnostic(
                rules.TOO_LARGE, message, self.at(event), help="split the timeline into several"
            )
        )

    def too_deep(self, event: Any) -> None:
        """Report nesting beyond `MAX_DEPTH`."""
        self.report(
            rules.TOO_DEEP,
            f"this is nested more than {MAX_DEPTH} levels deep",
            self.at(event),
            help="nest less deeply",
        )

    def at(self, event: Any) -> Span:
        """Return the place of an event, cut to its first line."""
        start = start_of(event)
        end = min(end_of(event), self.text.line_end(start))
        return self.text.span(start, max(end, start + 1))
