"""The JSON: its schema, and that it states what the other outputs state."""

from __future__ import annotations

import csv
import json
from datetime import date
from functools import cache, partial
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from support.command import Done
from support.paths import CASE_FILES, ROOT
from timeline import load
from timeline.api import export
from timeline.compiler.origins import event_origins
from timeline.compiler.pipeline import load_file
from timeline.diagnostics.model import At
from timeline.formats import FORMATS
from timeline.formats.csv.options import CsvOptions
from timeline.formats.json.options import JsonOptions
from timeline.formats.json.writer import json_schema
from timeline.model import Selection, calendar_of_feed

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "calendar: {id: example.org, name: Example, timezone: Europe/London}\n"

in_each_case = pytest.mark.parametrize("case", CASE_FILES, ids=lambda path: path.parent.name)


@cache
def golden(case: Path) -> Any:
    return json.loads((case.parent / "expected.json").read_bytes())


def document(text: str, selection: Selection | None = None, language: str = "") -> Any:
    head = HEAD.replace("}", f", language: {language}}}") if language else HEAD
    loaded = load_file("-", BytesIO((head + text).encode()))
    assert loaded.is_sound
    origins = partial(event_origins, loaded)
    options = JsonOptions().of_file(origins, selection or Selection())
    return json.loads(b"".join(FORMATS["json"].render(loaded.calendar, options)))


def event(keys: str, selection: Selection | None = None) -> Any:
    return document(f"events:\n  - {{id: a, summary: A, {keys}}}\n", selection)["events"][0]


def test_the_committed_schema_is_that_of_the_documents() -> None:
    committed = (ROOT / "dist" / "calendar.schema.json").read_text(encoding="utf-8")
    assert committed == Done("schema", "--calendar").out
    assert json.loads(committed) == json_schema()
    Draft202012Validator.check_schema(json_schema())
    done = Done("schema", "--calendar", "--included")
    assert (done.code, done.out) == (2, "")


@in_each_case
def test_every_golden_document_is_valid(case: Path) -> None:
    validator = Draft202012Validator(json_schema(), format_checker=FormatChecker())
    assert list(validator.iter_errors(golden(case))) == []


def test_every_key_is_required_and_has_one_type() -> None:
    for name, definition in json_schema()["$defs"].items():
        assert set(definition["required"]) == set(definition["properties"]), name
        for key, schema in definition["properties"].items():
            types = [part for part in schema.get("anyOf", [schema]) if part.get("type") != "null"]
            assert len(types) == 1, (name, key)


@in_each_case
def test_the_json_agrees_with_the_csv(case: Path) -> None:
    calendar = load_file(str(case)).calendar
    text = b"".join(FORMATS["csv"].render(calendar, CsvOptions())).decode()
    rows = csv.DictReader(StringIO(text, newline=""))
    series = [row for row in rows if not row["rrule"].startswith("RECURRENCE-ID")]
    assert len(series) == len(golden(case)["events"])
    for row, item in zip(series, golden(case)["events"], strict=True):
        when, start = item["when"], item["when"]["start"]
        assert (item["id"], item["parent"] or "") == (row["id"], row["parent"])
        assert (when["edtf"] or "", item["status"] or "") == (row["edtf"], row["status"])
        assert str(item["drawn"]).lower() == row["drawn"] == str(item["omitted"] is None).lower()
        assert start["precision"] == row["precision"]
        if when["kind"] != "timed":
            assert (start["earliest"] or "") == row["earliest"]
            assert start["time"] is None or when["kind"] == "mixed"


@in_each_case
def test_the_file_and_the_line_are_where_the_event_is(case: Path) -> None:
    loaded = load_file(str(case))
    for entry, item in zip(loaded.calendar.events, golden(case)["events"], strict=True):
        span = loaded.document.locate(At((*entry.path, "id")))
        first = loaded.document.locate(At(entry.path))
        assert str(case.parent / item["file"]) == span.file
        assert item["line"] in (first.line, span.line)


