"""A progress bar on a terminal, for what takes more than a second."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress


@contextmanager
def progress(what: str, *, stream: TextIO | None = None, after: float = 1) -> Iterator[None]:
    """Show on a terminal what is being done once it takes more than ``after`` seconds.

    The bar is removed in the end. A stream that is no terminal, or a ``dumb`` one, gets nothing.
    """
    stream = stream or sys.stderr
    # Without a terminal there may be no standard error at all: it was closed before the start.
    if not (stream and stream.isatty()) or os.environ.get("TERM") == "dumb":
        yield
        return
    from threading import Timer

    bars: list[Progress] = []
    timer = Timer(after, lambda: bars.append(_start_bar(what, stream)))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # it may be starting the bar at this moment
        for bar in bars:
            bar.stop()


def _start_bar(what: str, stream: TextIO) -> Progress:
    """Start a bar that moves without an end in sight, with the time that has passed."""
    # Rich is slow to import, and most runs take less than a second.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(file=stream, no_color=bool(os.environ.get("NO_COLOR")) or None),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    bar.add_task(what, total=None)
    bar.start()
    return bar
