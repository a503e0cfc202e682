"""Errors of the shape of a file: an event is a mapping like any other."""

from __future__ import annotations

import pytest

from support.loading import load_text


@pytest.mark.parametrize(
    "text",
    [
        "calendar:\n  id: x.org\n  name: X\n\u00a0 color: red\nevents: []\n",
        "calendar: {id: x.org, name: X}\nevents:\n  - id: a\n    start: 2025\n   \u00a0uid: u\n",
    ],
    ids=["calendar", "event"],
)
def test_a_key_behind_another_space_is_an_error_of_indentation(text: str) -> None:
    assert [diagnostic.code for diagnostic in load_text(text).diagnostics] == ["indentation"]
