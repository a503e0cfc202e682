"""Read the values of options, or exit with 2 where they cannot be read; read the clock."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

from timeline.cli.console import wrong_use


def stem_of(file: str, name: str | None, *, needed: bool) -> str:
    """Return the name of the outputs without their endings."""
    if name is None:
        if file == "-" and needed:
            wrong_use("standard input has no name: add --name STEM, or --stdout")
        # A path without a name is a folder: reading it says so.
        name = (Path(file).stem or "events") if file != "-" else "stdin"
    is_plain = name.isprintable() and "/" not in name and os.sep not in name
    if not name or name in (".", "..") or not is_plain:
        wrong_use(f"--name is the name of a file without its ending, not `{name}`")
    return name


def day_of(text: str, option: str) -> date:
    """Read a day."""
    return bound_of(text, option, "day")


def bound_of(text: str, option: str, side: str) -> date:
    """Read a date of the command line: a day, or the first or last day of what it names."""
    from timeline.dates import Date, parse_literal_date
    from timeline.diagnostics import Refusal

    try:
        value = parse_literal_date(text)
    except Refusal as refusal:
        wrong_use(f"{option}: {refusal.message}" + (f"; {refusal.help}" if refusal.help else ""))
    if not isinstance(value, Date) or (side == "day" and not value.is_day):
        wrong_use(f"{option}: `{text}` is not a day; write one such as `2025-01-03`")
    return value.latest if side == "latest" else value.earliest


def refuse_empty(options: dict[str, str | None]) -> None:
    """Exit with 2 for empty options: a shell's variable was not set."""
    for option, value in options.items():
        if value == "":
            wrong_use(f"{option} is empty")


def now() -> str:
    """Read the clock, once a run: ``SOURCE_DATE_EPOCH`` (seconds since 1970), else now."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    except (ValueError, OverflowError, OSError):
        wrong_use(f"SOURCE_DATE_EPOCH is seconds since 1970, not `{epoch}`")
    return f"{moment:%Y%m%dT%H%M%SZ}"
