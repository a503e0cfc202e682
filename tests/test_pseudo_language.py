"""In the pseudo-language every word of ours is between brackets, in every output.

The author's texts have no Latin letters here, so that a Latin letter without brackets is ours.
"""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from support.loading import calendar_of
from timeline.formats import FORMATS, render_terminal
from timeline.formats.csv.options import CsvOptions
from timeline.formats.ics.contentlines import unfold
from timeline.formats.ics.options import FeedOptions
from timeline.formats.markdown.options import STYLES, MarkdownOptions
from timeline.formats.svg.options import SvgOptions
from timeline.publishing.ledger import Ledger

if TYPE_CHECKING:
    from timeline.model.events import Calendar

CALENDAR = """
calendar:
  id: "1.2"
  name: 甲
  description: 乙
  timezone: Asia/Riyadh
  language: en-XA
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
  - {id: "13", summary: 甲13, start: TBC, status: postponed, was: [2027~, 2026]}
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
  - {id: "27", summary: 甲27, start: 2027-01-04, rrule: DAILY_TEXT}
  - id: "28"
    summary: 甲28
    start: 2027-02-01
    organizer: {name: 丙, email: "1@2.3"}
    contact: {name: 丁}
    conference: [{url: "https://1.2/3"}]
    attach: [{url: "https://1.2/4"}]
    sources: [{title: 戊, accessed: 2027-01-01}, {title: 己}]
    events:
      - {id: "29", summary: 甲29, start: TBC}
      - {id: "30", summary: 甲30, start: 2027-02-01}
""".replace("DAILY_TEXT", '"FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO,TU"')

ALLOWED = re.compile(
    r"https?://\S*|[A-Z][a-z]+/[A-Z][a-z_]+|UTC\S*|(?:FREQ|BYDAY|BYSETPOS)=[A-Z0-9,]+|mailto:\S*"
)
"""Addresses, names of zones, and rules that are written as in RFC 5545."""


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return calendar_of(CALENDAR)


def without_brackets(text: str) -> str:
    """Remove what is between brackets, at any depth."""
    kept, depth = [], 0
    for char in text:
        depth += (char == "⟦") - (char == "⟧")
        assert depth >= 0, text
        if not depth and char != "⟧":
            kept.append(char)
    assert not depth or "…" in text, text  # a label that is cut
    return "".join(kept)


def words_of_ours(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]{2,}", ALLOWED.sub("", without_brackets(text)))


@pytest.mark.parametrize("style", STYLES)
def test_markdown(calendar: Calendar, style: str) -> None:
    for as_of in (None, date(2027, 1, 4)):
        options = MarkdownOptions(style=style, as_of=as_of, weekdays=as_of is not None)
        text = b"".join(FORMATS["md"].render(calendar, options)).decode()
        text = re.sub(r"#\d+;|```mermaid\ntimeline|\bsection\b", "", html.unescape(text))
        assert words_of_ours(text) == []


def test_diagram(calendar: Calendar) -> None:
    options = SvgOptions(as_of=date(2027, 1, 4))
    root = ET.fromstring(b"".join(FORMATS["svg"].render(calendar, options)))
    texts = [
        element.text or ""
        for element in root.iter()
        if element.tag.rpartition("}")[2] in ("text", "tspan", "title", "desc")
    ]
    assert len(texts) > 50
    assert [word for text in texts for word in words_of_ours(text)] == []


@pytest.mark.parametrize("next_", [None, 1])
@pytest.mark.parametrize("width", [40, 120])
def test_terminal(calendar: Calendar, width: int, next_: int | None) -> None:
    lines = render_terminal(
        calendar, as_of=date(2027, 1, 4), next_=next_, color=False, width=width, left_out={}
    )
    text = " ".join(line.strip() for line in lines)
    assert words_of_ours(text) == []


def test_feed(calendar: Calendar) -> None:
    ledger = Ledger("20270101T000000Z", None)
    feed = b"".join(FORMATS["ics"].render(calendar, FeedOptions(stamp=ledger.stamp)))
    texts = re.findall(r"^(?:SUMMARY|DESCRIPTION):(.*)\r$", unfold(feed).decode(), re.MULTILINE)
    assert len(texts) > 40
    texts = [re.sub(r"\\n", " ", text).replace("\\", "") for text in texts]
    assert [word for text in texts for word in words_of_ours(text)] == []


def test_csv_for_google(calendar: Calendar) -> None:
    content = b"".join(FORMATS["csv"].render(calendar, CsvOptions(dialect="google"))).decode()
    for row in csv.DictReader(io.StringIO(content, newline="")):
        assert words_of_ours(row["Subject"] + row["Description"]) == []


def test_csv_for_excel(calendar: Calendar) -> None:
    content = b"".join(FORMATS["csv"].render(calendar, CsvOptions(dialect="excel"))).decode()
    header, *rows = csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline=""))
    assert [name for name in header if words_of_ours(name)] == []
    assert all(name.startswith("⟦") for name in header)
    assert [cell for row in rows for cell in row if words_of_ours(cell)] == []
