"""Widths in cells of a terminal, and texts that cannot steer one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes, wcwidth

from support.build_log import controls, has_command
from support.loading import load_text
from support.paths import ROOT
from timeline.diagnostics.render import cells
from timeline.diagnostics.render.cells import (
    cell_width,
    escape_unsafe,
    measure_clusters,
    safe_line,
    terminal_safe,
)
from timeline.diagnostics.render.terminal import render
from timeline.formats.terminal.styled_text import wrap


@pytest.mark.parametrize(
    ("text", "width"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("Café \u2013 naïve…", 13, id="latin"),
        pytest.param("日本", 4, id="wide"),
        pytest.param("e\u0301", 1, id="combining-accent"),
        pytest.param("❤", 1, id="text-style"),
        pytest.param("❤\ufe0f", 2, id="emoji-style"),
        pytest.param("👨\u200d👩\u200d👧", 2, id="family"),
        pytest.param("👋🏽", 2, id="skin-tone"),
        pytest.param("🇫🇷", 2, id="flag"),
        pytest.param("1\ufe0f\u20e3", 2, id="keycap"),
        pytest.param("한", 2, id="hangul-syllable"),
        pytest.param("\u1112\u1161\u11ab", 2, id="hangul-jamo"),
        pytest.param("한국 ❤\ufe0f", 7, id="together"),
    ],
)
def test_a_text_is_as_wide_as_a_terminal_draws_it(text: str, width: int) -> None:
    assert cell_width(text) == width


def test_only_one_module_knows_how_wide_a_terminal_draws_a_text() -> None:
    """Another one would disagree on emoji; the report and `show` did."""
    package = ROOT / "src" / "timeline"
    measuring = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"import wcwidth|from wcwidth|cell_len|wcswidth", path.read_text("utf-8"))
    }
    assert measuring == {"diagnostics/render/cells.py"}


@pytest.mark.parametrize(
    "sign", ["👨\u200d👩\u200d👧", "🇫🇷", "👋🏽", "1\ufe0f\u20e3", "❤\ufe0f", "❤", "한"]
)
def test_the_report_and_show_agree_on_the_width(sign: str) -> None:
    """The carets of a report come after as many cells as `show` gives the text."""
    line = f'{sign * 3}", start: x'
    loaded = load_text(f'calendar: {{id: x.org, name: X}}\nevents: [{{id: a, summary: "{line}}}]\n')
    report = render(loaded.diagnostics, loaded.document, color=False)
    source, carets = report.splitlines()[2:4]
    before = source[: source.index("x}]")]
    assert carets.index("^") == cell_width(before)
    assert wrap([(sign * 3, "")], cell_width(sign) * 2) == [[(sign * 2, "")], [(sign, "")]]


def test_an_emoji_sequence_is_one_cluster() -> None:
    assert list(measure_clusters("a👨\u200d👩\u200d👧b")) == [
        ("a", 1),
        ("👨\u200d👩\u200d👧", 2),
        ("b", 1),
    ]


def test_what_is_counted_without_the_library_is_one_cell_there() -> None:
    narrow = [chr(code) for code in range(0x3000) if cells._NARROW.fullmatch(chr(code))]
    assert len(narrow) > 600
    assert {wcwidth(character) for character in narrow} == {1}
    assert list(iter_graphemes("".join(narrow))) == narrow


@pytest.mark.parametrize("text", ["déjà", "Ρόδος", "Следующий", "הבא", "التالي", "« ● »"])
def test_most_alphabets_are_counted_without_the_library(text: str) -> None:
    assert cells._NARROW.fullmatch(text)


@given(st.text(max_size=40))
def test_clusters_are_the_text_and_no_width_is_negative(text: str) -> None:
    safe = terminal_safe(text)
    assert len(safe) == len(text)
    clusters = list(measure_clusters(safe))
    assert "".join(cluster for cluster, _ in clusters) == safe
    assert all(width >= 0 for _, width in clusters)
    assert cell_width(safe) == sum(width for _, width in clusters)


HOSTILE = [
    "::error::x",
    "  ::stop-commands::x",
    "\u3000\u00a0\t::error file=a,line=1::x",
    "\x1b[1m::error::x",
    "a ##[error]x",
    "##[stop-commands]x",
    "##vso[task.setvariable variable=PATH]x",
    "a ##teamcity[buildProblem description='x']",
    "a\n::error::x",
    "a\r::error::x",
    "a\u2028::error::x",
    "a\x0b\x0c\x85::error::x",
    "\x1b]0;x\x07",
    "\x9b2J",
    "\u202ereversed\u202c",
    "\u2066isolated\u2069",
    "\udcff\ud800",
    "\ufeff::error::x",
]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_line_controls_a_terminal_or_a_build(text: str) -> None:
    assert has_command(text.replace("\x1b[1m", "")) or controls(text)
    safe = safe_line(text)
    assert not has_command(safe)
    assert not controls(safe)
    assert not safe.lstrip().startswith("::")
    escaped = f" {escape_unsafe(text)}"
    assert "##[" not in escaped
    assert not controls(escaped)


_PARTS = st.sampled_from(
    ["::", ":", "error", "##", "#", "[", "]", " ", "\t", "vso", "\x1b[1m", "\n"]
)


@given(st.lists(_PARTS | st.characters(exclude_categories=[]), max_size=12).map("".join))
def test_a_safe_line_stays_one(text: str) -> None:
    safe = safe_line(text)
    assert len(safe) == len(text)
    assert not has_command(safe)
    assert not controls(safe)
    assert not safe.lstrip().startswith("::")
    assert safe_line(safe) == safe
    styled = safe_line(f"\x1b[1m{terminal_safe(text)}\x1b[0m", is_styled=True)
    assert not has_command(styled.replace("\x1b[1m", "").replace("\x1b[0m", ""))
    assert not controls(escape_unsafe(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Zürich — 3 to 5 January",
        "a::b",
        "std::vector",
        ": a",
        "# [x]",
        "##",
        "😀👨\u200d👩\u200d👧",
    ],
)
def test_a_harmless_line_is_printed_as_it_is(text: str) -> None:
    assert safe_line(text) == terminal_safe(text) == escape_unsafe(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a \u2068b\u2069 c", "a \u2068b\u2069 c"),
        ("\u2068a \u2068b\u2069\u2069", "\u2068a \u2068b\u2069\u2069"),
        ("\u2068a \u2067b\u2069 c\u2069", "\u2068a \ufffdb\ufffd c\u2069"),
        ("\u2067a \u2068b\u2069 c\u2069", "\ufffda \u2068b\u2069 c\ufffd"),
        ("\u2068a \u202eb\u2069", "\u2068a \ufffdb\u2069"),
        ("\u2068\u2066a\u2069", "\ufffd\ufffda\ufffd"),
        ("\u2069a\u2068", "\ufffda\ufffd"),
        ("\u2068a", "\ufffda"),
    ],
    ids=ascii,
)
def test_a_line_keeps_isolates_that_end(text: str, expected: str) -> None:
    assert safe_line(text) == expected
    assert not re.search("[\u2066-\u2069]", terminal_safe(text))


def test_a_styled_line_keeps_isolates_around_styles() -> None:
    line = "\u2068\x1b[1mnow\x1b[0m\u2069 \u2068a"
    assert safe_line(line, is_styled=True) == "\u2068\x1b[1mnow\x1b[0m\u2069 \ufffda"


def test_a_styled_line_keeps_styles_and_nothing_else() -> None:
    line = "\x1b[1mnow\x1b[0m \x1b[2J\x1b]0;x\x07"
    assert safe_line(line, is_styled=True) == "\x1b[1mnow\x1b[0m ␛[2J␛]0;x␇"
    assert safe_line(line).startswith("␛[1m")


def test_an_escape_keeps_different_texts_different() -> None:
    assert escape_unsafe(
        "a\tb\x1b\x80\x81\u202e\udcff"
    ) == r"a	b\x1b\x80\x81\u202e\udcff".replace(r"\t", "\t")
    assert escape_unsafe("##[error]") == r"##\x5berror]"
