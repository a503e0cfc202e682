"""The JSON Schema for editors: what they read of a file is valid by it, and each key explained."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from support import strategies
from support.loading import load_data, load_text
from support.paths import CASE_FILES, ROOT
from timeline.cli.init import starter_files
from timeline.cli.schema import schema_text
from timeline.dates import parse_excluded, parse_series_date
from timeline.diagnostics import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = [ROOT / "events.yaml", *CASE_FILES]
INCLUDED_FILES = [path for file in CASE_FILES for path in file.parent.glob("*/**/*.yaml")]
SCHEMA = json.loads(schema_text())
INCLUDED = json.loads(schema_text(included=True))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
INCLUDED_VALIDATOR = jsonschema.Draft202012Validator(INCLUDED)


def as_an_editor_reads(text: str) -> Any:
    """Read YAML 1.2 with its core types: ``2026`` is a number."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = "1.2"  # type: ignore[assignment]
    return _jsonable(yaml.load(StringIO(text)))


def _jsonable(node: Any) -> Any:
    """Return what JSON can represent: ruamel reads timestamps, the core types have none."""
    if isinstance(node, dict):
        return {str(key): _jsonable(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_jsonable(value) for value in node]
    return node if isinstance(node, bool | int | float | str | None) else str(node)


def complaints(data: Any, validator: Any = VALIDATOR) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]


