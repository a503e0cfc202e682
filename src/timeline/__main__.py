"""The way in: ``timeline`` and ``python -m timeline``."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line. ``--version`` is answered before anything heavy is imported."""
    if sys.argv[1:] == ["--version"]:
        from timeline._version import version  # noqa: PLC0415

        print(version())  # noqa: T201
        return
    # One run builds lists of thousands of events and ends: the collector would walk them again and
    # again, for as long as all the rest takes, and find nothing to collect.
    gc.disable()
    # pydantic would look for plugins in everything that is installed; the models here have none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    from timeline.cli.app import app  # noqa: PLC0415

    app(prog_name="timeline")


def interruptible() -> None:
    """Run, and end without a word where the user interrupts, be it while modules are imported.

    A pipe whose reader has gone ends the run too; typer sees to that, without a word.
    """
    try:
        try:
            main()
        finally:
            _flush()
            gc.freeze()  # else the end of the interpreter walks all that was imported, thrice
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        # What is read and written is explained where it is done: this is standard output, or the
        # other one. Either may be closed, and the disk behind both of them full.
        with suppress(OSError, AttributeError):
            sys.stderr.write(f"timeline: cannot write to standard output: {error.strerror}\n")
        os._exit(2)  # what is still to be written would fail again


def _flush() -> None:
    """Write what is left, while it can still be told that it cannot be written."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


if __name__ == "__main__":
    interruptible()
