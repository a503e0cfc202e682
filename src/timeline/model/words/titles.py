"""The SUMMARY of a VEVENT: a marker, the author's title, and a note.

Calendar apps cut titles at the end, so what is not certain comes first and is short: one marker.
The note has what the marker does not say, and DTSTART and DTEND cannot state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates import (
    OPEN,
    TBC,
    Date,
    Instant,
    NoDate,
    OneSidedDate,
    Precision,
    Qualification,
    date_of,
)
from timeline.diagnostics import cell_width
from timeline.model.events import Mixed, is_known_to_the_day
from timeline.model.words.clocks import clock_and_zone
from timeline.model.words.dates import date_words, from_date, qualified, since, until, within
from timeline.model.words.spans import to_be_confirmed, until_side
from timeline.model.words.wording import joined_by_commas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model.events import Dated
    from timeline.model.words.wording import Wording

UNIT_COLUMNS = 16
"""The most columns of a unit in a marker; a longer one is in the note."""


def marked_title(title: str, when: Dated, status: str | None, wording: Wording) -> str:
    """Return a title with the marker and the note for these dates and this status."""
    start = when.start
    is_vague = not isinstance(start, Instant) and not start.is_day
    unit = None
    if isinstance(start, Date) and is_vague and status not in _STATUS_FIRST:
        unit = _unit(start, wording)
    marker = _marker(start, status, unit, wording)
    if not is_vague:
        notes = _notes_of_known_start(when, status, wording)
    elif unit:
        notes = _notes_after_unit(when, wording)
    else:
        notes = iter((_vague_words(when, wording),))
    parts = list(notes)
    if is_vague and status == "tentative":
        parts.append(wording.phrase("tentative"))
    if is_vague and status == "postponed":
        parts.append(to_be_confirmed(wording))
    return _joined(marker, title, joined_by_commas(parts, wording), wording)


def postponed_title(title: str, was: Dated, wording: Wording) -> str:
    """Return the title of an event without a new date; ``was`` is what it is postponed from."""
    note = ""
    if not is_known_to_the_day(was):
        start = was.start
        if isinstance(start, OneSidedDate):
            origin = wording.phrase("previously {date}", date=date_words(start, wording))
        else:
            origin = from_date(date_of(start), wording)
        note = wording.phrase("{date}, new date to be confirmed", date=origin)
    return _joined(_status_marker("postponed", wording), title, note, wording)


def _joined(marker: str, title: str, note: str, wording: Wording) -> str:
    if marker:
        title = f"{wording.label(marker)} {title}"
    return f"{title} ({note})" if note else title


_STATUS_FIRST = frozenset({"cancelled", "postponed"})
"""The statuses whose marker is before every other."""


def _marker(
    start: Date | OneSidedDate | Instant,
    status: str | None,
    unit: str | None,
    wording: Wording,
) -> str:
    """Return the first marker that applies; empty for none."""
    if status in _STATUS_FIRST:
        return _status_marker(status, wording)
    if not isinstance(start, Instant) and not start.is_day:
        if status == "confirmed":
            return unit or ""
        # Translators: before a title, "to be confirmed", at most 14 columns.
        marker = wording.phrase("TBC")
        return f"{marker} {unit}" if unit else marker
    if status == "tentative":
        return _status_marker(status, wording)
    if start.qualification.is_uncertain:
        # Translators: before a title, at most 14 columns: the source of the date may be wrong.
        return wording.phrase("Uncertain")
    # Translators: before a title, at most 14 columns: the date is about right.
    return wording.phrase("Approx") if start.qualification else ""


def _status_marker(status: str | None, wording: Wording) -> str:
    match status:
        case "cancelled":
            # Translators: before a title, at most 14 columns.
            return wording.phrase("Cancelled")
        case "postponed":
            # Translators: before a title, at most 14 columns.
            return wording.phrase("Postponed")
    # Translators: before a title, at most 14 columns.
    return wording.phrase("Tentative")


def _unit(start: Date, wording: Wording) -> str | None:
    """Return the words of a plain year, quarter or month that is short enough for a marker."""
    if start.precision not in _UNITS or "X" in start.text:
        return None
    words = date_words(Date(start.earliest, start.latest, start.precision, start.text), wording)
    return words if cell_width(words) <= UNIT_COLUMNS else None


_UNITS = frozenset({Precision.YEAR, Precision.QUARTER, Precision.MONTH})


def _notes_of_known_start(when: Dated, status: str | None, wording: Wording) -> Iterator[str]:
    """Yield the qualification of the start, unless the marker says it, and then the end."""
    start, end = when.start, when.end
    assert not isinstance(start, OneSidedDate)  # noqa: S101 - it is known
    if end is OPEN:
        yield since(date_of(start), wording)
        return
    if isinstance(when, Mixed) and isinstance(start, Instant):
        last = _from_clock(start, end, wording)
    else:
        last = _end_note(end, wording, is_mixed=isinstance(when, Mixed))
    if rest := _unsaid(start.qualification, status):
        has_status = status in _STATUS_FIRST or status == "tentative"
        if has_status and last:
            yield _start_words(rest, wording)
        else:
            yield qualification_words(rest, wording)
    if last:
        yield last


def _unsaid(qualification: Qualification, status: str | None) -> Qualification:
    """Return what the marker does not say of a qualification; it has one of two at most."""
    if status in _STATUS_FIRST or status == "tentative":
        return qualification
    if qualification is Qualification.BOTH:
        return Qualification.APPROXIMATE
    return Qualification.CERTAIN


def _from_clock(start: Instant, end: Date | Instant | NoDate | None, wording: Wording) -> str:
    """Return the time at which a span of days begins, and what DTEND cannot state of its end."""
    words = wording.phrase("from {date}", date=clock_and_zone(start, wording))
    last = _end_note(end, wording)
    return wording.phrase("{first}, {next}", first=words, next=last) if last else words


def _end_note(
    end: Date | Instant | NoDate | None, wording: Wording, *, is_mixed: bool = False
) -> str:
    """Return what DTEND cannot state of the end of a known start; empty for nothing.

    ``is_mixed`` states that the start is a day, so that the VEVENT does not show a time of the end.
    """
    if is_mixed and isinstance(end, Instant):
        clock = clock_and_zone(end, wording)
        words = qualified(end.qualification, clock, wording)
        return wording.phrase("until {date}", date=words)
    if end is None:
        return ""
    if isinstance(end, NoDate):  # an open end is the words of the start
        return wording.phrase("end to be confirmed")
    if isinstance(end, Date) and not end.is_day:
        return until(end, wording)
    return _end_words(end.qualification, wording) if end.qualification else ""


def _notes_after_unit(when: Dated, wording: Wording) -> Iterator[str]:
    """Yield the qualification and the end of a start whose unit is in the marker."""
    start, end = when.start, when.end
    if start.qualification:
        yield qualification_words(start.qualification, wording)
    if end is OPEN:
        yield wording.phrase("no end")
    elif end is TBC:
        yield wording.phrase("end to be confirmed")
    elif isinstance(end, Date | Instant):
        yield until_side(end, wording)


def _vague_words(when: Dated, wording: Wording) -> str:
    """Return the words of a start that is not known to a day, and of its end."""
    start, end = when.start, when.end
    assert not isinstance(start, Instant)  # noqa: S101 - a time is known to the day
    if end is OPEN:
        return since(start, wording)
    words = date_words(start, wording)
    if end is None:
        return words
    if isinstance(end, NoDate):
        return wording.phrase("{date}, end to be confirmed", date=words)
    if start == end:
        return within(start, wording)
    return wording.phrase("{start} {until}", start=words, until=until_side(end, wording))


def qualification_words(qualification: Qualification, wording: Wording) -> str:
    """Return ``approximate``, ``uncertain``, or both."""
    match qualification:
        case Qualification.APPROXIMATE:
            return wording.phrase("approximate")
        case Qualification.UNCERTAIN:
            return wording.phrase("uncertain")
    return wording.phrase("uncertain and approximate")


def _start_words(qualification: Qualification, wording: Wording) -> str:
    match qualification:
        case Qualification.APPROXIMATE:
            return wording.phrase("start approximate")
        case Qualification.UNCERTAIN:
            return wording.phrase("start uncertain")
    return wording.phrase("start uncertain and approximate")


def _end_words(qualification: Qualification, wording: Wording) -> str:
    match qualification:
        case Qualification.APPROXIMATE:
            return wording.phrase("end approximate")
        case Qualification.UNCERTAIN:
            return wording.phrase("end uncertain")
    return wording.phrase("end uncertain and approximate")
