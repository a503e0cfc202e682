"""The timeline in a terminal: what it looks like, and that nothing in it is obeyed."""

# ruff: noqa: RUF001 - goldens have the dashes and the marks that they have

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.dated import when
from support.isolates import depths
from support.loading import calendar_of, file_text
from timeline.dates.calendar_units import make_day
from timeline.diagnostics.render.cells import cell_width
from timeline.formats.terminal.page import render_terminal
from timeline.formats.terminal.styled_text import wrap
from timeline.model.events import AllDay, Calendar, Event, Was
from timeline.model.outline import group_by_year

TODAY = date(2026, 11, 22)


def event(id_: str, summary: str, start: str, end: str | None = None, **more: Any) -> Event:
    return Event(id_, f"{id_}@x", summary, when(start, end), (), **more)


def shown(calendar: Calendar, **options: Any) -> str:
    given_: dict[str, Any] = {
        "as_of": TODAY,
        "next_": None,
        "color": False,
        "width": 80,
        "left_out": 0,
    }
    return "".join(f"{line}\n" for line in render_terminal(calendar, **(given_ | options)))


DAKAR = Calendar(
    "x",
    "Defender at the Dakar Rally",
    (
        event("partnership", "Official Car Partner", "2025-01-03", "2028", categories=("press",)),
        event("rally", "Dakar Rally 2025", "2025-01-03", "2025-01-17", location="Saudi Arabia"),
        event("rub", "Rub al-Khali, the finale", "2025-01-15~", "2025-01-17", parent="rally"),
        event("prize", "Prizes", "2025-01-17T20:00", "2025-01-17T21:30", parent="rub"),
        event(
            "party",
            "Party",
            "2025-02-08",
            status="postponed",
            was=(Was(AllDay(make_day(date(2025, 2, 1)))),),
        ),
        event("gala", "Gala", "2026-06-05", status="cancelled"),
        event("debut", "Debut as a manufacturer", "2026"),
        event("test", "Shakedown", "2026-11-20", "2026-11-25"),
        event("last", "Last test", "2026-12-01"),
        event("next", "Next rally", "2027-01-02", "2027-01-16", status="tentative"),
        event("start", "Prologue", "2027-01-02", parent="next"),
        event("fleet", "Six vehicles go to the organisers", "TBC"),
        event("charter", "Charter", "TBC", "2028"),
    ),
)

WIDE = """\
Defender at the Dakar Rally

2025
  ● Fri 3 January 2025 until 2028     Official Car Partner · press
  · Fri 3 – Fri 17 January 2025       Dakar Rally 2025 · Saudi Arabia
  · about Wed 15 January until Fri      Rub al-Khali, the finale
    17 January 2025
  · Fri 17 January 2025, 20:00–21:30      Prizes
    (Asia/Riyadh)
  · Sat 8 February 2025               Postponed: Party · previously Sat 1
                                      February 2025

2026
  ? 2026                              Debut as a manufacturer
  × Fri 5 June 2026                   Cancelled: Gala
  ● Fri 20 – Wed 25 November 2026     Shakedown
── today, Sun 22 November 2026 ──
  ○ Tue 1 December 2026               Last test · in 9 days

2027
  ○ Sat 2 – Sat 16 January 2027       Next rally (tentative)
  ○ Sat 2 January 2027                  Prologue

Date to be confirmed
                                      Six vehicles go to the organisers
    until 2028, start to be           Charter
    confirmed

left out of the feed: 1
"""

NARROW = """\
Defender at the Dakar Rally

2025
· Fri 3 – Fri 17 January
  2025
    Dakar Rally 2025 · Saudi
    Arabia
  · about Wed 15 January
    until Fri 17 January
    2025
      Rub al-Khali, the finale

today, Sun 22 November 2026

Date to be confirmed
    Six vehicles go to the
    organisers
"""


def test_wide() -> None:
    assert shown(DAKAR, left_out=1) == WIDE


def test_narrow() -> None:
    few = tuple(event for event in DAKAR.events if event.id in ("rally", "rub", "fleet"))
    assert shown(Calendar("x", DAKAR.name, few), width=30) == NARROW


def test_next_shows_current_events_and_that_many_future_ones() -> None:
    output = shown(DAKAR, next_=2)
    assert re.findall(r"^  (\S) .*\d  +(.*)$", output, re.MULTILINE) == [
        ("●", "Official Car Partner · press"),
        ("●", "Shakedown"),
        ("○", "Last test · in 9 days"),
        ("○", "Next rally (tentative)"),
    ]
    assert output.endswith(
        "not shown: 5 past, 1 more to come, 1 with an imprecise date, 2 without a date\n"
    )


