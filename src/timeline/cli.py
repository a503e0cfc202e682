"""The command line. Only this layer knows the clock, the environment, the terminal, exit codes.

Exit codes: 0 fine, 1 findings or would change, 2 wrong use or unreadable input. Data goes to
standard output, what is said about it to standard error. What a command needs is imported in it:
``--help`` waits for none of it.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.diagnostics import Diagnostic
    from timeline.export import Gone, Output, Request
    from timeline.ignores import Wanted
    from timeline.load import Loaded
    from timeline.select import Selection
    from timeline.source import Document

FINDINGS = 1
WRONG_USE = 2

app = typer.Typer(
    help="Milestones in YAML, honest about what is known of their dates, as an iCalendar feed, "
    "CSV and Markdown.",
    epilog="Begin with `timeline init`, then `timeline export`. "
    "`timeline explain CODE` tells more of a mistake.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

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


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", help="Print the versions of timeline and tzdata.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""
    if version:
        from timeline.version import version as line

        typer.echo(line())
        raise typer.Exit


@app.command(short_help="Write the feed, the table and the Markdown.")
def export(
    file: File = "events.yaml",
    ics: Annotated[bool, typer.Option("--ics", help="Write the iCalendar feed.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Write the table.")] = False,
    md: Annotated[bool, typer.Option("--md", help="Write the Markdown.")] = False,
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
        str | None, typer.Option(metavar="ID", help="Only this one of the file's `feeds`.")
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
        typer.Option(metavar="DAY", help="Say in the Markdown what is past, now and next."),
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
    """Write the feed, the table and the Markdown of an events file; without a format, all three."""
    from timeline import export as exporting
    from timeline.formats import Options

    _refuse_empty(
        {"--feed": feed, "--previous": previous, "--name": name, "--until": until, "--as-of": as_of}
        | {"--from": first, "--to": last}
    )
    names = [key for key, wanted in {"ics": ics, "csv": csv, "md": md}.items() if wanted]
    names = names or (["ics"] if feed else ["ics", "csv", "md"])
    if stdout and len(names) != 1:
        _wrong_use("--stdout writes one format: add one of --ics, --csv, --md")
    if stdout and (check or diff):
        _wrong_use("--stdout does not go with --check or --diff")
    if md_style not in ("list", "table", "mermaid"):
        _wrong_use(f"--md-style is `list`, `table` or `mermaid`, not `{md_style}`")
    if until and csv_dialect != "google":
        _wrong_use("--until is for --csv-dialect google; the other formats have the rule itself")
    if csv_dialect not in ("timeline", "google"):
        _wrong_use(f"--csv-dialect is `timeline` or `google`, not `{csv_dialect}`")
    if previous and no_previous:
        _wrong_use("--previous and --no-previous exclude each other")
    if feed and names != ["ics"]:
        _wrong_use("--feed is of iCalendar only: leave --csv and --md out")
    stem = _stem(file, name, needed=not stdout)
    selection = _selection(first, last, category, ids)
    options = Options(
        exporting.no_stamps,
        md_style,
        heading_level,
        as_of=_day(as_of, "--as-of") if as_of else None,
        dialect=csv_dialect,
        bom=csv_bom,
        until=_bound(until, "--until", "latest") if until else None,
    )
    form, wanted = _form(output_format, is_alone=False), _wanted(select, ignore)
    loaded = _load(file, form, wanted, strict=strict)
    _check_selection(loaded, selection)
    _check_feeds(loaded, stem, [*([feed] if feed else []), *(new_feed or [])])
    if previous and loaded.timeline.feeds and not (feed or previous.endswith("/")):
        _wrong_use("there are several feeds: give their folder to --previous, ending in `/`")
    request = exporting.Request(
        names,
        output_dir,
        stem,
        selection,
        feed,
        previous,
        no_previous,
        frozenset(new_feed or ()),
        to_stdout=stdout,
    )
    with _explained(), _working("writing"):
        outputs = exporting.render(loaded, request, options=options, now=_now())
    _tell_of_feeds(outputs, loaded, request, allow_removal=allow_removal, allow_empty=allow_empty)
    if not no_verify:
        _verify(outputs)
    if "csv" in names and csv_dialect == "google":
        _tell_of_google(loaded, options.until)
    if stdout:
        if sys.stdout is None:
            _wrong_use("--stdout: standard output is closed")
        for chunk in outputs[0].chunks:
            sys.stdout.buffer.write(chunk)
    elif check or diff:
        _compare(outputs, show=diff)
    else:
        _publish(outputs)


@app.command(short_help="Say everything that is wrong with a file.")
def validate(
    file: File = "events.yaml",
    output_format: OutputFormat = None,
    select: Select = None,
    ignore: Ignore = None,
    strict: Strict = False,
) -> None:
    """Say everything that is wrong with an events file, and where."""
    form, wanted = _form(output_format, is_alone=True), _wanted(select, ignore)
    loaded = _understand(file, wanted)
    _report(loaded, form, to_stdout=True)
    if not loaded.is_sound or (strict and loaded.diagnostics):
        raise typer.Exit(FINDINGS)
    if not loaded.diagnostics:
        _say(f"{_shown(file)}: {_count(len(loaded.calendar.events), 'event')}, nothing wrong")


@app.command(short_help="Put timelines into Markdown documents.")
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
    from timeline import embed as embedding
    from timeline import publish

    load = _loader()
    made = {path: embedding.embed(_read(path), str(path), load) for path in files}
    for path, one in made.items():
        _tell(one.diagnostics, one.document, to_stdout=False)
        if not one.places and not one.diagnostics:
            _say(f"{path}: {embedding.NO_PLACE}")
    contents = {path: one.content for path, one in made.items() if one.places and one.content}
    if len(contents) < len(made):
        raise typer.Exit(FINDINGS)
    with _explained():
        if check or diff:
            stale = [path for path, new in contents.items() if not publish.stands(path, new)]
            for path in stale if diff else ():
                typer.echo(publish.diff(path, contents[path]), nl=False)
            _say_whether_current(list(contents), stale)
        else:
            _say_what_was_written(list(contents), publish.publish(contents))


@app.command(short_help="Show the timeline in the terminal.")
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

    from timeline import show as showing
    from timeline.export import omissions
    from timeline.select import select

    selection = _selection(first, last, category, ids)
    today = _day(as_of, "--as-of") if as_of else datetime.now().astimezone().date()
    loaded = _load(file)
    _check_selection(loaded, selection)
    calendar = select(loaded.calendar, selection)
    lines = showing.render(
        calendar,
        as_of=today,
        next_=next_,
        color=_color(sys.stdout),
        width=shutil.get_terminal_size((80, 24)).columns,
        left_out=omissions(calendar),
    )
    for line in lines:
        typer.echo(line)


@app.command(short_help="Begin a timeline in a folder.")
def init(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where to begin; made if it is not there.")
    ] = Path(),
) -> None:
    """Begin a timeline: a commented events file, its schema for editors, and .gitattributes."""
    from timeline import starter
    from timeline.publish import publish

    files = starter.files(directory)
    # Not `Path.exists`: it fails where a folder cannot be looked into, which `publish` explains.
    attributes = directory / ".gitattributes"
    standing = [path for path in files if os.path.lexists(path)]
    if standing == [attributes]:
        _say(f"{attributes} is there already: see that it has these lines")
        _say(starter.GIT_ATTRIBUTES.rstrip())
        del files[attributes]
    elif standing:
        _fail(f"`{standing[0]}` is there already, and init overwrites nothing", FINDINGS)
    with _explained():
        for path in publish(files):
            _say(f"wrote {path}")
    _say("now: timeline export" if directory == Path() else f"now: cd {directory}; timeline export")


@app.command(short_help="Print the JSON Schema of the file.")
def schema() -> None:
    """Print the JSON Schema of the events file, for editors and other programs."""
    from timeline.starter import schema_text

    typer.echo(schema_text(), nl=False)


@app.command(short_help="Explain the code of a diagnostic.")
def explain(
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="The code in a diagnostic's brackets.")
    ] = None,
) -> None:
    """Explain a diagnostic: what it means, an example and the mend; without a code, list them."""
    from timeline import explanations
    from timeline.values import nearest

    pages = explanations.pages()
    if code is None:
        for known, page in pages.items():
            typer.echo(f"{known}: {page.title}")
    elif code in pages:
        typer.echo(pages[code].text, nl=False)
    else:
        near = nearest(code, pages)
        _wrong_use(
            f"there is no diagnostic `{code}`"
            + (f", did you mean `{near}`?" if near else "; `timeline explain` lists them all")
        )


# --- input --------------------------------------------------------------------------------------


def _load(
    file: str, form: str = "full", wanted: Wanted | None = None, *, strict: bool = False
) -> Loaded:
    """Load a file that must be sound; its warnings go to standard error."""
    loaded = _understand(file, wanted)
    _report(loaded, form, to_stdout=False)
    if not loaded.is_sound:
        raise typer.Exit(FINDINGS)
    if strict and loaded.diagnostics:
        _fail("--strict lets no warning pass, so nothing is written", FINDINGS)
    return loaded


def _understand(file: str, wanted: Wanted | None = None) -> Loaded:
    from timeline.load import load
    from timeline.source import Unreadable

    try:
        with _working(f"reading {_shown(file)}"):
            loaded = load(file, sys.stdin.buffer if sys.stdin else None)
    except Unreadable as unreadable:
        hint = "\n  help: `timeline init` begins one" if file == "events.yaml" else ""
        _fail(f"{unreadable}{hint}", WRONG_USE)
    kept = wanted.keep(loaded.diagnostics) if wanted else loaded.diagnostics
    return replace(loaded, diagnostics=kept)


def _wanted(select: list[str] | None, ignore: list[str] | None) -> Wanted:
    from timeline.ignores import Wanted, refusal

    chosen = []
    for option, given in (("--select", select), ("--ignore", ignore)):
        codes = [code.strip() for codes in given or () for code in codes.split(",")]
        for code in codes:
            if (why := refusal(code)) is not None:
                _wrong_use(f"{option}: {why}")
        chosen.append(frozenset(codes))
    return Wanted(*chosen)


def _loader() -> Callable[[Sequence[str]], Loaded]:
    """Make what loads the first of some files that is there, each once, and tells of mistakes."""
    from timeline.load import load

    known: dict[str, Loaded] = {}

    def first(paths: Sequence[str]) -> Loaded:
        path = next(filter(os.path.exists, paths), paths[0])
        if (real := os.path.realpath(path)) not in known:
            known[real] = load(path)
            _report(known[real], to_stdout=False)
        return known[real]

    return first


def _read(document: Path) -> bytes:
    try:
        if document.exists() and not document.is_file():
            _fail(f"`{document}` is not a file", WRONG_USE)
        return document.read_bytes()
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        _fail(f"cannot read `{document}`: {why}", WRONG_USE)


def _refuse_empty(options: dict[str, str | None]) -> None:
    """Refuse options with nothing in them: a shell's variable was not set."""
    for option, value in options.items():
        if value == "":
            _wrong_use(f"{option} is empty")


