"""Define ``timeline embed``, which puts timelines into Markdown documents.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from timeline.cli.console import (
    FINDINGS,
    USAGE_ERROR,
    exit_on_user_error,
    fail,
    print_message,
    report,
    report_diagnostics,
    report_up_to_date,
    report_written,
    write_diff,
)
from timeline.cli.languages import report_languages
from timeline.cli.options import Check, Diff, OptionGroup, command_with

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.source import FilePlace


@dataclass(kw_only=True)
class EmbedOptions(OptionGroup):
    """The arguments and options of ``timeline embed``."""

    title: ClassVar = "Output"
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Markdown documents to update.")
    ]
    check: Check = False
    diff: Diff = False


@command_with(EmbedOptions)
def embed(options: EmbedOptions) -> None:
    """Update the timelines in Markdown documents.

    A timeline is written between two marker lines. The first contains its options, such as
    `file=events.yaml`, `style=table` or `category=team`; docs/embedding.md has them all. For a
    document without markers, the lines to add are printed.
    """
    from timeline.compiler import cached_loader
    from timeline.embed import NO_PLACE, WHY_IGNORED, embed_timelines
    from timeline.publishing import diff_file, has_content, rewrite_files
    from timeline.source import place_of_document

    load = cached_loader(lambda loaded: report(loaded, to_stdout=False))
    with exit_on_user_error():
        places = {path: place_of_document(path) for path in options.files}
        read = {path: _read(place) for path, place in places.items()}
    documents = {path: embed_timelines(text, str(path), load) for path, text in read.items()}
    for path, embedded in documents.items():
        report_diagnostics(embedded.diagnostics, embedded.document, to_stdout=False)
        if embedded.ignored_lines:
            lines = ", ".join(map(str, embedded.ignored_lines))
            noun = "line" if len(embedded.ignored_lines) == 1 else "lines"
            print_message(f"{path}: markers are ignored in {noun} {lines}: {WHY_IGNORED}")
        elif not embedded.places and not embedded.diagnostics:
            what, *markers = NO_PLACE.splitlines()
            print_message(f"{path}: {what}", *markers)
    report_languages(tag for embedded in documents.values() for tag in embedded.languages)
    contents = {
        places[path]: embedded.content
        for path, embedded in documents.items()
        if embedded.places and embedded.content
    }
    if len(contents) < len(documents):
        raise typer.Exit(FINDINGS)
    with exit_on_user_error():
        if options.check or options.diff:
            stale = [place for place, new in contents.items() if not has_content(place, new)]
            for place in stale if options.diff else ():
                write_diff(diff_file(place, contents[place]))
            report_up_to_date(_paths(contents), _paths(stale))
        else:
            before = {places[path]: content for path, content in read.items()}
            changes = {place: (before[place], new) for place, new in contents.items()}
            report_written(_paths(contents), rewrite_files(changes))


def _paths(places: "Iterable[FilePlace]") -> list[Path]:
    return [place.path for place in places]


def _read(place: "FilePlace") -> bytes:
    """Return the content of a document; exit with 2 if there is none, or too much.

    Raises: ``CannotWrite``, ``ForbiddenPath``.
    """
    from timeline._limits import MAX_DOCUMENT
    from timeline.publishing import read_file

    try:
        content = read_file(place, MAX_DOCUMENT + 1)
    except OSError as error:
        from timeline.diagnostics import failure_reason

        fail(f"cannot read `{place.path}`: {failure_reason(error)}", USAGE_ERROR)
    if content is None:
        fail(f"cannot read `{place.path}`: no such file or directory", USAGE_ERROR)
    if len(content) > MAX_DOCUMENT:
        message = f"`{place.path}` is larger than {MAX_DOCUMENT // 2**20} MiB"
        fail(message, USAGE_ERROR, "put its timelines into a shorter document")
    return content
