"""The command line, run within the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.testing import CliRunner

from timeline.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Mapping


class Done:
    """The exit code and the output of a command."""

    def __init__(
        self,
        *arguments: str,
        stdin: str | bytes | None = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        result = CliRunner().invoke(app, arguments, input=stdin, env=env, prog_name="timeline")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.code = result.exit_code
        self.out, self.err = result.stdout, result.stderr
        self.out_bytes = result.stdout_bytes
