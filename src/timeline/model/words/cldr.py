"""Days, months, years, ranges and clock times as CLDR writes them in a language.

CLDR has no range of days with the month's full name in most languages: its pattern with the short
name is used, with the name written in full. ICU does the same. Digits are always 0 to 9, and
clocks have 24 hours, so that a date in a text looks like the same date in the file.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Literal

from babel import Locale
from babel.dates import format_timedelta, get_day_names, get_month_names, parse_pattern
from babel.lists import format_list

from timeline.model.words.date_formats import Range

if TYPE_CHECKING:
    from collections.abc import Sequence

Field = Literal["y", "M", "d", "H", "m"]
"""The largest field in which the ends of a range differ, as CLDR names it."""

_YEAR_WITHOUT_ERA = 1000
"""The first year that is written without its era: ``988`` alone could be read as a day."""


class CldrDates:
    """The formats of one language, for `DateFormats`.

    ``locale`` is an identifier of CLDR such as ``pt_BR``.

    Raises:
        babel.core.UnknownLocaleError: CLDR does not have this locale.
    """

    def __init__(self, locale: str, *, has_weekdays: bool = False) -> None:
        self._name = locale
        self._locale = Locale.parse(locale)
        self._has_weekdays = has_weekdays
        self._days: dict[date, str] = {}  # many events share a day

    def with_weekdays(self) -> CldrDates:
        """Return the variant with weekdays."""
        return CldrDates(self._name, has_weekdays=True)

    @property
    def is_right_to_left(self) -> bool:
        """Return whether the language is written from right to left."""
        return self._locale.character_order == "right-to-left"

    def year(self, year: int) -> str:
        """Return a year: ``2025``, in Japanese ``2025年``; before 1000 with its era."""
        return self._by_skeleton("y", _new_year(year))

    def month(self, day: date) -> str:
        """Return the month of a day: ``janeiro de 2025``."""
        return self._by_skeleton("yMMMM", day)

    def day(self, day: date) -> str:
        """Return a day: ``3. Januar 2025``."""
        words = self._days.get(day)
        if words is None:
            if self._has_weekdays:
                words = self._by_skeleton("yMMMMEd", day)
            else:
                words = self._format(str(self._locale.date_formats["long"]), day)
            self._days[day] = words
        return words

    def day_of_year(self, day: date) -> str:
        """Return a day without its year: ``3. Januar``."""
        return self._by_skeleton("MMMMEd" if self._has_weekdays else "MMMMd", day)

    def days_of_year(self, first: date, last: date) -> tuple[str, str]:
        """Return two days of one year; the year is on the side where the language has it."""
        if str(self._locale.date_formats["long"]).startswith("y"):
            return self.day(first), self.day_of_year(last)
        return self.day_of_year(first), self.day(last)

    def month_name(self, month: int) -> str:
        """Return the name of a month, from 1 to 12, as it stands alone."""
        return str(get_month_names("wide", "stand-alone", self._locale)[month])

    def weekday_name(self, weekday: int) -> str:
        """Return the name of a weekday, Monday as 0, as it stands alone."""
        return str(get_day_names("wide", "stand-alone", self._locale)[weekday])

    def short_weekday_name(self, weekday: int) -> str:
        """Return a short name of a weekday, Monday as 0, as it stands alone."""
        return str(get_day_names("abbreviated", "stand-alone", self._locale)[weekday])

    def short_month_name(self, month: int) -> str:
        """Return a short name of a month, from 1 to 12, as it stands alone."""
        return str(get_month_names("abbreviated", "stand-alone", self._locale)[month])

    def short_month(self, day: date) -> str:
        """Return the month of a day with a short name: ``Jan. 2025``."""
        return self._format(str(self._locale.datetime_skeletons["yMMM"]), day)

    def short_day(self, day: date) -> str:
        """Return a day with a short name of its month: ``3. Jan. 2025``."""
        return self._format(str(self._locale.datetime_skeletons["yMMMd"]), day)

    def short_day_of_year(self, day: date) -> str:
        """Return a day with a short name of its month, without its year: ``3. Jan.``."""
        return self._format(str(self._locale.datetime_skeletons["MMMd"]), day)

    def quarter(self, quarter: int, year: int) -> str:
        """Return a quarter, from 1 to 4: ``Q1 2025``, in French ``T1 2025``."""
        return self._by_skeleton("yQQQ", _new_year(year).replace(month=3 * quarter))

    def day_of_month(self, day: int) -> str:
        """Return the number of a day in its month, in Japanese ``3日``: CLDR has no ordinals."""
        return self._by_skeleton("d", date(2000, 1, day))

    def days_of_month(self, month: int, days: Sequence[int]) -> str:
        """Return days of one month, without a year: ``3. Januar und 17. Januar``."""
        dates = [date(2000, month, day) for day in days]  # in other years, on other weekdays
        return self.enumeration([self._by_skeleton("MMMMd", day) for day in dates])

    def enumeration(self, texts: Sequence[str]) -> str:
        """Join texts: ``a, b und c``."""
        return str(format_list(list(texts), locale=self._locale))

    def in_days(self, count: int) -> str:
        """Return how far away a day is, always in days: ``in 3 Tagen``."""
        length = timedelta(days=count)
        return format_timedelta(
            length, "day", threshold=count + 1, add_direction=True, locale=self._locale
        )

    def clock(self, clock: time) -> str:
        """Return a time of 24 hours, to the minute, or to the second if it has any."""
        return self._by_skeleton("Hms" if clock.second else "Hm", clock)

    def days(self, first: date, last: date) -> Range:
        """Return the range of two days."""
        field: Field = "y" if first.year != last.year else "M" if first.month != last.month else "d"
        full, short = ("yMMMMEd", "yMMMEd") if self._has_weekdays else ("yMMMMd", "yMMMd")
        has_full_month = full in self._locale.interval_formats
        return self._range(full if has_full_month else short, field, first, last)

    def months(self, first: date, last: date) -> Range:
        """Return the range of the months of two days in different months."""
        return self._range("yMMMM", "y" if first.year != last.year else "M", first, last)

    def years(self, first: int, last: int) -> Range:
        """Return the range of two years."""
        return self._range("y", "y", _new_year(first), _new_year(last))

    def quarters(self, first: int, last: int, year: int) -> Range:
        """Return the range of two quarters of a year, each with the year: CLDR has no range."""
        separator = self.years(year, year + 1).separator
        return Range(self.quarter(first, year), separator, self.quarter(last, year))

    def clocks(self, first: time, last: time) -> Range:
        """Return the range of two times of one day."""
        if first.second or last.second:  # CLDR has no range of times with seconds
            return Range(self.clock(first), "–", self.clock(last))  # noqa: RUF001 - an en dash
        return self._range("Hm", "H" if first.hour != last.hour else "m", first, last)

    def days_without_year(self, first: date, last: date) -> Range:
        """Return the range of two days of one year."""
        skeleton = "MMMMd" if "MMMMd" in self._locale.interval_formats else "MMMd"
        return self._range(skeleton, "M" if first.month != last.month else "d", first, last)

    def months_without_year(self, first: date, last: date) -> Range:
        """Return the range of two months of one year."""
        skeleton = "MMMM" if "MMMM" in self._locale.interval_formats else "MMM"
        return self._range(skeleton, "M", first, last)

    def _by_skeleton(self, skeleton: str, value: date | time) -> str:
        """Format by a pattern of CLDR; one with a full month may be that with a short one."""
        patterns = self._locale.datetime_skeletons
        pattern = patterns.get(skeleton) or patterns[skeleton.replace("MMMM", "MMM")]
        return self._format(_full_month(str(pattern)), value)

    def _range(self, skeleton: str, field: Field, first: date | time, last: date | time) -> Range:
        """Format both ends of a range; what joins them stands at the end of the first pattern."""
        start, end = self._locale.interval_formats[skeleton][field]
        pattern, separator = _SEPARATOR.fullmatch(start).groups()  # type: ignore[union-attr]
        return Range(
            self._format(_full_month(pattern), first),
            separator,
            self._format(_full_month(end), last),
        )

    def _format(self, pattern: str, value: date | time) -> str:
        if isinstance(value, date) and value.year < _YEAR_WITHOUT_ERA:
            pattern = self._with_era(pattern)
        return str(parse_pattern(pattern).apply(value, self._locale))

    def _with_era(self, pattern: str) -> str:
        """Add the era to the year of a pattern, on the side where the language has it."""
        is_first = str(self._locale.datetime_skeletons["Gy"]).startswith("G")
        return _YEAR.sub("Gy" if is_first else "y G", pattern)


_SEPARATOR = re.compile(r"(.*?)([\s\u200f]*[-–—～~][\s\u200f]*)")  # noqa: RUF001 - dashes of CLDR
"""The pattern of the first end of a range, and what joins it to the last."""

_SHORT_MONTH = re.compile(r"(?<![ML])(?:MMM|LLL)(?![ML])")

_YEAR = re.compile(r"y(?=(?:[^']*'[^']*')*[^']*$)")
"""The year of a pattern; a letter between quotation marks is text."""


def _full_month(pattern: str) -> str:
    """Return a pattern with the month's name in full."""
    return _SHORT_MONTH.sub(lambda month: month[0] + month[0][0], pattern)


def _new_year(year: int) -> date:
    return date(year, 1, 1)
