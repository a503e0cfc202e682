"""The writer of the diagram: layout, markup, encoding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.formats.classes import visible_calendar
from timeline.formats.diagram.descriptions import describe_calendar
from timeline.formats.svg import markup
from timeline.formats.svg.layout import lay_out, make_diagram

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from timeline.formats.svg.options import SvgOptions
    from timeline.model import Calendar


def render(calendar: Calendar, options: SvgOptions) -> Iterator[bytes]:
    """Yield the document in chunks: UTF-8, LF."""
    for line in write_calendar(calendar, options):
        yield line.encode()


def write_calendar(
    calendar: Calendar, options: SvgOptions, *, knows_direction: bool = True
) -> Iterator[str]:
    """Yield the lines of the document; ``knows_direction`` is as in `markup.write_svg`."""
    calendar = visible_calendar(calendar, all_classes=options.all_classes)
    diagram = make_diagram(calendar, options)
    texts = markup.Texts(
        markup.id_prefix(calendar.id),
        calendar.name,
        describe_calendar(calendar, as_of=options.as_of),
        calendar.language,
        options.link_prefix,
    )
    drawing = lay_out(calendar, diagram, options.width)
    yield from markup.write_svg(drawing, diagram.tones, texts, knows_direction=knows_direction)


_HEAD = 4096
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\b[^<>]*>\s*)?<svg\s(?:[^<>]*\s)?id=[\"']%s"
    % markup.ID_START.encode()
)


def is_ours(file: BinaryIO) -> bool:
    """Return whether the root of a file has the id of a diagram."""
    file.seek(0)
    return _ROOT.match(file.read(_HEAD)) is not None
