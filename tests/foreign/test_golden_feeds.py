"""Four readers that are not ours read our feeds as the calendars that they were made of.

``support.readers`` says where ical.js and libical come from; the tests of a missing one are
skipped with what to install. An exception for an error of a reader has its reason beside it.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

import pytest

from support import readback, readers, strict
from support.expected_readings import expected_events, expected_instances
from support.loading import calendar_of_file
from support.paths import CASE_FILES, TESTS
from support.strict_lint import lint
from timeline.formats import FORMATS
from timeline.formats.csv.options import CsvOptions
from timeline.model.feeds import calendar_of_feed

if TYPE_CHECKING:
    from pathlib import Path

    from support.readers import Reading
    from timeline.model.events import Calendar

CASES = [file.parent for file in CASE_FILES]


@cache
def golden_feeds() -> dict[Path, Calendar]:
    """Return the golden feeds, the main and the additional ones, with their calendars."""
    feeds = {}
    for case in CASES:
        calendar = calendar_of_file(case / "events.yaml")
        feeds[case / "expected.ics"] = calendar
        for feed in calendar.feeds:
            feeds[case / f"{feed.id}.ics"] = calendar_of_feed(calendar, feed)
    return feeds


FEEDS = tuple(golden_feeds())
ADDITIONAL = tuple(feed for feed in FEEDS if feed.stem != "expected")


def _name(feed: Path) -> str:
    return f"{feed.parent.name}-{feed.stem}"


in_every_feed = pytest.mark.parametrize("feed", FEEDS, ids=_name)


# The files of `feeds:`, and the CSV for Google, which are goldens too.


def rendered(calendar: Calendar) -> bytes:
    return readback.feed_of(calendar)


@pytest.mark.parametrize("feed", ADDITIONAL, ids=_name)
def test_the_additional_feeds_are_the_expected_ones(feed: Path, *, update: bool) -> None:
    content = rendered(golden_feeds()[feed])
    if update:
        feed.write_bytes(content)
    assert content == feed.read_bytes(), f"{feed} differs; pytest --update writes it"
    strict.check(content)
    readback.assert_reads_back(content, golden_feeds()[feed])


@in_every_feed
def test_the_strict_linter_reports_nothing(feed: Path) -> None:
    assert lint(feed.read_bytes()) == []


def test_there_is_no_other_feed() -> None:
    paths = {path for case in CASES for path in case.glob("*.ics")}
    assert paths == set(FEEDS)


def test_what_google_imports_is_as_expected(*, update: bool) -> None:
    case = TESTS / "cases" / "google"
    options = CsvOptions(dialect="google")
    calendar = calendar_of_file(case / "events.yaml")
    content = b"".join(FORMATS["csv"].render(calendar, options))
    golden = case / "google.csv"
    if update:
        golden.write_bytes(content)
    assert content == golden.read_bytes(), f"{golden} differs; pytest --update writes it"
    rows = list(csv.DictReader(content.decode().splitlines(keepends=True)))
    for row in rows:
        day = datetime.strptime(row["Start Date"], "%m/%d/%Y").astimezone(UTC)
        assert day <= datetime.strptime(row["End Date"] or "12/31/2099", "%m/%d/%Y").astimezone(UTC)
        assert (row["Start Time"] == "") == (row["All Day Event"] == "True")


# What the readers read.


@cache
def readings(name: str) -> dict[Path, Reading]:
    return dict(zip(FEEDS, readers.read(name, list(FEEDS)), strict=True))


@in_every_feed
def test_no_reader_reports_an_error(feed: Path, reader: str) -> None:
    assert readings(reader)[feed].errors == []


@in_every_feed
def test_all_readers_read_the_events_of_the_calendar(feed: Path, reader: str) -> None:
    assert readings(reader)[feed].events == list(expected_events(golden_feeds()[feed], reader))


@in_every_feed
def test_all_readers_find_the_same_instances(feed: Path, reader: str) -> None:
    assert readings(reader)[feed].instances == expected_instances(golden_feeds()[feed])
