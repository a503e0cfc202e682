"""What recurrence rules cost: in calls at two sizes, and in seconds of a limited processor."""

from __future__ import annotations

import sys
from contextvars import copy_context
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from support.command import Done
from support.costs import assert_linear, count_calls
from support.limited import LimitedCommand
from support.loading import file_text, load_text
from timeline.cli.app import run
from timeline.dates.recurrence import budget
from timeline.diagnostics import At
from timeline.formats.csv.google import google_rows
from timeline.formats.diagram.extents import event_extents
from timeline.model.occurrences import current_dates, first_dates, is_between

if TYPE_CHECKING:
    from pathlib import Path


RULES = {
    "minutes with COUNT": "start: 2025-01-03T09:00Z, rrule: FREQ=MINUTELY;COUNT=99999",
    "hours with an exception": "start: 2025-01-03T09:00Z, rrule: FREQ=HOURLY, "
    "exdate: ['9998-01-01T09:00Z']",
    "weekdays with COUNT": "start: 2025-01-03, rrule: 'FREQ=DAILY;BYDAY=MO,FR;COUNT=99999'",
    "months with COUNT": "start: 2025-01-03, rrule: FREQ=MONTHLY;BYDAY=FR;COUNT=300",
    "years with COUNT": "start: 2025-01-03, rrule: FREQ=YEARLY;COUNT=2000",
    "positions": "start: 2025-01-31, rrule: 'FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1'",
    "rare days": "start: 2044-02-29, rrule: FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
    "rare days with UNTIL": "start: 2044-02-29, rrule: FREQ=DAILY;INTERVAL=3;BYMONTH=2;"
    "BYMONTHDAY=29;BYDAY=MO;UNTIL=99981231",
    "overrides far away": "start: 2025-01-03T09:00Z, rrule: FREQ=DAILY, "
    "overrides: [{recurrence-id: '9990-01-03T09:00Z', start: '9990-01-04T09:00Z'}]",
    "no such instance": "start: 2025-01-03T09:00Z, rrule: FREQ=DAILY, "
    "exdate: ['9990-01-03T10:00Z']",
    "no such day": "start: 2025-01-03, rrule: FREQ=YEARLY;BYDAY=5MO;BYMONTH=2;BYSETPOS=3",
}


def file_of(event: str, count: int) -> str:
    events = "".join(f"  - {{id: e{n}, summary: S{n}, {event}}}\n" for n in range(count))
    return f"calendar: {{id: x.org, name: X}}\nevents:\n{events}"


@pytest.mark.parametrize("name", RULES)
def test_rules_cost_in_proportion_to_their_number(name: str) -> None:
    def work(count: int) -> None:
        load_text(file_of(RULES[name], count))

    assert_linear(work, 10)


VALID = [name for name in RULES if not name.startswith("no such")]


@pytest.mark.parametrize("name", VALID)
def test_questions_about_a_day_do_not_walk_to_it(name: str) -> None:
    loaded = load_text(file_of(RULES[name], 1))
    assert loaded.is_sound
    events = loaded.calendar.events

    def ask(day: date) -> None:
        for event in events:
            current_dates(event, day)
            is_between(event, day, day, None)
            first_dates(event)

    near, far = partial(ask, date(2045, 1, 1)), partial(ask, date(9000, 1, 1))
    near()
    # What remains is the distance from a day to the nearest instance.
    assert count_calls(far) < 3 * count_calls(near) + 100_000


def test_outputs_list_instances_and_never_cut_them() -> None:
    event = "start: 2025-01-03T09:00Z, rrule: FREQ=HOURLY"
    calendar = load_text(file_of(event, 1)).calendar
    assert len(list(google_rows(calendar, None))) == 2 * 365 * 24 + 15
    minutes = load_text(file_of(RULES["minutes with COUNT"], 1)).calendar
    assert len(list(google_rows(minutes, None))) == 99_999
    (extent,) = event_extents(minutes.events, "UTC").values()
    assert extent is not None
    assert extent.last - extent.first >= 99_998 * 60


TOO_MANY = [
    ("start: 2025-01-03T09:00Z, rrule: FREQ=MINUTELY;UNTIL=99981231T000000Z", 1, "instances"),
    ("start: 2025-01-03, rrule: FREQ=MONTHLY, description: " + "x" * 60_000, 1, "of text"),
    (RULES["minutes with COUNT"], 11, "instances"),
]


@pytest.mark.parametrize(("event", "count", "what"), TOO_MANY)
def test_google_gets_every_instance_or_none(
    event: str, count: int, what: str, tmp_path: Path
) -> None:
    path = tmp_path / "events.yaml"
    path.write_text(file_of(event, count))
    google = ("export", str(path), "--csv", "--csv-dialect", "google", "--stdout")
    done = Done(*google, "--until", "9998")
    assert (done.code, done.out) == (2, "")
    assert what in done.err
    assert "give an earlier --until" in done.err
    assert Done(*google, "--until", "2025-01-04").code == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", RULES)
