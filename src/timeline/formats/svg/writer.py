"""The writer of the diagram: layout, markup, encoding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.formats.diagram.descriptions import describe_calendar
from timeline.formats.svg import markup
from timeline.formats.svg.layout import lay_out
from timeline.formats.svg.palette import Tones

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from timeline.formats.svg.options import SvgOptions
    from timeline.model import Calendar


def render(calendar: Calendar, options: SvgOptions) -> Iterator[bytes]:
    """Yield the document in chunks: UTF-8, LF."""
    lines = markup.write_svg(
        lay_out(calendar, options.as_of),
        Tones(calendar.events).all,
        id_=markup.id_prefix(calendar.id),
        title=calendar.name,
        text=describe_calendar(calendar),
        language=calendar.language,
    )
    for line in lines:
        yield line.encode()


_HEAD = 4096
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\b[^<>]*>\s*)?<svg\s(?:[^<>]*\s)?id=[\"']%s"
    % markup.ID_START.encode()
)


def is_ours(file: BinaryIO) -> bool:
    """Return whether the root of a file has the id of a diagram."""
    file.seek(0)
    return _ROOT.match(file.read(_HEAD)) is not None
