"""PyYAML and ics.py."""

import sys
from datetime import date, datetime

import ics
import yaml
from dateutil.tz import UTC, gettz

with open(sys.argv[1], encoding="utf-8") as file:
    data = yaml.load(file, Loader=yaml.SafeLoader)
calendar = ics.Calendar()
for item in data["events"]:
    start, end = item["start"], item["end"]
    if "zone" in item:
        zone = UTC if item["zone"] == "UTC" else gettz(item["zone"])
        begin = datetime.fromisoformat(start).replace(tzinfo=zone)
        finish = datetime.fromisoformat(end).replace(tzinfo=zone)
    else:
        begin = datetime.combine(date.fromisoformat(start), datetime.min.time())
        finish = datetime.combine(date.fromisoformat(end), datetime.min.time())
    event = ics.Event(
        uid=item["uid"],
        summary=item["summary"],
        begin=begin,
        end=finish,
        location=item["location"],
        description=item["description"],
    )
    if "zone" not in item:
        event.make_all_day()
    if "rrule" in item:
        event.extra.append(ics.ContentLine(name="RRULE", value=item["rrule"]))
    calendar.events.append(event)
with open(sys.argv[2], "w", encoding="utf-8", newline="") as out:
    out.write(calendar.serialize())
