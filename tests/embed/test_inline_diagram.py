"""The diagram within a page: in Python-Markdown, in Sphinx, and between markers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import markdown
import pytest
from markdown_it import MarkdownIt

from support.engines import run_engine
from support.rendered import Page
from timeline.compiler.pipeline import load_file
from timeline.embed.document import embed_timelines
from timeline.embed.inline_diagram import html_block, mdx_block

if TYPE_CHECKING:
    from pathlib import Path

EVENTS = """\
calendar: {id: x.org, name: "X {{ y }}"}
events:
  - {id: rally, summary: "Rally {% z %} <b>", start: 2027-01-03, end: 2027-01-17}
  - {id: open, summary: Open, start: TBC}
"""
DIAGRAM = "```timeline\nstyle: diagram\n```\n"
LIST = "```timeline\n```\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "events.yaml").write_text(EVENTS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def converted(*blocks: str) -> str:
    page = "# Page\n\n" + "\n".join(blocks)
    return markdown.markdown(page, extensions=["timeline", "fenced_code", "toc"])


def links(page: str) -> list[str]:
    return re.findall(r'<a href="(#event-[^"]*)"', page)


@pytest.mark.parametrize("blocks", [(DIAGRAM, LIST), (LIST, DIAGRAM), (LIST, f"# H\n\n{DIAGRAM}")])
def test_events_are_links_to_the_list_of_the_page(blocks: tuple[str, ...]) -> None:
    page = converted(*blocks)
    assert links(page) == ["#event-rally", "#event-open"]
    assert all(f'id="{link[1:]}"' in page for link in links(page))
    assert 'aria-hidden="true"' in page
    assert 'role="img"' not in page


@pytest.mark.parametrize("more", ["", "```timeline\nid: rally\n```\n"])
def test_without_a_list_of_all_its_events_it_is_an_image_with_a_name(more: str) -> None:
    page = converted(DIAGRAM, more)
    assert links(page) == []
    assert 'role="img"' in page
    assert "aria-hidden" not in page


def test_a_diagram_of_the_listed_events_alone_has_links() -> None:
    page = converted(
        "```timeline\nstyle: diagram\nid: rally\n```\n", "```timeline\nid: rally\n```\n"
    )
    assert links(page) == ["#event-rally"]


def test_the_ids_of_a_page_with_several_diagrams_differ() -> None:
    page = converted(DIAGRAM, DIAGRAM, LIST, "## A\n\n", DIAGRAM)
    ids = Page(page).ids
    assert len(ids) == len(set(ids))
    assert re.findall('<svg[^>]* id="(.*?)"', page) == [
        *("timeline-x_org", "timeline-x_org-2", "timeline-x_org-3"),
    ]


def test_a_converter_that_is_used_again_begins_again() -> None:
    converter = markdown.Markdown(extensions=["timeline", "fenced_code", "toc"])
    first, second = (converter.reset().convert(f"# A\n\n{DIAGRAM}\n{LIST}") for _ in range(2))
    assert first == second


@pytest.mark.engines
def test_a_page_of_sphinx_has_the_diagram_with_links(tmp_path: Path) -> None:
    block = "```{timeline}\n:style: diagram\n```\n"
    (tmp_path / "conf.py").write_text('extensions = ["myst_parser", "timeline.sphinx"]\n')
    (tmp_path / "index.md").write_text(f"# X\n\n{block}\n```{{timeline}}\n```\n")
    (tmp_path / "other.md").write_text(f"---\norphan: true\n---\n# Y\n\n{block}")
    for _ in range(2):  # again, from stored pages
        done = run_engine(tmp_path, "sphinx", "-q", "-W", ".", "out")
        assert done.returncode == 0, done.stderr
    page = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert links(page) == ["#event-rally", "#event-open"]
    assert all(f'id="{link[1:]}"' in page for link in links(page))
    other = (tmp_path / "out/other.html").read_text(encoding="utf-8")
    assert 'role="img"' in other
    assert links(other) == []


def embedded(name: str, start: str, end: str) -> str:
    text = f"# A\n\n{start}\nold\n{end}\n\nEnd.\n"
    content = embed_timelines(text.encode(), name, load_file).content
    assert content is not None
    assert embed_timelines(content, name, load_file).content == content
    return content.decode()


MARKERS = "<!-- timeline:start style=diagram as-of=2027-01-05 -->", "<!-- timeline:end -->"


def test_a_document_has_the_diagram_as_one_block_of_html() -> None:
    text = embedded("page.md", *MARKERS)
    tokens = MarkdownIt("commonmark").parse(text)
    (svg,) = [token.content for token in tokens if "<svg" in token.content]
    assert svg.startswith('<div class="timeline timeline-diagram">\n<svg ')
    assert svg.rstrip().endswith("</svg>\n</div>")
    assert not re.search(r"\{\{|\}\}|\{%|\{#", svg)
    assert "<b>" not in svg
    assert 'role="img"' in svg
    assert links(svg) == []


def test_a_document_of_mdx_has_the_diagram_as_an_element() -> None:
    text = embedded("page.mdx", "{/* timeline:start style=diagram */}", "{/* timeline:end */}")
    (line,) = [line for line in text.splitlines() if "svg" in line]
    match = re.fullmatch(
        r'<div className="timeline timeline-diagram" '
        r"dangerouslySetInnerHTML=\{\{__html: (\".*\")\}\} />",
        line,
    )
    assert match
    assert json.loads(match[1]).startswith("<svg ")
    assert not set("<{}") & set(match[1])


def test_blocks_have_no_empty_lines_and_no_braces_in_texts() -> None:
    svg = "<svg>\n\n<style>\na {b:c}\n\n</style>\n<text>{{ x }}</text>\n</svg>\n"
    assert html_block(svg) == (
        '<div class="timeline timeline-diagram">\n<svg>\n<style>\na {b:c}\n</style>\n'
        "<text>&#123;&#123; x &#125;&#125;</text>\n</svg>\n</div>\n"
    )
    assert "{{ x" not in mdx_block(svg)
