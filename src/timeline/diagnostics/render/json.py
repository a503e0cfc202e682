"""Render diagnostics as one JSON document for other programs.

``version`` is that of the format: keys may be added to a version, but none is removed or changes
its meaning. Lines and columns count from 1, columns in characters (code points), and an end is
exclusive. The document is ASCII, so that no text in it can control a terminal.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from timeline.diagnostics.placement import locate_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.diagnostics.model import Diagnostic, Span
    from timeline.diagnostics.placement import Located, SourceMap

VERSION = 1


def render(diagnostics: Iterable[Diagnostic], source: SourceMap) -> str:
    """Return the document, with an empty list if there are no diagnostics."""
    objects = [_object(located) for located in locate_all(diagnostics, source)]
    return json.dumps({"version": VERSION, "diagnostics": objects}, indent=2) + "\n"


def _object(located: Located) -> dict[str, Any]:
    diagnostic, span, notes = located
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "help": diagnostic.help,
        **_range(span),
        "notes": [{"message": message, **_range(at)} for message, at in notes],
    }


def _range(span: Span | None) -> dict[str, Any]:
    if span is None:
        return {"file": None, "start": None, "end": None}
    return {
        "file": span.file,
        "start": {"line": span.line, "column": span.column},
        "end": {"line": span.end_line, "column": span.end_column},
    }
