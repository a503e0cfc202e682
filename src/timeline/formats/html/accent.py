"""The accent of a page: the colour of the calendar, mixed until text on it can be read."""

from __future__ import annotations

from typing import NamedTuple

from timeline.formats.diagram.palette import Rgb, contrast

_TEXT = 4.5
"""The least contrast of text (WCAG 2.2, 1.4.3)."""

_LIGHT_PAPER, _DARK_PAPER, _DARK_INK = "#ffffff", "#121418", "#15181c"


class Accent(NamedTuple):
    """The colour of the button and of the focus in a scheme, and that of the text on it."""

    color: str
    text: str


class Accents(NamedTuple):
    """The accents of the light and of the dark scheme."""

    light: Accent
    dark: Accent


def page_accents(name: str | None) -> Accents:
    """Return the accents for the name of a colour in CSS, or of blue."""
    rgb = (0x1D, 0x63, 0xB8)
    if name is not None:
        import webcolors  # noqa: PLC0415 - most calendars have no colour

        rgb = tuple(webcolors.name_to_rgb(name))
    return Accents(
        Accent(_mixed(rgb, (0, 0, 0), (_LIGHT_PAPER,)), _LIGHT_PAPER),
        Accent(_mixed(rgb, (255, 255, 255), (_DARK_PAPER, _DARK_INK)), _DARK_INK),
    )


def _mixed(rgb: Rgb, towards: Rgb, against: tuple[str, ...]) -> str:
    """Mix a colour with another, as little as needed for the contrast with all of ``against``."""
    for percent in range(0, 101, 2):
        mixed = "#" + "".join(
            f"{(a * (100 - percent) + b * percent) // 100:02x}"
            for a, b in zip(rgb, towards, strict=True)
        )
        if all(contrast(mixed, other) >= _TEXT for other in against):
            break
    return mixed
