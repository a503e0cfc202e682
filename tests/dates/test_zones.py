"""Time zones: their names, onsets and rules, and how often their clocks show a time."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from timeline.dates.corrections.abbreviations import (
    ABBREVIATED,
    WITHOUT_SUMMER_TIME,
    zones_by_abbreviation,
)
from timeline.dates.corrections.zone_suggestions import nearest_zone, suggest_zone
from timeline.dates.zones import (
    BEGINNING_OF_TIME,
    TimesShown,
    attach_zone,
    get_zone,
    is_utc_zone,
    posix_tz_string,
    times_shown,
    zone_names,
    zone_onsets,
)

SOME = (
    "Africa/Casablanca",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "Antarctica/Troll",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Riyadh",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Dublin",
    "Pacific/Apia",
    "UTC",
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


NO_CHANGE = (date(2023, 10, 28), "America/Nuuk")
"""The last onset in Nuuk's file changes no offset, and hands over to a rule that says the clocks
were an hour ahead before it: CPython's zoneinfo takes the rule's word for that hour."""


def every_reading(naive: datetime, name: str) -> list[datetime]:
    """The instants at which the zone's clocks show ``naive``, by trying all of its offsets."""
    tz = get_zone(name)
    noon = naive.replace(tzinfo=UTC)
    offsets = {
        (noon + timedelta(hours=h)).astimezone(tz).utcoffset() or timedelta()
        for h in range(-48, 49)
    }
    instants = {noon - offset for offset in offsets}
    return sorted(u for u in instants if u.astimezone(tz).replace(tzinfo=None, fold=0) == naive)


@st.composite
def walls(draw: st.DrawFn) -> tuple[datetime, str]:
    """Times of day, every other one of them near an onset."""
    name = draw(st.sampled_from(SOME))
    if draw(st.booleans()):
        naive = draw(st.datetimes(*map(datetime.fromisoformat, ("1850-01-01", "2200-01-01"))))
        return naive.replace(microsecond=0), name
    onset = draw(st.sampled_from([*zone_onsets(name)[1:], zone_onsets(name)[-1]]))
    if onset.at == BEGINNING_OF_TIME:
        onset = replace(onset, at=0)
    near = draw(st.integers(-9000, 9000) | st.sampled_from([-3600, -1, 0, 1, 3600]))
    naive = (EPOCH + timedelta(seconds=onset.at + onset.offset + near)).replace(tzinfo=None)
    assume((naive.date(), name) != NO_CHANGE)
    return naive, name


@settings(deadline=None)  # no test asserts a time
@given(walls())
def test_how_often_the_clocks_show_a_time_is_what_trying_all_offsets_finds(
    at: tuple[datetime, str],
) -> None:
    expected = (TimesShown.NEVER, TimesShown.ONCE, TimesShown.TWICE)[len(every_reading(*at))]
    assert times_shown(*at) is expected


@settings(deadline=None)  # no test asserts a time
@given(walls())
def test_a_time_is_the_first_that_the_clocks_show(at: tuple[datetime, str]) -> None:
    naive, name = at
    aware = attach_zone(naive, name)
    assert aware.tzinfo is get_zone(name)
    if readings := every_reading(naive, name):
        assert aware.astimezone(UTC) == readings[0]
        assert aware.replace(fold=1).astimezone(UTC) == readings[-1]
        assert aware.replace(tzinfo=None, fold=0) == naive
    # Its wall time and fold are what the instant itself has: no gap, no needless fold.
    again = aware.astimezone(UTC).astimezone(get_zone(name))
    assert (aware.replace(tzinfo=None), aware.fold) == (again.replace(tzinfo=None), again.fold)


@settings(deadline=None)  # no test asserts a time
@given(walls())
def test_a_skipped_time_is_read_with_the_offset_before_the_gap(at: tuple[datetime, str]) -> None:
    naive, name = at
    if times_shown(naive, name) is not TimesShown.NEVER:
        return
    before = (naive.replace(tzinfo=UTC) - timedelta(days=1, hours=2)).astimezone(get_zone(name))
    if before.utcoffset() == naive.replace(tzinfo=get_zone(name)).utcoffset():
        offset = before.utcoffset()
        assert offset is not None
        assert attach_zone(naive, name).astimezone(UTC) == naive.replace(tzinfo=UTC) - offset


