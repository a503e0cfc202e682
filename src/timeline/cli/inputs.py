"""Read the events file of a command, and report what is wrong with it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import typer
from msgspec.structs import replace

from timeline.cli.console import FINDINGS, WRONG_USE, fail, report, shown, wrong_use
from timeline.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.compiler import Loaded
    from timeline.diagnostics import RuleSelection
    from timeline.model import Calendar, Selection


T = TypeVar("T")


def load_sound(
    file: str, form: str = "full", wanted: RuleSelection | None = None, *, strict: bool = False
) -> Loaded:
    """Compile a file that must be free of errors; report its warnings on standard error."""
    loaded = load_file(file, wanted)
    report(loaded, form, to_stdout=False)
    if not loaded.is_sound:
        raise typer.Exit(FINDINGS)
    if strict and loaded.diagnostics:
        fail("--strict lets no warning pass, so nothing is written", FINDINGS)
    return loaded


def load_file(file: str, wanted: RuleSelection | None = None) -> Loaded:
    """Compile a file that may have errors; ``wanted`` says which warnings are kept."""
    from timeline.compiler import load_file

    return keep_wanted(read_input(load_file, file), wanted)


def read_input(read: Callable[[str, BinaryIO | None], T], file: str) -> T:
    """Read a file or standard input; exit with 2 where it cannot be read."""
    from timeline.source import Unreadable

    try:
        with progress(f"reading {shown(file)}"):
            return read(file, sys.stdin.buffer if sys.stdin else None)
    except Unreadable as unreadable:
        hint = "\n  help: `timeline init` begins one" if file == "events.yaml" else ""
        fail(f"{unreadable}{hint}", WRONG_USE)


def keep_wanted(loaded: Loaded, wanted: RuleSelection | None) -> Loaded:
    """Keep the diagnostics that ``--select`` and ``--ignore`` leave."""
    kept = wanted.apply(loaded.diagnostics) if wanted else loaded.diagnostics
    return replace(loaded, diagnostics=kept)


def check_selection(calendar: Calendar, selection: Selection) -> None:
    """Exit with 2 for ids and categories that the file does not have: they would select nothing."""
    from timeline.diagnostics import did_you_mean

    if not selection:
        return
    events = calendar.events
    ids = {event.id for event in events}
    categories = {name for event in events for name in event.categories}
    categories.update(category.name for category in calendar.categories)
    for option, asked, known in (
        ("--id", selection.ids, ids),
        ("--category", selection.categories, categories),
    ):
        for name in sorted(asked - known):
            hint = did_you_mean(name, sorted(known))
            wrong_use(f"{option}: there is no `{name}` in the file; {hint}")
