"""The workbook: openpyxl reads back what the CSV for Excel has, with dates as dates."""

# ruff: noqa: DTZ001 - a cell has no zone

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from openpyxl import load_workbook

from support import strategies
from support.loading import calendar_of, calendar_of_file, file_text, load_data
from support.paths import CASE_FILES
from timeline.formats.csv.excel import excel_columns, excel_rows
from timeline.formats.xlsx.options import XlsxOptions
from timeline.formats.xlsx.writer import render
from timeline.model.events import Calendar, Event, Undated

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from timeline.formats.csv.excel import Cell

FEEDS = """
calendar: {id: x.org, name: "The rally: 2025", timezone: Asia/Riyadh}
categories: {race: {}, press: {}}
feeds:
  - {id: race, categories: [race]}
  - {id: press, name: "presse/رالي", language: ar, categories: [press]}
  - {id: all, name: "The Rally 2025", language: de}
  - {id: nothing, ids: [c], exclude: [c]}
events:
  - {id: a, summary: Stage, start: 2025-01-04T09:00, duration: 90 minutes, categories: [race]}
  - id: b
    summary: Press conference
    start: 2025-01-03
    end: 2025-01-17
    categories: [press]
    events:
      - {id: c, summary: Photos, start: 2025-01-05, categories: [press]}
      - {id: d, summary: Lap, start: 2025-01-06, categories: [race]}
"""


def content_of(calendar: Calendar) -> bytes:
    return b"".join(render(calendar, XlsxOptions()))


def sheets_of(calendar: Calendar) -> dict[str, Worksheet]:
    """Return the sheets as openpyxl reads them, by name."""
    book = load_workbook(io.BytesIO(content_of(calendar)))
    return {sheet.title: sheet for sheet in book}


def values(sheet: Worksheet) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def sheet_of(*events: str, zone: str = "Asia/Riyadh") -> Worksheet:
    head = f"calendar: {{id: x.org, name: X, timezone: {zone}}}\n"
    (sheet,) = sheets_of(calendar_of(file_text(*events, calendar=head))).values()
    return sheet


def expected_value(cell: Cell) -> Any:
    """Return what a reader gets for a cell: a day is a time at midnight."""
    value = cell.value
    if isinstance(value, date) and value < type(value)(1900, 3, 1):
        value = None
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return value or cell.text or None


@pytest.mark.parametrize("file", CASE_FILES, ids=lambda file: file.parent.name)
def test_the_cells_are_those_of_the_csv_for_excel(file: Path) -> None:
    calendar = calendar_of_file(file)
    sheet = next(iter(sheets_of(calendar).values()))
    header, *rows = values(sheet)
    assert header == list(excel_columns(calendar))
    assert rows == [[expected_value(cell) for cell in row] for _, row in excel_rows(calendar)]


def test_dates_and_times_are_numbers_with_a_format() -> None:
    sheet = sheet_of(
        "id: a, summary: S, start: 2025-01-03T09:00, duration: 90 minutes",
        "id: b, summary: S, start: 2025-01-03T22:00:30, duration: 9 hours",
        "id: c, summary: S, start: 2025-01-03, end: 9998-12-31",
    )
    cells = [[row[0], row[2], row[3]] for row in sheet.iter_rows(min_row=2)]
    assert [[(cell.value, cell.number_format) for cell in row] for row in cells] == [
        [
            (datetime(2025, 1, 3), "yyyy-mm-dd"),
            (time(9), "hh:mm"),
            (datetime(2025, 1, 3, 10, 30), "hh:mm"),
        ],
        [
            (datetime(2025, 1, 3), "yyyy-mm-dd"),
            (time(22, 0, 30), "hh:mm:ss"),
            (datetime(2025, 1, 4, 7, 0, 30), "yyyy-mm-dd hh:mm:ss"),
        ],
        [
            (datetime(2025, 1, 3), "yyyy-mm-dd"),
            (None, "General"),
            (datetime(9998, 12, 31), "yyyy-mm-dd"),
        ],
    ]


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("0998-01-03", "0998-01-03"),
        ("1899-12-31", "1899-12-31"),
        ("1900-01-01", "1900-01-01"),
        ("1900-02-28", "1900-02-28"),
        ("1900-03-01", datetime(1900, 3, 1)),
    ],
)
def test_a_day_that_excel_counts_otherwise_is_a_text(day: str, value: object) -> None:
    sheet = sheet_of(f"id: a, summary: S, start: {day}")
    assert sheet["A2"].value == value
    timed = sheet_of(f"id: a, summary: S, start: {day}T09:00, end: {day}T10:00", zone="UTC")
    assert timed["C2"].value == time(9)
    early = isinstance(value, str)
    assert timed["D2"].value == ("10:00" if early else datetime(1900, 3, 1, 10))


