"""PyYAML and the `ical` library."""

import sys
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import yaml
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event
from ical.types import Recur

with open(sys.argv[1], encoding="utf-8") as file:
    data = yaml.load(file, Loader=yaml.SafeLoader)
calendar = Calendar()
for item in data["events"]:
    moments = []
    for key in ("start", "end"):
        if "zone" in item:
            zone = UTC if item["zone"] == "UTC" else ZoneInfo(item["zone"])
            moments.append(datetime.fromisoformat(item[key]).replace(tzinfo=zone))
        else:
            moments.append(date.fromisoformat(item[key]))
    calendar.events.append(
        Event(
            uid=item["uid"],
            summary=item["summary"],
            dtstart=moments[0],
            dtend=moments[1],
            location=item["location"],
            description=item["description"],
            rrule=Recur.from_rrule(item["rrule"]) if "rrule" in item else None,
        )
    )
with open(sys.argv[2], "w", encoding="utf-8", newline="") as out:
    out.write(IcsCalendarStream.calendar_to_ics(calendar))
