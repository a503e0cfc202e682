"""The error that ends a command with a message and an exit code, without a traceback.

What the system reports of a file becomes a clause of its message.
"""

from __future__ import annotations


class UserError(Exception):
    """A command cannot do what it was asked for, and the program is not at fault.

    ``message`` is one clause, as in a diagnostic; ``help`` is what to do about it, or ``None``.
    """

    def __init__(self, message: str, help: str | None = None) -> None:  # noqa: A002 - as printed
        super().__init__(message)
        self.message = message
        self.help = help


def failure_reason(error: OSError | ValueError) -> str:
    """Return why a file could not be read or written, in lower case and without its name."""
    return (getattr(error, "strerror", None) or str(error)).lower()
