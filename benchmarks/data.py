"""The data of the benchmark: made from a seed, the same on every machine and for every program.

The mix is that of a large public calendar: four of five events are whole days; of the times three
of five name a zone; one event of twenty happens again; each has a description of 200 characters.
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
    """One event. ``start`` and ``end`` are days, both inclusive, or wall-clock times in ``zone``.

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
        """Whether it has times, not whole days."""
        return isinstance(self.start, datetime)


def samples(count: int, seed: int = SEED) -> Iterator[Sample]:
    """Make so many events."""
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
    """Write the events as timeline reads them."""
    yield 'calendar: {id: bench.example.org, name: "Benchmark", timezone: UTC}\nevents:\n'
    for each in events:
        yield f'  - id: {each.id}\n    summary: "{each.summary}"\n'
        if each.is_timed:
            yield f"    start: {each.start:%Y-%m-%dT%H:%M}\n    end: {each.end:%Y-%m-%dT%H:%M}\n"
            if each.zone != "UTC":
                yield f"    timezone: {each.zone}\n"
        else:
            yield f"    start: {each.start}\n"
            if each.end != each.start:
                yield f"    end: {each.end}\n"
        yield f'    location: "{each.location}"\n    description: "{each.description}"\n'
        if each.repeat:
            yield f"    rrule: {rule(each)}\n"


def rule(each: Sample) -> str:
    """Give the RRULE of an event that happens again; a time until the end of its last day."""
    frequency = {"days": "DAILY", "weeks": "WEEKLY", "months": "MONTHLY"}[each.repeat or ""]
    until = f"{each.until:%Y%m%d}" + ("T235959Z" if each.is_timed else "")
    return f"FREQ={frequency};UNTIL={until}"


def plain_file(events: Iterator[Sample]) -> Iterator[str]:
    """Write the events as lists of properties, for programs without a file format of their own.

    ``end`` is exclusive as in iCalendar, so that none of them has to reckon.
    """
    yield "events:\n"
    for each in events:
        end = each.end if each.is_timed else each.end + timedelta(days=1)
        yield f'  - uid: "{each.id}@bench.example.org"\n    summary: "{each.summary}"\n'
        yield f'    start: "{each.start.isoformat()}"\n    end: "{end.isoformat()}"\n'
        if each.zone:
            yield f"    zone: {each.zone}\n"
        yield f'    location: "{each.location}"\n    description: "{each.description}"\n'
        if each.repeat:
            yield f'    rrule: "{rule(each)}"\n'


def yaml2ics_file(events: Iterator[Sample]) -> Iterator[str]:
    """Write the events as yaml2ics reads them; it knows no zone called UTC, its default."""
    yield "name: Benchmark\nevents:\n"
    for each in events:
        yield f'  - uid: "{each.id}@bench.example.org"\n    summary: "{each.summary}"\n'
        if each.is_timed:
            yield f"    begin: {each.start:%Y-%m-%d %H:%M:%S}\n"
            yield f"    end: {each.end:%Y-%m-%d %H:%M:%S}\n"
            if each.zone != "UTC":
                yield f"    timezone: {each.zone}\n"
        else:
            yield f"    begin: {each.start}\n"
            if each.end != each.start:
                yield f"    duration: {{days: {(each.end - each.start).days + 1}}}\n"
        yield f'    location: "{each.location}"\n    description: "{each.description}"\n'
        if each.repeat:
            # It gives UNTIL without a zone, so the start's form is what it can read.
            until = f"{each.until} 23:59:59" if each.is_timed else f"{each.until}"
            yield f"    repeat: {{interval: {{{each.repeat}: 1}}, until: {until}}}\n"
