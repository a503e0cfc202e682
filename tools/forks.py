"""Run modules as programs in forks of a process that has imported them.

Starting Python and importing the program takes ten times as long as most commands, and an engine of
documentation as long as it takes to build a page. A fork has its own streams, folder and
environment, and ends without a trace in the process that it is of.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HAS_FORKS = hasattr(os, "fork")

SERVER = """
import gc, importlib, json, os, runpy, sys, traceback
for name in sys.argv[1:]:
    importlib.import_module(name)
gc.freeze()  # a fork copies no page that the collector would write to
answers = os.fdopen(os.dup(1), "w")

def run(request):
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    out, *err = [os.open(path, os.O_WRONLY | os.O_CREAT) for path in request["streams"]]
    for number, stream in enumerate((os.open(os.devnull, os.O_RDONLY), out, *(err or [out]))):
        os.dup2(stream, number)
    sys.stdin = os.fdopen(0)
    sys.argv = [request["module"], *request["arguments"]]
    sys.path[0] = os.getcwd()  # as of `python -m`
    try:
        runpy.run_module(request["module"], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0

while line := sys.stdin.readline():
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = run(json.loads(line))
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=answers, flush=True)
"""


class ForkServer:
    """A process that has imported some modules; it ends when this process does."""

    def __init__(self, *imported: str, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", SERVER, *imported],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self,
        folder: Path,
        module: str,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        *,
        is_joined: bool = False,
    ) -> subprocess.CompletedProcess[str]:
        """Run a module as `python -m` does, and return its exit code and its output.

        If it ``is_joined``, standard error is in standard output, where it was written.
        """
        to_server, from_server = self._process.stdin, self._process.stdout
        if to_server is None or from_server is None:
            raise ValueError("the process has no pipes")
        with TemporaryDirectory() as written:
            streams = [Path(written, name) for name in ("out", "err")][: 1 if is_joined else 2]
            request = {
                "folder": str(folder),
                "module": module,
                "arguments": list(arguments),
                "environment": dict(environment),
                "streams": list(map(str, streams)),
            }
            print(json.dumps(request), file=to_server, flush=True)
            code = int(from_server.readline())
            out, *err = [path.read_text(encoding="utf-8") for path in streams]
        return subprocess.CompletedProcess([module, *arguments], code, out, "".join(err))

    def close(self) -> None:
        """End the process."""
        with self._process as process:
            if process.stdin:
                process.stdin.close()
