"""Times as written, and the instants that they are in a zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.dates.clock_times import ClockTime, parse_clock_time, parse_time_of_day
from timeline.dates.instants import (
    Instant,
    is_fixed_zone,
    resolve_clock_time,
    resolve_moved_wall_time,
)
from timeline.dates.zones import TimesShown, times_shown
from timeline.diagnostics.model import Refusal


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


WRITTEN = [
    # written, wall clock, zone, offset in minutes, whether it is UTC
    ("2025-01-03T09:00", "2025-01-03T09:00", None, None, False),
    ("2025-01-03 09:00", "2025-01-03T09:00", None, None, False),
    ("2025-01-03 09:00:30", "2025-01-03T09:00:30", None, None, False),
    ("2025-01-03T00:00", "2025-01-03T00:00", None, None, False),
    ("2025-01-03T23:59:59", "2025-01-03T23:59:59", None, None, False),
    ("2025-01-03T09:00Z", "2025-01-03T09:00", "UTC", None, True),
    ("2025-01-03T09:00:00Z", "2025-01-03T09:00", "UTC", None, True),
    ("2025-01-03T09:00+03:00", "2025-01-03T09:00", None, 180, False),
    ("2025-01-03T09:00-03:30", "2025-01-03T09:00", None, -210, False),
    ("2025-01-03T09:00+00:00", "2025-01-03T09:00", None, 0, False),
    ("2025-01-03T09:00[Asia/Riyadh]", "2025-01-03T09:00", "Asia/Riyadh", None, False),
    ("2025-01-03T09:00+03:00[Asia/Riyadh]", "2025-01-03T09:00", "Asia/Riyadh", 180, False),
    ("2025-01-03T06:00Z[Asia/Riyadh]", "2025-01-03T06:00", "Asia/Riyadh", None, True),
    ("2025-01-03T06:00[UTC]", "2025-01-03T06:00", "UTC", None, False),
    ("2025-01-03T23:59[AoE]", "2025-01-03T23:59", "AoE", None, False),
    ("2025-01-03T23:59-12:00[AoE]", "2025-01-03T23:59", "AoE", -720, False),
    ("2025-01-04T11:59Z[AoE]", "2025-01-04T11:59", "AoE", None, True),
]


@pytest.mark.parametrize(("text", "shown", "zone", "minutes", "is_utc"), WRITTEN)
def test_times_as_written(
    text: str,
    shown: str,
    zone: str | None,
    minutes: int | None,
    is_utc: bool,
) -> None:
    offset = None if minutes is None else timedelta(minutes=minutes)
    value = parse_clock_time(text)
    assert value == ClockTime(wall(shown), zone, offset, is_utc, text)
    assert str(value) == text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2025-01-03",
            "2025-01-03T09",
            "2025-01-03T9:00",
            "2025-01-03t09:00",
            "2025-01-03T09:00z",
        ),
        *("2025-01-03T09:00 Z", "2025-01-03T09:00:00.5Z", "2025-01-03T09:00+03", "T09:00", "09:00"),
        *("2025-01T09:00", "2025-01-03T0900", "2025-01-03  09:00", "2025-01-03T09:00[A][B]", ""),
    ],
)
def test_other_texts_have_not_the_shape_of_a_time(text: str) -> None:
    assert parse_clock_time(text) is None


REFUSED = [
    # written, code, the part at fault, part of the message, part of the help
    ("2025-02-30T09:00", "no-such-date", None, "`2025-02-30` does not exist", "`2025-02-28`"),
    ("0001-01-01T09:00", "year-range", None, "`0001-01-01` is not within", ""),
    ("2025-01-03T25:00", "no-such-time", "25:00", "`25:00` is not a time of day", "to `23:59`"),
    ("2025-01-03T09:60", "no-such-time", "09:60", "`09:60` is not a time of day", "to `23:59`"),
    ("2025-01-03T23:59:60", "no-such-time", "23:59:60", "is not a time of day", "write `23:59:59`"),
    ("2025-01-03T24:01", "no-such-time", "24:01", "is not a time", "write `2025-01-04T00:01` for"),
    ("2025-01-03T24:00", "no-such-time", "24:00", "is not a time", "write `2025-01-04T00:00`"),
    ("2025-12-31T24:00:00Z", "no-such-time", "24:00:00", "is not", "write `2026-01-01T00:00Z`"),
    ("2025-01-03T09:00+24:00", "no-such-time", "+24:00", "no time zone has the offset", "`+03:00`"),
    ("2025-01-03T09:00+03:60", "no-such-time", "+03:60", "no time zone has the offset", "`+03:00`"),
    ("2025-01-03T09:00-00:00", "no-such-time", "-00:00", "no time zone has the offset", "`Z`"),
    (
        "2025-01-03T09:00[Asia/Riad]",
        "unknown-zone",
        "Asia/Riad",
        "no time zone `Asia/Riad`",
        "mean",
    ),
    ("2025-01-03T09:00[Mars]", "unknown-zone", "Mars", "no time zone `Mars`", "an IANA name"),
    ("2025-01-03T09:00[]", "unknown-zone", "", "no time zone ``", "an IANA name"),
    ("2025-01-03T09:00[+03:00]", "unknown-zone", "+03:00", "`+03:00`", "without brackets"),
    ("2025-01-03T09:00[GMT+3]", "unknown-zone", "GMT+3", "", "write `+03:00` without brackets"),
    ("2025-01-03T09:00[AST]", "unknown-zone", "AST", "", "`Asia/Riyadh` or `America/Halifax`"),
    ("2025-01-03T09:00[XYT]", "unknown-zone", "XYT", "", "may mean several zones"),
    ("2025-01-03T09:00[!Asia/Riyadh]", "unknown-zone", "!Asia/Riyadh", "", "write `Asia/Riyadh`"),
    ("2025-01-03T09:00[europe/berlin]", "unknown-zone", "europe/berlin", "", "`Europe/Berlin`"),
]


@pytest.mark.parametrize(("text", "code", "part", "message", "help_"), REFUSED)
def test_times_refused(text: str, code: str, part: str | None, message: str, help_: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_clock_time(text)
    assert caught.value.code == code
    assert message in caught.value.message
    assert help_ in (caught.value.help or "")
    assert (text[slice(*caught.value.part)] if caught.value.part else None) == part


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("9am", "write `09:00`"),
        ("9:00", "write `09:00`"),
        ("9:30 p.m.", "write `21:30`"),
        ("12 am", "write `00:00`"),
        ("noon", "write `12:00`"),
        ("21h", "write `21:00`"),
        ("13pm", "`00:00` to `23:59`"),
        ("24:00", "`00:00` to `23:59`"),
        ("9", "`00:00` to `23:59`"),
        ("", "`00:00` to `23:59`"),
        ("\u0660\u0669:\u0660\u0660", "write `09:00`"),
    ],
)
def test_clocks_refused(text: str, help_: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_time_of_day(text, 5)
    assert caught.value.code == "no-such-time"
    assert help_ in (caught.value.help or "")
    assert caught.value.part == (5, 5 + len(text))


def test_clocks() -> None:
    assert parse_time_of_day("09:00") == time(9)
    assert parse_time_of_day("23:59:59") == time(23, 59, 59)


def put(text: str, zone: str | None = None) -> tuple[Instant, str | None]:
    value = parse_clock_time(text)
    assert value is not None
    return resolve_clock_time(value, zone)


PLACED = [
    # written, zone of a time that names none, result, its zone, in UTC
    ("2025-01-03T09:00", "Asia/Riyadh", "2025-01-03T09:00:00+03:00", "Asia/Riyadh", "06:00"),
    ("2025-01-03T09:00[Asia/Riyadh]", "UTC", "2025-01-03T09:00:00+03:00", "Asia/Riyadh", "06:00"),
    ("2025-01-03T09:00Z", "Asia/Riyadh", "2025-01-03T09:00:00+00:00", "UTC", "09:00"),
    ("2025-01-03T09:00+00:00", "Asia/Riyadh", "2025-01-03T09:00:00+00:00", "UTC", "09:00"),
    ("2025-01-03T09:00", "UTC", "2025-01-03T09:00:00+00:00", "UTC", "09:00"),
    ("2025-01-03T09:00-03:30", "Asia/Riyadh", "2025-01-03T09:00:00-03:30", "-03:30", "12:30"),
    ("2025-01-03T09:00", "+05:45", "2025-01-03T09:00:00+05:45", "+05:45", "03:15"),
    ("2025-01-03T06:00Z[Asia/Riyadh]", None, "2025-01-03T09:00:00+03:00", "Asia/Riyadh", "06:00"),
    (
        "2025-07-01T09:00+03:00[Europe/Kyiv]",
        None,
        "2025-07-01T09:00:00+03:00",
        "Europe/Kyiv",
        "06:00",
    ),
]


@pytest.mark.parametrize(("text", "default", "result", "zone", "utc"), PLACED)
def test_times_on_the_time_line(
    text: str,
    default: str | None,
    result: str,
    zone: str,
    utc: str,
) -> None:
    instant, warning = put(text, default)
    assert (str(instant), instant.zone, warning) == (result, zone, None)
    assert f"{instant.utc:%H:%M}" == utc
    assert instant.utc.tzinfo is UTC
    assert instant.wall == wall(result[:19])
    assert not instant.has_seconds


def test_a_time_knows_of_its_seconds() -> None:
    assert put("2025-01-03T09:00:30Z")[0].has_seconds


def test_a_time_without_any_zone_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        put("2025-01-03T09:00")
    assert caught.value.code == "missing-zone"
    assert "`2025-01-03T09:00Z`" in (caught.value.help or "")


GAPS = [
    # zone, skipped, moved to
    ("Europe/Berlin", "2025-03-30T02:30", "2025-03-30T03:30", "+02:00"),
    ("America/New_York", "2025-03-09T02:30", "2025-03-09T03:30", "-04:00"),
    ("Australia/Lord_Howe", "2025-10-05T02:15", "2025-10-05T02:45", "+11:00"),  # half an hour
    ("America/Santiago", "2025-09-07T00:30", "2025-09-07T01:30", "-03:00"),  # at midnight
    ("Pacific/Apia", "2011-12-30T12:00", "2011-12-31T12:00", "+14:00"),  # all of a day
]


@pytest.mark.parametrize(("zone", "skipped", "moved", "offset"), GAPS)
def test_a_skipped_time_is_refused_as_a_literal(
    zone: str, skipped: str, moved: str, offset: str
) -> None:
    for text in (f"{skipped}[{zone}]", f"{skipped}{offset}[{zone}]"):
        with pytest.raises(Refusal) as caught:
            put(text)
        assert caught.value.code == "skipped-time"
        assert f"clocks in {zone} skip" in caught.value.message
        assert f"`{moved}`" in (caught.value.help or "")


@pytest.mark.parametrize(("zone", "skipped", "moved", "offset"), GAPS)
def test_a_skipped_time_slides_as_a_result(
    zone: str, skipped: str, moved: str, offset: str
) -> None:
    instant, warning = resolve_moved_wall_time(wall(skipped), zone)
    assert str(instant) == f"{moved}:00{offset}"
    assert warning is not None
    assert f"skip `{skipped[11:]}` on {skipped[:10]}" in warning
    assert moved in warning


FOLDS = [
    # zone, the clocks show it twice, first offset, second offset
    ("Europe/Berlin", "2025-10-26T02:30", "+02:00", "+01:00"),
    ("America/New_York", "2025-11-02T01:30", "-04:00", "-05:00"),
    ("Australia/Lord_Howe", "2025-04-06T01:45", "+11:00", "+10:30"),
    ("America/Santiago", "2025-04-05T23:30", "-03:00", "-04:00"),
    ("Europe/London", "2025-10-26T01:30", "+01:00", "+00:00"),
]


@pytest.mark.parametrize(("zone", "shown", "first", "second"), FOLDS)
def test_the_first_of_two_times_is_taken_with_a_warning(
    zone: str, shown: str, first: str, second: str
) -> None:
    for instant, warning in (put(shown, zone), resolve_moved_wall_time(wall(shown), zone)):
        assert str(instant) == f"{shown}:00{first}"
        assert instant.moment.fold == 0
        assert warning is not None
        assert f"the first, {first}, is taken, the second would be {second}" in warning


@pytest.mark.parametrize(("zone", "shown", "first", "second"), FOLDS)
def test_an_offset_picks_one_of_two_times(zone: str, shown: str, first: str, second: str) -> None:
    first_time, warning = put(f"{shown}{first}[{zone}]")
    second_time, other_warning = put(f"{shown}{second}[{zone}]")
    assert warning is other_warning is None
    assert (first_time.moment.fold, second_time.moment.fold) == (0, 1)
    assert first_time.wall == second_time.wall == wall(shown)
    assert first_time.utc < second_time.utc
    assert str(second_time) == f"{shown}:00{second}"
    # datetime takes them for equal, because their zone is the same object
    assert first_time.moment == second_time.moment
    assert first_time != second_time
    assert first_time == put(shown, zone)[0]
    assert hash(first_time) == hash(put(shown, zone)[0])


def test_the_second_of_two_times_in_utc_is_the_second() -> None:
    instant, warning = put("2025-10-26T01:30Z[Europe/Berlin]")
    assert warning is None
    assert str(instant) == "2025-10-26T02:30:00+01:00"
    assert instant.moment.fold == 1


@pytest.mark.parametrize(
    ("text", "message", "help_"),
    [
        (
            "2025-07-01T09:00+03:00[Europe/Berlin]",
            "clocks in Europe/Berlin are at +02:00 then, not at +03:00",
            "write `2025-07-01T09:00+02:00[Europe/Berlin]`, or remove the offset",
        ),
        (
            "2025-01-03T09:00:30+02:00[Europe/Berlin]",
            "are at +01:00 then, not at +02:00",
            "write `2025-01-03T09:00:30+01:00[Europe/Berlin]`",
        ),
        ("2025-10-26T02:30+03:00[Europe/Berlin]", "at +02:00 then, not at +03:00", "+02:00"),
        (
            "2025-01-03T23:59+12:00[AoE]",
            "AoE is at -12:00 then, not at +12:00",
            "write `2025-01-03T23:59-12:00[AoE]`, or remove the offset",
        ),
        # Offsets had seconds then, which this format cannot write.
        ("1880-01-01T09:00+01:00[Europe/Berlin]", "are at +00:53:28 then", "remove the offset"),
    ],
)
def test_an_offset_that_is_not_that_of_the_zone(text: str, message: str, help_: str) -> None:
    with pytest.raises(Refusal) as caught:
        put(text)
    assert caught.value.code == "offset-mismatch"
    assert message in caught.value.message
    assert help_ in (caught.value.help or "")


def test_equal_instants_of_two_zones_are_two() -> None:
    by_offset, by_zone = put("2025-01-03T09:00+03:00")[0], put("2025-01-03T09:00[Asia/Riyadh]")[0]
    assert by_offset.utc == by_zone.utc
    assert by_offset != by_zone
    assert by_offset != "2025-01-03T09:00:00+03:00"


@given(
    st.datetimes(datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("2200-01-01")),
    st.sampled_from(["Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "UTC", "+05:45"]),
)
def test_every_time_has_the_warning_of_how_often_it_is_shown(naive: datetime, zone: str) -> None:
    naive = naive.replace(second=0, microsecond=0)
    instant, warning = resolve_moved_wall_time(naive, zone)
    fixed = is_fixed_zone(zone)
    shown = TimesShown.ONCE if fixed else times_shown(naive, zone)
    assert (warning is None) is (shown is TimesShown.ONCE)
    assert (instant.wall == naive) is (shown is not TimesShown.NEVER)
    assert instant.moment.utcoffset() == instant.utc.astimezone(instant.moment.tzinfo).utcoffset()


@given(st.datetimes(datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("2200-01-01")))
def test_a_text_of_utc_is_that_instant_anywhere(naive: datetime) -> None:
    naive = naive.replace(microsecond=0)
    for zone in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"):
        instant, _ = put(f"{naive.isoformat()}Z[{zone}]")
        assert instant.utc == naive.replace(tzinfo=UTC)
        # RFC 9557 with an offset brings it back, also where the clocks show it twice.
        seconds = instant.utc.astimezone(instant.moment.tzinfo).utcoffset()
        if seconds is not None and not seconds % timedelta(minutes=1):
            assert put(f"{instant}[{zone}]")[0] == instant


@given(st.text() | st.text("0123456789-T:Z+[]AsiaRydh/ ", max_size=40))
def test_any_text_is_a_time_or_none_or_refused(text: str) -> None:
    try:
        value = parse_clock_time(text)
    except Refusal as refusal:
        assert refusal.code  # noqa: PT017 - most texts are no time at all, which is `None`
    else:
        assert value is None or str(value) == text
