"""The markup of the diagram: SVG 1.1 with a style sheet.

All text of the author goes through ``escape_xml``. Ids and selectors start with the calendar's id,
so that a page can have several diagrams.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.formats.diagram.palette import DARK, LIGHT
from timeline.formats.svg.shapes import STYLES, Glyph, Group, Label, Line, Rect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.formats.diagram.palette import Tone
    from timeline.formats.svg.shapes import Drawing, Shape

FONTS = "Arial,'Liberation Sans','Helvetica Neue',Roboto,'Noto Sans',sans-serif"

PATHS = (
    "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
    "M-5.5-5.5h11v11h-11z",
    "M0-7L7 5.5H-7z",
    "M0-7.5L7.5 0L0 7.5L-7.5 0z",
    "M-2.2-6.5h4.4v4.3h4.3v4.4h-4.3v4.3h-4.4v-4.3h-4.3v-4.4h4.3z",
    "M0 7L7-5.5H-7z",
    "M0-7.5L2.2-2.4L7.2-2.4L3.2 1.3L4.7 6.6L0 3.5L-4.7 6.6L-3.2 1.3L-7.2-2.4L-2.2-2.4z",
    "M-6.5 0L-3.2-5.8H3.2L6.5 0L3.2 5.8H-3.2z",
)
"""The outlines of the shapes of the palette, around (0, 0)."""


class Texts(Struct, frozen=True):
    """What a drawing states of itself: its id, its name, and its description for screen readers.

    With ``link_prefix``, every event is a link to that text and its id, and the drawing is hidden
    from screen readers.
    """

    id: str
    title: str
    description: str
    language: str | None = None
    link_prefix: str | None = None


def write_svg(
    drawing: Drawing, tones: Sequence[Tone], texts: Texts, *, knows_direction: bool = True
) -> Iterator[str]:
    """Yield the lines of the document.

    For a renderer that does not know the attribute `direction`, places are those of lines from left
    to right, and each text states its direction.
    """
    id_ = texts.id
    width, height = _number(drawing.width), _number(drawing.height)
    direction = ' direction="rtl"' if drawing.is_right_to_left and knows_direction else ""
    lang = escape_xml(texts.language or "")
    lang = f' lang="{lang}" xml:lang="{lang}"' if lang else ""
    is_hidden = texts.link_prefix is not None
    role = ' aria-hidden="true"'
    if not is_hidden:
        role = f' role="img" aria-labelledby="{id_}-title" aria-describedby="{id_}-desc"'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{id_}" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}"{lang}{direction}{role}>\n'
    )
    if not is_hidden:
        yield f'<title id="{id_}-title">{escape_xml(texts.title)}</title>\n'
        yield f'<desc id="{id_}-desc">{escape_xml(texts.description)}</desc>\n'
    yield f"<style>\n{_sheet(id_, tones)}</style>\n"
    yield f"<defs>\n{_definitions(id_, len(tones), is_mirrored=drawing.is_right_to_left)}</defs>\n"
    writer = _Writer(
        id_,
        texts.link_prefix,
        is_right_to_left=drawing.is_right_to_left,
        knows_direction=knows_direction,
    )
    for shape in drawing.shapes:
        yield from writer.shape(shape, None)
    yield "</svg>\n"


ID_START = "timeline-"
"""Published files are recognised by it, so it must not change."""


def id_prefix(calendar_id: str) -> str:
    """Return the id of a diagram: that of the calendar, as an NCName without dots."""
    return ID_START + re.sub("[^A-Za-z0-9-]", "_", calendar_id)


# Shapes.

_RIGHT_TO_LEFT = "\u2067{}\u2069"
"""A text with the characters that make it run from right to left (UAX 9, 2.4)."""


class _Writer:
    """The markup of shapes, in the direction of a drawing."""

    def __init__(
        self, id_: str, link_prefix: str | None, *, is_right_to_left: bool, knows_direction: bool
    ) -> None:
        self._id = id_
        self._link_prefix = link_prefix
        self._ends_left = is_right_to_left and knows_direction
        self._isolate = "{}" if knows_direction or not is_right_to_left else _RIGHT_TO_LEFT

    def shape(self, shape: Shape, tone: int | None) -> Iterator[str]:
        """Yield the lines of a shape in a group with a tone."""
        match shape:
            case Group():
                yield from self._group(shape)
            case Label():
                yield self._label(shape)
            case Rect():
                yield self._rect(shape, tone)
            case Line():
                yield _line(shape)
            case Glyph():
                yield _glyph(shape)

    def _group(self, group: Group) -> Iterator[str]:
        named = "soft" if group.tone is None else f"c{group.tone}"
        is_link = self._link_prefix is not None and group.event is not None
        title = f"<title>{escape_xml(group.title)}</title>" if group.title else ""
        if is_link:
            address = escape_xml(f"{self._link_prefix}{group.event}")
            yield f'<a href="{address}" tabindex="-1">\n'
        yield f'<g class="{named}">{title}\n'
        for child in group.shapes:
            yield from self.shape(child, group.tone)
        yield "</g>\n"
        if is_link:
            yield "</a>\n"

    def _label(self, label: Label) -> str:
        classes = f"{label.style} struck" if label.struck else label.style
        # The end of a line is its left side where lines run from right to left.
        end = ' text-anchor="end"' if label.ends != self._ends_left else ""
        return (
            f'<text class="{classes}" x="{_number(label.x)}" y="{_number(label.y)}"{end}>'
            f"{escape_xml(self._isolate.format(label.text))}</text>\n"
        )

    def _rect(self, rect: Rect, tone: int | None) -> str:
        x, y, width, height = map(_number, (rect.x, rect.y, rect.width, rect.height))
        place = f'x="{x}" y="{y}" width="{width}" height="{height}"'
        radius = f' rx="{_number(rect.radius)}"' if rect.radius else ""
        mask = (
            f' mask="url(#{self._id}-fade{"-in" if rect.fades < 0 else "-out"})"'
            if rect.fades
            else ""
        )
        if rect.style == "hatch":
            name = "soft" if tone is None else str(tone)
            return f'<rect fill="url(#{self._id}-hatch-{name})" {place}{mask}/>\n'
        return f'<rect class="{rect.style}" {place}{radius}{mask}/>\n'


def _line(line: Line) -> str:
    closed = "z" if line.is_closed else ""
    path = "".join(
        "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points) + closed
        for points in line.lines
    )
    return f'<path class="{line.style}" d="{path}"/>\n'


def _glyph(glyph: Glyph) -> str:
    scale = "" if glyph.scale == 1 else f" scale({_number(glyph.scale)})"
    place = f"translate({_number(glyph.x)} {_number(glyph.y)}){scale}"
    return f'<path class="{glyph.style}" d="{PATHS[glyph.shape]}" transform="{place}"/>\n'


# Definitions.


def _definitions(id_: str, tones: int, *, is_mirrored: bool) -> str:
    """Return the hatching of each tone, and the two ways to fade."""
    hatches = "".join(
        f'<pattern id="{id_}-hatch-{name}" class="{classes}" width="7" height="7"'
        f' patternUnits="userSpaceOnUse"><path class="stripe" d="{_STRIPES[is_mirrored]}"/>'
        "</pattern>\n"
        for name, classes in [("soft", "soft"), *((str(n), f"c{n}") for n in range(tones))]
    )
    return hatches + "".join(
        f'<linearGradient id="{name}-way"><stop offset="0" stop-color="#fff"'
        f' stop-opacity="{1 - ends}"/><stop offset="1" stop-color="#fff" stop-opacity="{ends}"/>'
        f'</linearGradient>\n<mask id="{name}" maskContentUnits="objectBoundingBox">'
        f'<rect width="1" height="1" fill="url(#{name}-way)"/></mask>\n'
        for name, ends in ((f"{id_}-fade-out", 0), (f"{id_}-fade-in", 1))
    )


_STRIPES = ("M-1 1L1-1M0 7L7 0M6 8L8 6", "M-1 6L1 8M0 0L7 7M6-1L8 1")


# The style sheet.

_COMMON = f"""\
@ {{max-width:100%;height:auto}}
@ text {{font-family:{FONTS}}}
@ .struck {{text-decoration:line-through}}
@ .sure {{fill:currentColor}}
@ .outline,@ .dashed,@ .unsettled,@ .stripe,@ .ghost,@ .arrow {{fill:none;stroke:currentColor}}
@ .outline,@ .ghost {{stroke-width:1.5}}
@ .dashed,@ .unsettled {{stroke-width:1.75;stroke-dasharray:3 1.5}}
@ .stripe {{stroke-width:1.5}}
@ .ghost {{stroke-dasharray:1.5 2}}
@ .arrow {{stroke-width:3;stroke-linejoin:round;stroke-linecap:round}}
@ .line,@ .edge,@ .now,@ .tray {{fill:none}}
@ .now {{stroke-width:1.5}}
@ .tray {{stroke-width:1.25;stroke-dasharray:5 4}}
"""


def _sheet(id_: str, tones: Sequence[Tone]) -> str:
    sizes = "".join(
        f"@ .{name} {{font-size:{_number(style.size)}px"
        f"{';font-weight:600' if style.is_bold else ''}}}\n"
        for name, style in STYLES.items()
    )
    light = _scheme(LIGHT, [tone.light for tone in tones])
    dark = _scheme(DARK, [tone.dark for tone in tones])
    sheet = (
        f"{_COMMON}{sizes}{light}"
        f"@media screen and (prefers-color-scheme:dark) {{\n{dark}}}\n"
        f"@media (forced-colors:active) {{\n{_FORCED}}}\n"
        "@media print {\n@ * {print-color-adjust:exact;-webkit-print-color-adjust:exact}\n}\n"
    )
    return re.sub("@(?=[ ])", f"#{id_}", sheet)


_FORCED = """\
@ {forced-color-adjust:none}
@ .sheet,@ .wash,@ .lens,@ text.on {fill:Canvas}
@ .sheet,@ .line,@ .lens,@ .wash {stroke:GrayText}
@ .edge,@ .tray {stroke:CanvasText}
@ text,@ .note,@ .tick {fill:CanvasText}
@ g[class],@ pattern[class] {color:CanvasText}
@ rect.flag {fill:Highlight}
@ text.flag {fill:HighlightText}
@ .now {stroke:Highlight}
"""
"""The colours of a reader's system, where that sets them; it has no shades for the ground."""


def _scheme(colors: dict[str, str], tones: list[str]) -> str:
    return "".join(
        [
            f"@ .sheet {{fill:{colors['paper']};stroke:{colors['line']}}}\n",
            f"@ .on {{fill:{colors['paper']}}}\n",
            f"@ .wash,@ .lens {{fill:{colors['wash']}}}\n",
            f"@ text {{fill:{colors['ink']}}}\n",
            f"@ .note,@ .tick {{fill:{colors['soft']}}}\n",
            f"@ .soft {{color:{colors['soft']}}}\n",
            f"@ .line {{stroke:{colors['line']}}}\n",
            f"@ .edge,@ .tray {{stroke:{colors['edge']}}}\n",
            "@ .mark {fill:currentColor}\n",
            f"@ rect.flag {{fill:{colors['now']}}}\n",
            f"@ text.flag,@ text.on {{fill:{colors['paper']}}}\n",
            f"@ .now {{stroke:{colors['now']}}}\n",
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
