"""Define ``timeline changelog``, which says what changed in each commit of an events file.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

from typing import Annotated, ClassVar

import typer
from msgspec.structs import replace

from timeline.cli.completion import complete_language, one_of
from timeline.cli.console import exit_on_user_error, print_status, usage_error
from timeline.cli.inputs import events_file, load_sound
from timeline.cli.languages import report_languages
from timeline.cli.options import File, OptionGroup, command_with
from timeline.cli.progress import progress
from timeline.cli.streams import write_document
from timeline.cli.values import parse_language

FORMS = ("md", "atom", "json")


class ChangelogOptions(OptionGroup, kw_only=True):
    """The arguments and options of ``timeline changelog``."""

    title: ClassVar = "Output"
    file: File = None
    since: Annotated[
        str | None,
        typer.Option(metavar="REV|DAY", help="Only commits after this revision, or since a day."),
    ] = None
    output_format: Annotated[
        str,
        typer.Option(
            metavar="|".join(FORMS),
            autocompletion=one_of(FORMS),
            help="How the changes are printed.",
        ),
    ] = "md"
    language: Annotated[
        str | None,
        typer.Option(
            metavar="TAG",
            autocompletion=complete_language,
            help="The language of the changes, such as `de`.",
            show_default="that of FILE",
        ),
    ] = None


@command_with(ChangelogOptions)
def changelog(options: ChangelogOptions) -> None:
    """Say what changed in each commit of an events file and the files it includes, newest first.

    The subject of a commit is the reason, unless the event has a note in `was`. Commits in which
    the file cannot be read are named, and skipped.
    """
    from timeline.changes import changelog_feed, changelog_json, changelog_lines
    from timeline.history import read_changelog
    from timeline.model import wording_of

    language = parse_language(options.language) if options.language else None
    if options.output_format not in FORMS:
        from timeline.diagnostics import did_you_mean

        help_ = did_you_mean(options.output_format, FORMS)
        usage_error(f"--output-format: there is no form `{options.output_format}`; {help_}")
    file = events_file(options.file)
    if file == "-":
        usage_error("standard input has no history: name an events file")
    calendar = load_sound(file).calendar
    if language:
        calendar = replace(calendar, language=language)
    report_languages([calendar.language])
    with exit_on_user_error(), progress("reading the history"):
        history = read_changelog(file, options.since)
    for item in history.skipped:
        print_status(f"skipped {item.commit.oid[:12]} of {item.commit.day}: {item.reason}")
    wording, entries = wording_of(calendar), history.entries
    if not entries:
        since = f" since `{options.since}`" if options.since else ""
        print_status(f"no commit changed an event of `{file}`{since}")
    if options.output_format == "json":
        write_document(changelog_json(entries, wording))
    elif options.output_format == "atom":
        write_document(changelog_feed(entries, calendar, wording, history.began))
    else:
        lines = changelog_lines(entries, wording)
        write_document(f"{line}\n".encode() for line in lines)
