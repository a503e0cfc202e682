"""Instances of a series that differ from the others."""

from __future__ import annotations

import pytest

from support.resolved import dates_text, load_events


@pytest.mark.parametrize(
    ("instance", "start", "span"),
    [
        (
            "2027-10-31",
            "2027-11-05T22:00",
            "2027-11-05T22:00:00+01:00 to 2027-11-06T05:00:00+01:00",
        ),
        (
            "2027-11-01",
            "2028-03-25T22:00",
            "2028-03-25T22:00:00+01:00 to 2028-03-26T05:00:00+02:00",
        ),
        # The second 02:30 of a night, whose 09:30 is the only one.
        (
            "2027-10-31",
            "'2028-10-29T02:30+01:00[Europe/Berlin]'",
            "2028-10-29T02:30:00+01:00 to 2028-10-29T09:30:00+01:00",
        ),
    ],
)
def test_a_moved_instance_keeps_its_length_on_the_clock(
    instance: str, start: str, span: str
) -> None:
    night = "id: night, start: 2027-10-30T22:00, end: 2027-10-31T05:00, rrule: FREQ=DAILY;COUNT=5"
    loaded = load_events(f"{night}, overrides: [{{recurrence-id: {instance}, start: {start}}}]")
    assert loaded.is_sound, loaded.diagnostics
    (event,) = loaded.calendar.events
    assert dates_text(event.overrides[0].event) == span
