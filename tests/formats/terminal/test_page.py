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

TODAY = date(2026, 11, 22)


def event(id_: str, summary: str, start: str, end: str | None = None, **more: Any) -> Event:
    return Event(id_, f"{id_}@x", summary, when(start, end), (), **more)


def shown(calendar: Calendar, **options: Any) -> str:
    given_: dict[str, Any] = {
        "as_of": TODAY,
        "next_": None,
        "color": False,
        "width": 80,
        "left_out": {},
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
  ○ Tue 1 December 2026               Last test

2027
  ○ Sat 2 – Sat 16 January 2027       Next rally (tentative)
  ○ Sat 2 January 2027                  Prologue

Date to be confirmed
                                      Six vehicles go to the organisers
    until 2028, start to be           Charter
    confirmed

not in the feed:
  Six vehicles go to the organisers (fleet): its date is to be confirmed
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
    assert shown(DAKAR, left_out={"fleet": "its date is to be confirmed"}) == WIDE


def test_narrow() -> None:
    few = tuple(event for event in DAKAR.events if event.id in ("rally", "rub", "fleet"))
    assert shown(Calendar("x", DAKAR.name, few), width=30) == NARROW


def test_next_shows_current_events_and_that_many_future_ones() -> None:
    output = shown(DAKAR, next_=2)
    assert re.findall(r"^  (\S) .*\d  +(.*)$", output, re.MULTILINE) == [
        ("●", "Official Car Partner · press"),
        ("?", "Debut as a manufacturer"),
        ("●", "Shakedown"),
        ("○", "Last test"),
        ("○", "Next rally (tentative)"),
    ]
    assert output.endswith("not shown: 5 past, 1 more to come, 2 without a date\n")


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


def test_a_series_is_shown_with_its_next_instance() -> None:
    weekly = "start: 2027-01-04, duration: 2 days, rrule: FREQ=WEEKLY;COUNT=4"
    series = calendar_of(file_text(f"id: a, summary: A, {weekly}"))

    def lines(day: date) -> str:
        return shown(series, as_of=day, width=120)

    assert "○ Mon 4 – Tue 5 January 2027  A · next on Mon 11 January 2027 · repeats" in lines(
        date(2027, 1, 7)
    )
    assert "● Mon 4 – Tue 5 January 2027  A · repeats" in lines(date(2027, 1, 11))
    assert "· Mon 4 – Tue 5 January 2027  A · repeats" in lines(date(2027, 2, 1))


def test_an_empty_calendar() -> None:
    assert shown(Calendar("x", "X")) == "X\n\nNo events.\n"
    past = Calendar("x", "X", (event("a", "A", "2025"),))
    assert shown(past, next_=3) == "X\n\nNo current or future events.\n\nnot shown: 1 past\n"


def test_colour_changes_nothing_but_colours() -> None:
    colored = shown(DAKAR, color=True, left_out={"fleet": "why"})
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == shown(DAKAR, left_out={"fleet": "why"})
    assert "\x1b" not in shown(DAKAR)


@given(st.text(min_size=1), st.integers(0, 200), st.booleans())
def test_no_text_controls_the_terminal(text: str, width: int, color: bool) -> None:
    calendar = Calendar(
        "x", text, (event("a", text, "2025-01-03", location=text, categories=(text,)),)
    )
    for line in render_terminal(
        calendar, as_of=TODAY, next_=None, color=color, width=width, left_out={"a": text, text: "x"}
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
