"""Make the events of the benchmark from a seed: the same on every machine and for every program.

The mix is that of a large public calendar: four of five events are all-day; three of five timed
events name a time zone; one event of twenty recurs; every description has 200 characters.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 2025
DESCRIPTION = 200

ZONES = (
    "Africa/Johannesburg",
    "America/New_York",
    "Asia/Riyadh",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Europe/London",
    "Europe/Paris",
    "America/Sao_Paulo",
)
_WORDS = (
    *("stage", "start", "of", "the", "long", "way", "through", "sand", "and", "stone", "with"),
    *("a", "bivouac", "under", "stars", "where", "crews", "repair", "what", "dunes", "have"),
    *("broken", "before", "dawn;", "the", "jury,", "the", "doctors", "and", "marshals", "leave"),
    *("first,", "café", "déjà", "là,", "следующий", "этап"),
)
_PLACES = ("Bisha, Saudi Arabia", "Paris", "São Paulo", "Ha'il; north gate", "Yanbu", "Al-'Ula")


@dataclass(frozen=True, slots=True)
class Sample:
    """One event. ``start`` and ``end`` are dates, both inclusive, or local times in ``zone``.

    ``repeat`` is the unit of a rule without an interval that ends on the day ``until``.
    """

    id: str
    summary: str
    start: date
    end: date
    zone: str | None
    location: str
    description: str
    repeat: str | None = None
    until: date | None = None

    @property
    def is_timed(self) -> bool:
        """Whether it has times, not dates."""
        return isinstance(self.start, datetime)


def samples(count: int, seed: int = SEED) -> Iterator[Sample]:
    """Yield ``count`` events."""
    chance = random.Random(seed)  # noqa: S311 - nothing is secret here
    for number in range(count):
        day = date(2020, 1, 1) + timedelta(days=chance.randrange(3650))
        is_timed = chance.random() < 0.2
        zone = chance.choice(ZONES) if chance.random() < 0.6 else "UTC"
        start: date = day
        end = day + timedelta(days=chance.choice((0, 0, 1, 2, 13)))
        if is_timed:
            # Between 6 and 20 o'clock, where no zone skips or repeats a time.
            start = datetime.combine(day, time(chance.randrange(6, 18), chance.choice((0, 30))))
            end = start + timedelta(minutes=chance.choice((30, 60, 90, 120)))
        repeat = until = None
        if chance.random() < 0.05:
            repeat = chance.choice(("days", "weeks", "months")) if day.day < 28 else "weeks"
            until = day + timedelta(days=200)
        yield Sample(
            f"e{number:06}",
            f"Event {number}: {_text(chance, 24)}",
            start,
            end,
            zone if is_timed else None,
            chance.choice(_PLACES),
            _text(chance, DESCRIPTION),
            repeat,
            until,
        )


def _text(chance: random.Random, length: int) -> str:
    words = chance.choices(_WORDS, k=length // 3)
    return " ".join(words)[:length].strip().ljust(length, ".")


def timeline_file(events: Iterator[Sample]) -> Iterator[str]:
    """Yield the events file of timeline."""
    yield 'calendar: {id: bench.example.org, name: "Benchmark", timezone: UTC}\nevents:\n'
    for event in events:
        yield f'  - id: {event.id}\n    summary: "{event.summary}"\n'
        if event.is_timed:
            yield f"    start: {event.start:%Y-%m-%dT%H:%M}\n    end: {event.end:%Y-%m-%dT%H:%M}\n"
            if event.zone != "UTC":
                yield f"    timezone: {event.zone}\n"
        else:
            yield f"    start: {event.start}\n"
            if event.end != event.start:
                yield f"    end: {event.end}\n"
        yield f'    location: "{event.location}"\n    description: "{event.description}"\n'
        if event.repeat:
            yield f"    rrule: {rule(event)}\n"


def rule(event: Sample) -> str:
    """Return the RRULE of a recurring event; that of a timed event ends with its last day."""
    frequency = {"days": "DAILY", "weeks": "WEEKLY", "months": "MONTHLY"}[event.repeat or ""]
    until = f"{event.until:%Y%m%d}" + ("T235959Z" if event.is_timed else "")
    return f"FREQ={frequency};UNTIL={until}"


def changed_file(events: Iterator[Sample]) -> Iterator[str]:
    """Yield our events file with one more key in the last event."""
    yield from timeline_file(events)
    yield "    url: https://bench.example.org/changed\n"


def wrong_file(events: Iterator[Sample]) -> Iterator[str]:
    """Yield our events file with an error in the last event, which cannot be fixed."""
    yield from timeline_file(events)
    yield "    url: no address\n"


def fixable_file(events: Iterator[Sample]) -> Iterator[str]:
    """Yield our events file with an event more, whose date can be fixed."""
    yield from timeline_file(events)
    yield "  - {id: fixable, summary: Fixable, start: 2027-1-5}\n"


def plain_file(events: Iterator[Sample]) -> Iterator[str]:
    """Yield the events as lists of properties, for libraries, which have no file format.

    ``end`` is exclusive as in iCalendar, so that no program has to compute it.
    """
    yield "events:\n"
    for event in events:
        end = event.end if event.is_timed else event.end + timedelta(days=1)
        yield f'  - uid: "{event.id}@bench.example.org"\n    summary: "{event.summary}"\n'
        yield f'    start: "{event.start.isoformat()}"\n    end: "{end.isoformat()}"\n'
        if event.zone:
            yield f"    zone: {event.zone}\n"
        yield f'    location: "{event.location}"\n    description: "{event.description}"\n'
        if event.repeat:
            yield f'    rrule: "{rule(event)}"\n'


def yaml2ics_file(events: Iterator[Sample]) -> Iterator[str]:
    """Yield the file of yaml2ics. Its default zone is UTC, but it knows no zone of that name."""
    yield "name: Benchmark\nevents:\n"
    for event in events:
        yield f'  - uid: "{event.id}@bench.example.org"\n    summary: "{event.summary}"\n'
        if event.is_timed:
            yield f"    begin: {event.start:%Y-%m-%d %H:%M:%S}\n"
            yield f"    end: {event.end:%Y-%m-%d %H:%M:%S}\n"
            if event.zone != "UTC":
                yield f"    timezone: {event.zone}\n"
        else:
            yield f"    begin: {event.start}\n"
            if event.end != event.start:
                yield f"    duration: {{days: {(event.end - event.start).days + 1}}}\n"
        yield f'    location: "{event.location}"\n    description: "{event.description}"\n'
        if event.repeat:
            # It writes UNTIL without a zone, so the value has the form of the start.
            until = f"{event.until} 23:59:59" if event.is_timed else f"{event.until}"
            yield f"    repeat: {{interval: {{{event.repeat}: 1}}, until: {until}}}\n"
