"""Markdown for the generated sections: tables, code in cells, text on one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def table(header: str, rows: Iterable[str]) -> str:
    """Return a table from its header line and its rows."""
    columns = header.count("|") - 1
    return "\n".join([header, row(*["---"] * columns), *rows])


def row(*cells: str) -> str:
    """Return the line of a table with these cells, which are Markdown."""
    return f"| {' | '.join(cells)} |"


def cell(text: str) -> str:
    """Escape a text for a table."""
    return text.replace("|", "\\|")


def code_cell(lines: Iterable[str]) -> str:
    """Return lines of code as one cell."""
    return "<br>".join(f"`{line}`" for line in lines)


def one_line(text: str | None) -> str:
    """Join the lines of a text; no text gives an empty one."""
    return " ".join((text or "").split())


def first_sentence(docstring: str) -> str:
    """Return the first sentence of a docstring as Markdown, without its full stop."""
    paragraph = one_line(docstring.partition("\n\n")[0])
    sentence = re.split(r"(?<=\.)(?:\s|$)", paragraph, maxsplit=1)[0]
    return sentence.removesuffix(".").replace("``", "`")
