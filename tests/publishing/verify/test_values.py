"""Values read the same however they are written."""

from __future__ import annotations

import icalendar

from timeline.publishing.verify.values import read_property


def test_what_repeats_reads_the_same_however_it_is_written() -> None:
    def read_back(*lines: str) -> dict[str, object]:
        block = "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])
        component = icalendar.Event.from_ical(block)
        return {name: read_property(name, value) for name, value in component.items()}

    zone = ";TZID=Europe/Berlin"
    assert read_back(
        "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20250601T100000Z",
        f"EXDATE{zone}:20250113T090000,20250106T090000",
        f"RECURRENCE-ID{zone}:20250115T090000",
        "RDATE;VALUE=DATE:20250103",
        "RDATE;VALUE=DATE:20250102",
    ) == {
        "RRULE": ["BYDAY=MO,WE", "FREQ=WEEKLY", "UNTIL=20250601T100000Z"],
        "EXDATE": ["2025-01-06T09:00:00[Europe/Berlin]", "2025-01-13T09:00:00[Europe/Berlin]"],
        "RECURRENCE-ID": "2025-01-15T09:00:00[Europe/Berlin]",
        "RDATE": ["2025-01-02", "2025-01-03"],
    }
