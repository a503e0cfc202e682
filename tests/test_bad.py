"""What is said of wrong files: ``bad/<code>.yaml`` or ``bad/<code>-<variant>.yaml``, and ``.txt``.

The text beside each file is all that ``timeline validate`` prints of it, with the counts it ends
with. ``pytest --update`` writes it; then it is to be read as an author would.
"""

from __future__ import annotations

import pytest

from support.paths import BAD
from timeline.compiler.pipeline import Loaded, load_file
from timeline.diagnostics.catalog import rules_by_code
from timeline.diagnostics.placement import locate_all
from timeline.diagnostics.render import terminal

FILES = sorted(path.name for path in BAD.glob("*.yaml"))
CODES = frozenset(rules_by_code())

MIXED = {"everything.yaml", "included-mistake.yaml"}
"""Files that are not about one code."""

WITHOUT_FILES = {
    "too-large": "it takes more than 48 MiB; tests/test_source.py makes them",
    "too-many": "it takes more than a thousand mistakes; tests/test_hostile.py makes them",
}
"""Codes that no file here shows, and why."""

MISTAKES = {
    8: "no-such-date",  # 2025-13-45
    11: "no-such-date",  # 2025-02-30
    14: "no-such-date",  # 2025-Q5
    17: "interval",
    21: "end-before-start",
    22: "duplicate-id",
    28: "duplicate-key",
    30: "unknown-key",  # sumary
    34: "circle",
    40: "unknown-event",
    48: "outside-parent",
    51: "missing-zone",
    54: "empty-value",  # start
    58: "day-and-time",
}
"""The lines of ``everything.yaml`` that hold a mistake, one each."""


@pytest.fixture
def loaded(name: str, monkeypatch: pytest.MonkeyPatch) -> Loaded:
    monkeypatch.chdir(BAD)  # so that no report names the folder of this machine
    return load_file(name)


def code_of(name: str) -> str:
    """The longest code that the name of a file begins with."""
    stem = name.removesuffix(".yaml")
    known = [code for code in CODES if f"{stem}-".startswith(f"{code}-")]
    return max(known, key=len, default="")


@pytest.mark.parametrize("name", FILES)
def test_the_report_is_the_text_beside_the_file(name: str, loaded: Loaded, update: bool) -> None:
    shown = terminal.render(loaded.diagnostics, loaded.document, color=False)
    told = locate_all(loaded.diagnostics, loaded.document)
    shown += terminal.summarize([one.diagnostic for one in told]) + "\n"
    golden = BAD / name.replace(".yaml", ".txt")
    if update:
        golden.write_text(shown, encoding="utf-8", newline="\n")
    assert golden.read_text(encoding="utf-8") == shown


@pytest.mark.parametrize("name", [name for name in FILES if name not in MIXED])
def test_a_file_has_the_mistake_of_its_name_alone(name: str, loaded: Loaded) -> None:
    assert {found.code for found in loaded.diagnostics} == {code_of(name)}


@pytest.mark.parametrize("name", FILES)
def test_every_mistake_is_told_at_a_place_and_with_what_to_do(name: str, loaded: Loaded) -> None:
    for found, span, _ in locate_all(loaded.diagnostics, loaded.document):
        assert found.help, (name, found.message)
        assert loaded.document.line(span.file, span.line) is not None
        assert not found.message.endswith(".")
        assert found.message.lower()[:1] == found.message[:1]
        assert "invalid" not in found.message.lower()
        assert "illegal" not in found.message.lower()


def test_every_code_has_a_file() -> None:
    shown = {code_of(name) for name in FILES if name not in MIXED}
    # What is said of Markdown documents has them in `bad/embed`, see test_embed.py.
    shown |= {code for code in CODES if (BAD / "embed" / f"{code}.md").exists()}
    assert sorted(shown) == sorted(CODES - WITHOUT_FILES.keys())


def test_every_text_is_beside_a_file() -> None:
    assert sorted(path.stem for path in BAD.glob("*.txt")) == sorted(
        path.stem for path in BAD.glob("*.yaml")
    )


@pytest.mark.parametrize("name", ["everything.yaml"])
def test_one_run_tells_each_of_many_mistakes_once(name: str, loaded: Loaded) -> None:
    told = [
        (span.line, found.code)
        for found, span, _ in locate_all(loaded.diagnostics, loaded.document)
    ]
    assert told == list(MISTAKES.items()), name
    assert not loaded.is_sound
