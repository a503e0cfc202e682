"""The diagram for a language from right to left: the same one, mirrored."""

# ruff: noqa: RUF001 - Arabic letters

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from support.svg import SVG, calendar_of, drawing_of, flat, labels, rendered
from timeline.formats.svg.shapes import Glyph, Group, Label, Line, Rect, mirrored

if TYPE_CHECKING:
    from timeline.formats.svg.shapes import Drawing

EVENTS = """
  - {id: a, summary: رالي داكار, start: 2027-01-03, end: 2028, categories: [سباق]}
  - {id: b, summary: Dakar (T1+)!, start: 2027, categories: [x]}
  - {id: c, summary: C, start: 2027-05-01~, end: 2027-06~}
  - {id: d, summary: D, start: 2027-03-01?, status: tentative}
  - {id: e, summary: E, start: not before 2027-06}
  - {id: f, summary: F, start: 2027-07-01, end: TBC}
  - {id: g, summary: G, start: 2027-01-01, rrule: FREQ=MONTHLY;COUNT=12}
  - id: h
    summary: H
    start: 2027-02-01
    end: 2027-02-14
    events:
      - {id: i, summary: I, start: 2027-02-03}
      - {id: j, summary: J, start: between 2027-02-03 and 2027-02-09}
  - {id: k, summary: K, start: TBC, end: 2028}
"""
HEAD = "calendar: {id: x.org, name: رالي, timezone: Asia/Riyadh, language: ar}\nevents:"
WIDTH = 840
TODAY = date(2027, 4, 1)


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    return drawing_of(calendar_of(EVENTS, HEAD), TODAY)


def test_time_runs_from_right_to_left(drawing: Drawing) -> None:
    ticks = [label for label in labels(drawing) if label.style == "chief"]
    years = {label.text: label.x for label in ticks if label.text.isdigit()}
    assert years["2027"] > years["2028"]
    assert all(label.ends for label in ticks)


def test_the_names_are_at_the_right_side(drawing: Drawing) -> None:
    names = [label for label in labels(drawing) if label.style == "name"]
    assert all(label.ends for label in names)
    assert min(label.x for label in names) > WIDTH / 2


def test_only_other_languages_are_mirrored(drawing: Drawing) -> None:
    assert drawing.is_right_to_left
    for tag in ("en", "ja", "de"):
        calendar = calendar_of(EVENTS, HEAD.replace("ar}", f"{tag}}}"))
        assert not drawing_of(calendar).is_right_to_left


def sides(shape: object) -> tuple[float, ...]:
    """Return the horizontal places of a shape."""
    match shape:
        case Label():
            return (shape.box[0], shape.box[2])
        case Rect():
            return (shape.x, shape.x + shape.width)
        case Line():
            return tuple(x for line in shape.lines for x, _ in line)
        case Glyph():
            return (shape.x,)
    return ()


def test_every_shape_is_reflected(drawing: Drawing) -> None:
    other = mirrored(drawing)
    pairs = list(zip(flat(drawing.shapes), flat(other.shapes), strict=True))
    kinds = {type(shape) for shape, _ in pairs}
    assert kinds == {Label, Rect, Line, Glyph}
    for shape, reflected in pairs:
        expected = sorted(WIDTH - x for x in sides(shape))
        assert sorted(sides(reflected)) == pytest.approx(expected)
        if isinstance(shape, Rect) and isinstance(reflected, Rect):
            assert reflected.fades == -shape.fades
    assert {shape.fades for shape, _ in pairs if isinstance(shape, Rect)} == {-1, 0, 1}
    groups = [shape for shape in drawing.shapes if isinstance(shape, Group)]
    assert [g.title for g in groups] == [g.title for g in other.shapes if isinstance(g, Group)]


def test_texts_are_anchored_at_the_side_of_their_direction() -> None:
    root = ET.fromstring(rendered(calendar_of(EVENTS, HEAD), TODAY))
    assert (root.get("direction"), root.get("lang")) == ("rtl", "ar")
    anchors = {
        (element.text or "", element.get("text-anchor")) for element in root.iter(f"{SVG}text")
    }
    assert ("\u2067رالي داكار\u2069", None) in anchors
    assert ("\u2066Dakar (T1+)!\u2069", None) in anchors
    english = ET.fromstring(
        rendered(calendar_of(EVENTS, HEAD.replace("language: ar", "language: en")))
    )
    assert english.get("direction") is None
    anchors = {(e.text or "", e.get("text-anchor")) for e in english.iter(f"{SVG}text")}
    assert ("\u2067رالي داكار\u2069", None) in anchors
    assert ("Dakar (T1+)!", None) in anchors
