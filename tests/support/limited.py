"""Run the command with limits of the system on memory, CPU time and the size of files."""

from __future__ import annotations

import subprocess
import sys

import pytest

resource = pytest.importorskip("resource", reason="needs POSIX: limits")

GOOD = """\
calendar: {id: x.org, name: X, timezone: Europe/Berlin}
events:
  - {id: a, summary: A, start: 2025-01-03}
"""
EVENTS = "calendar: {id: x.org, name: X}\nevents:\n"
MEMORY = 900 * 2**20
"""Bytes of address space, which is more than what is used: 500 MiB, and what is only mapped."""
SECONDS = 5
"""Seconds of CPU. A machine may be slow, so the limit is twice that."""


class LimitedCommand:
    """The exit code and the output of a command, which never has a traceback."""

    def __init__(
        self,
        *arguments: str | bytes,
        content: str | bytes | None = None,
        shell: str = "",
        longest: int = 0,
        memory: int = MEMORY,
        seconds: int = 2 * SECONDS,
    ) -> None:
        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            if longest:
                resource.setrlimit(resource.RLIMIT_FSIZE, (longest, longest))

        command: list[str | bytes] = [sys.executable, "-m", "timeline", *arguments]
        if shell:
            command = ["sh", "-c", shell.replace("timeline", f"{sys.executable} -m timeline", 1)]
        done = subprocess.run(
            command,
            input=content.encode() if isinstance(content, str) else content,
            stdin=subprocess.DEVNULL if content is None else None,
            capture_output=True,
            preexec_fn=limit,
            timeout=120,
            check=False,
        )
        self.code = done.returncode
        self.out, self.err = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in self.err
        assert self.code in (0, 1, 2)

    def codes(self) -> set[str]:
        lines = self.out.splitlines()
        return {line.split("[")[1].split("]")[0] for line in lines if ": error[" in line}
