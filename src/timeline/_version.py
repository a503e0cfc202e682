"""Return the versions of timeline and of the time zone data."""

from __future__ import annotations

from importlib import import_module

VERSION = "0.1.0"
"""The version of timeline, which the package is built with.

Reading the metadata of the installed package would take longer than the rest of ``--version``.
"""


def version() -> str:
    """Return the line that ``timeline --version`` prints."""
    return f"timeline {VERSION} (tzdata {import_module('tzdata').__version__})"
