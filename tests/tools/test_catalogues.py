"""Catalogues: complete, up to date, and refused when they would lose a part of a phrase."""

from __future__ import annotations

import ast
import io
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog

from timeline.model.words.catalogues import catalogue_tags, phrases_of
from timeline.model.words.cldr import CldrDates
from tools.catalogues import __main__ as catalogues
from tools.catalogues.compile import LOCALE, catalogue_errors, compile_catalogues
from tools.docs import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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
        ("until {date}", "bis {date} {date}", "repeats {date}"),
        ("until {date}", "bis {0}", "lacks {date}"),
        ("until {date}", "bis {date:>30}", "lacks {date}"),
        ("until {date}", "bis {date.__class__}", "lacks {date}"),
        ("until {date}", "bis {date[0]}", "lacks {date}"),
        ("until {date}", "bis {{date}}", "lacks {date}"),
        ("until {date}", " bis {date}", "a space at an end"),
        ("until", " ", "a space at an end"),
        *(
            ("until {date}", f"bis {control}{{date}}", "a bidirectional control character")
            for control in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069"
        ),
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
    assert not (tmp_path / "de" / "timeline.mo").exists()


@pytest.fixture
def build(tmp_path: Path) -> Callable[[str, str], subprocess.CompletedProcess[str]]:
    """Return a function that builds the catalogues after a change of the German one.

    The hook of hatch is run as the build runs it, with the base class of hatchling alone made up.
    """
    for name in ("hatch_build.py", "tools/__init__.py", "tools/catalogues", "src/timeline/locale"):
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
        else:
            shutil.copy(source, target)

    def run(old: str, new: str) -> subprocess.CompletedProcess[str]:
        path = tmp_path / "src/timeline/locale/de/timeline.po"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-c", BUILD],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


BUILD = """
import sys, types
names = ["hatchling", "builders", "hooks", "plugin", "interface"]
for end in range(1, 6):
    name = ".".join(names[:end])
    module = sys.modules[name] = types.ModuleType(name)
class BuildHookInterface:
    target_name = "wheel"
    def __class_getitem__(cls, _): return cls
module.BuildHookInterface = BuildHookInterface
from hatch_build import CatalogueHook
data = {"artifacts": []}
CatalogueHook().initialize("standard", data)
print(data["artifacts"])
"""


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('"bis {date}"', '"bis"', "the translation of 'until {date}' lacks {date}"),
        ('"bis {date}"', '"bis {datum}"', "lacks {date}"),
        ('"bis {date}"', '"bis {date} {day}"', "has the unknown {day}"),
        ('"bis {date}"', '"bis \u202e{date}"', "a bidirectional control character"),
        ('"bis {date}"', '"bis\\n{date}"', "a control character"),
        ('"bis {date}"', '"bis {date}', "de"),  # not a catalogue
    ],
)
def test_a_wrong_catalogue_fails_the_build(
    build: Callable[[str, str], subprocess.CompletedProcess[str]], old: str, new: str, error: str
) -> None:
    done = build(old, new)
    assert done.returncode == 1
    assert error in done.stderr


def test_the_build_has_every_catalogue(
    build: Callable[[str, str], subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    done = build('"bis {date}"', '"bis zum {date}"')
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "['src/timeline/locale/*/timeline.mo']\n"
    made = {path.parent.name for path in tmp_path.glob("src/timeline/locale/*/timeline.mo")}
    assert made == set(catalogue_tags())


MOST_BYTES = 100_000
"""How much the languages may add to the wheel."""


def test_the_languages_add_little_to_the_wheel() -> None:
    folder = ROOT / "src" / "timeline"
    added = [*folder.glob("locale/*/timeline.mo"), *folder.glob("model/words/*.py")]
    added += [folder / "cli" / name for name in ("languages.py", "words.py", "words.yaml")]
    assert len(added) > 20
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in added:
            archive.write(path, path.relative_to(ROOT / "src"))
    assert len(wheel.getvalue()) < MOST_BYTES
