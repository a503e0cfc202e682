"""Remove the progress bar from what a terminal gets: a run has one if the machine is busy."""

from __future__ import annotations

import re

_BAR = re.compile(r"\x1b\[\?25l.*?\x1b\[\?25h\r\x1b\[1A\x1b\[2K", re.DOTALL)


def without_bar(shown: str) -> str:
    """Return what a terminal has got without the bar, which takes its lines away at its end."""
    return _BAR.sub("", shown)
