"""The writer of the PNG: the SVG, drawn by resvg in its light scheme.

The SVG refers to nothing, so no file is read but the fonts that are installed. The bytes depend on
these fonts and on the version of resvg, so an export does not compare them.
"""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING
from zlib import crc32

from timeline.formats.svg.markup import FONTS
from timeline.formats.svg.writer import write_calendar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from timeline.formats.png.options import PngOptions
    from timeline.model import Calendar


def render(calendar: Calendar, options: PngOptions) -> Iterator[bytes]:
    """Yield the image."""
    svg = "".join(write_calendar(calendar, options, knows_direction=False))
    yield _marked(_image(svg, options.scale))


def _image(svg: str, scale: int = 1) -> bytes:
    # A file is recognised without the library, which is an extra.
    from resvg_py import svg_to_bytes  # noqa: PLC0415

    return svg_to_bytes(svg_string=svg, zoom=scale)


_TEXT = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16">'
    '<text y="15" font-size="16" font-family="{fonts}">{text}</text></svg>'
)


def has_fonts() -> bool:
    """Return whether a font is installed, without which resvg leaves out all text."""
    empty, written = (_image(_TEXT.format(fonts=FONTS, text=text)) for text in " A")
    return empty != written


_START = b"\x89PNG\r\n\x1a\n"
_IHDR = _START + b"\0\0\0\x0dIHDR"
_HEADER = len(_START) + 25
"""The length of the signature and of the first chunk, IHDR (PNG, third edition, 5.6, 11.2.1)."""


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))


_MARK = _chunk(b"tEXt", b"Software\0timeline")


def _marked(image: bytes) -> bytes:
    """Return an image that states after its header what has written it."""
    return image[:_HEADER] + _MARK + image[_HEADER:]


def is_ours(file: BinaryIO) -> bool:
    """Return whether a file is an image that states that timeline has written it."""
    file.seek(0)
    beginning = file.read(_HEADER + len(_MARK))
    return beginning.startswith(_IHDR) and beginning.endswith(_MARK)
