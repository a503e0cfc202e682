"""The plugin of MkDocs: the extension and the style sheet of a site, by one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.engines import run_engine
from timeline.embed.engines import STYLESHEET

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.engines

EVENTS = """\
calendar: {id: x.org, name: X}
categories: {race: {}}
events:
  - {id: rally, summary: Rally, start: 2027-01-03, categories: [race]}
"""


@pytest.mark.parametrize(
    "more", ["", "markdown_extensions: [timeline]\n", "extra_css: [own.css]\n"]
)
def test_a_site_has_timelines_and_their_styles(tmp_path: Path, more: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(f"site_name: X\nplugins: [timeline]\n{more}")
    (tmp_path / "events.yaml").write_text(EVENTS)
    (tmp_path / "docs/own.css").write_text("")
    (tmp_path / "docs/index.md").write_text("# X\n\n```timeline\nas-of: 2027-01-03\n```\n")
    result = run_engine(tmp_path, "mkdocs", "build", "--strict")
    assert result.returncode == 0, result.stderr  # a warning would fail a strict build
    page = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert '<li class="timeline-event timeline-c1 timeline-now" id="event-rally">' in page
    assert page.count("assets/timeline.css") == 1
    if "own.css" in more:
        assert page.index("assets/timeline.css") < page.index("own.css")
    assert (tmp_path / "site/assets/timeline.css").read_bytes() == STYLESHEET.read_bytes()


def test_a_link_to_an_event_of_the_list_is_not_reported_as_broken(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    settings = "site_name: X\nplugins: [timeline]\nvalidation: {anchors: warn}\n"
    (tmp_path / "mkdocs.yml").write_text(settings)
    (tmp_path / "events.yaml").write_text(EVENTS)
    (tmp_path / "docs/index.md").write_text("# X\n\n```timeline\nstyle: page\n```\n")
    other = tmp_path / "docs/other.md"
    other.write_text("# Y\n\n[The rally](index.md#event-rally)\n")
    result = run_engine(tmp_path, "mkdocs", "build", "--strict")
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert page.count('id="event-rally"') == 1
    assert "timeline-anchor" not in page
    other.write_text("# Y\n\n[The race](index.md#event-race)\n")
    result = run_engine(tmp_path, "mkdocs", "build", "--strict")
    assert "does not contain an anchor '#event-race'" in result.stderr
