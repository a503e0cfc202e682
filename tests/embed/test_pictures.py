"""Diagrams of several widths, as pictures: between markers, in Python-Markdown and in Sphinx."""

from __future__ import annotations

import re
from base64 import b64decode
from html import unescape
from pathlib import Path

import markdown
import pytest
from markdown_it import MarkdownIt

from support.command import Done
from support.engines import run_engine
from timeline.compiler.pipeline import load_file
from timeline.embed.document import embed_timelines
from timeline.publishing.output_settings import load_events_file

HEAD = """\
calendar: {id: x.org, name: 'X "{{ y }}" <b>'}
events:
  - {id: rally, summary: Rally, start: 2027-01-03, end: 2027-01-17, categories: [race]}
  - {id: open, summary: Open, start: TBC}
outputs:
"""
TWO = """\
  svg:
    - {path: 'img/a b,c.svg'}
    - {path: img/narrow.svg, width: 360, layout: rows}
"""
BLOCK = "```timeline\nstyle: diagram\n```\n"
LIST = "```timeline\n```\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(TWO)


def write(outputs: str) -> None:
    Path("events.yaml").write_text(HEAD + outputs, encoding="utf-8")


def embedded(options: str = "", name: str = "page.md") -> str:
    start, end = f"<!-- timeline:start style=diagram{options} -->", "<!-- timeline:end -->"
    if name.endswith("mdx"):
        start, end = f"{{/* timeline:start style=diagram{options} */}}", "{/* timeline:end */}"
    text = f"# A\n\n{start}\n{end}\n\nEnd.\n"
    content = embed_timelines(text.encode(), name, load_events_file).content
    assert content is not None
    assert embed_timelines(content, name, load_events_file).content == content
    return content.decode()


def sources(text: str) -> list[tuple[str, str]]:
    """Return the medium and the address of each source, and the address of the image."""
    image = re.findall(r'<img src="([^"]*)"', text)
    narrow = re.findall(r'<source media="([^"]*)" srcset="([^"]*)">', text)
    return [*narrow, *(("", address) for address in image)]


def drawn_width(address: str) -> str:
    svg = b64decode(address.removeprefix("data:image/svg+xml;base64,")).decode()
    (width,) = re.findall(r'^<svg [^>]* width="(\d+)"', svg)
    return str(width)


def test_a_document_refers_to_both_files() -> None:
    text = embedded()
    assert sources(text) == [
        ("(max-width: 600px)", "img/narrow.svg"),
        ("", "img/a%20b%2Cc.svg"),
    ]
    assert "<svg" not in text


def test_the_files_are_those_that_the_export_writes() -> None:
    assert Done("export").code == 0
    assert {str(path) for path in Path("img").iterdir()} == {"img/a b,c.svg", "img/narrow.svg"}
    assert (
        Path("img/narrow.svg").read_bytes().startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    )


def test_addresses_start_from_the_folder_of_the_document() -> None:
    assert sources(embedded(name="docs/deep/page.md"))[0][1] == "../../img/narrow.svg"


def test_an_output_without_a_path_is_in_the_folder_of_the_outputs() -> None:
    write("  directory: out\n  svg: [{}, {path: n.svg, width: 400}]\n")
    assert sources(embedded()) == [("(max-width: 620px)", "n.svg"), ("", "out/events.svg")]


def test_of_three_widths_each_has_its_screens() -> None:
    write("  svg: [{path: c.svg, width: 1200}, {path: a.svg, width: 360}, {path: b.svg}]\n")
    assert sources(embedded()) == [
        ("(max-width: 600px)", "a.svg"),
        ("(max-width: 1020px)", "b.svg"),
        ("", "c.svg"),
    ]


@pytest.mark.parametrize(
    "outputs",
    [
        "  svg: true\n",
        "  svg: {path: a.svg, width: 360}\n",
        "  svg: [{path: a.svg}, {path: b.svg, layout: lanes}]\n",
        "  csv: true\n",
    ],
)
def test_without_a_second_width_the_document_contains_the_drawing(outputs: str) -> None:
    write(outputs)
    text = embedded()
    assert "<svg" in text
    assert "<picture" not in text


@pytest.mark.parametrize(
    "options",
    [" id=rally", " category=race", " from=2027", " as-of=2027-01-05", " language=de"],
)
def test_what_the_files_do_not_show_is_drawn_in_the_document(options: str) -> None:
    text = embedded(options)
    assert "<svg" in text
    assert "<picture" not in text


def test_mdx_has_the_drawing_in_the_document() -> None:
    assert "__html:" in embedded(name="page.mdx")


def test_the_alternative_text_is_the_name_and_the_description() -> None:
    (text,) = re.findall(r'alt="([^"]*)"', embedded())
    assert not set("<{}") & set(text)
    assert unescape(text) == (
        'X "{{ y }}" <b>. A timeline of 2 events. Rally: 3–17 January 2027. '  # noqa: RUF001
        "Open: date to be confirmed."
    )


def test_a_picture_is_one_block_of_html() -> None:
    tokens = MarkdownIt("commonmark").parse(embedded())
    (block,) = [token.content for token in tokens if "<picture" in token.content]
    assert block.startswith('<div class="timeline timeline-diagram">\n<picture>\n')
    assert block.rstrip().endswith("</picture>\n</div>")


def test_a_file_that_was_read_without_its_outputs_has_no_picture() -> None:
    text = "<!-- timeline:start style=diagram -->\n<!-- timeline:end -->\n"
    content = embed_timelines(text.encode(), "page.md", load_file).content
    assert content is not None
    assert b"<svg" in content


@pytest.mark.parametrize("others", ["", LIST])
def test_a_page_of_python_markdown_contains_both_drawings(others: str) -> None:
    text = f"# Page\n\n{BLOCK}\n{others}"
    page = markdown.markdown(text, extensions=["timeline", "fenced_code", "toc"])
    (medium, narrow), (_, wide) = sources(page)
    assert medium == "(max-width: 600px)"
    assert (drawn_width(narrow), drawn_width(wide)) == ("360", "840")
    assert "<svg" not in page


def test_a_drawing_in_a_page_has_the_events_and_the_day_of_its_options() -> None:
    block = "```timeline\nstyle: diagram\nid: rally\nas-of: 2027-01-05\n```\n"
    page = markdown.markdown(block, extensions=["timeline", "fenced_code"])
    svg = b64decode(sources(page)[0][1].partition(",")[2]).decode()
    assert "today, 5 January 2027" in svg
    assert "A timeline of 1 event." in svg


@pytest.mark.engines
def test_a_page_of_sphinx_contains_both_drawings(tmp_path: Path) -> None:
    block = "```{timeline}\n:style: diagram\n```\n"
    (tmp_path / "conf.py").write_text('extensions = ["myst_parser", "timeline.sphinx"]\n')
    (tmp_path / "index.md").write_text(f"# X\n\n{block}")
    done = run_engine(tmp_path, "sphinx", "-q", "-W", ".", "out")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert [drawn_width(address) for _, address in sources(page)] == ["360", "840"]


def test_an_engine_reports_what_is_wrong_with_the_outputs(caplog: pytest.LogCaptureFixture) -> None:
    write("  svg: {width: 100}\n")
    markdown.markdown(BLOCK, extensions=["timeline", "fenced_code"])
    assert "`100` is not a number from 320 to 1920" in caplog.text
