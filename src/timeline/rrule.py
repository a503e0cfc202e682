"""The rule by which an event repeats: RFC 5545 3.3.10 (RECUR), read from its text or its parts.

What is allowed is a little less than the RFC allows: not what apps are known to read in two ways
or to hang on, and not what can be said more simply. Each such refusal says what to write.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from timeline import edtf, instant
from timeline.diagnostics import Refusal
from timeline.edtf import Date, Precision
from timeline.instant import ClockTime, Instant
from timeline.spelling import cited
from timeline.values import did_you_mean, nearest

Start = date | Instant
"""Where an event that repeats begins: a known day, or a time in a zone."""

FREQUENCIES = ("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LARGEST = 99_999
"""The largest COUNT and INTERVAL: past any use, and small enough to be expanded."""


class Weekday(NamedTuple):
    """A day of the week, 0 to 6 from Monday, and which one of the month or the year; 0 is each."""

    day: int
    number: int = 0

    def __str__(self) -> str:
        return f"{self.number or ''}{WEEKDAYS[self.day]}"


@dataclass(frozen=True, slots=True)
class Recur:
    """A rule. The by-parts are in ascending order, empty where the rule does not have them.

    ``until`` is inclusive: a day, or a time as written. ``wkst`` is 0 to 6 from Monday.
    """

    freq: str
    interval: int = 1
    count: int | None = None
    until: Date | ClockTime | None = None
    bysecond: tuple[int, ...] = ()
    byminute: tuple[int, ...] = ()
    byhour: tuple[int, ...] = ()
    byday: tuple[Weekday, ...] = ()
    bymonthday: tuple[int, ...] = ()
    byyearday: tuple[int, ...] = ()
    byweekno: tuple[int, ...] = ()
    bymonth: tuple[int, ...] = ()
    bysetpos: tuple[int, ...] = ()
    wkst: int = 0

    @property
    def is_endless(self) -> bool:
        """Whether neither COUNT nor UNTIL ends it."""
        return self.count is None and self.until is None

    def until_utc(self, zone: str) -> datetime | None:
        """Give the last moment, of a rule whose times are of ``zone``; aware, in UTC.

        A day lasts until the second before the next one begins, which is 23:59:59 but where clocks
        change at midnight. Raises ``Refusal`` as ``instant.place`` does.
        """
        if isinstance(self.until, ClockTime):
            return instant.place(self.until, zone)[0].utc
        if self.until is None:
            return None
        midnight = datetime.combine(self.until.latest + timedelta(days=1), datetime.min.time())
        return instant.in_zone(midnight, zone).astimezone(UTC) - timedelta(seconds=1)

    def until_day(self, start: Start) -> date | None:
        """Give the last day, on the clocks of the start."""
        if isinstance(self.until, ClockTime):
            if not isinstance(start, Instant):
                return self.until.wall.date()
            placed, _ = instant.place(self.until, start.zone)
            return instant.in_zone(placed.utc, start.zone).date()
        return self.until.latest if self.until else None

    def value(self, start: Start) -> str:
        """Write the value of RRULE. FREQ is first, for readers of RFC 2445; defaults are left out.

        UNTIL has the type that 3.3.10 asks for: a day where the start is one, else a time in UTC.
        """
        parts = [f"FREQ={self.freq}"]
        if isinstance(start, Instant):
            if until := self.until_utc(start.zone):
                parts.append(f"UNTIL={until.replace(tzinfo=None).isoformat()}Z")
        elif day := self.until_day(start):
            parts.append(f"UNTIL={day.isoformat()}")
        parts = [re.sub("[-:]", "", part) for part in parts]
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        for name in _LISTS:
            if items := getattr(self, name.lower()):
                parts.append(f"{name}={','.join(map(str, items))}")
        if self.wkst:
            parts.append(f"WKST={WEEKDAYS[self.wkst]}")
        return ";".join(parts)


def parse(value: str | Mapping[str, object]) -> Recur:
    """Read ``FREQ=WEEKLY;BYDAY=MO;COUNT=8``, or ``{freq: weekly, byday: [mo], count: "8"}``.

    Raises ``Refusal``: ``rule-syntax``, ``rule-part``, ``rule-until``, ``rule-endless``. Of a text
    it says which part of it; of a mapping, the key is in the message.
    """
    found = _of_text(value) if isinstance(value, str) else _of_mapping(value)
    parts = {part.name: part for part in found}
    if "FREQ" not in parts:
        key = "FREQ=" if isinstance(value, str) else "freq: "
        weekly = "FREQ=WEEKLY" if isinstance(value, str) else "freq: weekly"
        raise Refusal(
            "rule-part", f"the rule does not say how often: there is no `{key.strip(' =:')}`",
            f"add it, such as `{weekly}`",
        )  # fmt: skip
    rule = Recur(
        freq=_freq(parts["FREQ"]),
        interval=_number(parts["INTERVAL"]) if "INTERVAL" in parts else 1,
        count=_number(parts["COUNT"]) if "COUNT" in parts else None,
        until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
        byday=_by_day(parts["BYDAY"]) if "BYDAY" in parts else (),
        wkst=_week_start(parts["WKST"]) if "WKST" in parts else 0,
        **{name.lower(): _by(parts[name]) for name in _RANGES if name in parts},
    )
    for check in (_check_end, _check_days, _check_numbers, _check_clock, _check_position):
        check(rule, parts)
    return rule


# The parts as written.


class _Item(NamedTuple):
    """One value of a part; ``place`` is its range in the text of the rule, if it has one."""

    text: str
    place: tuple[int, int] | None


class _Part(NamedTuple):
    """A part by its name in the RFC; ``key`` is its name as written."""

    name: str
    key: str
    items: list[_Item]
    place: tuple[int, int] | None

    @property
    def is_text(self) -> bool:
        """Whether it was written in a text, as ``KEY=VALUE``."""
        return self.place is not None

    def say(self, value: str) -> str:
        """Write the part with another value, as its author would."""
        return f"{self.key}={value}" if self.is_text else f"{self.key}: {value.lower()}"

    def refusal(self, message: str, help_: str | None, item: _Item | None = None) -> Refusal:
        """Refuse the part, or one item of it."""
        return Refusal("rule-part", message, help_, item.place if item else self.place)


_LISTS = (
    *("BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY", "BYMONTHDAY", "BYYEARDAY"),
    *("BYWEEKNO", "BYMONTH", "BYSETPOS"),
)
_NAMES = ("FREQ", "UNTIL", "COUNT", "INTERVAL", *_LISTS, "WKST")
_EXAMPLE = "write parts such as `FREQ=WEEKLY;BYDAY=MO;COUNT=8`"


def _of_text(text: str) -> list[_Part]:
    if "=" not in text:
        raise Refusal("rule-syntax", f"{cited(text)} is not a rule of RFC 5545", _EXAMPLE)
    if prefix := re.match("RRULE:", text, re.IGNORECASE):
        bare = text[prefix.end() :]
        raise Refusal(
            "rule-syntax", f"`{prefix[0]}` does not belong to the rule", f"write {cited(bare)}",
            prefix.span(),
        )  # fmt: skip
    if blank := re.search(r"\s+", text):
        bare = re.sub(r"\s", "", text)
        raise Refusal(
            "rule-syntax", "there is a blank in the rule", f"write {cited(bare)}", blank.span()
        )
    found: list[_Part] = []
    place = 0
    for piece in text.split(";"):
        span = place, place + len(piece)
        place = span[1] + 1
        key, equals, value = piece.partition("=")
        if not piece:
            raise Refusal(
                "rule-syntax", "there is nothing between or after `;`", "leave the `;` out",
                (max(span[0] - 1, 0), span[0]) if span[0] else (0, 1),
            )  # fmt: skip
        if not key or not equals:
            raise Refusal("rule-syntax", f"{cited(piece)} is not `PART=VALUE`", _EXAMPLE, span)
        items = []
        at = span[0] + len(key) + 1
        for item in value.split(","):
            items.append(_Item(item, (at, at + len(item))))
            at += len(item) + 1
        found.append(_known(_Part(key.upper(), key, items, span), found))
    return found


def _of_mapping(parts: Mapping[str, object]) -> list[_Part]:
    found: list[_Part] = []
    for key, value in parts.items():
        texts = value if isinstance(value, list | tuple) else [value]
        # Unknown keys are told as what they are, whatever they hold.
        part = _known(_Part(key.upper(), key, [], None), found)
        for text in texts:
            if not isinstance(text, str):
                raise part.refusal(
                    f"`{key}` holds something other than text", _HELPS.get(part.name)
                )
            part.items.extend(_Item(piece.strip(), None) for piece in text.split(","))
        if not part.items:
            raise part.refusal(f"`{key}` is an empty list", "leave the key out")
        found.append(part)
    return found


def _known(part: _Part, others: list[_Part]) -> _Part:
    """Give the part back if there is one of this name, and it is the first of it."""
    key = _Item(part.key, part.place and (part.place[0], part.place[0] + len(part.key)))
    if part.name in ("RSCALE", "SKIP"):
        raise part.refusal(
            f"`{part.key}` is of RFC 7529, which most calendar apps do not read",
            "leave it out, or list the dates as `rdate`", key,
        )  # fmt: skip
    if part.name not in _NAMES or not (part.is_text or part.key.islower()):
        names = _NAMES if part.is_text else tuple(name.lower() for name in _NAMES)
        word = part.key.upper() if part.is_text else part.key
        raise part.refusal(
            f"there is no part {cited(part.key)} in a rule", did_you_mean(word, names), key
        )
    if any(part.name == other.name for other in others):
        raise part.refusal(f"`{part.key}` stands twice in the rule", "leave one of them out", key)
    return part


# The values of the parts.

_RANGES = {
    "BYSECOND": (0, 59),
    "BYMINUTE": (0, 59),
    "BYHOUR": (0, 23),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYMONTH": (1, 12),
    "BYSETPOS": (-366, 366),
}
"""The numbers of each list. 0 counts only where nothing is counted from the end. RFC 5545 has a
second 60 too, which no clock here shows (and ``datetime`` does not have)."""

_HELPS = {
    "FREQ": "write `daily`, `weekly`, `monthly` or `yearly`",
    "INTERVAL": "write a number from 1",
    "COUNT": "write a number from 1",
    "UNTIL": "write a day such as `2025-01-31` or a time such as `2025-01-31T18:00`",
    "BYDAY": "write days such as `mo`, `tu`, or `2tu` for the second Tuesday",
    "WKST": "write a day such as `mo`",
}


def _one(part: _Part) -> _Item:
    if len(part.items) > 1:
        place = part.items[0].place
        every = ",".join(item.text for item in part.items)
        whole = _Item(every, place and (place[0], place[0] + len(every)))
        raise part.refusal(f"`{part.key}` holds more than one value", _help(part), whole)
    return part.items[0]


def _help(part: _Part) -> str:
    text = _HELPS.get(part.name) or "write numbers from {} to {}".format(*_RANGES[part.name])
    if part.is_text:
        return re.sub("`[a-z0-9]+`", lambda word: word[0].upper(), text)
    return text


def _freq(part: _Part) -> str:
    item = _one(part)
    word = item.text.upper()
    if word in FREQUENCIES:
        return word
    words = {"DAY": "DAILY", "WEEK": "WEEKLY", "MONTH": "MONTHLY", "YEAR": "YEARLY"}
    near = words.get(word.removesuffix("S")) or nearest(word, FREQUENCIES)
    help_ = f"did you mean `{near if part.is_text else near.lower()}`?" if near else _help(part)
    raise part.refusal(f"{cited(item.text)} in `{part.key}` is not how often", help_, item)


def _number(part: _Part) -> int:
    item = _one(part)
    number = _integer(item.text)
    if number is not None and 1 <= number <= LARGEST:
        return number
    if number is None:
        raise part.refusal(f"{cited(item.text)} in `{part.key}` is not a number", _help(part), item)
    message = f"`{part.say(item.text)}` is not from 1 to {LARGEST}"
    if part.name == "COUNT" and number > 1:
        raise part.refusal(message, "leave it out for a rule without end, or write `UNTIL`", item)
    raise part.refusal(message, _help(part), item)


def _integer(text: str) -> int | None:
    """Read digits, with a sign as 3.3.10 allows it; what is longer than any number here is not."""
    return int(text) if re.fullmatch(r"[+-]?\d{1,18}", text, re.ASCII) else None


def _by(part: _Part) -> tuple[int, ...]:
    low, high = _RANGES[part.name]
    found: list[int] = []
    for item in part.items:
        number = _integer(item.text)
        if number is None or not low <= number <= high or (low < 0 and number == 0):
            what = f"{cited(item.text)} in `{part.key}`"
            if not item.text:
                raise part.refusal(f"there is an empty value in `{part.key}`", _help(part), item)
            each = f"a number from {low} to {high}" + (" but 0" if low < 0 else "")
            raise part.refusal(f"{what} is not {each}", _help(part), item)
        if number in found:
            raise part.refusal(f"`{item.text}` stands twice in `{part.key}`", "leave one out", item)
        found.append(number)
    return tuple(sorted(found))


_WEEKDAY = re.compile(r"([+-]?\d{1,4})?([A-Za-z]{2})", re.ASCII)


def _by_day(part: _Part) -> tuple[Weekday, ...]:
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


def _week_start(part: _Part) -> int:
    item = _one(part)
    if item.text.upper() in WEEKDAYS:
        return WEEKDAYS.index(item.text.upper())
    raise part.refusal(f"{cited(item.text)} in `{part.key}` is not a day", _help(part), item)


_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII | re.IGNORECASE)


def _until(part: _Part) -> Date | ClockTime:
    """Read a day or a time: RFC 5545's in a text, and the notation of the file in a mapping."""
    item = _one(part)
    text, help_ = item.text, _HELPS["UNTIL"]
    basic = _BASIC.fullmatch(text)
    if basic:
        text = "-".join(basic.groups()[:3])
        if basic[4]:
            text += "T" + ":".join(basic.groups()[3:6]) + basic[7].upper()
    if bool(basic) != part.is_text:
        raise _not_until(part, item, f"{cited(item.text)} in `{part.key}` is not a day or a time")
    try:
        moment = instant.parse(text)
        if moment:
            return moment
        day = edtf.parse(text)
    except Refusal as refusal:
        if not part.is_text:
            help_ = refusal.help or help_
        else:
            help_ = "write a day such as `20250131` or a time such as `20250131T180000Z`"
        raise Refusal(
            "rule-until", f"{refusal.message}, in `{part.key}`", help_, item.place
        ) from None
    if day.precision is not Precision.DAY or day.qualification:
        raise _not_until(part, item, f"{cited(item.text)} in `{part.key}` is not one known day")
    return day


