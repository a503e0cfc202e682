"""In the pseudo-language every word of ours is between brackets, in every output.

The author's texts have no Latin letters here, so that a Latin letter without brackets is ours. The
files use every key, and together the outputs every phrase.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from datetime import date
from html.parser import HTMLParser
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import markdown
import pytest
from msgspec.structs import replace

from support.changed import changes_of
from support.command import Done
from support.loading import calendar_of
from timeline.changes import atom_entries, markdown_table, text_lines
from timeline.compiler.schema.json_schema import events_file_schema
from timeline.formats import FORMATS, ItemLook, inline_list, render_terminal
from timeline.formats.atom.options import AtomOptions
from timeline.formats.csv.options import GOOGLE, CsvOptions
from timeline.formats.html.options import HtmlOptions, PageVersion
from timeline.formats.ics.contentlines import unfold
from timeline.formats.ics.options import FeedOptions
from timeline.formats.json.options import JsonOptions
from timeline.formats.markdown.options import STYLES, MarkdownOptions
from timeline.formats.svg.options import SvgOptions
from timeline.formats.xlsx.options import XlsxOptions
from timeline.model import calendar_of_feed, wording_of
from timeline.model.words import language as languages
from timeline.model.words.pseudo import bracketed
from timeline.publishing.ledger import Ledger
from tools.catalogues.__main__ import collect_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from timeline.model.events import Calendar

TODAY = date(2027, 1, 4)

CALENDAR = """
x-note: 甲
calendar:
  id: "1.2"
  name: 甲
  description: 乙
  timezone: Asia/Riyadh
  language: en-XA
  url: https://1.2/
  source: https://1.2/3
  color: red
  refresh: 30 minutes
  imprecise: span
  long-spans: span
  cancelled: status
  require-sources: false
  working-days: {week: [sun, mon, tue, wed, thu], off: [2027-01-01..2027-03-31]}
categories:
  丙: {color: red, description: 丁}
feeds:
  - id: "1"
    name: 甲
    description: 乙
    color: blue
    language: en-XA
    refresh: 1 day
    source: https://1.2/4
    url: https://1.2/5
    imprecise: skip
    long-spans: endpoints
    cancelled: drop
    alarms: [1 day before]
    exclude: ["1"]
  - {id: "2", name: 甲, ids: ["1"], categories: [丙], status: [tentative], parent: "1"}
events:
EVENTS"""

EVENTS = """
  - id: "1"
    uid: 1@2
    summary: {en-XA: 甲1, ja: 甲}
    start: 2027-01-03
    end: 2027-01-17
    location: 乙
    geo: {latitude: 1, longitude: 2}
    url: https://1.2/6
    categories: [丙]
    status: tentative
    transparency: opaque
    color: red
    priority: 1
    class: private
    description: {en-XA: 乙, ja: 甲}
    organizer: {name: 丙, email: "1@2.3"}
    contact: {name: 丁, email: "1@2.3"}
    conference: [{url: "https://1.2/3", title: 戊}]
    attach: [{url: "https://1.2/4", title: 戊}]
    image: [{url: "https://1.2/5", title: 戊}]
    alarms: [1 day before, 2 hours before end]
    sources: [{title: 戊, url: "https://1.2/7", quote: 己, accessed: 2027-01-01}, {title: 己}]
    renamed-from: ["0"]
    imprecise: span
    long-spans: span
    cancelled: status
    properties: {X-1: 甲, COMMENT: 乙}
    events:
      - {id: "1-1", summary: 甲1-1, start: 2027-01-04}
      - {id: "1-2", summary: 甲1-2, start: 2027-02-04, within-parent: false}
  - id: "2"
    summary: 甲2
    start: 2027-01-05T09:00
    duration: 90 minutes
    timezone: Europe/Berlin
    related-to: ["1", {id: "3", type: sibling}]
    contact: {name: 丁}
    attach: [{url: "https://1.2/4"}]
    sources: [{title: 戊}]
  - {id: "3", summary: 甲3, start: 2.end + 5 working days}
