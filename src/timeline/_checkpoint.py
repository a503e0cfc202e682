"""Let a long computation be abandoned when nobody waits for its result any more.

What takes long calls `checkpoint` in its loops. In the language server a file of thousands of
events is then not compiled to its end after it has changed; a command never abandons anything.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Abandoned(BaseException):
    """Nobody waits for the result of a computation any more."""


_is_wanted: ContextVar[Callable[[], bool] | None] = ContextVar("is wanted", default=None)


@contextmanager
def while_wanted(is_wanted: Callable[[], bool]) -> Iterator[None]:
    """Abandon what is computed meanwhile as soon as it is not wanted any more."""
    token = _is_wanted.set(is_wanted)
    try:
        yield
    finally:
        _is_wanted.reset(token)


def checkpoint() -> None:
    """Go on only if the result is still wanted.

    Raises: `Abandoned`.
    """
    if (is_wanted := _is_wanted.get()) is not None and not is_wanted():
        raise Abandoned
