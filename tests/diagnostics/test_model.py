"""Refusals: moved into a longer text, and copied with another help."""

import pytest

from timeline.diagnostics import rules
from timeline.diagnostics.model import At, Refusal

REFUSAL = Refusal(
    rules.DATE_SYNTAX,
    "`9` is not a month",
    "write `09`",
    (5, 6),
    replacement="2025-09",
    inside=At(("until",)),
)
REFUSAL.others = (Refusal(rules.YEAR_RANGE, "`2` is not a year"),)


@pytest.mark.parametrize(
    ("part", "moved"),
    [pytest.param((5, 6), (15, 16), id="part"), pytest.param(None, (10, 16), id="whole")],
)
def test_a_refusal_of_a_part_is_one_of_the_longer_text(
    part: tuple[int, int] | None, moved: tuple[int, int]
) -> None:
    refusal = Refusal(rules.DATE_SYNTAX, "message", "help", part, replacement="2025-09")
    longer = refusal.at(10, 16)
    assert (longer.rule, longer.message, longer.help) == (rules.DATE_SYNTAX, "message", "help")
    assert longer.part == moved
    # It would replace the longer text by what stands for a part of it.
    assert longer.replacement is None
    assert refusal.at(10, 16, replacement="between 2025-09 and …").replacement is not None


def test_a_moved_refusal_keeps_what_else_it_knows() -> None:
    longer = REFUSAL.at(10, 16)
    assert longer.inside == At(("until",))
    assert [(other.message, other.part) for other in longer.others] == [
        ("`2` is not a year", (10, 16))
    ]
    assert REFUSAL.part == (5, 6)


def test_another_help_is_all_that_differs() -> None:
    copy = REFUSAL.with_help("write a month")
    assert copy.help == "write a month"
    assert REFUSAL.help == "write `09`"
    assert vars(copy) == vars(REFUSAL) | {"help": "write a month"}
    assert str(copy) == str(REFUSAL)