def test_an_event_of_an_alias_is_where_the_alias_is() -> None:
    text = "x-a: {a: &a {id: a, summary: A, start: 2025}}\n"
    text += "events: [*a, {id: b, summary: B, start: TBC}]\n"
    assert [item["line"] for item in document(text)["events"]] == [3, 3]


def test_an_output_does_not_depend_on_the_folder_it_is_made_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "teams").mkdir()
    more = "events: [{id: b, summary: B, start: 2026}]\n"
    (tmp_path / "teams" / "b.yaml").write_text(more, encoding="utf-8")
    path = tmp_path / "events.yaml"
    path.write_text(f"{HEAD}include: [teams/b.yaml]\n", encoding="utf-8")
    absolute = export(load(path, places=True), "json")
    monkeypatch.chdir(tmp_path / "teams")
    assert export(load("../events.yaml", places=True), "json") == absolute
    assert json.loads(absolute)["events"][0]["file"] == "teams/b.yaml"
    assert json.loads(export(load(path), "json"))["events"][0]["file"] is None


@pytest.mark.parametrize(
    ("keys", "kind", "start", "end", "is_open"),
    [
        ("start: 2025-01-03", "all-day", ("2025-01-03", "2025-01-03", "2025-01-03"), None, False),
        ("start: 2025-Q1", "all-day", ("2025-Q1", "2025-01-01", "2025-03-31"), None, False),
        (
            "start: not before 2027-06",
            "all-day",
            ("not before 2027-06", "2027-06-01", None),
            None,
            False,
        ),
        ("start: 2025, end: ..", "all-day", ("2025", "2025-01-01", "2025-12-31"), None, True),
        ("start: TBC", "undated", ("TBC", None, None), None, False),
        ("start: TBC, end: 2028", "undated", ("TBC", None, None), "2028", False),
        ("start: 2025, end: TBC", "all-day", ("2025", "2025-01-01", "2025-12-31"), "TBC", False),
        (
            "start: 2025-07-03T09:00, end: 2025-07-04",
            "mixed",
            ("2025-07-03T09:00:00+01:00", "2025-07-03", "2025-07-03"),
            "2025-07-04",
            False,
        ),
    ],
)
def test_dates_are_values(
    keys: str, kind: str, start: tuple[str | None, ...], end: str | None, is_open: bool
) -> None:
    when = event(keys)["when"]
    assert when["kind"] == kind
    assert tuple(when["start"][key] for key in ("text", "earliest", "latest")) == start
    assert (when["end"] and when["end"]["text"]) == end
    assert when["open"] is is_open


def test_a_time_has_its_zone_and_is_of_rfc_3339() -> None:
    start = event("start: '2025-01-03T09:00:30[Asia/Tokyo]~'")["when"]["start"]
    assert start["time"] == "2025-01-03T09:00:30+09:00"
    assert (start["timezone"], start["precision"]) == ("Asia/Tokyo", "second")
    assert start["qualification"] == "approximate"
    assert event("start: 2025-01-03T09:00, timezone: AoE")["when"]["start"]["timezone"] == "-12:00"
    # The clocks of Amsterdam were 19 minutes and 32 seconds ahead, which RFC 3339 cannot state.
    old = event("start: '1920-01-03T09:00[Europe/Amsterdam]'")["when"]["start"]["time"]
    assert old.endswith("+00:00")


def test_the_events_that_dates_follow_are_listed_once() -> None:
    text = """events:
  - {id: a, summary: A, start: 2025-01-03, end: 2025-01-17}
  - {id: b, summary: B, start: between a.start and a.end}
  - {id: c, summary: C, start: not before a.end + 1 day}
  - {id: d, summary: D, start: a.start, end: b.start + 4 weeks}
  - {id: e, summary: E, start: 2025-01-03, rrule: {freq: daily, until: a.end}, exdate: [d.start]}
"""
    events = {item["id"]: item for item in document(text)["events"]}
    follows = {id_: item["follows"] for id_, item in events.items()}
    assert follows == {"a": [], "b": ["a"], "c": ["a"], "d": ["a", "b"], "e": ["a", "d"]}
    assert events["d"]["written"] == {
        "start": "a.start",
        "end": "b.start + 4 weeks",
        "duration": None,
    }


