"""Styled text in terminal cells: which characters are safe to print, and where lines break."""

from __future__ import annotations

from timeline.diagnostics import cell_width, keep_isolates, measure_clusters, terminal_safe

Piece = tuple[str, str]
"""A text and its style: a key of ``page.STYLES``, or empty."""


def clean(text: str) -> str:
    """Return the text on one line, with control characters replaced."""
    if text.isprintable():
        return text
    text = "".join(" " if char.isspace() else char for char in text)
    return keep_isolates(terminal_safe(text), text)


def wrap(pieces: list[Piece], width: int) -> list[list[Piece]]:
    """Break styled text into lines of at most ``width`` cells, at spaces, else within a word."""
    lines: list[list[Piece]] = [[]]
    used = 0
    for text, style in pieces:
        for number, word in enumerate(clean(text).split(" ")):
            space = bool(number and used)
            if used and used + space + cell_width(word) > width:
                lines.append([])
                used, space = 0, False
            for chunk in _chunks(word, width):
                if used and chunk is not word and not space:
                    lines.append([])
                    used = 0
                _append(lines[-1], f" {chunk}" if space else chunk, style)
                used += space + cell_width(chunk)
                space = False
    return [line for line in lines if line] or [[]]


def _chunks(word: str, width: int) -> list[str]:
    """Return a word whole, or divided between grapheme clusters if it is wider than a line."""
    if cell_width(word) <= width:
        return [word]
    chunks, used = [""], 0
    for cluster, cells in measure_clusters(word):
        if used + cells > width:
            chunks.append("")
            used = 0
        chunks[-1] += cluster
        used += cells
    return chunks


def _append(line: list[Piece], text: str, style: str) -> None:
    """Append a text to a line, as one piece with the text before it if they share a style."""
    if line and line[-1][1] == style:
        line[-1] = (line[-1][0] + text, style)
    elif text:
        line.append((text, style))
