"""Define ``timeline embed``, which puts timelines into Markdown documents.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, NoReturn

import typer
from msgspec import Struct

from timeline.cli.console import (
    FINDINGS,
    USAGE_ERROR,
    exit_on_user_error,
    fail,
    print_detail,
    print_message,
    report,
    report_diagnostics,
    report_up_to_date,
    report_written,
    usage_error,
    write_diff,
)
from timeline.cli.exclusions import read_exclusions
from timeline.cli.languages import report_languages
from timeline.cli.options import Check, Diff, Exclude, OptionGroup, command_with
from timeline.cli.streams import write_document
from timeline.diagnostics import STDIN

if TYPE_CHECKING:
    from timeline.embed import Embedded
    from timeline.source import FilePlace


class EmbedOptions(OptionGroup, kw_only=True):
    """The arguments and options of ``timeline embed``."""

    title: ClassVar = "Output"
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE|FOLDER",
            help="Markdown documents to update, or folders of them; `-` is standard input.",
        ),
    ] = None
    discover: Annotated[
        bool,
        typer.Option(
            "--discover", help="Update all documents of the repository that have markers."
        ),
    ] = False
    exclude: Exclude = None
    check: Check = False
    diff: Diff = False


@command_with(EmbedOptions)
def embed(options: EmbedOptions) -> None:
    """Update the timelines in Markdown documents.

    A timeline is written between two marker lines. The first contains its options, such as
    `file=events.yaml`, `style=table` or `category=team`; docs/embedding.md has them all. For a
    document without markers, the lines to add are printed. In a folder, only documents with
    markers are updated; hidden folders, `node_modules`, other repositories and what git ignores
    are skipped.
    """
    from timeline.compiler import cached_loader
    from timeline.embed import embed_timelines
    from timeline.publishing import load_events_file

    load = cached_loader(lambda loaded: report(loaded, to_stdout=False), load_events_file)
    with exit_on_user_error():
        documents = _documents(options)
    embedded = [
        (document, embed_timelines(document.content, document.name, load)) for document in documents
    ]
    for document, result in embedded:
        report_diagnostics(result.diagnostics, result.document, to_stdout=False)
        if not result.places and not result.diagnostics:
            _report_missing(document, result)
    report_languages(tag for _, result in embedded for tag in result.languages)
    changes = [
        (document, result.content)
        for document, result in embedded
        if result.places and result.content is not None
    ]
    has_failed = any(
        document.is_named or result.diagnostics or result.places
        for document, result in embedded
        if not result.places or result.content is None
    )
    if has_failed:
        raise typer.Exit(FINDINGS)
    if not changes:
        what = f"no document in {_searched(options)} has markers"
        fail(what, FINDINGS, "`timeline embed FILE` prints the lines to add to a document")
    _deliver(changes, options)


class _Document(Struct, frozen=True):
    """A document to update; ``place`` is ``None`` for standard input.

    If it is not ``is_named`` but from a folder, it need not have markers.
    """

    name: str
    content: bytes
    place: "FilePlace | None" = None
    is_named: bool = True

    @property
    def path(self) -> Path:
        """The path in messages."""
        return Path(self.name)


def _documents(options: EmbedOptions) -> list[_Document]:
    """Return the documents of a command line; exit with 2 if one cannot be read.

    Raises: ``CannotWrite``, ``ForbiddenPath``, ``UnreadableFile``.
    """
    files = options.files or []
    if options.exclude and not options.discover and not any(path.is_dir() for path in files):
        usage_error("--exclude has no effect without a folder or --discover: add one, or remove it")
    if options.discover:
        if files:
            usage_error("--discover takes no documents: remove them, or remove --discover")
        # From `docs`, the root leads up and down again: `../docs/a.md`.
        return list(_documents_with_markers(map(os.path.relpath, _names(_root(), options))))
    if not files:
        usage_error("no document given: name a document or a folder, or add --discover")
    if Path("-") in files:
        if len(files) > 1:
            usage_error("`-` cannot be used together with other documents")
        return [_standard_input()]
    documents: dict[str, _Document] = {}
    for path in files:
        if path.is_dir():
            for document in _documents_with_markers(_names(str(path), options)):
                documents.setdefault(document.name, document)
        else:
            documents[str(path)] = _named_document(path)
    return list(documents.values())


def _names(folder: str, options: EmbedOptions) -> Iterator[str]:
    """Return the names of the documents in a folder that are not excluded.

    Raises: ``ForbiddenPath``, ``UnreadableFile``.
    """
    from timeline.source import documents_below

    return documents_below(folder, read_exclusions(options.exclude, folder))


def _root() -> str:
    """Return the root of the current folder, relative to it."""
    from timeline.source import find_root, real_path

    here = real_path(".")
    return os.path.relpath(find_root(here), here)


def _searched(options: EmbedOptions) -> str:
    folders = [_root()] if options.discover else [str(path) for path in options.files or ()]
    return ", ".join(f"`{folder}`" for folder in folders)


def _standard_input() -> _Document:
    from timeline._limits import MAX_DOCUMENT
    from timeline.source import read_stdin

    content = read_stdin(sys.stdin.buffer if sys.stdin else None)
    if len(content) > MAX_DOCUMENT:
        _fail_too_large(STDIN)
    return _Document(STDIN, content)


def _named_document(path: Path) -> _Document:
    from timeline._limits import MAX_DOCUMENT
    from timeline.source import place_of_document

    place = place_of_document(path)
    content = _read(place)
    if len(content) > MAX_DOCUMENT:
        _fail_too_large(str(path))
    return _Document(str(path), content, place)


def _documents_with_markers(names: Iterable[str]) -> Iterator[_Document]:
    """Yield those of the documents in a folder that may have markers."""
    from timeline._limits import MAX_DOCUMENT
    from timeline.source import place_of_document

    for name in names:
        place = place_of_document(Path(name))
        content = _read(place)
        if b"timeline" not in content.lower():
            continue
        if len(content) > MAX_DOCUMENT:
            print_message(f"{name}: skipped, because it is larger than {MAX_DOCUMENT // 2**20} MiB")
            continue
        yield _Document(name, content, place, is_named=False)


def _read(place: "FilePlace") -> bytes:
    """Return the content of a document, or one byte more than it may have; exit with 2 for none.

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
    return content


