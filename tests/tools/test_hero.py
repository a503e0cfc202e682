from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from timeline.formats.svg.palette import contrast
from tools.docs import ROOT, hero

README = (ROOT / "README.md").read_text(encoding="utf-8")
DRAWINGS = [hero.wide_hero(), hero.narrow_hero()]


def texts(drawing: str) -> list[str]:
    root = ET.fromstring(drawing)
    elements = root.iter("{http://www.w3.org/2000/svg}text")
    return ["".join(element.itertext()) for element in elements]


def test_the_readme_shows_both_drawings_with_their_description() -> None:
    (picture,) = re.findall(r"<picture>\n(.*?)</picture>", README, re.DOTALL)
    for path in re.findall(r'(?:src|srcset)="([^"]+)"', picture):
        assert (ROOT / path).is_file()
    assert re.findall(r'alt="([^"]+)"', picture) == [hero.DESCRIPTION]


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


@pytest.mark.parametrize(("scheme", "place"), [(hero.LIGHT, 0), (hero.DARK, 1)])
def test_texts_and_marks_are_visible(scheme: dict[str, str], place: int) -> None:
    paper = scheme["paper"]
    for name in ("ink", "soft"):
        assert contrast(scheme[name], paper) >= 4.5
    for name in ("ink", "soft", "key"):
        assert contrast(scheme[name], scheme["box"]) >= 4.5
    assert contrast(scheme["edge"], paper) >= 3
    assert all(contrast(colors[place], paper) >= 4.5 for colors in hero.COLORS)
