"""Laws of the days of times: ``.day`` is harmless, and ``between`` takes the day by itself."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import HealthCheck, assume, given, settings

from support import readback, strict
from support.drawn_dates import dated_files
from support.formats import COMPARED
from support.loading import load_text
from timeline.model.events import AllDay, Mixed, Timed, Undated, make_when

EDGE = re.compile(r"\b([a-z0-9-]+\.(?:start|end))\b(?!\.day)")
drawn = settings(
    max_examples=40, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)


def outputs(data: dict[str, Any]) -> dict[str, bytes] | None:
    """Return every output of a file, ``None`` if it has an error."""
    loaded = load_text(json.dumps(data))
    if not loaded.is_sound:
        return None
    files = {
        name: b"".join(form.render_file(loaded.calendar, form.options()))
        for name, form in COMPARED.items()
        if not form.is_for_each_feed
    }
    return files | {"ics": readback.feed_of(loaded.calendar)}


def replaced(data: Any, pattern: re.Pattern[str], by: str) -> Any:
    """Return data with all texts of dates changed."""
    if isinstance(data, dict):
        return {key: replaced(value, pattern, by) for key, value in data.items()}
    if isinstance(data, list):
        return [replaced(item, pattern, by) for item in data]
    return pattern.sub(by, data) if isinstance(data, str) else data


@drawn
@given(dated_files())
def test_the_day_of_what_is_no_time_is_the_same_date(data: dict[str, Any]) -> None:
    without_times = replaced(
        data, re.compile(r"[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?(\[.+?\])?"), ""
    )
    without_times = replaced(without_times, re.compile(r" at$"), "")
    before = outputs(without_times)
    assume(before is not None)
    loaded = load_text(json.dumps(without_times))
    assume(not any(isinstance(event.when, Timed | Mixed) for event in loaded.calendar.events))
    assert outputs(replaced(without_times, EDGE, r"\1.day")) == before


@drawn
@given(dated_files())
def test_a_between_takes_the_day_of_a_time_by_itself(data: dict[str, Any]) -> None:
    betweens = re.compile(r"^between ([a-z0-9-]+\.(?:start|end)) and ([a-z0-9-]+\.(?:start|end))$")
    explicit = replaced(data, betweens, r"between \1.day and \2.day")
    assert outputs(explicit) == outputs(data)


@drawn
@given(dated_files())
def test_a_span_is_drawn_by_the_kinds_of_its_sides(data: dict[str, Any]) -> None:
    loaded = load_text(json.dumps(data))
    assume(loaded.is_sound)
    for event in loaded.calendar.events:
        when = event.when
        if isinstance(when, Undated):
            continue
        assert make_when(when.start, when.end) == when
        if isinstance(when, Mixed):
            assert isinstance(when.days, AllDay)
            assert make_when(when.days.start, when.days.end) == when.days
    feed = readback.feed_of(loaded.calendar)
    strict.check(feed)
    readback.assert_reads_back(feed, loaded.calendar)


@drawn
@given(dated_files())
def test_a_help_names_no_day_and_no_hour_that_the_file_does_not_have(data: dict[str, Any]) -> None:
    text = json.dumps(data)
    for diagnostic in load_text(text).diagnostics:
        if diagnostic.code in COMPUTED:
            continue
        facts = re.findall(r"\d{4}-\d\d-\d\d|\d\d:\d\d", diagnostic.help or "")
        assert all(fact in text for fact in facts), diagnostic


COMPUTED = {
    "empty-between": "of a week, a season or a quarter in a `between`, the outermost day",
    "skipped-time": "the time that clocks show instead",
    "repeated-time": "both times that clocks show, with their offsets",
    "offset-mismatch": "the offset that the zone has then",
    "working-days-uncovered": "the day up to which days off are missing",
    "end-before-start": "the day after, if it is a night, or the year of the start",
    "offset-or-end": "the time at which it would end",
}
"""The rules whose helps compute a day or an hour from what the file has, and why."""
