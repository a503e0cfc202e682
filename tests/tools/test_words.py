"""The list of words that the project does not use: what it finds, and what may stay."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tools import words

if TYPE_CHECKING:
    from pathlib import Path

LISTED = [  # in halves, so that this file does not use them
    ("men" + "ds the file", "fix"),
    ("le" + "st it is lost", "so that … not"),
    ("begins a" + "new", "again"),
    ("For ev" + "er", "permanently"),
    ("reck" + "oned in days", "compute"),
    ("he" + "ed the zone", "apply"),
    ("to" + "ld twice", "reported, written"),
    ("two whole d" + "ays", "all-day"),
    ("small lett" + "ers", "lower-case letters"),
    ("`x` is no k" + "ey", "is not a …"),
    ("`x` is no l" + "ist", "is not a …"),
    ("`x` is no d" + "ate", "is not a …"),
]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(words, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize(("text", "instead"), LISTED)
def test_a_listed_word_is_reported_with_what_to_write(root: Path, text: str, instead: str) -> None:
    page = root / "page.md"
    page.write_text(f"# Title\n\n{text}.\n")
    (use,) = words.find_uses(page)
    assert (use.path, use.line, use.instead) == ("page.md", 3, instead)
    assert use.word in text


@pytest.mark.parametrize(
    "text", ["amended", "unto" + "ldness", "Palestine", "is no keyboard", "there is no key"]
)
def test_a_word_within_others_is_not_reported(root: Path, text: str) -> None:
    page = root / "page.md"
    page.write_text(text)
    assert list(words.find_uses(page)) == []


@pytest.mark.parametrize("name", words.IDENTIFIERS)
@pytest.mark.parametrize(
    "code",
    [
        "{} = 1",
        "for {} in (): pass",
        "def f({}): pass",
        "def {}(): pass",
        "async def {}(): pass",
        "class {}: pass",
        "import os as {}",
        "self.{} = 1",
        "({} := 1)",
    ],
)
def test_an_identifier_is_reported_where_it_is_defined(code: str, name: str) -> None:
    assert (1, name) in words.identifiers(ast.parse(code.format(name)))


@pytest.mark.parametrize("code", ["'found one'", "# each", "x = y.found", "f(each=1)"])
def test_an_identifier_is_not_reported_where_it_is_used(code: str) -> None:
    names = [name for _, name in words.identifiers(ast.parse(code))]
    assert not set(names) & set(words.IDENTIFIERS)


def test_a_file_that_is_not_utf8_is_passed_over(root: Path) -> None:
    page = root / "page.txt"
    page.write_bytes(b"\xff\xfe" + ("to" + "ld").encode())
    assert list(words.find_uses(page)) == []


def test_the_list_of_quotations_has_a_path_and_a_line_each() -> None:
    text = "# why\npage.md: a quotation: with colons\n\n"
    assert words.read_allowed(text) == {("page.md", "a quotation: with colons")}


def test_outputs_are_not_read() -> None:
    names = {path.relative_to(words.ROOT).as_posix() for path in words.text_files([])}
    assert "README.md" in names
    assert "src/timeline/__init__.py" in names
    assert not any(name.startswith("dist/") for name in names)
    assert not any(name.endswith("expected.svg") for name in names if "cases" in name)