def test_a_child_without_its_parent_names_it() -> None:
    child = event("a", "Prologue", "2026-12-02", parent="rally")
    parent = event("rally", "Rally", "2025-12-02")
    output = shown(Calendar("x", "X", (parent, child)), next_=1)
    assert "Prologue · part of Rally" in output
    assert "Prologue · part of Rally" not in shown(Calendar("x", "X", (parent, child)))
    undated = Event("rally", "rally@x", "Rally", when("TBC"), ())
    output = shown(Calendar("x", "X", (undated, child)))
    assert "Prologue · part of Rally" in output
    assert output.index("Prologue") < output.index("Date to be confirmed")


@pytest.mark.parametrize(
    ("as_of", "before", "after"),
    [
        (date(2024, 5, 1), "X", "\n2025"),
        (date(2025, 1, 1), "2025", "  ○ Fri 3 January"),
        (date(2025, 1, 3), "A", "\n2027"),
        (date(2026, 1, 1), "A", "\n2027"),
        (date(2027, 6, 1), "B", "\nDate to be confirmed"),
    ],
)
def test_today_is_between_past_and_future(as_of: date, before: str, after: str) -> None:
    events = (event("a", "A", "2025-01-03"), event("b", "B", "2027-01-03"), event("c", "C", "TBC"))
    first, _, rest = shown(Calendar("x", "X", events), as_of=as_of).partition("── today, ")
    assert first.rstrip("\n").endswith(before)
    assert rest.partition("\n")[2].startswith(after)


def test_today_is_before_what_is_not_after_a_later_day() -> None:
    text = "id: a, summary: A, start: not after 2027-03", "id: b, summary: B, start: 2027-01-01"
    output = shown(calendar_of(file_text(*text)), as_of=date(2027, 2, 1))
    before, _, after = output.partition("── today, ")
    assert ("  B" in before, "  A" in after) == (True, True)


def test_today_is_last_where_all_is_past() -> None:
    output = shown(Calendar("x", "X", (event("a", "A", "2025-01-03"),)))
    assert output.endswith("A\n\n── today, Sun 22 November 2026 ──\n")


FIRST = "first on Mon 4 January 2027 · repeats"


@pytest.mark.parametrize(
    ("as_of", "line"),
    [
        (date(2027, 1, 1), "○ Mon 4 – Tue 5 January 2027  A · in 3 days · repeats"),
        (date(2027, 1, 5), "● Mon 4 – Tue 5 January 2027  A · repeats"),
        (date(2027, 1, 7), f"○ Mon 11 – Tue 12 January 2027  A · in 4 days · {FIRST}"),
        (date(2027, 1, 11), f"● Mon 11 – Tue 12 January 2027  A · {FIRST}"),
        (date(2027, 2, 1), f"· Mon 25 – Tue 26 January 2027  A · {FIRST}"),
    ],
)
def test_a_series_is_shown_with_its_current_instance(as_of: date, line: str) -> None:
    weekly = "start: 2027-01-04, duration: 2 days, rrule: FREQ=WEEKLY;COUNT=4"
    series = calendar_of(file_text(f"id: a, summary: A, {weekly}"))
    assert line in shown(series, as_of=as_of, width=120)


def test_a_series_is_sorted_by_its_next_instance() -> None:
    series = "id: a, summary: Weekly, start: 2026-11-30, rrule: FREQ=WEEKLY;UNTIL=20270201"
    moved = "overrides: [{recurrence-id: 2027-01-04, start: 2027-01-06}]"
    calendar = calendar_of(
        file_text(
            f"{series}, {moved}",
            "id: b, summary: Before, start: 2027-01-05",
            "id: c, summary: After, start: 2027-01-07",
        )
    )
    output = shown(calendar, as_of=date(2027, 1, 4))
    assert re.findall("Before|Weekly|After|today|^20..", output, re.MULTILINE) == [
        *("2027", "today", "Before", "Weekly", "After"),
    ]
    assert "Wed 6 January 2027  Weekly · first on Mon 30 November 2026" in output
    # In the Markdown, which does not depend on the day, it is in the year of its first instance.
    years = [year for year, _ in group_by_year(calendar)]
    assert years == [2026, 2027]


