"""Weekdays: in the terminal always, in the Markdown and in documents by an option."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from support.loading import calendar_of, load_text
from timeline.embed.document import embed_timelines
from timeline.formats import FORMATS, STYLES, MarkdownOptions, render_terminal
from timeline.model import when_words, wording_of

if TYPE_CHECKING:
    from timeline.model import Calendar

FILE = """
calendar: {id: x.org, name: X, timezone: Europe/Berlin, language: en}
events:
- {id: day, summary: A, start: 2027-01-03}
- {id: days, summary: B, start: 2027-01-03, end: 2027-01-17}
- {id: months, summary: C, start: 2027-01-30, end: 2027-02-02}
- {id: years, summary: D, start: 2026-12-30, end: 2027-01-02}
- {id: time, summary: E, start: 2027-01-03T09:00, end: 2027-01-03T10:00}
- {id: times, summary: F, start: 2027-01-03T09:00, end: 2027-01-04T10:00}
- {id: about, summary: G, start: 2027-01-03~, end: 2028}
- {id: since, summary: H, start: 2027-01-03, end: ..}
- {id: between, summary: I, start: between 2027-01-03 and 2027-01-17}
- {id: bound, summary: J, start: not before 2027-01-03}
- {id: until, summary: K, start: 2027, end: 2027-11-17}
- {id: clock, summary: L, start: 2027-01-03T22:00, end: 2027-01-05}
"""

VAGUE = """
calendar: {id: x.org, name: X, timezone: Europe/Berlin, language: en}
events:
- {id: month, summary: M, start: 2027-01}
- {id: quarter, summary: N, start: 2027-Q1, end: 2027-Q3}
- {id: year, summary: O, start: 2027, end: 2028}
- {id: tbc, summary: P, start: TBC}
"""

SERIES = """
calendar: {id: x.org, name: X, timezone: Europe/Berlin, language: en}
events:
- id: series
  summary: Meeting
  start: 2027-01-04
  rrule: FREQ=WEEKLY;UNTIL=20270201
  rdate: [2027-01-30]
  exdate: [2027-01-11]
  overrides: [{recurrence-id: 2027-01-18, start: 2027-01-19}]
- {id: yearly, summary: Birthday, start: 2027-01-03, rrule: FREQ=YEARLY}
- {id: moved, summary: Party, start: 2027-03-03, status: postponed, was: [2027-01-03, 2026-12]}
"""

LANGUAGES = ["en", "ar", "de", "es", "fr", "ja", "pt-BR"]


def markdown(calendar: Calendar, style: str, *, weekdays: bool) -> str:
    """Return the Markdown as its readers see it."""
    options = MarkdownOptions(style=style, weekdays=weekdays)
    text = b"".join(FORMATS["md"].render(calendar, options)).decode()
    text = html.unescape(re.sub(r"#(\d+);", r"&#\1;", text)).replace("\\", "")
    return " ".join(text.lower().split())  # a label of Mermaid has no thin spaces


def terminal(calendar: Calendar) -> str:
    """Return a narrow page without spaces and isolates, because it is wrapped within dates."""
    lines = render_terminal(
        calendar, as_of=date(2027, 1, 4), next_=None, color=False, width=45, left_out=0
    )
    return re.sub(r"[\s\u2068\u2069]", "", "".join(lines))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", STYLES)
def test_every_day_has_its_weekday_in_every_style(style: str, language: str) -> None:
    calendar = replace(calendar_of(FILE), language=language)
    plain, with_weekdays = (markdown(calendar, style, weekdays=has) for has in (False, True))
    wordings = wording_of(calendar), wording_of(calendar, has_weekdays=True)
    for event in calendar.events:
        texts = (when_words(event.when, wording).lower() for wording in wordings)
        without, words = (" ".join(text.split()) for text in texts)
        assert without != words
        assert without in plain
        assert words in with_weekdays
        assert words not in plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terminal_always_has_weekdays(language: str) -> None:
    calendar = replace(calendar_of(FILE), language=language)
    shown, wording = terminal(calendar), wording_of(calendar, has_weekdays=True)
    today = wording.dates.day(date(2027, 1, 4))
    for words in (today, *(when_words(event.when, wording) for event in calendar.events)):
        assert "".join(words.split()) in shown


@pytest.mark.parametrize("style", STYLES)
def test_a_date_that_names_no_day_has_no_weekday(style: str) -> None:
    calendar = calendar_of(VAGUE)
    assert markdown(calendar, style, weekdays=True) == markdown(calendar, style, weekdays=False)


def test_other_dates_of_an_event_have_weekdays() -> None:
    calendar = calendar_of(SERIES)
    text = markdown(calendar, "list", weekdays=True)
    for words in (
        "**mon 4 january 2027** — meeting",
        "repeats every monday until mon 1 february 2027",
        "also on sat 30 january 2027",
        "not on mon 11 january 2027",
        "on mon 18 january 2027: moved to tue 19 january 2027",
        "previously sun 3 january 2027, before that december 2026",
    ):
        assert words in text
    assert " every year on 3 january" in text  # on another weekday each year


def test_a_document_has_weekdays_by_an_option() -> None:
    loaded = load_text(FILE)

    def embedded(options: str) -> str:
        document = f"<!-- timeline:start {options} -->\n<!-- timeline:end -->\n"
        result = embed_timelines(document.encode(), "page.md", lambda _: loaded)
        assert result.content is not None, result.diagnostics
        return result.content.decode()

    for style in STYLES:
        assert "Sun 3 January" in embedded(f"style={style} weekdays=true")
        assert "Sun 3 January" not in embedded(f"style={style} weekdays=false")
        assert "Sun 3 January" not in embedded(f"style={style}")


@pytest.mark.parametrize(
    ("value", "help_"),
    [
        ("yes", "did you mean `true`?"),
        ("no", "did you mean `false`?"),
        ("True", "did you mean `true`?"),
        ("short", "write one of them"),
    ],
)
def test_another_value_of_the_option_is_an_error(value: str, help_: str) -> None:
    document = f"<!-- timeline:start weekdays={value} -->\n<!-- timeline:end -->\n"
    (diagnostic,) = embed_timelines(
        document.encode(), "page.md", lambda _: load_text(FILE)
    ).diagnostics
    assert (diagnostic.code, diagnostic.help) == ("wrong-value", help_)
