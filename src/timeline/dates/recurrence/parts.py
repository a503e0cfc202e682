"""The parts of a recurrence rule (RFC 5545 3.3.10), as their author wrote them and as values.

Each value is held to what the RFC allows of it alone; what goes with what is for ``rrule``.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from timeline._lazy import regex
from timeline.dates import reader
from timeline.dates.edtf import Date, Precision
from timeline.diagnostics import rules
from timeline.diagnostics.model import At, On, Refusal, cited
from timeline.diagnostics.suggest import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from timeline.dates.instants import ClockTime

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


class Item(NamedTuple):
    """One value of a part: its range in the text that it is of, and where that is in a mapping."""

    text: str
    place: tuple[int, int] | None
    inside: At = At(())


class Part(NamedTuple):
    """A part by its name in the RFC; ``key`` is its name as written."""

    name: str
    key: str
    items: list[Item]
    place: tuple[int, int] | None

    @property
    def is_text(self) -> bool:
        """Whether it was written in a text, as ``KEY=VALUE``."""
        return self.place is not None

    def say(self, value: str) -> str:
        """Write the part with another value, as its author would."""
        return f"{self.key}={value}" if self.is_text else f"{self.key}: {value.lower()}"

    @property
    def inside(self) -> At:
        """Where it stands in the mapping of a rule; in a text, all that is known is its place."""
        return At(()) if self.is_text else At((self.key,))

    def refusal(self, message: str, help_: str | None, item: Item | None = None) -> Refusal:
        """Refuse the part, or one item of it."""
        at = item or self
        return Refusal(rules.RULE_PART, message, help_, at.place, inside=at.inside)


LISTS = (
    *("BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY", "BYMONTHDAY", "BYYEARDAY"),
    *("BYWEEKNO", "BYMONTH", "BYSETPOS"),
)
NAMES = ("FREQ", "UNTIL", "COUNT", "INTERVAL", *LISTS, "WKST")
_EXAMPLE = "write parts such as `FREQ=WEEKLY;BYDAY=MO;COUNT=8`"

RANGES = {
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


def read(value: str | Mapping[str, object]) -> tuple[dict[str, Part], list[Refusal]]:
    """Take a rule apart, its text or the mapping that stands for it: parts by their RFC name.

    With them come the refusals of parts, ``rule-part``. Raises ``Refusal``: ``rule-syntax``.
    """
    unread = _of_text(value) if isinstance(value, str) else _of_mapping(value)
    found: dict[str, Part] = {}
    refused: list[Refusal] = []
    for part, items in unread:
        try:
            known = _known(part, found)
            known.items.extend(items())
            if not all(item.text for item in known.items):
                raise part.refusal(f"there is an empty value in `{part.key}`", _help(part))
        except Refusal as refusal:
            refused.append(refusal)
        else:
            found[part.name] = part
    return found, refused


_Unread: TypeAlias = "Iterator[tuple[Part, Callable[[], list[Item]]]]"
"""Parts without their items, and what reads these: unknown parts are told as what they are."""


# The values. Each raises ``Refusal``.


def frequency(part: Part) -> str:
    """Read how often, in the capitals of the RFC."""
    item = _one(part)
    word = item.text.upper()
    if word in FREQUENCIES:
        return word
    words = {"DAY": "DAILY", "WEEK": "WEEKLY", "MONTH": "MONTHLY", "YEAR": "YEARLY"}
    near = words.get(word.removesuffix("S")) or nearest(word, FREQUENCIES)
    help_ = f"did you mean `{near if part.is_text else near.lower()}`?" if near else _help(part)
    raise part.refusal(f"{cited(item.text)} in `{part.key}` is not how often", help_, item)


def number(part: Part) -> int:
    """Read COUNT or INTERVAL."""
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


def numbers(part: Part) -> tuple[int, ...]:
    """Read one of the lists of numbers, in ascending order."""
    low, high = RANGES[part.name]
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


def weekdays(part: Part) -> tuple[Weekday, ...]:
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


def week_start(part: Part) -> int:
    """Read WKST, 0 to 6 from Monday."""
    item = _one(part)
    if item.text.upper() in WEEKDAYS:
        return WEEKDAYS.index(item.text.upper())
    raise part.refusal(f"{cited(item.text)} in `{part.key}` is not a day", _help(part), item)


_BASIC = regex(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII | re.IGNORECASE)


def until(part: Part) -> Date | ClockTime:
    """Read a day or a time: RFC 5545's in a text, and the notation of the file in a mapping."""
    item = _one(part)
    text = item.text
    basic = _BASIC.fullmatch(text)
    if basic:
        text = "-".join(basic.groups()[:3])
        if basic[4]:
            text += "T" + ":".join(basic.groups()[3:6]) + basic[7].upper()
    if bool(basic) != part.is_text:
        raise _not_until(part, item, f"{cited(item.text)} in `{part.key}` is not a day or a time")
    try:
        found = reader.parse_literal(text)
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


