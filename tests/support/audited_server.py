"""Run `timeline lsp`, and write to a file what it reads, writes, runs and connects to.

``python audited_server.py LOG``: LOG gets a line of JSON for each, ``[event, path]``. The files of
Python, of packages and of this project are left out: these are imports and resources.
"""

from __future__ import annotations

import json
import os
import sys
import zoneinfo
from pathlib import Path
from typing import Any

OWN = tuple(
    os.path.realpath(folder)
    for folder in (
        sys.prefix,
        sys.base_prefix,
        str(Path(os.__file__).parent),
        str(Path(__file__).parents[2] / "src"),
        *zoneinfo.TZPATH,
    )
)
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
FILES = {"open", "os.listdir", "os.scandir"}
OTHERS = (
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.startfile",
    "socket.connect",
    "socket.getaddrinfo",
    "socket.bind",
    "socket.sendto",
    "urllib.",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.truncate",
    "os.link",
    "os.symlink",
    "os.chmod",
    "os.utime",
    "shutil.",
    "tempfile.",
)


def main() -> None:
    """Run the server."""
    log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def hook(event: str, args: tuple[Any, ...]) -> None:
        path = os.fsdecode(args[0]) if args and isinstance(args[0], str | bytes) else ""
        if event in FILES:
            if isinstance(args[0], int):
                return  # what is open already, as the standard streams
            if event == "open" and args[2] & WRITES:
                event = "write"
            elif not path or os.path.realpath(path).startswith(OWN):
                return
        elif not event.startswith(OTHERS):
            return
        os.write(log, json.dumps([event, path]).encode() + b"\n")

    sys.dont_write_bytecode = True
    sys.argv = ["timeline", "lsp"]
    sys.addaudithook(hook)
    from timeline.__main__ import main as timeline

    timeline()


if __name__ == "__main__":
    main()
