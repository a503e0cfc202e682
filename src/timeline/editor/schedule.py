"""Analyse the open texts in another thread, one analysis at a time.

An analysis is abandoned when the texts change, and only their last state is analysed after it. A
large file is analysed when its author pauses: what takes long is not begun between two keystrokes.
"""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from timeline._checkpoint import Abandoned, while_wanted

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT = 0.02
"""The seconds of an analysis that is begun with every keystroke."""
LONGEST_PAUSE = 0.15
"""The longest pause in seconds before an analysis; keys that are held down come every 30 ms."""


class Schedule:
    """Runs ``analyse`` in a thread after changes, and then ``publish`` with its result.

    Both are abandoned at their next checkpoint, and their results dropped, if the texts change.
    ``prepare`` is run in the thread after that, before requests are answered, and ``snapshot``
    makes the argument of ``analyse``.
    """

    def __init__(
        self,
        snapshot: Callable[[], object],
        analyse: Callable[[object], object],
        publish: Callable[[object], None],
        prepare: Callable[[object], None],
    ) -> None:
        self._snapshot, self._analyse = snapshot, analyse
        self._publish, self._prepare = publish, prepare
        self._executor = ThreadPoolExecutor(1, "analysis")
        self._task: asyncio.Task[None] | None = None
        self._changes = 0
        self._last_change = 0.0
        self._duration = 0.0

    def changed(self) -> None:
        """Analyse the texts as they are now, soon."""
        self._changes += 1
        self._last_change = time.monotonic()
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def finished(self) -> None:
        """Wait until the texts are analysed as they are now."""
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        analysed = -1
        while analysed != self._changes:
            await self._pause()
            analysed = self._changes
            try:
                await self._run_once()
            except Abandoned:
                continue
            except Exception as error:  # noqa: BLE001 - it is logged, and a later text may be sound
                context = {"message": "a text could not be analysed", "exception": error}
                asyncio.get_running_loop().call_exception_handler(context)

    async def _run_once(self) -> None:
        begun, start = self._changes, time.monotonic()
        result = await self._in_thread(self._analyse, self._snapshot())
        self._duration = time.monotonic() - start
        if begun == self._changes:
            self._publish(result)
            await self._in_thread(self._prepare, result)

    async def _in_thread(self, call: Callable[[Any], Any], argument: object) -> Any:
        begun = self._changes

        def run() -> Any:
            with while_wanted(lambda: begun == self._changes):
                return call(argument)

        return await asyncio.get_running_loop().run_in_executor(self._executor, run)

    async def _pause(self) -> None:
        """Wait until nothing has changed for half as long as the last analysis took."""
        if self._duration <= SHORT:
            return
        length = min(self._duration / 2, LONGEST_PAUSE)
        while (left := self._last_change + length - time.monotonic()) > 0:  # noqa: ASYNC110 - a change delays it
            await asyncio.sleep(left)
