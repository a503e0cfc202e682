"""CSV for spreadsheets and databases (RFC 4180): one row an event, the undated ones too.

An instance that differs from its series has a row of its own below it, with the same ``uid``.

The columns are an API. A cell that a spreadsheet would run as a formula begins with ``'``, and a
``'`` that begins a cell is doubled: taking one ``'`` away gives the text back.
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from io import StringIO
from typing import TYPE_CHECKING

from timeline.drawing import left_out, status
from timeline.edtf import Date
from timeline.events import (
    OPEN,
    Instant,
    NoDate,
    Undated,
    as_edtf,
    certainty,
    earliest,
    latest,
)
from timeline.formats.contentline import decimal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.events import Calendar, Event, Source, Was
    from timeline.formats import Options

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
)

ROWS_PER_CHUNK = 256

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r']")  # noqa: RUF001 - spreadsheets run these too


def render(calendar: Calendar, options: Options) -> Iterator[bytes]:
    """Give the file in chunks: UTF-8, CRLF, with a byte order mark where asked for."""
    if options.bom:
        yield BOM_UTF8
    if options.dialect == "google":
        from timeline.formats import googlecsv  # noqa: PLC0415 - its rules need more imports

        yield from (chunk.encode() for chunk in googlecsv.render(calendar, options.until))
        return
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for number, event in enumerate(calendar.events, start=1):
        writer.writerow(_row(event, _rrule(event)))
        for override in event.overrides:
            writer.writerow(_row(override.event, f"RECURRENCE-ID:{override.recurrence_id}"))
        if number % ROWS_PER_CHUNK == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _row(event: Event, rrule: str) -> tuple[str, ...]:
    # Most of what an event may have it has not: that costs a look, and no call.
    when = event.when
    start = None if isinstance(when, Undated) else when.start
    state = status(event, event.when)
    return (
        safe(event.uid),
        event.id,
        event.parent or "",
        safe(event.summary),
        _side(start),
        _side(when.end),
        "" if start is None else str(isinstance(start, Date)).lower(),
        safe(start.zone) if isinstance(start, Instant) else "",  # an offset begins with a sign
        str(earliest(when) or ""),
        str(latest(when) or ""),
        _precision(start) if start else "unknown",
        _precision(when.end) if when.end else "",
        "" if isinstance(when, Undated) else certainty(when).words,
        as_edtf(when) or "",
        event.status or (state.lower() if state else ""),
        safe(join(_was(was) for was in event.was)) if event.was else "",
        rrule,
        str(left_out(event) is None).lower(),
        safe(join(event.categories)) if event.categories else "",
        safe(event.location) if event.location else "",
        decimal(event.geo[0]) if event.geo else "",
        decimal(event.geo[1]) if event.geo else "",
        safe(event.url) if event.url else "",
        safe(event.description.rstrip("\n")) if event.description else "",
        safe(join(_source(source) for source in event.sources)) if event.sources else "",
    )


def _rrule(event: Event) -> str:
    """Give the rule; where there are further or excepted dates, each as a line with its name."""
    if event.recurrence is None or isinstance(event.when, Undated):
        return ""
    start, recurrence = event.when.start, event.recurrence
    rule = recurrence.rule and recurrence.rule.value(
        start if isinstance(start, Instant) else start.earliest
    )
    if rule and not (recurrence.rdate or recurrence.exdate):
        return rule
    lines = [f"RRULE:{rule}"] if rule else []
    lines += (f"RDATE:{moment}" for moment in recurrence.rdate)
    lines += (f"EXDATE:{moment}" for moment in recurrence.exdate)
    return "\n".join(lines)


def safe(text: str) -> str:
    """Keep a spreadsheet from running a text as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def join(items: Iterable[str]) -> str:
    """Join a list by ``; ``, with ``;`` and the backslash in its items escaped by one."""
    return "; ".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in items)


def _side(side: Date | Instant | NoDate | None) -> str:
    """Give a date as precisely as it is known, an open end as ``..``, else nothing."""
    if side is None or side is NoDate.TBC:
        return ""
    if side is OPEN:
        return ".."
    return side.text if isinstance(side, Date) else str(side)


def _precision(side: Date | Instant | NoDate) -> str:
    if isinstance(side, Date):
        return side.precision
    if isinstance(side, Instant):
        return "second" if side.has_seconds else "minute"
    return "open" if side is OPEN else "unknown"


def _was(was: Was) -> str:
    dates = _side(was.when.start) + (f" to {_side(was.when.end)}" if was.when.end else "")
    return f"{dates} ({was.note})" if was.note else dates


def _source(source: Source) -> str:
    quote = f"“{' '.join(source.quote.split())}”" if source.quote else None
    read = f"(accessed {source.accessed})" if source.accessed else None
    return " ".join(part for part in (source.title, source.url, quote, read) if part)
