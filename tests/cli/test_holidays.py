"""``timeline holidays``: the list that it prints, and what it answers to wrong use."""

from __future__ import annotations

import re
import sys
from datetime import date

import pytest
import yaml

from support.command import Done
from support.loading import file_text, load_text
from timeline.cli.holidays import _complete_country
from timeline.cli.public_holidays import import_holidays, known_countries

HEAD = "calendar:\n  id: x.org\n  name: X\n  working-days:\n    week: [mon]\n"
EVENT = "id: a, summary: A, start: 2025-01-03"


def days_of(text: str) -> dict[date, str]:
    """Return the days of a list with the comments beside them."""
    days: dict[date, str] = {}
    for line in text.splitlines():
        if match := re.fullmatch(r" {6}- (\S{10})(?:\.\.(\S{10}))?  # (.+)", line):
            first, last = (date.fromisoformat(day) for day in (match[1], match[2] or match[1]))
            for ordinal in range(first.toordinal(), last.toordinal() + 1):
                assert date.fromordinal(ordinal) not in days
                days[date.fromordinal(ordinal)] = match[3]
    return days


@pytest.mark.parametrize("country", ["SA", "US", "CN", "DE", "BN", "JP", "AE", "TR"])
def test_the_list_can_be_added_to_a_calendar_as_it_is(country: str) -> None:
    done = Done("holidays", country, "2024..2027")
    assert (done.code, done.err) == (0, "")
    assert load_text(file_text(EVENT, calendar=HEAD + done.out)).diagnostics == []
    assert list(yaml.load(done.out, yaml.BaseLoader)) == ["off"]  # in YAML 1.1 `off` is false


@pytest.mark.slow
def test_the_list_of_every_country_can_be_added_to_a_calendar() -> None:
    for country in known_countries():
        if len(country) == 2:
            done = Done("holidays", country, "2026")
            assert (done.code, done.err) == (0, "")
            assert load_text(file_text(EVENT, calendar=HEAD + done.out)).diagnostics == []


def test_the_list_names_its_version_and_what_is_estimated() -> None:
    package = import_holidays()
    done = Done("holidays", "SA", "2025..2026")
    first, second, third, *_ = done.out.splitlines()
    title = "    # Public holidays of Saudi Arabia (SA), 2025 to 2026, from holidays"
    assert first == f"{title} {package.__version__}."
    assert "estimated" in second
    assert "`week: [sun, mon, tue, wed, thu]`" in third
    expected = package.SA(years=[2025, 2026], language="en_US", islamic_show_estimated=True)
    assert days_of(done.out) == dict(expected)
    assert any("estimated" in name for name in expected.values())


def test_a_list_without_estimated_dates_says_nothing_of_them() -> None:
    assert "estimated" not in Done("holidays", "US", "2025").out


def test_a_subdivision_is_a_code_or_a_name() -> None:
    by_code = Done("holidays", "US", "2025", "--subdivision", "CA").out
    assert by_code == Done("holidays", "US", "2025", "--subdivision", "California").out
    assert "United States (US, CA), 2025," in by_code
    more = set(days_of(by_code)) - set(days_of(Done("holidays", "US", "2025").out))
    assert date(2025, 3, 31) in more


def test_working_days_on_weekends_are_named() -> None:
    out = Done("holidays", "CN", "2025").out
    assert "# People also work on these days of weekends, which `off` cannot have:\n" in out
    assert "    # 2025-01-26, 2025-02-08, 2025-04-27, 2025-09-28, 2025-10-11\n" in out


def test_years_without_holidays_are_an_empty_list() -> None:
    out = Done("holidays", "BV", "1901").out
    assert out.endswith("    off: []\n")
    assert load_text(file_text(EVENT, calendar=HEAD + out)).diagnostics == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["sa", "2025"], "did you mean `SA` (Saudi Arabia)?"),
        (["Saudi Arabia", "2025"], "did you mean `SA` (Saudi Arabia)?"),
        (["saudi", "2025"], "did you mean `SA` (Saudi Arabia)?"),
        (["Germny", "2025"], "did you mean `DE` (Germany)?"),
        (["UK", "2025"], "did you mean `GB` (United Kingdom)?"),
        (["XX", "2025"], "write a code of ISO 3166-1, such as `SA` or `GB`"),
        (["utils", "2025"], "write a code of ISO 3166-1, such as `SA` or `GB`"),
        (["MON", "2025"], "write a code of ISO 3166-1, such as `SA` or `GB`"),
        (["SA", "2025-2028"], "`2025-2028` is not a range of years; write `2025..2028`"),
        (["SA", "2025 to 2028"], "write `2025..2028`"),
        (["SA", "2028..2025"], "write `2025..2028`"),
        (["SA", "25..28"], "write `2025..2028`, or one year"),
        (["SA", "2025.."], "write `2025..2028`, or one year"),
        (["SA", "\u0662\u0660\u0662\u0665"], "write `2025..2028`, or one year"),
        (["SA", "1066"], "has Saudi Arabia (SA) for the years 1901 to "),
        (["SA", "2025..9999"], "has Saudi Arabia (SA) for the years 1901 to "),
        (["SA", "2025", "--subdivision", "X"], "Saudi Arabia (SA) has no subdivision `X`; it has"),
        (["DE", "2025", "--subdivision", "Bayer"], "did you mean `Bayern`? there are BB, BE, BW"),
        (["DE", "2025", "--subdivision", "X"], "has no subdivision `X`; there are BB, BE, BW, BY"),
    ],
)
def test_wrong_use_says_what_to_type(arguments: list[str], message: str) -> None:
    done = Done("holidays", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert done.err.count("\n") == 1


def test_without_the_package_the_message_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "holidays"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "holidays", None)
    done = Done("holidays", "SA", "2025")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "timeline: the package `holidays` is not installed, which has the public holidays\n"
        "  help: pip install 'timeline-as-code[holidays]'\n"
    )
    assert list(_complete_country("S")) == []


def test_shells_complete_the_codes_of_countries() -> None:
    environment = {
        "_TIMELINE_COMPLETE": "complete_bash",
        "COMP_WORDS": "timeline holidays S",
        "COMP_CWORD": "2",
    }
    done = Done(env=environment)
    assert (done.code, done.err) == (0, "")
    assert {"SA", "SE", "SI"} <= set(done.out.split())
