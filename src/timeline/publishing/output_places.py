"""Find out where the outputs of an events file are, and reject places where none may be.

The paths in a file are data: it may come from a stranger. So they obey the rule of
``timeline.source.paths`` with the root of the file as their base, whoever runs the export.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from msgspec import Struct

from timeline.diagnostics import STDIN, At, Diagnostic, Note, Span, UserError, rules
from timeline.formats import FORMATS
from timeline.source import (
    ForbiddenPath,
    boundary_of_outputs,
    folder_of_events_file,
    follow_links,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.model import Calendar
    from timeline.publishing.output_settings import OutputSetting, OutputSettings
    from timeline.publishing.request import ExportRequest
    from timeline.source import Boundary

    FeedAt = tuple[tuple[str | int, ...], str]
    """The path of the id of an additional feed in the file, and the id."""

DEFAULT_FOLDER = "dist"


class SameOutput(UserError):  # noqa: N818 - the name states what is wrong
    """Two outputs would be one file."""


class _Claim(Struct, frozen=True):
    """A file, and what claims it: a place in the events file, and words for it."""

    path: Path
    at: At | Span
    words: str


def default_folder(events_file: str, settings: OutputSettings) -> Path:
    """Return the folder of the outputs that have no path, as the user has it."""
    return from_folder(folder_of_events_file(events_file), settings.directory or DEFAULT_FOLDER)


def place_of_setting(
    name: str, setting: OutputSetting, events_file: str, settings: OutputSettings
) -> Path:
    """Return the path of an output of the whole calendar, from where the events file is named."""
    if setting.path is not None:
        return from_folder(folder_of_events_file(events_file), setting.path)
    stem = Path(events_file).stem or "events" if events_file != "-" else "stdin"
    return default_folder(events_file, settings) / f"{stem}{FORMATS[name].suffix}"


def from_folder(folder: str, path: str) -> Path:
    """Return a path that starts from a folder, without `..` where that leads to the same place."""
    joined = os.path.join(folder, path)  # noqa: PTH118 - as text
    short = os.path.normpath(joined)
    return Path(short if os.path.realpath(short) == os.path.realpath(joined) else joined)


def file_key(path: Path) -> str:
    """Return what is equal for two paths that are one file, on any system.

    macOS and Windows ignore letter case, and macOS the way in which accents are written.

    Raises: ``ForbiddenPath``.
    """
    real, _ = follow_links(path)
    return normalize("NFC", normalize("NFC", real).casefold())


def check_distinct(request: ExportRequest, calendar: Calendar) -> None:
    """Reject two outputs that would be one file: the command line may name their folder and stem.

    Raises: ``ForbiddenPath``, ``SameOutput``.
    """
    claimed: dict[tuple[str, str], Path] = {}
    for output in request.outputs:
        # A link to an output of another format is refused where it is followed.
        key = file_key(output.path), output.form.suffix
        if key in claimed:
            also = "" if claimed[key] == output.path else f", or `{claimed[key]}`"
            raise SameOutput(
                f"two outputs would both be `{output.path}`{also}",
                "write them to different folders, or give them different names in `outputs`",
            )
        claimed[key] = output.path
        for feed in calendar.feeds if output.form.is_for_each_feed else ():
            path = request.path_of_feed(feed.id, output.form)
            if file_key(path) == key[0]:
                raise SameOutput(
                    f"the feed `{feed.id}` and the main feed would both be {path.name}",
                    "change the id of the feed, or the name of the main feed with --name",
                )


# --- checks of the file ---------------------------------------------------------------------------


def check_places(
    settings: OutputSettings,
    feeds: Sequence[FeedAt],
    names: Sequence[str],
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the places of the outputs of a file.

    ``feeds`` are the paths of the ids of the additional feeds and the ids. ``names`` are those of
    the events file and the files that it includes.
    """
    file = "-" if names[0] == STDIN else names[0]
    boundary = boundary_of_outputs(file)
    claims, wrong = list[_Claim](), list[Diagnostic]()
    for claim, written in _claims(settings, feeds, file):
        problem = _check_place(boundary, claim, written)
        if problem is None:
            claims.append(claim)
        elif problem not in wrong:  # a folder may have several outputs
            wrong.append(problem)
    yield from wrong
    yield from _same_files(claims, names)
    yield from _nested_files(claims)


