"""All readers, our own expansion and the oracle have the same instances of drawn series.

Our own expansion is the CSV for Google, which lists every instance as the feed shows it.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from support import readback, readers
from support.drawn_series import PERIOD, DrawnSeries, draw_series, file_of
from support.loading import load_data
from support.readers import NOT_PYTHON
from support.series_oracle import SeriesOracle
from timeline.formats import FORMATS
from timeline.formats.csv.options import GOOGLE, CsvOptions

SERIES = 1000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 100
UNTIL = date(2029, 6, 1)
"""After that period of every series."""

READERS = ("icalendar", *NOT_PYTHON)
"""With recurring-ical-events for icalendar; these compute starts and ends."""

KINDS = {
    *("redundant", "redundant in another zone", "added", "added in another zone"),
    *("excepted", "moved", "cancelled", "lengthened"),
}


@cache
def all_series() -> tuple[DrawnSeries, ...]:
    return tuple(draw_series(number) for number in range(SERIES))


@cache
def our_spans() -> dict[str, list[tuple[str, str]]]:
    """Return the start and the DTEND of all rows, by the id of the series."""
    calendar = load_data(file_of([series.event for series in all_series()])).calendar
    options = CsvOptions(dialect=GOOGLE, until=UNTIL)
    text = b"".join(FORMATS["csv"].render(calendar, options)).decode()
    spans: dict[str, list[tuple[str, str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        title = row["Subject"].removeprefix("Cancelled: ")
        start = _moment(row["Start Date"], row["Start Time"])
        end = _moment(row["End Date"], row["End Time"]) if row["End Date"] else start
        if row["All Day Event"] == "True":
            end = str(date.fromisoformat(end) + timedelta(days=1))
        spans.setdefault(title, []).append((start, end))
    return {id_: sorted(items) for id_, items in spans.items()}


def _moment(day: str, clock: str) -> str:
    if not clock:
        return f"{datetime.strptime(day, '%m/%d/%Y').replace(tzinfo=UTC):%Y-%m-%d}"
    moment = datetime.strptime(f"{day} {clock}", "%m/%d/%Y %I:%M %p").replace(tzinfo=UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def in_period(series: DrawnSeries, spans: list[tuple[str, str]]) -> list[tuple[str, str]]:
    last = date.fromisoformat(series.event["start"][:10]) + PERIOD
    return [span for span in spans if span[0] < str(last)]


def test_the_series_are_of_every_kind_and_most_are_read_alike() -> None:
    kinds = Counter(kind for series in all_series() for kind in series.kinds)
    assert set(kinds) == KINDS
    assert min(kinds.values()) >= SERIES / 20
    assert sum(not series.is_warned for series in all_series()) >= SERIES * 3 / 4


def test_our_own_expansion_is_that_of_the_oracle() -> None:
    for series in all_series():
        spans = SeriesOracle(series.event, "Etc/UTC").spans()
        texts = [(_key(start), _key(end)) for start, end in spans]
        ours = in_period(series, our_spans()[series.id])
        assert ours == in_period(series, texts), series.event


def _key(moment: date) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if isinstance(moment, datetime) else str(moment)


@pytest.mark.parametrize("name", READERS)
def test_every_reader_has_the_instances_of_our_own_expansion(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if why := readers.missing()[name]:
        pytest.skip(f"{name} {why}")
    folder = tmp_path_factory.mktemp("feeds")
    feeds = []
    for series in all_series():
        feeds.append(folder / f"{series.id}.ics")
        feeds[-1].write_bytes(readback.feed_of(load_data(file_of([series.event])).calendar))
    different = []
    for series, reading in zip(all_series(), readers.read(name, feeds), strict=True):
        assert reading.errors == []
        spans = in_period(series, reading.spans.get(f"{series.id}@example.org", []))
        if spans != in_period(series, our_spans()[series.id]) and not series.is_warned:
            different.append(series.event)
    assert different == []
