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
from test_pseudo_language import CALENDAR
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

AUTHORS = "甲乙丙丁戊己"
"""The letters of the author in the calendar of the pseudo-language: none of our words has them."""

DAY = date(2027, 1, 4)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    text = CALENDAR.replace("en-XA", "ar").replace("title: 戊,", "title: 戊, quote: 己,")
    return calendar_of(text.replace("[2027~, 2026]", "[{start: 2027~, note: 丁}, 2026]"))


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
    reasons = {"29": "why"}
    return [
        *render_terminal(
            calendar, as_of=DAY, next_=None, color=False, width=width, left_out=reasons
        )
    ]


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
    for path in sorted(case.glob("*.*")):
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
