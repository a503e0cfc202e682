"""Take a recurrence rule apart: its parts as written, a text or a mapping (RFC 5545 3.3.10)."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from timeline.dates.relative import looks_relative
from timeline.diagnostics import At, On, Refusal, cited, did_you_mean, rules

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping


FREQUENCIES = ("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MAX_COUNT = 99_999
"""The largest COUNT and INTERVAL: more than anyone needs, and small enough to be expanded."""


class Weekday(Struct, frozen=True, order=True):
    """A day of the week, 0 to 6 from Monday.

    ``number`` is which of them in the month or the year, negative from the end, 0 for all.
    """

    day: int
    number: int = 0

    def __str__(self) -> str:
        return f"{self.number or ''}{WEEKDAYS[self.day]}"


class RuleItem(Struct, frozen=True):
    """One value of a part: its range in the text that contains it, and the place of that text."""

    text: str
    place: tuple[int, int] | None
    inside: At = At(())


class RulePart(Struct, frozen=True):
    """A part by its name in the RFC.

    ``key`` is the name as written, ``place`` its range in a text, ``None`` in a mapping.
    """

    name: str
    key: str
    items: list[RuleItem]
    place: tuple[int, int] | None

    @property
    def is_text(self) -> bool:
        """Whether it is written in a text, as ``KEY=VALUE``."""
        return self.place is not None

    def in_case(self, word: str) -> str:
        """Return an upper-case word of the RFC in the author's notation."""
        return word if self.is_text else word.lower()

    def with_value(self, value: str) -> str:
        """Return the part with another value, in the author's notation."""
        return f"{self.key}={value}" if self.is_text else f"{self.key}: {value.lower()}"

    @property
    def inside(self) -> At:
        """The place of the part in the mapping of a rule; in a text, ``place`` has it."""
        return At(()) if self.is_text else At((self.key,))

    @property
    def help(self) -> str:
        """What the part may contain, in the author's notation."""
        if self.name not in _HELPS:
            return "write numbers from {} to {}".format(*PART_RANGES[self.name])
        text, words = _HELPS[self.name]
        return text.format(*map(self.in_case, words))

    def refusal(self, message: str, help_: str | None, item: RuleItem | None = None) -> Refusal:
        """Return the refusal of the part, or of one item of it."""
        at = item or self
        return Refusal(rules.RULE_PART, message, help_, at.place, inside=at.inside)


LIST_PARTS = (
    *("BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY", "BYMONTHDAY", "BYYEARDAY"),
    *("BYWEEKNO", "BYMONTH", "BYSETPOS"),
)
PART_NAMES = ("FREQ", "UNTIL", "COUNT", "INTERVAL", *LIST_PARTS, "WKST")
_EXAMPLE = "write parts such as `FREQ=WEEKLY;BYDAY=MO;COUNT=8`"

PART_RANGES = {
    "BYSECOND": (0, 59),
    "BYMINUTE": (0, 59),
    "BYHOUR": (0, 23),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYMONTH": (1, 12),
    "BYSETPOS": (-366, 366),
}
"""The first and the last number that each list may have, without 0 if numbers count from the end.

RFC 5545 has a second 60 too, which ``datetime`` does not have.
"""


def read_parts(value: str | Mapping[str, object]) -> tuple[dict[str, RulePart], list[Refusal]]:
    """Return the parts of a rule by their RFC names, and the refusals (`rule-part`) of others.

    ``value`` is a text or a mapping.

    Raises: `Refusal` (`rule-syntax`).
    """
    unread = _split_text(value) if isinstance(value, str) else _split_mapping(value)
    parts: dict[str, RulePart] = {}
    refused: list[Refusal] = []
    for part, read_items in unread:
        try:
            _check_name(part, parts)
            part.items.extend(read_items())
            if not all(item.text for item in part.items):
                raise part.refusal(f"there is an empty value in `{part.key}`", part.help)
        except Refusal as refusal:
            refused.append(refusal)
        else:
            parts[part.name] = part
    return parts, refused


_Unread: TypeAlias = "Iterator[tuple[RulePart, Callable[[], list[RuleItem]]]]"
"""Parts without their items, and the function that reads those, once the name is known."""


