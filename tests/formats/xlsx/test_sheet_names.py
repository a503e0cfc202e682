"""Names of sheets are those that Excel accepts."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from timeline.formats.xlsx.sheet_names import sheet_names, utf16_length

WORD = st.sampled_from(
    ["History", "history", "Rally", "rally", "'", "a" * 31, "𠮷" * 16, ":", "\uff1f"]
)
TITLES = st.lists(st.text(max_size=40) | WORD | st.tuples(WORD, WORD).map("".join), max_size=8)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The rally", "The rally"),
        ("Rallye « Dakar » 2025", "Rallye « Dakar » 2025"),
        ("رالي داكار", "رالي داكار"),
        ("Race: all / days? [2025] *\\", "Race all days 2025"),
        ("日程：全部／詳細？", "日程 全部 詳細"),  # noqa: RUF001 - the Japanese Excel rejects these
        ("'tis the season'", "tis the season"),
        ("O'Brien's", "O'Brien's"),
        ("a" * 32, "a" * 31),
        ("𠮷" * 16, "𠮷" * 15),
        ("a" * 30 + " b", "a" * 30),
        ("a" * 30 + "'b", "a" * 30),
        ("a\tb\nc\x00d\u200be", "a b c d e"),
        ("a_x0041_x0042_b", "a-x0041-x0042_b"),
        ("History", "History (2)"),
        ("HISTORY", "HISTORY (2)"),
        ("", "Sheet"),
        ("???", "Sheet"),
        ("'", "Sheet"),
    ],
)
def test_a_name_is_made_legal(title: str, name: str) -> None:
    assert sheet_names([title]) == [name]


def test_equal_names_get_numbers() -> None:
    assert sheet_names(
        ["Rally", "rally", "RALLY", "Rally (2)", "Straße", "STRASSE", "ﬁ", "fi"]
    ) == [
        *("Rally", "rally (2)", "RALLY (3)", "Rally (2) (2)"),
        *("Straße", "STRASSE (2)", "ﬁ", "fi (2)"),
    ]
    assert sheet_names(["a" * 40] * 11)[-1] == "a" * 26 + " (11)"


@given(TITLES)
@example(["History", "history (2)"])
@example(["a" * 31, "a" * 27 + " (2)"])
def test_any_titles_make_a_workbook(titles: list[str]) -> None:
    names = sheet_names(titles)
    assert len(names) == len(titles)
    book = Workbook()
    for name in names:
        book.add_worksheet(name)  # which raises an error for a name that Excel rejects
        assert name.strip() == name != ""
        assert name.isprintable()
        assert name.casefold() != "history"
        assert utf16_length(name) <= 31
    assert len({name.casefold() for name in names}) == len(names)
    assert len({name.upper() for name in names}) == len(names)