def _not_until(part: Part, item: Item, message: str) -> Refusal:
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


def _one(part: Part) -> Item:
    if len(part.items) > 1:
        place = part.items[0].place
        every = ",".join(item.text for item in part.items)
        whole = Item(every, place and (place[0], place[0] + len(every))) if part.is_text else None
        raise part.refusal(f"`{part.key}` holds more than one value", _help(part), whole)
    return part.items[0]


def _help(part: Part) -> str:
    text = _HELPS.get(part.name) or "write numbers from {} to {}".format(*RANGES[part.name])
    if part.is_text:
        return re.sub("`[a-z0-9]+`", lambda word: word[0].upper(), text)
    return text


def _integer(text: str) -> int | None:
    """Read digits, with a sign as 3.3.10 allows it; what is longer than any number here is not."""
    return int(text) if re.fullmatch(r"[+-]?\d{1,18}", text, re.ASCII) else None


_HELPS = {
    "FREQ": "write `daily`, `weekly`, `monthly` or `yearly`",
    "INTERVAL": "write a number from 1",
    "COUNT": "write a number from 1",
    "UNTIL": "write a day such as `2025-01-31` or a time such as `2025-01-31T18:00`",
    "BYDAY": "write days such as `mo`, `tu`, or `2tu` for the second Tuesday",
    "WKST": "write a day such as `mo`",
}


# The two ways to write them.


def _of_text(text: str) -> _Unread:
    if "=" not in text:
        raise Refusal(rules.RULE_SYNTAX, f"{cited(text)} is not a rule of RFC 5545", _EXAMPLE)
    if prefix := re.match("RRULE:", text, re.IGNORECASE):
        bare = text[prefix.end() :]
        raise Refusal(
            rules.RULE_SYNTAX, f"`{prefix[0]}` does not belong to the rule", f"write {cited(bare)}",
            prefix.span(),
        )  # fmt: skip
    if blank := re.search(r"\s+", text):
        bare = re.sub(r"\s", "", text)
        raise Refusal(
            rules.RULE_SYNTAX, "there is a blank in the rule", f"write {cited(bare)}", blank.span()
        )
    place = 0
    for piece in text.split(";"):
        span = place, place + len(piece)
        place = span[1] + 1
        key, equals, value = piece.partition("=")
        if not piece:
            raise Refusal(
                rules.RULE_SYNTAX, "there is nothing between or after `;`", "leave the `;` out",
                (max(span[0] - 1, 0), span[0]) if span[0] else (0, 1),
            )  # fmt: skip
        if not key or not equals:
            raise Refusal(rules.RULE_SYNTAX, f"{cited(piece)} is not `PART=VALUE`", _EXAMPLE, span)
        items = []
        at = span[0] + len(key) + 1
        for item in value.split(","):
            items.append(Item(item, (at, at + len(item))))
            at += len(item) + 1
        yield Part(key.upper(), key, [], span), partial(list, items)


def _of_mapping(parts: Mapping[str, object]) -> _Unread:
    for key, value in parts.items():
        part = Part(key.upper(), key, [], None)
        yield part, partial(_items, part, value)


def _items(part: Part, value: object) -> list[Item]:
    key, found = part.key, list[Item]()
    texts = value if isinstance(value, list | tuple) else [value]
    for index, text in enumerate(texts):
        inside = At((key, index) if texts is value else (key,))
        if not isinstance(text, str):
            message = f"`{key}` holds something other than text"
            raise part.refusal(message, _HELPS.get(part.name), Item("", None, inside))
        place = 0
        for piece in text.split(","):
            start = place + len(piece) - len(piece.lstrip())
            end = start + len(piece.strip())
            # The mend of a date is that of the whole text: it has no part.
            span = (start, end) if "," in text else None
            found.append(Item(piece.strip(), span, inside))
            place += len(piece) + 1
    if not found:
        raise part.refusal(f"`{key}` is an empty list", "leave the key out")
    return found


def _known(part: Part, others: Collection[str]) -> Part:
    """Give the part back if there is one of this name, and it is the first of it."""
    key = Item(part.key, None, At((part.key,), On.KEY))
    if part.place:
        key = Item(part.key, (part.place[0], part.place[0] + len(part.key)))
    if part.name in ("RSCALE", "SKIP"):
        raise part.refusal(
            f"`{part.key}` is of RFC 7529, which most calendar apps do not read",
            "leave it out, or list the dates as `rdate`", key,
        )  # fmt: skip
    if part.name not in NAMES or not (part.is_text or part.key.islower()):
        names = NAMES if part.is_text else tuple(name.lower() for name in NAMES)
        word = part.key.upper() if part.is_text else part.key
        raise part.refusal(
            f"there is no part {cited(part.key)} in a rule", did_you_mean(word, names), key
        )
    if part.name in others:
        raise part.refusal(f"`{part.key}` stands twice in the rule", "leave one of them out", key)
    return part