def _claims(
    settings: OutputSettings, feeds: Sequence[FeedAt], file: str
) -> Iterator[tuple[_Claim, str | None]]:
    """Yield each output that the settings name, and its path as it is written, if it is."""
    folder = default_folder(file, settings)
    for name in settings.names():
        form = FORMATS[name]
        at = At(("outputs", name) if name in settings.formats else ("outputs",))
        for setting in settings.of(name):
            inner = at if setting.index is None else At((*at.path, setting.index))
            path = place_of_setting(name, setting, file, settings)
            if setting.path is None:
                words = "the main feed" if form.is_feed else f"the {form.title}"
                yield _Claim(path, inner, words), settings.directory
            else:
                inner = At((*inner.path, "path"))
                yield _Claim(path, inner, f"the {form.title}"), setting.path
        for where, id_ in feeds if form.is_for_each_feed else ():
            words = f"the feed `{id_}`" if form.is_feed else f"the {form.title} of the feed `{id_}`"
            claim = _Claim(folder / f"{id_}{form.suffix}", At(where), words)
            yield claim, settings.directory


def _check_place(boundary: Boundary, claim: _Claim, written: str | None) -> Diagnostic | None:
    """Return what is wrong with the place of one output."""
    at = claim.at
    if written is None:
        return None  # `dist`, which the export checks
    if isinstance(at, At) and at.path[-1] != "path":
        at = At(("outputs", "directory"))
    try:
        real, _ = follow_links(claim.path)
        if not boundary.contains(real):
            where = "repository" if boundary.base != boundary.home else "folder"
            message = f"`{written}` is outside of the {where} of this file"
            help_ = "only `--output-dir` on the command line can name a folder out there"
        elif boundary.has_hidden_part(real):
            message = f"`{written}` leads to a name that begins with `.`"
            help_ = "such names are for settings and secrets: write another name"
        else:
            boundary.place(claim.path).resolve()
            message, help_ = _in_the_way(claim.path), "move it away, or write another path"
            if not message:
                return None
    except ForbiddenPath as forbidden:
        message, help_ = forbidden.message, forbidden.help or ""
    return Diagnostic(rules.OUTPUT_PATH, message, at, help=help_)


def _in_the_way(path: Path) -> str:
    """Return what is in the way of a file, empty if nothing is: a folder, or a file above it."""
    if path.is_dir():
        return f"`{path}` is a folder, expected a file"
    above = next((parent for parent in path.parents if os.path.lexists(parent)), Path())
    return "" if above.is_dir() else f"`{above}` is a file, expected a folder"


def _same_files(claims: Sequence[_Claim], names: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield each output that would be the file of another one, or one that is read."""
    claimed: dict[str, _Claim] = {}
    for index, name in enumerate(names):
        if name != STDIN:
            words = "the included file" if index else "the events file"
            claim = _Claim(Path(name), Span(name, 1, 1, 1, 2), f"{words} `{name}`")
            claimed.setdefault(file_key(claim.path), claim)
    for claim in claims:
        other = claimed.setdefault(file_key(claim.path), claim)
        if other is claim:
            continue
        if isinstance(other.at, Span):
            message = f"{claim.words} would replace {other.words}"
        else:
            both = (
                "two outputs" if claim.words == other.words else f"{claim.words} and {other.words}"
            )
            message = f"{both} would both be `{claim.path}`"
        is_feed = isinstance(claim.at, At) and claim.at.path[0] == "feeds"
        help_ = "change the id of the feed" if is_feed else "write another `path`"
        if str(claim.path) != str(other.path):
            help_ += f": to macOS and Windows it is the same file as `{other.path}`"
        note = Note("the other one is here", other.at)
        yield Diagnostic(rules.DUPLICATE_OUTPUT, message, claim.at, help=help_, notes=(note,))


def _nested_files(claims: Sequence[_Claim]) -> Iterator[Diagnostic]:
    """Yield each output whose folder would be the file of another one."""
    files = {file_key(claim.path): claim for claim in claims}
    for key, claim in files.items():
        for parent in map(str, Path(key).parents):
            if parent in files:
                other = files[parent]
                note = Note("the other one is here", other.at)
                yield Diagnostic(
                    rules.DUPLICATE_OUTPUT,
                    f"{claim.words} would be in `{other.path}`, which is {other.words}",
                    claim.at,
                    help="write another `path`: a file cannot be a folder, too",
                    notes=(note,),
                )
