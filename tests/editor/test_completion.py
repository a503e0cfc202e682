"""Values are completed where no schema knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types

from support.editing import CALENDAR, Editor
from timeline.editor.columns import characters, units
from timeline.editor.completion import completions
from timeline.editor.convert import completion_item

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
        ("include:\n  - path: a.yaml\n    defaults:\n      timezone: riyadh", ["Asia/Riyadh"]),
        # an item that begins below its dash
        ("  -\n    start: ra", ["rally-2026"]),
        ("    related-to:\n    -\n      id: st", ["stage"]),
        ("    related-to:\n    -\n     id: st", ["stage"]),
        ("    related-to:\n    - -\n        id: st", ["stage"]),
        ("    was:\n      -\n        start: ra", []),
        ("feeds:\n  -\n    timezone: riyadh", []),
        ("feeds:\n-\n  timezone: riyadh", []),
        ("    related-to:\n      -", []),
        ("    related-to:\n      - -", []),
        # a key that is another one there, or whose value may be anything
        ("    was: [{start: ra", []),
        ("    was:\n      - start: ra", []),
        ("    was:\n    - note: Wind\n      start: ra", []),
        ("    properties: {color: darkora", []),
        ("    properties:\n      x-a: b\n      color: darkora", []),
        ("x-mine:\n  timezone: riyadh", []),
        ("x-mine: {a: [b, c], timezone: riyadh", []),
        ("feeds: [{id: a, timezone: riyadh", []),
        ("feeds:\n  - id: a\n    timezone: riyadh", []),
        ("include:\n  - path: a.yaml\n    defaults: {start: ra", []),
        ("    overrides:\n      - recurrence-id: 2026-03-08\n        start: ra", []),
        ("outputs:\n  csv:\n    until: ra", []),
        # brackets, commas, colons and quotes that are text
        ('  - {id: x, summary: "a, [b", start: sta', ["stage"]),
        ('  - {id: x, summary: "a\\", [b", start: sta', ["stage"]),
        ("  - {id: x, summary: 'it''s {', start: sta", ["stage"]),
        ("  - {id: x, summary: it's, start: sta", ["stage"]),
        ("  - {id: x, summary: a b: c#d, start: sta", ["stage"]),
        ("  - {id: x, location: 'was: [', start: sta", ["stage"]),
        ("  - {id: x, summary: 'properties: {', color: darkora", ["darkorange"]),
        ('    summary: "{was: ["\n    start: sta', ["stage"]),
        ("    summary: a [b {was\n    start: sta", ["stage"]),
        ("    summary: it's\n    start: sta", ["stage"]),
        ("  - {id: x, 'start': sta", ["stage"]),
        ("  - {id: x, 'summary':a, start: sta", ["stage"]),
        ("    'start': sta", ["stage"]),
        ("    start: &day sta", ["stage"]),
        ('    summary: "start: sta', []),
        ("    summary: 'x, start: sta", []),
        ('  - {id: x, summary: "a", b", start: sta', ["stage"]),
        # flow within flow, and over several lines
        ("  - {id: x, rrule: {freq: daily, until: sta", ["stage"]),
        ("  - {id: x, rdate: [2026-01-01, [a]], start: sta", ["stage"]),
        ("  - {id: x, categories: [a, b], related-to: [{id: sta", ["stage"]),
        ("  - {id: x, was: [{start: 2026}], start: sta", ["stage"]),
        ("  - {id: x, was: [{start: 2026}, {start: sta", []),
        ("  - {id: x,\n     summary: 'a ]',\n     start: sta", ["stage"]),
        ("  - {id: x, # a {\n     start: sta", ["stage"]),
        ("    rdate: [\n      2026-01-01, # one\n      sta", ["stage"]),
        ("    was: [\n      {start: 2026},\n      {start: sta", []),
        ("  - {id: x, summary: 'a\n     b', start: sta", ["stage"]),
        ("  - {id: x, summary: 'a\n     start: sta", []),
        # comments and block scalars
        ("    start: 2026 # was: [\n    end: sta", ["stage"]),
        ("    description: |\n      start: sta", []),
        ("    description: >-\n      a\n        - start: sta", []),
        ("    description: | # why\n\n      was: [\n    start: sta", ["stage"]),
        ("    description: a\n    # was: [\n    start: sta", ["stage"]),
        ("    rdate:\n      # [\n      - '2026-01-01'\n      - sta", ["stage"]),
        ("    start:", []),
        ("  - {id: x, start:", []),
        ("  - {start", []),
        ("  - {id: x, start: stage}", []),
        ("    start: 'stage'", []),
        ("    start: 'stage' ", []),
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


def test_ids_below_a_syntax_error_are_still_offered(tmp_path: Path) -> None:
    editor = Editor(tmp_path)
    before = [of.label for of in completions(["start: "], 1, 8, editor.type(TEXT))]
    broken = editor.type(TEXT.replace("  - {id: rally", "  - {id: new, start: [\n  - {id: rally"))
    assert not broken.is_readable
    assert {of.label for of in completions(["start: "], 1, 8, broken)} == {*before, "new"}
    assert {of.label for of in completions(["categories: ["], 1, 14, broken)} == {"sport", "cars"}


def test_units_need_no_events_file(tmp_path: Path) -> None:
    assert not Editor(tmp_path).workspace.analyses
    labels = [of.label for of in completions(["duration: 2 w"], 1, 14, None)]
    assert labels == ["weeks"]
    assert list(completions(["start: "], 1, 8, None)) == []
    assert list(completions([], 5, 3, None)) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("    start: ra", "lly-20", "    start: rally-2026"),
        ("    start: 'ra", "l' # é", "    start: 'rally-2026' # é"),
        ("    start: ra", ".end", "    start: rally-2026.end"),
        ("    start: ", "2026-01-01", "    start: rally-20262026-01-01"),
        ("  - {summary: é, start: ra", "l, end: x}", "  - {summary: é, start: rally-2026, end: x}"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_rest_of_a_word_is_replaced(
    tmp_path: Path, before: str, after: str, expected: str, encoding: str
) -> None:
    lines = (TEXT + before + after).split("\n")
    analysis = Editor(tmp_path).type(TEXT)
    line, column = len(lines), len(before) + 1
    first = next(completions(lines, line, column, analysis))
    at = types.Position(line - 1, units(before, encoding))
    edit = completion_item(first, lines[-1], at, encoding).text_edit
    assert isinstance(edit, types.TextEdit)
    start, end = (
        characters(lines[-1], place.character, encoding)
        for place in (edit.range.start, edit.range.end)
    )
    assert lines[-1][:start] + edit.new_text + lines[-1][end:] == expected