@pytest.mark.parametrize("schema", [SCHEMA, INCLUDED], ids=["events", "included"])
def test_the_schema_is_a_json_schema(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


def test_the_committed_schemas_are_those_of_the_program() -> None:
    committed = (ROOT / "dist" / "events.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(), "timeline schema > dist/events.schema.json"
    committed = (ROOT / "dist" / "events.included.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(included=True), (
        "timeline schema --included > dist/events.included.schema.json"
    )


def test_both_schemas_have_the_same_mappings() -> None:
    assert {*INCLUDED["$defs"]} < {*SCHEMA["$defs"]}
    assert INCLUDED["$defs"].items() <= SCHEMA["$defs"].items()


@pytest.mark.parametrize("file", INCLUDED_FILES, ids=lambda file: file.stem)
def test_what_an_editor_reads_in_an_included_file_is_valid(file: Path) -> None:
    data = as_an_editor_reads(file.read_text(encoding="utf-8"))
    assert complaints(data, INCLUDED_VALIDATOR) == []
    assert complaints(data), "it is not a main file"


@pytest.mark.parametrize(
    "key", ["calendar: {id: x.org, name: X}", "feeds: [{id: a}]", "format: 1", "evnts: []"]
)
def test_an_editor_marks_keys_that_only_the_main_file_may_have(key: str) -> None:
    data = as_an_editor_reads(f"{key}\nx-mine: 1\nevents: []\n")
    name = key.partition(":")[0]
    assert [name in complaint for complaint in complaints(data, INCLUDED_VALIDATOR)] == [True]


@pytest.mark.parametrize(
    ("feed", "is_valid"),
    [
        ({"each": "category"}, True),
        ({"each": "category", "source": "https://x.org/{id}.ics", "exclude": ["a"]}, True),
        ({"each": "category", "name": "X"}, False),
        ({"each": "team"}, False),
        ({"id": "a", "name": "X"}, True),
        ({"name": "X"}, False),
    ],
)
def test_a_feed_of_each_category_has_keys_of_its_own(feed: dict[str, Any], is_valid: bool) -> None:
    data = {"calendar": {"id": "x.org", "name": "X"}, "events": [], "feeds": [feed]}
    assert (complaints(data) == []) == is_valid


@pytest.mark.parametrize(
    ("item", "is_valid"),
    [
        ("teams/*.yaml", True),
        ({"path": "a.yaml", "categories": ["a"], "defaults": {"alarms": []}}, True),
        ({"path": "a.yaml", "timezone": "Asia/Riyadh"}, False),
        ({"categories": ["a"]}, False),
        (["a.yaml"], False),
    ],
)
def test_an_item_of_include_is_a_path_or_a_mapping(item: Any, is_valid: bool) -> None:
    data = {"events": [], "include": [item]}
    assert (complaints(data, INCLUDED_VALIDATOR) == []) == is_valid


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_what_an_editor_reads_is_valid(file: Path) -> None:
    assert complaints(as_an_editor_reads(file.read_text(encoding="utf-8"))) == []


def test_the_starter_is_valid_by_the_schema_and_to_the_program() -> None:
    text = starter_files(Path())[Path("events.yaml")]
    assert complaints(as_an_editor_reads(text.decode())) == []
    assert load_text(text).diagnostics == []
    files = starter_files(Path(), included=True)
    assert complaints(as_an_editor_reads(files[Path("events.yaml")].decode())) == []
    team = as_an_editor_reads(files[Path("teams/alpha.yaml")].decode())
    assert complaints(team, INCLUDED_VALIDATOR) == []


@given(strategies.files())
@settings(max_examples=30)
def test_what_the_program_accepts_is_valid_by_the_schema(data: dict[str, Any]) -> None:
    load_data(data)
    assert complaints(data) == []


def _properties(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "properties" and isinstance(value, dict) and "type" not in value:
                yield from ((f"{path}/{name}", about) for name, about in value.items())
            yield from _properties(value, f"{path}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _properties(value, f"{path}/{index}")


def test_every_key_has_a_title_and_a_description() -> None:
    keys = dict(_properties(SCHEMA)) | dict(_properties(INCLUDED))
    assert len(keys) > 60
    for path, about in keys.items():
        assert about.get("title"), path
        assert about.get("description"), path


@pytest.mark.parametrize(
    ("event", "where"),
    [
        ({"sumary": "S"}, "sumary"),
        ({"start": None}, "start"),
        ({"start": "next year"}, "next year"),
        ({"start": "2025-13-45"}, None),  # a calendar is more than a pattern
        ({"status": "canceled"}, "canceled"),
        ({"id": "Not An Id"}, "Not An Id"),
        ({"categories": "rally"}, "rally"),
    ],
)
def test_an_editor_marks_what_the_program_refuses(event: dict[str, Any], where: str | None) -> None:
    whole = {"id": "a", "summary": "S", "start": 2026} | event
    data = {"calendar": {"id": "x.org", "name": "X"}, "events": [whole]}
    errors = complaints(data)
    assert bool(errors) == (where is not None)
    assert not where or where in errors[0] or "start" in where


@pytest.mark.parametrize(
    ("key", "text", "is_valid"),
    [
        ("start", "2025-01-03T14:00~", True),
        ("start", "2025-01-03T14:00Z?", True),
        ("start", "2025-01-03 14:00:30+05:30%", True),
        ("end", "2025-01-04T14:00[Asia/Riyadh]~", True),
        ("start", "2025-01-03T14:00~?", False),
        ("start", "2025-01-03T14:00~Z", False),
        ("start", "2025-01-03T14:00~[Asia/Riyadh]", False),
        ("start", "b.start.day", True),
        ("start", "b.end.day + 2 days at 18:00~", True),
        ("start", "b.start.month", False),
        ("start", "b.start.days", False),
        ("start", "b.start.day.month", False),
        ("end", "b.end.year", False),
        ("start", "between 2025-01-03T09:00 and 2025-02", True),
        ("start", "between b.start.day and b.end + 2 hours", True),
        ("start", "not before b.start.day", True),
        ("rdate", "2025-01-04T14:00~", False),
        ("exdate", "2025-01-03T14:00Z?", False),
        ("alarms", "2025-01-03T14:00~", False),
    ],
)
def test_the_schema_and_the_program_agree_about_marks_and_days_of_times(
    key: str, text: str, is_valid: bool
) -> None:
    other = {"id": "b", "summary": "B", "start": "2025-01-03T10:00", "end": "2025-01-04T10:00"}
    event: dict[str, Any] = {"id": "a", "summary": "A", "start": "2025-01-03T14:00"}
    event[key] = text if key in ("start", "end") else [text]
    if key == "exdate":
        event["rrule"] = "FREQ=DAILY"
    calendar = {"id": "x.org", "name": "X", "timezone": "Asia/Riyadh"}
    data = {"calendar": calendar, "events": [event, other]}
    assert load_text(json.dumps(data)).is_sound is is_valid
    assert (not complaints(data)) is is_valid


def alarms_file(alarm: str) -> dict[str, Any]:
    event = {"id": "a", "summary": "A", "start": "2027-03-31", "alarms": [alarm]}
    calendar = {"id": "x.org", "name": "X", "timezone": "Asia/Riyadh"}
    return {"calendar": calendar, "events": [event]}


NUMBERS = st.sampled_from(["0", "1", "12", "999", "1234567", "1.5", "-1", ""])
NOT_OR = st.sampled_from([*"YMWDTHS", "", " ", "x"])
ALARMS = st.one_of(
    st.builds(
        "{} {}{}{}{}".format,
        NUMBERS,
        st.sampled_from(["day", "months", "year", "Month", "minutes", "night"]),
        st.sampled_from([" before", "before", " after", " prior", " before start"]),
        st.sampled_from(["", "", " end", " the end", " End"]),
        st.sampled_from(["", "", " at 09:00", " at 9:00", " at 09:00:30", " at 0900"]),
    ),
    st.builds("P{}{} before".format, NUMBERS, NOT_OR),
    st.builds("P1M{}{}T{}{} before".format, NUMBERS, NOT_OR, NUMBERS, NOT_OR),
    st.builds(
        "2027-01-{}{}09:00{}".format,
        st.sampled_from(["02", "2", "31"]),
        st.sampled_from(["T", " ", "t"]),
        st.sampled_from(["", "Z", "+03:00", "[Europe/Paris]", "[AoE]", "Zulu", "?!"]),
    ),
)
CONTRADICTIONS = {"no-such-date", "unknown-zone", "offset-mismatch", "interval"}
"""Errors in what a pattern allows, and that of hours with a time of day."""


@given(ALARMS)
@settings(max_examples=300)
def test_the_schema_accepts_the_reminders_that_the_program_reads(alarm: str) -> None:
    data = alarms_file(alarm)
    diagnostics = load_text(json.dumps(data)).diagnostics
    errors = [item for item in diagnostics if item.severity.value == "error"]
    errors = [item for item in errors if "cannot be combined" not in item.message]
    readable = {item.code for item in errors} <= CONTRADICTIONS | {"year-range"}
    assert (complaints(data) == []) == readable, errors


FOLLOWING = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["b", "b-2", "B", "", "season.end"]),
    st.sampled_from([".start", ".end", ".start.day", ".end.month", "", ".day"]),
    st.lists(
        st.sampled_from(
            [
                *(" + 1 day", " - 2 weeks", " + 0 days", " + 5 working days", " - 1 working day"),
                *(" + 3000 working days", " + 12 hours", " - P1M2D", " + P", " - PT90M", " +1 day"),
                *(" + 1234567 days", " + 1 fortnight", " - 1.5 days"),
            ]
        ),
        max_size=3,
    ).map("".join),
    st.sampled_from(["", "", " at 18:00", " at 18:00:30", " at 24:00", " at 9:00", " at"]),
    st.sampled_from(["", "", "?", "~", "%", "?!", " "]),
)
SERIES_DATES = FOLLOWING | st.sampled_from(
    [
        *("2027-01-11", "2027-01-11T18:00", "2027-01-11 18:00Z", "2027-01-11T18:00[AoE]", "TBC"),
        *("2027-01-11..2027-01-24", "2027-01-11..2027-01-11", "2027-01..2027-02", "2027-01-11.."),
        *("2027-01-11/2027-01-24", "2027-01-24..2027-02-24T09:00", "20270111", "..", "b..c"),
        *("between b.start and b.end", "not before b.start", "b"),
    ]
)


@given(SERIES_DATES, st.sampled_from(["until", "rdate", "exdate"]))
@settings(max_examples=300)
def test_the_schema_accepts_the_dates_of_series_that_the_program_reads(item: str, key: str) -> None:
    read = parse_excluded if key == "exdate" else parse_series_date
    event: dict[str, Any] = {"id": "a", "summary": "A", "start": "2027-01-04"}
    event |= {"rrule": {"freq": "weekly", "until": item}} if key == "until" else {key: [item]}
    data = {"calendar": {"id": "x.org", "name": "X"}, "events": [event]}
    try:
        read(item)
    except Refusal:
        is_read = False
    else:
        is_read = True
    assert (complaints(data) == []) == is_read


@pytest.mark.parametrize("value", [False, "false", "False", "FALSE"])
def test_the_schema_accepts_false_in_all_its_spellings(value: object) -> None:
    child = {"id": "b", "summary": "B", "start": "2026", "within-parent": value}
    data = alarms_file("1 month before")
    data["events"][0]["events"] = [child]
    assert complaints(data) == []
    for other in (True, "true", "no", 0, None, "fALSE", []):
        child["within-parent"] = other
        assert complaints(data)
