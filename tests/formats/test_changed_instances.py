"""The texts and pages of overrides, and earlier dates, in the outputs for people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from support.loading import calendar_of, file_text
from support.svg import texts
from timeline.formats import FORMATS, render_terminal
from timeline.formats.markdown.options import MarkdownOptions

if TYPE_CHECKING:
    from timeline.model.events import Calendar

LINK = "[https&#58;//example\\.org/2](https://example.org/2)"
SERIES = "id: a, summary: A, start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=4"


def calendar(override: str, more: str = "") -> Calendar:
    overrides = f"overrides: [{{recurrence-id: 2027-01-11, {override}}}]"
    return calendar_of(file_text(f"{SERIES}, {overrides}{more}"))


def markdown(resolved: Calendar, style: str = "list") -> str:
    return b"".join(FORMATS["md"].render(resolved, MarkdownOptions(style=style))).decode()


@pytest.mark.parametrize(
    ("override", "paragraphs"),
    [
        ("description: Bring shoes.", ["On 11 January 2027: Bring shoes."]),
        (
            "location: Hall, url: https://example.org/2",
            [f"On 11 January 2027: Hall, {LINK}"],
        ),
        (
            "url: https://example.org/2, description: 'Bring *shoes*.\n\n\n    - and a [hat](x)'",
            [
                f"On 11 January 2027: {LINK} — Bring \\*shoes\\*.",
                "\\- and a &#91;hat&#93;(x)",
            ],
        ),
        (
            "url: 'javascript:alert(1)', status: cancelled",
            ["On 11 January 2027: cancelled, javascript:alert(1)"],
        ),
    ],
)
def test_the_markdown_has_the_page_and_the_description_of_an_override(
    override: str, paragraphs: list[str]
) -> None:
    text = markdown(calendar(override))
    assert "\n\n    ".join(["", *paragraphs, ""]).rstrip() in text
    assert " — ".join(paragraphs) in markdown(calendar(override), "table")


def test_what_is_as_in_the_series_is_not_repeated() -> None:
    more = ", url: https://example.org, description: Bring shoes."
    same = "location: Hall, url: https://example.org, description: Bring shoes."
    text = markdown(calendar(same, more))
    assert "On 11 January 2027: Hall\n" in text
    assert text.count("Bring shoes.") == 1


def test_the_terminal_has_the_page_and_the_description_of_an_override() -> None:
    override = "url: https://example.org/2, description: 'Bring\n\n    shoes.'"
    lines = render_terminal(
        calendar(override),
        as_of=date(2027, 1, 1),
        next_=None,
        color=False,
        width=200,
        left_out=0,
    )
    assert "on 11 January 2027: https://example.org/2 — Bring shoes." in "\n".join(lines)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("start: 2027-02-03, was: [2027-01-03]", "3 February · was 3 January"),
        (
            "start: 2027-02-03, status: confirmed, was: [2027-01-03, 2026-12-24]",
            "3 February · was 3 January",
        ),
        (
            "start: 2027-02-03, status: postponed, was: [2027-01-03]",
            "Postponed · 3 February · was 3 January",
        ),
        (
            "start: 2027-02-03, status: cancelled, was: [2027-01]",
            "Cancelled · 3 February · was January",
        ),
        (
            "start: 2027-02-03, status: tentative, was: ['2027']",
            "Tentative · 3 February · was 2027",
        ),
        ("start: TBC, was: [2027-01-03]", "Was 3 January 2027"),
        (
            "start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=4, was: [2027-01-03]",
            "4 January · was 3 January · repeats every Monday, 4 times",
        ),
    ],
)
def test_the_diagram_shows_the_earlier_date_beside_the_date(event: str, words: str) -> None:
    resolved = calendar_of(file_text(f"id: a, summary: A, {event}"))
    assert words in texts(resolved)
    svg = b"".join(FORMATS["svg"].render(resolved, FORMATS["svg"].options())).decode()
    assert ("Before that 24 December 2026" in svg) == ("2026-12-24" in event)
