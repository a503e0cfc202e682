"""Three renderers make the same page of our Markdown, and no author's text leaves its place in any.

Two read CommonMark: markdown-it, which MyST is made of, and mistletoe.
Python-Markdown, which MkDocs and its forks use, does not: it nests by four blanks, and fewer signs
can be escaped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import markdown
import mistletoe
import pytest
from hypothesis import example, given
from markdown_it import MarkdownIt

from support.isolates import without_isolates
from support.markdown import AUTHORS, EXTENSIONS, SIGNS, plain, rendered, written
from support.paths import ROOT
from support.rendered import Page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.engines

GOLDENS = [*sorted(ROOT.glob("tests/cases/*/*.md")), *sorted(ROOT.glob("dist/*.md"))]

RENDERERS: dict[str, Callable[[str], str]] = {
    "markdown-it": MarkdownIt("commonmark").enable("table").render,
    "mistletoe": mistletoe.markdown,
    "Python-Markdown": markdown.Markdown(extensions=["tables", "fenced_code"]).convert,
}

"""All that sites add to Python-Markdown which gives signs of an author a meaning."""


def pages(text: str, linked_text: str = "") -> dict[str, Page]:
    return {name: Page(render(text), linked_text) for name, render in RENDERERS.items()}


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: str(path.relative_to(ROOT)))
def test_all_renderers_make_the_same_of_a_golden(path: Path) -> None:
    expected, *others = pages(path.read_text(encoding="utf-8")).values()
    for page in others:
        assert page.outline == expected.outline
        assert page.text == expected.text
        assert page.targets == expected.targets


def filled(text: str, authors: dict[str, str]) -> str:
    """Put what an author wrote where the text without signs stands, without blanks."""
    for name, value in plain(authors).items():
        if name != "text":
            text = text.replace(value, "".join(authors[name].split()))
    paragraphs = [
        "".join(line.split()) for line in authors["text"].splitlines() if line.strip()
    ] * 2
    first, *pieces = text.split("QLINEQ")
    return first + "".join(line + piece for line, piece in zip(paragraphs, pieces, strict=True))


@pytest.mark.parametrize("style", ["list", "table"])
@given(AUTHORS)
@example(SIGNS)
@example({**SIGNS, "text": "https://x.orgé"})
def test_no_text_leaves_its_place_in_any_renderer(style: str, authors: dict[str, str]) -> None:
    rendered_pages = pages(rendered(written(authors), style=style), authors["text"])
    expected = pages(rendered(written(plain(authors)), style=style))
    for name, page in rendered_pages.items():
        assert page.outline == expected[name].outline, name
        assert page.targets == expected[name].targets, name
        whole = filled(expected[name].text, authors)
        assert without_isolates(page.text) == without_isolates(whole), name


WITH_ALL = markdown.Markdown(
    extensions=EXTENSIONS, extension_configs={"pymdownx.snippets": {"check_paths": True}}
)


def outline(text: str, linked_text: str = "") -> list[str]:
    """Return the elements of a page; a formula counts as the text that the author wrote."""
    page = Page(WITH_ALL.reset().convert(text), linked_text)
    return page.outline


@pytest.mark.parametrize("style", ["list", "table"])
@given(AUTHORS)
@example(SIGNS)
def test_no_extension_finds_markup_in_a_text(style: str, authors: dict[str, str]) -> None:
    parsed = outline(rendered(written(authors), style=style), authors["text"])
    assert parsed == outline(rendered(written(plain(authors)), style=style))


def test_a_golden_has_every_style_and_nesting() -> None:
    texts = [path.read_text(encoding="utf-8") for path in GOLDENS]
    assert any(re.search("^        -   ", text, re.MULTILINE) for text in texts)
    assert any(re.search(r"^\| --- ", text, re.MULTILINE) for text in texts)
