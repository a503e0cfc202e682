"""Relative dates that count working days, as an events file has them."""

from __future__ import annotations

import pytest

from support.loading import file_text, load_text

WEEK = "week: [sun, mon, tue, wed, thu]"
OFF = "off: [2024-01-01, 2025-03-30..2025-04-03, 2027-12-31]"


def calendar(working_days: str) -> str:
    return (
        "calendar: {id: x.org, name: X, timezone: Europe/Berlin, "
        f"working-days: {{{working_days}}}}}\n"
    )


FULL = calendar(f"{WEEK}, {OFF}")


def starts(*events: str) -> list[str]:
    """Return the starts of events of a file without diagnostics."""
    loaded = load_text(file_text(*events, calendar=FULL))
    assert loaded.diagnostics == []
    return [str(event.when.start) for event in loaded.calendar.events]  # type: ignore[union-attr]


def codes(*events: str, calendar: str = FULL) -> list[str]:
    loaded = load_text(file_text(*events, calendar=calendar))
    return [diagnostic.code for diagnostic in loaded.diagnostics]


def test_a_time_is_moved_from_its_own_day_and_keeps_its_clock() -> None:
    _, *moved = starts(
        'id: a, summary: A, start: "2025-03-06T23:30[America/New_York]"',  # Friday in Berlin
        "id: b, summary: B, start: a.start + 1 working day",
        "id: c, summary: C, start: a.start + 3 working days",
        "id: d, summary: D, start: a.start + 1 working day at 18:00",
        "id: e, summary: E, start: a.start + 2 hours + 1 working day",
        "id: f, summary: F, start: a.start + 1 working day + 2 hours",
    )
    assert moved == [
        "2025-03-09T23:30:00-04:00",  # Sunday, in summer time
        "2025-03-11T23:30:00-04:00",
        "2025-03-10T18:00:00+01:00",  # the day that clocks in Berlin show then
        "2025-03-09T01:30:00-05:00",
        "2025-03-10T01:30:00-04:00",
    ]


def test_a_time_that_clocks_skip_there_is_moved_with_a_warning() -> None:
    event = "id: a, summary: A, start: 2025-03-27T02:30"
    assert codes(event, "id: b, summary: B, start: a.start - 1 working day") == []
    loaded = load_text(
        file_text(
            event,
            "id: b, summary: B, start: a.start + 1 working day",
            calendar=calendar(f"{WEEK}, off: [2025-01-01, 2025-12-31]"),
        )
    )
    assert [diagnostic.code for diagnostic in loaded.diagnostics] == ["moved-time"]


def test_a_between_has_sides_that_count_working_days() -> None:
    assert starts(
        "id: a, summary: A, start: 2025-03-25, end: 2025-03-27",
        "id: b, summary: B, start: between a.start + 1 working day and a.end + 1 working day",
        "id: c, summary: C, start: between 2025-03-01 and a.start - 2 working days",
    ) == [
        "2025-03-25",
        "between 2025-03-26 and 2025-04-06",
        "between 2025-03-01 and 2025-03-23",
    ]


def test_an_end_may_count_from_its_own_start() -> None:
    loaded = load_text(
        file_text(
            "id: a, summary: A, start: 2025-03-26, end: a.start + 3 working days", calendar=FULL
        )
    )
    assert loaded.diagnostics == []
    assert str(loaded.calendar.events[0].when.end) == "2025-04-07"


def test_a_date_relative_to_a_date_to_be_confirmed_is_to_be_confirmed() -> None:
    assert (
        codes("id: a, summary: A, start: TBC", "id: b, summary: B, start: a.start + 1 working day")
        == []
    )


TWO = ("id: a, summary: A, start: {}", "id: b, summary: B, start: a.start {}")


def moved(start: str, terms: str) -> tuple[str, str]:
    return TWO[0].format(start), TWO[1].format(terms)


@pytest.mark.parametrize("start", ["2025-03-25", "TBC", "2025", "2025-03-25T09:00"])
def test_the_calendar_must_have_the_working_days(start: str) -> None:
    plain = "calendar: {id: x.org, name: X, timezone: Europe/Berlin}\n"
    assert codes(*moved(start, "+ 1 working day"), calendar=plain) == ["missing-working-days"]


def test_working_days_with_an_error_are_reported_once() -> None:
    for wrong in (f"{WEEK}, off: [2025-02-30]", "week: [sunday]", "off: [2025-01-01]", "week: []"):
        assert len(codes(*moved("2025-03-25", "+ 1 working day"), calendar=calendar(wrong))) == 1
    misspelt = "calendar: {id: x.org, name: X, working-day: {week: [mon]}}\n"
    assert codes(*moved("2025-03-25", "+ 1 working day"), calendar=misspelt) == ["unknown-key"]


# The days between the first and the last day off in the file are covered: 2025-01-01, a Wednesday,
# to 2025-05-01, a Thursday.
LISTED = calendar(f"{WEEK}, off: [2025-05-01, 2025-01-01]")


@pytest.mark.parametrize(
    ("start", "terms", "is_covered"),
    [
        ("2025-03-10", "+ 5 working days", True),
        ("2025-04-29", "+ 1 working day", True),
        ("2025-04-30", "+ 1 working day", False),  # 4 May
        ("2025-05-05", "- 5 working days", False),  # 4 May counts
        ("2025-05-04", "- 5 working days", True),  # it does not count itself
        ("2025-05-03", "- 5 working days", True),  # a Friday and a Saturday are free anyway
        ("2024-12-31", "+ 1 working day", True),  # only 1 and 2 January count
        ("2024-12-30", "+ 1 working day", False),
        ("2025-01-02", "- 1 working day", False),
        ("2025-01-05", "- 1 working day", True),
        ("2025-03-10", "+ 500 working days - 500 working days", False),
        ("2025-03-10", "- 500 working days + 500 working days", False),
        ("2025-03-10", "+ 3 years", True),  # counts none
        ("2025-03", "+ 5 working days", True),
        ("2025", "+ 5 working days", False),
        ("2025-04-30T23:59", "+ 1 working day", False),
    ],
)
def test_days_that_count_lie_between_the_first_and_the_last_day_off(
    start: str, terms: str, *, is_covered: bool
) -> None:
    expected = [] if is_covered else ["working-days-uncovered"]
    assert codes(*moved(start, terms), calendar=LISTED) == expected


def test_a_calendar_whose_list_is_empty_covers_all_days() -> None:
    plain = calendar(f"{WEEK}, off: []")
    assert codes(*moved("2025-03-10", "+ 3660 working days"), calendar=plain) == []


def test_a_calendar_without_a_list_is_reported_once() -> None:
    events = (*moved("2025-03-10", "+ 1 working day"), "id: c, summary: C, start: b.start")
    assert codes(*events, calendar=calendar(WEEK)) == ["working-days-uncovered"]
    wrong = "id: c, summary: C, start: 2025-02-30"
    assert codes(*events[:2], wrong, calendar=calendar(WEEK)) == ["no-such-date"]


def test_the_report_of_a_missing_list_can_be_suppressed() -> None:
    text = (
        "calendar:\n  id: x.org\n  name: X\n"
        "  working-days: # timeline: ignore[working-days-uncovered]\n    week: [mon]\nevents: []\n"
    )
    assert load_text(text).diagnostics == []


def test_a_comment_suppresses_the_warning() -> None:
    text = (
        LISTED + "events:\n  - {id: a, summary: A, start: 2025-04-30}\n  - id: b\n    summary: B\n"
        "    start: a.start + 1 working day  # timeline: ignore[working-days-uncovered]\n"
    )
    assert load_text(text).diagnostics == []
