"""Tables of events: their keys, and what the feed and people get from them."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from timeline.dates import Instant
from timeline.dates.instants import to_zone
from timeline.formats import FORMATS
from timeline.formats.ics.contentlines import unfold
from timeline.formats.ics.options import FeedOptions
from timeline.model.events import Timed
from timeline.model.projection import omission_reason, project_event
from timeline.model.words.series import recurrence_sentences
from timeline.model.words.spans import when_words
from timeline.model.words.wording import PLAIN_ENGLISH, wording_of
from timeline.publishing.ledger import Ledger
from tools.docs.events_files import load_event
from tools.docs.markdown import cell, code_cell, row, table

if TYPE_CHECKING:
    from timeline.model.events import Calendar, Event

_DATES = (
    "start: 2025-01-03",
    "start: 2025-01-03\nend: 2025-01-17",
    "start: 2025-01-15~\nend: 2025-01-17",
    "start: 2025-01-03?",
    "start: 2025-01",
    "start: 2025-Q1",
    "start: 2026",
    "start: 2026\nimprecise: start",
    "start: 2026\nimprecise: skip",
    "start: 202X",
    "start: between 2025-01-03 and 2025-01-17",
    "start: not before 2027-06",
    "start: not after 2027-03",
    "start: 2025-01-03\nend: 2028",
    "start: 2025-01-03\nend: 2028\nlong-spans: endpoints",
    "start: 2025-01-03\nend: ..",
    "start: 2025-01-03\nend: TBC",
    "start: TBC",
    "start: 2025-01-03T09:00",
    "start: 2025-01-03T09:00\nduration: 90 minutes",
    "start: 2025-01-03T09:00Z",
    "start: 2025-01-03T09:00[Asia/Tokyo]",
    "start: 2025-01-03T09:00~",
    "start: 2025-01-03T09:00\nend: 2025-01-17",
    "start: 2025-01-03\nend: 2025-01-17T18:00",
    "start: 2025-01-03T09:00\nend: 2028",
    "start: 2025-01-03\nstatus: cancelled",
    "start: 2025-02-07\nstatus: postponed\nwas: [2025-01-03]",
    "start: TBC\nstatus: postponed\nwas: [2025-01-03]",
    "start: TBC\nstatus: postponed\nwas: ['2026']",
)


def date_table() -> str:
    """Tabulate the VEVENTs of each kind of date."""
    rows: list[str] = []
    for keys in _DATES:
        calendar, event = load_event("summary: Debut\n" + keys)
        written = _keys_cell(keys)
        if reason := omission_reason(event):
            rows.append(f"| {written} | | | | left out: {reason} |")
        for entry in project_event(event, wording_of(calendar)):
            status = f"`{entry.status}`" if entry.status else ""
            start, end = _value_cell(entry.dtstart), _value_cell(entry.dtend)
            rows.append(row(written, start, end, status, cell(entry.summary)))
            written = "the same, second entry"
    header = "| In the file | `DTSTART` | `DTEND` | `STATUS` | Title in the app |"
    return table(header, rows)


def _value_cell(value: date | Instant | None) -> str:
    """Return a DATE or DATE-TIME value (RFC 5545 3.3.4, 3.3.5) as a cell."""
    if value is None:
        return ""
    if isinstance(value, Instant):
        wall = f"{value.wall:%Y%m%dT%H%M%S}"
        return f"`{wall}Z`" if value.zone == "UTC" else f"`{wall}` {value.zone}"
    return f"`{value:%Y%m%d}`"


_WORDED_DATES = (
    "start: 2025-01-03",
    "start: 2025-01-03\nend: 2025-01-17",
    "start: 2024-12-30\nend: 2025-01-02",
    "start: 2025-01\nend: 2025-03",
    "start: 2025-W03",
    "start: 2026-Q1",
    "start: 2026-H2",
    "start: 2026-25",
    "start: 2026-28",
    "start: 202X",
    "start: 2026-03~",
    "start: 2026-03?",
    "start: 2026-03%",
    "start: between 2025-01-03 and 2025-01-17",
    "start: not before 2027-06",
    "start: not after 2027-03",
    "start: 2025-01-03\nend: 2028",
    "start: 2025\nend: ..",
    "start: 2025-01-03\nend: TBC",
    "start: TBC\nend: 2028",
    "start: 2025-01-03T09:00\nduration: 90 minutes",
    "start: 2025-01-03T09:00~",
    "start: 2025-01-03T09:00\nend: 2025-01-17",
    "start: 2025-01\nend: 2025-01-17T18:00",
)


def word_table() -> str:
    """Tabulate the wording of each kind of date."""
    rows: list[str] = []
    for keys in _WORDED_DATES:
        _, event = load_event(keys)
        rows.append(row(_keys_cell(keys), cell(when_words(event.when, PLAIN_ENGLISH))))
    return table("| In the file | In words |", rows)


_RECURRING = (
    "start: 2027-01-03\nrrule: FREQ=YEARLY",
    "start: 2027-01-04\nrrule: FREQ=WEEKLY;COUNT=8",
    "start: 2027-01-04\nrrule: {freq: weekly, byday: [mo, th], until: 2027-03-31}",
    "start: 2027-01-04T18:00\nrrule: {freq: weekly, until: 2027-05-31}",
    "start: 2027-01-04T18:00Z\nrrule: {freq: daily, interval: 2}",
    "start: 2027-01-29\nrrule: {freq: monthly, byday: -1fr}",
    "start: 2027-01-04\nrdate: [2027-01-07, 2027-01-11]",
    "start: 2027-01-04T18:00\nrrule: FREQ=WEEKLY;COUNT=8\nexdate: [2027-02-01]",
)


def recurrence_table() -> str:
    """Tabulate the properties and the wording of recurring events."""
    rows: list[str] = []
    for keys in _RECURRING:
        calendar, event = load_event("summary: Training\n" + keys)
        properties = _content_lines(calendar, r"RRULE|RDATE|EXDATE")
        wording = "<br>".join(
            cell(sentence) for sentence in recurrence_sentences(event, PLAIN_ENGLISH)
        )
        rows.append(row(_keys_cell(keys), code_cell(properties), wording))
    return table("| In the file | In the feed | In words |", rows)


_ALARMS = (
    "start: 2027-01-04T18:00\nalarms: [30 minutes before]",
    "start: 2027-01-04T18:00\nduration: 2 hours\nalarms: [15 minutes before end]",
    "start: 2027-01-04T18:00\nalarms: [1 day before at 09:00]",
    "start: 2027-03-28T10:00\nalarms: [1 day before at 22:00]",
    "start: 2027-01-04\nalarms: [1 day before at 18:00]",
    "start: 2027-01-04\nalarms: [0 days before at 08:00]",
    "start: 2027-01-04\nalarms: [1 week before]",
    "start: 2027-03-31\nalarms: [1 month before]",
    "start: 2027-03-31T10:00\nalarms: [1 month before at 09:00]",
    "start: 2027-01-04\nend: 2027-01-08\nalarms: [2 hours before end]",
    "start: 2027-01-04\nalarms: [2026-12-01T09:00]",
    "start: 2027-01-04T18:00\nend: 2027-01-08\nalarms: [1 day before]",
)


def alarm_table() -> str:
    """Tabulate the triggers of alarms and the times at which they ring."""
    rows: list[str] = []
    for keys in _ALARMS:
        calendar, event = load_event("summary: Training\n" + keys)
        triggers = _content_lines(calendar, r"TRIGGER")
        rings = _alarm_time(event)
        rows.append(row(_keys_cell(keys), code_cell(triggers), f"{rings.day} {rings:%B %Y, %H:%M}"))
    return table("| In the file | In the feed | Rings |", rows)


def _alarm_time(event: Event) -> datetime:
    """Return the time of the only alarm of an event, in the time zone of the event."""
    (entry,), (alarm,) = project_event(event, PLAIN_ENGLISH), event.alarms
    if isinstance(alarm.trigger, Instant):
        zone = event.when.start.zone if isinstance(event.when, Timed) else alarm.trigger.zone
        return to_zone(alarm.trigger.utc, zone)
    edge = entry.dtend if alarm.related == "END" else entry.dtstart
    assert edge is not None  # noqa: S101 - an alarm related to END requires an end
    wall = edge.wall if isinstance(edge, Instant) else datetime.combine(edge, time())
    return wall + alarm.trigger


def _content_lines(calendar: Calendar, names: str) -> list[str]:
    """Return the unfolded content lines of the VEVENTs that begin with one of the names."""
    options = FeedOptions(stamp=Ledger("20250101T120000Z").stamp)
    _, *vevents, _ = FORMATS["ics"].render(calendar, options)
    lines = unfold(b"".join(vevents)).decode().split("\r\n")
    return [line for line in lines if re.match(names, line)]


def _keys_cell(keys: str) -> str:
    return code_cell(keys.splitlines())