_HELPS = {
    "FREQ": ("write `{}`, `{}`, `{}` or `{}`", ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")),
    "INTERVAL": ("write a number from 1", ()),
    "COUNT": ("write a number from 1", ()),
    "UNTIL": ("write a day such as `2025-01-31` or a time such as `2025-01-31T18:00`", ()),
    "BYDAY": ("write days such as `{}`, `{}`, or `{}` for the second Tuesday", ("MO", "TU", "2TU")),
    "WKST": ("write a day such as `{}`", ("MO",)),
}
"""The help for each part, and the words in it, which are in lower case in a mapping."""


# The two notations.


def _split_text(text: str) -> _Unread:
    if "=" not in text:
        raise Refusal(rules.RULE_SYNTAX, f"{cited(text)} is not a rule of RFC 5545", _EXAMPLE)
    if prefix := re.match("RRULE:", text, re.IGNORECASE):
        bare = text[prefix.end() :]
        raise Refusal(
            rules.RULE_SYNTAX, f"`{prefix[0]}` is not part of the rule", f"write {cited(bare)}",
            prefix.span(),
        )  # fmt: skip
    until = re.search("UNTIL=([^;]*)", text, re.IGNORECASE)
    if until and looks_relative(until[1]):
        raise Refusal(
            rules.RULE_UNTIL,
            f"{cited(until[1])} follows another event, which the text of a rule cannot",
            f"write the parts of the rule instead: `{{freq: …, until: {until[1]}}}`",
            until.span(1),
        )
    outside = text
    if until and is_in_words(until[1]):  # `read_until` explains it
        outside = text[: until.start(1)] + "-" * len(until[1]) + text[until.end(1) :]
    if space := re.search(r"\s+", outside):
        bare = "".join(char for char, kept in zip(text, outside, strict=True) if not kept.isspace())
        raise Refusal(
            rules.RULE_SYNTAX, "there is a space in the rule", f"write {cited(bare)}", space.span()
        )
    place = 0
    for piece in text.split(";"):
        span = place, place + len(piece)
        place = span[1] + 1
        key, equals, value = piece.partition("=")
        if not piece:
            raise Refusal(
                rules.RULE_SYNTAX, "there is nothing between or after `;`", "remove the `;`",
                (max(span[0] - 1, 0), span[0]) if span[0] else (0, 1),
            )  # fmt: skip
        if not key or not equals:
            raise Refusal(rules.RULE_SYNTAX, f"{cited(piece)} is not `PART=VALUE`", _EXAMPLE, span)
        items = []
        at = span[0] + len(key) + 1
        for item in value.split(","):
            items.append(RuleItem(item, (at, at + len(item))))
            at += len(item) + 1
        yield RulePart(key.upper(), key, [], span), partial(list, items)


def is_in_words(text: str) -> bool:
    """Return whether the value of UNTIL is a date in words, which may have spaces and commas."""
    return re.search(r"[^\W\d_]{3}", text) is not None


def _split_mapping(parts: Mapping[str, object]) -> _Unread:
    for key, value in parts.items():
        part = RulePart(key.upper(), key, [], None)
        yield part, partial(_read_items, part, value)


def _read_items(part: RulePart, value: object) -> list[RuleItem]:
    """Return the values of a part in a mapping: a text, perhaps with commas, or a list of texts."""
    key, items = part.key, list[RuleItem]()
    texts = value if isinstance(value, list | tuple) else [value]
    for index, text in enumerate(texts):
        inside = At((key, index) if texts is value else (key,))
        if not isinstance(text, str):
            message = f"`{key}` contains something other than text"
            raise part.refusal(message, part.help, RuleItem("", None, inside))
        place = 0
        for piece in text.split(","):
            start = place + len(piece) - len(piece.lstrip())
            end = start + len(piece.strip())
            # A correction replaces the whole text, so a single value has no range.
            span = (start, end) if "," in text else None
            items.append(RuleItem(piece.strip(), span, inside))
            place += len(piece) + 1
    if not items:
        raise part.refusal(f"`{key}` is an empty list", "remove the key")
    return items


def _check_name(part: RulePart, others: Collection[str]) -> None:
    """Refuse a part that RFC 5545 does not have, and one that ``others`` already have."""
    key = RuleItem(part.key, None, At((part.key,), On.KEY))
    if part.place:
        key = RuleItem(part.key, (part.place[0], part.place[0] + len(part.key)))
    if part.name in ("RSCALE", "SKIP"):
        raise part.refusal(
            f"`{part.key}` is defined by RFC 7529, which most calendar apps do not support",
            "remove it, or list the dates as `rdate`", key,
        )  # fmt: skip
    if part.name not in PART_NAMES or not (part.is_text or part.key.islower()):
        names = tuple(map(part.in_case, PART_NAMES))
        word = part.key.upper() if part.is_text else part.key
        raise part.refusal(
            f"there is no part {cited(part.key)} in a rule", did_you_mean(word, names), key
        )
    if part.name in others:
        raise part.refusal(f"`{part.key}` is in the rule twice", "remove one of them", key)
