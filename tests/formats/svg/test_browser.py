"""Text in a browser; the test runs where ``TIMELINE_CHROMIUM`` names one, such as ``chromium``."""

from __future__ import annotations

import html
import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from support import foreign
from support.paths import ROOT
from timeline.formats.diagram import text_metrics
from timeline.formats.svg.shapes import STYLES

if TYPE_CHECKING:
    from pathlib import Path


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


ACCESSIBILITY_PROBE = """
<body><script>
const svg = document.querySelector("svg");
const out = document.createElement("pre");
const described = document.getElementById(svg.getAttribute("aria-describedby")).textContent;
out.textContent = JSON.stringify([svg.computedRole, svg.computedName, described]);
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


@pytest.mark.foreign
@pytest.mark.skipif(bool(_MISSING), reason=_MISSING)
@pytest.mark.parametrize("of_page", ["ltr", "rtl"])
def test_a_browser_sets_text_from_its_place_to_the_left(tmp_path: Path, of_page: str) -> None:
    probe = f"<script>document.dir = '{of_page}'</script>{PLACES_PROBE}"
    places = run_probe(probe, tmp_path, path=ARABIC)
    assert {anchor for _, _, anchor, *_ in places} == {None}
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


@pytest.mark.foreign
@pytest.mark.skipif(bool(_MISSING), reason=_MISSING)
def test_the_accessible_name_of_the_diagram_is_its_title_alone(tmp_path: Path) -> None:
    feature = "--enable-blink-features=ComputedAccessibilityInfo"
    role, name, description = run_probe(ACCESSIBILITY_PROBE, tmp_path, feature)
    assert role in ("img", "image")  # two names of one role
    assert name == "Defender at the Dakar Rally"
    assert "A timeline of 8 events." in description
