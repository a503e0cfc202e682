"""One error makes one diagnostic: whatever depends on a value that is refused is not reported."""

from __future__ import annotations

import copy
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.loading import document_of, event_codes, load_text
from support.paths import CASE_FILES, ROOT
from timeline.diagnostics import At

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.diagnostics import Diagnostic, Path

SHAPES = """
calendar: {id: x.org, name: X, timezone: Europe/Berlin, language: en}
categories: {rally: {no-overlap: true}, other: {alarms: [1 day before]}}
events:
  - {id: day, summary: S, start: 2025-01-03, alarms: [1 day before, 1 day before end]}
  - {id: span, summary: S, start: 2025-01-03, end: 2025-01-17, categories: [rally],
     alarms: [1 day before end, "2025-01-01T09:00"]}
  - {id: length, summary: S, start: 2025-02-03, duration: 3 days, categories: [other]}
  - {id: time, summary: S, start: "2025-01-03T09:00", end: "2025-01-03T10:00", timezone: Asia/Tokyo,
     alarms: [1 hour before], exdate: ["2025-01-05T09:00"], rrule: FREQ=DAILY;COUNT=5,
     overrides: [{recurrence-id: 2025-01-04, start: "2025-01-04T11:00"},
                 {recurrence-id: "2025-01-06T09:00", duration: 2 hours}]}
  - {id: flight, summary: S, start: "2025-05-03T09:00", duration: 90 minutes}
  - {id: weekly, summary: S, start: 2025-01-03, end: 2025-01-04, rrule: {freq: weekly, count: 9},
     exdate: [2025-01-10], rdate: [2025-01-07], alarms: [1 day before],
     overrides: [{recurrence-id: 2025-01-17, start: 2025-01-18, end: 2025-01-18}],
     events: [{id: inside, summary: S, start: 2025-02-14}]}
  - {id: dates, summary: S, start: 2025-01-03, rdate: [2025-01-08, 2025-01-09],
     exdate: [2025-01-08]}
  - {id: after, summary: S, start: span.end + 1 day at 18:00, duration: 2 hours,
     alarms: [1 hour before]}
  - {id: morning, summary: S, start: length.start at 08:00, end: length.end at 09:00}
  - {id: later, summary: S, start: after.end, end: after.end + 3 hours}
  - {id: some, summary: S, start: between span.start and length.start + 1 week}
  - {id: open, summary: S, start: 2025-03-01, end: ..}
  - {id: tbc, summary: S, start: TBC, end: 2025-12-31}
  - {id: moved, summary: S, start: 2025-08-01, status: postponed, was: [2025-04-01,
     {start: 2025-05-01, end: 2025-05-03}]}
  - id: parent
    summary: S
    start: "2025-06-01T09:00"
    end: "2025-06-03T18:00"
    timezone: Asia/Riyadh
    events:
      - {id: talk, summary: S, start: "2025-06-01T10:00", end: "2025-06-01T11:00"}
      - {id: nested, summary: S, start: parent.start + 1 day, end: parent.end,
         events: [{id: leaf, summary: S, start: nested.start + 1 hour, duration: 30 minutes,
                   alarms: [1 hour before end]}]}
  - {id: texts, summary: {en: S, fr: T}, start: 2025-07-01, related-to: [parent, day]}
"""
"""An event of each shape that has a date."""

