"""The options of the CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.formats.options import Objection, RenderOptions, option

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from timeline.model import Calendar

TIMELINE = "timeline"
GOOGLE = "google"
EXCEL = "excel"


class CsvOptions(RenderOptions):
    """``until`` is the last day for which Google's CSV lists the instances of a rule."""

    dialect: str = option(
        TIMELINE,
        "--csv-dialect",
        "Columns of the CSV: those of timeline, those that Google Calendar imports, or a table for "
        "people that Excel opens.",
        choices=(TIMELINE, GOOGLE, EXCEL),
    )
    bom: bool = option(False, "--csv-bom", "Start the CSV with a byte order mark, for Excel.")
    until: date | None = option(
        None,
        "--until",
        "Last date for which Google's CSV lists instances of a recurrence rule; without it, two "
        "years after the start.",
        date="period",
    )

    @classmethod
    def objection(cls, given: Mapping[str, object]) -> Objection | None:
        """Return why ``until`` does not apply: our own columns contain the rule."""
        if "until" in given and given.get("dialect") != GOOGLE:
            reason = "other outputs contain the recurrence rule"
            return Objection("until", "dialect", GOOGLE, reason)
        return None

    def refusal(self, calendar: Calendar) -> str | None:
        """Return why a calendar has too many instances, or too much text in them."""
        if self.dialect != GOOGLE:
            return None
        from timeline.formats.csv.google import excess  # noqa: PLC0415 - few exports need it

        return excess(calendar, self.until)

    def notices(self, calendar: Calendar) -> Sequence[str]:
        """Return what Google's columns cannot state: zones and recurrence rules."""
        if self.dialect != GOOGLE:
            return ()
        from timeline.formats.csv.google import google_zone  # noqa: PLC0415 - as above

        zone = google_zone(calendar)
        notices = [
            f"Google's CSV has no time zones: set your Google calendar to {zone} before the import"
        ]
        if any(event.recurrence for event in calendar.events):
            last = str(self.until) if self.until else "two years after each start"
            notices.append(
                f"Google's CSV has no recurrence rules: instances are listed up to {last} (--until)"
            )
        return notices
