"""The command line. Only this layer knows the clock, the environment, the terminal, exit codes.

Exit codes: 0 fine, 1 findings or would change, 2 wrong use or unreadable input. Data goes to
standard output, what is said about it to standard error. What a command needs is imported in it:
``--help`` waits for none of it.

Annotations are no text here, as they are where ``from __future__ import annotations`` stands: typer
would compile that of the command that is run, twice.
"""

import os
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, TypeVar

import typer

from timeline.cli.commands import Commands
from timeline.cli.console import (
    FINDINGS,
    WRONG_USE,
    color,
    count,
    explained,
    fail,
    report,
    say,
    say_what_was_written,
    say_whether_current,
    shown,
    tell,
    working,
    wrong_use,
)
from timeline.cli.options import (
    AsOf,
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

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from timeline.compiler.pipeline import Loaded
    from timeline.diagnostics.suppressions import Wanted
    from timeline.model.selection import Selection
    from timeline.publishing.export import Output, Request

T = TypeVar("T")

commands = Commands()

app = typer.Typer(
    cls=commands.group(),
    help="Milestones in YAML, honest about what is known of their dates, as an iCalendar feed, "
    "CSV, Markdown and a picture.",
    epilog="Begin with `timeline init`, then `timeline export`. "
    "`timeline explain CODE` tells more of a mistake.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", help="Print the versions of timeline and tzdata.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""
    if version:
        from timeline._version import version as line

        typer.echo(line())
        raise typer.Exit


@commands.command(short_help="Write the feed, the table, the Markdown, the picture.")
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
    loaded = _load(file, form, wanted, strict=strict)
    _check_selection(loaded, selection)
    _check_feeds(loaded, stem, [*(feed or []), *(new_feed or [])])
    several = len(set(feed or ())) > 1 or (loaded.timeline.feeds and not feed)
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
        outputs = exporting.render(loaded, request, options=options, now=now())
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


@commands.command(short_help="Say everything that is wrong with a file.")
def validate(
    file: File = "events.yaml",
    output_format: OutputFormat = None,
    select: Select = None,
    ignore: Ignore = None,
    strict: Strict = False,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Mend spellings of dates and keys that can mean one thing."),
    ] = False,
    diff: Annotated[
        bool,
        typer.Option(
            "--diff", help="With --fix, write nothing: show what would change, exit 1 if it would."
        ),
    ] = False,
) -> None:
    """Say everything that is wrong with an events file, and where."""
    if diff and not fix:
        wrong_use("--diff is for --fix: it shows what that would change")
    if diff and output_format:
        wrong_use("--output-format does nothing here: --diff shows changes and tells no mistakes")
    form, wanted = form_of(output_format, is_alone=True), wanted_of(select, ignore)
    if fix:
        loaded = _fix(file, form, wanted, only_show=diff)
    else:
        loaded = _understand(file, wanted)
        report(loaded, form, to_stdout=True)
        if form == "full":
            _say_what_can_be_fixed(loaded)
    if not loaded.is_sound or (strict and loaded.diagnostics):
        raise typer.Exit(FINDINGS)
    if not loaded.diagnostics:
        say(f"{shown(file)}: {count(len(loaded.calendar.events), 'event')}, nothing wrong")


@commands.command(short_help="Put timelines into Markdown documents.")
def embed(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="The Markdown documents.")],
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if a document is not up to date.")
    ] = False,
    diff: Annotated[
        bool,
        typer.Option("--diff", help="Write nothing; show what would change, exit 1 if it would."),
    ] = False,
) -> None:
    """Put timelines into Markdown documents, between the markers that stand there.

    Between `<!-- timeline:start -->` and `<!-- timeline:end -->`; options stand in the first.
    """
    from timeline.compiler.pipeline import loader
    from timeline.embed import document as embedding
    from timeline.publishing import atomic as publish

    load = loader(lambda loaded: report(loaded, to_stdout=False))
    made = {path: embedding.embed(_read(path), str(path), load) for path in files}
    for path, one in made.items():
        tell(one.diagnostics, one.document, to_stdout=False)
        if one.left_alone and not one.places:
            lines = ", ".join(map(str, one.left_alone))
            say(f"{path}: markers in lines {lines} are {embedding.LEFT_ALONE}")
        elif not one.places and not one.diagnostics:
            say(f"{path}: {embedding.NO_PLACE}")
    contents = {path: one.content for path, one in made.items() if one.places and one.content}
    if len(contents) < len(made):
        raise typer.Exit(FINDINGS)
    with explained():
        if check or diff:
            stale = [path for path, new in contents.items() if not publish.stands(path, new)]
            for path in stale if diff else ():
                typer.echo(publish.diff(path, contents[path]), nl=False)
            say_whether_current(list(contents), stale)
        else:
            say_what_was_written(list(contents), publish.publish(contents))