BROKEN = {
    "start": (
        *("31 June 2025", "2025-02-30", "early 2025", "garbage", "2025-13-45", "9am", "", None),
        *(
            "2025-03-30T02:30[Europe/Berlin]",
            "2025-01-03T09:00[Mars/Base]",
            "2025-01-03/2025-01-17",
        ),
        *(["2025-01-03"], {"day": "2025-01-03"}, "nobody.end", "open.end", "tbc", "3 days", "day"),
        *(
            "day.start - 2 hours",
            "between tbc.start and day.start - 2 hours",
            "17000",
            "SELF.start",
        ),
        *("2025-01-03T09:00+05:00[Europe/Berlin]", "moved.start + 9999 years"),
    ),
    "end": (
        *("31 June 2025", "2025-02-30", "late 2025", "garbage", "19:30", "", None, "nobody.end"),
        *("2025-03-30T02:30[Europe/Berlin]", ["2025-01-03"], "3 days", "SELF.end", "open.end"),
    ),
    "duration": (
        "3",
        "three days",
        "P",
        "1.5 days",
        "",
        None,
        "9999999 days",
        ["3 days"],
        "1999999 years",
    ),
    "timezone": ("Asia/Riyad", "CET+1", "Riyadh", "", None, ["Asia/Riyadh"]),
    "rrule": (
        "FREQ=SOMETIMES",
        "weekly",
        "FREQ=WEEKLY;COUNT=0",
        "",
        None,
        "FREQ=DAILY;BYDAY=XX",
        ["x"],
    ),
    "rdate": (
        "31 June 2025",
        ["31 June 2025"],
        ["TBC"],
        [None],
        None,
        ["2025-01-07T25:00"],
        ["2025~"],
    ),
    "exdate": ("31 June 2025", ["31 June 2025"], ["TBC"], [None], None, ["2024-01-01"]),
    "alarms": (["1 day"], ["1 month before"], [None], None, "1 day before"),
    "was": (["31 June 2025"], [{"start": "2025-01-03", "end": "garbage"}]),
    "summary": ("", None, ["S"]),
    "id": ("", None, "??"),
    "language": ("english", None),
}
"""Values that are refused, by key."""

MISSPELT = {"start": "strat", "end": "edn", "duration": "durration", "timezone": "timzone"}
MISSPELT |= {"rrule": "rule", "rdate": "rdates", "exdate": "exdates", "language": "lang"}
"""A misspelling of each key."""


def mapping_paths(data: Any) -> Iterator[Path]:
    """Yield the paths of the calendar and of all events."""
    waiting: list[Path] = [("calendar",), ()]
    while waiting:
        path = waiting.pop()
        if path:
            yield path
        if path != ("calendar",):
            events = value_at(data, path).get("events", ())
            waiting += [(*path, "events", index) for index in range(len(events))]


def value_at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def broken_files(data: Any) -> Iterator[tuple[Path, object]]:
    """Yield a key of the file, by its path, and a value or a misspelt key that is an error."""
    for path in mapping_paths(data):
        for key in value_at(data, path):
            values = BROKEN.get(key, ()) if (path, key) != (("calendar",), "id") else ()
            yield from (((*path, key), value) for value in values)
            if key in MISSPELT:
                yield (*path, key), Misspelt(MISSPELT[key])


class Misspelt(str):
    """A key to write in place of the correct one."""

    __slots__ = ()


def diagnostics_of(data: Any) -> list[Diagnostic]:
    return load_text(json.dumps(data, ensure_ascii=False)).diagnostics


def diagnostics_with(data: Any, path: Path, value: object) -> list[Diagnostic]:
    """Return the diagnostics of a file with one key misspelt, or with another value."""
    broken = copy.deepcopy(data)
    mapping, key = value_at(broken, path[:-1]), path[-1]
    if isinstance(value, Misspelt):
        mapping[value] = mapping.pop(key)
    else:
        own = str(mapping.get("id"))
        mapping[key] = value.replace("SELF", own) if isinstance(value, str) else value
    return diagnostics_of(broken)


DATA = document_of(SHAPES).data
ERRORS = list(broken_files(DATA))[::3]


def test_the_shapes_have_no_diagnostic() -> None:
    assert diagnostics_of(DATA) == []


@pytest.mark.parametrize("part", range(2))
def test_an_error_in_an_event_of_any_shape_is_reported_alone(part: int) -> None:
    for path, value in ERRORS[part::2]:
        assert len(diagnostics_with(DATA, path, value)) == 1, (path, value)


CASES = [document_of(file.read_bytes()).data for file in CASE_FILES]
CASES = [{key: value for key, value in data.items() if key != "include"} for data in CASES]


@given(st.data())
def test_an_error_in_a_case_is_reported_alone(draw: st.DataObject) -> None:
    number = draw.draw(st.integers(0, len(CASES) - 1))
    path, value = draw.draw(st.sampled_from(list(broken_files(CASES[number]))))
    diagnostics = diagnostics_with(CASES[number], path, value)
    # Those that the case has itself are at other columns now, so they are known by their texts.
    texts = [diagnostic.message for diagnostic in diagnostics]
    assert len([text for text in texts if text not in messages(number)]) == 1, texts


