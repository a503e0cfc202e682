"""What options mean by themselves."""

from __future__ import annotations

from datetime import date

import pytest

from timeline.diagnostics.model import Span
from timeline.embed.options import WrittenOption
from timeline.embed.view_options import View, read_view

NOWHERE = Span("page", 1, 1, 1, 1)


def read(*options: tuple[str, str]) -> tuple[View, list[str]]:
    """Return the view of options, and the messages and helps of its errors."""
    view, diagnostics = read_view([WrittenOption(*pair, NOWHERE, NOWHERE) for pair in options])
    return view, [f"{error.message}; {error.help}" for error in diagnostics]


def test_options_can_be_read_without_a_document() -> None:
    given_ = [("style", "table"), ("category", "a"), ("heading-level", "3"), ("next", "5")]
    given_ += [("as-of", "2027-01-05"), ("language", "pt-BR"), ("id", "a, b"), ("id", "c")]
    assert read(*given_) == (
        View(
            style="table",
            categories=("a",),
            ids=("a, b", "c"),
            count=5,
            as_of=date(2027, 1, 5),
            language="pt-BR",
            heading_level=3,
        ),
        [],
    )


@pytest.mark.parametrize(
    ("key", "value", "error"),
    [
        ("next", "0", "`0` is not a number of events; write a number such as `5`"),
        ("next", "-1", "`-1` is not a number of events; write a number such as `5`"),
        ("next", "five", "`five` is not a number of events; write a number such as `5`"),
        ("next", "\u0665", "`\u0665` is not a number of events; write a number such as `5`"),
        ("as-of", "2027", "`2027` is not a day; write a day such as `2025-01-03`"),
        ("as-of", "today", "depends on the day on which it is read; write the date itself, like"),
        ("as-of", "June 2027", "`June 2027` is not a date; write a day such as `2025-01-03`"),
        ("as-of", "TBC", "`TBC` is not a fixed date; write a day such as `2025-01-03`"),
        ("as-of", "2027-01-05T09:00", "is a time, expected a date; write `2027-01-05`"),
        ("language", "d", "`d` is not"),
        ("stile", "list", "no option is called `stile`; did you mean `style`?"),
    ],
)
def test_a_wrong_value_is_reported_with_what_to_write(key: str, value: str, error: str) -> None:
    view, (message,) = read((key, value))
    assert error in message
    assert view == View()


def test_only_names_may_be_given_twice() -> None:
    assert read(("id", "a"), ("id", "b"))[1] == []
    assert read(("next", "1"), ("next", "2"))[1] == ["`next` is given twice; remove one of the two"]


@pytest.mark.parametrize("style", ["mermaid", "diagram"])
def test_a_level_of_headings_has_no_effect_without_headings(style: str) -> None:
    error = f"`heading-level` has no effect: `style` is `{style}`, which has no headings"
    assert read(("style", style), ("heading-level", "3"))[1] == [f"{error}; remove `heading-level`"]
    assert read(("heading-level", "3"))[1] == []
