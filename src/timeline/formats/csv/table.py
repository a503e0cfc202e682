"""CSV for spreadsheets and databases (RFC 4180): a row for each event, also for undated ones.

The columns are an API. An override has a row below its series, with the same ``uid``. A cell that a
spreadsheet would run as a formula starts with an added ``'``, and so does a cell that starts with a
``'`` itself; removing one ``'`` restores the text.

Every text is quoted, also where RFC 4180 does not require it, because spreadsheets also split at
``;``. What is not quoted has no ``;`` and nothing that an author wrote: dates, numbers, our words.
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from itertools import islice
from typing import TYPE_CHECKING

from timeline.dates import AOE_NAME, AOE_OFFSET, OPEN, Date, Instant, NoDate, OneSidedDate
from timeline.formats.csv.options import EXCEL, GOOGLE
from timeline.formats.ics.contentlines import format_float
from timeline.model import (
    NO_DETAILS,
    Mixed,
    Timed,
    Undated,
    as_edtf,
    certainty,
    earliest,
    first_dates,
    latest,
    omission_reason,
    vevent_status,
    wording_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from timeline.formats.csv.options import CsvOptions
    from timeline.model import Calendar, Details, Event, Source, Was, When, Wording

COLUMNS = (
    "uid",
    "id",
    "parent",
    "summary",
    "start",
    "end",
    "all_day",
    "timezone",
    "earliest",
    "latest",
    "precision",
    "end_precision",
    "certainty",
    "edtf",
    "status",
    "was",
    "rrule",
    "drawn",
    "categories",
    "location",
    "latitude",
    "longitude",
    "url",
    "description",
    "sources",
    "links",
)

_EARLIER_HEADERS = frozenset({COLUMNS[:-1]})
"""The headers of files that earlier versions wrote."""

TEXT_COLUMNS = frozenset(
    {
        "uid",
        "id",
        "parent",
        "summary",
        "timezone",
        "was",
        "rrule",
        "categories",
        "location",
        "url",
        "description",
        "sources",
        "links",
    }
)
"""What an author writes, and rules, which have a ``;`` between their parts."""

ROWS_PER_CHUNK = 256
_LONGEST_HEADER = 4096

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r']")  # noqa: RUF001 - spreadsheets run these too


def render(calendar: Calendar, options: CsvOptions) -> Iterator[bytes]:
    """Yield the file in chunks: UTF-8, CRLF, with a byte order mark if requested or for Excel."""
    if options.bom or options.dialect == EXCEL:
        yield BOM_UTF8
    columns, lines = _excel(calendar) if options.dialect == EXCEL else _by_column(calendar, options)
    yield _line(columns).encode()
    while chunk := "".join(islice(lines, ROWS_PER_CHUNK)):
        yield chunk.encode()


def _by_column(calendar: Calendar, options: CsvOptions) -> tuple[tuple[str, ...], Iterator[str]]:
    """Return the header and the lines of a dialect whose columns are quoted if they have texts."""
    columns: tuple[str, ...] = COLUMNS
    texts, rows = TEXT_COLUMNS, _rows(calendar)
    if options.dialect == GOOGLE:
        from timeline.formats.csv import google  # noqa: PLC0415 - few exports need it

        columns, texts = google.COLUMNS, google.TEXT_COLUMNS
        rows = google.google_rows(calendar, options.until)
    is_text = [column in texts for column in columns]
    return columns, (_line(map(_cell, row, is_text)) for row in rows)


def _excel(calendar: Calendar) -> tuple[tuple[str, ...], Iterator[str]]:
    """Return the header and the lines for people; words are quoted, dates and times are not."""
    from timeline.formats.csv import excel  # noqa: PLC0415 - as above

    return excel.excel_columns(calendar), (
        _line(
            cell.text if cell.value else _cell(defuse_formula(cell.text), is_text=True)
            for cell in row
        )
        for _, row in excel.excel_rows(calendar)
    )


def _line(cells: Iterable[str]) -> str:
    return ",".join(cells) + "\r\n"


def _cell(value: str, is_text: bool) -> str:
    """Return a cell (RFC 4180 2.5 to 2.7); an empty text is not quoted, so that it can be null."""
    return '"' + value.replace('"', '""') + '"' if is_text and value else value


def is_ours(file: BinaryIO) -> bool:
    """Return whether the first record is a header of ours, of any dialect.

    A header that was ever published must stay recognised when the columns change.
    """
    from timeline.formats.csv import excel, google  # noqa: PLC0415 - as above

    file.seek(0)
    line = file.readline(_LONGEST_HEADER).decode("utf-8-sig", errors="replace")
    try:
        header = tuple(next(csv.reader([line]), ()))
    except csv.Error:  # such as a carriage return within a line
        return False
    if header in (COLUMNS, google.COLUMNS) or header in _EARLIER_HEADERS:
        return True
    return excel.is_excel_header(header)


def _rows(calendar: Calendar) -> Iterator[tuple[str, ...]]:
    wording = wording_of(calendar)
    for event in calendar.events:
        yield _row(event, _rrule(event) if event.recurrence else "", wording)
        for override in event.overrides:
            yield _row(override.event, f"RECURRENCE-ID:{override.recurrence_id}", wording)


def _row(event: Event, rrule: str, wording: Wording) -> tuple[str, ...]:
    when, geo = first_dates(event), event.details.geo
    latitude, longitude = map(format_float, geo) if geo else ("", "")
    return (
        defuse_formula(event.uid),
        event.id,
        event.parent or "",
        defuse_formula(event.summary),
        *_dates(when),
        event.status or (vevent_status(event, when) or "").lower(),
        defuse_formula(join_items(map(_was, event.was))) if event.was else "",
        rrule,
        _boolean(omission_reason(event) is None),
        defuse_formula(join_items(event.categories)) if event.categories else "",
        defuse_formula(event.location or ""),
        latitude,
        longitude,
        defuse_formula(event.url or ""),
        defuse_formula((event.description or "").rstrip("\n")),
        defuse_formula(join_items(_source(source, wording) for source in event.sources))
        if event.sources
        else "",
        defuse_formula(join_items(_links(event.details)))
        if event.details is not NO_DETAILS
        else "",
    )


def _dates(when: When) -> tuple[str, ...]:
    """Return the cells from ``start`` to ``edtf``."""
    start = None if isinstance(when, Undated) else when.start
    timed = when.end if isinstance(when, Mixed) and isinstance(start, Date) else start
    # An offset starts with a sign, as a formula does.
    zone = defuse_formula(_zone(timed)) if isinstance(timed, Instant) else ""
    return (
        _side(start),
        _side(when.end),
        "" if start is None else _boolean(not isinstance(when, Timed)),
        zone,
        str(earliest(when) or ""),
        str(latest(when) or ""),
        _precision(start) if start else "unknown",
        _precision(when.end) if when.end else "",
        "" if start is None else certainty(when).words,
        as_edtf(when) or "",
    )


def _zone(value: Instant) -> str:
    """Return the name of a zone that other programs know, else an offset."""
    return AOE_OFFSET if value.zone == AOE_NAME else value.zone


def _boolean(value: bool) -> str:
    return "true" if value else "false"


def _rrule(event: Event) -> str:
    """Return the value of the RRULE, or if there are other dates, a line for each property.

    DTSTART is one of them where the cells of the dates are those of another instance.
    """
    recurrence = event.recurrence
    if recurrence is None:
        return ""
    rule = recurrence.rule and recurrence.rule.value(recurrence.start)
    is_first = first_dates(event) == event.when
    if rule and is_first and not (recurrence.rdate or recurrence.exdate):
        return rule
    lines = [] if is_first else [f"DTSTART:{recurrence.start}"]
    lines += [f"RRULE:{rule}"] if rule else []
    lines += (f"RDATE:{moment}" for moment in recurrence.rdate)
    lines += (f"EXDATE:{moment}" for moment in recurrence.exdate)
    return "\n".join(lines)


def defuse_formula(text: str) -> str:
    """Return text that no spreadsheet runs as a formula."""
    return f"'{text}" if not text[:1].isalnum() and _FORMULA.match(text) else text


def join_items(items: Iterable[str]) -> str:
    """Join items by ``; ``; a semicolon or backslash within an item is escaped by a backslash."""
    return "; ".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in items)


def _side(side: Date | OneSidedDate | Instant | NoDate | None) -> str:
    """Return a date as the file has it, a time in ISO 8601, an open end as ``..``, else nothing."""
    if side is None or side is NoDate.TBC:
        return ""
    if side is OPEN:
        return ".."
    return str(side) if isinstance(side, Instant | NoDate) else side.text


def _precision(side: Date | OneSidedDate | Instant | NoDate) -> str:
    if isinstance(side, Date | OneSidedDate):
        return side.precision
    if isinstance(side, Instant):
        return "second" if side.has_seconds else "minute"
    return "open" if side is OPEN else "unknown"


def _was(was: Was) -> str:
    """Return earlier dates in the notation of the file, which is English, with their note."""
    dates = _side(was.when.start) + (f" to {_side(was.when.end)}" if was.when.end else "")
    return f"{dates} ({was.note})" if was.note else dates


def _links(details: Details) -> Iterator[str]:
    """Yield the conferences, the documents and the images of an event."""
    for link in (*details.conference, *details.attach, *details.image):
        yield f"{link.title} {link.url}" if link.title else link.url


def _source(source: Source, wording: Wording) -> str:
    quote = f"“{' '.join(source.quote.split())}”" if source.quote else None
    accessed = None
    if source.accessed:
        accessed = f"({wording.phrase('accessed {date}', date=source.accessed)})"
    return " ".join(part for part in (source.title, source.url, quote, accessed) if part)
