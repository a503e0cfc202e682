"""What is installed: timeline and the time zone data it goes by."""

from __future__ import annotations

from importlib import import_module

VERSION = "0.1.0"
"""The version of timeline. It is said here alone; the package is built with it.

What is installed could be asked for its metadata, which takes longer than all the rest of an answer
to ``--version``.
"""


def version() -> str:
    """Give the line that ``timeline --version`` prints."""
    return f"timeline {VERSION} (tzdata {import_module('tzdata').__version__})"