def test_the_number_of_a_day_is_that_of_excel() -> None:
    part = part_of(content_of(calendar_of(file_text("id: a, summary: S, start: 1900-03-01"))))
    assert b"<v>61</v>" in part


def part_of(content: bytes, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def test_the_header_stays_in_view_and_columns_are_as_wide_as_their_texts() -> None:
    title, place = "A title of 33 columns for the row", "本" * 20
    sheet = sheet_of(
        f"id: a, summary: {title}, start: 2025-01-03T09:00, location: {place}",
        f"id: b, summary: {'word ' * 40}, start: 2025",
    )
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    widths = {letter: sheet.column_dimensions[letter].width for letter in "ABCDEFGH"}
    assert widths["F"] == pytest.approx(42, abs=1)
    assert widths["E"] == pytest.approx(50, abs=1)
    assert widths["C"] == pytest.approx(len("Time (Asia/Riyadh)") + 2, abs=1)
    assert sheet["E3"].alignment.wrap_text
    assert (sheet.row_dimensions[2].height, sheet.row_dimensions[3].height) == (None, 75)


def test_each_feed_is_a_sheet_in_its_language() -> None:
    sheets = sheets_of(calendar_of(FEEDS))
    assert {name: [row[4] for row in values(sheet)] for name, sheet in sheets.items()} == {
        "The rally 2025": ["Event", "Stage", "Press conference", "Photos", "Lap"],
        "race": ["Event", "Stage", "Lap"],
        "presse رالي": ["الحدث", "Press conference", "Photos"],
        "The Rally 2025 (2)": ["Termin", "Stage", "Press conference", "Photos", "Lap"],
        "nothing": ["Event"],
    }


def test_a_sheet_of_a_language_from_right_to_left_is_laid_out_so() -> None:
    sheets = sheets_of(calendar_of(FEEDS))
    assert [name for name, sheet in sheets.items() if sheet.sheet_view.rightToLeft] == [
        "presse رالي"
    ]
    sheet = sheets["presse رالي"]
    assert {
        cell.alignment.horizontal for row in sheet.iter_rows() for cell in row if cell.value
    } == {"right"}
    # Our words have the direction of the language, an author's text that of its first letter.
    assert (sheet["A1"].alignment.readingOrder, sheet["E2"].alignment.readingOrder) == (2, 0)


def test_an_event_is_indented_below_a_parent_in_the_sheet() -> None:
    sheets = sheets_of(calendar_of(FEEDS))
    assert {
        name: [int(row[4].alignment.indent) for row in sheet.iter_rows(min_row=2)]
        for name, sheet in sheets.items()
        if sheet.max_row > 1
    } == {
        "The rally 2025": [0, 0, 1, 1],
        "race": [0, 0],
        "presse رالي": [0, 1],
        "The Rally 2025 (2)": [0, 0, 1, 1],
    }


TEXTS = (
    "=1+1",
    '=HYPERLINK("https://x.org")',
    "{=1+1}",
    "https://x.org/",
    "mailto:a@x.org",
    "internal:Sheet1!A1",
    "007",
    "2025-01-03",
    "1E5",
    "'quoted",
    "TRUE",
    "#REF!",
    "<r><t>x</t></r>",
    "<r></t></si></r>",
    "<r></r>",
    "_x0041_",
    " around ",
    "a\n\nb",
    "<&>\"'",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_never_a_formula_a_link_or_markup(text: str) -> None:
    event = Event("a", "a@x.org", text, Undated(), (), location=text, url=text)
    calendar = Calendar("x.org", text, (event,))
    (sheet,) = sheets_of(calendar).values()
    cells = [sheet["E2"], sheet["F2"], sheet["H2"]]
    assert [cell.value for cell in cells] == [text] * 3
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    part = part_of(content_of(calendar))
    assert b"<f>" not in part
    assert b"hyperlink" not in part


@pytest.mark.parametrize("letter", ["a", "本", "𠮷"])
def test_a_text_that_is_too_long_for_a_cell_is_cut(letter: str) -> None:
    units = len(letter.encode("utf-16-le")) // 2
    most = 32_767 // units
    for length in (most, most + 1, most + 20_000):
        event = Event("a", "a@x.org", letter * length, Undated(), ())
        (sheet,) = sheets_of(Calendar("x.org", "X", (event,))).values()
        title = sheet["E2"].value
        assert len(title.encode("utf-16-le")) // 2 <= 32_767
        cut = letter * (32_766 // units) + "…"
        assert title == (letter * length if length == most else cut)


@pytest.mark.slow
@given(strategies.files())
@example({"calendar": {"id": "x.org", "name": "'"}, "events": []})
def test_every_text_comes_back(data: dict[str, Any]) -> None:
    calendar = load_data(data).calendar
    (sheet,) = sheets_of(calendar).values()
    rows = values(sheet)[1:]
    assert [row[4:6] for row in rows] == [
        [event.summary, event.location] for event in calendar.events
    ]
    assert all(cell.data_type in ("s", "d", "n") for row in sheet.iter_rows() for cell in row)


SCRIPT = """
import hashlib, sys
from timeline.compiler import load_file
from timeline.formats import FORMATS
form = FORMATS["xlsx"]
content = b"".join(form.render(load_file(sys.argv[1], None).calendar, form.options()))
print(hashlib.sha256(content).hexdigest())
"""


def test_the_bytes_depend_on_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "events.yaml"
    file.write_text(FEEDS, encoding="utf-8")
    surroundings = [
        {"TZ": "UTC", "PYTHONHASHSEED": "1"},
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "2", "SOURCE_DATE_EPOCH": "1"},
        {"TZ": "Pacific/Niue", "PYTHONHASHSEED": "3", "LC_ALL": "de_DE.ISO-8859-1"},
    ]
    digests = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(file)],
            env=os.environ | environment,
            capture_output=True,
            check=True,
        ).stdout
        for environment in surroundings
    }
    assert len(digests) == 1