"""

STARTS = """
2027-01-03; 2027-01-03~; 2027-01-03?; 2027-01-03%
2027; 2027~; 2027?; 2027%; 2027-03; 2027-03~; 2027-Q2; 2027-Q2%
2027-H1; 2027-H1~; 2027-H2; 2027-H2~; 2027-W03; 2027-W03%; 202X; 20XX; 2000~; 200X
2027-25; 2027-26?; 2027-27; 2027-28; 2027-29; 2027-30~; 2027-31; 2027-32
2027-XX; 2027-01-XX; 2027-XX-XX~
between 2027-01-03 and 2027-01-17; between 2027-01 and 2027-05; between 2027 and 2029-03
between 2027-01 and 2029; between 2025 and 2027; between 2027-01-03 and 2028-03
not before 2027-06; not before 2027-06-03; not after 2027-06-03; not after 2028
2027-01-03T09:00; 2027-01-03T09:00~; 2027-01-03T09:00:30?; "2027-01-03T09:00[AoE]"
"2027-01-03T09:00[Etc/GMT+3]"; "2027-01-03T09:00Z"; "2027-10-31T02:30+01:00[Europe/Berlin]"
TBC
"""
"""A date of each precision, with each qualification."""

ENDS = """
2027-01-17 to 2029; 2027-01-17 to 2029~; 2027-01-17 to 2029-02-01?; 2027-01-17 to 2029-02-01%
2027-01-17 to 2029-02-01~; 2027-01-17~ to 2029; 2027-01-17% to 2029; 2027-01-17? to 2029
2027-01-17~ to 2027-01-19~; 2027-01-17 to 2027-01-19?; 2027-01-17 to ..; 2027-01-17~ to ..
2027-01-17 to TBC; 2027 to TBC; 2027 to ..; 202X to ..; 2027-H1 to TBC; TBC to 2028; TBC to ..
2027 to 2029; 2027 to 2027; 2027~ to 2028; 2027-03 to 2027-05; 2027-Q1 to 2027-Q3
2027-Q1 to 2028-Q3; 2027-H1 to 2027-H2; 2027-W03 to 2027-W05; 2027-25 to 2027-27; 2027-31 to 2027-29
2027-26 to 2028-26; 202X to 203X; 2027-01-XX to 2027-01-20%; 2027-Q2 to 2027-05; 2027 to 2028-05
2027-01-03T09:00 to 2027-01-03T10:30; 2027-01-03T09:00 to 2027-01-04T10:30; 2027-01-03T09:00 to ..
2027-01-03T09:00~ to 2027-01-03T10:30~; 2027-01-03T09:00? to 2027-01-03T10:30
2027-01-03T09:00 to TBC; 2027-01-03T10:00 to 2028; 2027-01-03 to 2028-03
2027-01-03 to 2027-01-05T10:00; 2027-01-03T10:00 to 2027-01-05; 2027-01-03 to 2027-01-03T18:00
2027-01-03T10:00 to 2027-01-03; 2027 to 2028-01-05T10:00
"""
"""Dates with an end of each kind."""

STATUSES = ("", "tentative", "confirmed", "cancelled", "postponed")

RULES = """
FREQ=YEARLY; FREQ=YEARLY;INTERVAL=2;COUNT=1; FREQ=MONTHLY;COUNT=3; FREQ=MONTHLY;INTERVAL=2
FREQ=WEEKLY; FREQ=WEEKLY;INTERVAL=3;UNTIL=20280101; FREQ=DAILY; FREQ=DAILY;INTERVAL=2
FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR; FREQ=WEEKLY;BYDAY=MO,WE; FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU
FREQ=MONTHLY;BYDAY=1MO; FREQ=MONTHLY;BYDAY=-1MO,1MO,3MO;BYMONTH=1,3
FREQ=MONTHLY;BYMONTHDAY=4,-1;BYMONTH=1,2; FREQ=YEARLY;BYDAY=1MO; FREQ=YEARLY;BYDAY=1MO;BYMONTH=1
FREQ=YEARLY;BYMONTHDAY=4;BYMONTH=1,3; FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO,TU; FREQ=DAILY;BYMONTH=1
FREQ=YEARLY;BYMONTHDAY=-28;BYMONTH=1; FREQ=YEARLY;BYDAY=MO,TU
"""

TIMED_RULES = """
FREQ=HOURLY; FREQ=HOURLY;INTERVAL=4; FREQ=MINUTELY;COUNT=4; FREQ=MINUTELY;INTERVAL=4;COUNT=4
FREQ=SECONDLY;COUNT=4; FREQ=SECONDLY;INTERVAL=4;COUNT=4
"""

SERIES = """
  - id: series
    summary: 甲
    start: 2027-01-04T18:00
    duration: 1 hour
    rrule: FREQ=WEEKLY;COUNT=5
    exdate: [2027-01-11T18:00]
    rdate: [2027-01-30T18:00]
    overrides:
      - {recurrence-id: 2027-01-18T18:00, start: 2027-01-19T18:00, location: 乙, summary: 丙}
      - {recurrence-id: 2027-01-25T18:00, status: cancelled, organizer: {name: 丁, email: "1@2.3"}}
      - {recurrence-id: 2027-02-01T18:00, duration: 2 hours, description: 戊, url: "https://1.2/3"}
  - id: ordinals
    summary: 甲
    start: 2027-01-04
    rrule: {freq: monthly, byday: [1mo, 2mo, 3mo, 4mo, 5mo], count: 40}
    exdate: [2027-02-01..2027-02-14]
  - {id: gone, summary: 甲, start: 2027-01-04, rrule: FREQ=DAILY;COUNT=1, status: cancelled}
  - id: cancelled
    summary: 甲
    start: 2027-01-04
    cancelled: drop
    rrule: FREQ=DAILY;COUNT=2
    overrides:
      - {recurrence-id: 2027-01-04, status: cancelled}
      - {recurrence-id: 2027-01-05, status: cancelled}
  - id: moved
    summary: 甲
    start: TBC
    status: postponed
    was: [2027~, {start: 2026-01-03, end: 2026-01-17, note: 乙}, 2025]
  - {id: moved-day, summary: 甲, start: TBC, status: postponed, was: [2026-12-12]}
  - {id: moved-bound, summary: 甲, start: TBC, status: postponed, was: [not before 2026-06]}
  - {id: moved-on, summary: 甲, start: 2027-03-03, status: postponed, was: [2026-12, 2026]}
  - {id: endpoints, summary: 甲, start: 2025-01-01, end: 2026-12-31, long-spans: endpoints}
  - id: outside
    summary: 甲
    start: 2027-01-04
    events:
      - {id: outside-1, summary: 甲, start: TBC}
      - {id: outside-2, summary: 甲, start: 2029-01-04, within-parent: false}
  - {id: last, summary: 甲, start: 2027-01-31, rrule: FREQ=MONTHLY;BYMONTHDAY=-1}
  - id: undated
    summary: 甲
    start: TBC
    events: [{id: dated, summary: 甲, start: 2027-01-04}]
  - {id: soft, summary: 甲, start: 2025-01-01~, end: 2026-12?, long-spans: endpoints}
