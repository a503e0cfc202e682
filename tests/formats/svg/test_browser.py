"""Text in a browser; the test runs where ``TIMELINE_CHROMIUM`` names one, such as ``chromium``."""

from __future__ import annotations

import html
import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from support import foreign
from support.paths import ROOT
from timeline.formats.svg import text_metrics
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


@pytest.mark.foreign
@pytest.mark.skipif(bool(_MISSING), reason=_MISSING)
def test_a_browser_sets_text_no_wider_than_computed(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    drawing = (ROOT / "dist" / "events.svg").read_text(encoding="utf-8")
    page.write_text(f"<meta charset=utf-8>{drawing}{PROBE}", encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile"]
    done = subprocess.run(
        [foreign.BROWSER, *options, "--dump-dom", str(page)],
        capture_output=True,
        text=True,
        check=True,
    )
    (out,) = re.findall(r"<pre>(\[.*\])</pre>", done.stdout, re.DOTALL)
    widths = json.loads(html.unescape(out))
    assert widths
    for classes, text, wide in widths:
        style = STYLES[classes.split()[0]]
        assert wide <= 1.01 * text_metrics.text_width(text, 100, bold=style.is_bold), text