def test_three_hundred_rules_are_read_in_time(name: str, tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    path.write_text(file_of(RULES[name], 300))
    commands = [["validate", str(path)], ["show", str(path), "--from", "2026-01-01"]]
    for command in commands:
        assert LimitedCommand(*command).code == (name not in VALID)


@pytest.mark.slow
def test_rules_beyond_the_budget_end_with_an_error(tmp_path: Path) -> None:
    event = "start: 2025-01-03, rrule: FREQ=MONTHLY;BYDAY=FR;COUNT=99999"
    path = tmp_path / "events.yaml"
    path.write_text(file_of(event, 300))
    done = LimitedCommand("validate", str(path))
    assert done.code == 1
    assert done.codes() == {"rule-budget"}


RARE = {
    "counted days": "start: 2024-02-29, rrule: FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;COUNT=1900",
    "positions of a year": "start: 2024-01-01, "
    "rrule: 'FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=1;COUNT=7000'",
    "an end": "start: 2024-02-29, "
    "rrule: FREQ=DAILY;INTERVAL=1459;BYMONTH=2;BYMONTHDAY=29;UNTIL=99981231",
    "no second instance": "start: 2096-02-29, rrule: FREQ=DAILY;INTERVAL=1461;BYMONTH=2;"
    "BYMONTHDAY=29, exdate: [2096-02-29]",
    "no such instance": "start: 2096-02-29, rrule: FREQ=DAILY;INTERVAL=1461;BYMONTH=2;"
    "BYMONTHDAY=29, exdate: [2100-02-28]",
}
"""Rules with few instances, whose search takes up to a second for a dozen events."""

LATE = {
    "no instance now": "start: 1892-02-29, rrule: FREQ=DAILY;INTERVAL=1461;BYMONTH=2;BYMONTHDAY=29",
    "a moved start": "start: 2096-02-29, rrule: FREQ=DAILY;INTERVAL=1461;BYMONTH=2;BYMONTHDAY=29, "
    "overrides: [{recurrence-id: 2096-02-29, start: 2096-03-01}]",
}
"""Valid rules, whose search takes as long for the days that an output shows."""


@pytest.mark.parametrize("name", RARE)
def test_a_search_beyond_the_budget_is_an_error_of_its_rule(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "MAX_WALKED", 20_000)
    loaded = load_text(file_of(RARE[name], 30))
    errors = [error for error in loaded.diagnostics if error.code == "rule-budget"]
    assert errors[0].at in [At(("events", n, "rrule")) for n in range(30)]
    assert "have more than 20,000" in errors[0].message


def test_a_search_of_a_check_beyond_the_budget_is_an_error_of_its_rule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(budget, "MAX_WALKED", 5_000)
    child = f"{{id: a, summary: A, {LATE['a moved start']}}}"
    parent = f"id: p, summary: P, start: 2096-01-01, end: .., events: [{child}]"
    (error,) = load_text(file_text("id: o, summary: O, start: 2096-02-29", parent)).diagnostics
    assert (error.code, error.at) == ("rule-budget", At(("events", 1, "events", 0, "rrule")))


@pytest.mark.parametrize("name", LATE)
def test_an_output_ends_with_a_message_beyond_the_budget(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "events.yaml")
    (tmp_path / "events.yaml").write_text(file_of(LATE[name], 500))
    page = tmp_path / "page.md"
    page.write_text("<!-- timeline:start from=2026 -->\n<!-- timeline:end -->\n")
    before = page.read_text()
    message = "the rules of this file have more than {} periods without an instance"
    done = LimitedCommand("show", file)
    assert done.code == 1
    assert message.format("1,000,000") in done.err
    monkeypatch.setattr(budget, "MAX_WALKED", 20_000)
    for command in (
        ["show", file],
        ["export", file, "--md", "--from", "2026-01-01", "--output-dir", str(tmp_path)],
        ["export", file, "--svg", "--from", "2026-01-01", "--output-dir", str(tmp_path)],
        ["embed", str(page)],
    ):
        monkeypatch.setattr(sys, "argv", ["timeline", *command])
        assert copy_context().run(run) == 1  # so that the budget ends with the command
        assert message.format("20,000") in capsys.readouterr().err
    assert page.read_text() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events.yaml", "page.md"]


@pytest.mark.slow
@pytest.mark.parametrize("name", [*RARE, *LATE])
def test_a_thousand_rare_rules_are_read_in_time(name: str, tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    path.write_text(file_of((RARE | LATE)[name], 1_000))
    assert LimitedCommand("validate", str(path)).code == (name in RARE)
