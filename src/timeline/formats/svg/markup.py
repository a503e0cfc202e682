"""The markup of the diagram: SVG 1.1 with a style sheet.

All text of the author goes through ``escape_xml``. Ids and selectors start with the calendar's id,
so that a page can have several diagrams.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.formats.svg.palette import DARK, LIGHT, SHAPES
from timeline.formats.svg.shapes import (
    NARROW,
    STYLES,
    WIDE,
    Bar,
    Glyph,
    Group,
    Label,
    Line,
    Rect,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.formats.svg.palette import Tone
    from timeline.formats.svg.shapes import Drawing, Shape

NARROWEST = 500
"""The width in CSS pixels up to which the narrow setting is shown."""

FONTS = "Arial,'Liberation Sans','Helvetica Neue',Roboto,'Noto Sans',sans-serif"


def write_svg(
    drawing: Drawing,
    tones: Sequence[Tone],
    *,
    id_: str,
    title: str,
    text: str,
    language: str | None,
) -> Iterator[str]:
    """Yield the lines of the document; ``text`` is its description for screen readers."""
    width, height = _number(drawing.width), _number(drawing.height)
    direction = ' direction="rtl"' if drawing.is_right_to_left else ""
    lang = f' lang="{escape_xml(language)}" xml:lang="{escape_xml(language)}"' if language else ""
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{id_}" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img"{lang}{direction}'
        f' aria-labelledby="{id_}-title" aria-describedby="{id_}-desc">\n'
    )
    yield f'<title id="{id_}-title">{escape_xml(title)}</title>\n'
    yield f'<desc id="{id_}-desc">{escape_xml(text)}</desc>\n'
    yield f"<style>\n{_sheet(id_, tones)}</style>\n"
    fades = _fades(drawing.shapes, id_)
    if fades:
        yield "<defs>\n"
        for (tone, stops), name in fades.items():
            yield _gradient(name, tone, stops)
        yield "</defs>\n"
    for shape in drawing.shapes:
        yield from _shape(shape, fades, None, is_right_to_left=drawing.is_right_to_left)
    yield "</svg>\n"


ID_START = "timeline-"
"""Published files are recognised by it, so it must not change."""


def id_prefix(calendar_id: str) -> str:
    """Return the id of a diagram: that of the calendar, as an NCName without dots."""
    return ID_START + re.sub("[^A-Za-z0-9-]", "_", calendar_id)


# Shapes.


def _shape(
    shape: Shape, fades: Fades, tone: int | None, *, is_right_to_left: bool
) -> Iterator[str]:
    match shape:
        case Group():
            named = "" if shape.tone is None else f' class="c{shape.tone}"'
            title = f"<title>{escape_xml(shape.title)}</title>" if shape.title else ""
            yield f"<g{named}>{title}\n"
            for child in shape.shapes:
                yield from _shape(child, fades, shape.tone, is_right_to_left=is_right_to_left)
            yield "</g>\n"
        case Label():
            yield _label(shape, is_right_to_left=is_right_to_left)
        case Bar():
            yield _bar(shape, fades, tone)
        case Rect():
            yield (
                f'<rect class="{shape.style}" x="{_number(shape.x)}" y="{_number(shape.y)}"'
                f' width="{_number(shape.width)}" height="{_number(shape.height)}" rx="8"/>\n'
            )
        case Line():
            path = "L".join(f"{_number(x)} {_number(y)}" for x, y in shape.points)
            closed = "z" if shape.style == "funnel" else ""
            yield f'<path class="{_classes(shape.style, shape.setting)}" d="M{path}{closed}"/>\n'
        case Glyph():
            yield _glyph(shape)


def _label(label: Label, *, is_right_to_left: bool) -> str:
    classes = _classes(label.style, label.setting, "struck" if label.struck else "")
    # The end of a line is its left side where lines run from right to left.
    end = ' text-anchor="end"' if label.ends != is_right_to_left else ""
    return (
        f'<text class="{classes}" x="{_number(label.x)}" y="{_number(label.y)}"{end}>'
        f"{escape_xml(label.text)}</text>\n"
    )


def _bar(bar: Bar, fades: Fades, tone: int | None) -> str:
    x, y, width, height = map(_number, (bar.x, bar.y, bar.width, bar.height))
    place = f'x="{x}" y="{y}" width="{width}" height="{height}"'
    if bar.stops:
        return f'<rect fill="url(#{fades[tone or 0, bar.stops]})" {place} rx="2"/>\n'
    return f'<rect class="{"hollow" if bar.is_hollow else "solid"}" {place} rx="2"/>\n'


def _glyph(glyph: Glyph) -> str:
    classes = _classes("hollow" if glyph.is_hollow else "solid", glyph.setting)
    scale = "" if glyph.scale == 1 else f" scale({_number(glyph.scale)})"
    place = f"translate({_number(glyph.x)} {_number(glyph.y)}){scale}"
    return f'<path class="{classes}" d="{SHAPES[glyph.shape]}" transform="{place}"/>\n'


def _classes(*names: str) -> str:
    return " ".join(filter(None, names))


# Fading.

Stops = tuple[tuple[float, float], ...]
Fades = dict[tuple[int, Stops], str]
"""The ids of gradients by tone and stops."""


def _fades(shapes: Iterable[Shape], id_: str) -> Fades:
    """Return an id for each different gradient of the shapes."""
    return {
        pair: f"{id_}-fade-{number}"
        for number, pair in enumerate(dict.fromkeys(_faded(shapes, None)), start=1)
    }


def _faded(shapes: Iterable[Shape], tone: int | None) -> Iterator[tuple[int, Stops]]:
    for shape in shapes:
        if isinstance(shape, Group):
            yield from _faded(shape.shapes, shape.tone)
        elif isinstance(shape, Bar) and shape.stops:
            yield tone or 0, shape.stops


def _gradient(name: str, tone: int, stops: Stops) -> str:
    written = "".join(
        f'<stop offset="{_number(100 * place)}%" stop-color="currentColor"'
        f' stop-opacity="{_number(share)}"/>'
        for place, share in stops
    )
    return f'<linearGradient id="{name}" class="c{tone}">{written}</linearGradient>\n'


# The style sheet.

_COMMON = f"""\
@ {{max-width:100%;height:auto}}
@ text {{font-family:{FONTS}}}
@ .struck {{text-decoration:line-through}}
@ .solid {{fill:currentColor}}
@ .hollow {{fill:none;stroke:currentColor;stroke-width:2;stroke-dasharray:3 1.5}}
@ .perhaps {{fill:none;stroke:currentColor;stroke-width:1.5;stroke-dasharray:2 3}}
@ .shaft {{fill:none;stroke:currentColor;stroke-width:4}}
@ .head {{fill:none;stroke:currentColor;stroke-width:3;stroke-linejoin:round;stroke-linecap:round}}
@ .string {{fill:none;stroke:currentColor}}
@ .dense,@ .sparse {{fill:none;stroke:currentColor;stroke-width:10;stroke-dasharray:1.75 2.75}}
@ .sparse {{stroke-dasharray:1.25 5}}
@ .grid,@ .axis,@ .branch,@ .today {{fill:none}}
@ path.today {{stroke-width:1.25;stroke-dasharray:5 4}}
@ .tray {{fill:none;stroke-dasharray:5 4}}
@ .{NARROW} {{display:none}}
"""


def _sheet(id_: str, tones: Sequence[Tone]) -> str:
    wide = _sizes(WIDE) + _scheme(LIGHT, [tone.light for tone in tones])
    narrow = f"@ .{WIDE} {{display:none}}\n@ .{NARROW} {{display:inline}}\n" + _sizes(NARROW)
    dark = _scheme(DARK, [tone.dark for tone in tones])
    sheet = (
        f"{_COMMON}{wide}"
        f"@media (max-width:{NARROWEST}px) {{\n{narrow}}}\n"
        f"@media screen and (prefers-color-scheme:dark) {{\n{dark}}}\n"
        "@media print {\n@ * {print-color-adjust:exact;-webkit-print-color-adjust:exact}\n}\n"
    )
    return re.sub("@(?=[ ])", f"#{id_}", sheet)


def _sizes(setting: str) -> str:
    """Return the CSS rules for the size and weight of each text style, in pixels."""
    return "".join(
        f"@ .{name} {{font-size:{_number(style.size(setting))}px"
        f"{';font-weight:600' if style.is_bold else ''}}}\n"
        for name, style in STYLES.items()
    )


def _scheme(colors: dict[str, str], tones: list[str]) -> str:
    return "".join(
        [
            f"@ .paper {{fill:{colors['paper']};stroke:{colors['grid']}}}\n",
            f"@ .inset {{fill:{colors['inset']};stroke:{colors['grid']}}}\n",
            f"@ .funnel {{fill:{colors['inset']};stroke:{colors['grid']}}}\n",
            f"@ text {{fill:{colors['ink']}}}\n",
            f"@ .note,@ .tick,@ .context {{fill:{colors['muted']}}}\n",
            f"@ .grid {{stroke:{colors['grid']}}}\n",
            f"@ .axis,@ .branch,@ .tray {{stroke:{colors['edge']}}}\n",
            "@ .mark {fill:currentColor}\n",
            f"@ text.today {{fill:{colors['today']}}}\n",
            f"@ path.today {{stroke:{colors['today']}}}\n",
            *(f"@ .c{number} {{color:{tone}}}\n" for number, tone in enumerate(tones)),
        ]
    )


# Text.

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escape_xml(text: str) -> str:
    """Escape text for an element or an attribute; characters not in XML 1.0 become U+FFFD."""
    text = _NOT_XML.sub("\ufffd", text)
    for char, written in _ESCAPES.items():
        if char in text:
            text = text.replace(char, written)
    return text.replace("\r", "&#13;")


def _number(value: float) -> str:
    """Return a number with up to two decimals, and without a sign for zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
