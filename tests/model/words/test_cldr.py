"""Dates of CLDR: examples, and equality with ICU as Node has it."""

# ruff: noqa: RUF001 - the dashes and letters of other languages

from __future__ import annotations

import json
import re
import subprocess
from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from babel.core import get_cldr_version

from support.foreign import NODE
from timeline.model.words.catalogues import catalogue_tags
from timeline.model.words.cldr import CldrDates
from timeline.model.words.english import EnglishDates
from tools.docs import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model.words.date_formats import DateFormats

LOCALES = [tag.replace("-", "_") for tag in catalogue_tags()]

FORMAT = """
const { tag, asked } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const day = { year: "numeric", month: "long", day: "numeric" };
const clock = { hour: "numeric", minute: "numeric", hourCycle: "h23" };
const options = {
  days: day,
  "days with weekdays": { ...day, weekday: "short" },
  "days without a year": { month: "long", day: "numeric" },
  "days with weekdays and without a year": { month: "long", day: "numeric", weekday: "short" },
  "short days": { ...day, month: "short" },
  "short days without a year": { month: "short", day: "numeric" },
  months: { year: "numeric", month: "long" },
  "short months": { year: "numeric", month: "short" },
  "names of months": { month: "long" },
  "short names of months": { month: "short" },
  "names of weekdays": { weekday: "long" },
  years: { year: "numeric" },
  clocks: clock,
  "clocks with seconds": { ...clock, second: "numeric" },
};
const join = (items) => new Intl.ListFormat(tag, { type: "conjunction" }).format(items);
const inDays = new Intl.RelativeTimeFormat(`${tag}-u-nu-latn`, { numeric: "always" });
const results = asked.map(([kind, first, last]) => {
  if (kind === "lists") return join(first.split(" "));
  if (kind === "days to come") return inDays.format(Number(first), "day");
  const [start, end] = [new Date(first), last && new Date(last)];
  const options_ = { ...options[kind], timeZone: "UTC" };
  const format = new Intl.DateTimeFormat(`${tag}-u-nu-latn`, options_);
  return end ? format.formatRange(start, end) : format.format(start);
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
LISTS = ["a b", "a b c", "a b c d"]

ALL_LOCALES = ["en_GB", *LOCALES]
"""English is ours, and is compared with that of the United Kingdom."""

DIGITS_FOR_JAPANESE_MONTHS = {"days", "days with weekdays", "months"}
"""The ranges in which ICU writes ``2027/01/03～2027/01/17``, though a single day is ``1月3日``."""


def icu(tag: str, asked: list[list[str]]) -> list[str]:
    """Return what ICU writes for each kind with one time, or with two for a range."""
    result = subprocess.run(
        [NODE, "-e", FORMAT],
        input=json.dumps({"tag": tag, "asked": asked}),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    words: list[str] = json.loads(result.stdout)
    return words


def formats_of(locale: str) -> DateFormats:
    return EnglishDates() if locale.startswith("en") else CldrDates(locale)


def single_formats(dates: DateFormats) -> Iterator[tuple[str, str, str]]:
    """Yield each kind of date, one as ours writes it, and its time."""
    with_weekdays = dates.with_weekdays()
    for day, _ in DAYS:
        moment = f"{day}T12:00Z"
        yield "days", dates.day(day), moment
        yield "days with weekdays", with_weekdays.day(day), moment
        yield "days without a year", dates.day_of_year(day), moment
        yield "days with weekdays and without a year", with_weekdays.day_of_year(day), moment
        yield "short days", dates.short_day(day), moment
        yield "short days without a year", dates.short_day_of_year(day), moment
        yield "months", dates.month(day), moment
        yield "short months", dates.short_month(day), moment
        yield "names of months", dates.month_name(day.month), moment
        yield "short names of months", dates.short_month_name(day.month), moment
        yield "years", dates.year(day.year), moment
    for number in range(7):
        yield "names of weekdays", dates.weekday_name(number), f"2027-01-{4 + number:02}T12:00Z"
    for clock, _ in CLOCKS:
        yield "clocks", dates.clock(clock), f"2025-01-03T{clock}Z"
    yield "clocks with seconds", dates.clock(time(9, 0, 30)), "2025-01-03T09:00:30Z"
    for items in LISTS:
        yield "lists", dates.enumeration(items.split()), items
    for count in (1, 2, 3, 7, 11, 34, 100, 365, 999):  # above, ICU separates thousands
        yield "days to come", dates.in_days(count), str(count)


def ranges(dates: DateFormats) -> Iterator[tuple[str, str, str, str]]:
    """Yield each kind of range, one as ours writes it, and its two times."""
    with_weekdays = dates.with_weekdays()
    for first, last in DAYS:
        moments = f"{first}T12:00Z", f"{last}T12:00Z"
        yield ("days", str(dates.days(first, last)), *moments)
        yield ("days with weekdays", str(with_weekdays.days(first, last)), *moments)
    for first, last in MONTHS:
        yield ("months", str(dates.months(first, last)), f"{first}T12:00Z", f"{last}T12:00Z")
    for start, end in YEARS:
        yield (
            "years",
            str(dates.years(start, end)),
            f"{start}-06-01T12:00Z",
            f"{end}-06-01T12:00Z",
        )
    for begin, until in CLOCKS:
        moments = f"2025-01-03T{begin}Z", f"2025-01-03T{until}Z"
        yield ("clocks", str(dates.clocks(begin, until)), *moments)


@pytest.mark.foreign
@pytest.mark.skipif(not NODE, reason="needs Node")
@pytest.mark.parametrize("locale", ALL_LOCALES)
def test_equals_icu(locale: str) -> None:
    dates = formats_of(locale)
    ours = [*single_formats(dates), *ranges(dates)]
    theirs = icu(locale.replace("_", "-"), [[kind, *moments] for kind, _, *moments in ours])
    for (kind, words, *moments), icu_words in zip(ours, theirs, strict=True):
        if locale == "ja" and kind in DIGITS_FOR_JAPANESE_MONTHS and len(moments) == 2:
            assert re.fullmatch(r"\d{4}(/\d\d){1,2}(\(.\))?～\d{4}(/\d\d){1,2}(\(.\))?", icu_words)
            assert "/" not in words
        elif locale == "en_GB":
            assert words.replace(" – ", "–") == in_our_english(icu_words)
        else:
            assert words == icu_words


def in_our_english(words: str) -> str:
    """Return British English of ICU with our dashes, short names and repeated months."""
    words = words.replace("\u2009", " ").replace(" – ", "–")
    words = re.sub(r"\bSept\b", "Sep", re.sub(r"(?<=\b[A-Z][a-z]{2}), (?=\d)", " ", words))
    return re.sub(r"(\d) (\w+)–(.* \2 )", r"\1–\3", words)


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
def test_days_of_every_year_have_no_weekday(locale: str) -> None:
    dates = CldrDates(locale)
    assert dates.with_weekdays().days_of_month(1, [3, 17]) == dates.days_of_month(1, [3, 17])


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
