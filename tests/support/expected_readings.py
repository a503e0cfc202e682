"""What a foreign reader should read in a feed, from the projection of its calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from support import readers
from support.readback import expected_uid
from support.readers import DAYS, Instances, Moment, Seen
from timeline.dates import Instant
from timeline.dates.zones import is_utc_zone
from timeline.model.projection import project_event
from timeline.model.words.wording import PLAIN_ENGLISH, wording_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model.events import Calendar
    from timeline.model.projection import VEventProjection

TAKE_THE_SECOND = ("ical.js", "libical")
"""They take a local time that occurs twice as the second one; RFC 5545 3.3.5 has the first."""


def expected_events(calendar: Calendar, reader: str) -> Iterator[Seen]:
    """Yield what a reader should read, from the projection of the calendar."""

    def moment(value: date | Instant) -> Moment:
        return _moment(value, takes_second=reader in TAKE_THE_SECOND)

    wording = wording_of(calendar)
    for event in calendar.events:
        for box in project_event(event, wording):
            recurrence = box.recurrence
            has_rule = recurrence and recurrence.rule
            rule = recurrence.rule.value(box.dtstart) if has_rule else None
            yield Seen(
                expected_uid(event, box),
                box.summary,
                moment(box.dtstart),
                None if box.dtend is None else moment(box.dtend),
                readers.parts(rule),
                tuple(map(moment, recurrence.rdate)) if recurrence else (),
                tuple(map(moment, recurrence.exdate)) if recurrence else (),
                box.status,
                None if box.recurrence_id is None else moment(box.recurrence_id),
            )


def expected_instances(calendar: Calendar) -> Instances:
    return {
        event.uid: readers.cut(series_instances(project_event(event, PLAIN_ENGLISH)))
        for event in calendar.events
        if any(box.recurrence for box in project_event(event, PLAIN_ENGLISH))
    }


def series_instances(boxes: tuple[VEventProjection, ...]) -> Iterator[tuple[str, str]]:
    series, *overrides = boxes
    recurrence = series.recurrence
    assert recurrence
    moved = {_key(box.recurrence_id): _key(box.dtstart) for box in overrides if box.recurrence_id}
    first = series.dtstart
    last = (first.wall.date() if isinstance(first, Instant) else first) + timedelta(days=DAYS + 1)
    for start in recurrence.instances(last=last):
        yield _key(start), moved.get(_key(start), _key(start))


def _moment(value: date | Instant, *, takes_second: bool) -> Moment:
    """Return what to read of a time: RFC 5545 has neither offsets nor a second 02:30."""
    if not isinstance(value, Instant):
        return value.isoformat(), None, None
    if value.zone[0] in "+-" or is_utc_zone(value.zone) or value.moment.fold:
        return _key(value).removesuffix("Z"), "UTC", _key(value)
    at = Instant(value.moment.replace(fold=1), value.zone) if takes_second else value
    return value.wall.isoformat(), value.zone, _key(at)


def _key(value: date | Instant) -> str:
    if not isinstance(value, Instant):
        return value.isoformat()
    return value.utc.replace(tzinfo=None).isoformat() + "Z"
