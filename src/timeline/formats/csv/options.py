"""The options of the CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.formats.options import RenderOptions, option

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from timeline.model import Calendar

TIMELINE = "timeline"
GOOGLE = "google"


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvOptions(RenderOptions):
    """``until`` is the last day for which Google's CSV lists the instances of a rule."""

    dialect: str = option(
        TIMELINE,
        "--csv-dialect",
        "Whose columns: ours, or those Google imports.",
        choices=(TIMELINE, GOOGLE),
    )
    bom: bool = option(False, "--csv-bom", "Begin the CSV with a byte order mark, for Excel.")
    until: date | None = option(
        None,
        "--until",
        "How far Google's CSV spells out rules; two years from the start unless given.",
        date="period",
    )

    @classmethod
    def objection(cls, _given: Mapping[str, object]) -> str | None:
        """Return why ``until`` does not apply: our own columns contain the rule."""
        if "until" in _given and _given.get("dialect") != GOOGLE:
            return "--until is for --csv-dialect google; the other formats have the rule itself"
        return None

    def notices(self, _calendar: Calendar) -> Sequence[str]:
        """Return what Google's columns cannot state: zones and recurrence rules."""
        if self.dialect != GOOGLE:
            return ()
        zone = _calendar.timezone or "UTC"
        zones = f"Google's CSV has no zones: set your Google calendar to {zone} while you import it"
        if not any(event.recurrence for event in _calendar.events):
            return (zones,)
        last = str(self.until) if self.until else "two years after each start"
        return (
            zones,
            f"Google's CSV has no rules: their instances are listed up to {last} (--until)",
        )
