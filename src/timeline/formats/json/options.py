"""The options of the JSON: none, but it states what is in the file, and lists instances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline._limits import MAX_VEVENTS
from timeline.formats.options import RenderOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from timeline.model import Calendar, EventOrigin, Selection


class JsonOptions(RenderOptions):
    """``origins`` has the places of events in the file, by id.

    ``first`` and ``last`` are the days from which and up to which instances are listed.
    """

    origins: Mapping[str, EventOrigin] = {}
    first: date | None = None
    last: date | None = None

    def of_file(
        self, origins: Callable[[], Mapping[str, EventOrigin]], selection: Selection
    ) -> JsonOptions:
        """Return the options with the places of events, and the days of the selection."""
        return replace(self, origins=origins(), first=selection.first, last=selection.last)

    def refusal(self, calendar: Calendar) -> str | None:
        """Return that there are too many instances."""
        if not any(event.recurrence for event in calendar.events):
            return None
        from timeline.formats.json.writer import count_instances  # noqa: PLC0415 - as needed

        if count_instances(calendar, self) <= MAX_VEVENTS:
            return None
        return (
            f"the JSON would have more than {MAX_VEVENTS:,} instances: give an earlier --to, or "
            "export fewer events with --id or --category"
        )