def _form(given: str | None, *, is_alone: bool) -> str:
    """Choose the form of the report; one that is a whole document must stand alone.

    The environment speaks to every command of a build, so what it cannot mean here means nothing.
    """
    from timeline.reports import FOR_PEOPLE, REPORTS
    from timeline.values import did_you_mean

    variable = os.environ.get("TIMELINE_OUTPUT_FORMAT") or "full"
    form, whence = (given, "--output-format") if given else (variable, "TIMELINE_OUTPUT_FORMAT")
    if form not in REPORTS:
        _wrong_use(f"{whence}: there is no form `{form}`; {did_you_mean(form, REPORTS)}")
    if is_alone or form in FOR_PEOPLE:
        return form
    if given:
        _wrong_use(f"{whence}: export tells more than mistakes; `timeline validate` has `{form}`")
    return "full"


def _stem(file: str, name: str | None, *, needed: bool) -> str:
    if name is None:
        if file == "-" and needed:
            _wrong_use("standard input has no name: add --name STEM, or --stdout")
        # A path without a name is a folder: reading it says so.
        name = (Path(file).stem or "events") if file != "-" else "stdin"
    is_plain = name.isprintable() and "/" not in name and os.sep not in name
    if not name or name in (".", "..") or not is_plain:
        _wrong_use(f"--name is the name of a file without its ending, not `{name}`")
    return name


