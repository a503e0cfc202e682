"""What options mean by themselves."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from timeline.diagnostics.model import Span
from timeline.embed.options import WrittenOption
from timeline.embed.view import View, events_file_of, read_view

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("file", "folder", "expected"),
    [
        (None, "", "events.yaml"),
        (None, "docs", "events.yaml"),
        (None, "docs/sub", "docs/sub/plan.timeline.yaml"),
        (None, "elsewhere", "elsewhere/events.yaml"),
        ("../events.yaml", "docs", "events.yaml"),
        ("a/b.yaml", "docs", "docs/a/b.yaml"),
        ("-", "", "./-"),
    ],
)
def test_where_the_events_file_is(
    file: str | None, folder: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("here/events.yaml", "here/docs/sub/plan.timeline.yaml"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("calendar: {}")
    (tmp_path / "here/docs/events.yaml").write_text("apiVersion: v1\nkind: Event\n")
    (tmp_path / "here/elsewhere/.git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")
    known: dict[str, str] = {}
    for _ in range(2):
        assert events_file_of(View(file), folder, known) == expected.replace("/", os.sep)


def test_options_can_be_read_without_a_document() -> None:
    nowhere = Span("page", 1, 1, 1, 1)
    given_ = {"style": "table", "category": "a", "heading-level": "3"}
    options = [WrittenOption(key, value, nowhere, nowhere) for key, value in given_.items()]
    assert read_view(options) == (View(style="table", categories=("a",), heading_level=3), [])
