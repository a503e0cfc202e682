"""One sheet of a workbook: a header that stays in view, and the rows of a calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from timeline.diagnostics import cell_width
from timeline.formats.csv.excel import LINK, PLACE, TITLE, excel_columns, excel_rows
from timeline.formats.xlsx.sheet_names import utf16_length
from timeline.model import language_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from timeline.formats.csv.excel import Cell
    from timeline.model import Calendar, Event

_FIRST_MONTH = (1900, 3)
"""The first month whose days have the same number in all programs.

Excel counts a 29 February 1900, and the other programs do not."""

_NUMBER_FORMATS = {
    len(shown): shown
    for shown in ("hh:mm", "hh:mm:ss", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "yyyy-mm-dd hh:mm:ss")
}
"""How a value is shown, by the length of its text, which is in ISO 8601."""

_MOST_UNITS = 32_767
"""The most UTF-16 code units of a cell."""

_NARROWEST, _WIDEST = 8, 50
"""The limits of the width of a column, in digits."""

_MARGIN, _INDENT = 2, 2
"""The width beside the longest text of a column, and that of a level of indentation."""

_LINE, _HIGHEST = 15, 20
"""The height of a line in points, and the most lines of a row; Excel has rows of 409 points."""

_DEEPEST = 15
"""The most levels by which Excel indents."""

_A4 = 9


def write_sheet(book: Workbook, name: str, calendar: Calendar) -> None:
    """Add a sheet with the events of a calendar to a workbook."""
    sheet = book.add_worksheet(name)
    is_right_to_left = language_of(calendar.language).is_right_to_left
    if is_right_to_left:
        sheet.right_to_left()
    styles = _Styles(book, is_right_to_left=is_right_to_left)
    columns = excel_columns(calendar)
    widths = [_NARROWEST] * len(columns)
    for column, title in enumerate(columns):
        _write_text(sheet, (0, column), title, styles.header)
        widths[column] = max(_NARROWEST, cell_width(title) + _MARGIN)
    depths: dict[str, int] = {}
    for row, (event, cells) in enumerate(excel_rows(calendar), start=1):
        indents, height = {TITLE: _depth(event, depths)}, 1
        for column, cell in enumerate(cells):
            if not cell.text:
                continue
            indent = indents.get(column, 0)
            _write_cell(sheet, (row, column), cell, styles, indent)
            room = _WIDEST - _MARGIN - indent * _INDENT
            lines = _line_widths(cell.text)
            widths[column] = max(widths[column], min(_WIDEST, max(lines) + _WIDEST - room))
            height = max(height, sum(-(-width // room) or 1 for width in lines))
        if height > 1:
            sheet.set_row(row, min(height, _HIGHEST) * _LINE)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # words such as `2028`
    _set_up_page(sheet)


def _set_up_page(sheet: Any) -> None:
    """Print all columns beside each other."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


class _Styles:
    """The formats of the cells of a sheet, aligned to the side where its texts begin."""

    def __init__(self, book: Workbook, *, is_right_to_left: bool) -> None:
        self._book = book
        self._common = {"align": "right" if is_right_to_left else "left", "valign": "top"}
        # The words of the language may begin with a number, which has no direction.
        self._words = {"reading_order": 2} if is_right_to_left else {}
        self._formats: dict[str | int, Any] = {}
        self.header = self._of("header", bold=True, bottom=1, **self._words)

    def of_value(self, shown: str) -> Any:
        """Return the format of a date or a time that is shown like a text in ISO 8601."""
        return self._of(shown, num_format=_NUMBER_FORMATS[len(shown)])

    def of_words(self) -> Any:
        """Return the format of our words."""
        return self._of("words", text_wrap=True, **self._words)

    def of_text(self, indent: int) -> Any:
        """Return the format of an author's text, which may have several lines."""
        return self._of(indent, text_wrap=True, indent=indent)

    def _of(self, key: str | int, **properties: object) -> Any:
        """Return the format for a key; it is made once, because a sheet has many cells."""
        if key not in self._formats:
            self._formats[key] = self._book.add_format({**self._common, **properties})
        return self._formats[key]


def _depth(event: Event, depths: dict[str, int]) -> int:
    """Return how many parents of an event are in the sheet, and add it to ``depths``."""
    if event.id not in depths:
        depths[event.id] = min(depths.get(event.parent or "", -1) + 1, _DEEPEST)
    return depths[event.id]


def _line_widths(text: str) -> list[int]:
    """Return the widths of the lines of a text, in digits, as far as they affect a row."""
    return [cell_width(line) for line in text[: _HIGHEST * _WIDEST].split("\n")]


def _write_cell(
    sheet: Any, place: tuple[int, int], cell: Cell, styles: _Styles, indent: int
) -> None:
    value = cell.value
    if isinstance(value, date) and (value.year, value.month) < _FIRST_MONTH:
        value = None
    if value is None:
        is_own = place[1] in (TITLE, PLACE, LINK)
        style = styles.of_text(indent) if is_own else styles.of_words()
        _write_text(sheet, place, cell.text, style)
    else:
        sheet.write_datetime(*place, value, styles.of_value(cell.text))


def _write_text(sheet: Any, place: tuple[int, int], text: str, style: Any) -> None:
    """Write a text as it is; one that is longer than a cell can be is cut."""
    if utf16_length(text) > _MOST_UNITS:
        units = text.encode("utf-16-le")[: 2 * (_MOST_UNITS - 1)]
        text = units.decode("utf-16-le", errors="ignore") + "…"
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes such a text for its own markup, which this call makes of three parts.
        sheet.write_rich_string(*place, text[0], text[1], text[2:], style)
    else:
        sheet.write_string(*place, text, style)
