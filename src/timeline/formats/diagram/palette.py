"""The colours and shapes of events, visible on light and on dark backgrounds.

Categories differ in shape as well as in colour, because not everybody sees colours and not every
printer prints them. The contrast is that of WCAG 2.2 for text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.model import category_ranks, first_category

if TYPE_CHECKING:
    from timeline.model import Calendar, Event

Rgb = tuple[int, int, int]

LIGHT = {
    "paper": "#ffffff",
    "wash": "#f5f6f8",
    "ink": "#181b20",
    "soft": "#545b65",
    "line": "#dfe3e8",
    "edge": "#878f9a",
    "now": "#b3123a",
}
DARK = {
    "paper": "#121418",
    "wash": "#1b1f25",
    "ink": "#eceef1",
    "soft": "#a4acb7",
    "line": "#2c323a",
    "edge": "#737c88",
    "now": "#ff8ba0",
}
"""The colours of everything but events.

``soft`` is secondary text, ``line`` decoration, ``edge`` the outline of what must be visible, and
``now`` the mark of today and of nothing else.
"""

CONTRAST = 4.5
"""The least contrast of a tone, on paper and on the wash behind insets: names are written on it."""


class Tone(NamedTuple):
    """The look of a category: a colour for light and dark schemes, as `#rrggbb`, and a shape."""

    light: str
    dark: str
    shape: int


NEUTRAL = ("#5b6470", "#a9b2bd")
PALETTE = (
    ("#1d63b8", "#7db4ff"),
    ("#a8500a", "#f2a35c"),
    ("#2a7537", "#7fcb8d"),
    ("#8340a6", "#cda2f3"),
    ("#bb2740", "#ff939f"),
    ("#08716f", "#58cfca"),
    ("#736000", "#d8c355"),
)
"""Colours that differ in hue; each has a contrast of 4.5 on paper and on the wash."""

SHAPES = (
    "circle",
    "square",
    "triangle",
    "diamond",
    "plus",
    "triangle-down",
    "star",
    "hexagon",
)
"""The names of the shapes; the first one is for events without a category."""


_Key = tuple[str | None, str | None]
"""A category and a colour of the file, by which tones differ."""


class Tones:
    """The tones of a calendar's events.

    Categories have theirs in the order in which the file declares them, so that a new event changes
    none; those that are not declared follow in the order of their first use. ``all`` has the tones
    in use, and ``legend`` the categories in use with the number of their tone: that of their own
    colour, if they have one. An event with another colour has its own tone.
    """

    def __init__(self, calendar: Calendar) -> None:
        self._ranks = category_ranks(calendar)
        self.has_categories = any(event.categories for event in calendar.events)
        self.all: list[Tone] = []
        self._numbers: dict[_Key, int] = {}
        self._colors = {category.name: category.color for category in calendar.categories}
        ordered = sorted(calendar.events, key=self._rank)
        keys = (
            key for event in ordered for key in (self._key_of(first_category(event)), _key(event))
        )
        for category, color in dict.fromkeys(keys):
            self._numbers[category, color] = len(self.all)
            self.all.append(self._tone(category, color))
        self.legend = {
            category: self.of_category(category)
            for category, _ in self._numbers
            if category is not None
        }

    def number(self, event: Event) -> int:
        """Return the number of an event's tone."""
        return self._numbers[_key(event)]

    def of_category(self, category: str | None) -> int:
        """Return the number of the tone of a category in use, or of events without a category."""
        return self._numbers[self._key_of(category)]

    def _key_of(self, category: str | None) -> _Key:
        return category, (None if category is None else self._colors.get(category))

    def _rank(self, event: Event) -> int:
        return self._ranks[event.categories[0]] if event.categories else 0

    def _tone(self, category: str | None, color: str | None) -> Tone:
        if category is None:
            # Without categories, grey has no meaning.
            pair, shape = NEUTRAL if self.has_categories else PALETTE[0], 0
        else:
            # Each round gives a colour another shape, so that 49 categories differ.
            turn, place = divmod(self._ranks[category], len(PALETTE))
            pair, shape = PALETTE[place], 1 + (place + turn) % (len(SHAPES) - 1)
        if color is not None:
            pair = visible_pair(color)
        return Tone(*pair, shape)


def _key(event: Event) -> _Key:
    return first_category(event), event.color


def visible_pair(color: str) -> tuple[str, str]:
    """Return a colour of CSS3 as it is drawn in the light and in the dark scheme."""
    import webcolors  # noqa: PLC0415 - most calendars have no colour

    rgb = webcolors.name_to_rgb(color)
    return visible(rgb, LIGHT, (0, 0, 0)), visible(rgb, DARK, (255, 255, 255))


def visible(rgb: Rgb, scheme: dict[str, str], towards: Rgb) -> str:
    """Mix a colour with black or white, as little as needed for its contrast in a scheme."""
    for percent in range(0, 101, 5):
        mixed = _hex(
            *((a * (100 - percent) + b * percent) // 100 for a, b in zip(rgb, towards, strict=True))
        )
        if min(contrast(mixed, scheme[under]) for under in ("paper", "wash")) >= CONTRAST:
            return mixed
    return _hex(*towards)


def contrast(color: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lights = sorted((_luminance(color), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(color: str) -> float:
    shares = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _hex(red: int, green: int, blue: int) -> str:
    return f"#{red:02x}{green:02x}{blue:02x}"
