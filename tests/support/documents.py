"""The places of the diagnostics of a document, and the characters at a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.diagnostics.model import Span
    from timeline.source.document import Document

NAME = "events.yaml"


def located(document: Document) -> list[tuple[str, int, int]]:
    """Return the code, line and column of each diagnostic."""
    spans = [
        (diagnostic.code, document.locate(diagnostic.at)) for diagnostic in document.diagnostics
    ]
    return [(code, span.line, span.column) for code, span in spans]


def written(text: str, span: Span) -> str:
    """Return the characters of a span, computed differently than in the reader."""
    lines = (
        text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[span.line - 1 : span.end_line]
    )
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)