def _not_until(part: _Part, item: _Item, message: str) -> Refusal:
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
    return Refusal("rule-until", message, help_, item.place)


# What goes with what.

_Parts = Mapping[str, _Part]


def _check_end(rule: Recur, parts: _Parts) -> None:
    if rule.count is not None and rule.until is not None:
        count, until = parts["COUNT"], parts["UNTIL"]
        raise count.refusal(
            f"a rule ends by `{count.key}` or by `{until.key}`, not by both",
            "leave one of them out",
        )
    if rule.is_endless and rule.freq in ("SECONDLY", "MINUTELY"):
        freq = parts["FREQ"]
        raise Refusal(
            "rule-endless",
            f"`{freq.say(rule.freq)}` without an end makes calendar apps hang",
            f"add `{_named(parts, 'COUNT')}` or `{_named(parts, 'UNTIL')}`",
            freq.place,
        )


def _named(parts: _Parts, name: str) -> str:
    """Give the name of a part that is not there, in the case of those that are."""
    return name if parts["FREQ"].is_text else name.lower()


_NOT_WITH = {
    "BYMONTHDAY": ("WEEKLY",),
    "BYYEARDAY": tuple(freq for freq in FREQUENCIES if freq != "YEARLY"),
    "BYWEEKNO": tuple(freq for freq in FREQUENCIES if freq != "YEARLY"),
}
"""The frequencies that RFC 5545 3.3.10 marks N/A for them in its table; and for BYYEARDAY those
below DAILY too, at which ical.js, and so Thunderbird, gives up."""

