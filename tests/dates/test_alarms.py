"""Reminders that are refused, and what to write instead."""

from __future__ import annotations

import pytest

from timeline.dates.alarms import parse_alarm
from timeline.diagnostics import Refusal

FORMS = (
    "write `1 day before`, `2 hours before end`, `1 day before at 18:00`, or a time such "
    "as `2025-01-02T18:00`"
)

REFUSED = [
    # written, code, help
    ("1 day", "alarm-syntax", "write `1 day before`, or `1 day before end`"),
    ("30 minutes prior", "alarm-syntax", "write `30 minutes before`, or `30 minutes before end`"),
    (
        "15min prior",
        "alarm-syntax",
        "write `15 minutes before`, or `15 minutes before end`",
    ),
    ("1 week ahead", "alarm-syntax", "write `1 week before`, or `1 week before end`"),
    ("1 day before the end", "alarm-syntax", "write `1 day before`, or `1 day before end`"),
    ("30m", "alarm-syntax", FORMS),  # minutes or months
    ("2 nights ahead", "alarm-syntax", FORMS),
    ("3 January 2027 09:00", "date-syntax", "write `2027-01-03T09:00`"),
    ("31 June 2027", "no-such-date", "the last day of June 2027 is `2027-06-30`"),
    ("10:00", "date-syntax", "write the day first, such as `2025-01-03T10:00`"),
]


@pytest.mark.parametrize(("text", "code", "help_"), REFUSED)
def test_what_is_refused_is_explained_as_what_it_was_meant_to_be(
    text: str, code: str, help_: str
) -> None:
    with pytest.raises(Refusal) as caught:
        parse_alarm(text)
    assert (caught.value.code, caught.value.help) == (code, help_)
