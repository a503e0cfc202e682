"""Declare the working days of the calendar: the weekdays on which people work, and days off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline._limits import MAX_DAYS_OFF
from timeline.compiler.schema.declarations import Declared, key, list_of, scalar
from timeline.compiler.schema.readers import DAY_PATTERN
from timeline.dates import WEEKDAY_NAMES, parse_days
from timeline.diagnostics import At, Refusal, cited, rules

if TYPE_CHECKING:
    from timeline.dates import DayRange

WEEKDAYS = tuple(name[:3].lower() for name in WEEKDAY_NAMES)
"""The weekdays as the file names them, from Monday on."""


def weekday(value: str) -> int:
    """Return the number of a weekday, 0 for Monday."""
    if value in WEEKDAYS:
        return WEEKDAYS.index(value)
    meant = read_weekdays(value)
    raise Refusal(
        rules.WRONG_VALUE,
        f"{cited(value)} is not one of {', '.join(f'`{name}`' for name in WEEKDAYS)}",
        f"write `{', '.join(meant)}`" if meant else "write the first three letters of a weekday",
        replacement=meant[0] if len(meant) == 1 else None,
    )


def read_weekdays(text: str) -> list[str]:
    """Return the weekdays that ``Monday`` or ``Sun to Thu`` means, none for any other text."""
    if match := _FROM_TO.fullmatch(text):
        first, last = map(_number, match.groups())
        if first is None or last is None:
            return []
        return [WEEKDAYS[(first + more) % 7] for more in range((last - first) % 7 + 1)]
    numbers = [_number(word) for word in _SEPARATOR.split(text)]
    names = [WEEKDAYS[number] for number in numbers if number is not None]
    return names if len(names) == len(numbers) else []


_FROM_TO = regex(
    r"([a-z]+)\.?(?: ?(?:-|\N{EN DASH}|\.\.) ?| (?:to|till|until|through) )([a-z]+)\.?",
    re.IGNORECASE,
)
_SEPARATOR = regex(r"[\s,;/]+")


def _number(word: str) -> int | None:
    """Return the number of the weekday that a word of two or more letters begins."""
    beginning = word.rstrip(".").lower()
    names = [index for index, name in enumerate(WEEKDAY_NAMES) if _begins(name, beginning)]
    return names[0] if len(beginning) > 1 and len(names) == 1 else None


def _begins(name: str, beginning: str) -> bool:
    return name.lower().startswith(beginning)


WEEKDAY = scalar(weekday, enum=list(WEEKDAYS))
DAYS = scalar(parse_days, pattern=rf"^{DAY_PATTERN}(\.\.{DAY_PATTERN})?$")


class WorkingDaysEntry(Declared, title="WorkingDays"):
    """The days on which people work, by which relative dates count `working days`."""

    week: tuple[int, ...] = key(
        list_of(WEEKDAY, minItems=1, uniqueItems=True),
        title="Week",
        description="The weekdays on which people work: `mon` to `sun`.",
    )
    off: tuple[DayRange, ...] | None = key(
        list_of(DAYS, maxItems=MAX_DAYS_OFF),
        default=None,
        title="Days off",
        description="The days on which people do not work, although they are in the week: days, "
        "or ranges such as `2025-03-30..2025-04-03`; `[]` for none.",
    )

    def check(self) -> None:
        """Refuse a week without a day, and more days off than a calendar may have."""
        if not self.week:
            raise Refusal(
                rules.WRONG_VALUE,
                "this week has no day on which people work",
                "write the working days, such as `week: [mon, tue, wed, thu, fri]`",
                inside=At(("week",)),
            )
        total = sum(days.length for days in self.off or ())
        if total > MAX_DAYS_OFF:
            raise Refusal(
                rules.TOO_LARGE,
                f"these are {total:,} days off, expected at most {MAX_DAYS_OFF:,}",
                "list only the years that the events need",
                inside=At(("off",)),
            )
