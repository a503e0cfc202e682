"""Paths on every system: how they are typed in a shell, and how a shared file names them."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline.diagnostics import cited

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


def is_address(written: str) -> bool:
    """Return whether a text is an address, such as ``https://example.org`` or ``file:a.csv``."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", written) is not None


def path_error(
    written: str, folder: str, example: str = "events.yaml", suffix: str = ""
) -> tuple[str, str] | None:
    """Return the message and the help for a path in a file that is not relative to a folder.

    ``folder`` is as a message names it. ``example`` is what the help proposes if the path ends in
    no name with the ``suffix``.
    """
    last = portable_name(re.split(r"[/\\:]", written.rstrip("/\\"))[-1]).lstrip(".")
    like = last if last.lower().endswith(suffix) and len(last) > len(suffix) else example
    help_ = f"write the path from that folder, such as `{like}`"
    if is_address(written):
        # Of a host alone, the last part is its name.
        host = re.fullmatch(r"[A-Za-z0-9+.-]+://[^/]*/?", written) is not None
        help_ = f"write the path from that folder, such as `{example if host else like}`"
        return f"{cited(written)} is an address", help_
    if re.match(r"/|~(/|$)|\\|[A-Za-z]:", written):
        return f"{cited(written)} is not relative to {folder}", help_
    if "\\" in written:
        return f"{cited(written)} has a backslash", f"write `{written.replace(chr(92), '/')}`"
    return None


def portability_error(written: str, folder: str) -> tuple[str, str] | None:
    """Return what `path_error` does, for a path that may begin with `/` or be an address."""
    is_windows_path = re.match(r"\\|[A-Za-z]:", written) or "\\" in written
    return path_error(written, folder) if is_windows_path and not is_address(written) else None


def name_error(path: str) -> tuple[str, str] | None:
    """Return the message and the help for a new path with a name that Windows does not allow."""
    name = next(filter(_NOT_ON_WINDOWS.search, path.split("/")), None)
    if name is None:
        return None
    better = "/".join(map(portable_name, path.split("/")))
    return (
        f"{cited(name)} cannot be the name of a file or folder on Windows",
        f"write the path from that folder, such as `{better}`",
    )


_NOT_ON_WINDOWS = regex(
    r"""[<>:"|?*\x00-\x1f]|[^.][.]+$|[ ]$|^(con|prn|aux|nul|com[0-9]|lpt[0-9])([.]|$)""",
    re.IGNORECASE,
)
"""What Windows rejects in a name, or takes for a device or a stream; `.` and `..` are folders."""


def portable_name(name: str) -> str:
    """Return a name that is like one that Windows does not allow, or the name itself."""
    if not _NOT_ON_WINDOWS.search(name):
        return name
    stem, dot, suffix = re.sub(r"""[<>:"|?*\x00-\x1f]+""", "-", name).rstrip(" .").partition(".")
    changed = stem + dot + suffix
    return f"{stem}-file{dot}{suffix}" if _NOT_ON_WINDOWS.search(changed) else changed or "dist"
