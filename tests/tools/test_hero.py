from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from timeline.formats.diagram.palette import contrast
from tools.docs import ROOT, hero

DRAWINGS = [hero.wide_hero(), hero.narrow_hero()]


def texts(drawing: str) -> list[str]:
    root = ET.fromstring(drawing)
    elements = root.iter("{http://www.w3.org/2000/svg}text")
    return ["".join(element.itertext()) for element in elements]


@pytest.mark.parametrize("page", ["README.md", "docs/index.md"])
def test_a_page_shows_both_drawings_with_their_description(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    pictures = re.findall(r"<picture>\n(.*?)</picture>", text, re.DOTALL)
    (picture,) = (picture for picture in pictures if "hero.svg" in picture)
    paths = re.findall(r'(?:src|srcset)="([^"]+)"', picture)
    assert [path.rpartition("/")[2] for path in paths] == ["hero-narrow.svg", "hero.svg"]
    assert re.findall(r'alt="([^"]+)"', picture) == [hero.DESCRIPTION]


def test_the_drawings_of_the_readme_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    paths = re.findall(r'(?:src|srcset)="([^"]+)"', text)
    assert paths
    assert all((ROOT / path).is_file() for path in paths)


@pytest.mark.parametrize("drawing", DRAWINGS, ids=["wide", "narrow"])
def test_the_keys_are_those_of_the_file(drawing: str) -> None:
    keys = re.findall(r"(?m)^ +((?:start|end|was): .+)$", hero.SOURCE.read_text(encoding="utf-8"))
    assert [text for text in texts(drawing) if text in keys] == keys


@pytest.mark.parametrize("drawing", DRAWINGS, ids=["wide", "narrow"])
def test_the_dates_are_as_precise_as_in_the_file(drawing: str) -> None:
    for words in (
        "The rally 3–17 January",  # noqa: RUF001
        "The cars are home about 31 January",
        "The new car is shown Q2, day not known yet",
        "Test in Morocco 2 September, before: 6 May",
        "Partnership 12 October until 2028",
        "Charity auction date to be confirmed",
    ):
        assert words in texts(drawing)


@pytest.mark.parametrize("drawing", DRAWINGS, ids=["wide", "narrow"])
def test_the_signs_are_those_of_the_diagram(drawing: str) -> None:
    partnership = drawing.partition('<g class="c5">')[2].partition("</g>")[0]
    solid, hatched = re.findall(r"<rect[^>]*>", partnership)
    assert 'fill="currentColor"' in solid  # certainly on
    assert 'fill="url(#h5)"' in hatched  # perhaps still on, in some part of 2028
    assert "<path" not in partnership  # an arrow would be `end: ..`
    moved = drawing.partition('<g class="c4">')[2].partition("</g>")[0]
    (thread,) = re.findall(r'<path d="([^"]+)"', moved)
    assert re.fullmatch(r"M[\d.]+ [\d.]+H[\d.]+", thread)  # without a head
    assert drawing.count('class="tray"') == 1  # the box of the event without a date


@pytest.mark.parametrize(("scheme", "place"), [(hero.LIGHT, 0), (hero.DARK, 1)])
def test_texts_and_marks_are_visible(scheme: dict[str, str], place: int) -> None:
    paper = scheme["paper"]
    for name in ("ink", "soft"):
        assert contrast(scheme[name], paper) >= 4.5
    for name in ("ink", "soft", "key"):
        assert contrast(scheme[name], scheme["box"]) >= 4.5
    assert contrast(scheme["edge"], paper) >= 3
    assert all(contrast(colors[place], paper) >= 4.5 for colors in hero.COLORS)
