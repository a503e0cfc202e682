"""What the dates of an event beside its start and end come to.

These are its earlier dates, the instances that a series has, excludes or changes, and the end of a
rule.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline._lazy import regex
from timeline.dates import Date, DayRange, Instant, make_day, parse_excluded, to_zone
from timeline.diagnostics import Refusal
from timeline.editor.names import ANCHOR
from timeline.model import PLAIN_ENGLISH, make_when, when_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.dates import Recurrence, RecurrenceStart
    from timeline.diagnostics import Path
    from timeline.editor.analysis import Analysis
    from timeline.model import Event, When

_UNTIL = regex(r"(?i)(?<![a-z])until=([^;]*)")
"""The end of a rule that is written as a text."""
_UNTIL_MEANS = "The last day or time at which the rule may have an instance"


class FurtherDate(Struct, frozen=True):
    """The words for a date, and what it is; ``part`` is its part of the text, if it is not all."""

    words: str
    meaning: str
    part: tuple[int, int] | None = None


def further_date(analysis: Analysis, event: Event, inside: Path) -> FurtherDate | None:
    """Return what is at a path in an event, such as `exdate` and an index.

    ``None`` for what is not such a date, and where an error leaves open what it comes to.
    """
    match inside:
        case ("was", int(index), *_) if inside[-1] in (index, "start", "end"):
            was = _item(analysis, event, inside, [was.when for was in event.was])
            return _date(was, "When it was to take place before")
        case ("overrides", int(), "recurrence-id" | "start" | "end" | "duration" as key):
            return _of_override(event, inside[:2], str(key))
    if event.recurrence is None:
        return None
    return _of_series(analysis, event, event.recurrence, inside)


def relative_series_dates(analysis: Analysis, event: Event) -> Iterator[tuple[Path, str]]:
    """Yield the paths of the relative dates of a series, and the words for each."""
    if (recurrence := event.recurrence) is None:
        return
    keys: list[Path] = [("rrule", "until")]
    keys += [("rdate", index) for index in range(len(recurrence.rdate))]
    keys += [("exdate", index) for index in range(len(recurrence.exdate))]
    for inside in keys:
        path = (*event.path, *inside)
        text = analysis.text(path)
        if text and ANCHOR.search(text) and (date := further_date(analysis, event, inside)):
            yield path, date.words


def _of_override(event: Event, inside: Path, key: str) -> FurtherDate | None:
    path = (*event.path, *inside)
    override = next((of for of in event.overrides if of.event.path == path), None)
    if override is None:
        return None
    if key != "recurrence-id":
        return _date(override.event.when, "When this instance takes place")
    meaning = f"The instance that differs, which takes place {_words(override.event.when)}"
    return _date(_when(override.recurrence_id), meaning)


def _of_series(
    analysis: Analysis, event: Event, recurrence: Recurrence, inside: Path
) -> FurtherDate | None:
    match inside:
        case ("rdate", int()):
            when = _item(analysis, event, inside, [*map(_when, recurrence.rdate)])
            return _date(when, "Takes place also then")
        case ("exdate", int()):
            when = _excluded(analysis, event, recurrence, inside)
            return _date(when, "Does not take place then")
        case ("rrule", "until"):
            return _date(_until(recurrence), _UNTIL_MEANS)
        case ("rrule",):
            until = _UNTIL.search(analysis.text((*event.path, *inside)) or "")
            return until and _date(_until(recurrence), _UNTIL_MEANS, until.span(1))
    return None


def _excluded(
    analysis: Analysis, event: Event, recurrence: Recurrence, inside: Path
) -> When | None:
    """Return what an item of ``exdate`` comes to: a range of days, or the instance that it names.

    ``None`` for an instance if a range excludes some of those that are named, too.
    """
    path = (*event.path, "exdate")
    texts = [analysis.text((*path, at)) for at in range(len(analysis.document.value(path)))]
    ranges = [*map(_range, texts)]
    index = int(inside[1])
    if (days := ranges[index]) is not None:
        return _when(days)
    items = recurrence.exdate_items or recurrence.exdate
    instances = [item for item in items if not isinstance(item, DayRange)]
    if len(instances) != ranges.count(None):
        return None
    return _when(instances[ranges[:index].count(None)])


def _range(text: str | None) -> DayRange | None:
    with suppress(Refusal):
        days = parse_excluded(text or "")
        return days if isinstance(days, DayRange) else None
    return None


def _item(analysis: Analysis, event: Event, inside: Path, resolved: Sequence[When]) -> When | None:
    """Return what an item of a list comes to; ``None`` if an error leaves some of them open."""
    key, index = inside[:2]
    written = analysis.document.value((*event.path, key))
    if not isinstance(written, list) or len(written) != len(resolved):
        return None
    return resolved[int(index)]


def _when(item: RecurrenceStart | DayRange) -> When:
    if isinstance(item, DayRange):
        return make_when(make_day(item.first), make_day(item.last))
    return make_when(item if isinstance(item, Instant) else make_day(item), None)


def _until(recurrence: Recurrence) -> When | None:
    """Return the end of a rule: the day that is written, or the time in the zone of the series."""
    rule, start = recurrence.rule, recurrence.start
    if rule is None or rule.until is None:
        return None
    if isinstance(rule.until, Date):
        return make_when(rule.until, None)
    if isinstance(start, Instant) and (until := rule.until_utc(start.zone)):
        return make_when(Instant(to_zone(until, start.zone), start.zone), None)
    return None if (day := rule.until_day(start)) is None else _when(day)


def _date(
    when: When | None, meaning: str, part: tuple[int, int] | None = None
) -> FurtherDate | None:
    return None if when is None else FurtherDate(_words(when), meaning, part)


def _words(when: When) -> str:
    return when_words(when, PLAIN_ENGLISH)