@commands.command(short_help="Show the timeline in the terminal.")
def show(
    file: File = "events.yaml",
    as_of: AsOf = None,
    next_: Annotated[
        int | None,
        typer.Option("--next", metavar="N", help="Only what is on, and the next N events.", min=1),
    ] = None,
    first: First = None,
    last: Last = None,
    category: Categories = None,
    ids: Ids = None,
) -> None:
    """Show the timeline in the terminal, and what is left out of the feed and why."""
    import shutil

    from timeline.formats import terminal as showing
    from timeline.model.selection import select
    from timeline.publishing.removals import omissions

    selection = selection_of(first, last, category, ids)
    today = day_of(as_of, "--as-of") if as_of else datetime.now().astimezone().date()
    loaded = _load(file)
    _check_selection(loaded, selection)
    calendar = select(loaded.calendar, selection)
    lines = showing.render(
        calendar,
        as_of=today,
        next_=next_,
        color=color(sys.stdout),
        width=shutil.get_terminal_size((80, 24)).columns,
        left_out=omissions(calendar),
    )
    for line in lines:
        typer.echo(line)


@commands.command(short_help="Begin a timeline in a folder.")
def init(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where to begin; made if it is not there.")
    ] = Path(),
) -> None:
    """Begin a timeline: a commented events file, its schema for editors, and .gitattributes."""
    from timeline.cli import init as starter
    from timeline.publishing.atomic import publish

    files = starter.files(directory)
    # Not `Path.exists`: it fails where a folder cannot be looked into, which `publish` explains.
    attributes = directory / ".gitattributes"
    standing = [path for path in files if os.path.lexists(path)]
    if standing == [attributes]:
        say(f"{attributes} is there already: see that it has these lines")
        say(starter.GIT_ATTRIBUTES.rstrip())
        del files[attributes]
    elif standing:
        fail(f"`{standing[0]}` is there already, and init overwrites nothing", FINDINGS)
    with explained():
        for path in publish(files):
            say(f"wrote {path}")
    say("now: timeline export" if directory == Path() else f"now: cd {directory}; timeline export")


@commands.command(short_help="Print the JSON Schema of the file.")
def schema() -> None:
    """Print the JSON Schema of the events file, for editors and other programs."""
    from timeline.cli.init import schema_text

    typer.echo(schema_text(), nl=False)


@commands.command(short_help="Explain the code of a diagnostic.")
def explain(
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="The code in a diagnostic's brackets.")
    ] = None,
) -> None:
    """Explain a diagnostic: what it means, an example and the mend; without a code, list them."""
    from timeline.diagnostics import catalog
    from timeline.diagnostics.suggest import nearest

    rules = catalog.by_code()
    if code is None:
        for rule in rules.values():
            typer.echo(f"{rule.code}: {rule.title}")
    elif code in rules:
        typer.echo(catalog.page(rules[code]).text, nl=False)
    else:
        near = nearest(code, rules)
        wrong_use(
            f"there is no diagnostic `{code}`"
            + (f", did you mean `{near}`?" if near else "; `timeline explain` lists them all")
        )


# --- input --------------------------------------------------------------------------------------


def _load(
    file: str, form: str = "full", wanted: "Wanted | None" = None, *, strict: bool = False
) -> "Loaded":
    """Load a file that must be sound; its warnings go to standard error."""
    loaded = _understand(file, wanted)
    report(loaded, form, to_stdout=False)
    if not loaded.is_sound:
        raise typer.Exit(FINDINGS)
    if strict and loaded.diagnostics:
        fail("--strict lets no warning pass, so nothing is written", FINDINGS)
    return loaded


