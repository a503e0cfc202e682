"""Insert a key into a mapping of an events file, in the way in which the mapping is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.diagnostics import At, Edit, On, Span

if TYPE_CHECKING:
    from timeline.diagnostics import Path
    from timeline.source import Document, SourceText


def insert_after(document: Document, path: Path, key: str) -> Edit | None:
    """Return the edit that adds a key, with its value, behind the key at a path.

    ``None`` where that is not a text on one line.
    """
    scalar = document.scalar(At(path))
    if scalar is None or scalar.style in ("|", ">"):
        return None
    text = document.text(scalar.file)
    name = document.locate(At(path, On.KEY))
    if name.file != scalar.file or text.place(scalar.start)[0] != text.place(scalar.end)[0]:
        return None
    end, new = scalar.end, f", {key}"
    if not scalar.is_flow:
        end = text.line_end(scalar.end)
        new = f"{line_break_of(text)}{' ' * (name.column - 1)}{key}"
    line, column = text.place(end)
    return Edit(Span(scalar.file, line, column, line, column), new)


def item_column(document: Document, path: Path) -> int | None:
    """Return the column of the `-` of an item of a list, which begins its line.

    ``None`` where the list is written in brackets.
    """
    span = document.locate(At(path))
    before = (document.line(span.file, span.line) or "")[: span.column - 1]
    return before.index("-") + 1 if before.strip() == "-" else None


def line_break_of(text: SourceText) -> str:
    """Return the line break of a text: that of its first line."""
    return "\r\n" if "\r\n" in text.raw[: text.starts[1] if len(text.starts) > 1 else 0] else "\n"
