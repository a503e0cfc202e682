"""Paths on every system: how they are typed in a shell, and how a shared file names them."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def is_windows() -> bool:
    """Return whether paths and shells are those of Windows."""
    return os.name == "nt"


def typed_path(path: str | Path) -> str:
    """Return a path as it is typed in a shell: in quotes if it needs them, and not as an option."""
    text = str(path)
    if text.startswith("-"):
        text = os.path.join(os.curdir, text)  # noqa: PTH118 - `Path` removes the dot
    if is_windows():  # cmd and PowerShell; a path has no double quotes there
        return f'"{text}"' if set(text) & _QUOTED_ON_WINDOWS else text
    from shlex import quote  # noqa: PLC0415 - few messages have a command

    return quote(text)


_QUOTED_ON_WINDOWS = frozenset(" &()[]{}^=;!'+,`~%$@#")


def portability_error(written: str, folder: str) -> tuple[str, str] | None:
    """Return the message and the help for a path in a file that only Windows reads as meant.

    Such a path has `/` between its names and no drive. ``folder`` is that to which it is relative,
    as a message names it.
    """
    if re.match(r"\\|[A-Za-z]:", written):
        last = re.split(r"[/\\:]", written)[-1]
        return (
            f"`{written}` is not relative to {folder}",
            f"write it relative to that folder, such as `{last or 'events.yaml'}`",
        )
    if "\\" in written:
        return f"`{written}` has a backslash", f"write `{written.replace(chr(92), '/')}`"
    return None