"""

SMALL = {
    "no events": "events: []\n",
    "past events": """
events:
  - {id: '1', summary: 甲, start: 2025, sources: [{title: 甲}]}
  - {id: '2', summary: 甲, start: 2025, sources: [{title: 甲}]}
""",
    "close events": "events: [{id: '1', summary: 甲, start: 2025}, "
    "{id: '2', summary: 甲, start: 2027-01-05}, {id: '3', summary: 甲, start: 2027-01-05}, "
    "{id: '4', summary: 甲, start: 2027-01-05}]\n",
    "anywhere on Earth": "events: [{id: '1', summary: 甲, start: 2027-01-05T09:00}]\n",
}


def _pieces(text: str, separator: str) -> list[str]:
    lines = text.strip().split("\n")
    return [piece.strip() for line in lines for piece in re.split(separator, line)]


def _file() -> str:
    events = [EVENTS, SERIES]
    for number, start in enumerate(_pieces(STARTS, ";")):
        for status in STATUSES:
            more = f", status: {status}" if status else ""
            events.append(f"  - {{id: s{number}{status}, summary: 甲, start: {start}{more}}}\n")
    for number, span in enumerate(_pieces(ENDS, ";")):
        start, end = span.split(" to ")
        for status in STATUSES:
            more = f", status: {status}" if status else ""
            events.append(
                f"  - {{id: e{number}{status}, summary: 甲, start: {start}, end: {end}{more}}}\n"
            )
    for rules, start in ((RULES, "2027-01-04"), (TIMED_RULES, "2027-01-04T09:00")):
        for number, rule in enumerate(_pieces(rules, "; ")):
            id_ = f"r{number}{'t' * (rules is TIMED_RULES)}"
            keys = f"id: {id_}, summary: 甲, start: {start}, rrule: '{rule}'"
            events.append(f"  - {{{keys}}}\n")
    return CALENDAR.replace("EVENTS", "".join(events).lstrip("\n"))


ALLOWED = re.compile(
    r"https?://\S*|mailto:\S*|[A-Z][a-z]+/[A-Z][a-z_]+|UTC\S*"
    r"|(?:FREQ|BYDAY|BYMONTH|BYMONTHDAY|BYSETPOS|INTERVAL)=[A-Z0-9,-]+"
)
"""Addresses, names of zones, and rules that are written as in RFC 5545."""


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return calendar_of(_file())


@pytest.fixture(scope="module")
def small() -> list[Calendar]:
    return [small_calendar(name) for name in SMALL]


def small_calendar(name: str) -> Calendar:
    zone = "AoE" if "Earth" in name else "Asia/Riyadh"
    head = f"calendar: {{id: '1.2', name: 甲, timezone: {zone}, language: en-XA}}\n"
    return calendar_of(head + SMALL[name])


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
    return re.findall(
        r"[^\W\d_]{2,}", ALLOWED.sub("", re.sub("[\u3000-\u9fff]", "", without_brackets(text)))
    )


# The texts of each output.


def markdown_texts(calendar: Calendar, style: str) -> Iterator[str]:
    for as_of in (None, TODAY):
        options = MarkdownOptions(style=style, as_of=as_of, weekdays=as_of is not None)
        text = b"".join(FORMATS["md"].render(calendar, options)).decode()
        yield re.sub(r"#\d+;|```mermaid\ntimeline|\bsection\b", "", html.unescape(text))


def diagram_texts(calendar: Calendar) -> Iterator[str]:
    """Yield the texts of the diagram, and those of its parts where it has too many events."""
    yield from drawing_texts(calendar, SvgOptions(as_of=TODAY))
    for first in range(0, len(calendar.events), 300):
        part = replace(calendar, events=calendar.events[first : first + 300])
        for layout in ("rows", "lanes"):
            yield from drawing_texts(part, SvgOptions(layout=layout))


def drawing_texts(calendar: Calendar, options: SvgOptions) -> Iterator[str]:
    root = ET.fromstring(b"".join(FORMATS["svg"].render(calendar, options)))
    for element in root.iter():
        assert not {"aria-label", "title", "alt"} & element.attrib.keys()
        # The lines of a text are elements of one class at one place.
        for _, lines in groupby(element, lambda line: (line.tag, line.get("class"), line.get("x"))):
            yield " ".join(
                line.text or "" for line in lines if line.tag.rpartition("}")[2] != "style"
            )


def terminal_texts(calendar: Calendar) -> Iterator[str]:
    for as_of in (TODAY, date(2035, 1, 1)):
        for width in (40, 120):
            for next_ in (None, 1):
                lines = render_terminal(
                    calendar,
                    as_of=as_of,
                    next_=next_,
                    color=False,
                    width=width,
                    left_out=1,
                )
                yield " ".join(re.sub(r" \([a-z0-9-]+\)", "", line.strip()) for line in lines)


NOT_WORDS = re.compile(
    r"(?:BEGIN|END|VERSION|PRODID|CALSCALE|METHOD|UID|DTSTAMP|CREATED|LAST-MODIFIED|SEQUENCE|DTSTART"
    r"|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|STATUS|TRANSP|CLASS|PRIORITY|GEO|COLOR|URL"
    r"|SOURCE|REFRESH-INTERVAL|X-PUBLISHED-TTL|X-APPLE-CALENDAR-COLOR|ACTION|TRIGGER|RELATED-TO"
    r"|TZID|X-MICROSOFT-[A-Z-]+|TZNAME|TZOFFSETFROM|TZOFFSETTO|X-TIMELINE-[A-Z-]+)[:;]"
)
"""The properties whose values are keywords, identifiers, dates or the author's."""

