"""The warning for dates in `rdate` that the event has already."""

from __future__ import annotations

import pytest

from support.loading import event_codes, file_text, load_text

WEEKLY = "id: a, summary: A, start: 2027-03-08T18:00, rrule: FREQ=WEEKLY;COUNT=6"
DAYS = "id: a, summary: A, start: 2027-03-08"


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (f"{WEEKLY}, rdate: [2027-03-08T18:00]", "`2027-03-08T18:00` is already the start"),
        (f"{WEEKLY}, rdate: [2027-03-29T16:00Z]", "is already an instance of the rule"),
        (f"{WEEKLY}, rdate: ['2027-03-15T13:00[America/New_York]']", "an instance of the rule"),
        (f"{WEEKLY}, rdate: [2027-03-30T18:00, 2027-03-30T16:00Z]", "is already in `rdate`"),
        (f"{DAYS}, rdate: [2027-03-08]", "`2027-03-08` is already the start of this event"),
        (f"{DAYS}, rrule: FREQ=DAILY, rdate: [2027-03-09]", "an instance of the rule"),
    ],
)
def test_a_date_that_the_event_has_already_is_reported(event: str, message: str) -> None:
    (diagnostic,) = load_text(file_text(event)).diagnostics
    assert diagnostic.code == "duplicate-instance"
    assert message in diagnostic.message
    assert diagnostic.help == "remove it"


@pytest.mark.parametrize(
    "event",
    [
        f"{WEEKLY}, rdate: [2027-03-29T17:00, 2027-03-30T18:00]",
        f"{WEEKLY}, rdate: [2027-03-29T18:00], exdate: [2027-03-29]",
        f"{WEEKLY}, rdate: [2027-03-30T18:00], exdate: [2027-03-30]",
        f"{DAYS}, rdate: [2027-03-10, 2027-03-09]",
    ],
)
def test_a_date_that_is_new_or_excluded_is_not_reported(event: str) -> None:
    assert event_codes(event) == []