@pytest.mark.parametrize(
    ("naive", "name", "wall", "attached"),
    [
        ("2026-03-29T02:30", "Europe/Berlin", TimesShown.NEVER, "2026-03-29T03:30:00+02:00"),
        ("2026-03-29T02:00", "Europe/Berlin", TimesShown.NEVER, "2026-03-29T03:00:00+02:00"),
        ("2026-03-29T03:00", "Europe/Berlin", TimesShown.ONCE, "2026-03-29T03:00:00+02:00"),
        ("2026-10-25T02:30", "Europe/Berlin", TimesShown.TWICE, "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T03:00", "Europe/Berlin", TimesShown.ONCE, "2026-10-25T03:00:00+01:00"),
        ("2007-03-11T02:30", "America/New_York", TimesShown.NEVER, "2007-03-11T03:30:00-04:00"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", TimesShown.NEVER, "2026-10-04T02:45:00+11:00"),
        ("2011-12-30T12:00", "Pacific/Apia", TimesShown.NEVER, "2011-12-31T12:00:00+14:00"),
        ("2026-07-01T09:00", "Asia/Riyadh", TimesShown.ONCE, "2026-07-01T09:00:00+03:00"),
        ("0001-01-01T00:00", "America/New_York", TimesShown.ONCE, "0001-01-01T00:00:00-04:56:02"),
        ("9999-12-31T23:59", "America/New_York", TimesShown.ONCE, "9999-12-31T23:59:00-05:00"),
    ],
)
def test_rfc_5545_readings(naive: str, name: str, wall: TimesShown, attached: str) -> None:
    assert times_shown(datetime.fromisoformat(naive), name) is wall
    assert attach_zone(datetime.fromisoformat(naive), name).isoformat() == attached


def test_the_second_of_two_is_an_hour_later() -> None:
    naive = datetime.fromisoformat("2026-10-25T02:30")
    first = attach_zone(naive, "Europe/Berlin")
    second = first.replace(fold=1)
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)
    assert attach_zone(naive.replace(fold=1), "Europe/Berlin") == first
    assert times_shown(naive.replace(fold=1), "Europe/Berlin") is TimesShown.TWICE


@pytest.mark.parametrize("name", ["Factory", "europe/berlin", "Europe", "../zones", "", "Mars"])
def test_what_is_not_a_name_is_a_key_error(name: str) -> None:
    assert name not in zone_names()
    for function in (get_zone, posix_tz_string, zone_onsets, is_utc_zone):
        with pytest.raises(KeyError):
            function(name)
    with pytest.raises(KeyError):
        attach_zone(datetime.fromisoformat("2026-01-01"), name)


def test_every_name_has_a_zone_a_rule_and_a_history() -> None:
    assert {*SOME, "Asia/Calcutta", "EST"} < zone_names()
    for name in zone_names():
        assert str(get_zone(name)) == name
        assert posix_tz_string(name)
        assert zone_onsets(name)[0].at == BEGINNING_OF_TIME


