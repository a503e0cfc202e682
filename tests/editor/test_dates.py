"""A hover says what a date means, and hints follow dates that are relative or vague."""

# ruff: noqa: RUF001 - the en dash of dates

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.editing import CALENDAR, Editor, place_of
from support.paths import ROOT
from timeline.editor.dates import hints, hover

if TYPE_CHECKING:
    from pathlib import Path

FOUNDING = (ROOT / "events.yaml").read_text(encoding="utf-8")


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    return Editor(tmp_path)


def hover_text(editor: Editor, text: str, at: str, offset: int = 0) -> str:
    analysis = editor.type(text)
    answer = hover(analysis, place_of(analysis, at, offset=offset))
    return answer.text if answer else ""


def event(keys: str, more: str = "") -> str:
    return f"{CALENDAR}events:\n  - {{id: first, summary: First, {keys}}}\n{more}"


def test_a_relative_date_says_its_words_bounds_edtf_anchor_and_what_subscribers_see(
    editor: Editor,
) -> None:
    finale = "Three-day challenge through the Rub al-Khali, where the race reaches its finale"
    assert hover_text(editor, FOUNDING, "dakar-2025.end - 2 days~", 15).splitlines() == [
        "`start`: about 15 January 2025",
        "",
        "**about 15 January until 17 January 2025**",
        "",
        "- Earliest to latest: 2025-01-15 to 2025-01-17",
        "- EDTF: `2025-01-15~/2025-01-17`",
        "- Follows: `dakar-2025`",
        f"- Subscribers see: “Approx: {finale}”, 15–17 January 2025, tentative",
    ]


@pytest.mark.parametrize(
    ("keys", "at", "expected"),
    [
        ("start: 2026-Q1", "2026-Q1", "**Q1 2026**"),
        ("start: 2026-Q1", "2026-Q1", "Earliest to latest: 2026-01-01 to 2026-03-31"),
        ("start: TBC", "TBC", "Subscribers do not see it: its date is to be confirmed"),
        ("start: TBC, end: 2026", "2026", "**until 2026, start to be confirmed**"),
        ("start: 2026-05, end: ..", "'..'", ""),
        ("start: not before 2027-06", "not before", "Earliest to latest: 2027-06-01 to not known"),
        ("start: 2026-01-05T09:00Z, duration: 90 minutes", "90 minutes", "09:00"),
        ("start: 2026-01-05, rrule: FREQ=DAILY;COUNT=3", "2026-01-05", "**5 January 2026**"),
        ("start: 2026-01-05", "id: first", "First"),
        ("start: 2026-01-05", "summary: First", ""),
        ("start: 2026-01-05, status: cancelled", "2026-01-05", "cancelled"),
    ],
)
def test_dates_of_every_kind_have_a_hover(
    editor: Editor, keys: str, at: str, expected: str
) -> None:
    offset = 4 if at == "id: first" else 9 if at.startswith("summary") else 0
    if at == "'..'":
        keys, at = keys.replace("..", "'..'"), "'..'"
        expected = "`end`: open"
    assert expected in hover_text(editor, event(keys), at, offset)


def test_a_hover_never_says_that_a_wrong_date_is_to_be_confirmed(editor: Editor) -> None:
    more = "  - {id: next, summary: Next, start: first.end + 1 day}\n"
    text = event("start: 3 January 2025", more)
    assert hover_text(editor, text, "3 January 2025") == ""
    assert hover_text(editor, text, "first.end + 1 day") == ""
    assert list(hints(editor.type(text), str(editor.folder / "events.yaml"), 1, 99)) == []


def test_a_start_beside_a_wrong_end_is_all_that_is_known(editor: Editor) -> None:
    text = event("start: 2025-01, end: 2025-02-99")
    assert hover_text(editor, text, "2025-01,") == "`start`: January 2025"
    assert hover_text(editor, text, "2025-02-99") == ""
    assert list(hints(editor.type(text), str(editor.folder / "events.yaml"), 1, 99)) == []


def test_the_last_text_that_could_be_read_answers_while_there_is_a_syntax_error(
    editor: Editor,
) -> None:
    before = editor.type(FOUNDING)
    broken = FOUNDING.replace("start: TBC # the", "start: [TBC # the")
    assert broken != FOUNDING
    text = hover_text(editor, broken, "dakar-2025.end - 2 days~")
    assert "about 15 January" in text
    assert text.endswith("there is a syntax error now.*")
    added = broken.replace("events:\n  - id: ann", "# a comment\n\nevents:\n  - id: ann")
    assert "about 15 January" in hover_text(editor, added, "dakar-2025.end - 2 days~")
    changed = broken.replace("end - 2 days~", "end - 3 days~")
    assert hover_text(editor, changed, "dakar-2025.end - 3 days~") == ""
    assert hover_text(editor, FOUNDING, "dakar-2025.end - 2 days~").count("syntax error") == 0
    assert before.is_readable