PARAMETERS = re.compile(r"^[A-Z0-9-]+(?:;[A-Z-]+=(?:\"[^\"]*\"|[^\";:]*))*:")


def feed_texts(calendar: Calendar) -> Iterator[str]:
    options = FeedOptions(stamp=Ledger("20270101T000000Z", None).stamp)
    feeds = [calendar, *(calendar_of_feed(calendar, feed) for feed in calendar.feeds)]
    for feed in feeds:
        content = unfold(b"".join(FORMATS["ics"].render(feed, options))).decode()
        for line in content.splitlines():
            if NOT_WORDS.match(line):
                continue
            parameters = PARAMETERS.match(line)
            assert parameters, line
            yield from re.findall(r"(?:CN|LABEL|ALTREP)=([^;:]*)", parameters[0])
            yield line[parameters.end() :].replace("\\n", " ").replace("\\", "")


CSV_TEXTS = ("summary", "categories", "location", "description", "sources", "links")


"""The columns with texts for people; the others have the notation of the events file."""


def csv_texts(calendar: Calendar, dialect: str) -> Iterator[str]:
    options = CsvOptions(dialect=dialect)
    content = b"".join(FORMATS["csv"].render(calendar, options)).decode("utf-8-sig")
    if dialect == "excel":  # for people: the names of columns are words, too
        yield from (cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row)
        return
    columns = ("Subject", "Description", "Location") if dialect == GOOGLE else CSV_TEXTS
    for row in csv.DictReader(io.StringIO(content, newline="")):
        yield from (row[column] for column in columns)


