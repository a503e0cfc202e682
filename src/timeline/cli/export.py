"""``timeline export``: write the outputs of an events file.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli.console import (
    FINDINGS,
    explained,
    fail,
    say,
    say_what_was_written,
    say_whether_current,
    wrong_use,
)
from timeline.cli.inputs import check_selection, load_sound
from timeline.cli.options import (
    Categories,
    File,
    First,
    Ids,
    Ignore,
    Last,
    OutputFormat,
    Select,
    Strict,
    bound_of,
    day_of,
    form_of,
    now,
    refuse_empty,
    selection_of,
    stem_of,
    wanted_of,
)
from timeline.cli.progress import working

if TYPE_CHECKING:
    from datetime import date

    from timeline.compiler.pipeline import Loaded
    from timeline.publishing.export import Output, Request


def export(
    file: File = "events.yaml",
    ics: Annotated[bool, typer.Option("--ics", help="Write the iCalendar feed.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Write the table.")] = False,
    md: Annotated[bool, typer.Option("--md", help="Write the Markdown.")] = False,
    svg: Annotated[bool, typer.Option("--svg", help="Write the picture.")] = False,
    output_dir: Annotated[
        Path, typer.Option(metavar="DIR", help="Where to write, from the current folder.")
    ] = Path("dist"),
    stdout: Annotated[
        bool, typer.Option("--stdout", help="Write one format to standard output, and no file.")
    ] = False,
    name: Annotated[
        str | None,
        typer.Option(
            metavar="STEM", help="What to call the outputs; the file's name unless given."
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if an output is not up to date.")
    ] = False,
    diff: Annotated[
        bool,
        typer.Option("--diff", help="Write nothing; show what would change, exit 1 if it would."),
    ] = False,
    previous: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|URL", help="The published feed, if it is not the one that stands."
        ),
    ] = None,
    no_previous: Annotated[
        bool, typer.Option("--no-previous", help="Publish for the first time, whatever stands.")
    ] = False,
    allow_removal: Annotated[
        bool,
        typer.Option("--allow-removal", help="Let published events go that the file has no more."),
    ] = False,
    no_verify: Annotated[
        bool, typer.Option("--no-verify", help="Do not read new events of a feed back first.")
    ] = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="Let a feed without events replace one with some.")
    ] = False,
    feed: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only this one of the file's `feeds` (repeatable)."),
    ] = None,
    new_feed: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID", help="This one of `feeds` was not published before (repeatable)."
        ),
    ] = None,
    csv_dialect: Annotated[
        str,
        typer.Option(
            metavar="timeline|google", help="Whose columns: ours, or those Google imports."
        ),
    ] = "timeline",
    csv_bom: Annotated[
        bool, typer.Option("--csv-bom", help="Begin the CSV with a byte order mark, for Excel.")
    ] = False,
    until: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="How far Google's CSV spells out rules; two years from the start unless given.",
        ),
    ] = None,
    md_style: Annotated[
        str, typer.Option(metavar="list|table|mermaid", help="How the Markdown looks.")
    ] = "list",
    heading_level: Annotated[
        int, typer.Option(metavar="1..6", help="The heading level of the years.", min=1, max=6)
    ] = 2,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help="Say in the Markdown what is past, now and next; mark the day in the picture.",
        ),
    ] = None,
    first: First = None,
    last: Last = None,
    category: Categories = None,
    ids: Ids = None,
    output_format: OutputFormat = None,
    select: Select = None,
    ignore: Ignore = None,
    strict: Strict = False,
) -> None:
    """Write the feed, the table and the Markdown of an events file, or a picture of it.

    Without a format, the first three.
    """
    from timeline.formats import Options
    from timeline.publishing import export as exporting

    refuse_empty(
        {"--previous": previous, "--name": name, "--until": until, "--as-of": as_of}
        | {"--from": first, "--to": last}
    )
    asked = zip(("ics", "csv", "md", "svg"), (ics, csv, md, svg), strict=True)
    names = [key for key, wanted in asked if wanted] or ["ics", "csv", "md"][: 1 if feed else 3]
    if stdout and len(names) != 1:
        wrong_use("--stdout writes one format: add one of --ics, --csv, --md, --svg")
    if stdout and len(set(feed or ())) > 1:
        wrong_use("--stdout writes one feed: give --feed once")
    if stdout and (check or diff):
        wrong_use("--stdout does not go with --check or --diff")
    if md_style not in ("list", "table", "mermaid"):
        wrong_use(f"--md-style is `list`, `table` or `mermaid`, not `{md_style}`")
    if until and csv_dialect != "google":
        wrong_use("--until is for --csv-dialect google; the other formats have the rule itself")
    if csv_dialect not in ("timeline", "google"):
        wrong_use(f"--csv-dialect is `timeline` or `google`, not `{csv_dialect}`")
    if previous and no_previous:
        wrong_use("--previous and --no-previous exclude each other")
    idle = {
        "--md-style": ("md", md_style != "list"),
        "--heading-level": ("md", heading_level != 2),
        "--as-of": ("svg" if svg else "md", as_of is not None),
        "--csv-dialect": ("csv", csv_dialect != "timeline"),
        "--csv-bom": ("csv", csv_bom),
        "--previous": ("ics", previous is not None),
        "--no-previous": ("ics", no_previous),
        "--new-feed": ("ics", bool(new_feed)),
    }
    _refuse_idle(names, {option: needs for option, (needs, is_given) in idle.items() if is_given})
    if feed and names != ["ics"]:
        wrong_use("--feed is of iCalendar only: leave --csv, --md and --svg out")
    stem = stem_of(file, name, needed=not stdout)
    selection = selection_of(first, last, category, ids)
    options = Options(
        style=md_style,
        heading_level=heading_level,
        as_of=day_of(as_of, "--as-of") if as_of else None,
        dialect=csv_dialect,
        bom=csv_bom,
        until=bound_of(until, "--until", "latest") if until else None,
    )
    form, wanted = form_of(output_format, is_alone=False), wanted_of(select, ignore)
    loaded = load_sound(file, form, wanted, strict=strict)
    check_selection(loaded, selection)
    _check_feeds(loaded, stem, [*(feed or []), *(new_feed or [])])
    several = len(set(feed or ())) > 1 or (loaded.calendar.feeds and not feed)
    if previous and several and not previous.endswith("/"):
        wrong_use("there are several feeds: give their folder to --previous, ending in `/`")
    request = exporting.Request(
        names,
        output_dir,
        stem,
        selection,
        frozenset(feed or ()),
        previous,
        no_previous,
        frozenset(new_feed or ()),
        to_stdout=stdout,
    )
    with explained(), working("writing"):
        outputs = exporting.render(loaded.calendar, request, options=options, now=now())
    _tell_of_feeds(outputs, loaded, request, removal=allow_removal, empty=allow_empty)
    if not no_verify:
        _verify(outputs)
    if "csv" in names and csv_dialect == "google":
        _tell_of_google(loaded, options.until)
    if stdout:
        if sys.stdout is None:
            wrong_use("--stdout: standard output is closed")
        for chunk in outputs[0].chunks:
            sys.stdout.buffer.write(chunk)
    elif check or diff:
        _compare(outputs, show=diff)
    else:
        _publish(outputs)


def _refuse_idle(names: list[str], given: dict[str, str]) -> None:
    """Refuse options that are about a format that is not written."""
    for option, needed in given.items():
        if needed not in names:
            wrong_use(f"{option} does nothing here: add --{needed}, or leave it out")


def _check_feeds(loaded: "Loaded", stem: str, asked: list[str]) -> None:
    """Refuse feeds that the file does not have, and one in the place of the main feed."""
    from timeline.diagnostics.suggest import did_you_mean

    known = [definition.id for definition in loaded.calendar.feeds]
    for name in asked:
        if name not in known:
            wrong_use(f"there is no feed `{name}` in `feeds`; {did_you_mean(name, known)}")
    if stem in known:
        wrong_use(
            f"the feed `{stem}` and the main feed would both be {stem}.ics: give the feed another "
            "id, or the main feed another name with --name"
        )


def _verify(outputs: "list[Output]") -> None:
    """Read what is new in each feed back, and publish nothing that reads otherwise."""
    from timeline.publishing.export import faults

    with working("reading the feed back"):
        found = [(output, fault) for output in outputs for fault in faults(output)]
    for output, fault in found:
        whose = f"`{fault.uid}`" if fault.uid else "the calendar"
        say(f"{output.path}: {whose}: {fault.property} {fault.message}")
    if found:
        fail(
            "the feed does not read back as the file has it, so nothing is written: this is a "
            "mistake of timeline, please report it\n  help: --no-verify writes it all the same",
            FINDINGS,
        )


def _tell_of_feeds(
    outputs: "list[Output]", loaded: "Loaded", request: "Request", *, removal: bool, empty: bool
) -> None:
    """Say what the feeds do not show, and refuse to lose what was published."""
    from timeline.publishing import removals
    from timeline.publishing.export import orphans

    for output in outputs:
        if (ledger := output.ledger) is None:
            continue
        lost = removals.gone(ledger, loaded.calendar, output.calendar)
        objection = removals.objection(
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
        for line in removals.notices(output.path, ledger, lost, output.calendar):
            say(line)
    if not (request.to_stdout or request.selection or request.feeds) and "ics" in request.names:
        for path in orphans(outputs, loaded.calendar):
            say(
                f"{path} is a feed of this calendar that the file does not have: nothing updates it"
            )


def _tell_of_google(loaded: "Loaded", until: "date | None") -> None:
    zone = loaded.calendar.timezone or "UTC"
    say(f"Google's CSV has no zones: set your Google calendar to {zone} while you import it")
    if any(event.recurrence for event in loaded.calendar.events):
        how_far = str(until) if until else "two years after each start"
        say(f"Google's CSV has no rules: their instances are listed up to {how_far} (--until)")


def _compare(outputs: "list[Output]", *, show: bool) -> None:
    """Hold the outputs against what stands; exit 1 where one differs."""
    from timeline.publishing.export import difference, is_current

    stale = []
    with explained():
        for output in outputs:
            if is_current(output):
                continue
            stale.append(output.path)
            if show:
                typer.echo(difference(output), nl=False)
    say_whether_current([output.path for output in outputs], stale)


def _publish(outputs: "list[Output]") -> None:
    from timeline.publishing.atomic import publish

    with explained(", or name another folder with --output-dir"):
        written = publish({output.path: output.chunks for output in outputs})
    say_what_was_written([output.path for output in outputs], written)
