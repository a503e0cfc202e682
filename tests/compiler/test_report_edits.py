"""The edits of a report are what `--fix` types: all of them together give the bytes it writes."""

from __future__ import annotations

import json
import re
import shutil
from codecs import BOM_UTF8
from contextlib import chdir, suppress
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.paths import BAD
from timeline.compiler.fix import fix_file
from timeline.compiler.pipeline import load_file
from timeline.compiler.report_edits import with_edits
from timeline.compiler.splices import Splice, Splices, splices_of_lines
from timeline.diagnostics.model import STDIN
from timeline.diagnostics.render import json as json_report
from timeline.diagnostics.render import sarif

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

FILES = sorted(path.name for path in BAD.glob("*.yaml"))
HEAD = "calendar: {id: example.org, name: Example, timezone: Asia/Riyadh}\n"

Place = tuple[int, int]
Edits = dict[str, list[tuple[Place, Place, str]]]


def edits_of_json(report: str) -> Edits:
    edits: Edits = {}
    for diagnostic in json.loads(report)["diagnostics"]:
        for edit in diagnostic["edits"]:
            start, end = ((edit[side]["line"], edit[side]["column"]) for side in ("start", "end"))
            edits.setdefault(edit["file"], []).append((start, end, edit["text"]))
    return edits


def edits_of_sarif(report: str) -> Edits:
    edits: Edits = {}
    (run,) = json.loads(report)["runs"]
    for result in run["results"]:
        for change in [c for fix in result.get("fixes", []) for c in fix["artifactChanges"]]:
            for replacement in change["replacements"]:
                region: dict[str, Any] = replacement["deletedRegion"]
                start = region["startLine"], region["startColumn"]
                end = region["endLine"], region["endColumn"]
                text = replacement["insertedContent"]["text"]
                name = change["artifactLocation"].get("uri", STDIN)
                edits.setdefault(name, []).append((start, end, text))
    return edits


def applied(content: bytes, edits: Iterable[tuple[Place, Place, str]], unit: int) -> bytes:
    """Apply edits as a program does that knows lines and columns, of ``unit`` bytes each."""
    encoding = {2: "utf-16-le", 4: "utf-32-le"}[unit]
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    try:
        text = content.removeprefix(mark).decode()
    except UnicodeDecodeError:
        ((_, _, whole),) = edits
        return whole.encode()
    lines = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    units = text.encode(encoding)
    begin = [len(text[:line].encode(encoding)) for line in lines]
    pieces, place = [], 0
    for start, end, new in sorted(edits):
        first = begin[start[0] - 1] + unit * (start[1] - 1)
        assert first >= place, "two edits overlap"
        pieces += [units[place:first], new.encode(encoding)]
        place = begin[end[0] - 1] + unit * (end[1] - 1)
    return mark + b"".join([*pieces, units[place:]]).decode(encoding).encode()


@pytest.mark.parametrize("name", FILES)
def test_the_edits_of_each_report_are_what_is_fixed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(BAD)
    fixed, loaded = fix_file(name), with_edits(load_file(name))
    report = loaded.diagnostics, loaded.document
    for edits, unit in (
        (edits_of_json(json_report.render(*report)), 4),
        (edits_of_sarif(sarif.render(*report)), 2),
    ):
        assert edits.keys() == fixed.after.keys()
        for file, content in fixed.after.items():
            assert applied((BAD / file).read_bytes(), edits[file], unit) == content


def as_on_windows(content: bytes) -> bytes:
    """Add a byte order mark, CRLF, and two characters beyond U+FFFF before each title."""
    wide = re.sub(rb"(summary: )(?=[A-Za-z])", "\\1\U0001f3c1\U0001f3c1 ".encode(), content)
    return b"\xef\xbb\xbf" + wide.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def with_tabs(content: bytes) -> bytes:
    """Write tabs behind the colons of keys."""
    return re.sub(rb"(?m)([a-z]:) (?=[^\n|>&])", rb"\1\t", content)


@cache
def fixed_alone() -> list[str]:
    """Return the files of which a fix changes no included file."""
    with chdir(BAD):
        return [name for name in FILES if fix_file(name).after.keys() == {name}]


