"""Files whose lines end with CRLF, as editors on Windows write them, mean what those with LF do."""

from __future__ import annotations

import codecs
import shutil
from typing import TYPE_CHECKING

import pytest

from support.loading import calendar_of_file
from support.paths import BAD, CASE_FILES
from timeline.compiler import fix_file
from timeline.compiler.pipeline import load_file
from timeline.diagnostics.render import terminal

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {".yaml", ".yml", ".md", ".mdx"}


def crlf(content: bytes) -> bytes:
    """Return a text with CRLF for LF; one in UTF-16 has the byte order mark of this machine."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return crlf(content.decode("utf-16").encode()).decode().encode("utf-16")
    return content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def copy_with_crlf(folder: Path, target: Path) -> Path:
    """Copy a folder, with CRLF in all texts of authors."""
    shutil.copytree(folder, target, symlinks=True)
    for path in target.rglob("*"):
        if path.suffix in TEXTS and path.is_file() and not path.is_symlink():
            path.write_bytes(crlf(path.read_bytes()))
    return target


@pytest.mark.parametrize("file", CASE_FILES, ids=lambda file: file.parent.name)
def test_a_file_and_what_it_includes_is_the_same_calendar(file: Path, tmp_path: Path) -> None:
    copy = copy_with_crlf(file.parent, tmp_path / "case")
    assert b"\r\n" in (copy / file.name).read_bytes()
    assert calendar_of_file(copy / file.name) == calendar_of_file(file)


def report(name: str) -> str:
    loaded = load_file(name)
    return terminal.render(loaded.diagnostics, loaded.document, color=False)


def fixed(name: str) -> dict[str, bytes]:
    return dict(fix_file(name).after)


def test_every_error_has_the_same_report_and_the_same_fix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copy_with_crlf(BAD, tmp_path / "bad")
    names = sorted(path.name for path in BAD.glob("*.yaml"))
    results = []
    for folder in (BAD, copy):
        monkeypatch.chdir(folder)
        results.append({name: (report(name), fixed(name)) for name in names})
    with_lf, with_crlf = results
    for name in names:
        assert with_crlf[name][0] == with_lf[name][0], name
        expected = {path: crlf(content) for path, content in with_lf[name][1].items()}
        assert with_crlf[name][1] == expected, name
