"""The evaluators of the tests share no code with the program, and read the tables of the page."""

from __future__ import annotations

import ast
import re
import sys
from typing import TYPE_CHECKING

import pytest

from support.date_oracle import (
    Anchors,
    OracleBound,
    OracleDate,
    length,
    move_bound,
    move_date,
    read_date,
    working_days,
)
from support.file_oracle import CERTAINTY
from support.paths import ROOT, TESTS

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs/dates.md").read_text(encoding="utf-8")
ORACLES = sorted(TESTS.glob("support/*_oracle.py"))


@pytest.mark.parametrize("module", ORACLES, ids=lambda module: module.stem)
def test_an_oracle_imports_only_the_standard_library_and_oracles(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    oracles = {f"support.{oracle.stem}" for oracle in ORACLES}
    assert {str(name).partition(".")[0] for name in names - oracles} <= sys.stdlib_module_names


def rows(*columns: str) -> list[list[str]]:
    """Return the rows of all tables of the page with these columns, without backticks."""
    head = re.escape("| " + " | ".join(columns) + " |\n")
    bodies = re.findall(rf"^{head}\|[-|]+\|\n((?:\|.*\|\n)+)", PAGE, re.MULTILINE)
    lines = "".join(bodies).splitlines()
    assert lines
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines]


def test_the_dates_of_the_tables() -> None:
    columns = ("written", "earliest", "latest", "precision")
    for text, *expected, edtf in rows(*columns, "EDTF"):
        value = read_date(text, "Asia/Riyadh", {})
        assert isinstance(value, OracleDate | OracleBound)
        days = [str(value.earliest or ""), str(value.latest or "")]
        assert [*days, value.precision] == expected
        assert value.edtf == edtf
    for text, *expected, edtf in rows(*columns, "certainty", "EDTF"):
        value = read_date(text, "Asia/Riyadh", {})
        assert isinstance(value, OracleDate)
        days = [str(value.earliest), str(value.latest), value.precision]
        assert [*days, CERTAINTY[value.mark], value.edtf] == [*expected, edtf]


def test_the_arithmetic_of_the_tables() -> None:
    for text, terms, result in rows("date", "moved by", "result"):
        value = read_date(text, "UTC", {})
        for sign, term in re.findall(r"([+-]) (\d+ \w+|P\w+)", terms):
            moved = length(term) if sign == "+" else -length(term)
            assert isinstance(value, OracleDate | OracleBound)
            value = (
                move_date(value, moved)
                if isinstance(value, OracleDate)
                else move_bound(value, moved)
            )
        assert value == read_date(result, "UTC", {})


def test_the_working_days_of_the_table() -> None:
    (week, off) = re.findall(r"^    (?:week|off): \[(.*)\]$", PAGE, re.MULTILINE)
    anchors = Anchors()
    anchors.is_working = working_days(week.split(", "), off.split(", "))
    for text, terms, result in rows("date", "moved by", "working day"):
        anchors["a", "start"] = read_date(text, "UTC", anchors)
        assert read_date(f"a.start {terms}", "UTC", anchors) == read_date(result, "UTC", anchors)
