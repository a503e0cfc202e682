"""Checks of the feeds of a file: each name in them is one that the file has."""

from __future__ import annotations

from support.loading import load_text

FILE = """\
calendar: {id: x.org, name: X, language: en}
events:
  - {id: a, summary: {en: A, bg: Б}, start: 2025}
feeds:
"""


def test_a_language_without_texts_is_reported_at_each_feed_also_where_two_are_equal() -> None:
    feed = "  - {id: more, language: de}\n"
    diagnostics = load_text(FILE + feed + feed).diagnostics
    places = [d.at.path for d in diagnostics if d.code == "missing-language"]
    assert places == [("feeds", 0, "language"), ("feeds", 1, "language")]
    assert load_text(FILE + feed.replace("de", "bg")).diagnostics == []
