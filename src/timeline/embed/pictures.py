"""The diagram as a picture: a drawing for each width of screen, of which a browser shows one.

`outputs` of the events file may ask for the SVG in several widths. A document then refers to these
files, as GitHub and others remove SVG from Markdown. A page that an engine builds contains the
drawings itself, because the engine may not publish the files.
"""

from __future__ import annotations

import html
import os
from base64 import b64encode
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct

from timeline.formats import FORMATS, SvgOptions, describe_calendar
from timeline.publishing import EVENTS_FILE, place_of_setting, read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from timeline.compiler import Loaded
    from timeline.model import Calendar


class DrawnFile(Struct, frozen=True):
    """An SVG that `outputs` asks for: its path from the current folder, and its options."""

    path: Path
    options: SvgOptions


def drawn_files(loaded: Loaded, file: str) -> Sequence[DrawnFile]:
    """Return the SVGs of a file if their widths differ, the narrowest first; else none."""
    if loaded.kind is not EVENTS_FILE:  # read without its `outputs`
        return ()
    settings = read_settings(loaded.outputs)
    drawn = [
        DrawnFile(place_of_setting("svg", setting, file, settings), SvgOptions(**setting.options))
        for setting in settings.formats.get("svg", ())
    ]
    by_width = {drawing.options.width: drawing for drawing in reversed(drawn)}
    return [by_width[width] for width in sorted(by_width)] if len(by_width) > 1 else ()


def picture_of_files(
    calendar: Calendar, drawn: Sequence[DrawnFile], folder: str
) -> Iterator[bytes]:
    """Yield a picture that refers to files, by their paths from the folder of a document."""
    paths = [os.path.relpath(drawing.path, folder or ".") for drawing in drawn]
    addresses = [quote(Path(path).as_posix()) for path in paths]
    yield from _picture(calendar, drawn, addresses, drawn[-1].options.as_of)


def picture_of_data(
    calendar: Calendar, drawn: Sequence[DrawnFile], as_of: date | None
) -> Iterator[bytes]:
    """Yield a picture that contains its drawings; ``as_of`` is the day to mark as today, if any."""
    addresses = []
    for drawing in drawn:
        options = drawing.options
        if as_of is not None:
            options = SvgOptions(layout=options.layout, width=options.width, as_of=as_of)
        svg = b"".join(FORMATS["svg"].render(calendar, options))
        addresses.append(f"data:image/svg+xml;base64,{b64encode(svg).decode()}")
    yield from _picture(calendar, drawn, addresses, as_of)


def _picture(
    calendar: Calendar, drawn: Sequence[DrawnFile], addresses: Sequence[str], as_of: date | None
) -> Iterator[bytes]:
    """Yield the markup: a source for each width but the widest, up to half-way to the next."""
    widths = [drawing.options.width for drawing in drawn]
    yield b"<picture>\n"
    for (width, wider), address in zip(pairwise(widths), addresses[:-1], strict=True):
        media = f"(max-width: {(width + wider) // 2}px)"
        yield f'<source media="{media}" srcset="{address}">\n'.encode()
    words = " ".join(f"{calendar.name}. {describe_calendar(calendar, as_of=as_of)}".split())
    # Template engines read braces (Liquid, Jinja).
    text = html.escape(words, quote=False).replace('"', "&quot;")
    text = text.replace("{", "&#123;").replace("}", "&#125;")
    yield f'<img src="{addresses[-1]}" alt="{text}">\n</picture>\n'.encode()
