"""Recognise files that are not events files, such as a Word document, by how they begin.

The reader of YAML would report the first byte that is not text, which says nothing to an author.
"""

from __future__ import annotations

from codecs import BOM_UTF8

from timeline.diagnostics import Diagnostic, Span, rules

_TO_TEXT = "save it as plain text in UTF-8, and give that file"
_START = "an events file is text: `timeline init` writes one to start from"
_TABLE = "write its rows as events in a text file; `timeline init` writes one to start from"

_BINARY = (
    (b"%PDF-", "a PDF document", _START),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an old version of Office", _TO_TEXT),
    (b"\x1f\x8b", "compressed by gzip", "unpack it, and give the file that is in it"),
    (b"\x89PNG\r\n", "an image (PNG)", _START),
    (b"\xff\xd8\xff", "an image (JPEG)", _START),
)
_IN_ZIP = (
    (b"word/", "a Word document (.docx)", _TO_TEXT),
    (b"xl/", "an Excel workbook (.xlsx)", _TABLE),
    (b"ppt/", "a PowerPoint presentation (.pptx)", _START),
    (b"opendocument.text", "a text document of LibreOffice (.odt)", _TO_TEXT),
    (b"opendocument.spreadsheet", "a spreadsheet of LibreOffice (.ods)", _TABLE),
    (b"", "a ZIP archive", "unpack it, and give the events file that is in it"),
)
_TEXTS = (
    (b"{\\rtf", "rich text (RTF)", f"{_TO_TEXT}; in TextEdit, choose Format, Make Plain Text"),
    (b"begin:vcalendar", "an iCalendar file", f"timeline writes such files; {_START}"),
    (b"<!doctype html", "a web page (HTML)", _START),
    (b"<html", "a web page (HTML)", _START),
    (b"<?xml", "an XML document", _START),
)


def other_kind_of_file(content: bytes, name: str) -> Diagnostic | None:
    """Report a file that is known not to be an events file; ``None`` for any other."""
    start = Span(name, 1, 1, 1, 2)
    if content.startswith(b"PK\x03\x04"):
        kind, help_ = next((kind, help_) for part, kind, help_ in _IN_ZIP if part in content)
        return Diagnostic(rules.ENCODING, f"the file is {kind}, expected text", start, help=help_)
    for mark, kind, help_ in _BINARY:
        if content.startswith(mark):
            message = f"the file is {kind}, expected text"
            return Diagnostic(rules.ENCODING, message, start, help=help_)
    beginning = content[:64].removeprefix(BOM_UTF8).lstrip().lower()
    for mark, kind, help_ in _TEXTS:
        if beginning.startswith(mark):
            message = f"the file is {kind}, expected keys and values"
            return Diagnostic(rules.NOT_A_MAPPING, message, start, help=help_)
    return None
