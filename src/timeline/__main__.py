"""Run the command line, as ``timeline`` or ``python -m timeline``."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line; ``--version`` is answered before anything heavy is imported."""
    if sys.argv[1:] == ["--version"]:
        from timeline._version import version  # noqa: PLC0415

        print(version())  # noqa: T201
        return
    # A run is short and builds lists of thousands of events. The garbage collector would traverse
    # them repeatedly, for as long as all other work takes, without collecting anything.
    gc.disable()
    from timeline.cli.app import app  # noqa: PLC0415

    app(prog_name="timeline")


def interruptible() -> None:
    """Run the command line; exit silently with 130 if the user interrupts, also during imports.

    A closed pipe ends the run silently, too; typer does that.
    """
    try:
        try:
            main()
        finally:
            _flush()
            gc.freeze()  # the interpreter would traverse all objects three times when it exits
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        # Errors of files are reported where they are read and written, so this is an error of
        # standard output or standard error: closed, or redirected to a full disk.
        with suppress(OSError, AttributeError):
            sys.stderr.write(f"timeline: cannot write to standard output: {error.strerror}\n")
        os._exit(2)  # a normal exit would try to write the buffers again


def _flush() -> None:
    """Write the buffers now, so that an error can be reported."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


if __name__ == "__main__":
    interruptible()