def test_an_instance_that_is_cancelled_is_not_the_next_one() -> None:
    off = "overrides: [{recurrence-id: 2027-01-11, status: cancelled}]"
    series = f"id: a, summary: A, start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=3, {off}"
    output = shown(calendar_of(file_text(series)), as_of=date(2027, 1, 5))
    assert "○ Mon 18 January 2027  A · in 13 days · first on Mon 4 January 2027" in output


# The line for today.


def order(output: str) -> list[str]:
    """Return the names of the events, each one word, the years and the line for today, in order."""
    return re.findall(r"today|^\d{4}$|[A-Z][a-z]+(?=$| ·)", output, re.MULTILINE)


NESTED = (
    event("whole", "Whole", "2027-01-03", "2027-01-17"),
    event("first", "First", "2027-01-03", parent="whole"),
    event("part", "Part", "2027-01-05", "2027-01-12", parent="whole"),
    event("inner", "Inner", "2027-01-11", parent="part"),
    event("last", "Last", "2027-01-17", parent="whole"),
    event("later", "Later", "2027-02-01"),
)


@pytest.mark.parametrize(
    ("as_of", "after"),
    [
        (date(2027, 1, 2), "Whole"),
        (date(2027, 1, 4), "Part"),
        (date(2027, 1, 6), "Inner"),
        (date(2027, 1, 11), "Last"),
        (date(2027, 1, 20), "Later"),
    ],
)
def test_today_is_above_the_first_event_to_come_also_between_children(
    as_of: date, after: str
) -> None:
    lines = order(shown(Calendar("x", "X", NESTED), as_of=as_of))
    names = ["2027", "Whole", "First", "Part", "Inner", "Last", "Later"]
    assert lines == [*names[: names.index(after)], "today", *names[names.index(after) :]]
    assert "today" in order(shown(Calendar("x", "X", NESTED), as_of=as_of, width=30))


def test_today_is_above_a_child_of_a_later_year() -> None:
    events = (
        event("whole", "Whole", "2026-05-03"),
        event("part", "Part", "2027-01-05", parent="whole"),
    )
    lines = order(shown(Calendar("x", "X", events)))
    assert lines == ["2026", "Whole", "today", "Part"]


# What is next.


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("2026-11-23", "in 1 day"),
        ("2026-12-01T23:00", "in 9 days"),
        ("2026-11-25~", "in 3 days"),
        ("2027-11-22", "in 365 days"),
        ("2027", None),
        ("2027-Q1", None),
        ("between 2026-12-01 and 2026-12-05", None),
        ("not before 2027", None),
        ("TBC", None),
        ("2026-11-22", None),
    ],
)
def test_the_next_event_says_in_how_many_days_where_a_day_is_known(
    start: str, words: str | None
) -> None:
    output = shown(Calendar("x", "X", (event("a", "Test", start), event("b", "Far", "2029"))))
    assert re.findall(r"Test · (in \d+ days?)", output) == ([words] if words else [])
    assert "Far ·" not in output


def test_a_cancelled_event_is_not_next_and_not_counted() -> None:
    events = (
        event("a", "Off", "2026-11-25", status="cancelled"),
        event("b", "On", "2026-12-01"),
        event("c", "Later", "2026-12-02"),
    )
    output = shown(Calendar("x", "X", events), next_=1, color=True)
    plain = re.sub(r"\x1b\[[\d;]*m", "", output)
    assert "Cancelled: Off" in plain
    assert "On · in 9 days" in plain
    assert "Later" not in plain


def test_the_next_events_are_those_that_surely_start_first() -> None:
    events = (event("a", "Year", "2027"), event("b", "Day", "2027-03-03"))
    output = shown(Calendar("x", "X", events), next_=1)
    assert "Day · in 101 days" in output
    assert "Year" not in output
    assert "1 more to come" in output


def styles(output: str) -> dict[str, str]:
    """Return the parameters of the style of each text."""
    return {text: style for style, text in re.findall(r"\x1b\[([\d;]*)m(.*?)\x1b\[0m", output)}


def test_past_events_are_dim_the_next_is_bold_and_a_cancelled_title_is_struck() -> None:
    events = (
        event("past", "Old", "2026-11-02", location="Hall"),
        event("now", "On", "2026-11-22"),
        event("off", "Gone", "2026-11-24", status="cancelled"),
        event("next", "Soon", "2026-11-25", categories=("race",)),
        event("later", "Later", "2026-11-26"),
    )
    output = shown(Calendar("x", "X", events), color=True)
    assert {name: style for name, style in styles(output).items() if name[-1].isalnum()} == {
        "X": "1",
        "2026": "1;36",
        "Mon 2 November 2026": "2",
        "Old · Hall": "2",
        "Sun 22 November 2026": "1;32",
        "On": "1;32",
        "Tue 24 November 2026": "2",
        "Gone": "2;9",
        "Wed 25 November 2026": "1",
        "Soon · in 3 days": "1",
        " · race": "2",
    }
    assert styles(output)["Cancelled: "] == "2"
    assert output.splitlines()[-1].endswith("  Later")


