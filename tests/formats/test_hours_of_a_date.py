"""A date of the founding file gets its hours: nothing else changes, and every output has them."""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import readback, strict
from support.date_oracle import zone_of
from support.loading import load_text
from support.paths import ROOT
from support.svg import texts
from timeline.formats import FORMATS, render_terminal
from timeline.model.events import AllDay, Mixed, Timed, as_edtf, earliest, latest
from timeline.model.selection import Selection, select_events

if TYPE_CHECKING:
    from timeline.compiler.pipeline import Loaded
    from timeline.model.events import Calendar, Event

FOUNDING = (ROOT / "events.yaml").read_text(encoding="utf-8")
DAYS = {"start": "2025-01-03", "end": "2025-01-17"}
CLOCKS = ["00:00", "00:30", "09:00", "12:00", "23:30", "23:59:30"]
ZONES = [
    *("", "Z", "+05:30", "+13:00", "[Pacific/Honolulu]", "[Pacific/Kiritimati]", "[AoE]"),
    *("[Asia/Riyadh]", "[Europe/London]", "[America/Los_Angeles]", "[Pacific/Apia]"),
]


def with_hours(start: str, end: str) -> Loaded:
    """Compile the founding file with the start and the end of ``dakar-2025`` as they are now."""
    text = FOUNDING
    for key, hours in (("start", start), ("end", end)):
        line = f"    {key}: {DAYS[key]}"
        assert text.count(f"{line}\n") + text.count(f"{line} #") == 1
        text = text.replace(line, f'    {key}: "{DAYS[key]}{hours}"')
    return load_text(text)


def rendered(calendar: Calendar, name: str, **options: object) -> str:
    form = FORMATS[name]
    return b"".join(form.render_file(calendar, form.options(**options))).decode()


def clock_of(hours: str) -> str:
    """Return the clock that words have of hours as the file writes them."""
    return re.sub(r"^T(\d\d:\d\d(?::\d\d)?).*", r"\1", hours)


HOURS = st.builds("T{}{}".format, st.sampled_from(CLOCKS), st.sampled_from(ZONES))
SIDE = st.one_of(st.just(""), HOURS, st.builds(str.__add__, HOURS, st.sampled_from("?~%")))


@settings(max_examples=60)
@given(SIDE, SIDE)
def test_a_file_whose_dates_get_hours_is_as_right_as_before(start: str, end: str) -> None:
    loaded = with_hours(start, end)
    assert loaded.diagnostics == []
    events = {event.id: event for event in loaded.calendar.events}
    is_same_kind = bool(start) == bool(end)
    rally = events["dakar-2025"]
    assert isinstance(rally.when, (Timed if start else AllDay) if is_same_kind else Mixed)
    assert (earliest(rally.when), latest(rally.when)) == (date(2025, 1, 3), date(2025, 1, 17))
    assert events["official-fleet"].when == rally.when
    assert isinstance(events["partnership"].when, Mixed if start else AllDay)
    partnership = as_edtf(events["partnership"].when)
    assert partnership == f"2025-01-03{start[-1] if start[-1:] in tuple('?~%') else ''}/2028"
    assert str(events["race-programme"].when.start).startswith("between 2025-01-03 and 2025-01-17")
    finale = events["rub-al-khali-finale"].when
    assert earliest(finale) == date(2025, 1, 15)
    assert latest(finale) == date(2025, 1, 17)
    _assert_outputs_have(loaded.calendar, rally, start, end)


def _assert_outputs_have(calendar: Calendar, rally: Event, start: str, end: str) -> None:
    feed = readback.feed_of(calendar)
    strict.check(feed)
    readback.assert_reads_back(feed, calendar)
    clocks = {clock_of(hours) for hours in (start, end) if hours}
    shown = {
        "md": rendered(calendar, "md"),
        "table": rendered(calendar, "md", style="table"),
        "mermaid": rendered(calendar, "md", style="mermaid").replace("#58;", ":"),
        "svg": " ".join(texts(calendar)),
        "terminal": " ".join(
            render_terminal(
                calendar, as_of=date(2025, 1, 1), next_=None, color=False, width=200, left_out=0
            )
        ),
    }
    for name, text in shown.items():
        assert all(clock in text for clock in clocks), name
    vevent = next(
        part
        for part in feed.decode().replace("\r\n ", "").split("BEGIN:VEVENT")
        if f"UID:{rally.uid}" in part
    )
    row = next(
        row
        for row in csv.DictReader(rendered(calendar, "csv").splitlines())
        if row["id"] == rally.id
    )
    assert row["all_day"] == ("false" if start and end else "true")
    assert bool(row["timezone"]) == bool(start or end)
    for key, hours in (("start", start), ("end", end)):
        if not hours:
            assert row[key] == DAYS[key]
            continue
        assert row[key].startswith(f"{DAYS[key]}T{clock_of(hours)}")
        is_in_words = f"{clock_of(hours)}" in vevent.replace("\\", "")
        is_in_value = f"T{clock_of(hours).replace(':', '')}" in vevent
        assert is_in_words or is_in_value or _utc(row[key]) in vevent


def _utc(text: str) -> str:
    return f"{datetime.fromisoformat(text).astimezone(UTC):%Y%m%dT%H%M%SZ}"


@pytest.mark.parametrize("hours", ["T00:30[Pacific/Kiritimati]", "T23:30[Pacific/Honolulu]"])
@pytest.mark.parametrize("key", ["start", "end"])
def test_filters_find_a_side_on_its_own_day_and_on_that_of_the_calendar(
    key: str, hours: str
) -> None:
    sides = {"start": "", "end": ""} | {key: hours}
    calendar = with_hours(**sides).calendar
    own = datetime.fromisoformat(f"{DAYS[key]}{hours[:6]}")
    zone = zone_of(hours[7:-1])
    there = own.replace(tzinfo=zone).astimezone(zone_of("Asia/Riyadh")).date()
    for day in (own.date(), there):
        selected = select_events(calendar, Selection(first=day, last=day))
        assert "dakar-2025" in {event.id for event in selected.events}
