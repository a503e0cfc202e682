"""The options that commands share, and what stands in them: read, or refused as wrong use."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli.console import wrong_use

if TYPE_CHECKING:
    from timeline.diagnostics.suppressions import RuleSelection
    from timeline.model.selection import Selection

File = Annotated[
    str, typer.Argument(metavar="FILE", help="The events file; `-` is standard input.")
]
First = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="Only events that may lie on or after this date."),
]
Last = Annotated[
    str | None,
    typer.Option("--to", metavar="DATE", help="Only events that may lie on or before this date."),
]
Categories = Annotated[
    list[str] | None,
    typer.Option("--category", metavar="NAME", help="Only events of this category (repeatable)."),
]
Ids = Annotated[
    list[str] | None,
    typer.Option("--id", metavar="ID", help="Only the event with this id (repeatable)."),
]
OutputFormat = Annotated[
    str | None,
    typer.Option(
        metavar="FORM",
        help="How mistakes are told: `full`, `concise` (a line each) or `github`; `validate` also "
        "has `json` and `sarif`. TIMELINE_OUTPUT_FORMAT unless given, else `full`.",
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="CODE", help="Only these warnings, and every error."),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="CODE", help="Not these warnings (repeatable, or `a,b`)."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Let a warning fail as an error does.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DAY", help="The day to take for today.")
]


def selection_of(
    first: str | None, last: str | None, category: list[str] | None, ids: list[str] | None
) -> Selection:
    """Read the filters."""
    from timeline.model.selection import Selection

    refuse_empty({"--from": first, "--to": last})
    begins = bound_of(first, "--from", "earliest") if first else None
    ends = bound_of(last, "--to", "latest") if last else None
    if begins and ends and ends < begins:
        wrong_use(f"--from {first} is after --to {last}")
    return Selection(frozenset(ids or ()), frozenset(category or ()), begins, ends)


def stem_of(file: str, name: str | None, *, needed: bool) -> str:
    """Give the name of the outputs without their endings."""
    if name is None:
        if file == "-" and needed:
            wrong_use("standard input has no name: add --name STEM, or --stdout")
        # A path without a name is a folder: reading it says so.
        name = (Path(file).stem or "events") if file != "-" else "stdin"
    is_plain = name.isprintable() and "/" not in name and os.sep not in name
    if not name or name in (".", "..") or not is_plain:
        wrong_use(f"--name is the name of a file without its ending, not `{name}`")
    return name


def form_of(given: str | None, *, is_alone: bool) -> str:
    """Choose the form of the report; one that is a whole document must stand alone.

    The environment speaks to every command of a build, so what it cannot mean here means nothing.
    """
    from timeline.diagnostics.render import ReportForm
    from timeline.diagnostics.suggest import did_you_mean

    variable = os.environ.get("TIMELINE_OUTPUT_FORMAT") or "full"
    form, whence = (given, "--output-format") if given else (variable, "TIMELINE_OUTPUT_FORMAT")
    if form not in set(ReportForm):
        wrong_use(f"{whence}: there is no form `{form}`; {did_you_mean(form, tuple(ReportForm))}")
    if is_alone or not ReportForm(form).is_document:
        return form
    if given:
        wrong_use(f"{whence}: export tells more than mistakes; `timeline validate` has `{form}`")
    return "full"


def wanted_of(select: list[str] | None, ignore: list[str] | None) -> RuleSelection:
    """Read which warnings are wanted."""
    from timeline.diagnostics.suppressions import RuleSelection, find_objection

    chosen = []
    for option, given in (("--select", select), ("--ignore", ignore)):
        codes = [code.strip() for codes in given or () for code in codes.split(",")]
        for code in codes:
            if (objection := find_objection(code)) is not None:
                near = f", did you mean `{objection.near}`?" if objection.near else ""
                wrong_use(f"{option}: {objection.message}{near}")
        chosen.append(frozenset(codes))
    return RuleSelection(*chosen)


def day_of(text: str, option: str) -> date:
    """Read a day."""
    return bound_of(text, option, "day")


def bound_of(text: str, option: str, side: str) -> date:
    """Read a date of the command line: a day, or the first or last day of what it names."""
    from timeline.dates import reader
    from timeline.dates.edtf import Date
    from timeline.diagnostics.model import Refusal

    try:
        found = reader.parse_literal(text)
    except Refusal as refusal:
        wrong_use(f"{option}: {refusal.message}" + (f"; {refusal.help}" if refusal.help else ""))
    if not isinstance(found, Date) or (side == "day" and not found.is_day):
        wrong_use(f"{option}: `{text}` is not a day; write one such as `2025-01-03`")
    return found.latest if side == "latest" else found.earliest


def refuse_empty(options: dict[str, str | None]) -> None:
    """Refuse options with nothing in them: a shell's variable was not set."""
    for option, value in options.items():
        if value == "":
            wrong_use(f"{option} is empty")


def now() -> str:
    """Read the clock, once a run: ``SOURCE_DATE_EPOCH`` (seconds since 1970), else now."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    except (ValueError, OverflowError, OSError):
        wrong_use(f"SOURCE_DATE_EPOCH is seconds since 1970, not `{epoch}`")
    return f"{moment:%Y%m%dT%H%M%SZ}"
