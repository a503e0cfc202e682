"""Parse a recurrence rule and validate its parts against each other (RFC 5545 3.3.10, RECUR).

A little less is allowed than in the RFC: not what apps read in two ways or hang on, and not what
can be written more simply. Each such refusal says what to write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.dates.recurrence.parts import FREQUENCIES, PART_RANGES, WEEKDAYS, read_parts
from timeline.dates.recurrence.rule import RecurrenceRule
from timeline.dates.recurrence.values import (
    read_frequency,
    read_number,
    read_numbers,
    read_until,
    read_week_start,
    read_weekdays,
)
from timeline.dates.relative import RelativeDate
from timeline.diagnostics import Refusal, rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from timeline.dates.recurrence.parts import RulePart


def parse_rrule(value: str | Mapping[str, object]) -> RecurrenceRule:
    """Parse ``FREQ=WEEKLY;BYDAY=MO;COUNT=8``, or ``{freq: weekly, byday: [mo], count: "8"}``.

    Raises: `Refusal` (`rule-syntax`, `rule-part`, `rule-until`, `rule-endless`), with the part of a
    text, or the place in a mapping.
    """
    parts, refused = read_parts(value)
    read: dict[str, Any] = {}
    for name, part in parts.items():
        try:
            read[name.lower()] = _READERS[name](part)
        except Refusal as refusal:
            refused.append(refusal)
    if refused:
        # Missing parts are not reported: one may be missing only because it is misspelt.
        raise _joined(refused)
    if "FREQ" not in parts:
        key = "FREQ=" if isinstance(value, str) else "freq: "
        weekly = "FREQ=WEEKLY" if isinstance(value, str) else "freq: weekly"
        raise Refusal(
            rules.RULE_PART,
            f"the rule has no `{key.strip(' =:')}`, which states how often it repeats",
            f"add it, such as `{weekly}`",
        )  # fmt: skip
    if isinstance(until := read.get("until"), RelativeDate):
        read |= {"until": None, "follows": until}
    rule = RecurrenceRule(**read)
    for check in (_check_end, _check_days, _check_numbers, _check_clock, _check_position):
        check(rule, parts)
    return rule


def _joined(refused: list[Refusal]) -> Refusal:
    """Return the first of some refusals, which has the others; the list is empty then.

    It refers to all calls that it is raised through. If one referred to it, such a circle would
    keep whatever they have in memory, which is the whole file.
    """
    first = refused.pop(0)
    first.others = tuple(refused)
    refused.clear()
    return first


_READERS: dict[str, Callable[[RulePart], object]] = {
    "FREQ": read_frequency,
    "INTERVAL": read_number,
    "COUNT": read_number,
    "UNTIL": read_until,
    "BYDAY": read_weekdays,
    "WKST": read_week_start,
    **dict.fromkeys(PART_RANGES, read_numbers),
}


# Parts that exclude each other.


def _check_end(rule: RecurrenceRule, parts: Mapping[str, RulePart]) -> None:
    if rule.count is not None and "UNTIL" in parts:
        count, until = parts["COUNT"], parts["UNTIL"]
        raise count.refusal(
            f"a rule ends by `{count.key}` or by `{until.key}`, not by both",
            "remove one of them",
        )
    if rule.is_endless and rule.freq in ("SECONDLY", "MINUTELY"):
        freq = parts["FREQ"]
        raise Refusal(
            rules.RULE_ENDLESS,
            f"`{freq.with_value(rule.freq)}` without an end makes calendar apps hang",
            f"add `{freq.in_case('COUNT')}` or `{freq.in_case('UNTIL')}`",
            freq.place,
            inside=freq.inside,
        )


_NOT_WITH = {
    "BYMONTHDAY": ("WEEKLY",),
    "BYYEARDAY": tuple(freq for freq in FREQUENCIES if freq != "YEARLY"),
    "BYWEEKNO": tuple(freq for freq in FREQUENCIES if freq != "YEARLY"),
}
"""The frequencies that a part does not allow: those marked N/A in the table of RFC 5545 3.3.10, and
for BYYEARDAY all but YEARLY, which ical.js, and so Thunderbird, does not expand."""

_APART = (("BYYEARDAY", ("BYMONTH", "BYMONTHDAY", "BYWEEKNO")), ("BYWEEKNO", ("BYMONTHDAY",)))
"""Parts that ical.js does not expand together, although 3.3.10 defines their meaning."""

_LONGEST = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _check_days(rule: RecurrenceRule, parts: Mapping[str, RulePart]) -> None:
    for name, freqs in _NOT_WITH.items():
        if name in parts and rule.freq in freqs:
            part, freq = parts[name], parts["FREQ"]
            raise part.refusal(
                f"`{part.key}` cannot be combined with `{freq.with_value(rule.freq)}`",
                f"remove it, or write `{freq.with_value('YEARLY')}`",
            )
    for name, others in _APART:
        if both := [parts[other] for other in others if name in parts and other in parts]:
            message = f"`{both[0].key}` cannot be combined with `{parts[name].key}`"
            raise both[0].refusal(message, "remove one of them")
    if rule.byweekno and not rule.byday:
        weeks = parts["BYWEEKNO"]
        raise weeks.refusal(
            f"`{weeks.key}` names weeks but no day, and apps differ in the day that they choose",
            f"add the day of the week as `{weeks.in_case('BYDAY')}`",
        )
    if rule.bymonthday:
        _check_month_days(rule, parts)


def _check_month_days(rule: RecurrenceRule, parts: Mapping[str, RulePart]) -> None:
    part, freq = parts["BYMONTHDAY"], parts["FREQ"]
    if rule.freq == "YEARLY" and not rule.bymonth:
        raise part.refusal(
            f"`{part.key}` does not say in which month, and apps differ in the months they choose",
            f"add `{freq.in_case('BYMONTH')}`, or write `{freq.with_value('MONTHLY')}` "
            "for each month",
        )
    if rule.bymonthday[0] < 0 and (rule.byday or rule.freq not in ("MONTHLY", "YEARLY")):
        # ical.js does not count from the end here, and searches without end.
        other = f"`{parts['BYDAY'].key}`" if rule.byday else f"`{freq.with_value(rule.freq)}`"
        raise part.refusal(
            f"`{part.key}` counts from the end, which cannot be combined with {other}",
            f"remove {other}" if rule.byday else f"write `{freq.with_value('MONTHLY')}`",
        )
    longest = max((_LONGEST[month] for month in rule.bymonth), default=31)
    if min(map(abs, rule.bymonthday)) > longest:
        raise part.refusal(
            f"no month in `{parts['BYMONTH'].key}` has any of the days in `{part.key}`",
            f"write a day up to {longest}, or -1 for the last one",
        )


def _check_numbers(rule: RecurrenceRule, parts: Mapping[str, RulePart]) -> None:
    """Allow ``2TU``, the second Tuesday, only in a month or a year."""
    numbered = [day for day in rule.byday if day.number]
    if not numbered:
        return
    part, first = parts["BYDAY"], numbered[0]
    plain = f"write `{part.in_case(WEEKDAYS[first.day])}`"
    shown = part.in_case(str(first))
    excluding = [parts[name].key for name in ("BYWEEKNO", "BYMONTHDAY") if name in parts]
    if rule.freq not in ("MONTHLY", "YEARLY"):
        excluding = [parts["FREQ"].with_value(rule.freq)]
    if excluding:
        message = f"`{shown}` in `{part.key}` cannot be combined with `{excluding[0]}`"
        raise part.refusal(message, plain)
    if len(numbered) < len(rule.byday):
        raise part.refusal(
            f"`{part.key}` has days with and without a number, which apps read in different ways",
            "write a number with each of them, or with none",
        )
    too_large = [day for day in numbered if abs(day.number) > 5]
    if too_large and (rule.freq == "MONTHLY" or rule.bymonth):
        raise part.refusal(
            f"no month has the day `{part.in_case(str(too_large[0]))}` in `{part.key}`",
            "write a number from 1 to 5, or -1 for the last one",
        )


def _check_clock(rule: RecurrenceRule, parts: Mapping[str, RulePart]) -> None:
    """Refuse BYHOUR in HOURLY and similar; DAILY with BYHOUR means the same to more apps."""
    unit = FREQUENCIES.index(rule.freq)
    for name in ("BYSECOND", "BYMINUTE", "BYHOUR")[unit:]:
        if name in parts:
            part, freq = parts[name], parts["FREQ"]
            raise part.refusal(
                f"`{part.key}` cannot be combined with `{freq.with_value(rule.freq)}`",
                f"write `{freq.with_value('DAILY')}` with `{freq.in_case('BYHOUR')}` "
                f"and `{freq.in_case('BYMINUTE')}`",
            )


def _check_position(rule: RecurrenceRule, parts: Mapping[str, RulePart]) -> None:
    """Allow BYSETPOS only for days of a month or a year, as libical and ical.js support it."""
    if not rule.bysetpos:
        return
    part = parts["BYSETPOS"]
    if not (rule.byday or rule.bymonthday or rule.byyearday):
        message = f"`{part.key}` needs another part that names the days"
        raise part.refusal(message, f"add `{part.in_case('BYDAY')}`")
    if rule.freq not in ("MONTHLY", "YEARLY"):
        raise part.refusal(
            f"`{part.key}` cannot be combined with `{parts['FREQ'].with_value(rule.freq)}`",
            "remove it and list the days or times themselves",
        )
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        if name in parts:
            message = f"`{part.key}` cannot be combined with `{parts[name].key}`"
            raise part.refusal(message, "remove one of them")
