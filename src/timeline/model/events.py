"""The resolved calendar, which is the input of every format.

Names are those of RFC 5545 and RFC 7986. Both ends of a span are inclusive; only ``projection``
computes the exclusive DTEND of RFC 5545.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - `typing.get_type_hints` reads this and others
from datetime import date as Day  # noqa: N812, TC003 - `Date` is one that may not be known
from datetime import timedelta  # noqa: TC003
from typing import Any, final, overload

from msgspec import Struct, field
from msgspec.structs import replace

from timeline.dates import (
    AOE_NAME,
    OPEN,
    TBC,
    Date,
    Instant,
    NoDate,
    OneSidedDate,
    Qualification,
    Recurrence,
    date_of,
    days_in_zones,
    format_edtf,
    format_edtf_interval,
)
from timeline.diagnostics import Path  # noqa: TC001
from timeline.model.details import NO_DETAILS, Details
from timeline.model.feeds import Feed  # noqa: TC001


class AllDay(Struct, frozen=True):
    """All-day dates, as precisely as they are known. Without an end, the event is on one day.

    ``start`` and ``end`` are inclusive. The end is ``NoDate.OPEN`` or ``NoDate.TBC`` where it is
    not a date; that of a start with one known bound is ``None`` or ``NoDate.TBC``.
    """

    start: Date | OneSidedDate
    end: Date | NoDate | None = None


class Timed(Struct, frozen=True):
    """Dates with times of day, ``start`` and ``end``. Without an end, the event has no duration.

    The end is ``NoDate.OPEN`` or ``NoDate.TBC`` where it is not a time.
    """

    start: Instant
    end: Instant | NoDate | None = None


class Mixed(Struct, frozen=True):
    """The dates of a span with a time on one side, and a date without a time on the other.

    One of ``start`` and ``end`` is a `Date`, and the other an `Instant`; each is as precise as it
    is known. Where only days can be shown, it lasts all day.
    """

    start: Date | Instant
    end: Date | Instant

    @property
    def days(self) -> AllDay:
        """The all-day span from its first to its last day; a time has the day of its own clock."""
        return AllDay(date_of(self.start), date_of(self.end))


@final
class Undated(Struct, frozen=True):
    """Dates without a start; the ``end`` may be known, ``None`` where it is not written."""

    end: Date | Instant | NoDate | None = None


Dated = AllDay | Timed | Mixed
When = Dated | Undated


def make_when(start: Date | OneSidedDate | Instant, end: Date | Instant | NoDate | None) -> Dated:
    """Return the dates with these sides; one of them may be a time, and the other a date.

    Raises: `Refusal` (`year-range`), of a time that is beyond the years on its own clock.
    """
    if isinstance(start, OneSidedDate):
        assert end is None or isinstance(end, NoDate)  # noqa: S101 - see `AllDay`
        return AllDay(start, end)
    if isinstance(start, Date) and not isinstance(end, Instant):
        return AllDay(start, end)
    if isinstance(start, Instant) and not isinstance(end, Date):
        return Timed(start, end)
    assert isinstance(end, Date | Instant)  # noqa: S101 - all else is one of the above
    mixed = Mixed(start, end)
    _ = mixed.days  # refused here, so that it is not refused later
    return mixed


def certainty(when: When) -> Qualification:
    """Return the qualification of the start and of the end, joined."""
    end = when.end
    last = end.qualification if isinstance(end, Date | Instant) else Qualification.CERTAIN
    return last if isinstance(when, Undated) else when.start.qualification | last


def is_imprecise(when: When) -> bool:
    """Return whether the start is known, but not to the day."""
    if isinstance(when, Undated) or isinstance(when.start, Instant):
        return False
    return not when.start.is_day


def earliest(when: When, *zones: str | None) -> Day | None:
    """Return the first possible day, ``None`` where it is not known, as without a start.

    Of times, on the clocks of `days_in_zones`: a flight to the east over the date line arrives on
    an earlier day than it departs, and that day is the first.
    """
    if isinstance(when, Undated):
        return None
    first = first_day(when.start, *zones)
    if first is None or not isinstance(when.end, Instant):
        return first
    return min(first, first_day(when.end, *zones))


def latest(when: When, *zones: str | None) -> Day | None:
    """Return the last possible day, ``None`` where it is not known, or the end is open."""
    end = when.end
    if isinstance(end, NoDate):
        return None
    if isinstance(when, Undated):
        return None if end is None else last_day(end, *zones)
    last = last_day(end or when.start, *zones)
    if last is None or not isinstance(when.start, Instant):
        return last
    return max(last, last_day(when.start, *zones))


def is_known_to_the_day(when: When) -> bool:
    """Return whether start and end are certain, and both days or both times.

    A VEVENT can state all of that.
    """
    if not isinstance(when, (AllDay, Timed)):
        return False
    return _is_known(when.start) and (when.end is None or _is_known(when.end))


def _is_known(side: Date | OneSidedDate | Instant | NoDate) -> bool:
    if type(side) is Date:  # most sides; `isinstance` is slow where the answer is no
        return side.earliest == side.latest and not side.qualification
    return isinstance(side, Instant) and not side.qualification


def is_anywhere_on_earth(when: Timed) -> bool:
    """Return whether a side is AoE, which a VEVENT cannot state."""
    end = when.end
    return when.start.zone == AOE_NAME or (isinstance(end, Instant) and end.zone == AOE_NAME)


def is_to_be_confirmed(when: When) -> bool:
    """Return whether nothing is known of the dates: neither a start nor an end."""
    return isinstance(when, Undated) and (when.end is None or when.end is TBC)


def as_edtf(when: When) -> str | None:
    """Return the date or the span in EDTF; ``None`` for times, and for what EDTF cannot express.

    Of a span with a time on one side, the days.
    """
    if isinstance(when, Timed):
        return None
    if isinstance(when, Mixed):
        when = when.days
    start, end = (None if isinstance(when, Undated) else when.start), when.end
    if isinstance(end, Instant):
        return None
    if end is None:
        return format_edtf(start) if start else None
    if isinstance(start, OneSidedDate) or (end is TBC and start is None):
        return None
    return format_edtf_interval(
        start, ".." if end is OPEN else end if isinstance(end, Date) else None
    )


def recurrence_start(when: AllDay | Timed) -> Day | Instant:
    """Return the first instance of a series with these dates: the day or the time of DTSTART."""
    if isinstance(when, AllDay):
        assert isinstance(when.start, Date)  # noqa: S101 - a series has a known start
        return when.start.earliest
    start = when.start
    return replace(start, qualification=Qualification.CERTAIN) if start.qualification else start


@overload
def first_day(side: Date | Instant, *zones: str | None) -> Day: ...


@overload
def first_day(side: Date | OneSidedDate | Instant, *zones: str | None) -> Day | None: ...


def first_day(side: Date | OneSidedDate | Instant, *zones: str | None) -> Day | None:
    """Return the first possible day of a date, or of a time, on the clocks of `days_in_zones`.

    Without zones, a time has the day of its own clock. ``None`` where only the last day is known.
    """
    return min(days_in_zones(side, zones)) if isinstance(side, Instant) else side.earliest


@overload
def last_day(side: Date | Instant, *zones: str | None) -> Day: ...


@overload
def last_day(side: Date | OneSidedDate | Instant, *zones: str | None) -> Day | None: ...


def last_day(side: Date | OneSidedDate | Instant, *zones: str | None) -> Day | None:
    """Return the last possible day of a date, or of a time, as `first_day` does."""
    return max(days_in_zones(side, zones)) if isinstance(side, Instant) else side.latest


def shown_day(start: Date | OneSidedDate | Instant, *zones: str | None) -> Day:
    """Return the first day on which outputs show a start: its first possible one, if it is known.

    A start of which only the last possible day is known is shown on that day.
    """
    return start.known_day if isinstance(start, OneSidedDate) else first_day(start, *zones)


class Was(Struct, frozen=True):
    """Earlier dates of an event: an item of the key ``was``."""

    when: Dated
    note: str | None = None


class Source(Struct, frozen=True):
    """A source of the event's facts; it has a ``url``, a ``title`` or both."""

    url: str | None = None
    title: str | None = None
    quote: str | None = None
    accessed: str | None = None


