"""The columns that Google Calendar imports: what is drawn, a row an instance.

Google's columns have no zone, no recurrence and no end of an end: times are told on the clock of
the calendar's zone, a rule is spelt out for a while, and the last day of whole days is inclusive.
Texts are left as they are, for Google shows them as they are: it is no file for spreadsheets.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.dates import LAST_DAY, Instant, local_day, recurrence_instances, to_zone
from timeline.model import project_event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Calendar, Event, VEventProjection

COLUMNS = (
    "Subject",
    "Start Date",
    "Start Time",
    "End Date",
    "End Time",
    "All Day Event",
    "Description",
    "Location",
    "Private",
)

PERIOD = timedelta(days=2 * 365)
"""How long a rule is spelt out from the first instance, unless told."""


def google_rows(calendar: Calendar, until: date | None) -> Iterator[tuple[str, ...]]:
    """Yield the header and a row an instance; rules are spelt out up to ``until``, inclusive."""
    yield COLUMNS
    zone = calendar.timezone or "UTC"
    for event in calendar.events:
        for box in _boxes(event, until):
            yield _row(box, zone)


def _boxes(event: Event, until: date | None) -> Iterator[VEventProjection]:
    """Spell out a recurring event: its instances, then those that have boxes of their own.

    Of what comes too late the first stands there all the same, as an event without a rule does.
    """
    boxes = project_event(event)
    if not boxes or (rule := boxes[0].recurrence) is None:
        yield from boxes
        return
    box, *own = boxes
    last = until or local_day(box.dtstart) + PERIOD
    exdates = (
        *rule.exdate,
        *(instance.recurrence_id for instance in own if instance.recurrence_id),
    )

    def spelt(last: date) -> Iterator[VEventProjection]:
        for moment in recurrence_instances(rule.rule, box.dtstart, rule.rdate, exdates, last=last):
            yield replace(box, dtstart=moment, dtend=_moved(box, moment))

    rows = [*spelt(last), *(instance for instance in own if local_day(instance.dtstart) <= last)]
    if not rows:
        late = [*islice(spelt(LAST_DAY), 1), *own]
        rows = sorted(late, key=lambda instance: local_day(instance.dtstart))[:1]
    yield from rows


def _moved(box: VEventProjection, moment: date | Instant) -> date | Instant | None:
    start, end = box.dtstart, box.dtend
    if isinstance(moment, Instant) and isinstance(start, Instant) and isinstance(end, Instant):
        ends = moment.utc + (end.utc - start.utc)
        return Instant(to_zone(ends, moment.zone), moment.zone)
    if isinstance(end, Instant) or isinstance(start, Instant) or isinstance(moment, Instant):
        return None
    return None if end is None else moment + (end - start)


def _row(box: VEventProjection, zone: str) -> tuple[str, ...]:
    event = box.event
    start, end = box.dtstart, box.dtend
    if isinstance(start, Instant):
        times = _time(start, zone) + (_time(end, zone) if isinstance(end, Instant) else ("", ""))
    else:
        assert isinstance(end, date)  # noqa: S101 - whole days always have a DTEND
        times = (_date(start), "", _date(end - timedelta(days=1)), "")
    return (
        box.summary,
        *times,
        str(not isinstance(start, Instant)),
        (event.description or "").rstrip("\n"),
        event.location or "",
        str(event.details.class_ in ("private", "confidential")),
    )


def _date(day: date) -> str:
    return f"{day.month:02}/{day.day:02}/{day.year:04}"


def _time(moment: Instant, zone: str) -> tuple[str, str]:
    there = to_zone(moment.utc, zone)
    half = "AM" if there.hour < 12 else "PM"
    return _date(there.date()), f"{there.hour % 12 or 12}:{there.minute:02} {half}"
