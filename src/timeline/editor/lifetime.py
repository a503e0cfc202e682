"""End the process when the editor that started it is gone."""

from __future__ import annotations

import asyncio
import os

_POLL = 0.5
"""The seconds between two looks at whether the editor still runs."""


async def exit_with(process_id: int) -> None:
    """End this process when the editor is gone; a child of the editor may keep its pipes open."""
    while is_running(process_id):  # noqa: ASYNC110 - the system sends no event
        await asyncio.sleep(_POLL)
    os._exit(1)


def is_running(process_id: int) -> bool:
    """Return whether a process of this user runs; never on Windows, where signal 0 is Ctrl+C."""
    if os.name == "nt":
        return False
    try:
        os.kill(process_id, 0)
    except OSError:
        return False
    return True
