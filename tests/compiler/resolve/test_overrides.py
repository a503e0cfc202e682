"""Instances of a series that differ from the others."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from support.loading import calendar_of, file_text, load_text
from support.resolved import dates_text, load_events
from timeline.compiler.resolve import alarm_count
from timeline.dates import Instant
from timeline.model import Person, calendar_of_feed

if TYPE_CHECKING:
    from timeline.model import Override


@pytest.mark.parametrize(
    ("instance", "start", "span"),
    [
        (
            "2027-10-31",
            "2027-11-05T22:00",
            "2027-11-05T22:00:00+01:00 to 2027-11-06T05:00:00+01:00",
        ),
        (
            "2027-11-01",
            "2028-03-25T22:00",
            "2028-03-25T22:00:00+01:00 to 2028-03-26T05:00:00+02:00",
        ),
        # The second 02:30 of a night, whose 09:30 is the only one.
        (
            "2027-10-31",
            "'2028-10-29T02:30+01:00[Europe/Berlin]'",
            "2028-10-29T02:30:00+01:00 to 2028-10-29T09:30:00+01:00",
        ),
    ],
)
def test_a_moved_instance_keeps_its_length_on_the_clock(
    instance: str, start: str, span: str
) -> None:
    night = "id: night, start: 2027-10-30T22:00, end: 2027-10-31T05:00, rrule: FREQ=DAILY;COUNT=5"
    loaded = load_events(f"{night}, overrides: [{{recurrence-id: {instance}, start: {start}}}]")
    assert loaded.is_sound, loaded.diagnostics
    (event,) = loaded.calendar.events
    assert dates_text(event.overrides[0].event) == span


WEEKLY = "id: a, start: 2027-03-01T18:00, duration: 2 hours, rrule: FREQ=WEEKLY;COUNT=8"


def override_of(
    series: str, override: str, top: str = "", *, codes: tuple[str, ...] = ()
) -> Override:
    """Return the only override of a series that has no diagnostics but those of some codes."""
    loaded = load_text(file_text(f"summary: S, {series}, overrides: [{{{override}}}]", top=top))
    assert tuple(diagnostic.code for diagnostic in loaded.diagnostics) == codes
    (resolved,) = loaded.calendar.events[0].overrides
    return resolved


@pytest.mark.parametrize(
    ("override", "span"),
    [
        # The clocks in New York change on 14 March, those in Berlin on 28 March.
        (
            "recurrence-id: 2027-03-22, timezone: America/New_York, start: 2027-03-22T18:00",
            "2027-03-22T18:00:00-04:00 to 2027-03-22T20:00:00-04:00",
        ),
        (
            "recurrence-id: 2027-03-08, timezone: America/New_York, start: 2027-03-13T23:30",
            "2027-03-13T23:30:00-05:00 to 2027-03-14T01:30:00-05:00",
        ),
        (
            "recurrence-id: 2027-03-08, timezone: America/New_York, start: 2027-03-14T01:00",
            "2027-03-14T01:00:00-05:00 to 2027-03-14T03:00:00-04:00",
        ),
        (
            "recurrence-id: 2027-03-29, timezone: Asia/Tokyo, end: 2027-03-30T04:00",
            "2027-03-29T18:00:00+02:00 to 2027-03-30T04:00:00+09:00",
        ),
        (
            (
                "recurrence-id: 2027-03-29, timezone: Asia/Tokyo, start: 2027-03-30T01:00, "
                "end: 2027-03-30T04:00"
            ),
            "2027-03-30T01:00:00+09:00 to 2027-03-30T04:00:00+09:00",
        ),
        (
            (
                "recurrence-id: 2027-03-29, timezone: Asia/Tokyo, start: 2027-03-29T16:00Z, "
                "end: '2027-03-29T18:00[Europe/London]'"
            ),
            "2027-03-29T16:00:00+00:00 to 2027-03-29T18:00:00+01:00",
        ),
        (
            (
                "recurrence-id: 2027-03-29, timezone: Asia/Tokyo, start: 2027-03-30T01:00, "
                "duration: 1 day"
            ),
            "2027-03-30T01:00:00+09:00 to 2027-03-31T01:00:00+09:00",
        ),
        (
            "recurrence-id: 2027-03-29, timezone: AoE, start: 2027-03-29T23:59",
            "2027-03-29T23:59:00-12:00 to 2027-03-30T01:59:00-12:00",
        ),
    ],
)
def test_the_times_of_an_override_are_in_its_time_zone(override: str, span: str) -> None:
    resolved = override_of(WEEKLY, override)
    assert dates_text(resolved.event) == span
    assert isinstance(resolved.recurrence_id, Instant)
    assert resolved.recurrence_id.zone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("series", "override", "help_"),
    [
        (
            WEEKLY,
            "recurrence-id: 2027-03-22, timezone: America/New_York",
            (
                "write `start: 2027-03-22T13:00` for the same moment, or "
                "`start: 2027-03-22T18:00` for the same time of day there"
            ),
        ),
        (
            WEEKLY,
            "recurrence-id: 2027-03-29, timezone: AoE, duration: 1 hour",
            (
                "write `start: 2027-03-29T04:00` for the same moment, or "
                "`start: 2027-03-29T18:00` for the same time of day there"
            ),
        ),
        (
            "id: a, start: 2027-03-01, rrule: FREQ=WEEKLY",
            (
                "recurrence-id: 2027-03-22, timezone: Asia/Tokyo, start: 2027-03-23, "
                "alarms: [1 day before]"
            ),
            "remove it: this is an all-day event",
        ),
    ],
)
def test_a_time_zone_without_times_is_refused(series: str, override: str, help_: str) -> None:
    (diagnostic,) = load_events(f"{series}, overrides: [{{{override}}}]").diagnostics
    assert (diagnostic.code, diagnostic.help) == ("missing-key", help_)


ALARMS = "alarms: [1 hour before, 2027-02-28T12:00]"
CATEGORY = "categories: {stage: {alarms: [1 day before]}}\n"


@pytest.mark.parametrize(
    ("override", "triggers"),
    [
        ("location: Hall", ["-1 h", "-24 h"]),
        ("alarms: []", []),
        ("alarms: [2 hours before]", ["-2 h"]),
        ("alarms: [2 hours before end]", ["-2 h"]),
        ("alarms: [2027-03-20T12:00]", ["2027-03-20T12:00:00+01:00"]),
        ("alarms: [2027-03-20T12:00], timezone: Asia/Tokyo", ["2027-03-20T12:00:00+09:00"]),
        ("alarms: [1 day before at 09:00]", ["-33 h"]),
        # Back over the change of UTC offset, so it is a time in UTC.
        ("alarms: [1 week before], start: 2027-03-30T18:00", ["2027-03-23T17:00:00+00:00"]),
        ("alarms: [1 month before], start: 2027-03-23T18:00", ["-672 h"]),
        ("alarms: [0 days before at 09:00], start: 2027-03-23T20:00", ["-11 h"]),
    ],
)
def test_the_alarms_of_an_override_replace_all_others(override: str, triggers: list[str]) -> None:
    series = f"{WEEKLY}, {ALARMS}, categories: [stage]"
    resolved = override_of(series, f"recurrence-id: 2027-03-22, {override}", CATEGORY)
    shown = [
        str(trigger) if isinstance(trigger, Instant) else f"{trigger / timedelta(hours=1):g} h"
        for trigger in (alarm.trigger for alarm in resolved.event.alarms)
    ]
    assert shown == triggers


def test_the_alarms_of_a_feed_replace_those_of_an_override() -> None:
    feeds = "feeds: [{id: quiet, alarms: []}, {id: loud, alarms: [3 hours before]}]\n"
    series = f"{WEEKLY}, overrides: [{{recurrence-id: 2027-03-22, alarms: [1 hour before]}}]"
    calendar = calendar_of(file_text(f"summary: S, {series}", top=feeds))
    for feed, count in zip(calendar.feeds, (0, 1), strict=True):
        (event,) = calendar_of_feed(calendar, feed).events
        alarms = event.overrides[0].event.alarms
        assert [alarm.trigger for alarm in alarms] == [timedelta(hours=-3)] * count


def test_an_override_may_have_its_own_organizer_colour_and_transparency() -> None:
    series = f"{WEEKLY}, color: navy, transparency: transparent, organizer: {{email: a@x.org}}"
    changes = "color: crimson, transparency: opaque, organizer: {name: Ben, email: b@x.org}"
    codes = ("shown-as-invitation",)
    instance = override_of(series, f"recurrence-id: 2027-03-22, {changes}", codes=codes).event
    assert (instance.color, instance.transp) == ("crimson", "opaque")
    assert instance.details.organizer == Person("Ben", "b@x.org")
    same = override_of(series, "recurrence-id: 2027-03-22, location: Hall", codes=codes).event
    assert (same.color, same.transp) == ("navy", "transparent")
    assert same.details.organizer == Person(None, "a@x.org")


def test_the_alarms_of_overrides_count_in_place_of_those_of_their_event(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(alarm_count, "MAX_ALARMS", 5)
    own = "alarms: [1 day before]"
    several = "{recurrence-id: 2027-03-22, alarms: [1 hour before, 2 hours before, 3 hours before]}"
    none = "{recurrence-id: 2027-03-29, alarms: []}"
    same = "{recurrence-id: 2027-04-05}"
    for overrides, codes in (
        (f"{several}, {same}", []),
        (f"{several}, {none}, {same}", []),
        (f"{several}, {same}, {{recurrence-id: 2027-03-08, location: Hall}}", ["too-large"]),
    ):
        loaded = load_events(f"{WEEKLY}, {own}, overrides: [{overrides}]")
        assert [diagnostic.code for diagnostic in loaded.diagnostics] == codes
