"""The workbook: the calendar and each feed is a sheet, with a row for each event (ECMA-376).

Dates and times are numbers with a format, so that a spreadsheet sorts and filters them. A text is
always a text, never a formula or a link.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from timeline.formats.xlsx.archive import CREATOR, is_ours, stored
from timeline.formats.xlsx.sheet import write_sheet
from timeline.formats.xlsx.sheet_names import sheet_names
from timeline.model import calendar_of_feed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.formats.xlsx.options import XlsxOptions
    from timeline.model import Calendar

__all__ = ["is_ours", "render"]

_SETTINGS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - it is written without a zone


def render(calendar: Calendar, _options: XlsxOptions) -> Iterator[bytes]:
    """Yield the file; its bytes depend on the calendar alone."""
    titles, sheets = [calendar.name], [calendar]
    for feed in calendar.feeds:
        titles.append(feed.name or feed.id)
        sheets.append(calendar_of_feed(calendar, feed))
    content = BytesIO()
    with Workbook(content, _SETTINGS) as book:
        book.set_properties({"author": CREATOR, "created": _CREATED})
        for name, shown in zip(sheet_names(titles), sheets, strict=True):
            write_sheet(book, name, shown)
    yield stored(content)
