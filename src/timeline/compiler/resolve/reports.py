"""Collect what is wrong with a file while it is resolved, up to the limit of what is shown."""

from __future__ import annotations

from timeline.diagnostics import MOST, Diagnostic, Severity


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