SERIES = """start: 2025-01-01, rrule: {freq: weekly}, exdate: [2025-01-08], overrides: [
    {recurrence-id: 2025-01-15, start: 2025-01-17},
    {recurrence-id: 2025-01-22, status: cancelled}]"""


def test_instances_are_those_that_take_place_within_the_selection() -> None:
    days = event(SERIES, Selection(last=date(2025, 2, 5)))["instances"]
    assert days == ["2025-01-01", "2025-01-17", "2025-01-29", "2025-02-05"]
    days = event(SERIES, Selection(first=date(2025, 1, 17), last=date(2025, 1, 31)))["instances"]
    assert days == ["2025-01-17", "2025-01-29"]
    assert event(SERIES)["instances"][-1] == "2026-12-30"
    assert event("start: 2025-01-01")["instances"] == []
    assert event(SERIES)["rule"] == "FREQ=WEEKLY"
    (moved, cancelled) = event(SERIES)["overrides"]
    assert moved["when"]["start"]["text"] == "2025-01-17"
    assert (cancelled["instance"], cancelled["status"]) == ("2025-01-22", "cancelled")


@pytest.mark.parametrize(
    ("first", "begins", "ends", "count"),
    [
        (None, "2026-01-07", "2028-01-05", 105),
        (date(2025, 6, 1), "2026-01-07", "2028-01-05", 105),  # before the series
        (date(2030, 1, 1), "2030-01-02", "2031-12-31", 105),
        (date(9998, 12, 1), "9998-12-02", "9998-12-30", 5),  # up to the last day of all
    ],
)
def test_without_a_last_day_two_years_of_an_endless_series_are_listed(
    first: date | None, begins: str, ends: str, count: int
) -> None:
    keys = "start: 2026-01-07, rrule: {freq: weekly}"
    days = event(keys, Selection(first=first))["instances"]
    assert (days[0], days[-1], len(days)) == (begins, ends, count)
    keys = "start: 2026-01-07T09:00, rrule: {freq: weekly}"
    times = event(keys, Selection(first=first))["instances"]
    assert [time.partition("T")[0] for time in times] == days


def test_times_of_a_series_are_in_order_in_all_zones() -> None:
    keys = "start: 2025-01-01T23:00, rrule: {freq: daily, count: 2}"
    keys += ", rdate: ['2025-01-02T00:30[Asia/Tokyo]']"
    assert event(keys)["instances"] == [
        "2025-01-02T00:30:00+09:00",
        "2025-01-01T23:00:00+00:00",
        "2025-01-02T23:00:00+00:00",
    ]


def test_texts_are_by_language() -> None:
    text = """events:
  - {id: a, summary: {en: A, de: B}, description: {en: C, de: D}, start: 2025}
  - {id: b, summary: A, start: 2025}
"""
    first, second = document(text, language="en")["events"]
    assert (first["summary"], first["description"]) == (
        {"en": "A", "de": "B"},
        {"en": "C", "de": "D"},
    )
    assert (second["summary"], second["description"]) == ({"en": "A"}, {})
    assert event("start: 2025")["summary"] == {"und": "A"}


