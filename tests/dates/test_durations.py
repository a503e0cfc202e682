"""Durations as written."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from timeline.dates.durations import Duration, parse_duration
from timeline.diagnostics.model import Refusal

AMOUNTS = [
    ("1 minute", Duration(minutes=1)),
    ("90 minutes", Duration(minutes=90)),
    ("2 hours", Duration(hours=2)),
    ("1 day", Duration(days=1)),
    ("1 days", Duration(days=1)),
    ("3 day", Duration(days=3)),
    ("2 weeks", Duration(weeks=2)),
    ("6 months", Duration(months=6)),
    ("4 years", Duration(years=4)),
    ("0 days", Duration()),
    ("999999 days", Duration(days=999_999)),
    ("P3D", Duration(days=3)),
    ("P2W", Duration(weeks=2)),
    ("P1Y2M3D", Duration(years=1, months=2, days=3)),
    ("P1Y2M1W3DT4H5M6S", Duration(1, 2, 1, 3, 4, 5, 6)),
    ("PT1H30M", Duration(hours=1, minutes=30)),
    ("PT45S", Duration(seconds=45)),
    ("P1DT12H", Duration(days=1, hours=12)),
]


@pytest.mark.parametrize(("text", "amount"), AMOUNTS)
def test_amounts(text: str, amount: Duration) -> None:
    duration = parse_duration(text)
    assert duration == replace(amount, text=text)
    assert bool(duration) is bool(duration.is_exact or duration.is_nominal)
    back = -duration
    assert -back == duration


AMOUNTS_REFUSED = [
    # written, part of the message, part of the help
    ("", "`` is not a duration", "like `3 days`"),
    ("3", "`3` is a number without a unit", "write `3 days`, or another unit: minutes, hours"),
    ("1", "`1` is a number without a unit", "write `1 day`"),
    ("fifteen days", "is not a duration", "write `15 days`"),
    ("1h30", "is not a duration", "write `PT1H30M`"),
    ("2 hrs 05", "is not a duration", "write `PT2H5M`"),
    ("1.5 hours", "is not a whole number of its unit", "write `90 minutes`"),
    ("half an hour", "is not a duration", "write `30 minutes`"),
    ("1,25 years", "is not a whole number of its unit", "write `15 months`"),
    ("1.3 years", "is not a whole number of its unit", "of a smaller unit"),
    ("0.001 hours", "is not a whole number of its unit", "of a smaller unit"),
    ("days", "`days` is not a duration", "like `3 days`"),
    ("3 fortnights", "`3 fortnights` is not a duration", "units are minutes"),
    ("3 m", "`3 m` is not a duration", "units are minutes"),  # minutes or months
    ("3days", "`3days` is not a duration", "write `3 days`"),
    ("3  days", "is not a duration", "write `3 days`"),
    ("3 Days", "is not a duration", "write `3 days`"),
    ("3d", "is not a duration", "write `3 days`"),
    ("two weeks", "is not a duration", "write `2 weeks`"),
    ("a month", "is not a duration", "write `1 month`"),
    ("1 hour 30 minutes", "is not a duration", "write `PT1H30M`"),
    ("1 year and 2 days", "is not a duration", "write `P1Y2D`"),
    ("30 seconds", "is not a duration", "write `PT30S`"),
    ("p3d", "is not a duration", "write `P3D`"),
    ("1 day 2 days", "is not a duration", "like `3 days`"),
    ("1.5 days", "`1.5 days` is not a whole number", "a smaller unit"),
    ("1,5 days", "`1,5 days` is not a whole number", "a smaller unit"),
    ("P1.5D", "`P1.5D` is not a whole number", "a smaller unit"),
    ("PT0,5H", "`PT0,5H` is not a whole number", "a smaller unit"),
    ("-3 days", "`-3 days` is not a duration", "like `3 days`"),
    ("P", "`P` is not a duration", "like `P3D`"),
    ("PT", "`PT` is not a duration", "like `P3D`"),
    ("P1DT", "`P1DT` is not a duration", "like `P3D`"),
    ("P1D2M", "`P1D2M` is not a duration", "like `P3D`"),
    ("P1H", "`P1H` is not a duration", "like `P3D`"),
    ("٣ days", "is not a duration", "write `3 days`"),
    ("1000000 days", "has a number of more than 6 digits", "in a longer unit"),
    ("P1000000D", "has a number of more than 6 digits", "in a longer unit"),
    ("9" * 10_000 + " days", "has a number of more than 6 digits", "in a longer unit"),
    ("9" * 10_000, "is not a duration", "like `3 days`"),
]


@pytest.mark.parametrize(("text", "message", "help_"), AMOUNTS_REFUSED)
def test_amounts_refused(text: str, message: str, help_: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_duration(text)
    assert caught.value.code == "duration-syntax"
    assert message in caught.value.message
    assert help_ in (caught.value.help or "")
