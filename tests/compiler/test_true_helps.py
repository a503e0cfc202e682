"""A help is true: what it says to type has no diagnostic where it is typed."""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from support.loading import document_of, event_codes, file_text, load_text
from support.paths import BAD
from timeline.compiler.pipeline import load_file
from timeline.diagnostics.model import At, On

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as File

    from timeline.diagnostics import Diagnostic, Path

SHAPES = """
calendar: {id: x.org, name: X, timezone: Europe/Berlin}
events:
  - {id: dakar, summary: S, start: 2025-01-03, end: 2025-01-17}
  - {id: day, summary: S, start: 2025-01-03}
  - {id: span, summary: S, start: 2025-01-03, end: 2025-01-17}
  - {id: time, summary: S, start: "2025-01-03T09:00", end: "2025-01-03T17:00"}
  - {id: night, summary: S, start: "2025-01-03 22:00", end: "2025-01-04T02:00"}
  - {id: length, summary: S, start: 2025-01-03, duration: 3 days}
  - {id: days, summary: S, start: 2025-01-03, rrule: FREQ=WEEKLY;COUNT=9, rdate: [2025-01-07],
     exdate: [2025-01-10], overrides: [{recurrence-id: 2025-01-17, start: 2025-01-18}]}
  - {id: times, summary: S, start: "2025-01-03T09:00", duration: 1 hour,
     rrule: {freq: weekly, until: 2025-03-28}, rdate: ["2025-01-07T09:00"],
     exdate: ["2025-01-10T09:00"], overrides: [{recurrence-id: "2025-01-17T09:00"}],
     alarms: [1 hour before]}
  - {id: was, summary: S, start: 2025-08-01, was: [{start: 2025-05-01, end: 2025-05-03}]}
"""

