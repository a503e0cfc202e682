"""The options of the PNG: those of the diagram, and how many pixels it has."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from timeline.formats.classes import visible_calendar
from timeline.formats.options import option
from timeline.formats.svg.options import SvgOptions

if TYPE_CHECKING:
    from timeline.model import Calendar

MAX_PIXELS = 50_000_000
"""How many pixels an image may have. Each takes 4 bytes of memory."""


class PngOptions(SvgOptions):
    """``scale`` is the number of pixels of the image for a pixel of the diagram."""

    scale: int = option(
        2,
        "--png-scale",
        "Pixels of the PNG for a pixel of the diagram: 2 makes it 1,680 pixels wide.",
        bounds=(1, 4),
    )

    def refusal(self, calendar: Calendar) -> str | None:
        """Return that resvg-py or a font is missing, or that the image would be too large."""
        if find_spec("resvg_py") is None:
            return "--png needs resvg-py: `pip install 'timeline-as-code[png]'`"
        from timeline.formats.png.writer import has_fonts  # noqa: PLC0415 - resvg-py is an extra
        from timeline.formats.svg.layout import lay_out, make_diagram  # noqa: PLC0415 - as needed

        shown = visible_calendar(calendar, all_classes=self.all_classes)
        height = lay_out(shown, make_diagram(shown, self), self.width).height
        wide, high = self.width * self.scale, round(height) * self.scale
        if wide * high > MAX_PIXELS:
            return (
                f"the PNG would have {wide:,} by {high:,} pixels, expected at most {MAX_PIXELS:,} "
                "in all: lower --png-scale, or export fewer events with --id, --category, --from "
                "or --to"
            )
        if not has_fonts():
            return "--png needs a font, and none is installed, such as Liberation Sans or DejaVu"
        return None