class ProjectionOptions(Struct, frozen=True):
    """How a feed shows what a VEVENT cannot state; the values are those of the events file.

    ``own`` names the fields that the event itself states; the others are from the calendar.
    """

    imprecise: str = "span"
    long_spans: str = "span"
    cancelled: str = "status"
    own: frozenset[str] = frozenset()

    def with_defaults(
        self, imprecise: str | None, long_spans: str | None, cancelled: str | None
    ) -> ProjectionOptions:
        """Return the options with those of a feed in place of the calendar's; ``None`` keeps it."""
        defaults = {"imprecise": imprecise, "long_spans": long_spans, "cancelled": cancelled}
        changed: dict[str, Any] = {
            name: value for name, value in defaults.items() if value and name not in self.own
        }
        return replace(self, **changed) if changed else self


class TextsInLanguage(Struct, frozen=True):
    """The texts of an event in one language; ``None`` for a text that is not written in it."""

    language: str
    summary: str | None = None
    description: str | None = None


class Category(Struct, frozen=True):
    """A category as the file declares it; its reminders are resolved into those of the events."""

    name: str
    color: str | None = None
    description: str | None = None
    no_overlap: bool = False


class Override(Struct, frozen=True):
    """An instance that differs from its series.

    ``recurrence_id`` is the start that the rule gives it, and ``event`` is the instance itself,
    whose ``path`` is that of the item of ``overrides``.
    """

    recurrence_id: Day | Instant
    event: Event


