"""Dates at both ends of the years that there are, 0002 and 9998, in every command and output."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from support.command import Done
from support.loading import load_text

if TYPE_CHECKING:
    from pathlib import Path

EVENTS = [
    "start: 9998-06-15, rrule: FREQ=YEARLY",
    "start: 9998-12-31",
    "start: not before 9998-12-31",
    "start: not after 0002-01-01",
    "start: not after 9998, was: [not before 0002]",
    "start: 9998-12-30, duration: 2 days",
    "start: 9998-12-31T23:59, rrule: FREQ=SECONDLY;COUNT=99999",
    "start: 9998-12-30, end: 9998-12-31, rrule: FREQ=DAILY, alarms: [1 day before]",
    "start: 9998-12-30T22:00, duration: 20 hours, rrule: FREQ=HOURLY",
    "start: 2025-01-01, duration: 999999 days, rrule: FREQ=DAILY;COUNT=99999",
    "start: 2025-01-01T09:00, duration: 999999 days, rrule: FREQ=YEARLY",
    "start: 0002-01-01, rrule: FREQ=DAILY, alarms: [365 days before]",
    "start: 0002-01-01T00:00, rrule: FREQ=HOURLY, alarms: [300 days before]",
    "start: 9998-12-31T23:59, rrule: FREQ=MONTHLY, rdate: [0002-01-01T00:00]",
]
COMMANDS = [
    "validate FILE",
    "show FILE --as-of 9998-12-31",
    "show FILE --as-of 0002-01-01",
    "show FILE --from 9998-12-31",
    "show FILE --to 0002-01-01",
    "export FILE --csv --csv-dialect google --stdout",
    "export FILE --csv --csv-dialect google --until 0002-01-01 --stdout",
    "export FILE --ics --stdout",
    "export FILE --md --as-of 9998-12-31 --stdout",
    "export FILE --svg --as-of 9998-12-31 --stdout",
]


def written(event: str, zone: str) -> str:
    calendar = f"calendar: {{id: x.org, name: X, timezone: {zone}}}"
    return f"{calendar}\nevents:\n  - {{id: a, summary: A, {event}}}\n"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue"])
@pytest.mark.parametrize("event", EVENTS)
def test_no_command_fails_at_the_ends_of_time(
    event: str, zone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "events.yaml"
    path.write_text(written(event, zone))
    for command in COMMANDS:
        done = Done(*command.replace("FILE", str(path)).split())
        assert done.code in (0, 1), (command, done.out, done.err)


LONG = "duration: 999999 days, rrule: FREQ=YEARLY"


@pytest.mark.parametrize(
    "event",
    [
        "start: 9998-12-30, duration: 3 days",
        "start: 9998-12-31T23:59, duration: 1 minute",
        f"{LONG}, start: 2025-01-01, overrides: [{{recurrence-id: 2025-01-01, start: 9900-01-01}}]",
        (
            f"{LONG}, start: 2025-01-01T09:00, "
            "overrides: [{recurrence-id: 2025-01-01, start: 9900-01-01T09:00}]"
        ),
        (
            "start: 2025-01-01, end: 2025-01-03, rrule: FREQ=YEARLY, "
            "overrides: [{recurrence-id: 2025-01-01, start: 9998-12-30}]"
        ),
    ],
)
def test_an_end_beyond_the_years_is_refused(event: str) -> None:
    loaded = load_text(written(event, "Europe/Berlin"))
    assert [diagnostic.rule.code for diagnostic in loaded.diagnostics] == ["year-range"]


def test_the_last_instances_end_with_the_last_day(tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    path.write_text(written("start: 9998-12-29, end: 9998-12-30, rrule: FREQ=DAILY", "UTC"))
    done = Done("export", str(path), "--csv", "--csv-dialect", "google", "--stdout")
    rows = list(csv.DictReader(done.out.splitlines()))
    assert [(row["Start Date"], row["End Date"]) for row in rows] == [
        ("12/29/9998", "12/30/9998"),
        ("12/30/9998", "12/31/9998"),
        ("12/31/9998", "12/31/9998"),
    ]