@pytest.mark.parametrize("change", [as_on_windows, with_tabs])
def test_the_edits_are_right_whatever_a_column_is(
    change: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bad"
    shutil.copytree(BAD, folder)
    monkeypatch.chdir(folder)
    for name in fixed_alone():
        file = folder / name
        with suppress(UnicodeDecodeError):
            file.read_bytes().removeprefix(BOM_UTF8).decode()
            file.write_bytes(change(file.read_bytes().removeprefix(BOM_UTF8)))
        fixed, loaded = fix_file(name), with_edits(load_file(name))
        report = loaded.diagnostics, loaded.document
        for edits, unit in (
            (edits_of_json(json_report.render(*report)), 4),
            (edits_of_sarif(sarif.render(*report)), 2),
        ):
            assert edits.keys() == fixed.after.keys(), name
            for other, content in fixed.after.items():
                assert applied((folder / other).read_bytes(), edits[other], unit) == content, name


def typed(text: str) -> list[tuple[str, Place, str]]:
    """Return the code of each diagnostic of an event with edits, where they are, and their text."""
    loaded = with_edits(load_file("-", BytesIO(f"{HEAD}events:\n  - {text}\n".encode())))
    return [
        (diagnostic.code, (edit.at.line, edit.at.column), edit.text)
        for diagnostic in loaded.diagnostics
        for edit in diagnostic.edits
    ]


def test_a_key_and_its_value_are_two_edits() -> None:
    assert typed("{id: a, summary: A, strat: 3 January 2025}") == [
        ("unknown-key", (3, 25), "start"),
        ("date-syntax", (3, 32), "2025-01-03"),
    ]


def test_what_an_error_of_syntax_hid_is_an_edit_of_that_error() -> None:
    text = "id: a\n    summary: A: B\n    start: 3 January 2025\n"
    assert typed(text) == [
        ("unquoted-text", (4, 14), '"A: B"'),
        ("unquoted-text", (5, 12), "2025-01-03"),
    ]


def test_a_text_that_aliases_repeat_is_one_edit() -> None:
    text = "{id: a, summary: A, start: &d 2025-1-3}\n  - {id: b, summary: B, start: *d}"
    assert typed(text) == [("date-syntax", (3, 35), "2025-01-03")]


def test_a_file_without_what_can_be_fixed_is_not_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.compiler.report_edits.fix_loaded", None)
    assert typed("{id: a, summary: A, start: b.end}") == []


def test_no_edit_where_more_is_wrong_than_is_reported() -> None:
    event = "{id: a, summary: A, start: 2025-1-3}\n  - "
    assert typed(event * 1001 + "{id: a, summary: A, start: 2025-1-3}") == []


def test_a_whole_file_in_another_encoding_is_one_edit(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(f"{HEAD}events:\n  - {{id: a, summary: Café, start: 2025}}\n".encode("cp1252"))
    loaded = with_edits(load_file(str(path)))
    (diagnostic,) = [diagnostic for diagnostic in loaded.diagnostics if diagnostic.edits]
    (edit,) = diagnostic.edits
    assert (diagnostic.code, edit.at.line, edit.at.column) == ("encoding", 1, 1)
    assert edit.text.endswith("summary: Café, start: 2025}\n")


@given(st.text("ab\n", max_size=12), st.data())
def test_splices_of_several_rounds_are_those_of_the_first_text(
    original: str, data: st.DataObject
) -> None:
    splices, text = Splices(original), original
    for _ in range(data.draw(st.integers(0, 3))):
        cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
        if len(cuts) % 2:
            cuts.pop()
        round_ = [
            Splice(*pair, data.draw(st.text("cd\n", max_size=3)))
            for pair in zip(cuts[::2], cuts[1::2], strict=True)
        ]
        splices.apply(round_)
        for start, end, new in reversed(round_):
            text = text[:start] + new + text[end:]
    pieces, place = "", 0
    for start, end, new in splices.edits():
        assert start >= place
        pieces += original[place:start] + new
        place = end
    assert pieces + original[place:] == text


@given(st.text("ab \n", max_size=12), st.text("ab \n", max_size=12))
def test_a_replaced_text_is_the_splices_of_its_lines(before: str, after: str) -> None:
    text = before
    for start, end, new in reversed(splices_of_lines(before, after)):
        text = text[:start] + new + text[end:]
    assert text == after
