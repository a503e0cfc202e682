"""Every rule has a page, and the examples of a page give what it states."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.loading import load_text
from support.paths import ROOT
from timeline.diagnostics import rules
from timeline.diagnostics.catalog import RulePage, rule_page, rules_by_code
from timeline.diagnostics.rules import Rule, Severity
from timeline.embed.document import embed_timelines
from timeline.publishing import load_events_file
from timeline.source.files import UnreadableFile

if TYPE_CHECKING:
    from timeline.compiler.pipeline import Loaded

SOURCE = ROOT / "src" / "timeline"

WITHOUT_EXAMPLES = {
    "encoding": "the page is UTF-8 itself",
    "included-key": "it takes two files",
    "too-deep": "it takes more than a hundred brackets",
    "too-large": "it takes more than 48 MiB",
    "too-long": "it takes more than a thousand characters",
    "too-many": "it takes more than a thousand errors",
}
"""Codes whose pages are words alone, and why."""

PAGES = {code: rule_page(rule) for code, rule in rules_by_code().items()}
"""The page of every rule by its code."""


def blocks(page: RulePage, language: str) -> list[str]:
    """Return the examples of a page in a language: none, or a wrong one and the right one."""
    parts = f"\n{page.examples}".split(f"\n```{language}\n")[1:]
    return [part.partition("\n```")[0] + "\n" for part in parts]


DOCUMENTS = {code: page for code, page in PAGES.items() if blocks(page, "markdown")}
"""Pages about what `timeline embed` reports of Markdown documents."""

EXAMPLES = {
    code: page
    for code, page in PAGES.items()
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


def rules_in_source() -> set[str]:
    """Return the codes of the rules that a module other than their own names."""
    named = {
        node.attr
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "rules"
    }
    return {rule.code for name in named if isinstance(rule := getattr(rules, name, None), Rule)}


def load_in(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> Loaded:
    monkeypatch.chdir(folder)
    Path("more.yaml").write_text(MORE, encoding="utf-8")
    Path("events.yaml").write_text(text, encoding="utf-8")
    return load_events_file("events.yaml", selected=PAGES.keys())


def test_every_rule_is_reported_somewhere() -> None:
    assert sorted(rules_by_code().keys() - rules_in_source()) == []


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    folder = SOURCE / "diagnostics" / "rules"
    assert sorted(path.stem for path in folder.glob("*.md")) == list(rules_by_code())


def test_the_constant_of_a_rule_is_its_code() -> None:
    for name, value in vars(rules).items():
        if isinstance(value, Rule):
            assert name == value.code.upper().replace("-", "_")


def test_the_page_of_a_warning_says_that_the_calendar_is_still_written() -> None:
    for page in PAGES.values():
        says_so = "This is a warning: " in page.text
        assert says_so == (page.rule.severity is Severity.WARNING), page.rule.code


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_a_page_begins_with_one_sentence_and_explains_it(page: RulePage) -> None:
    _, _, first, _, more, *_ = page.text.split("\n")
    assert first.endswith(".")
    assert len(first) <= 100
    assert more


@pytest.mark.parametrize("page", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_the_wrong_example_has_this_diagnostic_alone(
    page: RulePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, _ = blocks(page, "yaml")
    diagnostics = load_in(tmp_path, wrong, monkeypatch).diagnostics
    assert [(diagnostic.code, diagnostic.severity) for diagnostic in diagnostics] == [
        (page.rule.code, page.rule.severity)
    ]


@pytest.mark.parametrize("page", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_the_right_example_has_no_diagnostic(
    page: RulePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, right = blocks(page, "yaml")
    assert load_in(tmp_path, right, monkeypatch).diagnostics == []


@pytest.mark.parametrize("page", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_the_documents_have_this_diagnostic_alone_and_none(page: RulePage) -> None:
    wrong, right = (
        embed_timelines(text.encode(), "page.md", load_beside) for text in blocks(page, "markdown")
    )
    assert [diagnostic.code for diagnostic in wrong.diagnostics] == [page.rule.code]
    assert right.diagnostics == []
    assert right.content is not None
    assert blocks(page, "yaml") == []


def load_beside(path: str) -> Loaded:
    if path != "events.yaml":
        raise UnreadableFile(f"cannot read `{path}`")
    return load_text(BESIDE, path)


@pytest.mark.parametrize("code", WITHOUT_EXAMPLES)
def test_a_page_of_words_alone_has_no_example(code: str) -> None:
    assert blocks(PAGES[code], "yaml") == []
