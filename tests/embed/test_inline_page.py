"""The list of the page within another page: in Python-Markdown, in Sphinx, and between markers."""

# ruff: noqa: RUF001 - the en dash is the page's

from __future__ import annotations

import json
import re
from pathlib import Path

import markdown
import pytest
from markdown_it import MarkdownIt

from support.engines import run_engine
from support.loading import calendar_of_file
from support.pages import HOSTILE, SEASON, read_page
from timeline.compiler.pipeline import load_file
from timeline.embed.document import embed_timelines

EVENTS = """\
calendar: {id: x.org, name: "X {{ y }}", language: en, timezone: Europe/Berlin}
categories: {race: {}, team: {}}
events:
  - id: rally
    summary: {en: "Rally {% z %} <b> &lt;", de: Rallye}
    start: 2027-01-03
    end: 2027-01-17
    categories: [race]
    sources: [{title: A, url: "https://example.org/a"}]
    events:
      - {id: prologue, summary: Prologue, start: 2027-01-03T09:00, status: tentative}
  - {id: car, summary: Car, start: 2027-Q2, url: "https://example.org/car", categories: [team]}
  - {id: secret, summary: Hidden, start: 2027-05-01, class: private}
  - {id: open, summary: Open, start: TBC}
"""
PAGE = "```timeline\nstyle: page\n```\n"
DIAGRAM = "```timeline\nstyle: diagram\nid: rally, prologue, car, open\n```\n"
LISTED = ["event-rally", "event-prologue", "event-car", "event-open"]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "events.yaml").write_text(EVENTS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def converted(*blocks: str) -> str:
    page = "# Page\n\n" + "\n".join(blocks)
    return markdown.markdown(page, extensions=["timeline", "fenced_code", "toc", "admonition"])


def shown(page: str) -> list[str]:
    return [item.attributes.get("id", "") for item in read_page(page).all("li", "timeline-event")]


def links(page: str) -> list[str]:
    return re.findall(r'<a href="#(event-[^"]*)" tabindex', page)


@pytest.mark.parametrize("blocks", [(DIAGRAM, PAGE), (PAGE, DIAGRAM)])
def test_each_event_can_be_linked_and_a_diagram_does(blocks: tuple[str, ...]) -> None:
    page = converted(*blocks)
    assert shown(page) == LISTED
    assert sorted(set(links(page))) == sorted(LISTED)


def test_an_event_has_its_anchor_once_in_a_page() -> None:
    page = converted(PAGE, PAGE, "```timeline\n```\n")
    assert [name for name in shown(page) if name] == [*LISTED, "event-secret"]


def test_a_list_without_events_says_so() -> None:
    empty = PAGE.replace("page\n", "page\nid: secret\n")
    assert "<p>No events.</p>" in converted(empty)
    assert "<p>No events.</p>" not in converted(PAGE)


def test_the_list_is_complete_and_the_words_of_authors_are_no_markup() -> None:
    page = read_page(converted(PAGE))
    (item,) = page.all("li", "timeline-c1")
    assert item.all("div", "timeline-name")[0].text == "Rally {% z %} <b> &lt; [1]"
    assert item.all("div", "timeline-when")[0].all("strong")[0].text == "3–17 January"
    times = [time.attributes["datetime"] for time in item.all("time")]
    assert times == ["2027-01-03", "2027-01-17", "2027-01-03T09:00+01:00"]
    assert "tentative" in item.all("li")[0].text
    car = page.by_id("event-car")
    assert car.all("a")[0].attributes["href"] == "https://example.org/car"
    assert "day not known yet" in car.text
    assert [heading.text for heading in page.all("h2")] == ["2027", "Date to be confirmed"]
    assert page.all("ol")[0].all("li")[0].text == "A"
    assert "Hidden" not in page.text
    assert page.all("script") == page.all("style") == []


def test_years_are_in_the_table_of_contents() -> None:
    page = converted("[TOC]\n", PAGE)
    (toc,) = read_page(page).all("div", "toc")
    assert [link.text for link in toc.all("a")] == ["Page", "2027", "Date to be confirmed"]


@pytest.mark.parametrize(
    ("option", "ids", "words"),
    [
        ("id: car, open", ["event-car", "event-open"], ["Q2"]),
        ("id: rally\nweekdays: true", ["event-rally"], ["Sun–Sun"]),
        ("id: rally\nlanguage: de", ["event-rally"], ["Rallye", "3.–17. Januar"]),
        ("id: rally, car\nas-of: 2027-01-05", ["event-rally", "event-car"], ["now", "next"]),
        ("next: 1\nas-of: 2027-01-20", ["event-car"], ["next"]),
        ("category: team\nheading-level: 4", ["event-car"], ["2027"]),
    ],
)
def test_options_are_those_of_the_other_styles(
    option: str, ids: list[str], words: list[str]
) -> None:
    page = converted(f"```timeline\nstyle: page\n{option}\n```\n")
    assert shown(page) == ids
    assert all(word in read_page(page).text for word in words)
    assert ("<h4" in page) is ("heading-level" in option)


def test_states_are_classes_as_in_the_other_styles() -> None:
    page = converted("```timeline\nstyle: page\nas-of: 2027-01-05\n```\n")
    classes = {item.attributes["id"]: item.classes for item in read_page(page).all("li")[:-1]}
    assert classes["event-rally"] == ["timeline-event", "timeline-c1", "timeline-now"]
    assert classes["event-prologue"] == ["timeline-event", "timeline-tentative", "timeline-past"]
    assert classes["event-car"] == ["timeline-event", "timeline-c2", "timeline-next"]


def test_it_may_be_in_an_item_and_in_an_admonition() -> None:
    inner = PAGE.replace("\n", "\n    ").rstrip()
    page = read_page(converted(f"1.  One\n\n    {inner}\n\n!!! note\n\n    {inner}\n\nAfter.\n"))
    assert len(page.all("ol")[0].all("li", "timeline-event")) == 4
    assert len(page.all("div", "admonition")[0].all("li", "timeline-event")) == 4


def test_busy_years_have_months_below_the_level_of_the_years() -> None:
    Path("events.yaml").write_text(SEASON.read_text(encoding="utf-8"), encoding="utf-8")
    page = read_page(converted("```timeline\nstyle: page\nheading-level: 3\n```\n"))
    assert page.all("h4", "timeline-month")[0].text == "December"
    assert len(page.all("li", "timeline-event")) == 60


GITHUB = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "br", "ul", "ol", "li"),
    *("a", "strong", "small", "sup", "s", "q", "time"),
}
"""Elements that GitHub leaves in a page; it removes classes, styles and all other elements."""


