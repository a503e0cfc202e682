"""Reading standard input, whatever it is."""

from __future__ import annotations

import os
import select
from typing import BinaryIO, cast

import pytest

from timeline.source import UnreadableFile, read_stdin


@pytest.mark.skipif(os.name == "nt", reason="needs pipes that do not block")
def test_what_is_not_written_yet_is_not_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    pieces = [b"events:\n", b"", b"  - {id: a}\n", None]

    def write_next(waiting: list[BinaryIO], *_: object) -> None:
        assert [stream.fileno() for stream in waiting] == [reader]
        piece = pieces.pop(0)
        if piece is None:
            os.close(writer)
        else:
            os.write(writer, piece)

    monkeypatch.setattr(select, "select", write_next)
    with os.fdopen(reader, "rb") as stream:
        assert read_stdin(stream) == b"events:\n  - {id: a}\n"
    assert pieces == []


def test_standard_input_that_fails_is_an_error() -> None:
    class Gone:
        def read(self, _: int) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(UnreadableFile, match=r"^cannot read standard input: input/output error$"):
        read_stdin(cast("BinaryIO", Gone()))
    with pytest.raises(UnreadableFile, match=r"^standard input is closed$"):
        read_stdin(None)
