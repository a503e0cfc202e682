"""Read the values of the parts of a recurrence rule (RFC 5545 3.3.10).

Each value is validated by itself; `constraints` validates parts against each other. Each function
raises `Refusal`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline.dates.calendar_units import Date, Precision
from timeline.dates.fields import parse_series_date
from timeline.dates.recurrence.parts import (
    FREQUENCIES,
    MAX_COUNT,
    PART_RANGES,
    WEEKDAYS,
    RuleItem,
    RulePart,
    Weekday,
    is_in_words,
)
from timeline.dates.relative import looks_relative
from timeline.diagnostics import Refusal, cited, nearest, rules

if TYPE_CHECKING:
    from timeline.dates.clock_times import ClockTime
    from timeline.dates.relative import RelativeDate


def read_frequency(part: RulePart) -> str:
    """Return the value of FREQ in upper case."""
    item = _single_item(part)
    word = item.text.upper()
    if word in FREQUENCIES:
        return word
    words = {"DAY": "DAILY", "WEEK": "WEEKLY", "MONTH": "MONTHLY", "YEAR": "YEARLY"}
    near = words.get(word.removesuffix("S")) or nearest(word, FREQUENCIES)
    help_ = f"did you mean `{part.in_case(near)}`?" if near else part.help
    raise part.refusal(f"{cited(item.text)} in `{part.key}` is not a frequency", help_, item)


def read_number(part: RulePart) -> int:
    """Return the value of COUNT or INTERVAL."""
    item = _single_item(part)
    number = _integer(item.text)
    if number is not None and 1 <= number <= MAX_COUNT:
        return number
    if number is None:
        raise part.refusal(f"{cited(item.text)} in `{part.key}` is not a number", part.help, item)
    message = f"`{part.with_value(item.text)}` is not a number from 1 to {MAX_COUNT}"
    if part.name == "COUNT" and number > 1:
        help_ = f"remove it for a rule without an end, or write `{part.in_case('UNTIL')}`"
        raise part.refusal(message, help_, item)
    raise part.refusal(message, part.help, item)


def read_numbers(part: RulePart) -> tuple[int, ...]:
    """Return the numbers of a by-part in ascending order."""
    low, high = PART_RANGES[part.name]
    numbers: list[int] = []
    for item in part.items:
        number = _integer(item.text)
        if number is None or not low <= number <= high or (low < 0 and number == 0):
            expected = f"a number from {low} to {high}" + (", except 0" if low < 0 else "")
            message = f"{cited(item.text)} in `{part.key}` is not {expected}"
            raise part.refusal(message, part.help, item)
        if number in numbers:
            raise part.refusal(
                f"`{item.text}` is in `{part.key}` twice", "remove one of them", item
            )
        numbers.append(number)
    return tuple(sorted(numbers))


_WEEKDAY = regex(r"([+-]?\d{1,4})?([A-Za-z]{2})", re.ASCII)


def read_weekdays(part: RulePart) -> tuple[Weekday, ...]:
    """Return the values of BYDAY, from Monday on."""
    days: list[Weekday] = []
    for item in part.items:
        match = _WEEKDAY.fullmatch(item.text)
        number = int(match[1] or 0) if match else 0
        if not match or match[2].upper() not in WEEKDAYS or not -53 <= number <= 53:
            near = item.text[:2].upper()
            help_ = part.help
            if near in WEEKDAYS and item.text.isalpha():
                help_ = f"did you mean `{part.in_case(near)}`?"
            raise part.refusal(f"{cited(item.text)} in `{part.key}` is not a day", help_, item)
        if match[1] and not number:
            raise part.refusal(f"`{item.text}` in `{part.key}` counts from 0", part.help, item)
        day = Weekday(WEEKDAYS.index(match[2].upper()), number)
        if day in days:
            raise part.refusal(
                f"`{item.text}` is in `{part.key}` twice", "remove one of them", item
            )
        days.append(day)
    return tuple(sorted(days))


def read_week_start(part: RulePart) -> int:
    """Return the value of WKST, 0 to 6 from Monday."""
    item = _single_item(part)
    if item.text.upper() in WEEKDAYS:
        return WEEKDAYS.index(item.text.upper())
    raise part.refusal(f"{cited(item.text)} in `{part.key}` is not a day", part.help, item)


_BASIC = regex(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII | re.IGNORECASE)


def read_until(part: RulePart) -> Date | ClockTime | RelativeDate:
    """Return UNTIL: in a text in the notation of RFC 5545, in a mapping in that of the file.

    In a mapping it may follow another event.
    """
    item = _date_in_words(part) or _single_item(part)
    if looks_relative(item.text):  # not in a text, of which that is refused
        return _read_relative(item)
    text = item.text
    basic = _BASIC.fullmatch(text)
    if basic:
        text = "-".join(basic.groups()[:3])
        if basic[4]:
            text += "T" + ":".join(basic.groups()[3:6]) + basic[7].upper()
    if bool(basic) != part.is_text:
        raise _explain_until(
            part, item, f"{cited(item.text)} in `{part.key}` is not a day or a time"
        )
    try:
        value = parse_series_date(text)
    except Refusal as refusal:
        help_ = refusal.help or ""
        if refusal.rule is rules.INTERVAL:
            help_ = "write the last day, or the time of the last instance"
        if part.is_text:
            help_ = "write a day such as `20250131` or a time such as `20250131T180000Z`"
        raise Refusal(
            rules.RULE_UNTIL,
            f"in `{part.key}`, {refusal.message}",
            help_,
            item.place,
            replacement=None if item.place else refusal.replacement,
            inside=item.inside,
        ) from None
    if value.qualification or (isinstance(value, Date) and value.precision is not Precision.DAY):
        kind = "day" if isinstance(value, Date) else "time"
        message = f"{cited(item.text)} in `{part.key}` is not a known {kind}"
        raise _explain_until(part, item, message)
    return value


def _read_relative(item: RuleItem) -> Date | ClockTime | RelativeDate:
    try:
        return parse_series_date(item.text)
    except Refusal as refusal:
        refusal.inside = item.inside
        raise


def _explain_until(part: RulePart, item: RuleItem, message: str) -> Refusal:
    """Refuse a value of UNTIL, and suggest it in the notation expected, or an example."""
    example = "20250131", "20250131T180000Z"
    if not part.is_text:
        example = "2025-01-31", "2025-01-31T18:00"
    help_ = "write a day such as `{}` or a time such as `{}`".format(*example)
    if basic := _BASIC.fullmatch(item.text):
        day, clock = "-".join(basic.groups()[:3]), ":".join(filter(None, basic.groups()[3:6]))
        help_ = f"write `{day}T{clock}{basic[7].upper()}`" if clock else f"write `{day}`"
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", item.text, re.ASCII):
        help_ = f"write `{item.text.replace('-', '')}`"
    elif part.is_text:
        help_ = _meant_in_basic_notation(item.text) or help_
    return Refusal(rules.RULE_UNTIL, message, help_, item.place, inside=item.inside)


def _meant_in_basic_notation(text: str) -> str | None:
    """Return the help for a text that may mean a day, or two, in the notation of RFC 5545."""
    try:
        parse_series_date(text)
    except Refusal as refusal:
        basic = _DAY.sub(r"`\1\2\3`", refusal.help or "")
        is_all_days = basic.startswith("write `") and "-" not in basic
        return basic if is_all_days else None
    return None


_DAY = regex(r"`(\d{4})-(\d\d)-(\d\d)`", re.ASCII)


def _date_in_words(part: RulePart) -> RuleItem | None:
    """Return a date in words, which may have a comma, as the only item of its part."""
    first, last = part.items[0], part.items[-1]
    text = ", ".join(item.text.strip() for item in part.items)
    if len(part.items) == 1 or first.inside != last.inside or not is_in_words(text):
        return None
    place = (first.place[0], last.place[1]) if first.place and last.place else None
    return RuleItem(text, place, first.inside)


def _single_item(part: RulePart) -> RuleItem:
    if len(part.items) > 1:
        place = part.items[0].place
        every = ",".join(item.text for item in part.items)
        joined = (
            RuleItem(every, place and (place[0], place[0] + len(every))) if part.is_text else None
        )
        raise part.refusal(f"`{part.key}` has more than one value", part.help, joined)
    return part.items[0]


def _integer(text: str) -> int | None:
    """Return an integer, which may have a sign (3.3.10); ``None`` if it is not one of 18 digits."""
    return int(text) if re.fullmatch(r"[+-]?\d{1,18}", text, re.ASCII) else None
