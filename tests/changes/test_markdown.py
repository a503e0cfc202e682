"""The table of changes for a review comment: never longer than asked for, and nothing is hidden."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from support.command import Done
from support.loading import calendar_of, file_text
from timeline.changes import Changes, EventChange, Kind, Side, compare, markdown_table
from timeline.changes.markdown import MARKER
from timeline.cli.languages import report_languages
from timeline.model import Event, Undated, wording_of

HOSTILE = ["a | b", "<!-- x", "``` | ```", "*a* [b](c)", "\\\\|", "]]> &amp;", "# x", "漢字 | 😀"]


def events(day: int, count: int) -> list[str]:
    titles = (f"{HOSTILE[number % len(HOSTILE)]} {number}" for number in range(count))
    return [
        f'id: e{number}, summary: "{title}", start: 2027-01-{day:02}, was: [{{start: 2026, note: '
        f'"{"new | <i>" * (day - 1)}"}}]'
        for number, title in enumerate(titles)
    ]


def changes_of(count: int) -> Changes:
    sides = (Side(calendar_of(file_text(*events(day, count)))) for day in (2, 3))
    return compare(*sides)


CHANGES = changes_of(60)
WORDING = wording_of(CHANGES.after)
WHOLE = markdown_table(CHANGES, WORDING)


def rows(text: str) -> list[list[str]]:
    """Return the cells of the only table of a document."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    assert [token.type for token in tokens].count("table_open") == 1
    read: list[list[str]] = []
    for token, inner in pairwise(tokens):
        if token.type == "tr_open":
            read.append([])
        elif token.type in ("td_open", "th_open"):
            read[-1].append(inner.content)
    return read


@given(limit=st.integers(500, len(WHOLE) + 100))
def test_it_is_never_longer_and_counts_what_is_cut(limit: int) -> None:
    text = markdown_table(CHANGES, WORDING, limit)
    assert len(text) <= limit
    assert text.startswith(f"{MARKER}\n**Moved: 60**\n\n| Event | Change | Reason |\n")
    kept = rows(text)[1:]
    assert {len(row) for row in kept} <= {3}
    more = re.search(r"\nAnd (\d+) more\.\n\Z", text)
    assert len(kept) + int(more[1] if more else 0) == 60
    assert kept == rows(WHOLE)[1:][: len(kept)]
    assert (more is None) == (limit >= len(WHOLE))
    if more is not None:  # not one more row would have fitted
        row = WHOLE.splitlines(keepends=True)[5 + len(kept)]
        assert len(text) + len(row) + 2 > limit


def test_titles_stay_text() -> None:
    cells = rows(WHOLE)[1:]
    assert len(cells) == 60
    html = MarkdownIt("commonmark").enable("table").render(WHOLE)
    for markup in ("<!-- x", "<em>", "<a ", "<i>", "<code>", "<h1>"):
        assert markup not in html
    assert "a | b 0" in html


def test_a_title_names_no_issue_and_no_user() -> None:
    titles = ["Fix #12", "GH-12 x/y#3", "Race !7 &#64", "@cup x@y.org", "a1b2c3d # 5"]
    texts = [
        f'id: e{number}, summary: "{title}", start: 2027' for number, title in enumerate(titles)
    ]
    changes = compare(
        Side(calendar_of(file_text("id: z, summary: Z, start: TBC"))),
        Side(calendar_of(file_text("id: z, summary: Z, start: TBC", *texts))),
    )
    text = markdown_table(changes, wording_of(changes.after))
    assert sorted(row[0] for row in rows(text)[1:]) == [
        "&#64;&#8203;cup x&#64;&#8203;y\\.org",
        "Fix #&#8203;12",
        "GH-&#8203;12 x/y#&#8203;3",
        "Race !&#8203;7 &amp;#&#8203;64",
        "a1b2c3d # 5",
    ]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt-BR", "ja", "ar"])
def test_the_counts_of_every_kind_fit_into_the_lowest_limit(language: str) -> None:
    pytest.importorskip("babel")
    event = Event(id="a", uid="a@x", summary="A" * 1000, when=Undated(), path=())
    every = tuple(EventChange((kind,), None, event) for kind in Kind)
    calendar = replace(CHANGES.after, language=language)
    report_languages([language])
    text = markdown_table(Changes(calendar, calendar, every * 20), wording_of(calendar), 500)
    assert len(text) <= 500
    assert str(20 * len(Kind)) in text.splitlines()[-1]
    assert rows(text)[1:] == []


@pytest.mark.parametrize("limit", ["0", "1", "499", "-1", "x", "1e9", "500.0"])
def test_a_limit_below_500_is_wrong_use(limit: str) -> None:
    done = Done("diff", "a.yaml", "b.yaml", "--output-format", "md", f"--limit={limit}")
    assert done.code == 2
    assert f"--limit must be a number of at least 500, not `{limit}`" in done.err


def test_a_limit_may_be_any_number_but_only_of_markdown(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(str(tmp_path))
    for name, day in (("old.yaml", 2), ("new.yaml", 3)):
        with open(name, "w", encoding="utf-8") as file:  # noqa: PTH123 - in the current folder
            file.write(file_text(*events(day, 60)))
    arguments = ("diff", "old.yaml", "new.yaml", "--output-format")
    for limit in ("500", "9" * 30):
        done = Done(*arguments, "md", "--limit", limit)
        assert done.code == 1
        assert len(done.out) <= int(limit)
    assert done.out == WHOLE
    done = Done(*arguments, "json", "--limit", "500")
    assert done.code == 2
    assert "--limit has no effect without --output-format md" in done.err