def _fail_too_large(name: str) -> NoReturn:
    from timeline._limits import MAX_DOCUMENT

    message = f"`{name}` is larger than {MAX_DOCUMENT // 2**20} MiB"
    fail(message, USAGE_ERROR, "put its timelines into a shorter document")


def _report_missing(document: _Document, result: "Embedded") -> None:
    """Print why a document has no timelines; of one in a folder, only with ``--verbose``."""
    from timeline.embed import WHY_IGNORED, missing_markers

    show = print_message if document.is_named else print_detail
    if result.ignored_lines:
        lines = ", ".join(map(str, result.ignored_lines))
        noun = "line" if len(result.ignored_lines) == 1 else "lines"
        show(f"{document.name}: markers are ignored in {noun} {lines}: {WHY_IGNORED}")
    elif document.is_named:
        show(*missing_markers(document.name))


def _deliver(changes: "list[tuple[_Document, bytes]]", options: EmbedOptions) -> None:
    """Write the documents, or compare them with what they are; exit with 1 if one differs."""
    from timeline.publishing import rewrite_files, unified_diff

    if options.check or options.diff:
        stale = [(document, new) for document, new in changes if document.content != new]
        for document, new in stale if options.diff else ():
            write_diff(unified_diff(document.content, new, document.name))
        report_up_to_date(_paths(changes), _paths(stale))
        return
    places = {
        document.place: (document.content, new)
        for document, new in changes
        if document.place is not None
    }
    if not places:  # standard input
        write_document([new for _, new in changes])
        return
    with exit_on_user_error():
        report_written(_paths(changes), rewrite_files(places))


def _paths(changes: "Iterable[tuple[_Document, bytes]]") -> list[Path]:
    return [document.path for document, _ in changes]
