"""Durations that do not fit their start, and the exact help for each."""

from __future__ import annotations

import pytest

from support.loading import file_text, load_text


@pytest.mark.parametrize(
    ("event", "message", "help_"),
    [
        (
            "start: 2025-01-03, duration: P1WT5H",
            "`P1WT5H` needs a start with a time, and `2025-01-03` is a day",
            "write the duration in days, or in a longer unit, or add a time of day to `start`",
        ),
        (
            "start: 2025-01-03, duration: PT5H",
            "`PT5H` needs a start with a time, and `2025-01-03` is a day",
            "write the duration in days, or in a longer unit, or add a time of day to `start`",
        ),
        (
            "start: 2025-01-03~, duration: P1WT25H",
            "`P1WT25H` needs a start with a time, and `2025-01-03~` is a day",
            "write the duration in days, or in a longer unit",
        ),
        (
            "start: 2025-01-03, duration: PT24H30M",
            "`PT24H30M` needs a start with a time, and `2025-01-03` is a day",
            "write the duration in days, or in a longer unit, or add a time of day to `start`",
        ),
        (
            "start: 2025-01-03~, duration: P1WT48H",
            "`P1WT48H` needs a start with a time, and `2025-01-03~` is a day",
            "write `duration: 9 days`",
        ),
        (
            "start: 2025-01-03, duration: 24 hours",
            "`24 hours` needs a start with a time, and `2025-01-03` is a day",
            "write `duration: 1 day`, or add a time of day to `start`",
        ),
        (
            "start: 2025-01, duration: P1WT5H",
            "`P1WT5H` needs a start with a time, and `2025-01` is a date without a time",
            "write the duration in days, or in a longer unit",
        ),
    ],
)
def test_a_duration_with_hours_on_a_date_says_how_many_whole_days_it_takes(
    event: str, message: str, help_: str
) -> None:
    (diagnostic,) = load_text(file_text(f"id: a, summary: A, {event}")).diagnostics
    assert (diagnostic.code, diagnostic.message) == ("hours-on-a-day", message)
    assert diagnostic.help == help_
