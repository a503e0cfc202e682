"""What the outputs say of drawn dates is what docs/dates.md says, by an evaluator of the tests."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import icalendar
from hypothesis import HealthCheck, given, settings

from support import readback
from support.date_oracle import OracleBound, OracleDate, OracleTime, Rejected
from support.drawn_dates import dated_files
from support.file_oracle import FileOracle, OracleEvent, moment
from support.loading import load_text
from timeline.formats import FORMATS
from timeline.formats.csv.options import CsvOptions
from timeline.formats.markdown.options import MarkdownOptions

if TYPE_CHECKING:
    from timeline.model.events import Calendar

MONTHS = "January February March April May June July August September October November December"


def expected(data: dict[str, Any]) -> dict[str, OracleEvent] | None:
    """Return the dates of the events by the oracle, ``None`` for a file that is rejected."""
    try:
        return FileOracle(data).events
    except Rejected:
        return None


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(dated_files())
def test_every_output_has_the_dates_that_the_documents_say(data: dict[str, Any]) -> None:
    events = expected(data)
    loaded = load_text(json.dumps(data))
    if events is None:
        assert not loaded.is_sound
        return
    assert loaded.is_sound, loaded.diagnostics
    assert rows_of(loaded.calendar) == {id_: event.row() for id_, event in events.items()}
    vevents = {id_: vevent for id_, event in events.items() if (vevent := event.vevent())}
    assert vevents_of(loaded.calendar) == vevents
    for id_, words in words_of(loaded.calendar).items():
        numbers = Counter(re.findall(r"\d+|[A-Z][a-z]+", words))
        assert not numbers_of(events[id_]) - set(numbers), (words, events[id_])


def rows_of(calendar: Calendar) -> dict[str, dict[str, str]]:
    """Return the columns about dates of the CSV, by the id of the event."""
    text = b"".join(FORMATS["csv"].render(calendar, CsvOptions())).decode()
    columns = OracleEvent.COLUMNS
    return {
        row["id"]: {column: row[column].removeprefix("'") for column in columns}
        for row in csv.DictReader(text.splitlines())
    }


def vevents_of(calendar: Calendar) -> dict[str, Any]:
    """Return DTSTART, DTEND, STATUS and TRANSP in the feed, times in UTC, by the event's id."""
    feed = icalendar.Calendar.from_ical(readback.feed_of(calendar))
    return {
        str(event["UID"]).partition("@")[0]: (
            moment(event["DTSTART"].dt),
            moment(event["DTEND"].dt) if "DTEND" in event else None,
            event.get("STATUS"),
            event["TRANSP"],
        )
        for event in feed.walk("VEVENT")
    }


def words_of(calendar: Calendar) -> dict[str, str]:
    """Return the dates in words of the Markdown, by the id of the event."""
    text = b"".join(FORMATS["md"].render(calendar, MarkdownOptions())).decode()
    pattern = r"^ *-   (?:\*\*(.*?)\*\* — )?Title (e[\d-]+)$"
    return {match[2]: match[1] or "" for match in re.finditer(pattern, text, re.MULTILINE)}


def numbers_of(event: OracleEvent) -> set[str]:
    """Return the numbers and months that the words of an event have at least."""
    numbers: set[str] = set()
    for side in (event.start, event.end):
        if isinstance(side, OracleTime):
            day = side.wall
            numbers |= {f"{day:%H}", f"{day:%M}", str(day.day), str(day.year), _month(day.month)}
        if isinstance(side, OracleBound):
            numbers |= _numbers_of_date(side.bound)
        if isinstance(side, OracleDate):
            for part in side.sides or (side,):
                numbers |= _numbers_of_date(part)
    return numbers


def _numbers_of_date(value: OracleDate) -> set[str]:
    first = value.earliest
    year = str(first.year)
    if value.precision == "week":
        return {value.text[:4], str(int(value.text[6:]))}
    if value.precision == "day":
        return {year, _month(first.month), str(first.day)}
    if value.precision == "month":
        return {year, _month(first.month)}
    return {year}


def _month(number: int) -> str:
    return MONTHS.split()[number - 1]
