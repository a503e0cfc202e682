"""Working days are those of `holidays`, a package that counts them step by step."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from support.loading import calendar_of, file_text
from timeline.cli.public_holidays import find_country, import_holidays, list_days_off
from timeline.dates.fields import parse_days
from timeline.dates.working_days import WorkCalendar
from timeline.model.events import AllDay

if TYPE_CHECKING:
    from collections.abc import Iterator

YEARS = range(2022, 2029)
COUNTRIES = (
    *("AE", "AF", "AR", "AU", "BD", "BH", "BN", "BR", "CA", "CD", "CL", "DE", "DJ", "EG", "ES"),
    *("ET", "FR", "GB", "HK", "ID", "IL", "IN", "IR", "IT", "JO", "JP", "KE", "KR", "MR", "MX"),
    *("NE", "NG", "NP", "NZ", "PL", "PY", "SA", "SD", "US", "ZA"),
)
"""Countries whose weekends are Saturday and Sunday, Friday and Saturday, one of these, or Friday
and Sunday. None of them has working days on weekends in these years, which a file cannot have."""


@cache
def listed(code: str) -> tuple[str, list[str], Any]:
    """Return the week and the days off of a country as printed, and its calendar in the package."""
    package = import_holidays()
    country = find_country(package, code)
    text = "\n".join(list_days_off(package, country, None, YEARS))
    (week,) = re.findall(r"`week: (\[.*\])`", text)
    off = yaml.load(text, yaml.BaseLoader)["off"]
    return week, off, package.country_holidays(code, years=YEARS)


def weekdays(week: str) -> list[int]:
    names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    return [names.index(name) for name in re.findall(r"\w+", week)]


def test_there_are_forty_countries() -> None:
    assert len(set(COUNTRIES)) == len(COUNTRIES) == 40


@pytest.mark.parametrize("code", COUNTRIES)
def test_the_list_has_the_holidays_of_the_package(code: str) -> None:
    _, off, expected = listed(code)
    assert set(days(off)) == {day for day in expected if day.year in YEARS}
    assert not {day for day in expected.weekend_workdays if day.year in YEARS}


def days(off: list[str]) -> Iterator[date]:
    for item in map(parse_days, off):
        yield from map(date.fromordinal, range(item.first.toordinal(), item.last.toordinal() + 1))


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
COUNTS = st.integers(-250, 250).filter(bool)


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_number_of_working_days_leads_where_the_package_leads(code: str) -> None:
    week, off, expected = listed(code)
    calendar = WorkCalendar(weekdays(week), map(parse_days, off))
    expected.is_working_day = cache(expected.is_working_day)  # the package asks each day on its way

    @settings(max_examples=200)
    @given(DAYS, COUNTS)
    def compare(day: date, count: int) -> None:
        assert calendar.move(day, count) == expected.get_nth_working_day(day, count)

    compare()


@settings(max_examples=20)
@given(st.sampled_from(COUNTRIES), st.lists(st.tuples(DAYS, COUNTS), min_size=1, max_size=20))
def test_an_events_file_has_the_days_that_the_package_counts(
    code: str, moves: list[tuple[date, int]]
) -> None:
    week, off, expected = listed(code)
    events = []
    for number, (day, count) in enumerate(moves):
        sign = "+" if count > 0 else "-"
        events += [
            f"id: a{number}, summary: A, start: {day}",
            f"id: b{number}, summary: B, start: a{number}.start {sign} {abs(count)} working days",
        ]
    working_days = f"{{week: {week}, off: [{', '.join(off)}]}}"
    head = f"calendar: {{id: x.org, name: X, working-days: {working_days}}}\n"
    starts = [
        event.when.start.earliest
        for event in calendar_of(file_text(*events, calendar=head)).events
        if isinstance(event.when, AllDay) and event.id.startswith("b")
    ]
    assert starts == [expected.get_nth_working_day(day, count) for day, count in moves]
