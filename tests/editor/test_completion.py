"""Values are completed where no schema knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.editing import CALENDAR, Editor
from timeline.editor.completion import completions

if TYPE_CHECKING:
    from pathlib import Path

TEXT = f"""{CALENDAR}categories: {{sport: {{description: All sport}}}}
events:
  - {{id: rally-2026, summary: Rally, start: 2026-03-01, end: 2026-03-04, categories: [cars]}}
  - {{id: stage, summary: Stage, start: TBC}}
"""


def offered(folder: Path, typed: str) -> list[str]:
    analysis = Editor(folder).type(TEXT)
    lines = (TEXT + typed).split("\n")
    return [of.label for of in completions(lines, len(lines), len(lines[-1]) + 1, analysis)]


IDS = ["rally-2026", "stage"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("    start: ", IDS),
        ("    end: ra", ["rally-2026"]),
        ("  - {id: x, start: sta", ["stage"]),
        ("    start: 'ra", ["rally-2026"]),
        ("    start: between ", IDS),
        ("    start: between stage.end and r", ["rally-2026"]),
        ("    start: not before st", ["stage"]),
        ("    start: rally-2026.", ["start", "end"]),
        ("    start: rally-2026.e", ["end"]),
        ("    start: rally-2026.end.", ["day"]),
        ("    start: rally-2026.end + 2 ", ["minutes", "hours", "days", "weeks", "months"]),
        ("    start: rally-2026.end + 1 w", ["week", "working day"]),
        ("    start: stage.end - 12 mon", ["months"]),
        ("    rdate: [stage.end, ra", ["rally-2026"]),
        ("    exdate:\n      - ra", ["rally-2026"]),
        ("    exdate:\n    - 2026-01-05\n    # why\n\n    - ra", ["rally-2026"]),
        ("    rrule: {freq: daily, until: st", ["stage"]),
        ("    duration: 90 m", ["minutes", "months"]),
        ("    alarms: [1 d", ["day"]),
        ("    alarms:\n      - 2 h", ["hours"]),
        ("    categories: [", ["sport", "cars"]),
        ("    categories: [cars, sp", ["sport"]),
        ("    categories:\n      - c", ["cars"]),
        ("    related-to: [s", ["stage"]),
        ("    timezone: riyadh", ["Asia/Riyadh"]),
        ("    color: darkora", ["darkorange"]),
        # nothing that the schema knows, and nothing in other places
        ("    status: can", []),
        ("    sta", []),
        ("    summary: ra", []),
        ("    start: 2026 # ra", []),
        ("# start: ra", []),
        ("    start: rally-2026.end ", []),
        ("    start: rally-2026.end + ", []),
        ("    sources:\n      - ra", []),
        ("", []),
    ],
)
def test_values(tmp_path: Path, typed: str, expected: list[str]) -> None:
    labels = offered(tmp_path, typed)
    if len(expected) == 5:  # the first of the units
        labels = labels[:5]
    assert labels == expected


def test_ids_say_their_dates_and_categories_what_they_are(tmp_path: Path) -> None:
    analysis = Editor(tmp_path).type(TEXT)
    rally = next(completions(["    start: ral"], 1, 15, analysis))
    assert (rally.detail, rally.about, rally.typed) == ("1–4 March 2026", "Rally", 3)  # noqa: RUF001
    sport = next(completions(["    categories: [sp"], 1, 20, analysis))
    assert (sport.label, sport.about, sport.typed) == ("sport", "All sport", 2)


def test_units_need_no_events_file(tmp_path: Path) -> None:
    assert not Editor(tmp_path).workspace.analyses
    labels = [of.label for of in completions(["duration: 2 w"], 1, 14, None)]
    assert labels == ["weeks"]
    assert list(completions(["start: "], 1, 8, None)) == []
    assert list(completions([], 5, 3, None)) == []
