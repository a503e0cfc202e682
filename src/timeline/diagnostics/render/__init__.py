"""The forms of a report, each in its own module, which is imported when it is needed.

All of them list the result of `locate_all`: the same diagnostics in the same order.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from timeline.diagnostics.model import Diagnostic
    from timeline.diagnostics.placement import SourceMap


class ReportForm(StrEnum):
    """A form of report, by its name in ``--output-format``."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"

    @property
    def is_document(self) -> bool:
        """Whether a report is one document, even without diagnostics.

        A report in another form is a sequence of lines, empty if there are no diagnostics.
        """
        return self in (ReportForm.JSON, ReportForm.SARIF)

    @property
    def is_for_people(self) -> bool:
        """Whether people read a report; a report in another form is for a program."""
        return self in (ReportForm.FULL, ReportForm.CONCISE)


def render_report(
    form: ReportForm, diagnostics: Collection[Diagnostic], source: SourceMap, *, color: bool
) -> str:
    """Return a report, with a line break at its end; ``color`` is for the full form."""
    # ruff: noqa: PLC0415 - most commands report nothing, and none in two forms
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
