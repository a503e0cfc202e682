"""Check the names of time zones that are allowed and seldom meant."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from timeline.compiler.schema.declarations import Declared
from timeline.dates import (
    WITHOUT_SUMMER_TIME,
    Between,
    ClockTime,
    Date,
    RecurrenceRule,
    explain_without_summer_time,
)
from timeline.diagnostics import At, Diagnostic, rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.checks.context import CheckContext
    from timeline.dates import DateExpression
    from timeline.diagnostics import Path

_FURTHER_KEYS = ("was", "rrule", "rdate", "exdate", "overrides", "alarms")
_KEYS = ("timezone", "start", "end", *_FURTHER_KEYS)
"""The keys of an event in which a zone may be named."""

_values, _further_values = attrgetter(*_KEYS), attrgetter(*_FURTHER_KEYS)


def zone_without_summer_time(context: CheckContext) -> Iterator[Diagnostic]:
    """Find `EST`, `HST` and `MST`, in whose places clocks may change in summer."""
    timeline = context.timeline
    yield from _in(timeline.calendar.timezone, ("calendar", "timezone"))
    for name, category in timeline.categories.items():
        yield from _in(category.alarms, ("categories", name, "alarms"))
    for index, feed in enumerate(timeline.feeds):
        yield from _in(getattr(feed, "alarms", None), ("feeds", index, "alarms"))
    yield from _in(timeline.defaults, ("defaults",))
    yield from _in(timeline.include, ("include",))
    for entry in context.entries:
        written = entry.written
        is_plain = _names_no_zone(written.start) and _names_no_zone(written.end)
        is_plain = is_plain and written.timezone not in WITHOUT_SUMMER_TIME
        if is_plain and not any(_further_values(written)):
            continue  # most events
        for key, value in zip(_KEYS, _values(written), strict=True):
            if value:
                yield from _in(value, (*entry.path, key))


def _names_no_zone(written: DateExpression | None) -> bool:
    """Return whether a date certainly names no zone: a quick test for a long file."""
    if written is None or type(written) is Date:
        return True
    return type(written) is ClockTime and written.zone is None


def _in(value: object, path: Path) -> Iterator[Diagnostic]:
    """Yield a warning for each such name in a value of the file."""
    if isinstance(value, ClockTime):
        if value.zone in WITHOUT_SUMMER_TIME:
            start = value.text.rindex("[") + 1
            yield _diagnostic(value.zone, At(path, part=(start, start + len(value.zone))))
    elif isinstance(value, str):
        if path[-1] == "timezone" and value in WITHOUT_SUMMER_TIME:
            yield _diagnostic(value, At(path))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _in(item, (*path, index))
    elif isinstance(value, Declared):
        for key in value.declaration.keys.values():
            yield from _in(getattr(value, key.attribute), (*path, key.name))
    elif isinstance(value, RecurrenceRule):
        yield from _in(value.until, (*path, "until"))
    elif isinstance(value, Between):
        for side in (value.first, value.last):
            yield from _in(side, path)


def _diagnostic(name: str, at: At) -> Diagnostic:
    message = f"`{name}` has no summer time: its offset from UTC is the same all year"
    help_ = explain_without_summer_time(name)
    return Diagnostic(rules.ZONE_WITHOUT_SUMMER_TIME, message, at, help=help_)
