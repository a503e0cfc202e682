"""The CSV that Google Calendar imports: a row for each instance of an event that a feed shows.

Google's columns have no time zones and no recurrence rules. So times are in the zone of the
calendar, and the instances of a rule are listed for a limited period. The last day of an all-day
event is inclusive. Texts are not protected from spreadsheets, because Google would show that.
"""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline._limits import MAX_VEVENTS, MAX_WRITTEN
from timeline.dates import (
    AOE_NAME,
    LAST_DAY,
    UTC_NAME,
    Instant,
    day_after,
    day_before,
    local_day,
    move_day_within,
    move_instant_within,
    to_zone,
)
from timeline.model import join_sentences, project_event, wording_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Calendar, Event, VEventProjection, Wording

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

TEXT_COLUMNS = frozenset({"Subject", "Description", "Location"})

PERIOD = 2 * 365
"""The days from the first instance for which a rule is listed by default."""


def google_rows(calendar: Calendar, until: date | None) -> Iterator[tuple[str, ...]]:
    """Yield a row for each instance; rules are listed up to ``until``, inclusive."""
    zone, wording = google_zone(calendar), wording_of(calendar)
    for event in calendar.events:
        for vevent in _instances(event, until, wording):
            yield _row(vevent, zone, wording)


def google_zone(calendar: Calendar) -> str:
    """Return the zone in which the times are listed; Google Calendar cannot be set to AoE."""
    zone = calendar.timezone
    return zone if zone and zone != AOE_NAME else UTC_NAME


def excess(calendar: Calendar, until: date | None) -> str | None:
    """Return why the instances are too many to list, ``None`` if they are not.

    They are counted without EXDATEs: a list is never cut, so it is refused before it is made.
    """
    rows = written = 0
    for event in calendar.events:
        length = len(event.summary) + len(event.description or "") + len(event.location or "")
        count = 1 + len(event.overrides)
        if (recurrence := event.recurrence) is not None:
            last = until or move_day_within(local_day(recurrence.start), PERIOD)
            count += len(recurrence.rdate) + recurrence.count_of_rule(last, MAX_VEVENTS - rows)
        rows, written = rows + count, written + count * length
        what = None
        if rows > MAX_VEVENTS:
            what = f"{MAX_VEVENTS:,} instances"
        elif written > MAX_WRITTEN:
            what = f"{MAX_WRITTEN // 2**20} MiB of text in its instances"
        if what:
            return (
                f"Google's CSV would have more than {what}: give an earlier --until, or export "
                "fewer events with --id, --category, --from or --to"
            )
    return None


def _instances(event: Event, until: date | None, wording: Wording) -> Iterator[VEventProjection]:
    """Yield a projection for each instance of an event: those of the rule, then the overrides.

    If all instances are later than ``until``, the first one is still listed, as an event without a
    rule would be.
    """
    vevents = project_event(event, wording)
    if not vevents or (recurrence := vevents[0].recurrence) is None:
        yield from vevents
        return
    series, *overrides = vevents
    last = until or move_day_within(local_day(series.dtstart), PERIOD)
    overridden = [vevent.recurrence_id for vevent in overrides if vevent.recurrence_id]

    def of_rule(last: date) -> Iterator[VEventProjection]:
        for moment in recurrence.instances(last=last, without=overridden):
            yield replace(series, dtstart=moment, dtend=_moved_end(series, moment))

    instances = [*of_rule(last), *(vevent for vevent in overrides if _start_day(vevent) <= last)]
    if not instances:
        late = [*islice(of_rule(LAST_DAY), 1), *overrides]
        instances = sorted(late, key=_start_day)[:1]
    yield from instances


def _start_day(vevent: VEventProjection) -> date:
    return local_day(vevent.dtstart)


def _moved_end(vevent: VEventProjection, moment: date | Instant) -> date | Instant | None:
    """Return the DTEND of the instance of a series that starts at a day or a time."""
    start, end = vevent.dtstart, vevent.dtend
    if isinstance(moment, Instant) and isinstance(start, Instant) and isinstance(end, Instant):
        return move_instant_within(moment, end.utc - start.utc)
    if isinstance(end, Instant) or isinstance(start, Instant) or isinstance(moment, Instant):
        return None
    # The end is exclusive, and the last day may be the last that there is.
    return None if end is None else day_after(move_day_within(moment, (end - start).days - 1))


def _row(vevent: VEventProjection, zone: str, wording: Wording) -> tuple[str, ...]:
    event = vevent.event
    joins = join_sentences(event, wording)
    start, end = vevent.dtstart, vevent.dtend
    if isinstance(start, Instant):
        times = _time(start, zone) + (_time(end, zone) if isinstance(end, Instant) else ("", ""))
    else:
        assert isinstance(end, date)  # noqa: S101 - an all-day event has a DTEND
        times = (_date(start), "", _date(day_before(end)), "")
    return (
        vevent.summary,
        *times,
        str(not isinstance(start, Instant)),
        "\n\n".join(filter(None, ((event.description or "").rstrip("\n"), *joins))),
        event.location or "",
        str(event.details.class_ in ("private", "confidential")),
    )


def _date(day: date) -> str:
    return f"{day.month:02}/{day.day:02}/{day.year:04}"


def _time(moment: Instant, zone: str) -> tuple[str, str]:
    local = to_zone(moment.utc, zone)
    half = "AM" if local.hour < 12 else "PM"
    return _date(local.date()), f"{local.hour % 12 or 12}:{local.minute:02} {half}"
