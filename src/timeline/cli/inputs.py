"""Read the events file of a command and report its diagnostics."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import typer
from msgspec.structs import replace

from timeline.cli.console import (
    FINDINGS,
    USAGE_ERROR,
    exit_on_user_error,
    fail,
    input_name,
    print_status,
    report,
    usage_error,
)
from timeline.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.compiler import Loaded
    from timeline.diagnostics import RuleSelection
    from timeline.model import Calendar, Selection


T = TypeVar("T")


def events_file(typed: str | None) -> str:
    """Return the events file that was typed, else that of the current folder or of one above.

    Exit with 2 if there is none, or more than one.
    """
    if typed is not None:
        return typed
    from timeline.source import find_events_file

    with exit_on_user_error():
        nearest = find_events_file("")
    for name in nearest.passed_by:
        print_status(f"{name} has no `calendar:`, so it is not taken for the events file")
    if nearest.path is None:
        where = (
            "in this folder"
            if nearest.top == os.path.realpath("")
            else (f"in this folder or above it, up to `{nearest.top}`")
        )
        fail(
            f"there is no `events.yaml` and no `*.timeline.yaml` {where}",
            USAGE_ERROR,
            f"add `calendar:` to {nearest.passed_by[0]}, or name the events file"
            if nearest.passed_by
            else "`timeline init` creates one; or name the events file",
        )
    if nearest.is_above:
        print_status(f"using {nearest.path}")
    return nearest.path


def load_sound(
    file: str,
    form: str = "full",
    rule_selection: RuleSelection | None = None,
    *,
    strict: bool = False,
) -> Loaded:
    """Compile an events file and report its diagnostics; exit with 1 if there is an error."""
    loaded = load_selected(file, rule_selection)
    if not loaded.is_sound:
        _fail_if_included(file)
    report(loaded, form, to_stdout=False)
    if not loaded.is_sound:
        raise typer.Exit(FINDINGS)
    if strict and loaded.diagnostics:
        fail("--strict treats warnings as errors, so nothing is written", FINDINGS)
    return loaded


def _fail_if_included(file: str) -> None:
    """Exit with 2 for a file without `calendar:` that an events file beside it or above includes.

    Of such a file, the missing key would be reported, which it must not have.
    """
    from timeline.source import IncludingFiles, is_events_file

    if not os.path.isfile(file) or is_events_file(file):  # noqa: PTH113 - as text
        return
    if including := IncludingFiles().find(file):
        fail(
            f"`{file}` is a part of `{including}`, which includes it",
            USAGE_ERROR,
            f"name that one: `{including}`",
        )


def load_selected(file: str, rule_selection: RuleSelection | None = None) -> Loaded:
    """Compile an events file that may have errors, and keep the selected diagnostics."""
    from timeline.dates import limit_walks
    from timeline.publishing import load_events_file

    selected = rule_selection.select if rule_selection else frozenset[str]()
    loaded = read_input(partial(load_events_file, selected=selected), file)
    limit_walks()  # also for the outputs, which ask for other days than the compiler
    return keep_selected(loaded, rule_selection)


def read_input(read: Callable[[str, BinaryIO | None], T], file: str) -> T:
    """Read a file, or standard input for ``-``; exit with 2 if it cannot be read."""
    from timeline.source import UnreadableFile, check_input

    with exit_on_user_error():
        if file != "-":
            check_input(file)
        try:
            with progress(f"reading {input_name(file)}"):
                return read(file, sys.stdin.buffer if sys.stdin else None)
        except UnreadableFile as unreadable:
            is_missing = isinstance(unreadable.__cause__, FileNotFoundError)
            creates = file == "events.yaml" and is_missing
            fail(str(unreadable), USAGE_ERROR, "`timeline init` creates one" if creates else None)


def keep_selected(loaded: Loaded, rule_selection: RuleSelection | None) -> Loaded:
    """Keep the diagnostics that ``--select`` and ``--ignore`` select."""
    if rule_selection is None:
        return loaded
    return replace(loaded, diagnostics=rule_selection.apply(loaded.diagnostics))


def check_selection(calendar: Calendar, selection: Selection, *others: Calendar) -> None:
    """Exit with 2 for ids and categories that the file, or any of several, does not have."""
    from timeline.diagnostics import did_you_mean
    from timeline.model import unknown_names

    options = {"ids": "--id", "categories": "--category"}
    for field, name, known in unknown_names(selection, (calendar, *others)):
        help_ = did_you_mean(name, known)
        usage_error(f"{options[field]}: there is no `{name}` in the file; {help_}")
