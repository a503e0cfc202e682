"""``timeline export --xlsx``: the extra that it needs, and what is done with a binary output."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from support.command import Done

FILE = """
calendar: {id: x.org, name: The rally}
categories: {race: {}}
feeds: [{id: race, categories: [race]}]
events:
  - {id: a, summary: Start, start: 2027-01-03, categories: [race]}
  - {id: b, summary: Gala, start: 2028-01-03}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("events.yaml").write_text(FILE)
    return tmp_path


def test_it_is_written_and_compared_like_any_output() -> None:
    assert Done("export", "--xlsx", "--check").code == 1
    assert Done("export", "--xlsx").err == "wrote dist/events.xlsx\n"
    assert [path.name for path in Path("dist").iterdir()] == ["events.xlsx"]  # feeds are sheets
    assert Done("export", "--xlsx").err == "unchanged dist/events.xlsx\n"
    assert Done("export", "--xlsx", "--check").code == 0
    assert Done("export", "--xlsx", "--diff").out == ""
    Path("events.yaml").write_text(FILE.replace("Gala", "Party"))
    done = Done("export", "--xlsx", "--diff")
    assert (done.code, done.out) == (1, "Binary file dist/events.xlsx differs\n")


def test_standard_output_has_the_same_bytes() -> None:
    Done("export", "--xlsx")
    assert Done("export", "--xlsx", "--stdout").out_bytes == Path("dist/events.xlsx").read_bytes()


def test_it_is_not_written_without_being_asked_for() -> None:
    assert Done("export").code == 0
    assert not Path("dist/events.xlsx").exists()


@pytest.mark.parametrize("option", ["--from=2028", "--id=b"])
def test_a_part_of_the_calendar_is_one_sheet(option: str) -> None:
    done = Done("export", "--xlsx", "--stdout", option)
    (sheet,) = load_workbook(BytesIO(done.out_bytes))
    assert [row[4] for row in sheet.iter_rows(values_only=True)] == ["Event", "Gala"]


def test_a_workbook_that_somebody_has_edited_is_not_replaced() -> None:
    Done("export", "--xlsx")
    book = load_workbook("dist/events.xlsx")
    book.active["E2"] = "Edited"
    book.save("dist/events.xlsx")
    edited = Path("dist/events.xlsx").read_bytes()
    done = Done("export", "--xlsx")
    assert done.code == 2
    assert "`dist/events.xlsx` was not written by timeline, so it is not replaced" in done.err
    assert Path("dist/events.xlsx").read_bytes() == edited
    assert Done("export", "--xlsx", "--force").code == 0


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    done = Done("export", "--xlsx", "--csv")
    assert done.code == 2
    assert done.err == (
        "timeline: the Excel workbook needs XlsxWriter: `pip install 'timeline-as-code[excel]'`\n"
    )
    assert not Path("dist").exists()
    assert Done("export").code == 0  # all else needs no extra


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs pseudo-terminals")
def test_it_is_not_printed_in_a_terminal() -> None:
    ours, theirs = os.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "timeline", "export", "--xlsx", "--stdout"],
        stdout=theirs,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.write(theirs, b".")
    assert os.read(ours, 100) == b"."  # nothing was written before
    assert (done.returncode, done.stderr) == (
        2,
        "timeline: --xlsx is not printed in a terminal: write `--stdout > FILE.xlsx`\n",
    )
    os.close(theirs)
    os.close(ours)
