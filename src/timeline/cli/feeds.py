"""The checks and reports of ``timeline export`` that are about feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from timeline.cli.console import FINDINGS, fail, say, wrong_use
from timeline.cli.progress import progress
from timeline.formats import FORMATS

if TYPE_CHECKING:
    from timeline.model import Calendar
    from timeline.publishing import ExportRequest, Output


def check_feeds(calendar: Calendar, stem: str, asked: list[str]) -> None:
    """Exit with 2 for unknown feeds, and for a feed that has the name of the main one."""
    from timeline.diagnostics import did_you_mean

    known = [definition.id for definition in calendar.feeds]
    for name in asked:
        if name not in known:
            wrong_use(f"there is no feed `{name}` in `feeds`; {did_you_mean(name, known)}")
    if stem in known:
        wrong_use(
            f"the feed `{stem}` and the main feed would both be {stem}.ics: give the feed another "
            "id, or the main feed another name with --name"
        )


def verify_feeds(outputs: list[Output]) -> None:
    """Read what is new in each feed back, and publish nothing that reads otherwise."""
    from timeline.publishing import find_faults

    with progress("reading the feed back"):
        faulty = [(output, fault) for output in outputs for fault in find_faults(output)]
    for output, fault in faulty:
        whose = f"`{fault.uid}`" if fault.uid else "the calendar"
        say(f"{output.path}: {whose}: {fault.property} {fault.message}")
    if faulty:
        fail(
            "the feed does not read back as the file has it, so nothing is written: this is a "
            "mistake of timeline, please report it\n  help: --no-verify writes it all the same",
            FINDINGS,
        )


def report_feeds(
    outputs: list[Output], calendar: Calendar, request: ExportRequest, *, removal: bool, empty: bool
) -> None:
    """Report what the feeds do not show; exit with 1 if published events would be lost."""
    from timeline.publishing import (
        find_removals,
        orphaned_feeds,
        removal_notices,
        removal_objection,
    )

    for output in outputs:
        if (ledger := output.ledger) is None:
            continue
        lost = find_removals(ledger, calendar, output.calendar)
        objection = removal_objection(
            output.path,
            lost,
            is_empty=not ledger.changes,
            is_filtered=bool(request.selection) and not request.to_stdout,
            removal=removal,
            empty=empty,
        )
        for line in objection:
            say(line)
        if objection:
            raise typer.Exit(FINDINGS)
        if ledger.published is None and not request.to_stdout:
            say(f"{output.path}: nothing was published before, so every event begins its history")
        for line in removal_notices(output.path, ledger, lost, output.calendar):
            say(line)
    has_feeds = any(FORMATS[name].is_feed for name in request.names)
    if has_feeds and not (request.to_stdout or request.selection or request.feeds):
        for path in orphaned_feeds(outputs, calendar):
            say(
                f"{path} is a feed of this calendar that the file does not have: nothing updates it"
            )
