"""List the public holidays of a country as the ``off`` of ``working-days``, from `holidays`.

The package `holidays` is an extra, so it is imported when a list is asked for. An events file never
reads it: the list is written into the file once, and no newer version moves a published date.
"""

from __future__ import annotations

import re
from datetime import date
from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from timeline.cli.console import USAGE_ERROR, fail, usage_error
from timeline.dates import WEEKDAY_NAMES
from timeline.diagnostics import cited, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_INDENT = "    "
"""That of a key of ``working-days`` in ``calendar``, where the list belongs."""


class Country(Struct, frozen=True):
    """A country that the package has: a code of ISO 3166-1, its name, and its class there."""

    code: str
    name: str
    holidays: Any


def import_holidays() -> Any:
    """Return the package; exit with 2 if it is not installed."""
    try:
        return import_module("holidays")
    except ModuleNotFoundError as error:
        if error.name != "holidays":
            raise
        fail(
            "the package `holidays` is not installed, which has the public holidays",
            USAGE_ERROR,
            "pip install 'timeline-as-code[holidays]'",
        )


def known_countries() -> dict[str, str]:
    """Return the names of the countries of the package, by their codes of two and three letters."""
    rows = import_module("holidays.registry").COUNTRIES
    return {code: _country_name(name) for name, codes in rows.items() for code in codes[1:3]}


def _country_name(name: str) -> str:
    words = name.split("_")
    return " ".join(word if word in ("and", "of", "the") else word.title() for word in words)


def find_country(package: Any, code: str) -> Country:
    """Return a country by its code of two or three letters; exit with 2 for another text."""
    known = known_countries()
    if code not in known:
        near = _near_country(code, known)
        help_ = "write a code of ISO 3166-1, such as `SA` or `GB`"
        if near is not None:
            help_ = f"did you mean `{near}` ({known[near]})?"
        usage_error(f"there is no country {cited(code)} in {version(package)}; {help_}")
    return Country(code, known[code], type(package.country_holidays(code)))


def _near_country(text: str, known: Mapping[str, str]) -> str | None:
    """Return the code of the country that a text means: another code of it, or its name."""
    if (upper := text.upper()) in known:
        return upper
    if upper in _OTHER_CODES:
        return _OTHER_CODES[upper]
    by_name = {name.lower(): code for code, name in known.items() if len(code) == 2}
    begins = [name for name in by_name if len(text) > 3 and name.startswith(text.lower())]
    near = begins[0] if len(begins) == 1 else nearest(text, by_name)
    return by_name[near] if near else None


_OTHER_CODES = {"UK": "GB", "EN": "GB", "EL": "GR", "KSA": "SA", "UAE": "AE"}
"""Codes that are in use, but not in ISO 3166-1."""


def find_subdivision(country: Country, text: str | None) -> str | None:
    """Return a part of a country by its code or its name; exit with 2 for another text."""
    codes: tuple[str, ...] = country.holidays.subdivisions
    names: dict[str, str] = country.holidays.subdivisions_aliases
    if text is not None and text not in (*codes, *names):
        near = nearest(text, [*codes, *names])
        meant = f"did you mean `{near}`? " if near else ""
        listed = f"{meant}there are {', '.join(codes)}" if codes else "it has none"
        place = f"{country.name} ({country.code})"
        usage_error(f"--subdivision: {place} has no subdivision {cited(text)}; {listed}")
    return names.get(text, text) if text is not None else None


def version(package: Any) -> str:
    """Return the name and the version of the package."""
    return f"holidays {package.__version__}"


def list_days_off(
    package: Any, country: Country, subdivision: str | None, years: range
) -> Iterator[str]:
    """Yield the lines of the list, with the name of each holiday in a comment.

    Exit with 2 for years that the package does not have.
    """
    has = range(country.holidays.start_year, country.holidays.end_year + 1)
    if years[0] not in has or years[-1] not in has:
        usage_error(
            f"{version(package)} has {country.name} ({country.code}) for the years {has[0]} to "
            f"{has[-1]} only"
        )
    calendar = country.holidays(
        subdiv=subdivision, years=years, language=_language(country), **_options(country)
    )
    named = {day: _names(calendar[day]) for day in sorted(calendar) if day.year in years}
    yield f"{_INDENT}# {_title(country, subdivision, years)}, from {version(package)}."
    if any(_ESTIMATED in name for name in named.values()):
        yield f"{_INDENT}# Dates that are {_ESTIMATED} may still be announced as other days."
    yield f"{_INDENT}# {_week(calendar.weekend)}"
    if worked := sorted(day for day in calendar.weekend_workdays if day.year in years):
        listed = ", ".join(day.isoformat() for day in worked)
        yield f"{_INDENT}# People also work on these days of weekends, which `off` cannot have:"
        yield f"{_INDENT}# {listed}"
    yield f"{_INDENT}off:" if named else f"{_INDENT}off: []"
    for first, last, name in _ranges(named):
        days = first.isoformat() if first == last else f"{first}..{last}"
        yield f"{_INDENT}  - {days}  # {name}"


_ESTIMATED = "estimated"
"""The word by which the package marks a date that was computed, and not announced."""


def _language(country: Country) -> str | None:
    """Return English, in which `_ESTIMATED` is, if the names have translations at all."""
    return "en_US" if "en_US" in country.holidays.supported_languages else None


def _options(country: Country) -> dict[str, bool]:
    """Return the options by which a country marks what is estimated: some do not otherwise."""
    names = signature(country.holidays.__init__).parameters
    return {name: True for name in names if name.endswith("_show_estimated")}


def _names(text: str) -> str:
    return " ".join(text.split())


def _title(country: Country, subdivision: str | None, years: range) -> str:
    place = f"{country.name} ({country.code}{f', {subdivision}' if subdivision else ''})"
    span = f"{years[0]}" if len(years) == 1 else f"{years[0]} to {years[-1]}"
    return f"Public holidays of {place}, {span}"


def _week(weekend: Iterable[int]) -> str:
    """Return the working week that is without a weekend, as the file has it."""
    free = set(weekend)
    days = [(number + 6) % 7 for number in range(7)]  # from Sunday on
    working = [WEEKDAY_NAMES[number][:3].lower() for number in days if number not in free]
    return f"The weekend of the package leaves `week: [{', '.join(working)}]`."


def _ranges(named: dict[date, str]) -> Iterator[tuple[date, date, str]]:
    """Yield the days as ranges of days in a row that have the same name."""
    first: date | None = None
    last = date.min
    for day, name in named.items():
        if first is not None and (day - last).days == 1 and named[first] == name:
            last = day
            continue
        if first is not None:
            yield first, last, named[first]
        first = last = day
    if first is not None:
        yield first, last, named[first]


def parse_years(text: str) -> range:
    """Return the years of ``2025..2028`` or ``2025``; exit with 2 for another text."""
    match = re.fullmatch(r"(\d{4})(?:\.\.(\d{4}))?", text, re.ASCII)
    years = range(int(match[1]), int(match[2] or match[1]) + 1) if match else range(0)
    if not years:
        numbers = re.findall(r"(?<!\d)\d{4}(?!\d)", text, re.ASCII)
        help_ = "write `2025..2028`, or one year"
        if len(numbers) == 2:
            help_ = f"write `{min(numbers)}..{max(numbers)}`"
        usage_error(f"{cited(text)} is not a range of years; {help_}")
    return years
