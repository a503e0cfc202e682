"""The note in the SUMMARY of a VEVENT: what its DTSTART and DTEND cannot state of a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates import OPEN, TBC, Date, Instant, OneSidedDate, local_day
from timeline.model.events import Undated
from timeline.model.words.dates import date_words, with_preposition
from timeline.model.words.spans import TO_BE_CONFIRMED, when_words
from timeline.model.words.units import day_words

if TYPE_CHECKING:
    from timeline.model.events import AllDay, Timed, When


def summary_note(when: When) -> str | None:
    """Return what a calendar app does not show of a date, to be written in parentheses.

    ``None`` where the VEVENT shows all of it, and for a date without a VEVENT. An imprecise start
    is shown as days that nobody named, so its note ends in ``date to be confirmed``.
    """
    if isinstance(when, Undated):
        return None
    start, end = when.start, when.end
    if isinstance(start, Instant):
        if end is OPEN:
            return f"since {day_words(local_day(start))}"
        return "end to be confirmed" if end is TBC else None
    if not start.is_day:
        if end is TBC:
            return f"{date_words(start)}, date and end to be confirmed"
        return f"{when_words(when)}, {TO_BE_CONFIRMED}"
    assert isinstance(start, Date)  # noqa: S101 - it is known to the day
    if end is OPEN:
        return with_preposition("since ", start)
    notes = _uncertainties(start, end if isinstance(end, Date) else None, tbc=end is TBC)
    return ", ".join(notes) or None


def postponed_note(when: AllDay | Timed) -> str | None:
    """Return the note of an event without a new date; ``when`` is what it is postponed from."""
    if summary_note(when) is None:
        return None
    start = when.start
    if isinstance(start, OneSidedDate):
        origin = f"previously {date_words(start)}"
    elif isinstance(start, Date):
        origin = with_preposition("from ", start)
    else:
        origin = f"from {day_words(local_day(start))}"
    return f"{origin}, new {TO_BE_CONFIRMED}"


def _uncertainties(start: Date, end: Date | None, *, tbc: bool) -> list[str]:
    """Return what is not certain of a known first day and of its end."""
    notes = []
    qualification = start.qualification
    end_is_vague = end is not None and not end.is_day
    if qualification:
        words = qualification.words
        notes.append(f"start {words}" if tbc or end_is_vague else words)
    if tbc:
        notes.append("end to be confirmed")
    elif end is not None and end_is_vague:
        notes.append(with_preposition("until ", end))
    elif end is not None and end.qualification and end.qualification != qualification:
        notes.append(f"end {end.qualification.words}")
    return notes
