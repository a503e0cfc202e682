"""Files with errors, ``bad/<code>.yaml`` or ``bad/<code>-<variant>.yaml``, and their reports.

The text beside a file is the output of ``timeline validate``, with the counts at its end.
``pytest --update`` writes it; read it then as an author would.
"""

from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from support.paths import BAD
from timeline.diagnostics.catalog import rules_by_code
from timeline.diagnostics.placement import locate_all
from timeline.diagnostics.render import terminal
from timeline.publishing import load_events_file

if TYPE_CHECKING:
    from timeline.compiler.pipeline import Loaded

FILES = sorted(path.name for path in BAD.glob("*.yaml"))
CODES = frozenset(rules_by_code())

MIXED = {"everything.yaml", "included-mistake.yaml"}
"""Files with errors of several codes."""

WITHOUT_FILES = {
    "too-large": "it takes more than 48 MiB; tests/test_hostile.py makes them",
    "too-many": "it takes more than a thousand errors; tests/test_hostile.py makes them",
}
"""Codes without a file, and why."""

ERRORS = {
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
    59: "day-and-time",
}
"""The lines of ``everything.yaml`` with an error, and its code."""


@pytest.fixture(scope="module")
def loaded(name: str) -> Loaded:
    """Return a file, compiled once for all its tests: pytest puts them one after the other."""
    with chdir(BAD):  # so that no report names the folder of this machine
        return load_events_file(name, selected={code_of(name)})


def code_of(name: str) -> str:
    """Return the longest code that the name of a file starts with."""
    stem = name.removesuffix(".yaml")
    known = [code for code in CODES if f"{stem}-".startswith(f"{code}-")]
    return max(known, key=len, default="")


@pytest.mark.parametrize("name", FILES, scope="module")
def test_the_report_is_the_text_beside_the_file(name: str, loaded: Loaded, update: bool) -> None:
    shown = terminal.render(loaded.diagnostics, loaded.document, color=False)
    located = locate_all(loaded.diagnostics, loaded.document)
    shown += terminal.summarize([place.diagnostic for place in located]) + "\n"
    golden = BAD / name.replace(".yaml", ".txt")
    if update:
        golden.write_text(shown, encoding="utf-8", newline="\n")
    assert golden.read_text(encoding="utf-8") == shown


@pytest.mark.parametrize("name", [name for name in FILES if name not in MIXED], scope="module")
def test_a_file_has_only_the_error_of_its_name(name: str, loaded: Loaded) -> None:
    assert {diagnostic.code for diagnostic in loaded.diagnostics} == {code_of(name)}


@pytest.mark.parametrize("name", FILES, scope="module")
def test_every_diagnostic_has_a_place_and_a_help(name: str, loaded: Loaded) -> None:
    for diagnostic, span, _ in locate_all(loaded.diagnostics, loaded.document):
        assert diagnostic.help, (name, diagnostic.message)
        assert loaded.document.line(span.file, span.line) is not None
        assert not diagnostic.message.endswith(".")
        assert diagnostic.message.lower()[:1] == diagnostic.message[:1]
        assert "invalid" not in diagnostic.message.lower()
        assert "illegal" not in diagnostic.message.lower()


def test_every_code_has_a_file() -> None:
    shown = {code_of(name) for name in FILES if name not in MIXED}
    # Those of Markdown documents are in `bad/embed`, see embed/test_document.py.
    shown |= {code for code in CODES if (BAD / "embed" / f"{code}.md").exists()}
    assert sorted(shown) == sorted(CODES - WITHOUT_FILES.keys())


def test_every_text_is_beside_a_file(update: bool) -> None:
    if update:
        pytest.skip("other tests write the golden files now")
    assert sorted(path.stem for path in BAD.glob("*.txt")) == sorted(
        path.stem for path in BAD.glob("*.yaml")
    )


@pytest.mark.parametrize("name", ["everything.yaml"], scope="module")
def test_one_run_reports_each_of_many_errors_once(name: str, loaded: Loaded) -> None:
    located = [
        (span.line, diagnostic.code)
        for diagnostic, span, _ in locate_all(loaded.diagnostics, loaded.document)
    ]
    assert located == list(ERRORS.items()), name
    assert not loaded.is_sound