@cache
def messages(number: int) -> list[str]:
    return [diagnostic.message for diagnostic in diagnostics_of(CASES[number])]


DATES_PAGE = (ROOT / "docs/dates.md").read_text(encoding="utf-8")
REJECTED = re.findall(
    r"^\| `(.+?)` \|", DATES_PAGE.partition("| rejected |")[2].partition("\n\n")[0], re.MULTILINE
)


@pytest.mark.parametrize("text", REJECTED)
def test_a_date_that_the_documents_reject_is_reported_alone(text: str) -> None:
    for path in (("events", 1, "start"), ("events", 5, "start"), ("events", 14, "start")):
        assert len(diagnostics_with(DATA, path, text)) == 1, path


@pytest.mark.parametrize("side", ["b.start - 2 hours", "b.start + PT1H", "b.end - PT1M"])
@pytest.mark.parametrize("other", ["tbc.start", "b.start", "2025"])
@pytest.mark.parametrize(
    ("start", "codes"),
    [("TBC", []), ("2025-01-03", ["hours-on-a-day"]), ("2025-01-03T09:00", [])],
)
def test_a_between_with_hours_needs_a_time_to_move(
    side: str, other: str, start: str, codes: list[str]
) -> None:
    known = ("id: tbc, summary: T, start: TBC", f"id: b, summary: B, start: {start}")
    for text in (f"between {side} and {other}", f"between {other} and {side}"):
        assert event_codes(*known, f"id: c, summary: C, start: {text}") == codes


def test_an_unknown_side_does_not_hide_what_is_wrong_with_the_other() -> None:
    known = ("id: tbc, summary: T, start: TBC", "id: b, summary: B, start: 2025-01-03")
    text = "between tbc.start and b.start - 2 hours"
    assert event_codes(*known, f"id: c, summary: C, start: {text}") == ["hours-on-a-day"]


@pytest.mark.parametrize(
    "text",
    [
        """
events:
  - {id: a, summary: A, start: 2025-01-03T09:00}
calendar: {id: x.org, name: "X, timezone: Europe/Berlin}
""",
        """
calendar: {id: x.org, name: X}
events:
  - id: a
    summary: {en: A, fr: B}
    start: 2025-01-03T09:00
    exdate: [2025-01-04]
    location: "Hall
    timezone: Europe/Berlin
    rrule: FREQ=DAILY
""",
    ],
)
def test_what_may_follow_a_syntax_error_is_not_missing(text: str) -> None:
    codes = [diagnostic.code for diagnostic in load_text(text).diagnostics]
    assert codes == ["unclosed-quote"] + ["missing-language"] * ("fr" in text)


@pytest.mark.parametrize(
    ("feed", "code"),
    [
        ("{id: f, alarms: [1 dya before]}", "duration-syntax"),
        ("{id: F!, ids: [nobody]}", "id-syntax"),
        ("{id: f, idss: [nobody], alarms: [1 month before]}", "unknown-key"),
        ("{alarms: [1 month before]}", "missing-key"),
        ("f", "wrong-type"),
    ],
)
def test_an_error_in_a_feed_hides_none_of_another(feed: str, code: str) -> None:
    series = "{id: a, summary: S, start: 2025-01-03, rrule: FREQ=DAILY;COUNT=2}"
    others = "{id: g, alarms: [1 month before]}, {id: g, ids: [b]}"
    loaded = load_text(
        "calendar: {id: x.org, name: X}\n"
        f"feeds: [{{id: e}}, {feed}, {others}]\nevents: [{series}]\n"
    )
    diagnostics = {diagnostic.code: diagnostic.at for diagnostic in loaded.diagnostics}
    assert sorted(diagnostics) == sorted([code, "alarm-syntax", "duplicate-id", "unknown-event"])
    assert diagnostics["alarm-syntax"] == At(("feeds", 2, "alarms", 0), part=(0, 7))
    assert diagnostics["unknown-event"] == At(("feeds", 3, "ids", 0))
