"""Run the command line for the documents: always the same clock, width and colours."""

from __future__ import annotations

import atexit
import os
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pkgutil import walk_packages
from typing import TYPE_CHECKING

from tools.docs import ROOT
from tools.docs.errors import PageError
from tools.forks import HAS_FORKS, ForkServer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NOW = "1735732800"
"""1 January 2025, 12:00 UTC: the time at which all commands in the documents are run."""


def run_timeline(arguments: Sequence[str], folder: Path) -> tuple[int, str]:
    """Run ``timeline`` as in a terminal of 80 columns without colour.

    Returns the exit code, and standard output with standard error in it.
    """
    environment = {
        **os.environ,
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": str(ROOT / "src"),
        "SOURCE_DATE_EPOCH": NOW,
        "TERM": "dumb",
    }
    if HAS_FORKS:
        done = _server().run(folder, "timeline", arguments, environment, is_joined=True)
        return done.returncode, done.stdout
    process = subprocess.run(  # noqa: S603 - our own program, with arguments from our own documents
        [sys.executable, "-m", "timeline", *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return process.returncode, process.stdout


@cache
def _server() -> ForkServer:
    """Return a process that has imported the whole program; it ends with this one."""
    modules = walk_packages([str(ROOT / "src" / "timeline")], "timeline.")
    names = [module.name for module in modules if not module.name.endswith("__main__")]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT / "src")}
    server = ForkServer(*names, environment=environment)
    atexit.register(server.close)
    return server


def run_jq(arguments: Sequence[str], folder: Path) -> list[str] | None:
    """Run ``jq`` and return the lines that it prints; ``None`` where it is not installed."""
    program = shutil.which("jq")
    if program is None:
        return None
    done = subprocess.run(  # noqa: S603 - with arguments from our own documents
        [program, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise PageError(f"jq {shlex.join(arguments)}: {done.stdout}")
    return done.stdout.splitlines()
