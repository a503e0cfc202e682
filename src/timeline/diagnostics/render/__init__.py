"""The forms of a report, a module each, imported when it is asked for.

Every form begins with `locate_all`, so that all list the same diagnostics in the same order.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from timeline.diagnostics.model import Diagnostic
    from timeline.diagnostics.placement import SourceMap


class ReportForm(StrEnum):
    """A form of report, as ``--output-format`` names it."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"

    @property
    def is_document(self) -> bool:
        """Whether a report is one document, also without diagnostics.

        The other forms are lines, none without diagnostics, which may stand among others.
        """
        return self in (ReportForm.JSON, ReportForm.SARIF)


def render_report(
    form: ReportForm, diagnostics: Collection[Diagnostic], source: SourceMap, *, color: bool
) -> str:
    """Return a report whose last line is ended; ``color`` is for the full form."""
    # ruff: noqa: PLC0415 - most commands report nothing, or in one form
    if not diagnostics and not form.is_document:
        return ""
    match form:
        case ReportForm.FULL:
            from timeline.diagnostics.render import terminal

            return terminal.render(diagnostics, source, color=color)
        case ReportForm.CONCISE:
            from timeline.diagnostics.render import concise

            return concise.render(diagnostics, source)
        case ReportForm.JSON:
            from timeline.diagnostics.render import json

            return json.render(diagnostics, source)
        case ReportForm.GITHUB:
            from timeline.diagnostics.render import github

            return github.render(diagnostics, source)
        case ReportForm.SARIF:
            from timeline.diagnostics.render import sarif

            return sarif.render(diagnostics, source)