DATES = (
    *("3 January 2025", "2025-1-3", "03/01/2025", "Q1 2025", "tbc", "2025-10-TBD", "2025-10-??"),
    *("2025-??-??", "TBC October 2025", "dd/10/2025", "2025-10-00", "31 June 2025", "2025-02-30"),
    *("9am", "19:30", "02:00", "noon", "2025-01-03 9am", "2025-01-03T24:00", "2025-01-03T08:30-10"),
    *("2025-01-03 08:30-10:00", "2025-01-03T08:30-10:00", "2025-01-03/2025-01-17", "2025/2028"),
    *("2025-01-03, 2025-01-05", "3 to 17 January 2025", "2025-01-17/2025-01-03", "3 days", "2 h"),
    *("dakar", "dakar.begin", "dakar.start+2 days", "2 days before dakar.start", "start + 1 day"),
    *("between 2025-W03 and 2025-04", "between 2025-03 and 2025-01", "early 2025", "circa 2025"),
    *(
        "2025-03-30T02:30",
        "2025-10-26T02:30",
        "2025-01-03T09:00+05:00[Europe/Berlin]",
        "2024-12-20",
    ),
    *("2025-01-04", "2025-01-11T09:00", "2025-01-10T10:00", "2024-01-05", "2025-01-03T01:00"),
)
LENGTHS = ("3", "three days", "1h30", "PT24H30M", "48 hours", "36 hours", "PT24H", "1.5 days", "3d")
VALUES = {"start": DATES, "end": DATES, "duration": LENGTHS, "exdate": DATES, "rdate": DATES}
VALUES |= {"recurrence-id": DATES, "until": DATES, "alarms": (*LENGTHS, *DATES)}


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of each text in the data of a file."""
    if isinstance(value, str):
        yield path
        return
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in items:
        yield from leaves(inner, (*path, step))


def value_at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def with_values(data: Any, values: dict[Path, str]) -> Any:
    """Return the data with other values; what is not there is added."""
    changed = copy.deepcopy(data)
    for path, value in values.items():
        value_at(changed, path[:-1])[path[-1]] = value
    return changed


def diagnostics_at(data: Any, *paths: Path) -> list[Diagnostic]:
    loaded = load_text(json.dumps(data, ensure_ascii=False))
    places = {At(path) for path in paths}
    return [
        diagnostic
        for diagnostic in loaded.diagnostics
        if isinstance(diagnostic.at, At) and At(diagnostic.at.path, diagnostic.at.on) in places
    ]


DATA = document_of(SHAPES).data
WHOLE = re.compile(r"write `([^`:]+|[^`]*T[^`]*)`(?: \((?:northern|southern)\))?(?: or `([^`]+)`)?")
SIDES = re.compile(r"write `start: ([^`]+)` and `end: ([^`]+)`")
KEY = re.compile(r"write `(end|duration): ([^`]+)`")
NEAREST = re.compile(r"the nearest instance is (?:at|on) `([^`]+)`")
INSTANCE_KEYS = ("exdate", "rdate", "recurrence-id", "until")


def suggestions(diagnostic: Diagnostic, path: Path) -> Iterator[dict[Path, str]]:
    """Yield what a help says to type, as values by path."""
    help_, event = diagnostic.help or "", path[:-1]
    assert isinstance(diagnostic.at, At)
    if diagnostic.replacement is not None:
        yield {path: diagnostic.replacement}
    if match := NEAREST.fullmatch(help_):
        yield {path: match[1]}
    if match := SIDES.search(help_):
        yield {(*event, "start"): match[1], (*event, "end"): match[2]}
    elif (match := KEY.search(help_)) and match[1] == path[-1]:
        yield {path: match[2]}
    elif diagnostic.at.part is None and (match := WHOLE.match(help_)):
        yield from ({path: text} for text in match.groups() if text)


TYPED = [
    (path, value)
    for path in leaves(DATA)
    if path[1] != 0
    for value in VALUES.get(next(str(step) for step in path[::-1] if isinstance(step, str)), ())
]


@pytest.mark.parametrize("part", range(4))
def test_what_a_help_says_to_type_has_no_error_there(part: int) -> None:
    for path, value in TYPED[part::8]:
        data = with_values(DATA, {path: value})
        for diagnostic in diagnostics_at(data, path):
            for values in suggestions(diagnostic, path):
                better = with_values(data, values)
                if any(key[-1] == "start" for key in values):
                    better["events"][path[1]].pop("duration", None)
                left = [left.code for left in diagnostics_at(better, *values)]
                kinds = {"end-before-start", "day-and-time", "offset-or-end", "no-such-instance"}
                # The value may still be of another kind than the rest of the event.
                expected = kinds | {
                    "duplicate-instance",
                    "hours-on-a-day",
                    "rule-until",
                    "rule-start",
                    "rule-needs-zone",
                }
                assert diagnostic.code not in left or diagnostic.code in kinds, (path, value, left)
                assert set(left) <= expected, (path, value, values, left)


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_replacement_has_no_diagnostic_where_it_is_written(
    path: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(BAD)
    loaded = load_file(path.name)
    for diagnostic in loaded.diagnostics:
        if diagnostic.replacement is None or not isinstance(diagnostic.at, At):
            continue
        place = diagnostic.at.path
        if diagnostic.at.on is On.KEY:
            fixed = copy.deepcopy(loaded.document.data)
            mapping = value_at(fixed, place[:-1])
            mapping[diagnostic.replacement] = mapping.pop(place[-1])
            place = (*place[:-1], diagnostic.replacement)
        else:
            fixed = with_values(loaded.document.data, {place: diagnostic.replacement})
        left = [left for left in diagnostics_at(fixed, place) if left.code == diagnostic.code]
        assert not left, (place, left)


@pytest.mark.parametrize(
    ("start", "end", "help_"),
    [
        ("2024-12-09", "2023-12-15", "write `end: 2024-12-15`, in the year of the start"),
        ("2025-12-28", "2025-01-10", "if it ends in the next year, write `end: 2026-01-10`"),
        ("2025-01-17", "2025-01-03", "swap `start` and `end`"),
        ("2025-01-03", "2024-12-31", "swap `start` and `end`"),
        ("2028-06-01", "2020-01-05", "swap `start` and `end`"),
        ("2024-02-20", "2023-02-29", None),
        ("2025-02", "2025-01", "swap `start` and `end`"),
        ("2024-12-09T09:00", "2023-12-15T18:00", "write `end: 2024-12-15T18:00`, in the year of"),
        ("2025-01-03T17:00", "2025-01-03T09:00", "swap `start` and `end`"),
        ("2025-01-03T22:00", "2025-01-03T02:00", "if it ends on the next day, write `end: 2025-01"),
        ('"2025-01-03T09:00[America/New_York]"', '"2025-01-03T10:00[Asia/Tokyo]"', "correct the"),
    ],
)
def test_an_end_before_its_start_has_the_help_that_makes_a_short_span(
    start: str, end: str, help_: str | None
) -> None:
    diagnostics = load_text(file_text(f"id: a, summary: A, start: {start}, end: {end}")).diagnostics
    (diagnostic,) = diagnostics
    if help_ is not None:
        assert (diagnostic.help or "").startswith(help_)


@pytest.mark.parametrize(
    ("exception", "nearest"),
    [
        ("2025-01-10T10:00", "at `2025-01-10T09:00`"),
        ("2025-01-14", "at `2025-01-17T09:00`"),  # after the last exception
        ("2025-01-13", "at `2025-01-10T09:00`"),
        ("2025-01-10T09:00Z", "at `2025-01-10T09:00`"),
    ],
)
def test_the_nearest_instance_is_named_as_it_is_to_be_written(exception: str, nearest: str) -> None:
    event = "id: a, summary: A, start: 2025-01-03T09:00, rrule: FREQ=WEEKLY;COUNT=9"
    (diagnostic,) = load_text(file_text(f"{event}, exdate: [{exception}]")).diagnostics
    assert diagnostic.help == f"the nearest instance is {nearest}"
    better = nearest.split("`")[1]
    assert event_codes(f"{event}, exdate: [{better}]") == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2027-01-03 08:30-10:00", ["interval"]),
        ("2027-01-03T08:30-10:00", ["offset-or-end"]),
        ("2027-01-03 08:30-05:00", []),  # an offset that is earlier than the clock
        ("2027-01-03 08:30+10:00", []),
        ("2027-01-03 08:30Z", []),
        ('"2027-01-03 08:30-10:00[Pacific/Honolulu]"', []),
        ("2027-01-03 08:30-19:00", ["no-such-time"]),
    ],
)
def test_a_space_and_a_dash_are_a_range_only_where_they_may_be(text: str, codes: list[str]) -> None:
    assert event_codes(f"id: a, summary: A, start: {text}") == codes


def test_the_end_of_a_rule_is_reported_at_its_key() -> None:
    rule = "{freq: daily, until: 2024-01-01}"
    text = file_text(f"id: a, summary: A, start: 2025-01-03, rrule: {rule}")
    (diagnostic,) = load_text(text).diagnostics
    assert diagnostic.at == At(("events", 0, "rrule", "until"))
