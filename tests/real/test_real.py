"""Real schedules as events files: valid, short, with no date that their source does not state."""

from __future__ import annotations

import csv
import io
import re

import pytest

from support.formats import COMPARED
from support.loading import load_text
from support.real_schedules import CONVERTERS, MONTHS, read
from timeline.formats import FORMATS
from timeline.formats.ics.options import FeedOptions
from timeline.model.projection import omission_reasons
from timeline.publishing.ledger import Ledger

NAMES = list(CONVERTERS)


def days_of(text: str) -> set[str]:
    """Return the days and months that a text states, in digits or in English."""
    days = set(re.findall(r"\d{4}-\d\d-\d\d", text))
    days |= {day[:7] for day in days}
    month = "|".join(MONTHS)
    for name, first, last_name, last, year in re.findall(
        rf"({month}) (\d+) ?- ?(?:({month}) )?(\d+), (\d{{4}})", text
    ):
        days.add(f"{year}-{MONTHS[name]:02}-{int(first):02}")
        days.add(f"{year}-{MONTHS[last_name or name]:02}-{int(last):02}")
    days |= {
        f"{year}-{MONTHS[name]:02}" for name, year in re.findall(rf"({month}) (\d{{4}})", text)
    }
    return days


@pytest.mark.parametrize("name", NAMES)
def test_it_is_valid_without_a_warning(name: str) -> None:
    assert load_text(CONVERTERS[name]()).diagnostics == []


@pytest.mark.parametrize("name", NAMES)
def test_it_has_fewer_lines_than_its_source(name: str) -> None:
    assert len(CONVERTERS[name]().splitlines()) < len(read(name).splitlines())


@pytest.mark.parametrize("name", NAMES)
def test_it_states_only_days_of_its_source(name: str) -> None:
    written = re.sub(r"off: \[[^\]]*\]", "", CONVERTERS[name]())
    assert set(re.findall(r"\d{4}-\d\d(?:-\d\d)?", written)) <= days_of(read(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_event_of_every_output_is_on_a_day_of_the_source(name: str) -> None:
    calendar = load_text(CONVERTERS[name]()).calendar
    content = b"".join(FORMATS["csv"].render(calendar, FORMATS["csv"].options())).decode()
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert len(rows) >= 3
    computed = {("security", "end")}  # five years after the final release, as the PEP says
    stated = days_of(read(name))
    for row in rows:
        for column in ("start", "end"):
            if row[column] and (row["id"], column) not in computed:
                assert re.findall(r"\d{4}[-\d]*", row[column])[0] in stated, row


@pytest.mark.parametrize("name", NAMES)
def test_every_format_has_all_events(name: str) -> None:
    calendar = load_text(CONVERTERS[name]()).calendar
    events, omitted = calendar.events, omission_reasons(calendar)
    for form in COMPARED.values():
        if form.is_feed:
            options = FeedOptions(stamp=Ledger("20260101T000000Z", None).stamp)
            feed = b"".join(form.render(calendar, options))
            assert feed.count(b"BEGIN:VEVENT") == len(events) - len(omitted)
        elif not form.of_feed:
            content = b"".join(form.render(calendar, form.options())).decode(errors="replace")
            assert all(event.summary.split()[-1] in content.replace("\\", "") for event in events)
