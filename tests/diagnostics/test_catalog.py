"""Every code has a page, and every page tells the truth."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.paths import ROOT
from timeline.compiler.pipeline import Loaded, load, understand
from timeline.diagnostics.catalog import Page, document, pages
from timeline.embed.document import embed
from timeline.source.document import Unreadable, read

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = ROOT / "src" / "timeline"

WITHOUT_EXAMPLES = {
    "encoding": "the page is UTF-8 itself",
    "included-key": "it takes two files",
    "too-deep": "it takes more than a hundred brackets",
    "too-large": "it takes more than 48 MiB",
    "too-many": "it takes more than a thousand mistakes",
}
"""Codes whose pages are words alone, and why."""

DOCUMENTS = {code: page for code, page in pages().items() if page.documents}
"""Pages about what `timeline embed` has to say of Markdown documents."""

EXAMPLES = {
    code: page
    for code, page in pages().items()
    if code not in WITHOUT_EXAMPLES and code not in DOCUMENTS
}

MORE = "events:\n  - {id: one-more, summary: One more, start: 2025-06-01}\n"
"""The file `more.yaml` that examples include."""

BESIDE = """\
calendar: {id: example.org, name: Example}
feeds: [{id: races, name: Races, categories: [rally]}]
events:
  - {id: one, summary: One, start: 2025, categories: [rally]}
  - {id: two, summary: Two, start: 2026, categories: [team]}
"""
"""The events file beside documents."""

MAKERS = {"error", "warning", "Refusal", "_report", "_say", "_missing", "_warn_of_clock"}
"""The functions that take a code, before anything else that looks like one."""


def codes_in_source() -> Iterator[str]:
    for path in SOURCE.rglob("*.py"):
        if path.name == "cli.py":  # the command line says sentences, not codes
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in MAKERS and (code := _code(node)):
                    yield code


def _code(call: ast.Call) -> str | None:
    texts = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    codes = [text for text in texts if re.fullmatch(r"[a-z]+(-[a-z]+)*", str(text))]
    return str(codes[0]) if codes else None


def load_text(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Loaded:
    monkeypatch.chdir(folder)
    Path("more.yaml").write_text(MORE, encoding="utf-8")
    Path("events.yaml").write_text(text, encoding="utf-8")
    return load("events.yaml")


def test_every_code_that_can_be_reported_has_a_page() -> None:
    assert sorted(set(codes_in_source()) - pages().keys()) == []


def test_every_page_is_of_a_code_that_can_be_reported() -> None:
    assert sorted(pages().keys() - set(codes_in_source())) == []


def test_the_pages_stand_in_alphabetical_order() -> None:
    text = (SOURCE / "diagnostics" / "explanations.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == sorted(headings)


@pytest.mark.parametrize("page", pages().values(), ids=pages().keys())
def test_a_page_begins_with_one_sentence_and_says_more(page: Page) -> None:
    _, _, first, _, more, *_ = page.text.split("\n")
    assert first.endswith(".")
    assert len(first) <= 100
    assert more


@pytest.mark.parametrize("page", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_the_wrong_example_has_this_mistake_alone(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, _ = page.examples
    found = load_text(wrong, tmp_path, monkeypatch).diagnostics
    assert [(each.code, each.severity) for each in found] == [(page.code, page.severity)]


@pytest.mark.parametrize("page", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_the_right_example_has_no_mistake(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, right = page.examples
    assert load_text(right, tmp_path, monkeypatch).diagnostics == []


@pytest.mark.parametrize("page", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_the_documents_have_this_mistake_alone_and_none(page: Page) -> None:
    wrong, right = (
        embed(text.encode(), "page.md", lambda paths: load_beside(*paths))
        for text in page.documents
    )
    assert [each.code for each in wrong.diagnostics] == [page.code]
    assert right.diagnostics == []
    assert right.content is not None
    assert page.examples == []


def load_beside(path: str, *_: str) -> Loaded:
    if path != "events.yaml":
        raise Unreadable(f"cannot read `{path}`")
    return understand(read(BESIDE.encode(), path))


@pytest.mark.parametrize("code", WITHOUT_EXAMPLES)
def test_a_page_of_words_alone_has_no_example(code: str) -> None:
    assert pages()[code].examples == []


def test_the_document_is_what_the_pages_say(update: bool) -> None:
    path = ROOT / "docs" / "diagnostics.md"
    made = "".join(document())
    if update:
        path.write_text(made, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == made, (
        "run `python -m timeline.diagnostics.catalog > docs/diagnostics.md`"
    )


def test_the_document_links_to_each_section() -> None:
    made = "".join(document())
    links = re.findall(r"\]\(#(.+?)\)", made)
    assert links == list(pages())
    assert all(f"\n## {link}\n" in made for link in links)
