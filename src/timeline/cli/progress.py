"""Show a progress bar on a terminal for work that takes more than a second."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from timeline.cli.streams import CHOICES, wanted_color
from timeline.diagnostics import safe_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress


@contextmanager
def progress(title: str, *, stream: TextIO | None = None, after: float = 1) -> Iterator[None]:
    """Show a bar with a title while the block runs, once it has run for ``after`` seconds.

    The bar is removed at the end. There is none if the stream is not a terminal, or a ``dumb`` one.
    """
    stream = stream or sys.stderr
    # Standard error is `None` if it was closed before the start.
    is_quiet = CHOICES.verbosity < 0
    if is_quiet or not (stream and stream.isatty()) or os.environ.get("TERM") == "dumb":
        yield
        return
    from threading import Timer

    bars: list[Progress] = []
    timer = Timer(after, lambda: bars.append(_start_bar(title, stream)))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # it may be starting the bar now
        for bar in bars:
            bar.stop()


def _start_bar(title: str, stream: TextIO) -> Progress:
    """Start a bar without a percentage, with the time that has passed."""
    # Rich is slow to import, and most runs take less than a second.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(file=stream, no_color=wanted_color() is False or None),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    bar.add_task(safe_line(title), total=None)
    bar.start()
    return bar
