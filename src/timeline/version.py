"""What is installed: timeline and the time zone data it goes by."""

from __future__ import annotations

from importlib.metadata import version as installed


def version() -> str:
    """Give the line that ``timeline --version`` prints."""
    return f"timeline {installed('timeline-as-code')} (tzdata {installed('tzdata')})"
