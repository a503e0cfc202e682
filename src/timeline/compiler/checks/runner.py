"""Run the checks of a file as a whole.

A check is a function from the context to diagnostics, and it checks one rule. To add one: write the
function in the module of its noun, and its row in one of the two tables below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from timeline._checkpoint import checkpoint
from timeline.compiler.checks import (
    addresses,
    amounts,
    dates,
    days_off,
    far_dates,
    feeds,
    identity,
    overlaps,
    parents,
    people,
    portability,
    relations,
    series,
    texts,
    within_parent,
    zones,
)
from timeline.compiler.checks.context import CheckContext
from timeline.dates import RuleBudgetRefusal
from timeline.diagnostics import MOST, At, Diagnostic, On, Severity

Check: TypeAlias = Callable[[CheckContext], Iterator[Diagnostic]]

CHECKS_OF_EVERY_FILE: tuple[Check, ...] = (
    identity.duplicate_id,
    identity.duplicate_uid,
    dates.end_before_start,
    dates.season_or_span,
    parents.outside_parent,
    within_parent.no_parent,
    relations.unknown_related,
    relations.relation_circle,
    relations.duplicate_item,
    days_off.duplicate_day_off,
    relations.unknown_category,
    feeds.unknown_in_feed,
    texts.missing_language,
    texts.missing_required_source,
    overlaps.overlap,
    amounts.too_much_to_write,
)
"""The checks for what does not depend on errors elsewhere in the file."""

CHECKS_OF_VALID_FILES: tuple[Check, ...] = (
    texts.missing_usual_source,
    identity.same_event,
    far_dates.far_date,
    days_off.missing_days_off,
    dates.first_midnight,
    texts.long_summary,
    texts.untranslated,
    addresses.url_scheme,
    addresses.url_password,
    feeds.unused_in_feed,
    within_parent.unused_within_parent,
    zones.zone_without_summer_time,
    portability.uneven_rule,
    people.shown_as_invitation,
    series.duplicate_instance,
)
"""The checks for what is allowed and probably not meant, all of them warnings.

They compare an event with the others, so all must be valid. In case of doubt such a check reports
nothing: people stop reading warnings that are mostly wrong.
"""


def run_checks(context: CheckContext) -> list[Diagnostic]:
    """Return what the checks of every file report, from each at most one error above the limit."""
    return list(_run(CHECKS_OF_EVERY_FILE, context, _limited))


def run_checks_of_valid_file(context: CheckContext) -> list[Diagnostic]:
    """Return what the checks of a file without errors report."""
    return list(_run(CHECKS_OF_VALID_FILES, context, iter))


def _run(
    checks: Iterable[Check],
    context: CheckContext,
    limit: Callable[[Iterator[Diagnostic]], Iterator[Diagnostic]],
) -> Iterator[Diagnostic]:
    """Yield what checks report, and once that the rules take too long to search."""
    too_long = None
    for check in checks:
        checkpoint()
        try:
            yield from limit(check(context))
        except RuleBudgetRefusal as refusal:
            too_long = too_long or refusal.to_diagnostic(_place_of_rule(refusal, context))
    if too_long is not None:
        yield too_long


def _place_of_rule(refusal: RuleBudgetRefusal, context: CheckContext) -> At:
    """Return the place of the first event with the rule whose search was refused."""
    for event in context.calendar.events:
        if event.recurrence is not None and event.recurrence.rule == refusal.recurrence_rule:
            return At((*event.path, "rrule"))
    return At(("events",), On.KEY)


def _limited(diagnostics: Iterator[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield up to one error more than is shown: to suggest a fix for each may take minutes."""
    errors = 0
    for diagnostic in diagnostics:
        yield diagnostic
        errors += diagnostic.severity is Severity.ERROR
        if errors > MOST:
            return
