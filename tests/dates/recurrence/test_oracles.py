"""Recurrence rules against recurring-ical-events, icalendar and dateutil, and any text."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr
from hypothesis import assume, example, given
from hypothesis import strategies as st
from icalendar import Calendar, Event, vRecur
from msgspec.structs import replace

from support.recurrences import ZONES, at, recurrence
from timeline.dates.instants import Instant, to_zone
from timeline.dates.recurrence.constraints import parse_rrule
from timeline.dates.recurrence.parts import FREQUENCIES, PART_NAMES, WEEKDAYS
from timeline.dates.recurrence.rule import RecurrenceRule, RecurrenceStart
from timeline.dates.recurrence.starts import validate_rrule_start
from timeline.diagnostics.model import Refusal
from timeline.model.words.rules import rule_words
from timeline.model.words.wording import PLAIN_ENGLISH

CHANGES = {
    "Europe/Berlin": ("2025-03-30", "2025-10-26"),
    "America/New_York": ("2025-03-09", "2025-11-02"),
    "Australia/Lord_Howe": ("2025-04-06", "2025-10-05"),
    "America/Santiago": ("2025-04-05", "2025-09-07"),
    "Asia/Riyadh": ("2025-03-30", "2025-10-26"),
}
"""Days on which clocks change; in Riyadh they never do."""


@st.composite
def starts(draw: st.DrawFn) -> RecurrenceStart:
    """Draw a start, mostly near a change of the clock, mostly in the small hours."""
    zone = draw(st.sampled_from(ZONES))
    change = date.fromisoformat(draw(st.sampled_from(CHANGES[zone])))
    day = draw(
        st.one_of(
            st.integers(-40, 5).map(lambda days: change + timedelta(days=days)),
            st.dates(date(1990, 1, 1), date(2036, 12, 31)),
        )
    )
    if draw(st.integers(0, 3)) == 0:
        return day
    hour = draw(st.sampled_from((0, 1, 2, 2, 3, 9, 23)))
    minute = draw(st.sampled_from((0, 15, 30, 45)))
    return at(f"{day}T{hour:02}:{minute:02}", zone)


@st.composite
def rules(draw: st.DrawFn, begin: RecurrenceStart) -> RecurrenceRule:
    """Draw a rule that the start is in, but for BYSETPOS."""
    timed = isinstance(begin, Instant)
    wall = begin.wall if timed else datetime.combine(begin, datetime.min.time())
    kinds = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY", *(["HOURLY", "MINUTELY"] if timed else [])]
    freq = draw(st.sampled_from(kinds))
    parts = {"FREQ": freq}

    def maybe(name: str, own: int, others: st.SearchStrategy[int], odds: int = 3) -> None:
        if draw(st.integers(1, odds)) == 1:
            numbers = {own, *draw(st.lists(others, max_size=3))}
            parts[name] = ",".join(map(str, numbers))

    if draw(st.booleans()):
        parts["INTERVAL"] = str(draw(st.integers(1, 5)))
    maybe("BYMONTH", wall.month, st.integers(1, 12))
    if freq == "MONTHLY" or (freq == "YEARLY" and "BYMONTH" in parts):
        maybe("BYMONTHDAY", wall.day, st.integers(1, 31))
    if draw(st.integers(1, 3)) == 1:
        weekdays = {wall.weekday(), *draw(st.lists(st.integers(0, 6), max_size=3))}
        parts["BYDAY"] = ",".join(WEEKDAYS[day] for day in weekdays)
    elif freq == "MONTHLY" and "BYMONTHDAY" not in parts and draw(st.booleans()):
        parts["BYDAY"] = f"{(wall.day - 1) // 7 + 1}{WEEKDAYS[wall.weekday()]}"
    if timed and freq in ("DAILY", "WEEKLY"):
        maybe("BYHOUR", wall.hour, st.integers(0, 4), 4)
        maybe("BYMINUTE", wall.minute, st.sampled_from((0, 30)), 4)
    if draw(st.integers(1, 3)) == 1:
        parts["WKST"] = draw(st.sampled_from(WEEKDAYS))
    end = draw(st.sampled_from(("", "COUNT", "UNTIL")))
    if end == "COUNT" or freq == "MINUTELY":
        parts["COUNT"] = str(draw(st.integers(1, 60)))
    elif end == "UNTIL":
        until = wall + timedelta(minutes=draw(st.integers(0, 60 * 24 * 60)))
        kind = draw(st.sampled_from(("%Y%m%d", "%Y%m%dT%H%M%SZ"))) if timed else "%Y%m%d"
        parts["UNTIL"] = until.strftime(kind)
    rule = parse_rrule(";".join(f"{name}={value}" for name, value in parts.items()))
    try:
        validate_rrule_start(rule, begin)
    except Refusal as refusal:
        assert refusal.code == "rule-until"  # noqa: PT017 - all else would be wrong
        assume(False)
    return rule


@st.composite
def recurrences(draw: st.DrawFn) -> tuple[RecurrenceRule, RecurrenceStart]:
    begin = draw(starts())
    return draw(rules(begin)), begin


def native(item: RecurrenceStart) -> date:
    return item.moment if isinstance(item, Instant) else item


def moment(item: date) -> date:
    return item.astimezone(UTC) if isinstance(item, datetime) else item


def vevent(
    value: str,
    begin: RecurrenceStart,
    rdates: list[RecurrenceStart],
    exdates: list[RecurrenceStart],
) -> Calendar:
    event = Event()
    event.add("uid", "a@example.org")
    event.add("dtstamp", datetime(2025, 1, 1, tzinfo=UTC))
    event.add("dtstart", native(begin))
    event.add("rrule", vRecur.from_ical(value))
    if rdates:
        event.add("rdate", [native(item) for item in rdates])
    if exdates:
        event.add("exdate", [native(item) for item in exdates])
    calendar = Calendar()
    calendar.add_component(event)
    return calendar


@given(recurrences(), st.data())
def test_instances_are_those_of_recurring_ical_events(
    drawn: tuple[RecurrenceRule, RecurrenceStart], data: st.DataObject
) -> None:
    rule, begin = drawn
    last = day_of(begin) + timedelta(days=800 if rule.freq in ("MONTHLY", "YEARLY") else 60)
    instances = list(recurrence(rule, begin).instances(last=last))
    exdates = data.draw(st.lists(st.sampled_from(instances), max_size=3))
    rdates = data.draw(st.lists(st.sampled_from(instances).map(half_a_day_on), max_size=3))
    assume(
        not any(
            confused(instance, other) for instance in exdates for other in (*instances, *rdates)
        )
    )
    ours = list(recurrence(rule, begin, rdates, exdates).instances(last=last))
    calendar = vevent(rule.value(begin), begin, rdates, exdates)
    window = day_of(begin) - timedelta(days=2), last + timedelta(days=3)
    theirs = [event.start for event in recurring_ical_events.of(calendar).between(*window)]
    # It finds times that overlap the window, in no zone; what counts is the day on the clock.
    near = sorted({moment(item) for item in theirs if wall_day(item) <= last})
    assert [moment(native(item)) for item in ours] == near


def confused(instance: RecurrenceStart, other: RecurrenceStart) -> bool:
    """Whether the oracle takes instance of two moments for the other.

    It knows instances by what the clock shows there and in UTC, and does not say which it means:
    an EXDATE of 00:00 in Berlin takes 01:00 away too, which is 00:00 in UTC.
    """
    if not isinstance(instance, Instant) or not isinstance(other, Instant) or instance == other:
        return False
    return bool(
        {instance.wall, instance.utc.replace(tzinfo=None)}
        & {other.wall, other.utc.replace(tzinfo=None)}
    )


def day_of(item: RecurrenceStart) -> date:
    return item.wall.date() if isinstance(item, Instant) else item


def wall_day(item: date) -> date:
    return item.date() if isinstance(item, datetime) else item


def half_a_day_on(item: RecurrenceStart) -> RecurrenceStart:
    if isinstance(item, Instant):
        return Instant(to_zone(item.wall + timedelta(hours=12), item.zone), item.zone)
    return item + timedelta(days=1)


@given(recurrences())
def test_a_value_is_read_by_icalendar_and_dateutil(
    drawn: tuple[RecurrenceRule, RecurrenceStart],
) -> None:
    rule, begin = drawn
    value = rule.value(begin)
    read = vRecur.from_ical(value)
    assert read.to_ical().decode() == value
    defaults = RecurrenceRule("DAILY")
    for name in RecurrenceRule.__struct_fields__:
        ours, theirs = getattr(rule, name), read.get(name)
        if theirs is None:
            assert name != "freq"
            assert ours == getattr(defaults, name)
        elif name.startswith("by"):
            assert list(map(str, ours)) == list(map(str, theirs))
        elif name != "until":
            shown = WEEKDAYS[ours] if name == "wkst" else ours
            assert [str(shown)] == list(map(str, theirs))
        else:
            assert isinstance(theirs[0], datetime) is isinstance(begin, Instant)
    # In UTC, where its own arithmetic on clocks is right.
    wall = datetime.combine(day_of(begin), getattr(begin, "wall", datetime.min).time())  # noqa: DTZ901
    utc = Instant(to_zone(wall, "UTC"), "UTC") if isinstance(begin, Instant) else begin
    expected = rrulestr(
        rule.value(utc), dtstart=wall.replace(tzinfo=UTC) if utc is not begin else wall
    )
    ours = list(islice(recurrence(rule, utc).instances(), 50))
    theirs = islice(expected, 50)
    assert [getattr(i, "wall", i) for i in ours] == [
        t.replace(tzinfo=None) if isinstance(begin, Instant) else t.date() for t in theirs
    ]


@given(recurrences())
def test_a_value_is_read_back_as_the_same_rule(
    drawn: tuple[RecurrenceRule, RecurrenceStart],
) -> None:
    rule, begin = drawn
    value = rule.value(begin)
    read = parse_rrule(value)
    assert read.value(begin) == value
    assert replace(read, until=rule.until) == rule
    validate_rrule_start(read, begin)
    assert rule_words(read, begin, PLAIN_ENGLISH) == rule_words(rule, begin, PLAIN_ENGLISH)
    last = recurrence(rule, begin).last_day
    assert (last is None) is rule.is_endless
    if last:
        *_, final = recurrence(rule, begin).instances()
        assert day_of(final) == last


SHORT = [
    *(f"BYMONTH={month}" for month in ("1", "2,3", "12")),
    *(f"BYDAY={day}" for day in ("MO", "SA,SU", "1MO", "-1FR", "5WE")),
    *(f"BYMONTHDAY={day}" for day in ("1", "13", "29", "-1", "30,31")),
    *("BYYEARDAY=1,366", "BYWEEKNO=1,53", "BYSETPOS=-1", "BYSETPOS=2", "BYSETPOS=6"),
    *("INTERVAL=2", "INTERVAL=7", "WKST=SU"),
]


@given(
    st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")),
    st.lists(st.sampled_from(SHORT), max_size=4),
    st.dates(date(1900, 1, 1), date(2300, 1, 1)),
)
def test_the_start_that_is_offered_is_the_first_that_will_do(
    freq: str, parts: list[str], begin: date
) -> None:
    try:
        rule = parse_rrule(";".join((f"FREQ={freq}", *parts)))
    except Refusal:
        assume(False)
    try:
        validate_rrule_start(rule, begin)
    except Refusal as refusal:
        assert refusal.code == "rule-start"  # noqa: PT017 - there need not be one
        offered = begin + timedelta(days=10)
        if match := re.match("start on `([0-9-]+)`", refusal.help or ""):
            offered = date.fromisoformat(match[1])
            validate_rrule_start(rule, offered)
        # Those between are refused; the last of them are enough to know.
        for days in range(1, min((offered - begin).days, 10)):
            with pytest.raises(Refusal):
                validate_rrule_start(rule, offered - timedelta(days=days))


WORDS_OF_RULES = st.sampled_from(
    (*PART_NAMES, *FREQUENCIES, *WEEKDAYS, *"=;,+-0127", "99", "2025", "0131", "T")
)


@given(st.one_of(st.text(), st.lists(WORDS_OF_RULES, max_size=16).map("".join)), starts())
def test_no_text_does_anything_but_be_read_or_refused(text: str, begin: RecurrenceStart) -> None:
    try:
        rule = parse_rrule(text)
        validate_rrule_start(rule, begin)
    except Refusal as refusal:
        first, last = refusal.part or (0, 0)
        assert 0 <= first <= last <= len(text)
    else:
        assert parse_rrule(rule.value(begin)).value(begin) == rule.value(begin)


@example(parts={"byday": "0,0"})
@example(parts={"bysecond": ["1", "0,0"]})
@given(
    st.dictionaries(
        st.one_of(st.text(max_size=3), st.sampled_from([name.lower() for name in PART_NAMES])),
        st.recursive(
            st.one_of(st.text(), WORDS_OF_RULES),
            lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
            max_leaves=4,
        ),
    )
)
def test_no_parts_do_anything_but_be_read_or_refused(parts: dict[str, object]) -> None:
    try:
        parse_rrule(parts)
    except Refusal as refusal:
        for place in (refusal, *refusal.others):
            assert_is_within(place, parts)


def assert_is_within(refusal: Refusal, parts: dict[str, object]) -> None:
    """Assert that the part of a refusal is of the text that it points to."""
    if refusal.part is None:
        return
    text: Any = parts
    assert refusal.inside is not None
    for step in refusal.inside.path:
        text = text[step]
    start, end = refusal.part
    assert isinstance(text, str)
    assert 0 <= start < end <= len(text)
