"""Run the command line for the documents: always the same clock, width and colours."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tools.docs import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NOW = "1735732800"
"""1 January 2025, 12:00 UTC: the time at which all commands in the documents are run."""


def run_timeline(arguments: Sequence[str], folder: Path) -> tuple[int, str]:
    """Run ``timeline`` as in a terminal of 80 columns without colour.

    Returns the exit code, and standard output with standard error in it.
    """
    process = subprocess.run(  # noqa: S603 - our own program, with arguments from our own documents
        [sys.executable, "-m", "timeline", *arguments],
        cwd=folder,
        env={
            **os.environ,
            "COLUMNS": "80",
            "NO_COLOR": "1",
            "PYTHONIOENCODING": "utf-8",
            "PYTHONPATH": str(ROOT / "src"),
            "SOURCE_DATE_EPOCH": NOW,
            "TERM": "dumb",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return process.returncode, process.stdout
