"""The legend: the signs that occur, and no others."""

from __future__ import annotations

import pytest

from support.diagram import diagram_of
from timeline.formats.diagram.legend import Sign, mark_signs


@pytest.mark.parametrize(
    ("keys", "signs"),
    [
        ("start: 2025-01-03", {Sign.CERTAIN}),
        ("start: 2025", {Sign.WITHIN}),
        ("start: 2025-01-03, end: 2028", {Sign.CERTAIN, Sign.WITHIN}),
        ("start: not before 2025", {Sign.WITHIN, Sign.OPEN}),
        ("start: 2025-01-03, end: TBC", {Sign.CERTAIN, Sign.WITHIN, Sign.OPEN}),
        ("start: 2025-01-03~", {Sign.CERTAIN, Sign.ABOUT}),
        ("start: 2025-01-03%", {Sign.CERTAIN, Sign.ABOUT, Sign.PERHAPS}),
        ("start: 2025-01-03, end: ..", {Sign.CERTAIN, Sign.GOES_ON}),
        ("start: 2025-01-03, rrule: FREQ=DAILY;COUNT=9", {Sign.AGAIN}),
        ("start: 2025-01-03, status: postponed", {Sign.CERTAIN, Sign.UNSETTLED}),
        ("start: 2025-01-03, was: [2025-01-02]", {Sign.CERTAIN, Sign.MOVED}),
    ],
)
def test_a_legend_explains_the_signs_that_are_there_and_no_others(
    keys: str, signs: set[Sign]
) -> None:
    legend = diagram_of(f"id: a, summary: A, {keys}").legend
    assert {entry.sign for entry in legend} == signs
    assert [entry.sign for entry in legend] == [sign for sign in Sign if sign in signs]


def test_a_sample_has_its_sign() -> None:
    every = diagram_of(
        "id: a, summary: A, start: 2025-01-03~, end: .., status: tentative",
        "id: b, summary: B, start: 2025?, was: [2025-02]",
        "id: c, summary: C, start: not before 2025",
        "id: d, summary: D, start: 2025-01-03, rrule: FREQ=DAILY;COUNT=9",
    ).legend
    assert len(every) == 9
    for entry in every:
        assert entry.sign in mark_signs(entry.mark)
        assert entry.text
