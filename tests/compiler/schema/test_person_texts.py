"""The help for a person written as a text: an address only where the text is one address."""

from __future__ import annotations

import pytest

from support.loading import load_text


@pytest.mark.parametrize(
    ("key", "text", "written"),
    [
        ("contact", "jane@example.org", "email: jane@example.org"),
        ("contact", "Jane", "name: Jane"),
        ("organizer", "jane@example.org", "email: jane@example.org"),
        ("organizer", "Jane", "name: Jane, email: …"),
        ("contact", "Jane jane@example.org +44 1", None),
        ("contact", "Jane jane@example.org", None),
        ("contact", "jane@example.org joe@example.org", None),
        ("contact", "Jane @office", None),
        ("organizer", "Jane jane@example.org +44 1", None),
    ],
)
def test_the_help_types_no_address_that_is_not_one(
    key: str, text: str, written: str | None
) -> None:
    file = (
        "calendar: {id: x.org, name: X}\n"
        f"events: [{{id: a, summary: A, start: 2025, {key}: '{text}'}}]\n"
    )
    (diagnostic,) = load_text(file).diagnostics
    assert diagnostic.help is not None
    if written is None:
        assert f"{key}: {{" not in diagnostic.help
    else:
        assert diagnostic.help == f"write `{key}: {{{written}}}`"
