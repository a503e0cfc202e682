"""Check the feeds of ``timeline export`` and report what they do not show."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import typer
from msgspec.structs import replace

from timeline.cli.console import (
    FINDINGS,
    count,
    fail,
    print_detail,
    print_message,
    print_status,
    usage_error,
)
from timeline.cli.languages import report_draft, report_languages
from timeline.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from timeline.changes import Changes
    from timeline.model import Calendar, VEventProjection
    from timeline.publishing import ExportRequest, Output


def check_feed_ids(calendar: Calendar, names: list[str]) -> None:
    """Exit with 2 for unknown feeds."""
    from timeline.diagnostics import did_you_mean

    known = [definition.id for definition in calendar.feeds]
    for name in names:
        if name not in known:
            usage_error(f"there is no feed `{name}` in `feeds`; {did_you_mean(name, known)}")


LONG_BAR = 365
"""The days of a bar that is in the way in a calendar app: it is shown on each of them."""


def _long_bars(outputs: list[Output]) -> Iterator[str]:
    """Yield how many events the main feed shows as bars of a year and more."""
    main = next((output for output in outputs if output.ledger), None)
    count = sum(map(_is_long_bar, main.vevents)) if main else 0
    if count:
        events = "1 event is a bar" if count == 1 else f"{count} events are bars"
        yield (
            f"{events} of {LONG_BAR} days and more in everybody's calendar; "
            "see `imprecise` and `long-spans`"
        )


def _is_long_bar(vevent: VEventProjection) -> bool:
    start, end = vevent.dtstart, vevent.dtend
    if not isinstance(start, date) or not isinstance(end, date):
        return False
    return (end - start).days >= LONG_BAR


def verify_feeds(outputs: list[Output]) -> None:
    """Read new events of each feed back; exit with 1 if one does not read as in the file."""
    from timeline.publishing import find_faults

    with progress("reading the feed back"):
        faulty = [(output, fault) for output in outputs for fault in find_faults(output)]
    for output, fault in faulty:
        whose = f"`{fault.uid}`" if fault.uid else "the calendar"
        print_message(f"{output.path}: {whose}: {fault.property} {fault.message}")
    if faulty:
        fail(
            "the feed does not read back as expected, so nothing is written: this is a bug in "
            "timeline, please report it",
            FINDINGS,
            "to write it anyway, add --no-verify",
        )


def other_feed_notice(new: Path, other: Path) -> str:
    """Return the notice that a new feed is not the only one of its calendar."""
    return f"{new}: `{other}` is a feed of this calendar, too, and is not updated"


def report_feeds(
    outputs: list[Output],
    calendar: Calendar,
    request: ExportRequest,
    *,
    is_written: bool,
    allow_removal: bool,
    allow_empty: bool,
) -> None:
    """Report events that the feeds do not show; exit with 1 if published ones would be removed."""
    from timeline.publishing import (
        find_removals,
        following_notices,
        omission_notices,
        orphaned_feeds,
        other_main_feed,
        removal_notices,
        removal_objection,
    )

    for output in outputs:
        if (ledger := output.ledger) is None:
            continue
        removals = find_removals(ledger, calendar, output.calendar)
        objection = removal_objection(
            output.path,
            removals,
            is_empty=not ledger.changes,
            is_filtered=bool(request.selection) and not request.to_stdout,
            allow_removal=allow_removal,
            allow_empty=allow_empty,
        )
        for line in objection:
            print_message(line)
        if objection:
            raise typer.Exit(FINDINGS)
        if ledger.published is None and not request.to_stdout:
            starting = "; starting a new history" if is_written else ""
            print_status(f"{output.path}: no published feed found{starting}")
            if (other := other_main_feed(output, calendar, request)) is not None:
                print_status(other_feed_notice(output.path, other))
            report_draft(output.calendar.language)
        for line in removal_notices(output.path, ledger, removals):
            print_status(line)
        for line in following_notices(output.path, ledger, output.calendar):
            print_status(line)
        events, vevents = len(output.calendar.events), len(ledger.changes)
        print_detail(f"{output.path}: {count(events, 'event')}, {count(vevents, 'VEVENT')}")
    feeds = [(output.path, output.calendar) for output in outputs if output.ledger is not None]
    print_status(*omission_notices(feeds))
    report_languages(output.calendar.language for output in outputs)
    for line in _long_bars(outputs):
        print_status(line)
    has_feeds = any(requested.form.is_feed for requested in request.outputs)
    if has_feeds and not (request.to_stdout or request.selection or request.feeds):
        for path in orphaned_feeds(outputs, calendar):
            print_message(
                f"{path} is a feed of this calendar, but not in `feeds`: it is no longer updated"
            )


MOST_CHANGES = 20
"""The changed events that an export lists; the others are counted."""


def report_changes(outputs: list[Output]) -> None:
    """Print a line for each event that the feeds change; an event of several feeds has one.

    Events that left a feed are reported before anything is written.
    """
    lines, more = dict[str, None](), 0
    for output in outputs:
        if output.changes is None:
            continue
        more = max(more, output.changes.more)
        if output.changes.changes:
            lines |= dict.fromkeys(_change_lines(output.changes.changes, output.calendar))
    print_status(*list(lines)[:MOST_CHANGES])
    if left := max(0, len(lines) - MOST_CHANGES) + more:
        print_status(f"and {left:,} more")


def _change_lines(changes: Changes, calendar: Calendar) -> Iterator[str]:
    from timeline.changes import Kind, change_line, shortened
    from timeline.model import wording_of

    wording = wording_of(replace(calendar, language=None))  # as the command line is
    for _, change in changes.tree():
        if change.kind is not Kind.REMOVED:
            yield shortened(change_line(change, changes, wording))