_APART = (("BYYEARDAY", ("BYMONTH", "BYMONTHDAY", "BYWEEKNO")), ("BYWEEKNO", ("BYMONTHDAY",)))
"""What ical.js gives up at, though 3.3.10 has a meaning for it."""

_LONGEST = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _check_days(rule: Recur, parts: _Parts) -> None:
    for name, freqs in _NOT_WITH.items():
        if name in parts and rule.freq in freqs:
            part, freq = parts[name], parts["FREQ"]
            raise part.refusal(
                f"`{part.key}` does not go with `{freq.say(rule.freq)}`",
                f"leave it out, or write `{freq.say('YEARLY')}`",
            )
    for name, others in _APART:
        if both := [parts[other] for other in others if name in parts and other in parts]:
            message = f"`{both[0].key}` does not go with `{parts[name].key}`"
            raise both[0].refusal(message, "leave one of them out")
    if rule.byweekno and not rule.byday:
        raise parts["BYWEEKNO"].refusal(
            f"`{parts['BYWEEKNO'].key}` names weeks but no day, and apps differ in what they take",
            f"add the day of the week as `{_named(parts, 'BYDAY')}`",
        )
    if rule.bymonthday:
        _check_month_days(rule, parts)


def _check_month_days(rule: Recur, parts: _Parts) -> None:
    part, freq = parts["BYMONTHDAY"], parts["FREQ"]
    if rule.freq == "YEARLY" and not rule.bymonth:
        raise part.refusal(
            f"`{part.key}` does not say of which month, and apps differ in what they take",
            f"add `{_named(parts, 'BYMONTH')}`, or write `{freq.say('MONTHLY')}` for each month",
        )
    if rule.bymonthday[0] < 0 and (rule.byday or rule.freq not in ("MONTHLY", "YEARLY")):
        # ical.js does not count from the end here, and seeks what it never finds.
        other = f"`{parts['BYDAY'].key}`" if rule.byday else f"`{freq.say(rule.freq)}`"
        raise part.refusal(
            f"`{part.key}` counts from the end, which does not go with {other}",
            f"leave {other} out" if rule.byday else f"write `{freq.say('MONTHLY')}`",
        )
    longest = max((_LONGEST[month] for month in rule.bymonth), default=31)
    if min(map(abs, rule.bymonthday)) > longest:
        raise part.refusal(
            f"no month of `{parts['BYMONTH'].key}` has a day that `{part.key}` names",
            f"write a day up to {longest}, or -1 for the last one",
        )


