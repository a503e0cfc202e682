"""Bytes become text: control characters, encodings and size."""

from __future__ import annotations

import pytest

from support.documents import located
from support.loading import document_of
from timeline._limits import MAX_BYTES
from timeline.diagnostics.model import Note


def test_what_follows_a_bad_character_is_still_read() -> None:
    document = document_of("a: b\x07\nc: d\x1b\ne:\n")
    assert document.data == {"a": "b\ufffd", "c": "d\ufffd", "e": None}
    assert [row[0] for row in located(document)] == ["control-character"] * 2 + ["empty-value"]


def test_many_control_characters_are_counted_instead_of_listed() -> None:
    document = document_of("# " + "\x00" * 50 + "\na: b\n")
    assert len(document.diagnostics) == 20
    assert document.diagnostics[-1].notes == (Note("the file has 30 more of them"),)
    assert document.data == {"a": "b"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_another_encoding_is_named_and_read(encoding: str) -> None:
    document = document_of("a: é\nb:\n".encode(encoding))
    assert located(document) == [("encoding", 1, 1), ("empty-value", 2, 1)]
    assert encoding[:6].upper() in document.diagnostics[0].message
    assert document.data == {"a": "é", "b": None}


def test_a_byte_that_is_not_utf8_has_a_line_and_a_column() -> None:
    document = document_of("a: é\nb: x".encode() + b"\xe9" + b" y\xff\n")
    assert located(document) == [("encoding", 2, 5)]
    assert "0xE9" in document.diagnostics[0].message
    assert "`é`" in (document.diagnostics[0].help or "")
    assert document.data["b"] == "x\ufffd y\ufffd"


def test_a_file_that_is_too_large_is_not_parsed() -> None:
    document = document_of(b"#" * (MAX_BYTES + 1))
    assert located(document) == [("too-large", 1, 1)]
    assert (document.data, document.truncated) == ({}, ())
