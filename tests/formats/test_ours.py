"""Every format recognises its own files, and no others."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from support.formats import COMPARED
from support.paths import ROOT
from timeline.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

LIST = ROOT / "tests/publishing/expected.changes.atom"
GOLDENS = sorted([*ROOT.glob("tests/cases/*/*.*"), *ROOT.glob("dist/events.*"), LIST])


def suffix_of(path: Path) -> str | None:
    """Return the suffix of the format that has written a file."""
    return next((form.suffix for form in FORMATS.values() if path.name.endswith(form.suffix)), None)


OUTPUTS = [path for path in GOLDENS if suffix_of(path) and ".schema" not in path.suffixes]
PUBLISHED_HEADERS = (
    (
        b"uid,id,parent,summary,start,end,all_day,timezone,earliest,latest,precision,end_precision,"
        b"certainty,edtf,status,was,rrule,drawn,categories,location,latitude,longitude,url,"
        b"description,sources"
    ),
    b"Subject,Start Date,Start Time,End Date,End Time,All Day Event,Description,Location,Private",
    b"Date,Weekday,Time,End,Event,Where,Status,Link",
    b"Date,Weekday,Time (UTC),End,Event,Where,Status,Link",
    b"Date,Weekday,Time (anywhere on Earth),End,Event,Where,Status,Link",
    *(
        header.encode()
        for header in (
            "التاريخ,اليوم,الوقت,النهاية,الحدث,المكان,الحالة,رابط",
            "Datum,Wochentag,Uhrzeit,Ende,Termin,Ort,Status,Link",
            "Fecha,Día,Hora,Fin,Evento,Lugar,Estado,Enlace",
            "Date,Jour,Heure,Fin,Événement,Lieu,Statut,Lien",
            "日付,曜日,時刻 (Asia/Tokyo),終了,予定,場所,状態,リンク",
            "Data,Dia da semana,Horário,Fim,Evento,Local,Status,Link",
        )
    ),
)
"""Of all versions: a header that was published once stays here."""

IMAGE = (ROOT / "docs/pictures/site.png").read_bytes()[:2000]
MARKED = IMAGE[:33] + b"\0\0\0\x11tEXtSoftware\0timeline" + b"\x0b\x64\xc5\x58" + IMAGE[33:]
"""An image, and how one of ours begins: its header, then what has written it."""

WORKBOOK = (ROOT / "tests/cases/feeds/expected.xlsx").read_bytes()


def saved_again(workbook: bytes) -> bytes:
    """Return a workbook as a spreadsheet saves it: with its author, and compressed."""
    content = BytesIO()
    load_workbook(BytesIO(workbook)).save(content)
    assert b"PK" in content.getvalue()
    return content.getvalue()


FOREIGN = {
    "ics": [
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Google Inc//Google Calendar//EN\r\n",
        b"NOTE:PRODID:-//timeline//timeline-as-code//EN\r\n",
        b"PRODID:-//timeline//timeline-as-code//EN-GB\r\n",
    ],
    "csv": [
        b"uid,id\r\na,b\r\n",
        b"id,uid" + PUBLISHED_HEADERS[0][6:] + b"\r\n",
        b"x\r\n" + PUBLISHED_HEADERS[0] + b"\r\n",
        PUBLISHED_HEADERS[0] + b",notes\r\n",
        PUBLISHED_HEADERS[1].replace(b",", b";"),
        b'"uid,id',
        b"a\rb,c",
        b"\0",
        PUBLISHED_HEADERS[1].decode().encode("utf-16"),
        b"Date,Weekday,Time,End,Event,Where,Status",
        b"Date,Weekday,Time (UTC,End,Event,Where,Status,Link",
        b"Date,Weekday,Hour (UTC),End,Event,Where,Status,Link",
        b"Date,Jour,Time,End,Event,Where,Status,Link",
    ],
    "md": [
        b"# My notes\n",
        b"[//]: # (timeline)\n\nmore\n",
        b"See [//]: # (timeline)\n",
        b"    [//]: # (timeline)\n",
        b"[//]: # (timelines)\n",
        b"\n[//]: # (timeline)" + b"\n" * 1000 + b"x",
    ],
    "svg": [
        b'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        b'<svg><g id="timeline-a"/></svg>',
        b'<svg data-id="timeline-a"></svg>',
        b'<svg id="my-timeline-a"></svg>',
        b'<!-- <svg id="timeline-a"> --><svg></svg>',
        b'<svg id="Timeline-a"></svg>',
        b"<!---->" * 500 + b"<svg",
        b"<?xml " * 600,
        b"<svg " + b"a " * 2000,
    ],
    "json": [
        b'{"version":1,"calendar":"example.org"}',
        b'{"version":"1","calendar":{"id":"a"}}',
        b'{"calendar":{"id":"a"},"version":1}',
        b'[{"version":1,"calendar":{"id":"a"}}]',
        b"{}",
    ],
    "png": [
        IMAGE,
        MARKED.replace(b"timeline", b"timelines"),
        MARKED.replace(b"IHDR", b"IHDr"),
        b"\0" + MARKED,
        MARKED[:60],
        IMAGE + MARKED[33:],
    ],
    "xlsx": [
        WORKBOOK.replace(b"<dc:creator>timeline<", b"<dc:creator>somebody<"),
        WORKBOOK.replace(b"docProps/core.xml", b"docProps/cove.xml", 1),
        b"\0" + WORKBOOK,
        b"PK\3\4" + b"\0" * 26 + b"[Content_Types].xml<dc:creator>timeline</dc:creator>",
        saved_again(WORKBOOK),
    ],
}


@pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_golden_is_recognised_by_its_own_format_only(path: Path) -> None:
    file = BytesIO(path.read_bytes())
    recognised = {form.suffix for form in FORMATS.values() if form.is_ours(file)}
    assert recognised == {suffix_of(path)}


def test_an_image_that_states_timeline_is_ours() -> None:
    file = BytesIO(MARKED)
    assert [name for name, form in FORMATS.items() if form.is_ours(file)] == ["png"]


def test_every_format_has_goldens() -> None:
    assert {suffix_of(path) for path in OUTPUTS} == {form.suffix for form in COMPARED.values()}


@pytest.mark.parametrize("header", PUBLISHED_HEADERS)
@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"", b'\r\n"a\n'])
def test_every_published_header_is_recognised(header: bytes, end: bytes) -> None:
    quoted = b'"' + header.replace(b",", b'","') + b'"'
    for start in (b"", b"\xef\xbb\xbf"):
        assert FORMATS["csv"].is_ours(BytesIO(start + header + end))
        assert FORMATS["csv"].is_ours(BytesIO(start + quoted + end))


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if not form.is_binary])
def test_changed_line_ends_leave_a_file_ours(name: str) -> None:
    form = FORMATS[name]
    folder = LIST.parent if form.of_feed else ROOT / "tests/cases/feeds"
    content = (folder / f"expected{form.suffix}").read_bytes()
    plain = content.replace(b"\r\n", b"\n")
    for changed in (plain, plain.replace(b"\n", b"\r\n"), plain.rstrip(), plain + b"\n"):
        assert form.is_ours(BytesIO(changed))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param(name, content, id=f"{name}-{number}")  # a saved workbook has its time
        for name, contents in FOREIGN.items()
        for number, content in enumerate(contents)
    ],
)
def test_other_files_are_not_recognised(name: str, content: bytes) -> None:
    assert not FORMATS[name].is_ours(BytesIO(content))


@pytest.mark.parametrize("name", FORMATS)
@given(st.binary() | st.text().map(str.encode))
def test_no_content_is_an_error(name: str, content: bytes) -> None:
    assert FORMATS[name].is_ours(BytesIO(content)) in (True, False)


class CountingFile(BytesIO):
    """A file that counts the bytes read from it."""

    count = 0

    def read(self, size: int | None = -1, /) -> bytes:
        content = super().read(size)
        self.count += len(content)
        return content

    def readline(self, size: int | None = -1, /) -> bytes:
        content = super().readline(size)
        self.count += len(content)
        return content


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("filler", [b"x", b"\n", b'"', b" ", b"<svg "])
def test_little_of_a_long_file_is_read(name: str, filler: bytes) -> None:
    file = CountingFile(filler * (1 << 20))
    assert not FORMATS[name].is_ours(file)
    assert file.count <= 4096
