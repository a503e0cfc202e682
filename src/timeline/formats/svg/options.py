"""The options of the diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.formats.classes import hidden_events_notices
from timeline.formats.options import RenderOptions, all_classes_option, as_of_option, option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from timeline.model import Calendar

AUTO, ROWS, LANES = "auto", "rows", "lanes"
WIDTH = 840


class SvgOptions(RenderOptions):
    """``as_of`` is the day to mark as today, if any; ``width`` is in pixels.

    With ``link_prefix``, every event is a link to this text and the id of the event; the drawing is
    then hidden from screen readers, because the links lead to a list that says the same in words.
    """

    layout: str = option(
        AUTO,
        "--svg-layout",
        "Layout of the diagram: a row for each event, a lane for each category, or lanes if there "
        "are more than 16 dated events.",
        choices=(AUTO, ROWS, LANES),
    )
    width: int = option(
        WIDTH,
        "--svg-width",
        "Width of the diagram in pixels; 360 is for phones.",
        bounds=(320, 1920),
    )
    as_of: date | None = as_of_option()
    all_classes: bool = all_classes_option()
    link_prefix: str | None = None

    def notices(self, calendar: Calendar) -> Sequence[str]:
        """Return how many events are hidden."""
        return [] if self.all_classes else hidden_events_notices(calendar, "in the diagram")
