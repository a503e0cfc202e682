"""Golden files: ``cases/<name>/events.yaml`` and its exports, byte for byte.

They are real files: open one in a calendar app, a spreadsheet or on GitHub. ``pytest --update``
writes them again; git then shows what changed.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

import pytest

from support import readback, strict
from support.formats import COMPARED
from support.loading import calendar_of_file
from support.paths import CASE_FILES, ROOT
from timeline.compiler.origins import event_origins
from timeline.compiler.pipeline import Loaded, load_file
from timeline.formats import FORMATS
from timeline.formats.csv.options import EXCEL, CsvOptions
from timeline.formats.markdown.options import TABLE, MarkdownOptions
from timeline.model import Selection

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.model.events import Calendar

CASES = [file.parent for file in CASE_FILES]
FEEDS = [ROOT / "dist" / "events.ics", *(feed for case in CASES for feed in case.glob("*.ics"))]

OF_EVERY_PAGE = re.compile(rb"(<style>|<script>).*?(</style>|</script>)", re.DOTALL)
"""What is the same in all pages, and would be most of each file."""

in_each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@cache
def loaded(case: Path) -> Loaded:
    return load_file(str(case / "events.yaml"))


@cache
def calendar_of(case: Path) -> Calendar:
    return calendar_of_file(case / "events.yaml")


@cache
def exported(case: Path) -> dict[str, bytes]:
    calendar = calendar_of(case)
    origins = partial(event_origins, loaded(case))
    files = {
        f"expected{form.suffix}": b"".join(
            form.render_file(calendar, form.options().of_file(origins, Selection()))
        )
        for form in COMPARED.values()
        if not form.is_for_each_feed
    }
    files["expected.html"] = OF_EVERY_PAGE.sub(rb"\1\2", files["expected.html"])
    files["expected.ics"] = readback.feed_of(calendar)
    people = FORMATS["csv"].render_file(calendar, CsvOptions(dialect=EXCEL))
    files["expected.excel.csv"] = b"".join(people)
    table = FORMATS["md"].render_file(calendar, MarkdownOptions(style=TABLE))
    files["expected.table.md"] = b"".join(table)
    return files


@in_each_case
def test_exports_are_the_expected_ones(case: Path, *, update: bool) -> None:
    files = exported(case)
    if update:
        for name, content in files.items():
            (case / name).write_bytes(content)
    expected = {path.name: path.read_bytes() for path in case.glob("expected.*")}
    assert sorted(expected) == sorted(files)
    for name, content in files.items():
        assert content == expected[name], f"{case.name}/{name} differs; pytest --update writes it"


@in_each_case
def test_feeds_keep_to_rfc_5545(case: Path) -> None:
    strict.check(exported(case)["expected.ics"])


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: f"{feed.parent.name}-{feed.stem}")
def test_no_feed_needs_the_zone_of_the_calendar(feed: Path) -> None:
    lines = strict.content_lines(feed.read_bytes())
    assert strict.floating_times(lines) == []
    assert "X-WR-TIMEZONE" not in {name for name, _, _ in lines}


@pytest.mark.parametrize(
    "floating",
    [
        *(b"DTSTART:20270324T233000", b"RDATE:20270324T233000Z,20270331T233000"),
        *(b"RRULE:FREQ=DAILY;UNTIL=20270324T233000", b"EXDATE;TZID=Europe/Oslo:20270324T233000"),
        b"TRIGGER;VALUE=DATE-TIME:20270324T233000",
    ],
)
def test_a_floating_time_is_seen(floating: bytes) -> None:
    feed = (CASES[0].parent / "times" / "expected.ics").read_bytes()
    feed = feed.replace(b"SUMMARY:", floating + b"\r\nSUMMARY:", 1)
    assert len(strict.floating_times(strict.content_lines(feed))) == 1


@in_each_case
def test_two_parsers_read_back_the_calendar(case: Path) -> None:
    readback.assert_reads_back(exported(case)["expected.ics"], calendar_of(case))


def test_every_format_has_goldens(update: bool) -> None:
    if update:
        pytest.skip("other tests write the golden files now")
    # A list of changes is not made of a calendar alone: see publishing/test_change_list.py.
    suffixes = {form.suffix for form in COMPARED.values() if not form.of_feed}
    for case in CASES:
        assert suffixes <= {path.suffix for path in case.glob("expected.*")}
