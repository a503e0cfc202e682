"""The cost of a hostile file grows linearly: counted calls, and limits of the system for the rest.

Calls do not show what one call of C costs, such as the comparison of a value with a whole list. So
some files are also given to the command, large enough that such a cost exceeds the limits of
``support.limited``.
"""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from support.costs import assert_linear
from support.limited import EVENTS, LimitedCommand
from support.loading import load_text
from timeline._limits import MAX_DAYS_OFF
from timeline.compiler.fix import fix_file
from timeline.compiler.schema import keys as schema_keys
from timeline.dates.corrections import explanations
from timeline.dates.working_days import MAX_WORKING_DAYS
from timeline.diagnostics import MOST

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.diagnostics import Path as DataPath
    from timeline.diagnostics import Refusal


def events(count: int, keys: str) -> str:
    """Return a file of events with these keys: ``N`` is the number of the event, ``M`` the next."""
    return EVENTS + "".join(
        f"- {{id: e{n}, summary: E{n}, "
        + keys.replace("N", f"{n}").replace("M", f"{(n + 1) % count}")
        + "}\n"
        for n in range(count)
    )


# Dates that depend on each other.

LAST = "- {id: last, summary: L, start: 2025-01-03}\n"
ANCHORS = {
    "a circle": lambda count: events(count, "start: eM.start"),
    "a circle of ends": lambda count: events(count, "start: eM.end, duration: 1 day"),
    "many small circles": lambda count: (
        EVENTS
        + "".join(f"- {{id: e{n}, summary: E, start: e{n ^ 1}.end}}\n" for n in range(count & ~1))
    ),
    "a chain": lambda count: events(count, "start: eM.end").replace("e0.end", "last.end") + LAST,
    "a chain from the start": lambda count: (
        EVENTS
        + LAST.replace("last", "e0")
        + "".join(f"- {{id: e{n}, summary: E, start: e{n - 1}.end}}\n" for n in range(1, count + 1))
    ),
    "a chain into a circle": lambda count: (
        events(count, "start: eM.end").replace("e0.end", "a.end")
        + "- {id: a, summary: A, start: b.start}\n- {id: b, summary: B, start: a.start}\n"
    ),
    "a chain of between": lambda count: (
        events(count, "start: between eM.start and eM.end + 1 day").replace("e0.", "last.") + LAST
    ),
    "a circle of between": lambda count: events(count, "start: between eM.start and e0.end"),
    "one anchor": lambda count: events(count, "start: last.end + N days") + LAST,
    "children of parents": lambda count: (
        EVENTS
        + "".join(
            f"- {{id: p{n}, summary: P, start: c{n}.start, events: [{{id: c{n}, summary: C, "
            f"start: p{n + 1}.start}}]}}\n"
            for n in range(count)
        )
        + f"- {{id: p{count}, summary: P, start: 2025}}\n"
    ),
}


@pytest.mark.parametrize("name", ANCHORS)
def test_the_cost_of_anchors_is_linear(name: str) -> None:
    assert_linear(lambda count: load_text(ANCHORS[name](count)), 300)


# Suggestions, each of which compares a word with others.

SUGGESTIONS = {
    "ids": lambda count: (
        EVENTS
        + "".join(f"- {{id: {'e' * 55}{n}, summary: E, start: 2025}}\n" for n in range(190))
        + "".join(
            f"- {{id: f{n}, summary: F, start: 2025, related-to: [{'e' * 55}x{n}]}}\n"
            for n in range(count)
        )
    ),
    "categories": lambda count: (
        (f"categories: {{{', '.join(f'name-of-a-category-{n}: {{}}' for n in range(999))}}}\n")
        + events(count, "start: 2025, categories: [name-of-a-categoryN]")
    ),
    "zones": lambda count: events(count, "start: 2025-01-03T09:00, timezone: Europe/BerlN"),
    "keys": lambda count: events(count, "start: 2025, descripN: a"),
    "keys of one event": lambda count: (
        EVENTS
        + f"- {{{', '.join(f'x-{n}: a' for n in range(4 * count))}, "
        + f"{', '.join(f'sum{chr(0x4E00 + n)}mary: a' for n in range(count))}}}\n"
    ),
    "aliases": lambda count: (
        EVENTS
        + f"x-a: [{', '.join(f'&anchor-number-{n} a, *anchor-number-{n}' for n in range(999))}]\n"
        + f"x-b: [{', '.join(f'*anchr-number-{n}' for n in range(count))}]\n"
    ),
    "codes to ignore": lambda count: (
        EVENTS
        + "".join(
            f"- {{id: e{n}, summary: E{n}, start: 2025}} # timeline: ignore[overlapp-{n}]\n"
            for n in range(count)
        )
    ),
}


