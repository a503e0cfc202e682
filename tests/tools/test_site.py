"""The documentation site is accessible by axe, in light and in dark mode."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from support import foreign
from support.browser import open_pages
from tools.docs import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.foreign, pytest.mark.slow]

PAGES = ["index", "tutorial", "own-website", "file-format", "commands", "faq", "search"]
"""The first page, and pages of each kind: tutorial, how-to guide, reference, explanation."""

VIEWS = [
    {"width": width, "scheme": scheme, "axe": True}
    for width, scheme in ((1280, "light"), (390, "dark"))
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if why := foreign.missing_pages():
        pytest.skip(why)
    folder = tmp_path_factory.mktemp("site")
    build = ["-W", "-n", "-q", "-d", str(folder / "doctrees"), str(ROOT / "docs"), str(folder)]
    subprocess.run([sys.executable, "-m", "sphinx", *build], check=True)
    return folder


def test_axe_has_no_violation_on_the_site(site: Path) -> None:
    jobs = {
        name: {"file": str(site / f"{name}.html"), "script": True, "views": VIEWS} for name in PAGES
    }
    reports = open_pages(jobs)
    assert {name: report["violations"] for name, report in reports.items()} == {
        name: [] for name in PAGES
    }
    assert {name: report["wide"] for name, report in reports.items()} == {
        name: [] for name in PAGES
    }
