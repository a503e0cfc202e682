"""PyYAML's plain `load` and the `icalendar` library, as tutorials put them together."""

import sys
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import yaml
from icalendar import Calendar, Event, vRecur

with open(sys.argv[1], encoding="utf-8") as file:
    data = yaml.load(file, Loader=yaml.SafeLoader)
calendar = Calendar()
calendar.add("prodid", "-//benchmark//EN")
calendar.add("version", "2.0")
now = datetime.now(UTC)
for item in data["events"]:
    event = Event()
    event.add("uid", item["uid"])
    event.add("dtstamp", now)
    event.add("summary", item["summary"])
    for name, key in (("dtstart", "start"), ("dtend", "end")):
        if "zone" in item:
            zone = UTC if item["zone"] == "UTC" else ZoneInfo(item["zone"])
            event.add(name, datetime.fromisoformat(item[key]).replace(tzinfo=zone))
        else:
            event.add(name, date.fromisoformat(item[key]))
    event.add("location", item["location"])
    event.add("description", item["description"])
    if "rrule" in item:
        event.add("rrule", vRecur.from_ical(item["rrule"]))
    calendar.add_component(event)
with open(sys.argv[2], "wb") as out:
    out.write(calendar.to_ical())
