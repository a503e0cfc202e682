"""LibreOffice opens both tables for people with dates as dates, and texts as they are."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from support.foreign import SPREADSHEET, missing_spreadsheet
from support.loading import calendar_of
from timeline.formats import FORMATS
from timeline.formats.csv.options import EXCEL, CsvOptions
from timeline.formats.xlsx.options import XlsxOptions

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.engines,
    pytest.mark.skipif(bool(missing_spreadsheet()), reason=missing_spreadsheet()),
]

CALENDAR = """
calendar: {id: x.org, name: "ラリー 2025", timezone: Asia/Riyadh, language: ar}
feeds: [{id: japanese, name: "日程", language: ja}]
events:
  - {id: a, summary: رالي داكار, start: 2025-01-03, end: 2025-01-17, location: "Цюрих; Köln"}
  - {id: b, summary: ラリー・ダカール 🏁, start: 2025-01-03T09:00, duration: 90 minutes}
  - {id: c, summary: Ралли, start: 2025-01-03T22:00, duration: 9 hours}
  - {id: d, summary: "=1+1", start: 1899-12-31, location: "<r>=1+1</r>"}
  - {id: e, summary: "https://x.org", start: 2025-Q1, end: 2028}
"""

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

Read = tuple[str, str, str]
"""The type of a cell, its value, and what it shows."""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return both tables as LibreOffice writes them after it has opened them."""
    folder = tmp_path_factory.mktemp("tables")
    calendar = calendar_of(CALENDAR)
    content = b"".join(FORMATS["csv"].render(calendar, CsvOptions(dialect=EXCEL)))
    (folder / "people.csv").write_bytes(content)
    content = b"".join(FORMATS["xlsx"].render(calendar, XlsxOptions()))
    (folder / "book.xlsx").write_bytes(content)
    convert(folder / "people.csv", "--infilter=CSV:44,34,76,1")
    convert(folder / "book.xlsx")
    return {path.stem: path.read_text("utf-8") for path in folder.glob("*.fods")}


def convert(source: Path, *options: str) -> None:
    """Open a file and save it; a CSV is taken for UTF-8 with commas, as the dialog suggests."""
    profile = source.with_name("profile").as_uri()
    subprocess.run(
        [
            *(SPREADSHEET, f"-env:UserInstallation={profile}", "--headless", *options),
            *("--convert-to", "fods", "--outdir", str(source.parent), str(source)),
        ],
        capture_output=True,
        check=True,
    )


def rows_of(table: ET.Element) -> list[list[Read]]:
    rows = []
    for row in table.iter(f"{_TABLE}table-row"):
        cells: list[Read] = []
        for cell in row.iter(f"{_TABLE}table-cell"):
            kind = cell.get(f"{_OFFICE}value-type", "")
            value = cell.get(f"{_OFFICE}date-value") or cell.get(f"{_OFFICE}time-value") or ""
            shown = "\n".join("".join(part.itertext()) for part in cell.iter(f"{_TEXT}p"))
            cells += [(kind, value, shown)] * int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        if any(shown for _, _, shown in cells):
            rows.append(cells[:8])
    return rows


def tables_of(sheets: str) -> list[ET.Element]:
    return list(ET.fromstring(sheets).iter(f"{_TABLE}table"))


TITLES = ["رالي داكار", "ラリー・ダカール 🏁", "Ралли"]


def test_the_workbook_has_dates_and_times_as_such(opened: dict[str, str]) -> None:
    for table in tables_of(opened["book"]):
        _, rally, stage, night, early, vague = rows_of(table)
        assert rally[0] == ("date", "2025-01-03", "2025-01-03")
        assert rally[3] == ("date", "2025-01-17", "2025-01-17")
        assert stage[2] == ("time", "PT09H00M00S", "09:00")
        assert (stage[3][0], stage[3][2]) == ("time", "10:30")
        assert night[3] == ("date", "2025-01-04T07:00:00", "2025-01-04 07:00")
        assert early[0] == ("string", "", "1899-12-31")
        assert [vague[0][0], vague[3][0]] == ["string", "string"]
        assert [row[4][2] for row in (rally, stage, night)] == TITLES
        assert [early[4], early[5]] == [("string", "", "=1+1"), ("string", "", "<r>=1+1</r>")]
        assert rally[5] == ("string", "", "Цюрих; Köln")
    assert "table:formula" not in opened["book"]
    assert 'xlink:href="https://x.org' not in opened["book"]


def test_the_workbook_has_a_sheet_for_each_feed(opened: dict[str, str]) -> None:
    names = [table.get(f"{_TABLE}name") for table in tables_of(opened["book"])]
    assert names == ["ラリー 2025", "日程"]
    headers = [[cell[2] for cell in rows_of(table)[0]] for table in tables_of(opened["book"])]
    assert headers[0][:2] == ["التاريخ", "اليوم"]
    assert headers[1][:2] == ["日付", "曜日"]


def test_a_sheet_of_a_language_from_right_to_left_is_laid_out_so(opened: dict[str, str]) -> None:
    modes = {
        style.get(f"{_STYLE}name"): properties.get(f"{_STYLE}writing-mode")
        for style in ET.fromstring(opened["book"]).iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}table-properties")
    }
    styles = [table.get(f"{_TABLE}style-name") for table in tables_of(opened["book"])]
    assert [modes[style] for style in styles] == ["rl-tb", "lr-tb"]


def test_the_csv_has_texts_in_all_scripts_and_dates_as_dates(opened: dict[str, str]) -> None:
    (table,) = tables_of(opened["people"])
    header, rally, stage, night, early, vague = rows_of(table)
    assert header[0][2] == "التاريخ"  # and no byte order mark before it
    assert [row[4][2] for row in (rally, stage, night)] == TITLES
    assert rally[0][:2] == ("date", "2025-01-03")
    assert rally[3][:2] == ("date", "2025-01-17")
    assert stage[2][:2] == ("time", "PT09H00M00S")
    assert early[4] == ("string", "", "'=1+1")
    assert vague[0][0] == "string"
    assert rally[5] == ("string", "", "Цюрих; Köln")
    assert "table:formula" not in opened["people"]
