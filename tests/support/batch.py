"""Run several commands in one process, each with files as its standard output and error.

Starting Python and importing the program takes a quarter of a second for each process, ten times as
long as most commands.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DRIVER = """
import json, os, sys
from timeline.__main__ import main
from timeline.cli.streams import flush_streams
commands, streams = json.loads(sys.argv[1]), sys.argv[2]
codes = []
for number, arguments in enumerate(commands):
    for descriptor in (1, 2):
        file = os.open(f"{streams}/{number}.{descriptor}", os.O_CREAT | os.O_WRONLY)
        os.dup2(file, descriptor)
        os.close(file)
    typed = (argument.encode("utf-8", "surrogateescape") for argument in arguments)
    sys.argv = ["timeline", *map(os.fsdecode, typed)]
    try:
        main()
        codes.append(0)
    except SystemExit as done:
        codes.append(done.code)
    flush_streams()
with open(f"{streams}/codes", "w") as file:
    json.dump(codes, file)
"""


class Printed(NamedTuple):
    """The exit code of a command, and what it printed."""

    code: int
    out: bytes
    err: bytes


def run_batch(
    commands: Sequence[Sequence[str | bytes]],
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> list[Printed]:
    """Run commands in a folder, one after the other; none has an exception that is not an exit."""
    texts = [[os.fsencode(it).decode("utf-8", "surrogateescape") for it in row] for row in commands]
    with TemporaryDirectory() as streams:
        done = subprocess.run(
            [sys.executable, "-c", DRIVER, json.dumps(texts), streams],
            cwd=folder,
            env=os.environ | dict(environment or {}),
            capture_output=True,
            check=False,
        )
        files = [Path(streams, f"{number}.2") for number in range(len(commands))]
        last = max((path for path in files if path.exists()), key=lambda path: int(path.stem))
        assert done.returncode == 0, (done.stderr, last.read_bytes().decode("utf-8", "replace"))
        codes = json.loads(Path(streams, "codes").read_text())
        return [
            Printed(code, path.with_suffix(".1").read_bytes(), path.read_bytes())
            for code, path in zip(codes, files, strict=True)
        ]