class Alarm(Struct, frozen=True):
    """A reminder (RFC 5545 3.6.6) at a time, or at a duration from the start or the end.

    A duration is negative before and positive after that side. ``related`` is ``START`` or ``END``;
    for a time, it is the side from which the time was computed.
    """

    trigger: timedelta | Instant
    related: str = "START"


class Event(Struct, frozen=True):
    """An event with all dates and references resolved.

    ``when`` is its dates: `AllDay`, `Timed`, `Mixed` or `Undated`; of a series, those of the first
    instance. ``path`` is where it is in the data of the document. ``depth`` is how many events it
    is nested in, and ``was`` has its earlier dates, the latest first. ``status`` and ``transp`` are
    the values of the file, or ``None``. ``related_to`` has pairs of an id and a relation type, and
    ``properties`` pairs of a property name and a text; ``parent`` is an id. ``summary`` and
    ``description`` are in the calendar's language, else in the first one written; ``texts`` has the
    texts that the file gives by language. ``overrides`` has none of an instance that EXDATE
    removes, because no app shows one.
    """

    id: str
    uid: str
    summary: str
    when: When
    path: Path
    parent: str | None = None
    depth: int = 0
    description: str | None = None
    location: str | None = None
    url: str | None = None
    categories: tuple[str, ...] = ()
    status: str | None = None
    was: tuple[Was, ...] = ()
    transp: str | None = None
    color: str | None = None
    related_to: tuple[tuple[str, str], ...] = ()
    sources: tuple[Source, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    recurrence: Recurrence | None = None
    overrides: tuple[Override, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    projection: ProjectionOptions = field(default_factory=ProjectionOptions)
    texts: tuple[TextsInLanguage, ...] = ()
    details: Details = NO_DETAILS


class Calendar(Struct, frozen=True):
    """A calendar; ``events`` are in the order of the file, depth first.

    ``uids`` has the UID of every id that an event of the file is related to, also of events that
    are not in ``events``. ``categories`` are those that the file declares, in its order, and
    ``feeds`` the additional feeds. ``first_selected`` and ``last_selected`` are the days, both
    inclusive, by which ``events`` were selected; ``None`` is no limit. ``private_ids`` are those of
    `private_event_ids`, also of events that were not selected.
    """

    id: str
    name: str
    events: tuple[Event, ...] = ()
    description: str | None = None
    timezone: str | None = None
    language: str | None = None
    url: str | None = None
    source: str | None = None
    color: str | None = None
    refresh: timedelta | None = None
    uids: Mapping[str, str] = field(default_factory=dict)
    categories: tuple[Category, ...] = ()
    feeds: tuple[Feed, ...] = ()
    first_selected: Day | None = None
    last_selected: Day | None = None
    private_ids: frozenset[str] = frozenset()
