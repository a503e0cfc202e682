from __future__ import annotations

import io
from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from functools import cache

import dateutil.tz
import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from timeline.dates.zones import get_zone, zone_names, zone_onsets
from timeline.formats.ics.vtimezone import vtimezone_lines

VARIED = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "Africa/Lagos",
    "America/Caracas",
    "America/Havana",
    "America/Los_Angeles",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Pyongyang",
    "Asia/Riyadh",
    "Asia/Tehran",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "EST5EDT",
    "Etc/GMT+5",
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Europe/London",
    "Europe/Moscow",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Easter",
    "Pacific/Kiritimati",
)
YEARS = ((1990, 1992), (2005, 2008), (2024, 2028), (2040, 2040))
OLD = (
    ("Asia/Riyadh", 1940, 1950),
    ("Europe/Berlin", 1914, 1921),
    ("Europe/Berlin", 1938, 1950),
    ("Europe/Dublin", 1966, 1973),
    ("Europe/London", 1939, 1949),
    ("Pacific/Apia", 2009, 2013),
    ("America/New_York", 1969, 1976),
    ("Asia/Manila", 1843, 1846),
    ("Africa/Monrovia", 1970, 1973),
    ("Africa/Juba", 2020, 2022),
    ("Asia/Manila", 2, 3),
    ("Europe/Berlin", 9997, 9998),
)


def utc_transitions(name: str, first_year: int, last_year: int) -> list[datetime]:
    """When the offset changes, found by asking zoneinfo every six hours and bisecting."""
    tz = get_zone(name)
    step = timedelta(hours=6)
    at = datetime(first_year, 1, 1, tzinfo=UTC) - timedelta(days=2)
    end = datetime(last_year, 12, 31, tzinfo=UTC) + timedelta(days=2)
    transitions = []
    offset = at.astimezone(tz).utcoffset()
    while at < end:
        after = (at + step).astimezone(tz).utcoffset()
        if after != offset:
            low, high = 0, int(step.total_seconds())
            while high - low > 1:
                middle = (low + high) // 2
                same = (at + timedelta(seconds=middle)).astimezone(tz).utcoffset() == offset
                low, high = (middle, high) if same else (low, middle)
            transitions.append(at + timedelta(seconds=high))
            offset = after
        at += step
    return transitions


@cache
def instants(name: str, first_year: int, last_year: int) -> list[tuple[datetime, datetime]]:
    """Instants worth a look, and what the clocks show then: in the years given, both included."""
    near = [timedelta(seconds=s) for s in (0, 1, 1799, 1800, 3599, 3600, 7200, 86399, 86400)]
    looked_at = {
        at + way * delta
        for at in utc_transitions(name, first_year, last_year)
        for delta in near
        for way in (-1, 1)
    }
    for year in range(first_year, last_year + 1):
        looked_at |= {datetime(year, month, 15, 12, tzinfo=UTC) for month in range(1, 13)}
        looked_at |= {
            datetime(year, *day, tzinfo=UTC) + timedelta(hours=h)
            for day in ((1, 1), (12, 31))
            for h in range(-25, 49)
            if 2 < year < 9998
        }
    tz = get_zone(name)
    both = [(at, at.astimezone(tz)) for at in sorted(looked_at)]
    return [(at, local) for at, local in both if first_year <= local.year <= last_year]


class TinyZone:
    """RFC 5545 3.6.5 in a few lines: the observance with the latest onset is in force."""

    def __init__(self, lines: list[str], last_year: int) -> None:
        self.onsets: list[tuple[datetime, timedelta]] = []
        for part in "\n".join(lines).split("\nBEGIN:")[1:]:
            fields = dict(line.split(":", 1) for line in part.split("\n")[1:] if ":" in line)
            start = datetime.fromisoformat(fields["DTSTART"])
            before, after = self.offset(fields["TZOFFSETFROM"]), self.offset(fields["TZOFFSETTO"])
            walls = [start]
            if rule := fields.get("RRULE"):
                end = datetime.fromisoformat(f"{min(last_year + 1, 9999)}-12-31")
                walls = rrulestr(rule, dtstart=start).between(start, end, inc=True)
                assert walls[0] == start, "DTSTART must be an instance of the rule"
            self.onsets += [(wall - before, after) for wall in walls]
        self.onsets.sort(key=lambda onset: onset[0])
        assert len({onset for onset, _ in self.onsets}) == len(self.onsets)

    @staticmethod
    def offset(text: str) -> timedelta:
        hours, minutes, seconds = int(text[1:3]), int(text[3:5]), int(text[5:7] or 0)
        value = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        return -value if text[0] == "-" else value

    def at(self, instant: datetime) -> timedelta:
        index = bisect_right(self.onsets, instant.replace(tzinfo=None), key=lambda o: o[0])
        assert index, "nothing is in force yet"
        return self.onsets[index - 1][1]


