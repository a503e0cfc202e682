"""The parts of a recurrence rule (RFC 5545 3.3.10), as their author wrote them."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from timeline.diagnostics import At, On, Refusal, cited, did_you_mean, rules

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping


FREQUENCIES = ("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MAX_COUNT = 99_999
"""The largest COUNT and INTERVAL: past any use, and small enough to be expanded."""


class Weekday(NamedTuple):
    """A day of the week, 0 to 6 from Monday, and which one of the month or the year; 0 is each."""

    day: int
    number: int = 0

    def __str__(self) -> str:
        return f"{self.number or ''}{WEEKDAYS[self.day]}"


class RuleItem(NamedTuple):
    """One value of a part: its range in the text that it is of, and where that is in a mapping."""

    text: str
    place: tuple[int, int] | None
    inside: At = At(())


class RulePart(NamedTuple):
    """A part by its name in the RFC; ``key`` is its name as written."""

    name: str
    key: str
    items: list[RuleItem]
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

    def refusal(self, message: str, help_: str | None, item: RuleItem | None = None) -> Refusal:
        """Refuse the part, or one item of it."""
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
"""The numbers of each list. 0 counts only where nothing is counted from the end. RFC 5545 has a
second 60 too, which no clock here shows (and ``datetime`` does not have)."""


def read_parts(value: str | Mapping[str, object]) -> tuple[dict[str, RulePart], list[Refusal]]:
    """Take a rule apart, its text or the mapping that stands for it: parts by their RFC name.

    With them come the refusals of parts, ``rule-part``. Raises ``Refusal``: ``rule-syntax``.
    """
    unread = _of_text(value) if isinstance(value, str) else _of_mapping(value)
    found: dict[str, RulePart] = {}
    refused: list[Refusal] = []
    for part, items in unread:
        try:
            known = _check_name(part, found)
            known.items.extend(items())
            if not all(item.text for item in known.items):
                raise part.refusal(f"there is an empty value in `{part.key}`", _help(part))
        except Refusal as refusal:
            refused.append(refusal)
        else:
            found[part.name] = part
    return found, refused


_Unread: TypeAlias = "Iterator[tuple[RulePart, Callable[[], list[RuleItem]]]]"
"""Parts without their items, and what reads these: unknown parts are told as what they are."""


def _help(part: RulePart) -> str:
    text = _HELPS.get(part.name) or "write numbers from {} to {}".format(*PART_RANGES[part.name])
    if part.is_text:
        return re.sub("`[a-z0-9]+`", lambda word: word[0].upper(), text)
    return text


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
            items.append(RuleItem(item, (at, at + len(item))))
            at += len(item) + 1
        yield RulePart(key.upper(), key, [], span), partial(list, items)


def _of_mapping(parts: Mapping[str, object]) -> _Unread:
    for key, value in parts.items():
        part = RulePart(key.upper(), key, [], None)
        yield part, partial(_items, part, value)


def _items(part: RulePart, value: object) -> list[RuleItem]:
    key, found = part.key, list[RuleItem]()
    texts = value if isinstance(value, list | tuple) else [value]
    for index, text in enumerate(texts):
        inside = At((key, index) if texts is value else (key,))
        if not isinstance(text, str):
            message = f"`{key}` holds something other than text"
            raise part.refusal(message, _HELPS.get(part.name), RuleItem("", None, inside))
        place = 0
        for piece in text.split(","):
            start = place + len(piece) - len(piece.lstrip())
            end = start + len(piece.strip())
            # The mend of a date is that of the whole text: it has no part.
            span = (start, end) if "," in text else None
            found.append(RuleItem(piece.strip(), span, inside))
            place += len(piece) + 1
    if not found:
        raise part.refusal(f"`{key}` is an empty list", "leave the key out")
    return found


def _check_name(part: RulePart, others: Collection[str]) -> RulePart:
    """Give the part back if there is one of this name, and it is the first of it."""
    key = RuleItem(part.key, None, At((part.key,), On.KEY))
    if part.place:
        key = RuleItem(part.key, (part.place[0], part.place[0] + len(part.key)))
    if part.name in ("RSCALE", "SKIP"):
        raise part.refusal(
            f"`{part.key}` is of RFC 7529, which most calendar apps do not read",
            "leave it out, or list the dates as `rdate`", key,
        )  # fmt: skip
    if part.name not in PART_NAMES or not (part.is_text or part.key.islower()):
        names = PART_NAMES if part.is_text else tuple(name.lower() for name in PART_NAMES)
        word = part.key.upper() if part.is_text else part.key
        raise part.refusal(
            f"there is no part {cited(part.key)} in a rule", did_you_mean(word, names), key
        )
    if part.name in others:
        raise part.refusal(f"`{part.key}` stands twice in the rule", "leave one of them out", key)
    return part
