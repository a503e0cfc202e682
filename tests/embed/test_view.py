"""Which part of an events file a view shows."""

# ruff: noqa: RUF001 - dates have the dashes that they have

from __future__ import annotations

import os
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from timeline.compiler.pipeline import load_file
from timeline.diagnostics.model import Span
from timeline.embed.budget import EmbeddingBudget
from timeline.embed.options import WrittenOption
from timeline.embed.view import DocumentContext, events_file_of, load_excerpt
from timeline.embed.view_options import View

if TYPE_CHECKING:
    from pathlib import Path

NOWHERE = Span("page", 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("file", "folder", "expected"),
    [
        (None, "", "events.yaml"),
        (None, "docs", "events.yaml"),
        (None, "docs/sub", "docs/sub/plan.timeline.yaml"),
        (None, "elsewhere", "elsewhere/events.yaml"),
        ("../events.yaml", "docs", "events.yaml"),
        ("a/b.yaml", "docs", "docs/a/b.yaml"),
        ("-", "", "./-"),
    ],
)
def test_where_the_events_file_is(
    file: str | None, folder: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("here/events.yaml", "here/docs/sub/plan.timeline.yaml"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("calendar: {}")
    (tmp_path / "here/docs/events.yaml").write_text("apiVersion: v1\nkind: Event\n")
    (tmp_path / "here/elsewhere/.git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")
    known: dict[str, str] = {}
    for _ in range(2):
        assert events_file_of(View(file), folder, known) == expected.replace("/", os.sep)


# The events that a view selects.

FILE = """\
calendar: {id: x.org, name: X, language: en}
categories: {race: {}, "a, b": {}}
feeds: [{id: races, categories: [race], language: de}]
events:
  - {id: rally, summary: {en: Rally, fr: Rallye, de: Rally}, start: 2027-01-03, end: 2027-01-17,
     categories: [race]}
  - {id: off, summary: Off, start: 2027-02-01, status: cancelled}
  - {id: may, summary: Fifth, start: 2027-05-01}
  - {id: june, summary: Sixth, start: 2027-06-01}
  - {id: year, summary: Year, start: "2027"}
  - {id: open, summary: Open, start: TBC}
"""


def shown(tmp_path: Path, *, today: date | None = None, **options: str) -> str:
    """Return the Markdown of a view, else the messages and helps of its errors."""
    path = tmp_path / "events.yaml"
    path.write_text(FILE, encoding="utf-8")
    written = [
        WrittenOption(key.replace("_", "-"), value, NOWHERE, NOWHERE)
        for key, value in {"file": "events.yaml", **options}.items()
    ]
    excerpt, diagnostics = load_excerpt(
        written,
        NOWHERE,
        load_file,
        EmbeddingBudget(),
        DocumentContext(str(tmp_path), "here", today),
    )
    if excerpt is None:
        return "\n".join(f"{error.message}; {error.help}" for error in diagnostics)
    return excerpt.text


def names(text: str) -> list[str]:
    return re.findall("Rally|Off|Fifth|Sixth|Year|Open", text)


def test_events_are_selected_by_their_ids(tmp_path: Path) -> None:
    assert names(shown(tmp_path, id="june, rally")) == ["Rally", "Sixth"]
    assert names(shown(tmp_path, id="open")) == ["Open"]
    assert shown(tmp_path, id="rally, jun") == "no event is called `jun`; did you mean `june`?"


@pytest.mark.parametrize(
    ("as_of", "count", "expected"),
    [
        ("2026-12-01", "1", ["Rally"]),
        ("2027-01-05", "1", ["Rally", "Off", "Fifth"]),
        ("2027-01-05", "9", ["Rally", "Off", "Fifth", "Sixth"]),
        ("2027-05-02", "1", ["Sixth"]),
        ("2028-01-01", "1", []),
    ],
)
def test_only_what_is_on_and_the_next_events_are_shown(
    as_of: str, count: str, expected: list[str], tmp_path: Path
) -> None:
    assert names(shown(tmp_path, next=count, as_of=as_of)) == expected
    day = date.fromisoformat(as_of)
    assert names(shown(tmp_path, next=count, today=day)) == expected
    assert names(shown(tmp_path, next=count, as_of=as_of, today=date(2000, 1, 1))) == expected


def test_the_next_events_of_a_document_need_a_day(tmp_path: Path) -> None:
    assert shown(tmp_path, next="2") == (
        "`next` needs `as-of`, because a document does not depend on the day; "
        "add the day from which to count as `as-of`"
    )


def test_as_of_marks_the_events(tmp_path: Path) -> None:
    text = shown(tmp_path, as_of="2027-01-05")
    assert "(now) — Rally" in text
    assert "(next) — Fifth" in text
    assert "(now)" not in shown(tmp_path, today=date(2027, 1, 5))


def test_a_view_has_its_own_language_and_the_texts_in_it(tmp_path: Path) -> None:
    text = shown(tmp_path, language="fr")
    assert "**3–17 janvier 2027** — Rallye" in text
    assert "## Date à confirmer" in text
    assert "3.–17. Januar" in shown(tmp_path, feed="races")
    assert "3–17 janvier" in shown(tmp_path, feed="races", language="fr")
