"""The forms of a report: one table, a module each; the full one is ``report``'s.

A form takes diagnostics and the document they are of, and gives text that ends its last line. It
sorts them and drops repeats with `report.placed`, so that all forms tell the same.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from timeline import report
from timeline.reports import concise, github, json, sarif

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from timeline.diagnostics import Diagnostic
    from timeline.source import Document

REPORTS: dict[str, Callable[[Iterable[Diagnostic], Document], str]] = {
    "full": partial(report.render, color=False),
    "concise": concise.render,
    "json": json.render,
    "github": github.render,
    "sarif": sarif.render,
}

FOR_PEOPLE = ("full", "concise", "github")
"""Those that may stand among other lines; the others are one document, and stand alone."""


def render(form: str, diagnostics: Iterable[Diagnostic], document: Document, *, color: bool) -> str:
    """Return all diagnostics in a form of the table; ``color`` is for the full one alone."""
    if form == "full":
        return report.render(diagnostics, document, color=color)
    return REPORTS[form](diagnostics, document)
