"""Outputs in a language from right to left: isolates, where they are, and where they are not."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from support.isolates import MARKS, depths, outside, without_isolates
from support.loading import calendar_of
from support.paths import CASE_FILES, ROOT
from timeline.formats import FORMATS, render_terminal
from timeline.formats.csv.options import CsvOptions
from timeline.formats.ics.contentlines import unfold
from timeline.formats.ics.options import FeedOptions
from timeline.formats.markdown.options import MERMAID, STYLES, MarkdownOptions
from timeline.formats.svg.options import SvgOptions
from timeline.model.words import isolates
from timeline.publishing.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from timeline.model.events import Calendar

CALENDAR = """
calendar:
  id: "1.2"
  name: 甲
  description: 乙
  timezone: Asia/Riyadh
  language: ar
events:
  - {id: "1", summary: 甲1, start: 2027-01-03, end: 2027-01-17, location: 乙, categories: [丙]}
  - {id: "2", summary: 甲2, start: 2027-01-03~, end: 2029}
  - {id: "3", summary: 甲3, start: 2027-01-03T09:00, end: 2027-01-03T10:30}
  - {id: "4", summary: 甲4, start: 2027-03, end: 2027-05}
  - {id: "5", summary: 甲5, start: 2027-Q2, status: tentative}
  - {id: "6", summary: 甲6, start: 2027-H2~, end: TBC}
  - {id: "7", summary: 甲7, start: 2027-26?}
  - {id: "8", summary: 甲8, start: 2027-W03, status: postponed}
  - {id: "9", summary: 甲9, start: 202X, status: cancelled}
  - {id: "10", summary: 甲10, start: between 2027-01-03 and 2027-01-17}
  - {id: "11", summary: 甲11, start: 2027, end: ..}
  - {id: "12", summary: 甲12, start: TBC, end: 2028}
  - {id: "13", summary: 甲13, start: TBC, status: postponed, was: [{start: 2027~, note: 丁}, 2026]}
  - {id: "14", summary: 甲14, start: 2027-31, end: 2027-29}
  - {id: "15", summary: 甲15, start: 2025-01-01, end: 2026-12-31, long-spans: endpoints}
  - {id: "16", summary: 甲16, start: 2027-W03, end: 2027-W05, description: 乙}
  - {id: "17", summary: 甲17, start: "2027-01-03T09:00[AoE]"}
  - {id: "18", summary: 甲18, start: 2027-01-XX, end: 2027-01-20%}
  - {id: "19", summary: 甲19, start: between 2027-01 and 2028, status: confirmed}
  - {id: "20", summary: 甲20, start: not before 2027-06}
  - {id: "21", summary: 甲21, start: not after 2027-06-03}
  - id: "22"
    summary: 甲22
    start: 2027-01-04T18:00
    duration: 1 hour
    rrule: FREQ=WEEKLY;COUNT=5
    exdate: [2027-01-11]
    rdate: [2027-01-30T18:00]
    overrides:
      - {recurrence-id: 2027-01-18T18:00, start: 2027-01-19T18:00, location: 乙}
      - recurrence-id: 2027-01-25T18:00
        status: cancelled
        organizer: {name: 丙, email: "1@2.3"}
  - {id: "23", summary: 甲23, start: 2027-01-04, rrule: FREQ=MONTHLY;BYDAY=1MO;UNTIL=20280101}
  - {id: "24", summary: 甲24, start: 2027-01-04, rrule: FREQ=YEARLY;INTERVAL=2;COUNT=1}
  - {id: "25", summary: 甲25, start: 2027-01-04, rrule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"}
  - {id: "26", summary: 甲26, start: 2027-01-01, rrule: "FREQ=MONTHLY;BYMONTHDAY=1,-1;BYMONTH=1,2"}
  - {id: "27", summary: 甲27, start: 2027-01-04, rrule: "FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO,TU"}
  - id: "28"
    summary: 甲28
    start: 2027-02-01
    organizer: {name: 丙, email: "1@2.3"}
    contact: {name: 丁}
    conference: [{url: "https://1.2/3"}]
    attach: [{url: "https://1.2/4"}]
    sources: [{title: 戊, quote: 己, accessed: 2027-01-01}, {title: 己}]
    events:
      - {id: "29", summary: 甲29, start: TBC}
      - {id: "30", summary: 甲30, start: 2027-02-01}
"""

AUTHORS = "甲乙丙丁戊己"
"""The letters of the author in that calendar: none of our words has them."""

DAY = date(2027, 1, 4)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return calendar_of(CALENDAR)


def markdown(calendar: Calendar, style: str, *, title: bool = False) -> str:
    options = MarkdownOptions(style=style, as_of=DAY, title=title)
    return b"".join(FORMATS["md"].render(calendar, options)).decode()


def diagram(calendar: Calendar) -> str:
    return b"".join(FORMATS["svg"].render(calendar, SvgOptions(as_of=DAY))).decode()


def feed(calendar: Calendar) -> str:
    ledger = Ledger("20270101T000000Z", None)
    return unfold(
        b"".join(FORMATS["ics"].render(calendar, FeedOptions(stamp=ledger.stamp)))
    ).decode()


def google(calendar: Calendar) -> str:
    options = CsvOptions(dialect="google")
    return b"".join(FORMATS["csv"].render(calendar, options)).decode()


def terminal(calendar: Calendar, width: int) -> list[str]:
    return [*render_terminal(calendar, as_of=DAY, next_=None, color=False, width=width, left_out=1)]


def texts_of(calendar: Calendar) -> Iterator[str]:
    """Yield every text of the outputs that is displayed as a line, with its isolates."""
    for style in STYLES:
        yield from markdown(calendar, style, title=True).splitlines()
    for element in ET.fromstring(diagram(calendar)).iter():
        yield from (element.text or "").splitlines()
    for line in feed(calendar).splitlines():
        yield from line.split("\\n")
    yield from google(calendar).splitlines()
    for width in (40, 80, 120):
        yield from terminal(calendar, width)


# Where a text of the author has ours beside it.


@pytest.mark.parametrize("style", STYLES)
def test_every_text_in_the_markdown_is_isolated(calendar: Calendar, style: str) -> None:
    text = html.unescape(markdown(calendar, style))
    assert sum(text.count(letter) for letter in AUTHORS) > 25
    assert not outside(text, AUTHORS)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_every_text_in_the_terminal_is_isolated(calendar: Calendar, width: int) -> None:
    title, *lines = terminal(calendar, width)
    assert title == "甲"
    assert sum(line.count(letter) for line in lines for letter in AUTHORS) > 25
    assert not any(outside(line, AUTHORS) for line in lines)


def test_every_text_in_the_diagram_is_isolated(calendar: Calendar) -> None:
    root = ET.fromstring(diagram(calendar))
    tags = {tag: [e.text or "" for e in root.iter() if e.tag.endswith(f"}}{tag}")] for tag in TAGS}
    assert len(tags["text"]) > 50
    assert not any(outside(text, AUTHORS) for text in tags["text"])
    name, *tooltips = tags["title"]
    assert name == "甲"
    (description,) = tags["desc"]
    own, *lines = description.splitlines()
    assert own == "乙"
    assert not any(outside(line, AUTHORS) for line in lines)
    for tooltip in tooltips:  # the name and the place have a line of their own
        lines = [line for line in tooltip.splitlines() if re.sub("[0-9]", "", line) not in "甲乙"]
        assert not any(outside(line, AUTHORS) for line in lines)


TAGS = ("text", "title", "desc")


def test_sentences_in_descriptions_are_isolated(calendar: Calendar) -> None:
    paragraphs = [
        paragraph
        for text in re.findall(r"^DESCRIPTION:(.*)\r$", feed(calendar), re.MULTILINE)
        for paragraph in re.split(r"\\n", text)
    ]
    sentences = [text for text in paragraphs if re.search("[\u0600-\u06ff]", text)]
    assert any("己" in paragraph for paragraph in paragraphs)
    ours = [text for text in sentences if not text.startswith(("甲", "“"))]
    assert sum(letter in text for text in ours for letter in AUTHORS) > 2
    # An alarm has the SUMMARY as its DESCRIPTION, which no event here has.
    assert not any(outside(text, AUTHORS) for text in ours)


# Where there are none.


def test_a_feed_has_no_marks_outside_of_descriptions(calendar: Calendar) -> None:
    lines = feed(calendar).splitlines()
    summaries = [line for line in lines if line.startswith("SUMMARY:")]
    assert len(summaries) > 25
    marked = {line.partition(":")[0] for line in lines if re.search(f"[{MARKS}]", line)}
    assert marked == {"DESCRIPTION"}


def test_no_property_states_a_language_of_which_half_is_ours(calendar: Calendar) -> None:
    assert "LANGUAGE=" not in feed(calendar)


def test_a_csv_is_as_the_author_wrote_it(calendar: Calendar) -> None:
    assert not re.search(
        f"[{MARKS}]", b"".join(FORMATS["csv"].render(calendar, CsvOptions())).decode()
    )


def test_headings_have_no_marks(calendar: Calendar) -> None:
    for style in STYLES:
        lines = markdown(calendar, style, title=True).splitlines()
        headings = [line for line in lines if line.startswith("#")]
        assert headings[0] == "# 甲"
        assert not any(re.search(f"[{MARKS}]", line) for line in headings)


RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
WITHOUT = [
    file.parent for file in CASE_FILES if not RIGHT_TO_LEFT.search(file.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", [*WITHOUT, ROOT / "dist"], ids=lambda case: case.name)
def test_outputs_without_letters_from_right_to_left_have_no_marks(case: Path) -> None:
    for path in sorted({*case.glob("*.*")} - {*case.glob("*.xlsx")}):
        assert not re.search(f"[{MARKS}]", path.read_text(encoding="utf-8")), path


# What they change.


def test_every_isolate_ends_on_its_line(calendar: Calendar) -> None:
    texts = list(texts_of(calendar))
    assert sum("\u2068" in text for text in texts) > 100
    for text in texts:
        depths(text)


def test_without_marks_nothing_is_added_or_lost(
    calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked = [without_isolates(text) for text in texts_of(calendar)]
    monkeypatch.setattr(isolates, "_needs_isolation", lambda *_: False)
    monkeypatch.setattr(isolates, "_has_right_to_left", lambda _: False)
    assert marked == list(texts_of(calendar))


def test_a_nested_title_points_to_the_left(calendar: Calendar) -> None:
    assert "↲ \u2068甲29" in markdown(calendar, "table")
    assert "↳" not in markdown(calendar, "table") + markdown(calendar, MERMAID)
