"""The calendar as resolved: what the formats see.

Names are RFC 5545's and RFC 7986's. Dates are inclusive on both ends everywhere here; the
exclusive DTEND of RFC 5545 is made in ``projection``, once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from timeline.dates import (
    OPEN,
    TBC,
    Date,
    Instant,
    NoDate,
    Qualification,
    format_edtf,
    format_edtf_interval,
)
from timeline.model.details import NO_DETAILS, Details

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date as Day  # noqa: N812 - `Date` is one that may not be known
    from datetime import timedelta

    from timeline.dates import RecurrenceRule
    from timeline.diagnostics import Path
    from timeline.model.feeds import Feed


class AllDay(Struct, frozen=True):
    """Whole days. Without an end, one day; ``start`` is that day as well as it is known."""

    start: Date
    end: Date | NoDate | None = None


class Timed(Struct, frozen=True):
    """Times. Without an end, an instant."""

    start: Instant
    end: Instant | NoDate | None = None


class Undated(Struct, frozen=True):
    """A start that is not known at all; its end may be."""

    end: Date | Instant | NoDate | None = None


When = AllDay | Timed | Undated


def certainty(when: When) -> Qualification:
    """Join what the author says of the start and of the end."""
    end = when.end.qualification if isinstance(when.end, Date) else Qualification.CERTAIN
    if not isinstance(when, AllDay):
        return end
    return when.start.qualification | end if end else when.start.qualification


def is_imprecise(when: When) -> bool:
    """Whether the start is known, but not to the day."""
    return isinstance(when, AllDay) and not when.start.is_day


def earliest(when: When) -> Day | None:
    """Give the first day it may lie on, ``None`` where nothing is known of its start."""
    if isinstance(when, Undated):
        return None
    return first_day(when.start)


def latest(when: When) -> Day | None:
    """Give the last day it may lie on, ``None`` where its end is open or not known."""
    end = when.end
    if end is None:
        return None if isinstance(when, Undated) else last_day(when.start)
    return None if isinstance(end, NoDate) else last_day(end)


def is_known_to_the_day(when: When) -> bool:
    """Whether nothing about its dates is left open: what a calendar app shows is all there is."""
    if isinstance(when, Undated):
        return False
    return _is_known(when.start) and (when.end is None or _is_known(when.end))


def _is_known(side: Date | Instant | NoDate) -> bool:
    if isinstance(side, Date):
        return not side.qualification and side.earliest == side.latest
    return isinstance(side, Instant)


def as_edtf(when: When) -> str | None:
    """Give the date or the span in EDTF; ``None`` for times, and where EDTF has no words for it."""
    if isinstance(when, Timed):
        return None
    start, end = (None if isinstance(when, Undated) else when.start), when.end
    if isinstance(end, Instant):
        return None
    if end is None:
        return format_edtf(start) if start else None
    if end is TBC and start is None:
        return None
    return format_edtf_interval(
        start, ".." if end is OPEN else end if isinstance(end, Date) else None
    )


def first_day(side: Date | Instant) -> Day:
    """Give the first day a date may be, or the day of a time on its own clock."""
    return side.earliest if isinstance(side, Date) else side.moment.date()


def last_day(side: Date | Instant) -> Day:
    """Give the last day a date may be, or the day of a time on its own clock."""
    return side.latest if isinstance(side, Date) else side.moment.date()


class Was(Struct, frozen=True):
    """Dates that an event had earlier."""

    when: AllDay | Timed
    note: str | None = None


class Source(Struct, frozen=True):
    """Where a fact is from; one of ``url`` and ``title`` is there."""

    url: str | None = None
    title: str | None = None
    quote: str | None = None
    accessed: str | None = None


class ProjectionOptions(Struct, frozen=True):
    """How dates that no calendar app can show are projected; the words of ``file-format``.

    ``own`` names the fields that the event itself states; the others are the calendar's.
    """

    imprecise: str = "span"
    long_spans: str = "span"
    cancelled: str = "status"
    own: frozenset[str] = frozenset()

    def with_defaults(
        self, imprecise: str | None, long_spans: str | None, cancelled: str | None
    ) -> ProjectionOptions:
        """Return it with what a feed states in place of what is the calendar's."""
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
    """What the file states of a category; its reminders are with the events."""

    name: str
    color: str | None = None
    description: str | None = None
    no_overlap: bool = False


class Recurrence(Struct, frozen=True):
    """When an event happens again (RFC 5545 3.8.5); all of the kind of its start."""

    rule: RecurrenceRule | None = None
    rdate: tuple[Day | Instant, ...] = ()
    exdate: tuple[Day | Instant, ...] = ()


class Override(Struct, frozen=True):
    """An instance that differs: the event it is, and the start that the rule gives it."""

    recurrence_id: Day | Instant
    event: Event


class Alarm(Struct, frozen=True):
    """A reminder (RFC 5545 3.6.6): a time, or how long after START or END, mostly negative.

    ``related`` of a time is the side it was counted from, START if it was not.
    """

    trigger: timedelta | Instant
    related: str = "START"


class Event(Struct, frozen=True):
    """One event, everything it rests on worked out.

    ``status`` is the file's word or ``None``; ``transp`` likewise. ``parent`` and the first of
    each ``related_to`` pair are ids; ``properties`` are extra content lines' names and texts.
    ``summary`` and ``description`` are in the calendar's language, or the first that is written;
    ``texts`` has them in every language of a text that the file gives by language.
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
    """The whole, ``events`` in file order, depth first.

    ``uids`` has the UID of every id that an event of the file is related to, be it among ``events``
    or not. ``categories`` are those that the file declares, in its order, and ``feeds`` the
    further feeds that it defines.
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


__all__ = [
    "OPEN",
    "TBC",
    "Alarm",
    "AllDay",
    "Calendar",
    "Category",
    "Event",
    "Instant",
    "NoDate",
    "Override",
    "ProjectionOptions",
    "Recurrence",
    "Source",
    "TextsInLanguage",
    "Timed",
    "Undated",
    "Was",
    "When",
    "as_edtf",
    "certainty",
    "earliest",
    "first_day",
    "is_imprecise",
    "is_known_to_the_day",
    "last_day",
    "latest",
]
