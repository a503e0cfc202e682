"""Documents of one file from a text, and the places of their diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.source.document import Document, parse_document

if TYPE_CHECKING:
    from timeline.diagnostics.model import Span

NAME = "events.yaml"


def reading(text: str) -> Document:
    """Return the document of a text."""
    return parse_document(text.encode(), NAME)


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