def _check_numbers(rule: Recur, parts: _Parts) -> None:
    """Hold ``2TU`` to where a second Tuesday is: in a month or a year."""
    numbered = [day for day in rule.byday if day.number]
    if not numbered:
        return
    part, first = parts["BYDAY"], numbered[0]
    plain = f"write `{WEEKDAYS[first.day] if part.is_text else WEEKDAYS[first.day].lower()}`"
    shown = str(first) if part.is_text else str(first).lower()
    if rule.freq not in ("MONTHLY", "YEARLY"):
        frequency = parts["FREQ"].say(rule.freq)
        raise part.refusal(f"`{shown}` in `{part.key}` does not go with `{frequency}`", plain)
    if rule.byweekno:
        key = parts["BYWEEKNO"].key
        raise part.refusal(f"`{shown}` in `{part.key}` does not go with `{key}`", plain)
    if "BYMONTHDAY" in parts:
        message = f"`{shown}` in `{part.key}` does not go with `{parts['BYMONTHDAY'].key}`"
        raise part.refusal(message, plain)
    if len(numbered) < len(rule.byday):
        raise part.refusal(
            f"`{part.key}` holds days with and without a number, and apps differ in what they take",
            "give each of them a number, or none",
        )
    most = 5 if rule.freq == "MONTHLY" or rule.bymonth else 53
    for day in numbered:
        if abs(day.number) > most:
            shown = str(day) if part.is_text else str(day).lower()
            raise part.refusal(
                f"no month has what `{shown}` in `{part.key}` names",
                f"write a number from 1 to {most}, or -1 for the last one",
            )