CASES = [(name, *years) for name in VARIED for years in YEARS] + list(OLD)


@pytest.mark.parametrize(("name", "first_year", "last_year"), CASES)
def test_it_agrees_with_zoneinfo(name: str, first_year: int, last_year: int) -> None:
    tiny = TinyZone(vtimezone_lines(name, first_year, last_year), last_year)
    for at, local in instants(name, first_year, last_year):
        assert tiny.at(at) == local.utcoffset(), local


@pytest.mark.slow
def test_all_zones_in_the_years_to_come() -> None:
    for name in sorted(zone_names()):
        tiny = TinyZone(vtimezone_lines(name, 2025, 2026), 2026)
        for at, local in instants(name, 2025, 2026):
            assert tiny.at(at) == local.utcoffset(), local


def kinds(lines: list[str]) -> list[str]:
    """Return the kind, the offset and the abbreviation of each observance."""
    begins = [line for line in lines if line.startswith(("BEGIN:D", "BEGIN:S"))]
    offsets = [line for line in lines if line.startswith("TZOFFSETTO:")]
    names = [line for line in lines if line.startswith("TZNAME:")]
    values = zip(begins, offsets, names, strict=True)
    return [" ".join(line.partition(":")[2] for line in observance) for observance in values]


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("Asia/Qostanay", 2020, ["STANDARD +0600 +06"]),
        # Double summer time in summer: what was left of the year is then the standard.
        (
            "Europe/London",
            1942,
            ["STANDARD +0100 BST", *["DAYLIGHT +0200 BDST", "STANDARD +0100 BST"] * 2],
        ),
        ("America/New_York", 1943, ["STANDARD -0400 EWT"]),
        # Two names of one offset: both are the lowest.
        ("America/Montreal", 1941, ["STANDARD -0400 EDT", "STANDARD -0400 EWT"]),
        # Daylight saving time was made the standard, without a change of the clocks.
        ("Pacific/Auckland", 1970, ["STANDARD +1200 NZST"]),
        # A year with both is as it was.
        ("Asia/Qostanay", 2024, ["DAYLIGHT +0600 +06", "STANDARD +0500 +05"]),
    ],
)
def test_a_zone_that_only_had_daylight_saving_time_has_a_standard_observance(
    name: str, year: int, expected: list[str]
) -> None:
    assert kinds(vtimezone_lines(name, year, year)) == expected


@pytest.mark.slow
def test_every_zone_has_a_standard_observance_in_every_year() -> None:
    distinct = {zone_onsets(name): name for name in sorted(zone_names())}
    for onsets, name in distinct.items():
        # Thunder Bay was the first to have summer time, in 1908.
        for year in range(1908, 2030) if any(onset.dst for onset in onsets) else ():
            assert "BEGIN:STANDARD" in vtimezone_lines(name, year, year), (name, year)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(zone_names())), st.integers(1840, 2100), st.integers(0, 6))
def test_any_zone_in_any_years(name: str, first_year: int, more: int) -> None:
    last_year = first_year + more
    lines = vtimezone_lines(name, first_year, last_year)
    assert "BEGIN:STANDARD" in lines
    tiny = TinyZone(lines, last_year)
    for at, local in instants(name, first_year, last_year):
        assert tiny.at(at) == local.utcoffset(), local


@pytest.mark.parametrize(("name", "first_year", "last_year"), CASES)
def test_two_parsers_read_the_same(name: str, first_year: int, last_year: int) -> None:
    text = "\r\n".join([*vtimezone_lines(name, first_year, last_year), ""])
    component = icalendar.Timezone.from_ical(text)
    assert component.tz_name == name
    parsers = (component.to_tz(lookup_tzid=False), dateutil.tz.tzical(io.StringIO(text)).get(name))
    for _, local in instants(name, first_year, last_year)[::3]:
        wall = local.replace(tzinfo=None)
        for tz in parsers:
            assert wall.replace(tzinfo=tz).utcoffset() == local.utcoffset(), (local, tz)


def test_a_strict_parser_reads_all_zones() -> None:
    for name in sorted(zone_names()):
        lines = vtimezone_lines(name, 2020, 2027)
        calendar = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""]
        read = IcsCalendarStream.calendar_from_ics("\r\n".join(calendar))
        assert [zone.tz_id for zone in read.timezones] == [name]
        assert max(map(len, lines)) <= 75  # so that no client has to unfold one


