"""Resolve what makes an event recur, and what only an event that recurs may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.compiler.resolve.literals import DependsOnRefusedError
from timeline.compiler.resolve.one_sided import is_one_sided
from timeline.compiler.resolve.overrides import OverrideResolver
from timeline.compiler.resolve.series import SeriesResolver
from timeline.compiler.resolve.series_dates import resolve_until
from timeline.compiler.resolve.tree import SERIES_KEYS, edge_path, series_dates
from timeline.dates import (
    REFUSED,
    TBC,
    Date,
    NoDate,
    OneSidedDate,
    Recurrence,
    resolve_rule_end,
    validate_rrule_start,
)
from timeline.diagnostics import At, Diagnostic, Refusal, rules
from timeline.model import Mixed, Undated, recurrence_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.resolve.dates import DateResolver
    from timeline.compiler.resolve.tree import Entry
    from timeline.compiler.schema.timeline import Timeline
    from timeline.dates import DateExpression, RecurrenceStart
    from timeline.model import Event


def resolve_recurrence(
    event: Event, entry: Entry, timeline: Timeline, dates: DateResolver
) -> Event:
    """Return an event with its recurrence and its overrides, or as it is if they are refused."""
    written = entry.written
    if any((*entry.path, key) in dates.refused for key in ("rrule", "rdate")):
        return event  # what recurs is not known, so its exceptions are not either
    if written.rrule is None and not written.rdate:
        for diagnostic in _exceptions_of_single_event(entry):
            dates.diagnostics.append(diagnostic)
        return event
    start = _known_start(event, entry, dates)
    if start is None:
        return event
    rule, rule_end = written.rrule, None
    if rule is not None:
        try:
            rule = resolve_until(rule, start, entry, dates)
            validate_rrule_start(rule, start)
            rule_end = resolve_rule_end(rule, start)
        except DependsOnRefusedError:
            dates.refused.add((*entry.path, "rrule"))
            return event
        except Refusal as refusal:
            # Of a rule in a text, the text has the place of all its parts.
            part = ("until",) if refusal.rule is rules.RULE_UNTIL else ()
            dates.refuse(refusal, (*entry.path, "rrule", *part))
            dates.refused.add((*entry.path, "rrule"))
            return event
    follows = dict.fromkeys(
        (key, date.anchor) for key in SERIES_KEYS for _, date in series_dates(entry, key)
    )
    without_dates = Recurrence(start, rule, rule_end, follows=tuple(follows))
    series = SeriesResolver(event, entry, without_dates, dates)
    try:
        recurrence = series.resolve_recurrence()
        overrides = tuple(OverrideResolver(series, timeline).resolve())
    except Refusal as refusal:  # the rule takes too long to search for what the exceptions name
        dates.refuse(refusal, (*entry.path, "rrule"))
        dates.refused.add((*entry.path, "rrule"))
        return event
    return replace(event, recurrence=recurrence, overrides=overrides)


def _exceptions_of_single_event(entry: Entry) -> Iterator[Diagnostic]:
    """Yield what is wrong with exceptions from a recurrence that the event does not have."""
    written = entry.written
    for key, items in (("exdate", written.exdate), ("overrides", written.overrides)):
        if items:
            yield Diagnostic(
                rules.NO_RECURRENCE,
                f"`{key}` is for recurring events, and this event happens once",
                At((*entry.path, key)),
                help=f"add `rrule:` or `rdate:`, or remove `{key}`",
            )


def _known_start(event: Event, entry: Entry, dates: DateResolver) -> RecurrenceStart | None:
    """Return the start of an event that recurs; report one that is not known to the day."""
    when = event.when
    if isinstance(when, Undated):
        written = entry.written.start
        is_unknown = written is TBC or is_one_sided(written)
        if is_unknown and not dates.is_refused(entry, "start"):
            dates.diagnostics.append(_unknown_edge(entry, "start", written))
        return None
    start = when.start
    if isinstance(when, Mixed):
        dates.diagnostics.append(_mixed(entry))
        dates.refused.add((*entry.path, "rrule"))
        return None
    for edge, side in (("start", start), ("end", when.end)):
        if side is REFUSED:
            continue
        if isinstance(side, NoDate | OneSidedDate) or (isinstance(side, Date) and not side.is_day):
            dates.diagnostics.append(_unknown_edge(entry, edge, side))
            dates.refused.add((*entry.path, "rrule"))
            return None
    return recurrence_start(when)


def _mixed(entry: Entry) -> Diagnostic:
    return Diagnostic(
        rules.RULE_START,
        "a recurring event has two days or two times, and this one has a day and a time",
        At(edge_path(entry, "end")),
        help=f"write both as days or both as times, or remove {_recurrence_keys(entry)}",
    )


def _recurrence_keys(entry: Entry) -> str:
    return " and ".join(f"`{key}`" for key in ("rrule", "rdate") if getattr(entry.written, key))


def _unknown_edge(entry: Entry, edge: str, side: DateExpression) -> Diagnostic:
    text = side.value if isinstance(side, NoDate) else str(side)
    return Diagnostic(
        rules.RULE_START,
        f"a recurring event needs a known {edge}, and this is `{text}`",
        At((*entry.path, edge)),
        help=f"write a day or a time, or remove {_recurrence_keys(entry)} until it is known",
    )
