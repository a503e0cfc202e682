"""The table for people: dates where they are known, words where only words are true."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given

from support import strategies
from support.attacked_cells import ATTACKS, attacked
from support.loading import calendar_of, file_text, load_data
from timeline.formats.csv.excel import EMPTY, Cell, excel_columns, excel_rows
from timeline.formats.csv.options import EXCEL, CsvOptions
from timeline.formats.csv.table import render
from timeline.model.events import Calendar
from timeline.model.words.catalogue_files import catalogue_tags

BOM = b"\xef\xbb\xbf"
HEADER = ("Date", "Weekday", "Time", "End", "Event", "Where", "Status", "Link")
BERLIN = "calendar: {id: x.org, name: X, timezone: Europe/Berlin}\n"


def content_of(calendar: Calendar) -> bytes:
    return b"".join(render(calendar, CsvOptions(dialect=EXCEL)))


def rows_of(calendar: Calendar) -> list[list[str]]:
    text = content_of(calendar).removeprefix(BOM).decode()
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def rows(*events: str, head: str = BERLIN) -> list[list[str]]:
    return rows_of(calendar_of(file_text(*events, calendar=head)))[1:]


def start_and_end(when: str, head: str = BERLIN) -> list[str]:
    (row,) = rows(f"id: a, summary: S, {when}", head=head)
    return [cell or "-" for cell in row[:4]]


def test_it_begins_with_a_byte_order_mark_and_has_crlf() -> None:
    content = content_of(calendar_of(file_text("id: a, summary: S, start: 2025")))
    assert content == BOM + ",".join(HEADER).encode() + b'\r\n"2025",,,,"S",,,\r\n'
    assert b"".join(render(Calendar("x.org", "X"), CsvOptions(dialect=EXCEL, bom=True))) == (
        BOM + ",".join(HEADER).encode() + b"\r\n"
    )


@pytest.mark.parametrize(
    ("when", "cells"),
    [
        ("start: 2025-01-03", "2025-01-03|Friday|-|-"),
        ("start: 2025-01-03, end: 2025-01-17", "2025-01-03|Friday|-|2025-01-17"),
        ("start: 2025-01-03, end: 2025-01-03", "2025-01-03|Friday|-|2025-01-03"),
        ("start: 2025-01-03, end: 2028", "2025-01-03|Friday|-|2028"),
        ("start: 2025-01-03, end: 2025-01-17~", "2025-01-03|Friday|-|About 17 January 2025"),
        ("start: 2025-01-03, end: ..", "2025-01-03|Friday|-|No end"),
        ("start: 2025-01-03, end: TBC", "2025-01-03|Friday|-|Date to be confirmed"),
        ("start: 0998-01-03", "0998-01-03|Wednesday|-|-"),
        ("start: 2025-01-03~", "About 3 January 2025|-|-|-"),
        ("start: 2025-01-03?", "Perhaps 3 January 2025|-|-|-"),
        ("start: 2025-01-03%, end: 2025-01-05", "Perhaps about 3 January 2025|-|-|2025-01-05"),
        ("start: 2025-Q1", "Q1 2025|-|-|-"),
        ("start: 2025-01, end: 2025-03-31", "January 2025|-|-|2025-03-31"),
        ("start: 2025, end: 2025", "2025|-|-|2025"),
        (
            "start: between 2025-01-03 and 2025-01-17",
            "Some day between 3 and 17 January 2025|-|-|-",
        ),
        ("start: not before 2027-06", "Not before June 2027|-|-|-"),
        ("start: TBC", "Date to be confirmed|-|-|-"),
        ("start: TBC, end: 2025-01-17", "Date to be confirmed|-|-|2025-01-17"),
        ("start: TBC, end: 2025-01-17T18:00", "Date to be confirmed|-|-|2025-01-17 18:00"),
        ("start: TBC, end: ..", "Date to be confirmed|-|-|No end"),
        ("start: 2025-01-03T09:00", "2025-01-03|Friday|09:00|-"),
        ("start: 2025-01-03T09:00:30", "2025-01-03|Friday|09:00:30|-"),
        ("start: 2025-01-03T09:00, duration: 90 minutes", "2025-01-03|Friday|09:00|10:30"),
        (
            "start: 2025-01-03T00:00, end: 2025-01-04T00:00",
            "2025-01-03|Friday|00:00|2025-01-04 00:00",
        ),
        ("start: 2025-01-03T22:00, duration: 9 hours", "2025-01-03|Friday|22:00|2025-01-04 07:00"),
        ("start: 2025-01-03T09:00, end: 2025-01-17", "2025-01-03|Friday|09:00|2025-01-17"),
        ("start: 2025-01-03, end: 2025-01-03T18:00", "2025-01-03|Friday|-|2025-01-03 18:00"),
        ("start: 2025-01-03T09:00, end: ..", "2025-01-03|Friday|09:00|No end"),
        ("start: 2025-01-03T09:00~", "About 3 January 2025, 09:00|-|-|-"),
        (
            "start: 2025-01-03T09:00~, end: 2025-01-03T10:00",
            "About 3 January 2025, 09:00|-|-|2025-01-03 10:00",
        ),
        (
            "start: 2025-01-03T09:00, end: 2025-01-03T10:00~",
            "2025-01-03|Friday|09:00|About 3 January 2025, 10:00",
        ),
    ],
)
def test_a_cell_has_a_date_only_where_the_file_states_one(when: str, cells: str) -> None:
    assert start_and_end(when) == cells.split("|")


@pytest.mark.parametrize(
    ("when", "cells"),
    [
        (
            "start: '2025-01-03T09:00[Asia/Tokyo]', duration: 1 hour",
            "2025-01-03|Friday|09:00 (Asia/Tokyo)|10:00 (Asia/Tokyo)",
        ),
        (
            "start: '2025-01-03T09:00[Asia/Tokyo]', end: '2025-01-03T10:00[Europe/Berlin]'",
            "2025-01-03|Friday|09:00 (Asia/Tokyo)|2025-01-03 10:00",
        ),
        (
            "start: 2025-01-03T09:00, end: '2025-01-03T18:00[Asia/Tokyo]'",
            "2025-01-03|Friday|09:00|3 January 2025, 18:00 (Asia/Tokyo)",
        ),
        (
            "start: '2025-01-03T23:00[Asia/Tokyo]', end: '2025-01-04T01:00[Asia/Tokyo]'",
            "2025-01-03|Friday|23:00 (Asia/Tokyo)|4 January 2025, 01:00 (Asia/Tokyo)",
        ),
        ("start: 2025-01-03T09:00Z", "2025-01-03|Friday|09:00 UTC|-"),
        # Clocks in Berlin show 02:30 twice.
        (
            "start: '2025-10-26T01:30', end: '2025-10-26T02:30+01:00[Europe/Berlin]'",
            "2025-10-26|Sunday|01:30|02:30 (UTC+01:00)",
        ),
        (
            "start: '2025-10-26T02:30+01:00[Europe/Berlin]', duration: 1 hour",
            "2025-10-26|Sunday|02:30 (UTC+01:00)|03:30",
        ),
    ],
)
def test_a_time_that_is_not_on_the_clock_of_the_calendar_names_its_zone(
    when: str, cells: str
) -> None:
    assert start_and_end(when) == cells.split("|")


def test_without_a_zone_of_the_calendar_every_time_names_its_own() -> None:
    head = "calendar: {id: x.org, name: X}\n"
    assert start_and_end("start: '2025-01-03T09:00+02:00'", head)[2] == "09:00 (UTC+02:00)"


@pytest.mark.parametrize(
    ("zone", "event", "title"),
    [
        ("Asia/Riyadh", "start: 2025-01-03T09:00", "Time (Asia/Riyadh)"),
        ("UTC", "start: 2025-01-03T09:00", "Time (UTC)"),
        ("AoE", "start: 2025-01-03T09:00", "Time (anywhere on Earth)"),
        ("Asia/Riyadh", "start: 2025-01-03", "Time"),
        ("Asia/Riyadh", "start: 2025-01-03T09:00Z", "Time"),
    ],
)
def test_the_header_names_the_zone_of_the_times_that_do_not(
    zone: str, event: str, title: str
) -> None:
    head = f"calendar: {{id: x.org, name: X, timezone: {zone}}}\n"
    calendar = calendar_of(file_text(f"id: a, summary: S, {event}", calendar=head))
    assert excel_columns(calendar) == (*HEADER[:2], title, *HEADER[3:])


@pytest.mark.parametrize("tag", catalogue_tags())
def test_header_and_words_are_in_the_language_of_the_calendar(tag: str) -> None:
    head = f"calendar: {{id: x.org, name: X, language: {tag}}}\n"
    event = "id: a, summary: S, start: 2025-01-03, end: .., status: cancelled"
    header, row = rows_of(calendar_of(file_text(event, calendar=head)))
    assert len(header) == len(HEADER)
    assert not set(header) & set(HEADER) - {"Date", "Status", "Link"}  # German, French
    assert row[0] == "2025-01-03"
    assert not {"Friday", "No end", "Cancelled"} & set(row)


def test_other_columns() -> None:
    (row,) = rows(
        "id: a, summary: Gala, start: 2025, location: Riyadh, status: postponed, "
        "url: 'https://x.org/a', conference: [{url: 'https://x.org/c'}]"
    )
    assert row[4:] == ["Gala", "Riyadh", "Postponed", "https://x.org/a"]
    (row,) = rows("id: a, summary: Gala, start: 2025, conference: [{url: 'https://x.org/c'}]")
    assert row[4:] == ["Gala", "", "", "https://x.org/c"]


def test_a_series_has_its_rule_and_each_override_a_row() -> None:
    series = (
        "id: a, summary: Briefing, start: 2025-01-06T10:00, duration: 1 hour, "
        "rrule: {freq: weekly, count: 4}, exdate: [2025-01-06], overrides: "
        "[{recurrence-id: 2025-01-13, start: 2025-01-14T11:00, location: B}, "
        "{recurrence-id: 2025-01-20, status: cancelled}]"
    )
    assert rows(series, "id: b, summary: Other, start: 2024") == [
        # Its first instance that takes place is the moved one.
        [
            *("2025-01-14", "Tuesday", "11:00", "12:00"),
            *("Briefing · Repeats every Monday, 4 times · Not on 6 January 2025, 10:00", "", ""),
            "",
        ],
        ["2025-01-14", "Tuesday", "11:00", "12:00", "Briefing", "B", "", ""],
        ["2025-01-20", "Monday", "10:00", "11:00", "Briefing", "", "Cancelled", ""],
        ["2024", "", "", "", "Other", "", "", ""],
    ]


def test_values_are_what_the_texts_show() -> None:
    calendar = calendar_of(
        file_text(
            "id: a, summary: S, start: 2025-01-03T09:00, duration: 90 minutes",
            "id: b, summary: S, start: 2025-01-03, end: 2025-01-17",
            calendar=BERLIN,
        )
    )
    timed, all_day = (row for _, row in excel_rows(calendar))
    assert timed[0] == Cell("2025-01-03", date(2025, 1, 3))
    assert timed[2:4] == (
        Cell("09:00", time(9)),
        Cell("10:30", datetime(2025, 1, 3, 10, 30)),  # noqa: DTZ001 - a cell has no zone
    )
    assert all_day[2:5] == (EMPTY, Cell("2025-01-17", date(2025, 1, 17)), Cell("S"))


FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")  # noqa: RUF001 - spreadsheets run these too
ISO = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?|\d\d:\d\d(:\d\d)?")


@pytest.mark.slow
@given(strategies.files())
def test_every_text_comes_back_and_is_quoted_and_no_cell_runs_as_a_formula(
    data: dict[str, Any],
) -> None:
    calendar = load_data(data).calendar
    assert_quoted(calendar)
    _, *cells = rows_of(calendar)
    assert not any(FORMULA.match(cell) for row in cells for cell in row)
    for row, event in zip(cells, calendar.events, strict=True):
        assert row[4].removeprefix("'") == event.summary
        assert row[5].removeprefix("'") == (event.location or "")


def assert_quoted(calendar: Calendar) -> None:
    """Assert that no cell can be split at a semicolon: all but dates and times are quoted."""
    text = content_of(calendar).removeprefix(BOM).decode()
    _, _, body = text.partition("\r\n")
    for cell in re.findall(r'"(?:[^"]|"")*"|[^",\r\n]+', body):
        assert cell[0] == '"' or ISO.fullmatch(cell), cell


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_leaves_its_cell(attack: str) -> None:
    calendar = attacked(attack)
    assert_quoted(calendar)
    (_, row) = rows_of(calendar)
    assert row[4:6] == [attack, attack]
