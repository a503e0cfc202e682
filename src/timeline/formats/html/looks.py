"""The colours and shapes of events as classes of CSS: those of the diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.formats.diagram.palette import Tone


def look_css(tones: Sequence[Tone]) -> str:
    """Return a class for each tone, with its colour in both schemes and its shape."""
    if not tones:
        return ""
    light = "".join(
        f".k{number}{{--k:{tone.light};--shape:var(--shape-{tone.shape})}}\n"
        for number, tone in enumerate(tones)
    )
    dark = "".join(f".k{number}{{--k:{tone.dark}}}\n" for number, tone in enumerate(tones))
    return f"{light}@media screen and (prefers-color-scheme:dark){{\n{dark}}}\n"
