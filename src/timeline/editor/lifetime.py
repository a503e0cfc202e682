"""End the process when the editor that started it is gone."""

from __future__ import annotations

import asyncio
import os

_POLL = 0.5
"""The seconds between two looks at whether the editor still runs."""


async def exit_with(process_id: int) -> None:
    """End this process when the editor is gone, whose pipes a child of it may keep open."""
    while is_running(process_id):  # noqa: ASYNC110 - the system sends no event
        await asyncio.sleep(_POLL)
    os._exit(1)


def is_running(process_id: int) -> bool:
    """Return whether a process of this user runs; not on Windows, where signal 0 is an order."""
    if os.name == "nt":
        return False
    try:
        os.kill(process_id, 0)
    except OSError:
        return False
    return True
