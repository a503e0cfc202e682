"""Define ``timeline watch``, and run an export again whenever what it reads has changed.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

import gc
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import typer

from timeline.cli.console import count, print_status, usage_error
from timeline.cli.export import ExportOptions, export_again
from timeline.cli.options import command_with

_SUFFIXES = (".yaml", ".yml")
_MISSED_MS = 1000
"""How often the files themselves are looked at: a change during an export sends no event."""

State = dict[Path, tuple[int, int, int] | None]
"""The inode, the time of modification and the size of each file; ``None`` if it is not there.

Zeros for a folder that was searched.
"""


@command_with(ExportOptions)
def watch(options: ExportOptions) -> None:
    """Export again whenever the events file or a file that it includes changes.

    The options are those of `timeline export`. Errors are reported, and the outputs stay until they
    are fixed. Ctrl-C ends it.
    """
    export_again(options)


def run_whenever_changed(file: str, run: Callable[[], None]) -> None:
    """Run something now, and again after each change of an events file or of its includes.

    What it reports, such as errors in the file, does not end it; an interruption does.
    """
    if find_spec("watchfiles") is None:
        usage_error("watching needs watchfiles: `pip install 'timeline-as-code[watch]'`")
    if file == "-":
        usage_error("standard input cannot be watched: name the events file")
    while True:
        names, searched = _names(file)
        before = _state(names, searched)
        with suppress(typer.Exit):
            run()
        gc.collect()  # it is off, because a run of a command is short
        print_status(f"watching {count(len(names), 'file')}; Ctrl-C ends this")
        _wait(names, searched, before)


def _names(file: str) -> tuple[list[str], list[str]]:
    """Return the events file, and the files that it includes as far as they can be read.

    After them, the folders in which included files were looked for, which need not exist.
    """
    from timeline.source import UnreadableFile, read_document

    try:
        document = read_document(file)
    except UnreadableFile:
        return [file], []
    return document.names, document.searched


def _wait(names: list[str], searched: list[str], before: State) -> None:
    """Wait until a file differs from what it was, or another one is written beside it."""
    from watchfiles import watch as watch_files

    events = watch_files(
        *_folders(names, searched),
        watch_filter=lambda _, path: path.endswith(_SUFFIXES),
        debounce=200,
        rust_timeout=_MISSED_MS,
        yield_on_timeout=True,
        recursive=False,
    )
    for _ in events:
        if _state(names, searched) != before:
            return


def _folders(names: Iterable[str], searched: Iterable[str]) -> list[Path]:
    """Return the folders of files, and those that were searched, as far as they exist."""
    folders = {*(Path(name).parent for name in names), *map(Path, searched)}
    return sorted(folder for folder in folders if folder.is_dir())


def _state(names: Iterable[str], searched: Iterable[str]) -> State:
    """Return the state of files, and of those beside them that may become parts of them."""
    beside = [path for folder in _folders(names, searched) for path in folder.iterdir()]
    paths = {*map(Path, names), *(path for path in beside if path.suffix in _SUFFIXES)}
    there = 0, 0, 0  # a folder changes with every file in it, so only whether it exists counts
    state: State = {Path(name): there if Path(name).is_dir() else None for name in searched}
    for path in paths:
        state[path] = None
        with suppress(OSError, ValueError):
            status = path.stat()
            state[path] = status.st_ino, status.st_mtime_ns, status.st_size
    return state
