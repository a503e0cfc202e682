"""The diagram within a page: SVG that every engine leaves as it is, with links to the events.

The links are only there if the page has the anchors of all events of the diagram. Then the list
with these anchors states the same in words, so the diagram is hidden from screen readers.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.formats import FORMATS, SvgOptions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from timeline.model import Calendar

_CLASSES = "timeline timeline-diagram"


def diagram_chunks(
    calendar: Calendar, as_of: date | None, link_prefix: str | None = None, number: int = 1
) -> Iterator[bytes]:
    """Yield the SVG of a calendar.

    Every event is a link to ``link_prefix`` and its id. ``number`` counts the diagrams of the
    calendar in a page, whose ids differ.
    """
    if number > 1:
        calendar = replace(calendar, id=f"{calendar.id}-{number}")
    return FORMATS["svg"].render(calendar, SvgOptions(as_of=as_of, link_prefix=link_prefix))


def html_block(
    content: str, classes: str = _CLASSES, attributes: Mapping[str, str] | None = None
) -> str:
    """Return a diagram, or other HTML, as a block in Markdown, which ends at its last line.

    It has no empty line, which would end the block in CommonMark, and texts have no braces, which
    a template engine would read (Liquid, Jinja).
    """
    parts = _STYLE.split("\n".join(line for line in content.splitlines() if line.strip()))
    parts[::2] = [text.replace("{", "&#123;").replace("}", "&#125;") for text in parts[::2]]
    return f'<div class="{classes}"{_written(attributes)}>\n{"".join(parts)}\n</div>\n'


def _written(attributes: Mapping[str, str] | None) -> str:
    return "".join(f' {name}="{value}"' for name, value in (attributes or {}).items())


_STYLE = re.compile(r"(<style>.*?</style>)", re.DOTALL)


def mdx_block(
    content: str, classes: str = _CLASSES, attributes: Mapping[str, str] | None = None
) -> str:
    """Return HTML as an element of JSX, for MDX, which reads braces and has no HTML."""
    text = (
        json.dumps(content).replace("<", "\\u003c").replace("{", "\\u007b").replace("}", "\\u007d")
    )
    inner = f"dangerouslySetInnerHTML={{{{__html: {text}}}}}"
    return f'<div className="{classes}"{_written(attributes)} {inner} />\n'
