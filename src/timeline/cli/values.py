"""Parse the values of options and read the clock; exit with 2 for invalid values."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.cli.console import usage_error
from timeline.diagnostics import cited, hide_passwords
from timeline.source import is_windows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline.formats import TextFile


def output_stem(file: str, name: str | None, *, needed: bool) -> str:
    """Return the file name of the outputs without its suffix."""
    if name is None:
        if file == "-" and needed:
            usage_error("standard input has no name: add --name NAME, or --stdout")
        if os.path.isdir(file):  # noqa: PTH112 - as text; reading it is an error
            return "events"
        name = Path(file).stem if file != "-" else "stdin"
        if name.startswith("."):
            usage_error(f"the outputs cannot have the name of `{file}`: add --name NAME")
    # On Windows, `C:x` is in the current folder of a drive, and `x:y` is a stream of the file `x`.
    is_plain = name.isprintable() and not set(name) & {"/", os.sep, ":" if is_windows() else "/"}
    if not name or name.startswith(".") or not is_plain:
        usage_error(
            "--name must be a file name without a suffix and without a leading `.`"
            f"{' or a `:`' if is_windows() else ''}, not `{name}`"
        )
    return name


def parse_day(text: str, option: str) -> date:
    """Parse a date that is known to the day."""
    return parse_bound(text, option, "day")


def parse_bound(text: str, option: str, side: str) -> date:
    """Parse a date and return its first day, or its last day if ``side`` is ``latest``."""
    from timeline.dates import Date, parse_literal_date, parse_literal_day
    from timeline.diagnostics import Refusal

    try:
        is_day = side == "day"
        value = parse_literal_day(text) if is_day else parse_literal_date(text, suggest_time=False)
    except Refusal as refusal:
        usage_error(f"{option}: {refusal.message}" + (f"; {refusal.help}" if refusal.help else ""))
    if not isinstance(value, Date):
        usage_error(f"{option}: `{text}` is a time, expected a date; write `{value.wall.date()}`")
    if is_day and not value.is_day:
        usage_error(f"{option}: `{text}` is not a day; write one such as `2025-01-03`")
    return value.latest if side == "latest" else value.earliest


def parse_language(text: str) -> str:
    """Return the tag of ``--language``, as the key ``language`` of the events file may have it."""
    from timeline.compiler import language_tag
    from timeline.diagnostics import Refusal

    try:
        return language_tag(text)
    except Refusal as refusal:
        usage_error(f"--language: {refusal.message}; {refusal.help}")


def parse_number(text: str, option: str, low: int, high: int | None = None) -> int:
    """Parse a number within bounds."""
    number = int(text) if text.isdecimal() and len(text) <= 1000 else -1
    if number < low or (high is not None and number > high):
        bounds = f"of at least {low}" if high is None else f"from {low} to {high}"
        usage_error(f"{option} must be a number {bounds}, not `{text}`")
    return number


def parse_web_address(text: str, option: str) -> str:
    """Return the address of a page on the web."""
    from timeline.formats import web_address

    if web_address(text) != text:
        usage_error(f"{option} must be an address, as `https://example.org/` is, not {cited(text)}")
    if hide_passwords(text) != text:
        usage_error(f"{option} contains a password, which everybody could read: leave it out")
    return text


def read_text_file(path: str, option: str) -> TextFile:
    """Return a file that an option names."""
    from timeline.publishing import UnusableInput, read_input_file

    try:
        return read_input_file(path)
    except UnusableInput as error:
        usage_error(f"{option}: {error.message}")


def refuse_empty(values: Mapping[str, str | Sequence[str] | None]) -> None:
    """Exit with 2 for an empty argument or value of an option, by name.

    It comes from an unset variable of a shell. As a path it would be the current folder.
    """
    for name, value in values.items():
        if value == "" or (isinstance(value, list | tuple) and "" in value):
            usage_error(f"{name} is empty")


def current_time() -> str:
    """Return the time of SOURCE_DATE_EPOCH (seconds since 1970), else the time now, in UTC."""
    from timeline.dates import move_moment

    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        moment = datetime.now(UTC)
    elif epoch.isascii() and epoch.isdigit() and len(epoch) <= 20 and int(epoch) <= _LAST_EPOCH:
        moment = move_moment(_EPOCH, timedelta(seconds=int(epoch)))
    else:
        usage_error(
            f"SOURCE_DATE_EPOCH must be in seconds since 1970, from 0 to {_LAST_EPOCH}, "
            f"not {cited(epoch)}"
        )
    return f"{moment:%Y%m%dT%H%M%SZ}"


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""The start of SOURCE_DATE_EPOCH; `datetime.fromtimestamp` ends in the year 3001 on Windows."""

_LAST_EPOCH = 253_370_764_799
"""The last second of the year 9998, the last year that an events file can have.

After a timestamp of a later year, there would be none for the next change of an event.
"""