# The column of dates.


@pytest.mark.parametrize("width", [50, 60, 80, 120])
def test_the_column_of_dates_is_as_wide_as_its_longest_line(width: int) -> None:
    dates = ("2026", "2026-12-10T10:30", "between 2026-12-01 and 2027-02-05")
    events = [event(f"e{n}", "Event", start) for n, start in enumerate(dates)]
    for count in (1, 2, 3):
        output = shown(Calendar("x", "X", tuple(events[:count])), width=width)
        lines = [line for line in output.splitlines() if re.match(r"  [○?] |    \S", line)]
        starts = {line.index("Event") for line in lines if "Event" in line}
        longest = max(len(line[4:].split("  ")[0]) for line in lines)
        assert starts == {4 + longest + 2}
        assert longest <= width * 2 // 5


def test_an_empty_calendar() -> None:
    assert shown(Calendar("x", "X")) == "X\n\nNo events.\n"
    past = Calendar("x", "X", (event("a", "A", "2025"),))
    assert shown(past, next_=3) == "X\n\nNo current or future events.\n\nnot shown: 1 past\n"


def test_colour_changes_nothing_but_colours() -> None:
    colored = shown(DAKAR, color=True, left_out=1)
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == shown(DAKAR, left_out=1)
    assert "\x1b" not in shown(DAKAR)


@given(st.text(min_size=1), st.integers(0, 200), st.booleans())
def test_no_text_controls_the_terminal(text: str, width: int, color: bool) -> None:
    calendar = Calendar(
        "x", text, (event("a", text, "2025-01-03", location=text, categories=(text,)),)
    )
    for line in render_terminal(
        calendar, as_of=TODAY, next_=None, color=color, width=width, left_out=1
    ):
        plain = re.sub(r"\x1b\[[\d;]*m", "", line) if color else line
        depths(plain)  # every isolate ends on its line
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]", plain)
        assert plain == plain.rstrip()


@given(st.lists(st.text("ab 日本é\u0301")), st.integers(2, 30))
def test_lines_fit_and_nothing_is_lost(texts: list[str], width: int) -> None:
    lines = wrap([(text, "") for text in texts], width)
    texts_of_lines = ["".join(text for text, _ in line) for line in lines]
    assert all(cell_width(line) <= width for line in texts_of_lines)
    assert "".join("".join(texts_of_lines).split()) == "".join("".join(texts).split())


def test_wide_characters_are_aligned() -> None:
    assert cell_width("日本é\u0301 a") == 7
    output = shown(Calendar("x", "X", (event("a", "日本 " * 40, "2025-01-03"),)))
    assert all(cell_width(line) <= 80 for line in output.splitlines())


def test_columns_from_right_to_left_are_isolated_from_each_other() -> None:
    events = (
        event("a", "رالي داكار", "2025-01-03", "2025-01-17", location="Bisha"),
        event("b", "Dakar " * 12, "2025-02", status="cancelled", categories=("سباق", "x")),
    )
    output = shown(Calendar("x", "X", events, language="ar"))
    lines = output.splitlines()
    assert lines[3].startswith("  · \u2068الجمعة، 3 – ")
    assert lines[3].endswith("  \u2068رالي داكار\u2069 · \u2068Bisha\u2069")
    assert all(cell_width(line) <= 80 for line in lines)
    starts = [
        cell_width(line[: match.start()])
        for line in lines
        if (match := re.search("\u2068+(?:رالي|Dakar|ملغى)", line))
    ]
    assert len(starts) == 3
    assert len(set(starts)) == 1, output  # the second column begins in one cell


def test_deep_nesting_stays_on_the_screen() -> None:
    deep = [event("e0", "Event", "2025")]
    deep += [event(f"e{n}", "Event", "2025", parent=f"e{n - 1}") for n in range(1, 100)]
    for width in (30, 80):
        output = shown(Calendar("x", "X", tuple(deep)), width=width)
        assert output.count("Event") == 100
        assert all(cell_width(line) <= width for line in output.splitlines())