def test_every_element_is_one_that_github_leaves() -> None:
    for file in (SEASON, HOSTILE):
        Path("events.yaml").write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
        names = {element.name for element in read_page(converted(PAGE)).all()}
        assert names <= GITHUB


def test_no_word_of_a_hostile_file_is_markup() -> None:
    Path("events.yaml").write_text(HOSTILE.read_text(encoding="utf-8"), encoding="utf-8")
    for text in (converted(PAGE), embedded("a.md", *MARKERS)):
        page = read_page(text)
        assert len(page.all("li", "timeline-event")) == len(calendar_of_file(HOSTILE).events)
        assert page.all("script") == page.all("img") == []
        assert not any(name.startswith("on") for e in page.all() for name in e.attributes)


# Between markers.

MARKERS = "<!-- timeline:start style=page -->", "<!-- timeline:end -->"


def embedded(name: str, start: str, end: str, more: str = "") -> str:
    text = f"# A\n\n{start}\nold\n{end}\n\nEnd.\n{more}"
    content = embed_timelines(text.encode(), name, load_file).content
    assert content is not None
    assert embed_timelines(content, name, load_file).content == content
    return content.decode()


def test_a_document_has_the_list_as_one_block_of_html() -> None:
    text = embedded("page.md", *MARKERS)
    tokens = MarkdownIt("commonmark").parse(text)
    (html,) = [token.content for token in tokens if "timeline-page" in token.content]
    assert html.startswith(
        '<div class="timeline timeline-page" dir="ltr" lang="en">\n<h2>2027</h2>'
    )
    assert html.rstrip().endswith("</div>")
    assert shown(html) == LISTED
    assert not re.search(r"\{\{|\}\}|\{%|\{#", html)
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1"]


@pytest.mark.parametrize("is_first", [True, False])
def test_a_diagram_of_a_document_leads_to_its_list(is_first: bool) -> None:
    ids = "rally,prologue,car,open"
    start = f"<!-- timeline:start style=diagram id={ids} -->"
    diagram = f"\n{start}\n{MARKERS[1]}\n"
    text = f"# A\n\n{MARKERS[0]}\n{MARKERS[1]}\n"
    content = (diagram + text if is_first else text + diagram).encode()
    once = embed_timelines(content, "page.md", load_file).content
    assert once is not None
    assert embed_timelines(once, "page.md", load_file).content == once
    assert sorted(set(links(once.decode()))) == sorted(LISTED)


def test_a_document_of_mdx_has_the_list_as_an_element() -> None:
    text = embedded("page.mdx", "{/* timeline:start style=page */}", "{/* timeline:end */}")
    (line,) = [line for line in text.splitlines() if "timeline-page" in line]
    match = re.fullmatch(
        r'<div className="timeline timeline-page" dir="ltr" lang="en" '
        r"dangerouslySetInnerHTML=\{\{__html: (\".*\")\}\} />",
        line,
    )
    assert match
    assert shown(json.loads(match[1])) == LISTED


# Sphinx.


@pytest.mark.engines
def test_sphinx_shows_the_list_and_other_outputs_a_plain_one(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text('extensions = ["myst_parser", "timeline.sphinx"]\n')
    block = "```{{timeline}}\n:style: {}\n```\n\n"
    diagram = block.format("diagram\n:id: rally, prologue, car, open")
    (tmp_path / "index.md").write_text(
        f"# X\n\n{diagram}{block.format('page')}{{ref}}`event-car` follows.\n\n"
        f"```{{toctree}}\nmore\n```\n"
    )
    (tmp_path / "more.rst").write_text("More\n====\n\n.. timeline::\n   :style: page\n")
    done = run_engine(tmp_path, "sphinx", "-q", "-W", "-n", ".", "out")
    assert done.returncode == 0, done.stderr
    page = read_page((tmp_path / "out/index.html").read_text(encoding="utf-8"))
    html = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert shown(html) == LISTED
    assert sorted(set(links(html))) == sorted(LISTED)
    # What follows is not in the section of the last year.
    (link,) = [link for link in page.all("a", "reference") if link.text == "Car"]
    around = link.parent
    while around is not None and around.name != "section":
        around = around.parent
    assert around is not None
    assert around.attributes["id"] == "x"
    more = read_page((tmp_path / "out/more.html").read_text(encoding="utf-8"))
    (section,) = more.by_id("more").all("section")[:1]
    assert section.all("h2")[0].text.startswith("2027")
    assert [item.attributes["id"] for item in section.all("li", "timeline-event")] == LISTED[:3]
    done = run_engine(tmp_path, "sphinx", "-q", "-W", "-b", "text", ".", "plain")
    assert done.returncode == 0, done.stderr
    assert "* **3–17 January 2027** — Rally" in (tmp_path / "plain/more.txt").read_text("utf-8")
