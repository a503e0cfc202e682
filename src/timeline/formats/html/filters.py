"""The filters of a page by category, which are also the key to colours and shapes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.model import Calendar

MOST = 40
"""The most filters; more categories than that are not a choice."""


class Filter(Struct, frozen=True):
    """A category with its number and the number of its events.

    ``tone`` is ``None`` if it is the first category of no event, because it has no mark then.
    """

    name: str
    number: int
    tone: int | None
    count: int


def category_filters(calendar: Calendar, tones: Mapping[str, int]) -> tuple[Filter, ...]:
    """Return the filters in the order of the file; ``tones`` has the numbers of their tones."""
    counts = Counter(name for event in calendar.events for name in event.categories)
    order = dict.fromkeys(category.name for category in calendar.categories) | dict.fromkeys(counts)
    names = [name for name in order if counts[name]][:MOST]
    return tuple(
        Filter(name, number, tones.get(name), counts[name])
        for number, name in enumerate(names, start=1)
    )


def filter_css(filters: Iterable[Filter]) -> str:
    """Return the rules by which a chosen filter shows its events, and what contains them."""
    rules = [
        f":root:has(#only-{item.number}:checked) :is(.event,.month,.part,.shown)"
        f":is(.c{item.number},:has(.c{item.number})){{display:revert-layer}}\n"
        for item in filters
    ]
    return f"@layer filter{{\n{''.join(rules)}}}\n" if rules else ""
