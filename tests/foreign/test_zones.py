"""Readers resolve local times as tzdata does, from VTIMEZONE alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from support import readers
from support.readers import NOT_PYTHON
from timeline.dates.zones import get_zone
from timeline.formats.ics import vtimezone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


YEARS = 2005, 2030
NAMES = (
    *("Africa/Cairo", "Africa/Casablanca", "Africa/Lagos", "America/Caracas", "America/Havana"),
    *("America/Los_Angeles", "America/New_York", "America/Nuuk", "America/Santiago"),
    *("America/Sao_Paulo", "America/St_Johns", "Antarctica/Troll", "Asia/Beirut", "Asia/Gaza"),
    *("Asia/Jerusalem", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Pyongyang", "Asia/Riyadh"),
    *("Asia/Tehran", "Atlantic/Azores", "Australia/Lord_Howe", "Australia/Sydney"),
    *("Europe/Berlin", "Europe/Dublin", "Europe/Istanbul", "Europe/London", "Europe/Moscow"),
    *("Pacific/Apia", "Pacific/Chatham"),
)


def walls(name: str) -> Iterator[tuple[datetime, int]]:
    """Yield local times that occur once in a zone, at and between clock changes, and offsets."""
    tz = get_zone(name)
    moments = set()
    day = datetime(YEARS[0], 1, 1, 12, tzinfo=UTC)
    while day.year <= YEARS[1]:
        after = day + timedelta(days=1)
        if day.astimezone(tz).utcoffset() != after.astimezone(tz).utcoffset():
            near = {day + timedelta(minutes=15 * step) for step in range(-8, 24 * 4 + 9)}
            moments |= near | {at - timedelta(seconds=1) for at in near}
        elif day.day in (1, 15):
            moments.add(day)
        day = after
    for at in sorted(moments):
        local = at.astimezone(tz)
        offset = local.utcoffset()
        is_shown_once = local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()
        if is_shown_once and offset is not None and YEARS[0] <= local.year <= YEARS[1]:
            yield local.replace(tzinfo=None), int(offset.total_seconds())


@pytest.mark.slow
@pytest.mark.parametrize("reader", NOT_PYTHON, indirect=True)
def test_zones_are_those_of_tzdata(reader: str, tmp_path: Path) -> None:
    feed, queries = tmp_path / "zones.ics", tmp_path / "queries"
    lines = [line for zone in NAMES for line in vtimezone.vtimezone_lines(zone, *YEARS)]
    frame = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""]
    feed.write_text("\r\n".join(frame), newline="")
    expected_offsets = [(zone, wall, offset) for zone in NAMES for wall, offset in walls(zone)]
    with queries.open("w") as file:
        for zone, wall, _ in expected_offsets:
            local = wall.isoformat() if reader == "ical.js" else f"{wall:%Y%m%dT%H%M%S}"
            file.write(f"{zone} {local}\n")
    offsets = readers.offsets(reader, feed, queries)
    wrong = [
        (*query, offset)
        for query, offset in zip(expected_offsets, offsets, strict=True)
        if query[2] != offset
    ]
    assert wrong == []