@pytest.mark.parametrize("name", SUGGESTIONS)
def test_suggestions_for_a_thousand_errors_take_seconds(name: str) -> None:
    assert LimitedCommand("validate", "-", content=SUGGESTIONS[name](1500)).code in (0, 1)


@pytest.mark.parametrize("name", ["a circle", "a chain"])
def test_thousands_of_dates_depend_on_each_other(name: str) -> None:
    assert LimitedCommand("validate", "-", content=ANCHORS[name](10_000)).code in (0, 1)


# Values that are rejected, each with a help that takes a hundred times as long as to read it.

REJECTED = {
    "a day": "start: 2025-1-1",
    "a unit": "start: eM.start + 1 second",
    "terms": f"start: e0.start{' + 1 day - 1 day' * 60}",
    "two dates": "start: 2025-1-1, end: 3 January 2025",
    "a duration": "start: 2025, duration: 1 dayN",
    "an alarm": "start: 2025, alarms: [1 dayN before]",
    "another format": "start: 2025-1-1, format: 2",
}


@pytest.mark.parametrize("lines", ["many lines", "one line"])
@pytest.mark.parametrize("name", REJECTED)
def test_thousands_of_rejected_values_take_seconds(name: str, lines: str) -> None:
    content = events(20_000, REJECTED[name])
    if lines == "one line":
        head, _, items = content.partition("events:\n")
        content = f"{head}events: [{items.replace('- {', '{').replace(chr(10), ', ')}]\n"
    assert LimitedCommand("validate", "-", content=content).code == 1


def test_what_is_not_reported_is_not_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    explain = explanations.explain_refusal

    def counted(*arguments: Any) -> Refusal:
        nonlocal calls
        calls += 1
        return explain(*arguments)

    monkeypatch.setattr(explanations, "explain_refusal", counted)
    counts = []
    for size in (3 * MOST, 6 * MOST):
        calls = 0
        assert len(load_text(events(size, "start: 2025-1-1")).diagnostics) == MOST + 1
        counts.append(calls)
    # The first refusal ends the reading without pydantic, and is found again with it.
    assert MOST < min(counts) <= max(counts) <= 1 + 2 * MOST + 2


def days_off(items: list[str], events: str = "") -> str:
    """Return a file with these days off."""
    listed = ", ".join(items)
    calendar = f"{{id: x.org, name: X, working-days: {{week: [mon, tue], off: [{listed}]}}}}"
    return f"calendar: {calendar}\nevents:\n{LAST}{events}"


def days(count: int) -> list[str]:
    """Return every third day from 2000 on."""
    first = date(2000, 1, 3)
    return [f"{first + timedelta(days=3 * number)}" for number in range(count)]


def test_thousands_of_dates_count_thousands_of_working_days() -> None:
    terms = "".join(f" {'+-'[at % 2]} {MAX_WORKING_DAYS - at} working days" for at in range(32))
    items = "".join(f"- {{id: e{n}, summary: E, start: last.start{terms}}}\n" for n in range(3_000))
    assert LimitedCommand("validate", "-", content=days_off(days(MAX_DAYS_OFF), items)).code == 0


DAYS_OFF = {
    "days": days,
    "the same day": lambda count: ["2025-01-03"] * count,
    "ranges": lambda count: [f"{day}..{day[:3]}9-12-31" for day in days(count)],
    "ranges of a year": lambda count: ["2025-01-01..2026-01-31"] * count,
    "what is no range": lambda count: [f"2025-01-03 - {day}~" for day in days(count)],
    "words": lambda count: [f"Christmas {day}" for day in days(count)],
}


