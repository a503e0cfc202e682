"""CSV: every text comes back, and no cell runs."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given

from support import strategies
from support.attacked_cells import ATTACKS, attacked
from support.dated import when
from support.loading import calendar_of, file_text, load_data
from timeline.formats.csv import google as google_columns
from timeline.formats.csv import table
from timeline.formats.csv.options import CsvOptions
from timeline.formats.csv.table import COLUMNS, defuse_formula, join_items, render
from timeline.model.events import Calendar
from timeline.model.projection import omission_reason, vevent_status

FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")  # noqa: RUF001 - spreadsheets run these too


def rows_of(calendar: Calendar) -> list[dict[str, str]]:
    content = b"".join(render(calendar, CsvOptions()))
    assert not content.startswith(b"\xef\xbb\xbf")
    reader = csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True)
    assert tuple(reader.fieldnames or ()) == COLUMNS
    return list(reader)


def rows(*events: str) -> list[dict[str, str]]:
    head = "calendar: {id: x.org, name: X, timezone: Asia/Riyadh}\n"
    return rows_of(calendar_of(file_text(*events, calendar=head)))


CELL = re.compile(r'"(?:[^"]|"")*"|[^",\r\n]*')
NOT_TEXT = re.compile(r"-?[0-9.]+|(?:[\w\[.][\w .:~?%+/\[\]-]*)?|/[\w~?%-]+")
"""A position, which may be negative; else dates and words of ours, or dates of EDTF."""


def written_cells(content: bytes) -> list[list[str]]:
    """Return the cells of each record as they are in the file, in their quotes."""
    text, place = content.decode(), 0
    records: list[list[str]] = [[]]
    while place < len(text):
        cell = CELL.match(text, place)
        assert cell
        records[-1].append(cell[0])
        end = text[cell.end() : cell.end() + 2]
        assert end[0] == "," or end == "\r\n", "a quote in a cell that has none around it"
        place = cell.end() + (1 if end[0] == "," else 2)
        if end == "\r\n":
            records.append([])
    return records[:-1]


def undone(cell: str) -> str:
    """Take the guard off, as a reader of the file does."""
    return cell.removeprefix("'")


def parts(cell: str) -> list[str]:
    """Take a joined list apart, as a reader of the file does."""
    # One item more than separators, though the last be empty.
    items = re.split(r"(?<!\\)((?:\\\\)*); ", cell)
    whole = ["".join(pair) for pair in zip(items[::2], [*items[1::2], ""], strict=True)]
    return [re.sub(r"\\(.)", r"\1", item, flags=re.DOTALL) for item in whole] if cell else []


@pytest.mark.slow
@given(strategies.files())
def test_every_text_comes_back_and_is_quoted_and_no_cell_runs_as_a_formula(
    data: dict[str, Any],
) -> None:
    calendar = load_data(data).calendar  # once for all checks, because it takes the longest
    rows = rows_of(calendar)
    assert_comes_back(calendar, rows)
    assert_no_formula(rows)
    for dialect in ("timeline", "google"):
        assert_quoted(calendar, dialect)


def assert_comes_back(calendar: Calendar, rows: list[dict[str, str]]) -> None:
    assert len(rows) == len(calendar.events)
    for row, event in zip(rows, calendar.events, strict=True):
        assert undone(row["uid"]) == event.uid
        assert row["id"] == event.id
        assert undone(row["summary"]) == event.summary
        assert undone(row["location"]) == (event.location or "")
        assert undone(row["description"]) == (event.description or "").rstrip("\n")
        assert undone(row["url"]) == (event.url or "")
        assert parts(undone(row["categories"])) == list(event.categories)
        assert len(parts(undone(row["sources"]))) == len(event.sources)
        assert row["drawn"] == ("false" if omission_reason(event) else "true")
        assert row["status"] == (event.status or (vevent_status(event, event.when) or "").lower())
        if event.details.geo:
            assert (float(row["latitude"]), float(row["longitude"])) == event.details.geo


def assert_no_formula(rows: list[dict[str, str]]) -> None:
    for row in rows:
        for column, cell in row.items():
            # A position south or west is a number, and has to stay one.
            if column not in ("latitude", "longitude"):
                assert not FORMULA.match(cell), (column, cell)


def assert_quoted(calendar: Calendar, dialect: str) -> None:
    """Assert that every text is quoted, and that all else has no separator."""
    content = b"".join(render(calendar, CsvOptions(dialect=dialect)))
    header, *records = written_cells(content)
    texts = table.TEXT_COLUMNS if dialect == "timeline" else google_columns.TEXT_COLUMNS
    assert texts <= set(header)
    for record in records:
        for column, cell in zip(header, record, strict=True):
            if column in texts:
                assert not cell or cell[0] == cell[-1] == '"', (column, cell)
            else:
                assert NOT_TEXT.fullmatch(cell), (column, cell)


def split_at_both(content: bytes) -> list[list[str]]:
    """Split at `,` and at `;`, as LibreOffice does by default."""
    text = re.sub(
        r'"(?:[^"]|"")*"|;', lambda part: "," if part[0] == ";" else part[0], content.decode()
    )
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("dialect", ["timeline", "google"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_spreadsheet_that_splits_at_semicolons_too_finds_the_same_cells(
    attack: str, dialect: str
) -> None:
    calendar = attacked(attack)
    content = b"".join(render(calendar, CsvOptions(dialect=dialect)))
    expected = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
    assert split_at_both(content) == expected
    assert_quoted(calendar, dialect)


def test_empty_texts_dates_and_numbers_are_not_quoted() -> None:
    # A database reads an empty cell without quotes as a null.
    head = "calendar: {id: x.org, name: X}\n"
    text = file_text(
        "id: a, summary: S, start: 2025, geo: {latitude: -1.5, longitude: 2}", calendar=head
    )
    content = b"".join(render(calendar_of(text), CsvOptions()))
    assert content.splitlines()[1] == (
        b'"a@x.org","a",,"S",2025,,true,,2025-01-01,2025-12-31,year,,certain,2025,tentative,,,true,'
        b",,-1.5,2,,,,"
    )


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@a", "\t=1", "\ta", " =1", "\n=1", "\u00a0=1", "\u3000=1"),
        *("\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "'a", "''", "'=1"),
    ],
)
def test_formulas_are_defused(text: str) -> None:
    assert defuse_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a", "1", "a=1", "1-2", " a", "“quoted”", "2025-01-03"])
def test_other_texts_are_unchanged(text: str) -> None:
    assert defuse_formula(text) == text


@given(strategies.texts)
@example("'")
def test_removing_an_apostrophe_restores_the_text(text: str) -> None:
    assert undone(defuse_formula(text)) == text


def test_joined_items_can_be_split_again() -> None:
    items = ["a", "b; c", "d\\", "e\\;", ""]
    assert join_items(items) == "a; b\\; c; d\\\\; e\\\\\\;; "
    assert parts(join_items(items)) == items


@pytest.mark.parametrize(
    ("when", "cells"),
    [
        ("start: 2026", "2026 - true - 2026-01-01 2026-12-31 year - certain 2026 true"),
        (
            "start: 2025-Q1, end: 2028~",
            "2025-Q1 2028 true - 2025-01-01 2028-12-31 quarter year approximate 2025-33/2028~ true",
        ),
        (
            "start: 2025-01-03, end: ..",
            "2025-01-03 .. true - 2025-01-03 - day open certain 2025-01-03/.. true",
        ),
        (
            "start: 2025-01-03, end: TBC",
            "2025-01-03 - true - 2025-01-03 - day unknown certain 2025-01-03/ true",
        ),
        ("start: TBC", "- - - - - - unknown - - - false"),
        ("start: TBC, end: 2028", "- 2028 - - - 2028-12-31 unknown year - /2028 false"),
        (
            "start: 2025-01-03T09:00, duration: 90 minutes",
            (
                "2025-01-03T09:00:00+03:00 2025-01-03T10:30:00+03:00 false Asia/Riyadh "
                "2025-01-03 2025-01-03 minute minute certain - true"
            ),
        ),
        (
            "start: 2025-01-03T09:00+02:00",
            (
                "2025-01-03T09:00:00+02:00 - false '+02:00 2025-01-03 2025-01-03 "
                "minute - certain - true"
            ),
        ),
        (
            "start: 2025-01-03, end: 2025-01-17",
            (
                "2025-01-03 2025-01-17 true - 2025-01-03 2025-01-17 day day certain "
                "2025-01-03/2025-01-17 true"
            ),
        ),
    ],
)
def test_dates_are_as_precise_as_they_are_known(when: str, cells: str) -> None:
    """A year is never turned into a day; `-` stands for an empty cell."""
    (row,) = rows(f"id: a, summary: S, {when}")
    columns = (
        *("start", "end", "all_day", "timezone", "earliest", "latest"),
        *("precision", "end_precision", "certainty", "edtf", "drawn"),
    )
    assert [row[column] or "-" for column in columns] == cells.split()


@pytest.mark.parametrize(
    ("start", "end", "cells"),
    [
        (
            "0998-01-03",
            None,
            "0998-01-03||true||0998-01-03|0998-01-03|day||certain|0998-01-03",
        ),
        (
            "0998-01-03",
            "0998-01-03",
            "0998-01-03|0998-01-03|true||0998-01-03|0998-01-03|day|day|certain|0998-01-03/0998-01-03",
        ),
        (
            "2025-01-03",
            "2025-01-17",
            "2025-01-03|2025-01-17|true||2025-01-03|2025-01-17|day|day|certain|2025-01-03/2025-01-17",
        ),
        (
            "2025-01-03T09:00",
            None,
            "2025-01-03T09:00:00+03:00||false|Asia/Riyadh|2025-01-03|2025-01-03|minute||certain|",
        ),
        (
            "2025-01-03T09:00:01",
            "2025-01-04T00:00",
            "2025-01-03T09:00:01+03:00|2025-01-04T00:00:00+03:00|false|Asia/Riyadh|2025-01-03|2025-01-04|second|minute|certain|",
        ),
        (
            "2025-01-03T09:00-03:00",
            None,
            "2025-01-03T09:00:00-03:00||false|'-03:00|2025-01-03|2025-01-03|minute||certain|",
        ),
        (
            "2025-01-03T09:00Z",
            "2025-01-03T09:00+05:45",
            "2025-01-03T09:00:00+00:00|2025-01-03T09:00:00+05:45|false|UTC|2025-01-03|2025-01-03|minute|minute|certain|",
        ),
        (
            "2025",
            None,
            "2025||true||2025-01-01|2025-12-31|year||certain|2025",
        ),
        (
            "2025-01-03~",
            None,
            "2025-01-03||true||2025-01-03|2025-01-03|day||approximate|2025-01-03~",
        ),
        (
            "2025-01-03",
            "2028",
            "2025-01-03|2028|true||2025-01-03|2028-12-31|day|year|certain|2025-01-03/2028",
        ),
        (
            "2025-01-03",
            "..",
            "2025-01-03|..|true||2025-01-03||day|open|certain|2025-01-03/..",
        ),
        (
            "2025-01-03",
            "2025-01-17?",
            "2025-01-03|2025-01-17|true||2025-01-03|2025-01-17|day|day|uncertain|2025-01-03/2025-01-17?",
        ),
        (
            "2025-01-03",
            "TBC",
            "2025-01-03||true||2025-01-03||day|unknown|certain|2025-01-03/",
        ),
        (
            "2025-01-03T09:00",
            "..",
            "2025-01-03T09:00:00+03:00|..|false|Asia/Riyadh|2025-01-03||minute|open|certain|",
        ),
        (
            "between 2025-01-31 and 2025-01",
            None,
            (
                "between 2025-01-31 and 2025-01||true||2025-01-31|2025-01-31|between||certain"
                "|[2025-01-31..2025-01]"
            ),
        ),
        (
            "TBC",
            None,
            "||||||unknown|||",
        ),
        (
            "TBC",
            "2025-01-03",
            "|2025-01-03||||2025-01-03|unknown|day||/2025-01-03",
        ),
        (
            "TBC",
            "2025-01-03T09:00",
            "|2025-01-03T09:00:00+03:00||||2025-01-03|unknown|minute||",
        ),
    ],
)
def test_dates_fill_the_cells_from_start_to_edtf(start: str, end: str | None, cells: str) -> None:
    assert "|".join(table._dates(when(start, end))) == cells


def test_rows_are_in_file_order_with_their_parents() -> None:
    text = """{calendar: {id: x.org, name: X}, events: [
      {id: a, summary: S, start: 2025, events: [{id: b, summary: S, start: 2025-01}]},
      {id: c, summary: S, start: 2024}]}"""
    rows = rows_of(calendar_of(text))
    assert [(row["id"], row["parent"]) for row in rows] == [("a", ""), ("b", "a"), ("c", "")]


def test_many_rows_come_in_chunks_that_fit_together() -> None:
    calendar = load_data(
        {
            "calendar": {"id": "x.org", "name": "X"},
            "events": [{"id": f"e{n}", "summary": "S", "start": "2025"} for n in range(600)],
        }
    ).calendar
    assert [row["id"] for row in rows_of(calendar)] == [f"e{n}" for n in range(600)]


def test_an_empty_calendar_is_its_header() -> None:
    assert b"".join(render(Calendar("x.org", "X"), CsvOptions())) == (
        ",".join(COLUMNS).encode() + b"\r\n"
    )


def google(event: str, until: str | None = None) -> list[str]:
    """The days of the rows that Google imports."""
    text = f"calendar: {{id: x.org, name: X}}\nevents:\n- {{id: e, summary: E, {event}}}\n"
    options = CsvOptions(dialect="google", until=date.fromisoformat(until) if until else None)
    content = b"".join(render(calendar_of(text), options)).decode()
    return [row["Start Date"] for row in csv.DictReader(io.StringIO(content, newline=""))]


SERIES = "start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=3"
LATE = "overrides: [{recurrence-id: 2027-01-11, start: 2040-01-02}]"


@pytest.mark.parametrize("until", [None, "2027-01-18"])
def test_google_gets_no_instance_that_was_moved_beyond_the_bound(until: str | None) -> None:
    assert google(f"{SERIES}, {LATE}", until) == ["01/04/2027", "01/18/2027"]
    assert google(f"{SERIES}, {LATE}", "2040-01-02")[2:] == ["01/02/2040"]


def test_google_gets_the_first_of_a_series_that_begins_after_the_bound() -> None:
    assert google(f"{SERIES}, {LATE}", "2026-12-31") == ["01/04/2027"]
    assert google(f"{SERIES}, exdate: [2027-01-04]", "2026-12-31") == ["01/11/2027"]
    assert google("start: 2027-01-04", "2026-12-31") == ["01/04/2027"]


def test_google_gets_no_override_of_an_excepted_instance() -> None:
    moved = "exdate: [2027-01-11], overrides: [{recurrence-id: 2027-01-11, start: 2027-01-12}]"
    assert google(f"{SERIES}, {moved}") == ["01/04/2027", "01/18/2027"]
