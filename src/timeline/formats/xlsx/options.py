"""The options of the workbook: none, but it needs a library, and has a limit."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from timeline.formats.options import RenderOptions

if TYPE_CHECKING:
    from timeline.model import Calendar

MAX_ROWS = 200_000
"""How many rows all sheets may have. Each takes 3 KB and 120 microseconds."""

MAX_SHEETS = 1_000
"""How many sheets a workbook may have: their names are compared, each with all others."""


class XlsxOptions(RenderOptions):
    """No options."""

    def refusal(self, calendar: Calendar) -> str | None:
        """Return that XlsxWriter is not installed, or that there are too many rows."""
        if find_spec("xlsxwriter") is None:
            return "the Excel workbook needs XlsxWriter: `pip install 'timeline-as-code[excel]'`"
        from timeline.model import events_of_feed  # noqa: PLC0415 - only a workbook needs it

        if 1 + len(calendar.feeds) > MAX_SHEETS:
            return (
                f"the Excel workbook would have a sheet for each of {len(calendar.feeds):,} feeds, "
                f"expected at most {MAX_SHEETS:,} sheets: export other formats"
            )
        sheets = [calendar.events, *(events_of_feed(calendar, feed) for feed in calendar.feeds)]
        rows = sum(1 + len(event.overrides) for events in sheets for event in events)
        if rows > MAX_ROWS:
            return (
                f"the Excel workbook would have {rows:,} rows, expected at most {MAX_ROWS:,}: "
                "export fewer events with --id, --category, --from or --to"
            )
        return None
