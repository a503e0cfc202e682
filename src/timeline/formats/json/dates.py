"""Dates as values of the JSON: EDTF, ISO 8601 days, and times of RFC 3339."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from timeline.dates import AOE_NAME, AOE_OFFSET, OPEN, TBC, Date, Instant, OneSidedDate
from timeline.formats.json.documents import SideDocument, WhenDocument
from timeline.model import AllDay, Mixed, Timed, Undated, as_edtf, when_words

if TYPE_CHECKING:
    from timeline.dates import NoDate
    from timeline.model import When, Wording

_UNKNOWN = SideDocument(TBC.value, None, None, None, None, "unknown", "certain")


def when_document(when: When, wording: Wording) -> WhenDocument:
    """Return the dates of an event."""
    return WhenDocument(
        _kind(when),
        when_words(when, wording),
        as_edtf(when),
        _UNKNOWN if isinstance(when, Undated) else _side(when.start),
        None if when.end is None or when.end is OPEN else _side(when.end),
        when.end is OPEN,
    )


def _kind(when: When) -> str:
    kinds = {AllDay: "all-day", Timed: "timed", Mixed: "mixed", Undated: "undated"}
    return kinds[type(when)]


def _side(side: Date | OneSidedDate | Instant | NoDate) -> SideDocument:
    if isinstance(side, Date | OneSidedDate):
        return SideDocument(
            side.text,
            side.earliest,
            side.latest,
            None,
            None,
            side.precision,
            side.qualification.words,
        )
    if not isinstance(side, Instant):
        return _UNKNOWN
    day, text = side.wall.date(), moment_text(side)
    zone = AOE_OFFSET if side.zone == AOE_NAME else side.zone
    precision = "second" if side.has_seconds else "minute"
    return SideDocument(text, day, day, text, zone, precision, side.qualification.words)


def moment_text(moment: date | Instant) -> str:
    """Return a day as ISO 8601, and a time as RFC 3339, in UTC where its offset has seconds."""
    if not isinstance(moment, Instant):
        return moment.isoformat()
    offset = moment.moment.utcoffset() or timedelta()
    return (moment.utc if offset % timedelta(minutes=1) else moment.moment).isoformat()
