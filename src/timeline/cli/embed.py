"""Define ``timeline embed``, which puts timelines into Markdown documents.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

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
)
from timeline.cli.options import Check, Diff, OptionGroup, command_with
from timeline.cli.streams import write_document


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
    from timeline.publishing import diff_file, has_content, write_files

    load = cached_loader(lambda loaded: report(loaded, to_stdout=False))
    documents = {path: embed_timelines(_read(path), str(path), load) for path in options.files}
    for path, embedded in documents.items():
        report_diagnostics(embedded.diagnostics, embedded.document, to_stdout=False)
        if embedded.ignored_lines:
            lines = ", ".join(map(str, embedded.ignored_lines))
            noun = "line" if len(embedded.ignored_lines) == 1 else "lines"
            print_message(f"{path}: markers are ignored in {noun} {lines}: {WHY_IGNORED}")
        elif not embedded.places and not embedded.diagnostics:
            what, *markers = NO_PLACE.splitlines()
            print_message(f"{path}: {what}", *markers)
    contents = {
        path: embedded.content
        for path, embedded in documents.items()
        if embedded.places and embedded.content
    }
    if len(contents) < len(documents):
        raise typer.Exit(FINDINGS)
    with exit_on_user_error():
        if options.check or options.diff:
            stale = [path for path, new in contents.items() if not has_content(path, new)]
            for path in stale if options.diff else ():
                write_document(diff_file(path, contents[path]))
            report_up_to_date(list(contents), stale)
        else:
            report_written(list(contents), write_files(contents))


def _read(document: Path) -> bytes:
    try:
        if document.exists() and not document.is_file():
            fail(f"`{document}` is not a file", USAGE_ERROR)
        return document.read_bytes()
    except OSError as error:
        from timeline.diagnostics import failure_reason

        fail(f"cannot read `{document}`: {failure_reason(error)}", USAGE_ERROR)
