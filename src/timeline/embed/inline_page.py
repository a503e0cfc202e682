"""The list of the page within a Markdown document, between markers."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from timeline.embed.engines import language_attributes
from timeline.embed.inline_diagram import html_block, mdx_block

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.embed.view import Excerpt

PAGE_CLASSES = "timeline timeline-page"
"""The classes of the element that contains the list."""


def page_block(excerpt: Excerpt, names: Mapping[str, str], *, is_mdx: bool) -> str:
    """Return the list as a block of HTML in Markdown, or as an element of JSX.

    ``names`` are the ids of elements by those of events.
    """
    level = excerpt.options.heading_level
    listed = excerpt.inline_list(names, level + 1)
    html = "".join(
        f"<h{level}>{escape(section.title)}</h{level}>\n{section.html}"
        for section in listed.sections
    )
    make = mdx_block if is_mdx else html_block
    return make(html + listed.end, PAGE_CLASSES, language_attributes(excerpt.calendar))
