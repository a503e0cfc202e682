"""Dates of CLDR: examples, and equality with ICU as Node has it."""

# ruff: noqa: RUF001 - the dashes and letters of other languages

import json
import subprocess
from datetime import date, time

import pytest
from babel.core import get_cldr_version

from support.foreign import NODE
from timeline.model.words.catalogues import catalogue_tags
from timeline.model.words.cldr import CldrDates
from tools.docs import ROOT

LOCALES = [tag.replace("-", "_") for tag in catalogue_tags()]

FORMAT = """
const { tag, ranges } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const options = {
  days: { year: "numeric", month: "long", day: "numeric" },
  months: { year: "numeric", month: "long" },
  years: { year: "numeric" },
  clocks: { hour: "numeric", minute: "numeric", hourCycle: "h23" },
};
const results = ranges.map(([kind, first, last]) => {
  const format = new Intl.DateTimeFormat(`${tag}-u-nu-latn`, { ...options[kind], timeZone: "UTC" });
  return [format.format(new Date(first)), format.formatRange(new Date(first), new Date(last))];
});
console.log(JSON.stringify(results));
"""

DAYS = [
    (date(2027, 1, 3), date(2027, 1, 17)),
    (date(2027, 2, 28), date(2027, 12, 1)),
    (date(2026, 12, 30), date(2027, 1, 2)),
    (date(2024, 5, 1), date(2028, 8, 31)),
    *((date(2025, month, 9), date(2025, month, 21)) for month in range(1, 13)),
    *((date(2025, month, 30), date(2026, month + 1, 1)) for month in range(3, 12)),
]
MONTHS = [days for days in DAYS if days[0].replace(day=1) != days[1].replace(day=1)]
YEARS = [(2025, 2028), (1999, 2000), (1850, 9998)]
CLOCKS = [(time(9), time(10, 30)), (time(0, 5), time(23, 59)), (time(9, 5), time(9, 45))]

SHORTENED_BY_ICU = {"ja": {"days", "months"}}
"""Where ICU writes digits for a month with its full name: ``2027/01/03～2027/01/17``."""


def icu(tag: str, ranges: list[list[str]]) -> list[list[str]]:
    """Return the first end alone and the range, as ICU writes them, for each range."""
    result = subprocess.run(
        [NODE, "-e", FORMAT],
        input=json.dumps({"tag": tag, "ranges": ranges}),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    words: list[list[str]] = json.loads(result.stdout)
    return words


@pytest.mark.foreign
@pytest.mark.skipif(not NODE, reason="needs Node")
@pytest.mark.parametrize("locale", LOCALES)
def test_equals_icu(locale: str) -> None:
    dates = CldrDates(locale)
    ours: list[tuple[str, str, str]] = []
    asked: list[list[str]] = []
    for first, last in DAYS:
        ours.append(("days", dates.day(first), str(dates.days(first, last))))
        asked.append(["days", f"{first}T12:00Z", f"{last}T12:00Z"])
    for first, last in MONTHS:
        ours.append(("months", dates.month(first), str(dates.months(first, last))))
        asked.append(["months", f"{first}T12:00Z", f"{last}T12:00Z"])
    for start, end in YEARS:
        ours.append(("years", dates.year(start), str(dates.years(start, end))))
        asked.append(["years", f"{start}-06-01T12:00Z", f"{end}-06-01T12:00Z"])
    for begin, until in CLOCKS:
        ours.append(("clocks", dates.clock(begin), str(dates.clocks(begin, until))))
        asked.append(["clocks", f"2025-01-03T{begin}Z", f"2025-01-03T{until}Z"])
    theirs = icu(locale.replace("_", "-"), asked)
    for (kind, point, range_), (icu_point, icu_range) in zip(ours, theirs, strict=True):
        if kind in SHORTENED_BY_ICU.get(locale, set()):
            assert "/" in icu_range
            assert "/" not in range_
        else:
            assert (point, range_) == (icu_point, icu_range)


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("ar", "3–17 يناير 2025"),
        ("de", "3.–17. Januar 2025"),
        ("es", "3–17 de enero de 2025"),
        ("fr", "3–17 janvier 2025"),
        ("ja", "2025年1月3日～17日"),
        ("pt_BR", "3\u2009–\u200917 de janeiro de 2025"),
    ],
)
def test_days_of_one_month(locale: str, words: str) -> None:
    assert str(CldrDates(locale).days(date(2025, 1, 3), date(2025, 1, 17))) == words


@pytest.mark.parametrize("locale", LOCALES)
def test_the_ends_of_a_range_have_no_separator(locale: str) -> None:
    dates = CldrDates(locale)
    ranges = [dates.days(*days) for days in DAYS] + [dates.years(*years) for years in YEARS]
    for range_ in ranges:
        assert range_.separator.strip() in {"–", "～", "-"}
        assert not {"–", "～"} & set(range_.first + range_.last)


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("ar", "3 يناير 988 م"),
        ("de", "3. Januar 988 n. Chr."),
        ("es", "3 de enero de 988 d. C."),
        ("fr", "3 janvier 988 ap. J.-C."),
        ("ja", "西暦988年1月3日"),
        ("pt_BR", "3 de janeiro de 988 d.C."),
    ],
)
def test_years_before_1000_have_an_era(locale: str, words: str) -> None:
    assert CldrDates(locale).day(date(988, 1, 3)).replace("\u202f", " ") == words


def test_times_with_seconds_are_joined_though_cldr_has_no_such_range() -> None:
    assert str(CldrDates("de").clocks(time(9), time(9, 0, 30))) == "09:00–09:00:30"


def test_only_arabic_is_written_from_right_to_left() -> None:
    assert [locale for locale in LOCALES if CldrDates(locale).is_right_to_left] == ["ar"]


def test_the_version_of_cldr_is_the_documented_one() -> None:
    page = (ROOT / "docs" / "translating.md").read_text(encoding="utf-8")
    assert f"with CLDR {get_cldr_version()}." in " ".join(page.split())