def test_a_zone_is_the_packages_even_where_the_machine_has_another(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("zoneinfo")
    (path / "Asia").mkdir()
    data = files("tzdata").joinpath("zoneinfo", "America", "New_York").read_bytes()
    (path / "Asia" / "Riyadh").write_bytes(data)
    program = (
        "from datetime import datetime; from zoneinfo import ZoneInfo;"
        "from timeline.dates.zones import attach_zone;"
        "assert str(datetime(2026, 1, 1, tzinfo=ZoneInfo('Asia/Riyadh')).utcoffset()) != '3:00:00';"
        "print(attach_zone(datetime(2026, 1, 1), 'Asia/Riyadh'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONTZPATH": str(path), "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "2026-01-01 00:00:00+03:00\n"


def test_history_is_what_zoneinfo_reckons_with() -> None:
    for name in zone_names():
        tz = get_zone(name)
        history = zone_onsets(name)
        assert list(history) == sorted(history, key=lambda onset: onset.at)
        for before, onset in pairwise(history):
            for at, shown in ((onset.at - 1, before), (onset.at, onset)):
                local = (EPOCH + timedelta(seconds=at)).astimezone(tz)
                assert local.utcoffset() == timedelta(seconds=shown.offset), (name, onset)
                assert local.tzname() == shown.abbreviation, (name, onset)


def test_utc_by_all_its_names() -> None:
    same = {"UTC", "UCT", "Zulu", "Universal"}
    assert {n for n in zone_names() if is_utc_zone(n)} == same | {f"Etc/{n}" for n in same}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("asia/riyadh", "Asia/Riyadh"),
        ("ASIA/RIYADH", "Asia/Riyadh"),
        ("riyadh", "Asia/Riyadh"),
        ("Ryadh", "Asia/Riyadh"),
        ("Asia/Riyad", "Asia/Riyadh"),
        ("New York", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("America/New-York", "America/New_York"),
        ("Germany/Berlin", "Europe/Berlin"),
        ("Istanbul", "Europe/Istanbul"),  # not its old name Asia/Istanbul
        ("utc", "UTC"),
        ("etc/gmt+3", "Etc/GMT+3"),
        ("GMT+3", None),  # three hours the other way
        ("UTC+3", None),
        ("CEST", None),
        ("Z", None),
        ("Factory", None),
        ("W. Europe Standard Time", None),
        ("", None),
    ],
)
def test_the_near_miss(written: str, meant: str | None) -> None:
    assert nearest_zone(written) == meant


@settings(deadline=None)  # no test asserts a time
@given(st.text(max_size=30) | st.sampled_from(sorted(zone_names())))
def test_a_near_miss_is_a_name_and_a_name_is_its_own(text: str) -> None:
    near = nearest_zone(text)
    assert near is None or near in zone_names()
    if text in zone_names():
        assert near == text


@pytest.mark.parametrize(("name", "places"), sorted(ABBREVIATED.items()))
def test_the_places_of_an_abbreviation_are_names_and_use_it(
    name: str, places: tuple[str, ...]
) -> None:
    assert name not in zone_names()
    assert set(places) <= zone_names()
    assert zones_by_abbreviation(name.lower()) == places


@pytest.mark.parametrize(
    ("written", "help_"),
    [
        *((name, "write `AoE`") for name in ("aoe", "AOE", "Aoe", "Anywhere on Earth")),
        *((name, "write `AoE`") for name in ("anywhere-on-earth", "AoE (UTC-12)", "Etc/AoE")),
        ("UTC-12", "`Etc/GMT+12` (its sign is reversed) is at -12:00 all year; `AoE` is anywhere"),
        ("UTC+3", "`Etc/GMT-3` (its sign is reversed) is at +03:00 all year"),
        ("PT", "such as `America/Los_Angeles`"),
        ("ET", "such as `America/New_York`"),
        ("PST/PDT", "write `America/Los_Angeles`"),
        ("EST/EDT", "write `America/New_York`"),
        ("CET/CEST", "write `Europe/Paris` or `Europe/Berlin`"),
        ("CET+1", "such as `Europe/Paris` or `Europe/Berlin`; for 1 hour ahead of CET"),
        ("cet +1", "`Etc/GMT-2`, which is at +02:00 all year"),
        ("EST-5", "such as `America/New_York` or `America/Panama`; for 5 hours behind EST"),
        ("IST+5", "such as `Asia/Kolkata` or `Europe/Dublin` or `Asia/Jerusalem`"),
        ("CET-1", "write the place, such as `Europe/Paris` or `Europe/Berlin`"),
        ("W. Europe Standard Time", "write `Europe/Berlin`"),
        ("w. europe daylight time", "write `Europe/Berlin`"),
        ("Romance Standard Time", "write `Europe/Paris`"),
        ("GMT Standard Time", "write `Europe/London`"),
        ("Central Standard Time (Mexico)", "write `America/Mexico_City`"),
        ("Pacific Time", "write `America/Los_Angeles`"),
        ("(UTC-08:00) Pacific Time (US & Canada)", "write `America/Los_Angeles`"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome", "write `Europe/Amsterdam`"),
        ("(UTC) Dublin, Edinburgh, Lisbon, London", "write `Europe/Dublin`"),
        ("Kuwait, Riyadh", "write `Asia/Kuwait`"),
        ("Mars Standard Time", "write an IANA name"),
        ("est", "write `America/New_York` for a place with summer time, or `America/Panama`"),
        ("mst", "write `America/Denver` for a place with summer time, or `America/Phoenix`"),
        ("EST5", "write an IANA name"),
    ],
)
def test_what_people_write_instead_leads_to_a_zone(written: str, help_: str) -> None:
    assert help_ in suggest_zone(written, in_brackets=False)


AMBIGUOUS = ("AEST", "AMT", "AST", "BST", "CST", "ECT", "GST", "IST", "PST", "SST", "WST")


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_an_abbreviation_of_several_zones_leads_to_all_of_them(name: str) -> None:
    for written in (name, name.lower(), name.title()):
        places = re.findall("`([^`]+)`", suggest_zone(written, in_brackets=False))
        assert len(places) > 1
        assert len({get_zone(place).utcoffset(datetime(2026, 7, 1)) for place in places}) > 1 or (  # noqa: DTZ001 - of local times
            name == "AEST"
        )


@pytest.mark.parametrize(("name", "places"), sorted(WITHOUT_SUMMER_TIME.items()))
def test_a_name_without_summer_time_has_a_place_with_it_and_one_without(
    name: str, places: tuple[str, str]
) -> None:
    offsets = [
        {get_zone(zone).utcoffset(datetime(2026, month, 1)) for month in (1, 7)}  # noqa: DTZ001
        for zone in (name, *places)
    ]
    assert offsets[0] == offsets[2]
    assert len(offsets[1]) == 2
    assert offsets[0] < offsets[1]


def test_importing_it_brings_no_calendar_library() -> None:
    program = "import sys, timeline.dates.zones; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert not {"pendulum", "icalendar", "dateutil", "importlib.resources", "difflib"} & set(
        done.stdout.split()
    )


def test_a_zone_is_one_object() -> None:
    assert get_zone("Asia/Riyadh") is get_zone("Asia/Riyadh")
    assert isinstance(get_zone("Asia/Riyadh"), ZoneInfo)
