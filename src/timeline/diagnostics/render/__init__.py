"""The forms of a report: one table, a module each; the full one is ``report``'s.

A form takes diagnostics and the document they are of, and gives text that ends its last line. It
sorts them and drops repeats with `report.placed`, so that all forms tell the same. Its module is
imported when it has something to tell.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from timeline.diagnostics.model import Diagnostic
    from timeline.source.document import Document

REPORTS = {
    "full": "timeline.diagnostics.render.terminal",
    "concise": "timeline.diagnostics.render.concise",
    "json": "timeline.diagnostics.render.json",
    "github": "timeline.diagnostics.render.github",
    "sarif": "timeline.diagnostics.render.sarif",
}
"""The module of each form, whose ``render`` gives the text."""

FOR_PEOPLE = ("full", "concise", "github")
"""Those that may stand among other lines, none where there is nothing to tell; the others are one
document, and stand alone."""


def render(
    form: str, diagnostics: Collection[Diagnostic], document: Document, *, color: bool
) -> str:
    """Return all diagnostics in a form of the table; ``color`` is for the full one alone."""
    if not diagnostics and form in FOR_PEOPLE:
        return ""
    options = {"color": color} if form == "full" else {}
    text: str = import_module(REPORTS[form]).render(diagnostics, document, **options)
    return text
