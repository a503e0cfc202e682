"""An interactive shell in a pseudo-terminal, in which keys are typed."""

from __future__ import annotations

import os
import re
import select
import subprocess
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

LONGEST = 60
"""The seconds after which a shell that answers nothing has failed."""


class Shell:
    """A shell; its prompt must be ``READY>``."""

    def __init__(self, command: Sequence[str], folder: Path, env: Mapping[str, str]) -> None:
        import pty

        self.terminal, other = pty.openpty()
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            pass_fds=[other],
            preexec_fn=lambda: os.login_tty(other),  # noqa: PLW1509 - fish needs its terminal
        )
        os.close(other)
        self.output = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.terminal)

    def type(self, keys: str) -> None:
        """Type keys, after which only new output is read."""
        self.output = ""
        os.write(self.terminal, keys.encode())

    def read_until(self, text: str) -> str:
        """Return the output up to one that has a text, without control sequences."""
        while text not in (plain := _plain(self.output)):
            readable, _, _ = select.select([self.terminal], [], [], LONGEST)
            assert readable, f"no {text!r} in {plain!r}"
            self.output += os.read(self.terminal, 65536).decode(errors="replace")
        return plain


_CONTROLS = re.compile(r"\x1b(\[[\d;?<>=]*[a-zA-Z]|\][^\x07\x1b]*(\x07|\x1b\\)|[=>()][A-Z0-9]?)")


def _plain(text: str) -> str:
    return _CONTROLS.sub("", text)
