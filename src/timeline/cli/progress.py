"""Report on a terminal what takes more than a second."""

from __future__ import annotations

import os
import signal
import sys
from threading import current_thread, main_thread
from typing import TextIO


class working:  # noqa: N801 - read as a word: with working("reading")
    """Say on a terminal what takes more than a second, on a line that goes away again.

    The system's alarm clock calls between two steps of Python, so that no thread is needed. Where
    it has none (Windows), and where nobody watches, nothing is said.
    """

    def __init__(self, what: str, *, stream: TextIO | None = None, after: float = 1) -> None:
        self.what, self.stream, self.after = what, stream or sys.stderr, after
        self.seconds, self.told = 0.0, ""

    def __enter__(self) -> None:
        # A stream that was closed before we began is none at all.
        is_watched = self.stream and self.stream.isatty() and os.environ.get("TERM") != "dumb"
        if is_watched and hasattr(signal, "setitimer") and current_thread() is main_thread():
            self.before = signal.signal(signal.SIGALRM, self._tell)
            signal.setitimer(signal.ITIMER_REAL, self.after, self.after)

    def _tell(self, *_: object) -> None:
        self.seconds += self.after
        self.told = f"{self.what}: {self.seconds:.0f} s"
        self.stream.write(f"\r{self.told}")
        self.stream.flush()

    def __exit__(self, *_: object) -> None:
        if hasattr(self, "before"):
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self.before)
            if self.told:
                self.stream.write(f"\r{' ' * len(self.told)}\r")
                self.stream.flush()