@pytest.mark.parametrize("name", DAYS_OFF)
def test_any_number_of_days_off_takes_seconds(name: str) -> None:
    for count in (MAX_DAYS_OFF, 200_000):
        content = days_off(DAYS_OFF[name](count))
        done = LimitedCommand("validate", "--output-format", "concise", "-", content=content)
        if count > MAX_DAYS_OFF:
            assert (done.code, done.codes()) == (1, {"too-large"})


@pytest.mark.parametrize(("terms", "codes"), [(32, []), (33, ["too-long"])])
def test_a_relative_date_has_a_limited_number_of_terms(terms: int, codes: list[str]) -> None:
    first = "- {id: a, summary: A, start: 2025-01-03}\n"
    text = EVENTS + first + f"- {{id: b, summary: B, start: a.start{' + 1 day' * terms}}}\n"
    diagnostics = load_text(text).diagnostics
    assert [diagnostic.code for diagnostic in diagnostics] == codes


# Reports of many diagnostics on one line, and comments that suppress many.


def on_one_line(count: int) -> str:
    """Return a file with 900 errors at the end of a line, of 33 bytes for each of a number."""
    events = "".join(f"{{id: e{n}, summary: \U0001f3c1, start: TBC}}, " for n in range(count))
    wrong = "".join(f"{{id: f{n}, summary: A, start: 2025-1-3}}, " for n in range(900))
    return f"calendar: {{id: x.org, name: X}}\nevents: [{events}{wrong}]\n"


@pytest.mark.parametrize("form", ["sarif", "json", "full", "concise", "github"])
def test_a_report_on_a_line_of_megabytes_takes_seconds(form: str) -> None:
    arguments = ("validate", "-", "--output-format", form)
    assert LimitedCommand(*arguments, content=on_one_line(30_000)).code == 1


COMMENTS = {
    "unknown codes": lambda count: ", ".join(f"c{n}" for n in range(count)),
    "the same code": lambda count: ", ".join(["overlap"] * count),
    "codes without a bracket": lambda count: "# timeline: ignore[a " * count,
}


@pytest.mark.parametrize("name", COMMENTS)
def test_thousands_of_codes_and_warnings_on_a_line_take_seconds(name: str) -> None:
    codes = COMMENTS[name](20_000)
    children = "".join(f"{{id: e{n}, summary: E, start: 2025-21}}, " for n in range(5_000))
    text = f"{EVENTS}- {{id: p, summary: P, start: 2025, events: [{children}]}}"
    done = LimitedCommand("validate", "-", content=f"{text} # timeline: ignore[{codes}]\n")
    assert done.code == 0


def test_a_comment_on_each_of_many_lines_takes_seconds() -> None:
    text = "".join(
        f"- {{id: e{n}, summary: E{n}, start: 2025-21}} # timeline: ignore[season, c{n}]\n"
        for n in range(10_000)
    )
    assert LimitedCommand("validate", "-", content=EVENTS + text).code == 0


# Fixes.