def json_texts(calendar: Calendar) -> Iterator[str]:
    """Yield the words for people; the other values have the notation of the events file."""
    document = json.loads(b"".join(FORMATS["json"].render(calendar, JsonOptions())))
    for event in document["events"]:
        for shown in (event, *event["overrides"]):
            yield shown["when"]["words"]
        yield from (was["when"]["words"] for was in event["was"])


def workbook_texts(calendar: Calendar) -> Iterator[str]:
    content = b"".join(FORMATS["xlsx"].render(calendar, XlsxOptions()))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/") and name.endswith(".xml") and "theme" not in name:
                for element in ET.fromstring(archive.read(name)).iter():
                    tag = element.tag.rpartition("}")[2]
                    if tag == "t":
                        yield element.text or ""
                    elif tag == "sheet":
                        yield element.attrib["name"]


def page_texts(calendar: Calendar) -> Iterator[str]:
    for as_of in (None, TODAY):
        japanese = PageVersion("1.2", "ja", None)
        options = HtmlOptions(
            as_of=as_of, all_classes=True, downloads=("1.2",), versions=(japanese,)
        )
        page = b"".join(FORMATS["html"].render(calendar, options)).decode()
        page = re.sub(r"(?s)<style>.*?</style>|<script>.*?</script>", "", page)
        yield " ".join(Texts(page).texts)
        looks = {event.id: ItemLook(None, "") for event in calendar.events}
        listed = inline_list(calendar, looks, as_of=as_of, month_level=3, has_weekdays=True)
        html_ = [listed.end, *(section.title + section.html for section in listed.sections)]
        yield " ".join(Texts("".join(html_)).texts)


