"""VTIMEZONE (RFC 5545 3.6.5): the description of a zone for the years that a calendar uses.

Outlook requires a VTIMEZONE for each TZID, uses one standard and one daylight rule of it, and does
not import one with the whole history. So a zone is described by its present rule if that is true of
all years used, and only otherwise by single onsets before the rule. The ``icalendar`` library
writes RDATEs up to 2038 and a COMMENT that libical rejects, and is slow to import.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from timeline.dates import (
    BEGINNING_OF_TIME,
    MONTH_LENGTHS,
    DayPattern,
    Onset,
    PosixRule,
    parse_posix_tz,
    posix_tz_string,
    zone_onsets,
)


def vtimezone_lines(name: str, first_year: int, last_year: int) -> list[str]:
    """Return the content lines from BEGIN:VTIMEZONE to END:VTIMEZONE, unfolded, without line ends.

    They are true of every local time from ``first_year`` to ``last_year``, both inclusive, within 2
    to 9998. If the zone's present rule is true of all these years, the lines are the same for any
    years after 1970, so that an event in another year does not change them. If the last year
    follows the rule, they are true of later years too, as far as is known.

    Raises: ``KeyError`` for an unknown zone, as ``get_zone`` does.
    """
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    observances = _observances(zone_onsets(name), _rule(name), first_year, last_year)
    for observance in _with_standard(observances):
        lines += observance.lines()
    lines.append("END:VTIMEZONE")
    return lines


@cache
def _rule(name: str) -> PosixRule:
    return parse_posix_tz(posix_tz_string(name))


class _Observance(Struct, frozen=True, order=True):
    """A STANDARD or DAYLIGHT component; ``start`` is the local time in the offset before it."""

    start: datetime
    is_daylight: bool
    offset_from: int
    offset_to: int
    abbreviation: str
    rrule: str | None = None

    def lines(self) -> list[str]:
        kind = "DAYLIGHT" if self.is_daylight else "STANDARD"
        start = self.start.isoformat(timespec="seconds")  # strftime pads %Y on some platforms only
        return [
            f"BEGIN:{kind}",
            f"DTSTART:{start.replace('-', '').replace(':', '')}",
            *([f"RRULE:{self.rrule}"] if self.rrule else ()),
            f"TZOFFSETFROM:{_offset(self.offset_from)}",
            f"TZOFFSETTO:{_offset(self.offset_to)}",
            f"TZNAME:{self.abbreviation}",
            f"END:{kind}",
        ]


def _offset(seconds: int) -> str:
    """Return a UTC-OFFSET (RFC 5545 3.3.14): seconds only if there are some, never ``-0000``."""
    minutes, second = divmod(abs(seconds), 60)
    text = f"{minutes // 60:02}{minutes % 60:02}" + (f"{second:02}" if second else "")
    return ("-" if seconds < 0 else "+") + text


def _with_standard(observances: list[_Observance]) -> list[_Observance]:
    """Return the observances, those of the lowest offset as STANDARD if none was.

    A zone may have had daylight saving time in all years used: Qostanay from 2004 to 2024, London
    during the war, then with double summer time. Some programs reject a VTIMEZONE that has DAYLIGHT
    alone (ical4j), though RFC 5545 3.6.5 allows it.
    """
    if not all(observance.is_daylight for observance in observances):
        return observances
    standard = min(observance.offset_to for observance in observances)
    return [
        replace(observance, is_daylight=observance.offset_to > standard)
        for observance in observances
    ]


# The years in which the rule is true.


def _observances(
    history: tuple[Onset, ...], rule: PosixRule, first_year: int, last_year: int
) -> list[_Observance]:
    """Return the rule, or single onsets and then the rule, or single onsets alone."""
    # A year that all calendars share, else the one before the first, to cover all of the first.
    base = 1970 if first_year > 1970 else first_year - 1
    since = _rule_since(history, rule, first_year, last_year)
    if since == first_year:
        return _recurring(rule, base)
    # Without the rule, one year more than requested: an event may end after New Year.
    until = since or last_year + 1
    periods = _periods(history, rule, first_year, until)
    if since is None:
        return [period.observance(base) for period in _shown(periods, first_year, until)]
    in_force = _shown(periods, since, since)[0]
    shown = [p for p in _shown(periods, first_year, since) if p.at <= in_force.at]
    observances = [period.observance(base) for period in shown]
    return observances + _recurring(rule, since) if rule.changes else observances


def _rule_since(
    history: tuple[Onset, ...], rule: PosixRule, first_year: int, last_year: int
) -> int | None:
    """Return the first year from which the rule is true, at most the one after the last."""
    if not rule.is_recurring:
        return None
    # A year that is surely after the history, so that the rule alone is in force.
    settled = 2 + (0 if len(history) == 1 else _date(history[-1].at).year)
    periods = _periods(history, rule, first_year, min(last_year + 1, settled))

    def is_true_of(year: int) -> bool:
        ours = _shown(_as_periods(rule.onsets(year - 1, min(year + 1, 9999))), year, year)
        theirs = _shown(periods, year, year)
        return [p.shows for p in ours] == [p.shows for p in theirs] and [
            p.at for p in ours[1:]
        ] == [p.at for p in theirs[1:]]

    if last_year < settled and not is_true_of(last_year):
        return last_year + 1 if last_year + 1 >= settled or is_true_of(last_year + 1) else None
    year = min(last_year, max(first_year, settled))
    while year > first_year and is_true_of(year - 1):
        year -= 1
    return year


class _Period(Struct, frozen=True):
    """The offset and the abbreviation of a zone from an onset to the next, ``until``, exclusive."""

    at: int
    until: int
    offset_from: int
    offset: int
    abbreviation: str
    is_daylight: bool

    @property
    def shows(self) -> tuple[int, str]:
        return self.offset, self.abbreviation

    def observance(self, base: int) -> _Observance:
        """Return the period as a single onset, with the year ``base`` as start if it has none."""
        start = datetime(base, 1, 1)  # noqa: DTZ001 - what clocks show
        offset_from = self.offset
        if self.at != BEGINNING_OF_TIME:
            start = _EPOCH + timedelta(seconds=self.at + self.offset_from)
            offset_from = self.offset_from
        return _Observance(start, self.is_daylight, offset_from, self.offset, self.abbreviation)


def _periods(
    history: tuple[Onset, ...], rule: PosixRule, first_year: int, last_year: int
) -> list[_Period]:
    """Return the periods of a zone from the year before ``first_year`` or earlier to a year."""
    last = history[-1].at
    first_by_rule = max(1, first_year - 2, 1 if last == BEGINNING_OF_TIME else _date(last).year - 1)
    onsets = rule.onsets(first_by_rule, min(last_year + 1, 9999)) if rule.changes else []
    return _as_periods([*history, *(onset for onset in onsets if onset.at > last)])


def _as_periods(onsets: list[Onset]) -> list[_Period]:
    """Return the periods between onsets, without those of no length."""
    periods: list[_Period] = []
    before = onsets[0]
    for onset, after in pairwise([*onsets, Onset(_END, 0, "", dst=False)]):
        is_daylight = onset.dst
        if onset.dst != before.dst and onset.offset != before.offset:
            # Ireland and Morocco have their "daylight saving" in winter, with a negative saving.
            # Programs that know one standard and one summer offset expect summer to be ahead.
            is_daylight = onset.offset > before.offset
        before = onset
        if onset.at == after.at:
            continue
        offset_from = periods[-1].offset if periods else onset.offset
        if periods and periods[-1].shows == (onset.offset, onset.abbreviation):
            periods[-1] = replace(periods[-1], until=after.at)
        else:
            own = onset.offset, onset.abbreviation
            periods.append(_Period(onset.at, after.at, offset_from, *own, is_daylight))
    return periods


def _shown(periods: list[_Period], first_year: int, last_year: int) -> list[_Period]:
    """Keep the periods that contain a local time of the given years, both inclusive."""
    start = (date(first_year, 1, 1).toordinal() - _EPOCH_DAY) * _DAY
    end = (date(last_year, 12, 31).toordinal() + 1 - _EPOCH_DAY) * _DAY
    return [p for p in periods if max(p.at, start - p.offset) < min(p.until, end - p.offset)]


def _date(at: int) -> date:
    return (_EPOCH + timedelta(seconds=at)).date()


# The rule.


def _recurring(rule: PosixRule, first_year: int) -> list[_Observance]:
    """Return the observances of the rule from its first onset in or after a year."""
    if not rule.changes:
        start = datetime(first_year, 1, 1)  # noqa: DTZ001 - what clocks show
        return [_Observance(start, False, rule.offset, rule.offset, rule.abbreviation)]
    observances = [
        _Observance(
            datetime.combine(first, datetime.min.time()) + timedelta(seconds=change.time % _DAY),
            change.is_daylight,
            change.offset_from,
            change.offset,
            change.abbreviation,
            _rrule(pattern),
        )
        for change in rule.changes
        for pattern in change.patterns()
        if (first := pattern.first(first_year))
    ]
    return sorted(observances)


def _rrule(pattern: DayPattern) -> str:
    """Return a RECUR (RFC 5545 3.3.10), with ``1SU`` or ``-1SU`` where that is equivalent.

    Outlook accepts no other weekdays in a VTIMEZONE (MS-OXCICAL 2.1.3.1.1.19.2.2). Santiago,
    Jerusalem, Nuuk and a few other zones have no equivalent rule for all years.
    """
    days, number = pattern.days, pattern.weekday
    text = f"FREQ=YEARLY;BYMONTH={pattern.month}"
    weekday = "" if number is None else ("SU", "MO", "TU", "WE", "TH", "FR", "SA")[number]
    if weekday and len(days) == 7:
        if days[-1] in (-1, MONTH_LENGTHS.get(pattern.month)):
            return f"{text};BYDAY=-1{weekday}"
        if days[0] > 0 and days[0] % 7 == 1:
            return f"{text};BYDAY={days[0] // 7 + 1}{weekday}"
    text += f";BYMONTHDAY={','.join(map(str, days))}"
    return f"{text};BYDAY={weekday}" if weekday else text


_DAY: Final = 86400
_END: Final = -BEGINNING_OF_TIME
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - the zero of seconds, in any offset
_EPOCH_DAY: Final = _EPOCH.toordinal()
