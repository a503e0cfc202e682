"""Check the dates of recurring events against each other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from timeline.dates import instance_key
from timeline.diagnostics import At, Diagnostic, rules
from timeline.model import Undated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.checks.context import CheckContext


def duplicate_instance(context: CheckContext) -> Iterator[Diagnostic]:
    """Find dates in `rdate` that the start, the rule or an earlier item has, unless excluded."""
    for entry, event in zip(context.entries, context.calendar.events, strict=True):
        recurrence, when = event.recurrence, event.when
        if recurrence is None or not recurrence.rdate or isinstance(when, Undated):
            continue
        start, others = recurrence.start, set[date]()
        excluded = set(map(instance_key, recurrence.exdate))
        items = zip(entry.written.rdate, recurrence.rdate, strict=True)
        for index, (item, moment) in enumerate(items):
            instant = instance_key(moment)
            if instant == instance_key(start):
                what = "the start of this event"
            elif recurrence.has_by_rule(moment):
                what = "an instance of the rule"
            elif instant in others:
                what = "in `rdate`"
            else:
                others.add(instant)
                continue
            if instant not in excluded:
                at = At((*event.path, "rdate", index))
                message = f"`{item}` is already {what}"
                yield Diagnostic(rules.DUPLICATE_INSTANCE, message, at, help="remove it")