def test_feeds_have_the_ids_of_their_events() -> None:
    text = "feeds: [{id: f, ids: [b]}, {id: g, name: G, language: de, exclude: [b]}]\nevents:\n"
    text += "".join(f"  - {{id: {name}, summary: A, start: 2025}}\n" for name in "abc")
    assert document(text)["feeds"] == [
        {"id": "f", "name": "Example", "language": None, "events": ["b"]},
        {"id": "g", "name": "G", "language": "de", "events": ["a", "c"]},
    ]
    loaded = load_file("-", BytesIO((HEAD + text).encode()))
    feed = calendar_of_feed(loaded.calendar, loaded.calendar.feeds[0])
    of_feed = json.loads(b"".join(FORMATS["json"].render(feed, JsonOptions())))
    assert [item["id"] for item in of_feed["events"]] == ["b"]


def test_an_empty_calendar_is_a_document() -> None:
    assert document("events: []\n")["events"] == []


def test_too_many_instances_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    rule = "{freq: minutely, until: 2035-01-01T00:00}"
    event = f"  - {{id: a, summary: A, start: 2025-01-01T00:00, rrule: {rule}}}\n"
    path.write_text(f"{HEAD}events:\n{event}", encoding="utf-8")
    done = Done("export", str(path), "--json", "--stdout")
    assert (done.code, done.out) == (2, "")
    assert "the JSON would have more than 1,000,000 instances: give an earlier --to" in done.err
    assert Done("show", str(path), "--output-format", "json").code == 2
    done = Done("export", str(path), "--json", "--stdout", "--to", "2025-01-01")
    assert done.code == 0
    done = Done(
        "export", str(path), "--json", "--stdout", "--from", "2034-12-31", "--to", "2034-12-31"
    )
    assert (done.code, done.out.count("2034-12-31T")) == (0, 24 * 60)
    assert Done("export", str(path), "--json", "--stdout", "--from", "2030").code == 2


def test_show_prints_the_json_of_what_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    events = [
        "{id: past, summary: A, start: 2024}",
        "{id: now, summary: A, start: 2024-12, end: 2025-02}",
        "{id: next, summary: A, start: 2025-03}",
        "{id: later, summary: A, start: 2025-04}",
    ]
    path.write_text(HEAD + "events:\n" + "".join(f"  - {item}\n" for item in events), "utf-8")

    def shown(*options: str) -> Any:
        done = Done("show", str(path), "--output-format", "json", "--as-of", "2025-01-03", *options)
        assert done.code == 0
        return json.loads(done.out)

    exported = json.loads(Done("export", str(path), "--json", "--stdout").out)
    assert shown() == exported
    assert [item["id"] for item in shown("--next", "1")["events"]] == ["now", "next"]
    assert [item["id"] for item in shown("--id", "past")["events"]] == ["past"]
    assert shown("--language", "de")["events"][2]["when"]["words"] == "März 2025"
    assert Done("show", str(path), "--output-format", "xml").code == 2
    assert Done("show", str(path), "--output-format", "text").out == Done("show", str(path)).out


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_why_an_event_is_omitted_is_a_code_in_every_language(language: str) -> None:
    text = """events:
- {id: a, summary: A, start: 2026-01-05, status: cancelled, cancelled: drop}
- {id: b, summary: B, start: TBC}
- {id: c, summary: C, start: 2026-Q1, imprecise: skip}
- {id: d, summary: D, start: TBC, status: postponed, was: [2026], imprecise: skip}
- {id: e, summary: E, start: 2026-01-05, rrule: FREQ=DAILY;COUNT=2, cancelled: drop,
   overrides: [{recurrence-id: 2026-01-05, status: cancelled},
   {recurrence-id: 2026-01-06, status: cancelled}]}
- {id: f, summary: F, start: 2026-01-05}
"""
    omitted = {item["id"]: item["omitted"] for item in document(text, language=language)["events"]}
    assert omitted == {
        "a": "cancelled",
        "b": "undated",
        "c": "imprecise",
        "d": "imprecise",
        "e": "no-instances",
        "f": None,
    }
    schema = json_schema()["$defs"]["EventDocument"]["properties"]["omitted"]
    (codes,) = [part["enum"] for part in schema["anyOf"] if "enum" in part]
    assert {*omitted.values()} == {*codes, None}
