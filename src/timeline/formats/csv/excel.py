"""The rows of a spreadsheet for people: a row for each event, also for undated ones, in file order.

A cell has a date or a time only where the file states it; all else is words, such as ``Q1 2026``.
The CSV of the dialect ``excel`` and the workbook have the same rows. An override has a row below
its series, which is shown at its first instance, with its rule in words after the title.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import OPEN, Instant, NoDate, local_day
from timeline.model import (
    Undated,
    all_translators,
    capitalized,
    first_dates,
    names_zone,
    rule_sentences,
    side_words,
    status_words,
    to_be_confirmed,
    unnamed_zone,
    wording_of,
    zone_words,
    zoned_clock,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline.dates import Date, OneSidedDate
    from timeline.model import Calendar, Event, When, Wording


class Cell(NamedTuple):
    """A cell: what it shows, and the date or time that this is; ``None`` for words.

    ``text`` is in ISO 8601 where there is a ``value``. The value of an end on the day of the start
    has that day too, and ``text`` is only its time.
    """

    text: str
    value: date | time | None = None


EMPTY = Cell("")

Row = tuple[Cell, ...]

TITLE, PLACE, LINK = 4, 5, 7
"""The indices of the columns with what an author writes; the others have our words."""

_TIME = 2
"""The index of the column of times."""


def excel_columns(calendar: Calendar) -> tuple[str, ...]:
    """Return the header in the language of a calendar; it names the zone that times do not name."""
    wording, zone = wording_of(calendar), unnamed_zone(calendar)
    names = _column_names(wording.phrase)
    return names if zone is None else _with_zone(names, zone_words(zone, wording))


def is_excel_header(header: tuple[str, ...]) -> bool:
    """Return whether a header is one of `excel_columns`, in any language and with any zone."""
    if len(header) <= _TIME:
        return False
    name, parenthesis, zone = header[_TIME].partition(" (")
    names = (*header[:_TIME], name, *header[_TIME + 1 :])
    is_complete = not parenthesis or zone.endswith(")")
    return is_complete and any(names == _column_names(phrase) for phrase in all_translators())


def _column_names(phrase: Callable[[str], str]) -> tuple[str, ...]:
    return (
        phrase("Date"),
        phrase("Weekday"),
        # Translators: a column of a table, with times of day.
        phrase("Time"),
        # Translators: a column of a table: when an event ends.
        phrase("End"),
        phrase("Event"),
        phrase("Where"),
        phrase("Status"),
        phrase("Link"),
    )


def _with_zone(names: tuple[str, ...], zone: str) -> tuple[str, ...]:
    return (*names[:_TIME], f"{names[_TIME]} ({zone})", *names[_TIME + 1 :])


def excel_rows(calendar: Calendar) -> Iterator[tuple[Event, Row]]:
    """Yield each row with its event; that of an override has the event of its instance."""
    wording = wording_of(calendar)
    for event in calendar.events:
        title = " · ".join([event.summary, *rule_sentences(event, wording)])
        yield event, _row(event, first_dates(event), title, wording)
        for override in event.overrides:
            instance = override.event
            yield instance, _row(instance, instance.when, instance.summary, wording)


def _row(event: Event, when: When, title: str, wording: Wording) -> Row:
    status = capitalized(status_words(event.status, wording)) if event.status else ""
    conference = event.details.conference
    return (
        *_start_cells(None if isinstance(when, Undated) else when.start, wording),
        _end_cell(when, wording),
        Cell(title),
        Cell(event.location or ""),
        Cell(status),
        Cell(event.url or (conference[0].url if conference else "")),
    )


def _start_cells(start: Date | OneSidedDate | Instant | None, wording: Wording) -> Row:
    """Return the date, the weekday and the time; only a date that is certain has the others."""
    if start is None:
        return _words(to_be_confirmed(wording)), EMPTY, EMPTY
    day = _known_day(start)
    if day is None:
        return _words(side_words(start, wording)), EMPTY, EMPTY
    weekday = _words(wording.dates.weekday_name(day.weekday()))
    clock = _clock_cell(start, wording) if isinstance(start, Instant) else EMPTY
    return Cell(str(day), day), weekday, clock


def _end_cell(when: When, wording: Wording) -> Cell:
    """Return the last day, or the end with its time; ``NoDate`` in words."""
    end = when.end
    if end is None:
        return EMPTY
    if isinstance(end, NoDate):
        return _words(wording.phrase("no end") if end is OPEN else to_be_confirmed(wording))
    day = _known_day(end)
    if day is None or not isinstance(end, Instant):
        return _words(side_words(end, wording)) if day is None else Cell(str(day), day)
    start = None if isinstance(when, Undated) else when.start
    is_on_day = isinstance(start, Instant) and (_known_day(start), start.zone) == (day, end.zone)
    clock = _clock_cell(end, wording)
    if not isinstance(clock.value, time):
        return clock if is_on_day else _words(side_words(end, wording))
    text = clock.text if is_on_day else f"{day} {clock.text}"
    return Cell(text, datetime.combine(day, clock.value))


def _known_day(side: Date | OneSidedDate | Instant) -> date | None:
    """Return the day of a date that is certain and known to the day, or of a certain time."""
    if side.qualification:
        return None
    if isinstance(side, Instant):
        return local_day(side)
    return side.earliest if side.is_day else None


def _clock_cell(value: Instant, wording: Wording) -> Cell:
    """Return a time of day; with its zone, which no spreadsheet can state, it is words."""
    if names_zone(value, wording):
        return Cell(zoned_clock(value, wording))
    clock = value.moment.time()
    return Cell(clock.isoformat("seconds" if clock.second else "minutes"), clock)


def _words(words: str) -> Cell:
    return Cell(capitalized(words))