class Texts(HTMLParser):
    """The texts of a page, and those of attributes that readers see or hear."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        shown = ("title", "alt", "aria-label", "placeholder", "data-words")
        self.texts += [value or "" for name, value in attrs if name in shown]


def embedded_texts(text: str, folder: Path) -> Iterator[str]:
    (folder / "events.yaml").write_text(text, encoding="utf-8")
    for style in STYLES:
        page = f"# 甲\n\n```timeline\nstyle: {style}\nweekdays: true\n```\n"
        text = " ".join(
            Texts(markdown.markdown(page, extensions=["timeline", "fenced_code"])).texts
        )
        assert text.count("⟦") > 500
        yield re.sub(r"#\d+;|\btimeline\n|\bsection\b", "", html.unescape(text))


def change_texts(language: str = "en-XA") -> Iterator[str]:
    changes = changes_of(language)
    wording = wording_of(changes.after)
    yield from text_lines(changes, wording)
    for shown in (changes, changes.selected(set())):
        yield re.sub("<.*>", "", html.unescape(markdown_table(shown, wording)))
    entries = tuple(atom_entries(changes, wording, lambda _: ("", "")))
    document = b"".join(FORMATS["atom"].render(changes.after, AtomOptions(entries=entries)))
    for element in ET.fromstring(document).iter():
        if element.tag.rpartition("}")[2] in ("title", "summary", "p"):
            yield element.text or ""


# The tests.


@pytest.mark.parametrize("style", STYLES)
def test_markdown(calendar: Calendar, small: list[Calendar], style: str) -> None:
    for shown in (calendar, *small):
        for text in markdown_texts(shown, style):
            assert words_of_ours(text) == []


def test_diagram(calendar: Calendar, small: list[Calendar]) -> None:
    for shown in (calendar, *small):
        texts = [*diagram_texts(shown)]
        assert len(texts) > 10
        assert [word for text in texts for word in words_of_ours(text)] == []


def test_page(calendar: Calendar, small: list[Calendar]) -> None:
    for shown in (calendar, *small):
        for text in page_texts(shown):
            assert words_of_ours(re.sub(r'"\w+":', "", text)) == []


def test_terminal(calendar: Calendar, small: list[Calendar]) -> None:
    for shown in (calendar, *small):
        for text in terminal_texts(shown):
            assert words_of_ours(text) == []


def test_feeds(calendar: Calendar, small: list[Calendar]) -> None:
    for shown in (calendar, *small):
        assert [word for text in feed_texts(shown) for word in words_of_ours(text)] == []
    assert sum("⟦" in text for text in feed_texts(calendar)) > 500


DIALECTS = ("timeline", GOOGLE, "excel")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_csv(calendar: Calendar, dialect: str) -> None:
    texts = [*csv_texts(calendar, dialect)]
    assert any("⟦" in text for text in texts)
    assert [word for text in texts for word in words_of_ours(text)] == []


def test_json(calendar: Calendar, small: list[Calendar]) -> None:
    for shown in (calendar, *small):
        assert [word for text in json_texts(shown) for word in words_of_ours(text)] == []
    assert sum("⟦" in text for text in json_texts(calendar)) > 100


def test_workbook(calendar: Calendar) -> None:
    texts = [*workbook_texts(calendar)]
    assert any("⟦" in text for text in texts)
    assert [word for text in texts for word in words_of_ours(text)] == []


def test_changes() -> None:
    texts = [*change_texts()]
    assert [word for text in texts for word in words_of_ours(text)] == []


def test_pages_of_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for text in embedded_texts(_file(), tmp_path):
        assert words_of_ours(text) == []


@pytest.mark.parametrize("language", [[], ["--language", "en-XA"]])
def test_the_command_that_shows(tmp_path: Path, language: list[str]) -> None:
    path, text = tmp_path / "events.yaml", _file()
    tag = "ja" if language else "en-XA"
    path.write_text(text.replace("language: en-XA\n  url", f"language: {tag}\n  url"), "utf-8")
    done = Done("show", str(path), "--as-of", "2027-01-04", *language)
    assert done.code == 0
    shown = re.sub(r" \([a-z0-9-]+\)", "", " ".join(done.out.split()))
    assert words_of_ours(shown) == []


def _keys(schema: object) -> Iterator[str]:
    """Yield the keys of the events file, at any depth."""
    if isinstance(schema, dict):
        if isinstance(properties := schema.get("properties"), dict):
            yield from properties
        for part in schema.values():
            yield from _keys(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _keys(part)


NOT_USED = {
    *("format", "no-overlap", "additionalProperties", "outputs"),
    *("include", "path", "defaults", "each", "feed"),  # of several files
    *("bysecond", "byminute", "byhour", "byyearday", "byweekno", "wkst"),
}
"""Keys without any word in an output, and parts of rules that are written as in RFC 5545."""


def test_the_file_has_every_key() -> None:
    text = _file().lower()
    keys = {key for key in _keys(events_file_schema()) if key not in NOT_USED}
    assert {key for key in keys if not re.search(rf"\b{key.lower()}[:=]", text)} == set()


def test_every_phrase_is_in_an_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[str] = set()

    def record(text: str) -> str:
        seen.add(text)
        return bracketed(text)

    monkeypatch.setattr(languages, "bracketed", record)
    monkeypatch.chdir(tmp_path)
    languages.choose_language.cache_clear()
    try:
        calendar = calendar_of(_file())
        for name in SMALL:
            shown = small_calendar(name)
            outputs = (
                *(markdown_texts(shown, "list"), diagram_texts(shown), terminal_texts(shown)),
                page_texts(shown),
            )
            assert all([*texts] for texts in outputs)
        assert all([*markdown_texts(calendar, style)] for style in STYLES)
        assert all([*texts(calendar)] for texts in (diagram_texts, terminal_texts, feed_texts))
        assert all([*page_texts(calendar)])
        assert all([*csv_texts(calendar, dialect)] for dialect in DIALECTS)
        assert [*workbook_texts(calendar)]
        assert [*change_texts()]
        skipping = replace(
            calendar,
            events=calendar_of_feed(calendar, calendar.feeds[0]).events,
        )
        assert [*terminal_texts(skipping)]
    finally:
        languages.choose_language.cache_clear()
    phrases = {str(message.id) for message in collect_phrases() if message.id}
    assert phrases - seen == set()
