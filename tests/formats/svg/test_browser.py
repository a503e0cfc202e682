"""Text in a browser; the test runs where ``TIMELINE_CHROMIUM`` names one, such as ``chromium``."""

from __future__ import annotations

import html
import json
import re
import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from support import foreign, loading
from support.paths import ROOT
from support.svg import rendered
from timeline.formats.diagram import text_metrics
from timeline.formats.diagram.descriptions import describe_calendar
from timeline.formats.svg.shapes import STYLES
from tools.pictures.browser import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from timeline.model.events import Calendar


_MISSING = foreign.missing_browser()


PROBE = """
<body><script>
const found = [];
for (const svg of document.querySelectorAll("svg"))
  for (const text of svg.querySelectorAll("text")) {
    text.style.display = "inline";
    text.style.fontFamily = "Arial, 'Liberation Sans', Roboto, sans-serif";
    text.style.fontSize = "100px";
    found.push([text.getAttribute("class"), text.textContent, text.getComputedTextLength()]);
  }
const out = document.createElement("pre");
out.textContent = JSON.stringify(found);
document.body.append(out);
</script>
"""


PLACES_PROBE = """
<body><script>
const found = [];
for (const text of document.querySelectorAll("svg text")) {
  text.style.display = "inline";
  const {x, width} = text.getBBox();
  const anchor = text.getAttribute("text-anchor");
  found.push([text.textContent, Number(text.getAttribute("x")), anchor, x, x + width]);
}
const out = document.createElement("pre");
out.textContent = JSON.stringify(found);
document.body.append(out);
</script>
"""

DRAWING = ROOT / "dist" / "events.svg"
ARABIC = ROOT / "tests" / "cases" / "right-to-left" / "expected.svg"


def run_probe(probe: str, folder: Path, *options: str, path: Path = DRAWING) -> Any:
    """Return what a script says of the diagram in a page, from its one `<pre>`."""
    page = folder / "page.html"
    drawing = path.read_text(encoding="utf-8")
    page.write_text(f"<meta charset=utf-8>{drawing}{probe}", encoding="utf-8")
    common = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
    done = subprocess.run(
        [foreign.BROWSER, *common, *options, "--dump-dom", str(page)],
        capture_output=True,
        text=True,
        check=True,
    )
    (out,) = re.findall(r"<pre>(\[.*\])</pre>", done.stdout, re.DOTALL)
    return json.loads(html.unescape(out))


ENDS = """\
calendar: {id: x.org, name: X, language: ar}
events:
  - {id: a, summary: Start, start: 2027-01-01, end: 2027-01-20}
  - {id: b, summary: "الحفل الختامي", start: 2027-06-28}
  - {id: c, summary: Finale!, start: 2027-06-29, end: 2027-06-30}
"""
"""Events at the end of the axis, whose names in lanes are before their marks."""


@pytest.mark.foreign
@pytest.mark.skipif(bool(_MISSING), reason=_MISSING)
@pytest.mark.parametrize("of_page", ["ltr", "rtl"])
@pytest.mark.parametrize("layout", ["rows", "lanes"])
def test_a_browser_sets_text_from_its_place_to_the_left(
    tmp_path: Path, of_page: str, layout: str
) -> None:
    path = ARABIC
    if layout == "lanes":
        path = tmp_path / "lanes.svg"
        path.write_text(rendered(loading.calendar_of(ENDS), layout="lanes"), encoding="utf-8")
    probe = f"<script>document.dir = '{of_page}'</script>{PLACES_PROBE}"
    places = run_probe(probe, tmp_path, path=path)
    assert {anchor for _, _, anchor, *_ in places} == (
        {None, "end"} if layout == "lanes" else {None}
    )
    for text, x, anchor, left, right in places:
        assert abs((left if anchor else right) - x) < 1, text
        assert 0 < left < right < 840, text


@pytest.mark.foreign
@pytest.mark.skipif(bool(_MISSING), reason=_MISSING)
def test_a_browser_sets_text_no_wider_than_computed(tmp_path: Path) -> None:
    widths = run_probe(PROBE, tmp_path)
    assert widths
    for classes, text, wide in widths:
        style = STYLES[classes.split()[0]]
        assert wide <= 1.01 * text_metrics.text_width(text, 100, bold=style.is_bold), text


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as started:
        yield started


def page_of(folder: Path, calendar: Calendar, **options: object) -> str:
    """Write a page that contains a diagram, and return its address."""
    page = folder / "page.html"
    svg = rendered(calendar, **options)
    page.write_text(f"<!doctype html><meta charset=utf-8>{svg}", encoding="utf-8")
    return page.as_uri()


@pytest.mark.foreign
@pytest.mark.skipif(bool(_MISSING), reason=_MISSING)
def test_the_accessible_name_is_the_title_and_the_description_is_the_desc(
    tmp_path: Path, browser: Browser
) -> None:
    calendar = loading.calendar_of_file(ROOT / "events.yaml")
    (tmp_path / "alone.svg").write_text(rendered(calendar), encoding="utf-8")
    for address in (page_of(tmp_path, calendar), (tmp_path / "alone.svg").as_uri()):
        nodes = browser.accessibility_tree(address)
        (image,) = [node for node in nodes if node["role"]["value"] in ("image", "img")]
        assert image["name"]["value"] == "Defender at the Dakar Rally"
        assert image["description"]["value"].split() == describe_calendar(calendar).split()


@pytest.mark.foreign
@pytest.mark.skipif(bool(_MISSING), reason=_MISSING)
def test_a_diagram_with_links_to_a_list_is_hidden(tmp_path: Path, browser: Browser) -> None:
    calendar = loading.calendar_of_file(ROOT / "events.yaml")
    nodes = browser.accessibility_tree(page_of(tmp_path, calendar, link_prefix="#event-"))
    assert {node["role"]["value"] for node in nodes} <= {"RootWebArea", "generic", "none"}


FORCED_PROBE = """
(() => {
  const colors = {};
  for (const [name, selector, property] of [
    ["paper", ".sheet", "fill"], ["wash", ".wash", "fill"], ["text", "text.name", "fill"],
    ["note", "text.note", "fill"], ["bar", "rect.sure", "fill"], ["flag", "rect.flag", "fill"],
    ["on the flag", "text.flag", "fill"]])
    colors[name] = getComputedStyle(document.querySelector(selector))[property];
  for (const name of ["Canvas", "CanvasText", "Highlight", "HighlightText"]) {
    const probe = document.createElement("i");
    probe.style.color = name;
    document.body.append(probe);
    colors[name] = getComputedStyle(probe).color;
  }
  return colors;
})()
"""


@pytest.mark.foreign
@pytest.mark.skipif(bool(_MISSING), reason=_MISSING)
def test_with_forced_colors_all_colors_are_those_of_the_system(
    tmp_path: Path, browser: Browser
) -> None:
    calendar = loading.calendar_of_file(ROOT / "events.yaml")
    address = page_of(tmp_path, calendar, as_of=date(2025, 1, 10))
    colors = browser.evaluate(address, FORCED_PROBE, {"forced-colors": "active"})
    assert colors["paper"] == colors["wash"] == colors["Canvas"]
    assert colors["text"] == colors["note"] == colors["bar"] == colors["CanvasText"]
    assert colors["flag"] == colors["Highlight"]
    assert colors["on the flag"] == colors["HighlightText"]
    assert colors["Canvas"] != colors["CanvasText"]