def test_the_founding_file_has_hints_where_a_date_does_not_say_its_day(editor: Editor) -> None:
    analysis = editor.type(FOUNDING)
    lines = FOUNDING.splitlines()
    shown = [
        (lines[hint.span.line - 1].strip().partition(" #")[0], hint.label, hint.about)
        for hint in hints(analysis, analysis.root, 1, len(lines))
    ]
    assert shown == [
        (
            "start: dakar-2025.start",
            "= 3 January 2025 until 2028",
            "2025-01-03 to 2028-12-31",
        ),
        ("start: dakar-2025.start", "= 3–17 January 2025", "2025-01-03 to 2025-01-17"),
        (
            "start: between dakar-2025.start and dakar-2025.end",
            "= some day between 3 and 17 January 2025",
            "2025-01-03 to 2025-01-17",
        ),
        (
            "start: dakar-2025.end - 2 days~",
            "= about 15 January until 17 January 2025",
            "2025-01-15 to 2025-01-17",
        ),
    ]


@pytest.mark.parametrize(
    ("keys", "label"),
    [
        ("start: 2026-01-05", None),
        ("start: 2026", None),  # it is its own words
        ("start: 2026-Q1", "= Q1 2026"),
        ("start: 2026-01-05~", "= about 5 January 2026"),
        ("start: 2026-01-05, end: 2026-02", "= 5 January 2026 until February 2026"),
        ("start: 2026-01-05T09:00Z", None),
        ("start: TBC", None),
    ],
)
def test_only_a_date_that_is_relative_or_vague_has_a_hint(
    editor: Editor, keys: str, label: str | None
) -> None:
    analysis = editor.type(event(keys))
    shown = [hint.label for hint in hints(analysis, analysis.root, 1, 99)]
    assert shown == ([] if label is None else [label])


def test_hints_are_those_of_the_lines_that_are_asked_for(editor: Editor) -> None:
    analysis = editor.type(FOUNDING)
    lines = [hint.span.line for hint in hints(analysis, analysis.root, 1, 999)]
    shown = hints(analysis, analysis.root, lines[1], lines[2])
    assert [hint.span.line for hint in shown] == lines[1:3]


def test_a_hover_on_a_huge_rule_ends(editor: Editor) -> None:
    rule = "start: 2028-02-29, rrule: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"
    assert isinstance(hover_text(editor, event(rule), "2028-02-29"), str)


SERIES = """events:
- {id: rally, summary: R, start: 2026-03-01, end: 2026-03-04}
- id: series
  summary: S
  start: 2026-03-01
  rrule: {freq: daily, until: rally.end + 1 week}
  rdate: [rally.end + 3 weeks, 2026-04-01]
  exdate: [rally.start + 1 day, 2026-03-05..2026-03-07]
- {id: timed, summary: T, start: 2026-03-01T09:00Z, rrule: {freq: daily, until: rally.end at 09:00},
   exdate: [rally.start + 2 days]}
"""


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("rally.end + 1 week\x7d", "**11 March 2026**\n\n- The last day or time"),
        ("rally.end + 3 weeks", "**25 March 2026**\n\n- Takes place also then\n- Follows: `rally`"),
        ("2026-04-01", "**1 April 2026**\n\n- Takes place also then"),
        ("rally.start + 1 day,", "**2 March 2026**\n\n- Does not take place then\n- Follows"),
        ("2026-03-05..2026-03-07", "**5–7 March 2026**"),
        ("rally.start + 2 days", "3 March 2026"),
        ("rally.end at 09:00", "**4 March 2026, 09:00 UTC**\n\n- The last day or time"),
    ],
)
def test_the_dates_of_a_series_have_a_hover(editor: Editor, at: str, expected: str) -> None:
    assert expected in hover_text(editor, CALENDAR + SERIES, at, 2)


def test_the_relative_dates_of_a_series_have_hints(editor: Editor) -> None:
    analysis = editor.type(CALENDAR + SERIES)
    assert analysis.loaded.is_sound
    labels = [(hint.span.line, hint.label) for hint in hints(analysis, analysis.root, 1, 9)]
    assert labels == [
        (7, "= 11 March 2026"),
        (8, "= 25 March 2026"),
        (9, "= 2 March 2026"),
    ]
    wrong = editor.type(CALENDAR + SERIES.replace("2026-04-01", "2026-99-01"))
    assert [*hints(wrong, wrong.root, 1, 9)] == []


