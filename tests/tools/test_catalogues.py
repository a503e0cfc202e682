"""Catalogues: complete, up to date, and refused when they would lose a part of a phrase."""

import ast
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from timeline.model.words.catalogues import catalogue_tags, phrases_of
from timeline.model.words.cldr import CldrDates
from tools.catalogues import __main__ as catalogues
from tools.catalogues.compile import LOCALE, catalogue_errors, compile_catalogues
from tools.docs import ROOT


def test_the_catalogues_have_the_phrases_of_the_code_and_a_translation_of_each() -> None:
    assert catalogues.main(["--check"]) == 0


def test_the_phrases_are_those_of_all_calls() -> None:
    """Babel reads tokens, so it misses a call within an f-string and a name with a value."""
    called = set()
    for path in sorted((ROOT / "src" / "timeline").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ("phrase", "_phrase"):
                assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}"
                called.add(node.args[0].value)
    assert called == {str(message.id) for message in catalogues.collect_phrases() if message.id}


@pytest.mark.parametrize("tag", catalogue_tags())
def test_a_compiled_catalogue_is_that_of_its_text(tag: str) -> None:
    before = (LOCALE / tag / "timeline.mo").read_bytes()
    compile_catalogues()
    assert (LOCALE / tag / "timeline.mo").read_bytes() == before
    assert phrases_of(tag)
    assert CldrDates(tag.replace("-", "_"))


def catalogue(phrase: str, translation: str) -> Catalog:
    made = Catalog("de")
    made.add(phrase, translation)
    return made


@pytest.mark.parametrize(
    ("phrase", "translation", "error"),
    [
        ("until {date}", "bis", "lacks {date}"),
        ("until {date}", "bis {datum}", "lacks {date}"),
        ("{first} and {last}", "{last}", "lacks {first}"),
        ("no end", "ohne {date}", "has the unknown {date}"),
        ("until {date}", "bis {date} {date!r}", "has the unknown {date!r}"),
        ("until {date}", "bis {date} {date.day}", "has the unknown {date.day}"),
        ("until {date}", "bis {date", "lacks {date}"),
        ("until {date}", "bis {}", "lacks {date}"),
        ("until {date}", "\u202ebis {date}", "a bidirectional control character"),
        ("until {date}", "bis {date}\u2069", "a bidirectional control character"),
        ("until {date}", "bis\n{date}", "a control character"),
    ],
)
def test_a_translation_that_would_lose_something_is_refused(
    phrase: str, translation: str, error: str
) -> None:
    (problem,) = catalogue_errors(catalogue(phrase, translation))
    assert error in problem


def test_a_wrong_catalogue_stops_the_build_and_names_its_place(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "timeline.po").write_text(
        'msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "until {date}"\nmsgstr "bis"\n',
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match=r"de/timeline\.po: 4: .*until \{date\}.* lacks \{date\}"):
        compile_catalogues(tmp_path)