def _understand(file: str, wanted: "Wanted | None" = None) -> "Loaded":
    from timeline.compiler.pipeline import load

    return _kept(_read_by(load, file), wanted)


def _fix(file: str, form: str, wanted: "Wanted", *, only_show: bool) -> "Loaded":
    """Mend a file, or show how, and tell what is left; standard input goes on to the output."""
    from timeline.cli.validate import write
    from timeline.compiler.fix import mend
    from timeline.diagnostics.model import STDIN
    from timeline.diagnostics.render.terminal import placed
    from timeline.publishing.diff import unified

    mended = _read_by(mend, file)
    loaded = _kept(mended.loaded, wanted)
    left = len(placed(loaded.diagnostics, loaded.document))
    if only_show:
        for name, content in mended.after.items():
            typer.echo(unified(mended.before[name], content, name), nl=False)
    else:
        with explained():
            write(mended)
        if file == "-":
            sys.stdout.buffer.write(mended.after[STDIN])
        report(loaded, form, to_stdout=file != "-")
    if mended.count:
        told = f"{'would fix' if only_show else 'fixed'} {count(mended.count, 'mistake')}"
        remain = "would remain" if only_show else "remain" if left != 1 else "remains"
        say(f"{told}, {left or 'none'} {remain}")
    elif loaded.document.truncated is not None:
        say("nothing is mended while the YAML cannot be read to its end")
    if only_show and mended.count:
        raise typer.Exit(FINDINGS)
    return loaded


def _say_what_can_be_fixed(loaded: "Loaded") -> None:
    if any(one.replacement for one in loaded.diagnostics):
        from timeline.compiler.fix import fixes

        if count := len(fixes(loaded.diagnostics, loaded.document)):
            say(f"--fix would mend {count} of them")


def _read_by(read: "Callable[[str, BinaryIO | None], T]", file: str) -> T:
    """Read a file or standard input, or say why not."""
    from timeline.source.document import Unreadable

    try:
        with working(f"reading {shown(file)}"):
            return read(file, sys.stdin.buffer if sys.stdin else None)
    except Unreadable as unreadable:
        hint = "\n  help: `timeline init` begins one" if file == "events.yaml" else ""
        fail(f"{unreadable}{hint}", WRONG_USE)


def _kept(loaded: "Loaded", wanted: "Wanted | None") -> "Loaded":
    kept = wanted.keep(loaded.diagnostics) if wanted else loaded.diagnostics
    return replace(loaded, diagnostics=kept)


def _read(document: Path) -> bytes:
    try:
        if document.exists() and not document.is_file():
            fail(f"`{document}` is not a file", WRONG_USE)
        return document.read_bytes()
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        fail(f"cannot read `{document}`: {why}", WRONG_USE)


# --- output -------------------------------------------------------------------------------------


def _refuse_idle(names: list[str], given: dict[str, str]) -> None:
    """Refuse options that are about a format that is not written."""
    for option, needed in given.items():
        if needed not in names:
            wrong_use(f"{option} does nothing here: add --{needed}, or leave it out")


def _check_feeds(loaded: "Loaded", stem: str, asked: list[str]) -> None:
    """Refuse feeds that the file does not have, and one in the place of the main feed."""
    from timeline.diagnostics.suggest import did_you_mean

    known = [each.id for each in loaded.timeline.feeds]
    for name in asked:
        if name not in known:
            wrong_use(f"there is no feed `{name}` in `feeds`; {did_you_mean(name, known)}")
    if stem in known:
        wrong_use(
            f"the feed `{stem}` and the main feed would both be {stem}.ics: give the feed another "
            "id, or the main feed another name with --name"
        )


def _check_selection(loaded: "Loaded", selection: "Selection") -> None:
    """Refuse ids and categories that the file does not have: they would select nothing."""
    from timeline.diagnostics.suggest import did_you_mean

    if not selection:
        return
    events = loaded.calendar.events
    ids = {event.id for event in events}
    categories = {name for event in events for name in event.categories}
    for option, asked, known in (
        ("--id", selection.ids, ids),
        ("--category", selection.categories, categories | set(loaded.timeline.categories)),
    ):
        for name in sorted(asked - known):
            hint = did_you_mean(name, sorted(known))
            wrong_use(f"{option}: there is no `{name}` in the file; {hint}")


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
