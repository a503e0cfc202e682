"""What options mean by themselves."""

from __future__ import annotations

import os

import pytest

from timeline.diagnostics.model import Span
from timeline.embed.options import WrittenOption
from timeline.embed.view import View, candidate_files, read_view


@pytest.mark.parametrize(
    ("file", "folder", "expected"),
    [
        (None, "", ("events.yaml",)),
        (None, "docs", ("docs/events.yaml", "events.yaml")),
        ("../events.yaml", "docs", ("events.yaml",)),
        ("a/b.yaml", "docs", ("docs/a/b.yaml",)),
        ("-", "", ("./-",)),
    ],
)
def test_where_the_events_file_is(file: str | None, folder: str, expected: tuple[str, ...]) -> None:
    assert candidate_files(View(file), folder) == tuple(
        path.replace("/", os.sep) for path in expected
    )


def test_options_can_be_read_without_a_document() -> None:
    nowhere = Span("page", 1, 1, 1, 1)
    given_ = {"style": "table", "category": "a", "heading-level": "3"}
    options = [WrittenOption(key, value, nowhere, nowhere) for key, value in given_.items()]
    assert read_view(options) == (View(style="table", categories=("a",), heading_level=3), [])
