"""The error that ends a command with a message and an exit code, without a traceback."""

from __future__ import annotations


class UserError(Exception):
    """A command cannot do what it was asked for, and the program is not at fault.

    ``message`` is one clause, as in a diagnostic; ``help`` is what to do about it.
    """

    def __init__(self, message: str, help: str | None = None) -> None:  # noqa: A002 - as printed
        super().__init__(message)
        self.message = message
        self.help = help
