"""The legend: the signs that a diagram uses, with a sample of each."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.formats.diagram.model import (
    Arrow,
    Beads,
    Edge,
    Ghost,
    Look,
    Mark,
    Point,
    Question,
    Span,
    State,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.model import Wording


class Sign(Enum):
    """A sign that needs an explanation, in the order of the legend."""

    CERTAIN = "certain"
    WITHIN = "within"
    OPEN = "open"
    ABOUT = "about"
    PERHAPS = "perhaps"
    AGAIN = "again"
    GOES_ON = "goes-on"
    BEYOND = "beyond"
    MOVED = "moved"
    UNSETTLED = "unsettled"


class LegendEntry(Struct, frozen=True):
    """A sign, its explanation and a sample, which is drawn like any mark."""

    sign: Sign
    text: str
    mark: Mark


def make_legend(marks: Iterable[Mark], wording: Wording) -> tuple[LegendEntry, ...]:
    """Return the entries of the signs that marks have."""
    used = {sign for mark in marks for sign in mark_signs(mark)}
    texts = _texts(wording)
    return tuple(LegendEntry(sign, texts[sign], _SAMPLES[sign]) for sign in Sign if sign in used)


def mark_signs(mark: Mark) -> set[Sign]:
    """Return the signs of a mark that need an explanation."""
    signs = {sign for part in mark.parts for sign in _part_signs(part)}
    return signs if mark.state is State.SETTLED else signs | {Sign.UNSETTLED}


def _part_signs(part: object) -> set[Sign]:
    match part:
        case Span():
            edges = {part.start_edge, part.end_edge}
            signs = {sign for edge, sign in _EDGES.items() if edge in edges}
            return signs | {Sign.CERTAIN if part.look is Look.SOLID else Sign.WITHIN}
        case Point():
            return {Sign.CERTAIN, Sign.ABOUT} if part.is_soft else {Sign.CERTAIN}
        case Beads():
            return {Sign.AGAIN}
        case Arrow():
            return {Sign.GOES_ON}
        case Question():
            return {Sign.PERHAPS}
    return {Sign.MOVED}


_EDGES = {Edge.SOFT: Sign.ABOUT, Edge.OPEN: Sign.OPEN, Edge.CUT: Sign.BEYOND}

_SAMPLES = {
    Sign.CERTAIN: Mark((Span(0, 1),)),
    Sign.WITHIN: Mark((Span(0, 1, Look.HATCHED),)),
    Sign.OPEN: Mark((Span(0, 1, Look.HATCHED, end_edge=Edge.OPEN),)),
    Sign.ABOUT: Mark((Span(0.25, 0.75, start_edge=Edge.SOFT, end_edge=Edge.SOFT),)),
    Sign.PERHAPS: Mark((Span(0.3, 0.6), Question(0.6, is_after=True))),
    Sign.AGAIN: Mark((Beads(tuple((n / 7, n / 7) for n in range(8))),)),
    Sign.GOES_ON: Mark((Span(0, 0.3), Arrow(0.3))),
    Sign.BEYOND: Mark((Span(0, 1, end_edge=Edge.CUT),)),
    Sign.MOVED: Mark((Ghost(0, 0.35, 0.35, 0.75), Span(0.75, 1))),
    Sign.UNSETTLED: Mark((Span(0, 1),), state=State.UNSETTLED),
}


def _texts(wording: Wording) -> dict[Sign, str]:
    phrase = wording.phrase
    return {
        Sign.CERTAIN: phrase("certain"),
        Sign.WITHIN: phrase("some time within, or perhaps still on"),
        Sign.OPEN: phrase("no limit is known at the side that fades"),
        Sign.ABOUT: phrase("about then"),
        Sign.PERHAPS: phrase("perhaps then, not certain"),
        Sign.AGAIN: phrase("happens again"),
        Sign.GOES_ON: phrase("goes on, no end is set"),
        Sign.BEYOND: phrase("goes on beyond the axis"),
        Sign.MOVED: phrase("where it was before"),
        Sign.UNSETTLED: phrase("tentative, postponed or cancelled"),
    }