FIXES = {
    "dates": lambda count: events(count, "start: 3 January 2027"),
    "different dates": lambda count: (
        EVENTS
        + "".join(
            f"- {{id: e{n}, summary: E, start: {n % 28 + 1} January {1000 + n}}}\n"
            for n in range(count)
        )
    ),
    "dates after what cannot be fixed": lambda count: (
        events(1100, "start: sometime")
        + events(count, "start: 2027-1-3").removeprefix(EVENTS).replace("id: e", "id: f")
    ),
    "dates of one event": lambda count: (
        EVENTS + f"- {{id: a, summary: A, start: 2025, was: [{'3 January 2027, ' * count}]}}\n"
    ),
    "keys": lambda count: events(count, "strat: 2027"),
    "different keys": lambda count: (
        EVENTS
        + "".join(
            f"- {{id: e{n}, sum{chr(0x4E00 + n)}ary: E, start: 2025}}\n" for n in range(count)
        )
    ),
    "unknown keys": lambda count: events(count, "N-a: b, N-b: c, N-c: d, start: 2027"),
    "what would be an error": lambda count: events(
        count, "start: 2027-1-3, end: 2 January 2027, alarms: [3 January 2027]"
    ),
    "keys that cannot be fixed": lambda count: events(count, "start: 2027-1-3, descripN: a"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FIXES)
def test_the_cost_of_fixes_is_linear(name: str) -> None:
    def fix(count: int) -> None:
        fix_file("-", BytesIO(FIXES[name](count).encode()))

    assert_linear(fix, 700)


def test_what_a_key_means_is_found_once_for_each_spelling(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    near_key = schema_keys.near_key

    def counted(path: DataPath, *more: Any) -> str | None:
        searched.append(str(path[-1]))
        return near_key(path, *more)

    monkeypatch.setattr(schema_keys, "near_key", counted)
    text = events(3000, "strat: 2025").replace("summary", "sumary")
    fixed = fix_file("-", BytesIO(text.encode()))
    assert fixed.count == 6000
    assert sorted(searched) == ["strat", "sumary"]


@pytest.mark.slow
@pytest.mark.parametrize("name", FIXES)
def test_thousands_of_fixes_take_seconds(name: str) -> None:
    done = LimitedCommand("validate", "--fix", "-", content=FIXES[name](6_000))
    assert done.code in (0, 1)
    if "error" not in name:
        assert "2027-1-3" not in done.out
        assert "January" not in done.out


# What is repeated.

CALENDAR = EVENTS.removesuffix("events:\n")
MINUTES = ", ".join(f"{number} minutes before" for number in range(1, 500))
DAYS = ", ".join(
    f"{{recurrence-id: {date(2025, 1, 3) + timedelta(days=number)}, location: A}}"
    for number in range(1000)
)
REPEATED = {
    "feeds": "feeds:\n"
    + "".join(f"- {{id: f{n}}}\n" for n in range(1000))
    + events(1000, "start: 2025-01-03").removeprefix(CALENDAR),
    "reminders of a category": f"categories: {{k: {{alarms: [{MINUTES}]}}}}\n"
    + events(3000, "start: 2025-01-03, categories: [k]").removeprefix(CALENDAR),
    "a text in aliases": f"x-text: &text {'a ' * 2**19}\n"
    + events(5000, "start: 2025-01-03, description: *text").removeprefix(CALENDAR),
    "a text in overrides": "events:\n- {id: a, summary: A, start: 2025-01-03, rrule: FREQ=DAILY, "
    f"description: {'a ' * 2**18}, overrides: [{DAYS}]}}\n",
}


@pytest.mark.parametrize("name", REPEATED)
def test_what_is_repeated_is_rejected_before_it_is_made(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    text = CALENDAR + REPEATED[name]
    done = LimitedCommand("export", "-", "--name", "x", "--output-dir", str(folder), content=text)
    assert done.code == 1
    assert "error[too-large]" in done.err
    assert not folder.exists()
    assert LimitedCommand("validate", "-", content=text).codes() == {"too-large"}


# Checks that compare events, categories or feeds with each other.

CHECKED = {
    "categories without overlaps": lambda count: (
        (f"categories: {{{', '.join(f'c{n}: {{no-overlap: true}}' for n in range(count))}}}\n")
        + events(count, "start: 2025-01-03, categories: [cN]")
    ),
    "circles of relations": lambda count: events(count, "start: 2025, related-to: [eM, e0]"),
    "a feed of all and none": lambda count: (
        (
            f"feeds: [{{id: f, ids: [{', '.join(f'e{n}' for n in range(count))}], "
            f"exclude: [{', '.join(f'e{n}' for n in range(count))}]}}]\n"
        )
        + events(count, "start: 2025")
    ),
    "unknown categories of a feed": lambda count: (
        (f"feeds: [{{id: f, categories: [{', '.join(f'x{n}' for n in range(count))}]}}]\n")
        + events(count, "start: 2025, categories: [cN]")
    ),
}


@pytest.mark.parametrize("name", CHECKED)
def test_checks_of_thousands_of_events_take_seconds(name: str) -> None:
    assert LimitedCommand("validate", "-", content=CHECKED[name](8_000)).code in (0, 1)


@pytest.mark.parametrize("name", CHECKED)
def test_the_cost_of_checks_is_linear(name: str) -> None:
    assert_linear(lambda count: load_text(CHECKED[name](count)), 1_100)