def _selection(
    first: str | None, last: str | None, category: list[str] | None, ids: list[str] | None
) -> Selection:
    from timeline.select import Selection

    _refuse_empty({"--from": first, "--to": last})
    begins = _bound(first, "--from", "earliest") if first else None
    ends = _bound(last, "--to", "latest") if last else None
    if begins and ends and ends < begins:
        _wrong_use(f"--from {first} is after --to {last}")
    return Selection(frozenset(ids or ()), frozenset(category or ()), begins, ends)


def _day(text: str, option: str) -> date:
    return _bound(text, option, "day")


def _bound(text: str, option: str, side: str) -> date:
    """Read a date of the command line: a day, or the first or last day of what it names."""
    from timeline import dates
    from timeline.diagnostics import Refusal
    from timeline.edtf import Date

    try:
        found = dates.parse_literal(text)
    except Refusal as refusal:
        _wrong_use(f"{option}: {refusal.message}" + (f"; {refusal.help}" if refusal.help else ""))
    if not isinstance(found, Date) or (side == "day" and not found.is_day):
        _wrong_use(f"{option}: `{text}` is not a day; write one such as `2025-01-03`")
    return found.latest if side == "latest" else found.earliest


def _now() -> str:
    """Read the clock, once a run: ``SOURCE_DATE_EPOCH`` (seconds since 1970), else now."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    except (ValueError, OverflowError, OSError):
        _wrong_use(f"SOURCE_DATE_EPOCH is seconds since 1970, not `{epoch}`")
    return f"{moment:%Y%m%dT%H%M%SZ}"


# --- output -------------------------------------------------------------------------------------


def _check_feeds(loaded: Loaded, stem: str, asked: list[str]) -> None:
    """Refuse feeds that the file does not have, and one in the place of the main feed."""
    from timeline.values import did_you_mean

    known = [each.id for each in loaded.timeline.feeds]
    for name in asked:
        if name not in known:
            _wrong_use(f"there is no feed `{name}` in `feeds`; {did_you_mean(name, known)}")
    if stem in known:
        _wrong_use(
            f"the feed `{stem}` and the main feed would both be {stem}.ics: give the feed another "
            "id, or the main feed another name with --name"
        )


def _check_selection(loaded: Loaded, selection: Selection) -> None:
    """Refuse ids and categories that the file does not have: they would select nothing."""
    from timeline.values import did_you_mean

    events = loaded.calendar.events
    ids = {event.id for event in events}
    categories = {name for event in events for name in event.categories}
    for option, asked, known in (
        ("--id", selection.ids, ids),
        ("--category", selection.categories, categories | set(loaded.timeline.categories)),
    ):
        for name in sorted(asked - known):
            hint = did_you_mean(name, sorted(known))
            _wrong_use(f"{option}: there is no `{name}` in the file; {hint}")


def _verify(outputs: list[Output]) -> None:
    """Read what is new in each feed back, and publish nothing that reads otherwise."""
    from timeline.export import faults

    with _working("reading the feed back"):
        found = [(output, fault) for output in outputs for fault in faults(output)]
    for output, fault in found:
        whose = f"`{fault.uid}`" if fault.uid else "the calendar"
        _say(f"{output.path}: {whose}: {fault.property} {fault.message}")
    if found:
        _fail(
            "the feed does not read back as the file has it, so nothing is written: this is a "
            "mistake of timeline, please report it\n  help: --no-verify writes it all the same",
            FINDINGS,
        )


def _tell_of_feeds(
    outputs: list[Output],
    loaded: Loaded,
    request: Request,
    *,
    allow_removal: bool,
    allow_empty: bool,
) -> None:
    """Say what the feeds do not show, and refuse to lose what was published."""
    from timeline import export as exporting

    for output in outputs:
        if output.ledger is None:
            continue
        gone = exporting.gone(output, loaded.calendar)
        lost = [each for each in gone if not each.is_in_file]
        if lost and not allow_removal:
            _refuse_removal(output, lost)
        if output.ledger.published is None and not request.to_stdout:
            _say(f"{output.path}: nothing was published before, so every event begins its history")
        if gone and request.selection and not (allow_removal or request.to_stdout):
            _fail(
                f"{output.path} has {_count(len(gone), 'event')} that these filters leave out, and "
                "its subscribers would lose them\n  help: write elsewhere with --name, "
                "--output-dir or --stdout; or, if that is meant, add --allow-removal",
                FINDINGS,
            )
        if gone and not output.ledger.changes and not allow_empty:
            _fail(
                f"{output.path} would have no event left: its subscribers' calendars would become "
                "empty\n  help: if that is meant, add --allow-empty",
                FINDINGS,
            )
        for each in gone:
            why = "is removed"
            if each.is_in_file:
                why = "is in the file, but no longer " + ("drawn" if each.is_in_feed else "in here")
            if each.key[1] is not None:
                why = "is as the rule has it again, or not at all"
            _say(f"{output.path}: {each.name} was published and {why}: {each.summary}")
        omitted = exporting.omissions(output.calendar)
        if omitted:
            _say(f"left out of {output.path}: {_count(len(omitted), 'event')}")
        for name, why in omitted.items():
            _say(f"  {name}: {why}")
        if widened := exporting.widened(output):
            _say(
                f"{output.path}: this version of timeline writes more than the one that published "
                f"it, so the stamps of {_count(widened, 'event')} move"
            )


def _tell_of_google(loaded: Loaded, until: date | None) -> None:
    zone = loaded.calendar.timezone or "UTC"
    _say(f"Google's CSV has no zones: set your Google calendar to {zone} while you import it")
    if any(event.recurrence for event in loaded.calendar.events):
        how_far = str(until) if until else "two years after each start"
        _say(f"Google's CSV has no rules: their instances are listed up to {how_far} (--until)")


def _refuse_removal(feed: Output, lost: list[Gone]) -> NoReturn:
    for each in lost:
        _say(f"{feed.path}: {each.name} was published and is gone from the file: {each.summary}")
    _say(
        "  to keep it in subscribers' calendars as cancelled, put it back with `status: cancelled`"
    )
    _say("  if it has another id now, add the old one to `renamed-from` of the event")
    _say("  if `uid` was added to it since, take that away again")
    _say("  to take it out of their calendars, add --allow-removal")
    raise typer.Exit(FINDINGS)


def _compare(outputs: list[Output], *, show: bool) -> None:
    """Hold the outputs against what stands; exit 1 where one differs."""
    from timeline.export import difference, is_current

    stale = []
    with _explained():
        for output in outputs:
            if is_current(output):
                continue
            stale.append(output.path)
            if show:
                typer.echo(difference(output), nl=False)
    _say_whether_current([output.path for output in outputs], stale)


def _say_whether_current(paths: list[Path], stale: list[Path]) -> None:
    for path in stale:
        _say(f"would change {path}")
    if stale:
        raise typer.Exit(FINDINGS)
    _say(f"{', '.join(str(path) for path in paths)}: up to date")


def _publish(outputs: list[Output]) -> None:
    from timeline.publish import publish

    with _explained():
        written = publish({output.path: output.chunks for output in outputs})
    _say_what_was_written([output.path for output in outputs], written)


def _say_what_was_written(paths: list[Path], written: list[Path]) -> None:
    for path in paths:
        _say(f"{'wrote' if path in written else 'unchanged'} {path}")


def _report(loaded: Loaded, form: str = "full", *, to_stdout: bool) -> None:
    _tell(loaded.diagnostics, loaded.document, form, to_stdout=to_stdout)


def _tell(
    diagnostics: list[Diagnostic], document: Document, form: str = "full", *, to_stdout: bool
) -> None:
    from timeline import report, reports

    stream = sys.stdout if to_stdout else sys.stderr
    # A form for programs is a document even if there is nothing to tell.
    text = reports.render(form, diagnostics, document, color=_color(stream))
    typer.echo(text, nl=False, err=not to_stdout)
    if not diagnostics:
        return
    shown = report.placed(diagnostics, document)
    _say(report.summary([one.diagnostic for one in shown]))


class _working:  # noqa: N801 - read as a word: with _working("reading")
    """Say on a terminal what takes more than a second, on a line that goes away again.

    The system's alarm clock calls between two steps of Python, so that no thread is needed. Where
    it has none (Windows), and where nobody watches, nothing is said.
    """

    def __init__(self, what: str, *, stream: TextIO | None = None, after: float = 1) -> None:
        self.what, self.stream, self.after = what, stream or sys.stderr, after
        self.seconds, self.told = 0.0, ""

    def __enter__(self) -> None:
        # A stream that was closed before we began is none at all.
        is_watched = self.stream and self.stream.isatty() and os.environ.get("TERM") != "dumb"
        if is_watched and hasattr(signal, "setitimer") and current_thread() is main_thread():
            self.before = signal.signal(signal.SIGALRM, self._tell)
            signal.setitimer(signal.ITIMER_REAL, self.after, self.after)

    def _tell(self, *_: object) -> None:
        self.seconds += self.after
        self.told = f"{self.what}: {self.seconds:.0f} s"
        self.stream.write(f"\r{self.told}")
        self.stream.flush()

    def __exit__(self, *_: object) -> None:
        if hasattr(self, "before"):
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self.before)
            if self.told:
                self.stream.write(f"\r{' ' * len(self.told)}\r")
                self.stream.flush()


class _explained:  # noqa: N801 - read as a word: with _explained()
    """Turn what cannot be read or written into a message and an exit code."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from timeline.fetch import CannotRead
        from timeline.publish import CannotWrite
        from timeline.published import Refused

        if isinstance(error, CannotRead | CannotWrite | Refused):
            _fail(f"{error.message}\n  help: {error.help}", WRONG_USE)


def _wrong_use(message: str) -> NoReturn:
    _fail(message, WRONG_USE)


def _fail(message: str, code: int) -> NoReturn:
    _say(f"timeline: {message}")
    raise typer.Exit(code)


def _say(message: str) -> None:
    typer.echo(message, err=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _shown(file: str) -> str:
    return "<stdin>" if file == "-" else file


def _color(stream: object) -> bool:
    """Colour is for terminals, and not where NO_COLOR is set (https://no-color.org)."""
    is_terminal = getattr(stream, "isatty", bool)()
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
