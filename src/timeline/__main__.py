"""Run the command line, as ``timeline`` or ``python -m timeline``."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress

from timeline.cli.streams import flush_streams, set_up_streams, write_lines


def main() -> None:
    """Run the command line; ``--version`` is answered before anything heavy is imported."""
    set_up_streams()
    if sys.argv[1:] in (["--version"], ["-V"]):
        from timeline._version import version  # noqa: PLC0415

        write_lines([version()], to_stdout=True)
        return
    # A run is short and builds lists of thousands of events. The garbage collector would traverse
    # them repeatedly, for as long as all other work takes, without collecting anything.
    gc.disable()
    from timeline.cli.app import run  # noqa: PLC0415

    sys.exit(run())


def _end(number: int, _: object) -> None:
    sys.exit(128 + number)  # as a shell reports it


def interruptible() -> None:
    """Run the command line; exit silently with 130 if the user interrupts, also during imports.

    SIGTERM, with which a build server ends it, and SIGHUP, when its terminal is closed, are
    exceptions, too, so that no temporary file is left.
    """
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # `nohup` ignores it
            signal.signal(number, _end)
    try:
        try:
            main()
        finally:
            flush_streams()
            gc.freeze()  # the interpreter would traverse all objects three times when it exits
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        # Errors of the user's files are reported where they are read and written. So this is one of
        # standard output or standard error, closed or redirected to a full disk, or of a file of
        # the installation, which has a name.
        with suppress(OSError):
            what = "write to standard output" if error.filename is None else f"use {error.filename}"
            write_lines([f"timeline: cannot {what}: {error.strerror}"], to_stdout=False)
        os._exit(2)  # a normal exit would try to write the buffers again
    except Exception:  # noqa: BLE001 - a bug, whose message may have any text of a file
        import traceback  # noqa: PLC0415

        write_lines(traceback.format_exc().splitlines(), to_stdout=False)
        sys.exit(1)


if __name__ == "__main__":
    interruptible()
