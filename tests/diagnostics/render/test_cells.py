"""Widths in cells of a terminal, and texts that cannot steer one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcwidth

from timeline.diagnostics.render import cells
from timeline.diagnostics.render.cells import cell_width, measure_clusters, terminal_safe


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


@given(st.text(max_size=40))
def test_clusters_are_the_text_and_no_width_is_negative(text: str) -> None:
    safe = terminal_safe(text)
    assert len(safe) == len(text)
    clusters = list(measure_clusters(safe))
    assert "".join(cluster for cluster, _ in clusters) == safe
    assert all(width >= 0 for _, width in clusters)
    assert cell_width(safe) == sum(width for _, width in clusters)
