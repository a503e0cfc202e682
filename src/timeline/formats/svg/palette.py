"""The colours and shapes of events, visible on light and on dark backgrounds.

Categories differ in shape as well as in colour, because not everybody sees colours and not every
printer prints them. The contrast follows WCAG 2.2: 4.5 for text, 3 for marks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.model import Event

Rgb = tuple[int, int, int]

LIGHT = {
    "paper": "#ffffff",
    "inset": "#f3f5f8",
    "ink": "#1c2128",
    "muted": "#545d68",
    "grid": "#dce1e7",
    "edge": "#c8d0d9",
    "today": "#b3261e",
}
DARK = {
    "paper": "#12161c",
    "inset": "#1b212a",
    "ink": "#e8ecf1",
    "muted": "#a5b0bd",
    "grid": "#2b333d",
    "edge": "#3c4652",
    "today": "#ff9a91",
}

MARKS = 3.0
"""The least contrast of marks, on paper and on insets."""


class Tone(NamedTuple):
    """The look of a category: a colour for light and dark schemes, as `#rrggbb`, and a shape."""

    light: str
    dark: str
    shape: int


NEUTRAL = ("#5a6675", "#a9b4c1")
PALETTE = (
    ("#1d6fb8", "#6cb4f8"),
    ("#b4540a", "#f2a24e"),
    ("#2e7d32", "#7fca83"),
    ("#8a3fa0", "#d09cf0"),
    ("#c02a3b", "#ff8d95"),
    ("#00767a", "#55cfcf"),
    ("#7a6500", "#d9c24a"),
)
"""Colours that differ in hue, and neighbours in lightness too."""

SHAPES = (
    "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
    "M-5.5-5.5h11v11h-11z",
    "M0-7L7 5.5H-7z",
    "M0-7.5L7.5 0L0 7.5L-7.5 0z",
    "M-2.2-6.5h4.4v4.3h4.3v4.4h-4.3v4.3h-4.4v-4.3h-4.3v-4.4h4.3z",
    "M0 7L7-5.5H-7z",
    "M0-7.5L2.2-2.4L7.2-2.4L3.2 1.3L4.7 6.6L0 3.5L-4.7 6.6L-3.2 1.3L-7.2-2.4L-2.2-2.4z",
    "M-6.5 0L-3.2-5.8H3.2L6.5 0L3.2 5.8H-3.2z",
)
"""Paths around (0, 0); the first one is for events without a category."""


class Tones:
    """The tones of a calendar's events, in the order of their first use.

    ``legend`` has the number of the tone of each category that determines colours.
    """

    def __init__(self, events: Iterable[Event]) -> None:
        self.all: list[Tone] = []
        self.legend: dict[str, int] = {}
        self._numbers = dict.fromkeys(map(_key, events), 0)
        for number, (category, color) in enumerate(self._numbers):
            self._numbers[category, color] = number
            if category is not None:
                self.legend.setdefault(category, number)
            rank = None if category is None else list(self.legend).index(category)
            self.all.append(_tone(rank, color))
        if not self.legend:  # without categories, grey has no meaning
            self.all = [
                tone._replace(light=PALETTE[0][0], dark=PALETTE[0][1])
                if tone[:2] == NEUTRAL
                else tone
                for tone in self.all
            ]

    def number(self, event: Event) -> int:
        """Return the number of an event's tone."""
        return self._numbers[_key(event)]


def _key(event: Event) -> tuple[str | None, str | None]:
    return (event.categories[0] if event.categories else None), event.color


def _tone(rank: int | None, color: str | None) -> Tone:
    """Return the tone of the category with this rank, or of events without a category."""
    if rank is None:
        pair, shape = NEUTRAL, 0
    else:
        # Each round gives a colour another shape, so that 49 categories differ.
        turn, place = divmod(rank, len(PALETTE))
        pair, shape = PALETTE[place], 1 + (place + turn) % (len(SHAPES) - 1)
    if color is not None:
        import webcolors  # noqa: PLC0415 - most calendars have no colour

        rgb = webcolors.name_to_rgb(color)
        pair = visible(rgb, LIGHT, (0, 0, 0)), visible(rgb, DARK, (255, 255, 255))
    return Tone(*pair, shape)


def visible(rgb: Rgb, scheme: dict[str, str], towards: Rgb) -> str:
    """Mix a colour with black or white, as little as needed for contrast in a scheme."""
    for percent in range(0, 101, 5):
        mixed = _hex(
            *((a * (100 - percent) + b * percent) // 100 for a, b in zip(rgb, towards, strict=True))
        )
        if min(contrast(mixed, scheme[under]) for under in ("paper", "inset")) >= MARKS:
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
