"""A recurring event in words: its rule, its other dates, and the instances that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.dates import DayRange, Instant, instance_key
from timeline.model.events import AllDay, Timed, earliest, latest, recurrence_start
from timeline.model.occurrences import first_dates
from timeline.model.words.clocks import instant_words
from timeline.model.words.isolates import isolated
from timeline.model.words.spans import when_words
from timeline.model.words.statuses import status_words
from timeline.model.words.wording import joined_by_commas

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, timedelta

    from timeline.model.details import Person
    from timeline.model.events import Event, Override, When
    from timeline.model.words.wording import Wording


class ChangedInstance(Struct, frozen=True):
    """What an override changes: ``instance`` and ``changes`` are words, the others its own values.

    ``url``, ``description`` and ``organizer`` are ``None`` where they are those of the series.
    """

    instance: str
    changes: str
    url: str | None = None
    description: str | None = None
    organizer: Person | None = None

    def sentence(self, wording: Wording) -> str | None:
        """Return all but the organizer as a line of text; ``None`` if nothing else changes."""
        if not (self.changes or self.url or self.description):
            return None
        changes = joined_by_commas([*filter(None, (self.changes, self.url))], wording)
        description = isolated(" ".join((self.description or "").split()), wording)
        return f"{self.instance}: {' — '.join(filter(None, (changes, description)))}"


def first_day_words(event: Event, shown: When, wording: Wording) -> str | None:
    """Return on which day a series began that is shown with a later instance, else ``None``."""
    first = first_dates(event)
    day = None if first == shown else earliest(first)
    return None if day is None else wording.phrase("first on {day}", day=wording.dates.day(day))


def recurrence_sentences(event: Event, wording: Wording) -> Iterator[str]:
    """Yield when an event repeats, its RDATEs and EXDATEs, and each override.

    The first letter of each is in upper case, and we add no full stop. An event that does not recur
    has none.
    """
    yield from rule_sentences(event, wording)
    for changed in changed_instances(event, wording):
        if sentence := changed.sentence(wording):
            yield sentence


def rule_sentences(event: Event, wording: Wording) -> Iterator[str]:
    """Yield when an event repeats, its RDATEs and its EXDATEs, as `recurrence_sentences`.

    A date that is both added and excepted is not listed as added.
    """
    recurrence, when = event.recurrence, event.when
    if recurrence is None or not isinstance(when, AllDay | Timed):
        return
    if recurrence.rule is not None:
        from timeline.model.words.rules import rule_words  # noqa: PLC0415 - few events have a rule

        words = rule_words(recurrence.rule, recurrence_start(when), wording)
        yield wording.phrase("Repeats {rule}", rule=words)
    unlisted = {instance_key(recurrence_start(when)), *map(instance_key, recurrence.exdate)}
    if added := [item for item in recurrence.rdate if instance_key(item) not in unlisted]:
        yield wording.phrase("Also on {dates}", dates=_moments(added, wording))
    if recurrence.exdate:
        items = recurrence.exdate_items or recurrence.exdate
        yield wording.phrase("Not on {dates}", dates=_moments(items, wording))


def changed_instances(event: Event, wording: Wording) -> Iterator[ChangedInstance]:
    """Yield what each override changes, as far as readers of a list need it."""
    for override in event.overrides:
        instance = override.event
        changes = joined_by_commas(_differences(event, override, wording), wording)
        url = instance.url if instance.url != event.url else None
        description = instance.description if instance.description != event.description else None
        organizer = instance.details.organizer
        organizer = organizer if organizer != event.details.organizer else None
        if changes or url or description or organizer:
            name = instance_words(override.recurrence_id, wording)
            yield ChangedInstance(name, changes, url, description, organizer)


def _differences(event: Event, override: Override, wording: Wording) -> list[str]:
    """Return the changes of an override that are a few words each."""
    instance = override.event
    assert isinstance(instance.when, AllDay | Timed)  # noqa: S101 - an instance has a date
    differences = []
    if instance.status and instance.status != event.status:
        differences.append(status_words(instance.status, wording))
    if recurrence_start(instance.when) != override.recurrence_id:
        words = when_words(instance.when, wording)
        differences.append(wording.phrase("moved to {date}", date=words))
    elif _duration(instance.when) != _duration(event.when):
        words = when_words(instance.when, wording)
        differences.append(wording.phrase("lasts {date}", date=words))
    if instance.summary != event.summary:
        differences.append(isolated(instance.summary, wording))
    if instance.location and instance.location != event.location:
        differences.append(isolated(instance.location, wording))
    return differences


def _duration(when: When) -> timedelta | None:
    """Return how long an event lasts; ``None`` where that is not known."""
    if isinstance(when, Timed):
        return when.end.utc - when.start.utc if isinstance(when.end, Instant) else None
    first, last = earliest(when), latest(when)
    return last - first if first and last else None


def _moments(moments: Sequence[date | Instant | DayRange], wording: Wording) -> str:
    return wording.dates.enumeration([_moment(moment, wording) for moment in moments])


def instance_words(recurrence_id: date | Instant, wording: Wording) -> str:
    """Return the name of an instance: ``On 3 January 2025``."""
    return wording.phrase("On {date}", date=_moment(recurrence_id, wording))


def _moment(moment: date | Instant | DayRange, wording: Wording) -> str:
    if isinstance(moment, DayRange):
        if moment.first == moment.last:
            return wording.dates.day(moment.first)
        return str(wording.dates.days(moment.first, moment.last))
    if isinstance(moment, Instant):
        return instant_words(moment, wording)
    return wording.dates.day(moment)
