"""Diagnostics to one JSON document for other programs.

``version`` is that of this form: a key may be added to it, but none is taken away and none changes
what it means. Lines and columns count from 1, columns in characters (code points), and an end is
exclusive. Only ASCII is written, so that nothing in a text can steer a terminal.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from timeline.diagnostics.render.terminal import placed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.diagnostics.model import Diagnostic, Span
    from timeline.diagnostics.render.terminal import Placed
    from timeline.source.document import Document

VERSION = 1


def render(diagnostics: Iterable[Diagnostic], document: Document) -> str:
    """Return the document, of an empty list if there are no diagnostics."""
    told = [_diagnostic(one) for one in placed(diagnostics, document)]
    return json.dumps({"version": VERSION, "diagnostics": told}, indent=2) + "\n"


def _diagnostic(one: Placed) -> dict[str, Any]:
    found, span, notes = one
    return {
        "code": found.code,
        "severity": str(found.severity),
        "message": found.message,
        "help": found.help,
        **_place(span),
        "notes": [{"message": message, **_place(at)} for message, at in notes],
    }


def _place(span: Span | None) -> dict[str, Any]:
    if span is None:
        return {"file": None, "start": None, "end": None}
    return {
        "file": span.file,
        "start": {"line": span.line, "column": span.column},
        "end": {"line": span.end_line, "column": span.end_column},
    }