FURTHER = """events:
- id: moved
  summary: M
  start: 2027-01-04
  was:
    - start: 2027-01-02
      end: 2027-01-03
      note: sandstorm
    - 2026-12~
    - not before 2026-11
    - 2026-11-03T09:00Z
- id: series
  summary: S
  start: 2026-03-02T18:00[Europe/Paris]
  duration: 2 hours
  rrule: FREQ=WEEKLY;UNTIL=20260630T200000Z;BYDAY=MO
  rdate:
    - 2026-06-29T10:00
  exdate: [2026-03-09, 2026-05-01..2026-05-31, 2026-06-02..2026-06-03]
  overrides:
    - recurrence-id: 2026-03-16
      start: 2026-03-17T19:00
    - recurrence-id: 2026-03-30T18:00
      duration: 1 hour
- id: days
  summary: D
  start: 2026-03-02
  rrule: freq=weekly;until=20260629
  exdate: [2026-03-23..2026-03-25, 2026-04-13, 2026-03-23]
- id: other
  summary: O
  start: 2026
"""
OF_FURTHER = [
    ("2027-01-02", "**2–3 January 2027**\n\n- When it was to take place before"),
    ("2027-01-03", "**2–3 January 2027**\n\n- When it was to take place before"),
    ("sandstorm", ""),
    ("2026-12~", "**about December 2026**"),
    ("not before 2026-11", "**not before November 2026**"),
    ("2026-11-03T09", "**3 November 2026, 09:00 UTC**"),
    ("FREQ=WEEKLY", ""),
    ("20260630T20", "**30 June 2026, 22:00 (Europe/Paris)**\n\n- The last day or time at which"),
    ("BYDAY", ""),
    ("2026-06-29T10", "**29 June 2026, 10:00 (Europe/Paris)**\n\n- Takes place also then"),
    ("2026-03-09, ", "**9 March 2026, 18:00 (Europe/Paris)**\n\n- Does not take place then"),
    ("2026-05-01..", "**1–31 May 2026**\n\n- Does not take place then"),
    ("2026-06-02..", "**2–3 June 2026**"),  # without an instance
    (
        "2026-03-16",
        "- The instance that differs, which takes place 17 March 2026, 19:00–21:00 (Europe/Paris)",
    ),
    ("2026-03-17T19", "**17 March 2026, 19:00–21:00 (Europe/Paris)**\n\n- When this instance"),
    ("2026-03-30T18", "**30 March 2026, 18:00 (Europe/Paris)**\n\n- The instance that differs"),
    ("1 hour", "**30 March 2026, 18:00–19:00 (Europe/Paris)**"),
    ("freq=weekly", ""),
    ("20260629", "**29 June 2026**"),
    ("2026-03-23..", "**23–25 March 2026**"),
    ("2026-04-13", ""),  # a range has the instance of another item, too
]


@pytest.mark.parametrize(("at", "expected"), OF_FURTHER)
def test_earlier_dates_ends_of_rules_and_changed_instances_have_a_hover(
    editor: Editor, at: str, expected: str
) -> None:
    text = hover_text(editor, CALENDAR + FURTHER, at, 2)
    assert expected in text
    assert bool(expected) == bool(text)


def test_the_hover_of_the_end_of_a_rule_is_on_that_part_of_the_text(editor: Editor) -> None:
    analysis = editor.type(CALENDAR + FURTHER)
    answer = hover(analysis, place_of(analysis, "20260629", offset=8))
    assert answer is not None
    assert answer.span is not None
    assert answer.span.end_column - answer.span.column == 8


OF_SERIES = ("20260630T20", "2026-06-", "2026-03-09", "2026-03-1", "2026-03-3", "2026-05", "1 hour")


@pytest.mark.parametrize(
    ("text", "wrong", "stale"),
    [
        ("start: 2026\n", "start: 3 March 2026\n", ()),
        ("2026-12~", "2026-99", ("2027-01-0", "not before", "2026-11")),
        ("- 2026-06-29T10", "- 2026-99-29T10", OF_SERIES),
        ("2026-03-02T18:00", "soon", OF_SERIES),
        ("freq=weekly;", "freq=often;", ("2026-03-23..",)),
        ("2 hours", "[2 hours", ("20", "1 hour", "not before")),
    ],
)
def test_an_error_makes_only_the_hovers_stale_that_depend_on_it(
    editor: Editor, text: str, wrong: str, stale: tuple[str, ...]
) -> None:
    sound = CALENDAR + FURTHER
    assert editor.type(sound).loaded.is_sound
    broken = sound.replace(text, wrong)
    analysis = editor.type(broken)
    assert not analysis.loaded.is_sound
    same_lines = [line for line in broken.splitlines() if line in sound.splitlines()]
    for at, expected in OF_FURTHER:
        if expected and any(at in line for line in same_lines):
            answer = hover(analysis, place_of(analysis, at, offset=2))
            is_stale = at.startswith(stale)
            assert answer is not None, at
            assert expected in answer.text
            assert ("*As in the last text" in answer.text) == is_stale, at
            assert (answer.span is None) == is_stale


def test_a_date_that_follows_a_wrong_one_has_its_last_hover(editor: Editor) -> None:
    more = "  - {id: next, summary: Next, start: first.end + 1 day}\n"
    editor.type(event("start: 2025-01-03", more))
    for wrong in ("start: 3 January 2025", "start: 2025-01-99"):
        text = hover_text(editor, event(wrong, more), "first.end + 1 day")
        assert text.startswith("**4 January 2025**")
        assert text.endswith("*As in the last text without errors: one leaves this date open now.*")
        assert hover_text(editor, event(wrong, more), wrong[7:]) == ""
    editor.type(event("start: 2025-01-05", more))
    assert "6 January" in hover_text(editor, event(wrong, more), "first.end + 1 day")