GOLDEN = {
    ("Europe/Berlin", 2025): """
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
""",
    ("Asia/Riyadh", 2025): """
BEGIN:VTIMEZONE
TZID:Asia/Riyadh
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0300
TZOFFSETTO:+0300
TZNAME:+03
END:STANDARD
END:VTIMEZONE
""",
    # Half an hour, in the southern hemisphere, with numbers for names.
    ("Australia/Lord_Howe", 2025): """
BEGIN:VTIMEZONE
TZID:Australia/Lord_Howe
BEGIN:STANDARD
DTSTART:19700405T020000
RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU
TZOFFSETFROM:+1100
TZOFFSETTO:+1030
TZNAME:+1030
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19701004T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU
TZOFFSETFROM:+1030
TZOFFSETTO:+1100
TZNAME:+11
END:DAYLIGHT
END:VTIMEZONE
""",
    # The clocks are put back for Ramadan: no rule, so the onsets of 2025, and of 2026 for safety.
    ("Africa/Casablanca", 2025): """
BEGIN:VTIMEZONE
TZID:Africa/Casablanca
BEGIN:DAYLIGHT
DTSTART:20240414T020000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:+01
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20250223T030000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:+00
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20250406T020000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:+01
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20260215T030000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:+00
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260322T020000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:+01
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20260920T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:+00
END:STANDARD
END:VTIMEZONE
""",
    # The Friday after the last Thursday of October, which may be in November.
    ("Africa/Cairo", 2025): """
BEGIN:VTIMEZONE
TZID:Africa/Cairo
BEGIN:DAYLIGHT
DTSTART:19700424T000000
RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=-1FR
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
TZNAME:EEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701030T000000
RRULE:FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=26,27,28,29,30,31;BYDAY=FR
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
TZNAME:EET
END:STANDARD
BEGIN:STANDARD
DTSTART:19741101T000000
RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1;BYDAY=FR
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
TZNAME:EET
END:STANDARD
END:VTIMEZONE
""",
    # Local mean time has seconds, and no beginning.
    ("Asia/Riyadh", 1947): """
BEGIN:VTIMEZONE
TZID:Asia/Riyadh
BEGIN:STANDARD
DTSTART:19460101T000000
TZOFFSETFROM:+030652
TZOFFSETTO:+030652
TZNAME:LMT
END:STANDARD
BEGIN:STANDARD
DTSTART:19470314T000000
TZOFFSETFROM:+030652
TZOFFSETTO:+0300
TZNAME:+03
END:STANDARD
END:VTIMEZONE
""",
    # One change by the old rule, then the rule that holds since 2007.
    ("America/New_York", 2006): """
BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:STANDARD
DTSTART:20051030T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:EST
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20060402T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
TZNAME:EDT
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20061029T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:EST
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
TZNAME:EDT
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:EST
END:STANDARD
END:VTIMEZONE
""",
}


@pytest.mark.parametrize(("name", "year"), GOLDEN)
def test_the_text(name: str, year: int) -> None:
    assert vtimezone_lines(name, year, year) == GOLDEN[name, year].split()


def test_an_event_in_another_year_changes_nothing_where_the_rule_is_true() -> None:
    for name in ("Europe/Berlin", "Asia/Riyadh", "Europe/London", "Africa/Lagos"):
        assert (
            vtimezone_lines(name, 1999, 1999)
            == vtimezone_lines(name, 2025, 2031)
            == vtimezone_lines(name, 2026, 9998)
        )


def test_at_most_two_observances_for_the_years_to_come() -> None:
    more = {
        name
        for name in zone_names()
        if sum(line.startswith("BEGIN:") for line in vtimezone_lines(name, 2030, 2040)) > 3
    }
    # Cairo's rule takes two RRULEs. Palestine's depends on the moon; so did Morocco's up to 2026e.
    palestine, morocco = {"Asia/Gaza", "Asia/Hebron"}, {"Africa/Casablanca", "Africa/El_Aaiun"}
    assert more - palestine - morocco == {"Africa/Cairo", "Egypt"}


def test_summer_is_ahead_where_the_law_calls_winter_the_exception() -> None:
    text = "\n".join(vtimezone_lines("Europe/Dublin", 2025, 2025))
    assert "TZOFFSETTO:+0100\nTZNAME:IST\nEND:DAYLIGHT" in text
    assert "TZOFFSETTO:+0000\nTZNAME:GMT\nEND:STANDARD" in text
