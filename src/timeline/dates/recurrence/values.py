"""The values of the parts of a recurrence rule (RFC 5545 3.3.10).

Each value is held to what the RFC allows of it alone; what goes with what is for ``constraints``.
Each function raises ``Refusal``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline.dates.calendar_units import Date, Precision
from timeline.dates.fields import parse_literal_date
from timeline.dates.recurrence.parts import (
    FREQUENCIES,
    MAX_COUNT,
    PART_RANGES,
    WEEKDAYS,
    RuleItem,
    RulePart,
    Weekday,
    _help,
)
from timeline.diagnostics import Refusal, cited, nearest, rules

if TYPE_CHECKING:
    from timeline.dates.clock_times import ClockTime


def read_frequency(part: RulePart) -> str:
    """Read how often, in the capitals of the RFC."""
    item = _single_item(part)
    word = item.text.upper()
    if word in FREQUENCIES:
        return word
    words = {"DAY": "DAILY", "WEEK": "WEEKLY", "MONTH": "MONTHLY", "YEAR": "YEARLY"}
    near = words.get(word.removesuffix("S")) or nearest(word, FREQUENCIES)
    help_ = f"did you mean `{near if part.is_text else near.lower()}`?" if near else _help(part)
    raise part.refusal(f"{cited(item.text)} in `{part.key}` is not how often", help_, item)


def read_number(part: RulePart) -> int:
    """Read COUNT or INTERVAL."""
    item = _single_item(part)
    number = _integer(item.text)
    if number is not None and 1 <= number <= MAX_COUNT:
        return number
    if number is None:
        raise part.refusal(f"{cited(item.text)} in `{part.key}` is not a number", _help(part), item)
    message = f"`{part.say(item.text)}` is not from 1 to {MAX_COUNT}"
    if part.name == "COUNT" and number > 1:
        raise part.refusal(message, "leave it out for a rule without end, or write `UNTIL`", item)
    raise part.refusal(message, _help(part), item)


def read_numbers(part: RulePart) -> tuple[int, ...]:
    """Read one of the lists of numbers, in ascending order."""
    low, high = PART_RANGES[part.name]
    found: list[int] = []
    for item in part.items:
        number = _integer(item.text)
        if number is None or not low <= number <= high or (low < 0 and number == 0):
            each = f"a number from {low} to {high}" + (" but 0" if low < 0 else "")
            message = f"{cited(item.text)} in `{part.key}` is not {each}"
            raise part.refusal(message, _help(part), item)
        if number in found:
            raise part.refusal(f"`{item.text}` stands twice in `{part.key}`", "leave one out", item)
        found.append(number)
    return tuple(sorted(found))


_WEEKDAY = regex(r"([+-]?\d{1,4})?([A-Za-z]{2})", re.ASCII)


def read_weekdays(part: RulePart) -> tuple[Weekday, ...]:
    """Read BYDAY, from Monday on."""
    found: list[Weekday] = []
    for item in part.items:
        match = _WEEKDAY.fullmatch(item.text)
        number = int(match[1] or 0) if match else 0
        if not match or match[2].upper() not in WEEKDAYS or not -53 <= number <= 53:
            near = item.text[:2].upper()
            help_ = _help(part)
            if near in WEEKDAYS and item.text.isalpha():
                help_ = f"did you mean `{near if part.is_text else near.lower()}`?"
            raise part.refusal(f"{cited(item.text)} in `{part.key}` is not a day", help_, item)
        if match[1] and not number:
            raise part.refusal(f"`{item.text}` in `{part.key}` counts from 0", _help(part), item)
        day = Weekday(WEEKDAYS.index(match[2].upper()), number)
        if day in found:
            raise part.refusal(f"`{item.text}` stands twice in `{part.key}`", "leave one out", item)
        found.append(day)
    return tuple(sorted(found))


def read_week_start(part: RulePart) -> int:
    """Read WKST, 0 to 6 from Monday."""
    item = _single_item(part)
    if item.text.upper() in WEEKDAYS:
        return WEEKDAYS.index(item.text.upper())
    raise part.refusal(f"{cited(item.text)} in `{part.key}` is not a day", _help(part), item)


_BASIC = regex(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII | re.IGNORECASE)


def read_until(part: RulePart) -> Date | ClockTime:
    """Read a day or a time: RFC 5545's in a text, and the notation of the file in a mapping."""
    item = _single_item(part)
    text = item.text
    basic = _BASIC.fullmatch(text)
    if basic:
        text = "-".join(basic.groups()[:3])
        if basic[4]:
            text += "T" + ":".join(basic.groups()[3:6]) + basic[7].upper()
    if bool(basic) != part.is_text:
        raise _not_until(part, item, f"{cited(item.text)} in `{part.key}` is not a day or a time")
    try:
        found = parse_literal_date(text)
    except Refusal as refusal:
        help_ = refusal.help or ""
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
    if isinstance(found, Date) and (found.precision is not Precision.DAY or found.qualification):
        raise _not_until(part, item, f"{cited(item.text)} in `{part.key}` is not one known day")
    return found


def _not_until(part: RulePart, item: RuleItem, message: str) -> Refusal:
    """Say how to write what is nearly a day: the other notation of it, or an example."""
    example = "20250131", "20250131T180000Z"
    if not part.is_text:
        example = "2025-01-31", "2025-01-31T18:00"
    help_ = "write a day such as `{}` or a time such as `{}`".format(*example)
    if basic := _BASIC.fullmatch(item.text):
        day, clock = "-".join(basic.groups()[:3]), ":".join(filter(None, basic.groups()[3:6]))
        help_ = f"write `{day}T{clock}{basic[7].upper()}`" if clock else f"write `{day}`"
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", item.text, re.ASCII):
        help_ = f"write `{item.text.replace('-', '')}`"
    return Refusal(rules.RULE_UNTIL, message, help_, item.place, inside=item.inside)


def _single_item(part: RulePart) -> RuleItem:
    if len(part.items) > 1:
        place = part.items[0].place
        every = ",".join(item.text for item in part.items)
        whole = (
            RuleItem(every, place and (place[0], place[0] + len(every))) if part.is_text else None
        )
        raise part.refusal(f"`{part.key}` holds more than one value", _help(part), whole)
    return part.items[0]


def _integer(text: str) -> int | None:
    """Read digits, with a sign as 3.3.10 allows it; what is longer than any number here is not."""
    return int(text) if re.fullmatch(r"[+-]?\d{1,18}", text, re.ASCII) else None