def test_nothing_in_the_archive_depends_on_the_machine() -> None:
    content = content_of(calendar_of(FEEDS))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        parts = archive.infolist()
    assert parts[0].filename == "docProps/core.xml"
    assert {part.compress_type for part in parts} == {zipfile.ZIP_STORED}
    assert {part.date_time for part in parts} == {(1980, 1, 1, 0, 0, 0)}
    assert {part.create_system for part in parts} == {3}
    properties = load_workbook(io.BytesIO(content)).properties
    assert (properties.creator, str(properties.created)) == ("timeline", "2000-01-01 00:00:00")


def test_no_library_is_loaded_before_a_workbook_is_written() -> None:
    program = "import sys, timeline.formats.table; print('xlsxwriter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"


TOO_MANY_ROWS = (
    "the Excel workbook would have 12 rows, expected at most 3: export fewer events with --id, "
    "--category, --from or --to"
)
TOO_MANY_SHEETS = (
    "the Excel workbook would have a sheet for each of 4 feeds, expected at most 3 sheets: "
    "export other formats"
)


@pytest.mark.parametrize(
    ("limit", "message"), [("MAX_ROWS", TOO_MANY_ROWS), ("MAX_SHEETS", TOO_MANY_SHEETS)]
)
def test_a_workbook_that_is_too_large_is_refused(
    limit: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar = calendar_of(FEEDS)
    assert XlsxOptions().refusal(calendar) is None
    monkeypatch.setattr(f"timeline.formats.xlsx.options.{limit}", 3)
    assert XlsxOptions().refusal(calendar) == message
