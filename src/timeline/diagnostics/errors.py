"""The errors that end a command with a message and an exit code, and without a traceback."""

from __future__ import annotations


class UserError(Exception):
    """What a command asks for is not possible, through no fault of ours.

    ``message`` is one clause as in a diagnostic; ``help`` says what to do.
    """

    def __init__(self, message: str, help: str | None = None) -> None:  # noqa: A002 - as printed
        super().__init__(message)
        self.message = message
        self.help = help
