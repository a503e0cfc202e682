"""The sections of years in Sphinx: text that follows a timeline is in none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from support.engines import run_engine
from timeline.embed.engines import STYLESHEET

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.engines

EVENTS = """\
calendar: {id: x.org, name: X}
events:
  - {id: rally, summary: Rally, start: 2027-01-03}
  - {id: open, summary: Open, start: TBC}
"""
MYST = "```{timeline}\n```\n"
RST = ".. timeline::\n"


def built(tmp_path: Path, pages: dict[str, str], builder: str) -> Path:
    (tmp_path / "conf.py").write_text('extensions = ["myst_parser", "timeline.sphinx"]\n')
    (tmp_path / "events.yaml").write_text(EVENTS)
    for name, text in pages.items():
        (tmp_path / name).write_text(text)
    result = run_engine(tmp_path, "sphinx", "-q", "-W", "-b", builder, ".", "out")
    assert result.returncode == 0, result.stderr
    return tmp_path / "out"


def outline(element: ET.Element) -> list[object]:
    """Return headings as texts with a star, sections as lists, and paragraphs as texts."""
    outlined: list[object] = []
    for child in element:
        if child.tag == "section":
            outlined.append(outline(child))
        elif child.tag == "title":
            outlined.append(child.text)
        elif child.tag == "rubric":
            outlined.append(f"{child.text} (level {child.get('heading-level')})")
        elif child.tag == "paragraph":
            outlined.append(child.text)
    return outlined


SECTIONS = [["2027"], ["Date to be confirmed"]]


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("index.md", "# X\n\n{}\nAfter.\n\n## Next\n\n{}\n"),
        ("index.rst", "X\n=\n\n{}\nAfter.\n\nNext\n----\n\n{}\n"),
    ],
)
def test_text_after_a_timeline_is_not_in_a_section_of_a_year(
    name: str, page: str, tmp_path: Path
) -> None:
    block = MYST if name.endswith(".md") else RST
    out = built(tmp_path, {name: page.format(block, block)}, "xml")
    (top,) = outline(ET.parse(out / "index.xml").getroot())
    headings = ["2027 (level 2)", "Date to be confirmed (level 2)"]
    assert top == ["X", *headings, "After.", ["Next", *SECTIONS]]


@pytest.mark.parametrize(
    "after", ["", "% a comment\n", "(label)=\n## Next\n", "```{toctree}\n```\n"]
)
def test_years_are_sections_where_no_text_follows(after: str, tmp_path: Path) -> None:
    out = built(tmp_path, {"index.md": f"# X\n\n{MYST}\n{after}"}, "xml")
    (top,) = outline(ET.parse(out / "index.xml").getroot())
    assert isinstance(top, list)
    assert top[:3] == ["X", *SECTIONS]


def test_two_timelines_before_a_text_have_headings(tmp_path: Path) -> None:
    out = built(tmp_path, {"index.md": f"# X\n\n{MYST}\n{MYST}\nAfter.\n"}, "xml")
    (top,) = outline(ET.parse(out / "index.xml").getroot())
    assert isinstance(top, list)
    assert len(top) == 6
    assert not any(isinstance(part, list) for part in top)


def test_headings_keep_their_anchors_and_pages_have_the_style_sheet(tmp_path: Path) -> None:
    out = built(tmp_path, {"index.md": f"# X\n\n{MYST}\nAfter.\n"}, "html")
    page = (out / "index.html").read_text(encoding="utf-8")
    assert '<h2 class="timeline-year rubric" id="timeline-2027">2027</h2>' in page
    assert '<li class="timeline-event">' in page
    assert "_static/timeline.css" in page
    assert (out / "_static/timeline.css").read_bytes() == STYLESHEET.read_bytes()
