"""The note in the SUMMARY of a VEVENT: what its DTSTART and DTEND cannot state of a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates import OPEN, TBC, Date, Instant, NoDate, OneSidedDate, date_of, local_day
from timeline.model.events import Mixed, Undated
from timeline.model.words.clocks import clock_words
from timeline.model.words.dates import date_words, qualified, with_preposition
from timeline.model.words.spans import TO_BE_CONFIRMED, when_words
from timeline.model.words.units import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model.events import Dated, When


def summary_note(when: When) -> str | None:
    """Return what a calendar app does not show of a date, to be written in parentheses.

    ``None`` where the VEVENT shows all of it, and for a date without a VEVENT. An imprecise start
    is shown as days that nobody named, so its note ends in ``date to be confirmed``.
    """
    if isinstance(when, Undated):
        return None
    start, end = when.start, when.end
    if not isinstance(start, Instant) and not start.is_day:
        if end is TBC:
            return f"{date_words(start)}, date and end to be confirmed"
        if isinstance(end, Instant):
            last = f"{day_words(local_day(end))}, {clock_words(end)}"
            words = f"{date_words(start)} until {qualified(end.qualification, '', last)}"
            return f"{words}, {TO_BE_CONFIRMED}"
        return f"{when_words(when)}, {TO_BE_CONFIRMED}"
    assert not isinstance(start, OneSidedDate)  # noqa: S101 - it is known to the day
    if end is OPEN:
        return with_preposition("since ", date_of(start))
    if isinstance(when, Mixed):
        return ", ".join(_mixed(when))
    notes = _uncertainties(start, None if isinstance(end, NoDate) else end, tbc=end is TBC)
    return ", ".join(notes) or None


def postponed_note(when: Dated) -> str | None:
    """Return the note of an event without a new date; ``when`` is what it is postponed from."""
    if summary_note(when) is None:
        return None
    start = when.start
    if isinstance(start, OneSidedDate):
        origin = f"previously {date_words(start)}"
    else:
        origin = with_preposition("from ", date_of(start))
    return f"{origin}, new {TO_BE_CONFIRMED}"


def _mixed(when: Mixed) -> Iterator[str]:
    """Yield the time at which a span of days begins or ends, and what is not certain of it."""
    start, end = when.start, when.end
    if isinstance(start, Instant):
        yield qualified(start.qualification, "from ", clock_words(start))
    elif start.qualification:
        yield f"start {start.qualification.words}"
    if isinstance(end, Instant):
        yield f"until {qualified(end.qualification, '', clock_words(end))}"
    elif not end.is_day:
        yield with_preposition("until ", end)
    elif end.qualification:
        yield f"end {end.qualification.words}"


def _uncertainties(start: Date | Instant, end: Date | Instant | None, *, tbc: bool) -> list[str]:
    """Return what is not certain of a known first day or time, and of its end."""
    notes = []
    qualification = start.qualification
    end_is_vague = isinstance(end, Date) and not end.is_day
    if qualification:
        words = qualification.words
        notes.append(f"start {words}" if tbc or end_is_vague else words)
    if tbc:
        notes.append("end to be confirmed")
    elif isinstance(end, Date) and end_is_vague:
        notes.append(with_preposition("until ", end))
    elif end is not None and end.qualification and end.qualification != qualification:
        notes.append(f"end {end.qualification.words}")
    return notes
