"""What is suggested in place of an id that no event has."""

from __future__ import annotations

import pytest

from support.resolved import load_events

EVENTS = ("id: rally, start: 2025, renamed-from: [dakar]", "id: gala, start: 2025")


@pytest.mark.parametrize(
    ("name", "help_"),
    [
        ("ralyl", "did you mean `rally`?"),
        ("dakar", "it is now called `rally`"),
        ("zzz", "write the `id` of an existing event"),
    ],
)
@pytest.mark.parametrize(
    "event", ["id: e, start: {}.end + 1 day", "id: e, start: 2025, related-to: [{}]"]
)
def test_an_unknown_id_has_the_same_help_in_dates_and_in_relations(
    event: str, name: str, help_: str
) -> None:
    (diagnostic,) = load_events(*EVENTS, event.format(name)).diagnostics
    assert (diagnostic.code, diagnostic.help) == ("unknown-event", help_)
    assert diagnostic.message == f"no event is called `{name}`"
