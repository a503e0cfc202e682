"""When the checks run, and that they report nothing in valid files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.loading import event_codes
from support.paths import ROOT
from timeline.cli import init
from timeline.compiler.pipeline import load_file

if TYPE_CHECKING:
    from pathlib import Path


def test_the_founding_timeline_and_the_starter_have_no_diagnostics(tmp_path: Path) -> None:
    assert load_file(str(ROOT / "events.yaml")).diagnostics == []
    for path, content in init.starter_files(tmp_path).items():
        path.write_bytes(content)
    assert load_file(str(tmp_path / "events.yaml")).diagnostics == []


def test_a_file_with_an_error_has_no_warnings() -> None:
    long = f"id: long, summary: {'x' * 121}, start: 2025"
    assert event_codes(long) == ["long-summary"]
    assert event_codes(long, "id: wrong, summary: W, start: 2025-02-30") == ["no-such-date"]
