"""What all timelines of a document may cost together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import markdown
import pytest

from support.loading import load_text
from timeline.embed import budget
from timeline.embed.document import embed_timelines

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.compiler.pipeline import Loaded

HEAD = "calendar: {id: x.org, name: X}\nevents:\n"
EVENTS = HEAD + "".join(f"- {{id: e{n}, summary: E, start: 2025-01-03}}\n" for n in range(10))
SERIES = (
    HEAD
    + "- {id: a, summary: A, start: 2025-01-03, rrule: FREQ=WEEKLY, exdate: [2025-01-10], "
    + "rdate: [2025-02-01], overrides: [{recurrence-id: 2025-01-17, summary: B}]}\n"
)
TIMELINE = "<!-- timeline:start from=2026-01-05 to=2026-01-05 -->\n<!-- timeline:end -->\n"


def report(document: str, file: str = EVENTS) -> list[tuple[str, str, int]]:
    loaded = load_text(file)

    def load(_: str) -> Loaded:
        return loaded

    result = embed_timelines(document.encode(), "page.md", load)
    assert (result.content is None) == bool(result.diagnostics)
    return [(error.code, error.message, error.at.line) for error in result.diagnostics]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("file", "events", "timelines", "counted"),
    [(EVENTS, 10, 3, 330), (SERIES, 1, 2, 306)],
    ids=["events", "a series"],
)
def test_timelines_and_events_are_limited_together(
    file: str, events: int, timelines: int, counted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "MAX_EMBEDDED", counted)
    assert report(TIMELINE * timelines, file) == []
    monkeypatch.setattr(budget, "MAX_EMBEDDED", counted - 1)
    message = (
        f"{timelines} timelines of up to {events} events are {counted} to select from, "
        f"expected at most {counted - 1}"
    )
    # Once, although more follow.
    assert report(TIMELINE * 9, file) == [("too-large", message, 2 * timelines - 1)]


def test_a_single_timeline_is_never_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_EMBEDDED", 1)
    assert report(TIMELINE) == []


def test_a_timeline_is_not_rendered_beyond_the_size_of_a_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(budget, "MAX_DOCUMENT", 100)
    message = "the document would be larger than 2 MiB with this timeline"
    assert report(f"{TIMELINE}<!-- timeline:start -->\n<!-- timeline:end -->\n{TIMELINE}") == [
        ("too-large", message.replace("2 MiB", "0 MiB"), 3)
    ]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("MAX_EMBEDDED", 300, "3 timelines of up to 10 events are 330 to select from"),
        ("MAX_DOCUMENT", 30, "the document would be larger than 0 MiB with this timeline"),
    ],
)
def test_the_limits_are_those_of_a_page_too(
    name: str,
    value: int,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(budget, name, value)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "events.yaml").write_text(EVENTS)
    md = markdown.Markdown(extensions=["timeline"])
    block = "```timeline\nfrom: 2027\n```\n\n"
    for _ in range(2):  # a page has nothing to do with the one before
        caplog.clear()
        html = md.convert(block * 3)
        assert html.count("No events.") == 2
        errors = [text for text in caplog.messages if "error[" in text]
        assert [message in text for text in errors] == [True]
