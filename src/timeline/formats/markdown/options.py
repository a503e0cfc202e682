"""The options of the Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.formats.options import RenderOptions, as_of_option, option

if TYPE_CHECKING:
    from datetime import date

LIST = "list"
TABLE = "table"
MERMAID = "mermaid"
STYLES = (LIST, TABLE, MERMAID)


class MarkdownOptions(RenderOptions):
    """``heading_level`` is the level of the years.

    ``title`` adds the calendar's name one level above the years, if there is such a level, and its
    description. With ``as_of``, the output marks which events are past, now and next.
    """

    style: str = option(LIST, "--md-style", "Style of the Markdown.", choices=STYLES)
    heading_level: int = option(
        2, "--heading-level", "Heading level of the years in the Markdown.", bounds=(1, 6)
    )
    weekdays: bool = option(False, "--md-weekdays", "Add weekdays to the days in the Markdown.")
    as_of: date | None = as_of_option()
    title: bool = True
