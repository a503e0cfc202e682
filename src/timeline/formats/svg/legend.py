"""The legends of the diagram: categories above it, signs for uncertain and open dates below it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.dates import Qualification
from timeline.formats.diagram import text_metrics
from timeline.formats.diagram.descriptions import is_hollow
from timeline.formats.svg import bars
from timeline.formats.svg.axis import DAY, HOUR, Scale
from timeline.formats.svg.bars import Form
from timeline.formats.svg.extents import Extent, Kind, Stretch
from timeline.formats.svg.shapes import STYLES, Glyph, Group, Label
from timeline.model import isolated, times_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from timeline.formats.svg.palette import Tones
    from timeline.formats.svg.panels import PlacedEvent
    from timeline.formats.svg.shapes import Shape
    from timeline.model import Wording

LINE = 26.0
_SAMPLE = 60.0


def category_legend(
    tones: Tones, left: float, right: float, y: float, wording: Wording
) -> tuple[list[Shape], float]:
    """Return the rows of the categories, and their lower edge."""
    shapes: list[Shape] = []
    x, size = left, STYLES["note"].narrow
    if not tones.legend:
        return shapes, y
    for category, number in tones.legend.items():
        text = text_metrics.shorten(category, right - left - 20, size)
        wide = 20 + text_metrics.text_width(text, size)
        if x > left and x + wide > right:
            x, y = left, y + LINE
        glyph = Glyph(x + 7, y + LINE - 12, tones.all[number].shape)
        shapes.append(
            Group([glyph, Label(x + 20, y + LINE - 7, isolated(text, wording), "note")], number)
        )
        x += wide + 22
    return shapes, y + LINE


class Used(NamedTuple):
    """An event as drawn; ``shape`` is the number of its tone's shape."""

    entry: PlacedEvent
    form: Form
    tone: int
    shape: int


class _Sign(NamedTuple):
    """A sign: its text, the events that have it, and its sample.

    The sample is from the hour ``first`` to the hour ``last``; ``has`` are fields of its `Extent`.
    """

    text: str
    occurs: Callable[[PlacedEvent], bool]
    first: int = 0
    last: int = 24
    has: Mapping[str, Any] = MappingProxyType({})
    is_hollow: bool = False


def sign_legend(
    used: list[Used], clock: str, left: float, right: float, y: float, wording: Wording
) -> tuple[list[Shape], float]:
    """Return the legend of the signs in use, with a sample of each form, and its lower edge."""
    signs: list[Shape] = []
    samples = [(sign, _of_each_form(used, sign)) for sign in _signs(wording)]
    start = left + _SAMPLE * max(len(forms) for _, forms in samples)
    for sign, forms in samples:
        if not forms:
            continue
        for number, use in enumerate(forms):
            x = left + number * _SAMPLE
            scale = Scale(0, DAY, x, x + _SAMPLE - 14)
            extent, hollow = _sample(sign, use.form), sign.is_hollow
            shapes = bars.bar_shapes(extent, scale, y + LINE - 13, use.shape, hollow=hollow)
            signs.append(Group(shapes, use.tone))
        signs.append(Label(start, y + LINE - 8, sign.text, "note"))
        y += LINE
    if any(use.entry.extent.has_times for use in used):
        text = text_metrics.shorten(times_sentence(clock, wording), right - left, 18)
        signs.append(Label(left, y + LINE - 8, text, "note"))
        y += LINE
    return signs, y


def _of_each_form(used: list[Used], sign: _Sign) -> list[Used]:
    """Return the first event of each form that has a sign."""
    by_form: dict[Form, Used] = {}
    for use in used:
        if not sign.occurs(use.entry):
            continue
        # A sample of another sign is clearer without sides that fade.
        form = Form.BAR if sign.has and use.form is Form.FADING else use.form
        by_form.setdefault(form, use._replace(form=form))
    return list(by_form.values())


def _has(*kinds: Kind) -> Callable[[PlacedEvent], bool]:
    return lambda entry: any(stretch.kind in kinds for stretch in entry.extent.stretches)


_ABOUT, _PERHAPS = Qualification.APPROXIMATE, Qualification.UNCERTAIN


def _signs(wording: Wording) -> tuple[_Sign, ...]:
    """Return all signs, in the order of the legend."""
    phrase = wording.phrase
    return (
        _Sign(phrase("at some time within the band"), _has(Kind.WITHIN)),
        _Sign(phrase("begins or ends where it fades"), _has(Kind.BEGINS, Kind.ENDS)),
        _Sign(phrase("not before the edge, or not after it"), _has(Kind.LATER, Kind.EARLIER)),
        _Sign(
            phrase("about then"),
            lambda entry: entry.extent.begins.is_approximate or entry.extent.ends.is_approximate,
            *(10, 14),
            {"begins": _ABOUT, "ends": _ABOUT},
        ),
        _Sign(
            phrase("perhaps then, not certain"),
            lambda entry: entry.extent.begins.is_uncertain or entry.extent.ends.is_uncertain,
            *(7, 17),
            {"begins": _PERHAPS, "ends": _PERHAPS},
        ),
        _Sign(phrase("happens again"), lambda entry: entry.extent.is_series),
        _Sign(
            phrase("goes on, no end is set"),
            lambda entry: entry.extent.goes_on,
            0,
            12,
            {"goes_on": True},
        ),
        _Sign(
            phrase("end to be confirmed"),
            lambda entry: entry.extent.may_go_on,
            0,
            4,
            {"may_go_on": True},
        ),
        _Sign(
            phrase("tentative, postponed or cancelled"),
            lambda entry: is_hollow(entry.event),
            is_hollow=True,
        ),
    )


_APART = {Form.BEADS: 14, Form.BARS: 5, Form.TICKS: 1}
"""The hours between the instances of a sample."""


_KINDS = {Form.BAND: Kind.WITHIN, Form.LATER: Kind.LATER, Form.EARLIER: Kind.EARLIER}


def _sample(sign: _Sign, form: Form) -> Extent:
    """Return the extent of the sample of a sign in a form, on an axis of one day."""
    first, last = sign.first * HOUR, sign.last * HOUR
    middle = (first + last) // 2
    if form in _APART:
        seconds = range(first, last + 1, _APART[form] * HOUR)
        stretches = tuple(Stretch(second, second, Kind.MOMENT) for second in seconds)
    elif form is Form.FADING:
        stretches = Stretch(first, middle, Kind.SOLID), Stretch(middle, last, Kind.ENDS)
    elif form is Form.DOT:
        stretches = (Stretch(middle, middle, Kind.MOMENT),)
    else:
        kind = _KINDS.get(form, Kind.SOLID)
        stretches = (Stretch(first, last, kind),)
    return Extent(stretches, is_series=form in _APART, **sign.has)