def _check_clock(rule: Recur, parts: _Parts) -> None:
    """Refuse hours that hours are picked by; a day with hours says the same, to more apps."""
    unit = FREQUENCIES.index(rule.freq)
    for name in ("BYSECOND", "BYMINUTE", "BYHOUR")[unit:]:
        if name in parts:
            part, freq = parts[name], parts["FREQ"]
            raise part.refusal(
                f"`{part.key}` does not go with `{freq.say(rule.freq)}`",
                f"write `{freq.say('DAILY')}` with `{_named(parts, 'BYHOUR')}` "
                f"and `{_named(parts, 'BYMINUTE')}`",
            )


def _check_position(rule: Recur, parts: _Parts) -> None:
    """Hold BYSETPOS to days of a month or a year, which is where libical and ical.js know it."""
    if not rule.bysetpos:
        return
    part = parts["BYSETPOS"]
    if not (rule.byday or rule.bymonthday or rule.byyearday):
        days = _named(parts, "BYDAY")
        raise part.refusal(
            f"`{part.key}` picks from days that no other part names", f"add `{days}`"
        )
    if rule.freq not in ("MONTHLY", "YEARLY"):
        raise part.refusal(
            f"`{part.key}` does not go with `{parts['FREQ'].say(rule.freq)}`",
            "leave it out and list the days or times themselves",
        )
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        if name in parts:
            message = f"`{part.key}` does not go with `{parts[name].key}`"
            raise part.refusal(message, "leave one of them out")
