"""Of many changes the last is analysed, whatever an analysis takes; the clock is counted."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from timeline._checkpoint import checkpoint
from timeline.editor import schedule as module
from timeline.editor.schedule import LONGEST_PAUSE, SHORT, Schedule

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

real_sleep = asyncio.sleep
KEYSTROKE = 0.03
"""The seconds between two keystrokes of a key that is held down."""


class Clock:
    """A clock that only moves when everything waits for it; it is the loop's and the schedule's."""

    def __init__(self) -> None:
        self.now = 0.0
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock has moved by some seconds."""
        future = asyncio.get_running_loop().create_future()
        self._count += 1
        self._waiting.append((self.now + seconds, self._count, future))
        await future

    async def run(self, done: asyncio.Future[None]) -> None:
        """Move on to whatever waits next until a task is done."""
        while not done.done():
            for _ in range(20):
                await real_sleep(0)
            if self._waiting and not done.done():
                first = min(self._waiting, key=lambda item: item[:2])
                self._waiting.remove(first)
                self.now = max(self.now, first[0])
                first[2].set_result(None)


class Session:
    """A schedule over one text, a number, whose analysis takes some seconds of the clock."""

    def __init__(self, clock: Clock, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clock, self.seconds = clock, seconds
        self.text = 0
        self.begun: list[tuple[float, int]] = []
        self.published: list[int] = []
        self.prepared: list[int] = []
        self.running = self.most_running = 0
        self.schedule = Schedule(
            lambda: self.text, self._analyse, self.published.append, self.prepared.append
        )
        monkeypatch.setattr(module, "time", clock)
        monkeypatch.setattr(asyncio, "sleep", clock.sleep)
        monkeypatch.setattr(self.schedule, "_in_thread", self._in_thread)

    def _analyse(self, text: int) -> int:
        self.begun.append((self.clock.now, text))
        return text

    async def _in_thread(self, call: Callable[[int], object], argument: int) -> object:
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        result = call(argument)
        if call == self._analyse:
            await self.clock.sleep(self.seconds)
        self.running -= 1
        return result

    async def type(self, count: int, between: float = KEYSTROKE) -> None:
        """Change the text some times."""
        for _ in range(count):
            self.text += 1
            self.schedule.changed()
            await self.clock.sleep(between)

    def run(self, act: Callable[[], Awaitable[None]]) -> None:
        async def inside() -> None:
            task = asyncio.ensure_future(act())
            await self.clock.run(task)
            task.result()

        asyncio.run(inside())


@pytest.fixture
def session_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], Session]:
    return lambda seconds: Session(Clock(), seconds, monkeypatch)


def test_each_keystroke_is_reported_where_an_analysis_is_short(
    session_of: Callable[[float], Session],
) -> None:
    session = session_of(SHORT / 2)
    session.run(lambda: session.type(20))
    assert session.published == [*range(1, 21)]
    assert session.prepared == session.published


@pytest.mark.parametrize("seconds", [0.05, 0.2, 1.0, 2.0])
def test_a_key_that_is_held_down_never_queues_analyses(
    session_of: Callable[[float], Session], seconds: float
) -> None:
    session = session_of(seconds)
    count = 300

    async def act() -> None:
        await session.type(count)
        await session.schedule.finished()

    session.run(act)
    typed = count * KEYSTROKE
    assert session.most_running == 1
    assert session.published[-1] == session.text == count
    assert session.published == sorted(set(session.published))
    texts = [text for _, text in session.begun]
    assert texts == sorted(set(texts)), "no text is analysed twice, none after a later one"
    assert len(texts) <= typed / seconds + 2
    # Behind the last keystroke: the rest of what ran, the pause, and one analysis.
    assert session.clock.now <= typed + seconds + LONGEST_PAUSE + seconds


def test_a_result_of_an_earlier_text_is_dropped(session_of: Callable[[float], Session]) -> None:
    session = session_of(1.0)

    async def act() -> None:
        await session.type(2, between=0.5)
        await session.schedule.finished()

    session.run(act)
    assert [text for _, text in session.begun] == [1, 2]
    assert session.published == session.prepared == [2]


def test_a_large_file_waits_for_a_pause_of_its_author(
    session_of: Callable[[float], Session],
) -> None:
    session = session_of(2.0)

    async def act() -> None:
        await session.type(1, between=5.0)
        session.begun.clear()
        await session.type(100)
        assert session.begun == [], "nothing is begun between two keystrokes"
        await session.schedule.finished()

    session.run(act)
    last = 5.0 + 99 * KEYSTROKE
    assert session.begun == [(pytest.approx(last + LONGEST_PAUSE), 101)]


def test_a_request_waits_for_the_text_as_it_is_now(
    session_of: Callable[[float], Session],
) -> None:
    session = session_of(0.5)

    async def act() -> None:
        await session.type(3, between=0.0)
        await session.schedule.finished()
        assert session.published[-1:] == session.prepared[-1:] == [3]
        await session.schedule.finished()  # there is nothing to wait for

    session.run(act)


def test_an_analysis_that_raises_does_not_end_the_session(
    session_of: Callable[[float], Session],
) -> None:
    session = session_of(0.5)

    async def act() -> None:
        session.begun = None  # type: ignore[assignment]
        await session.type(1, between=1.0)
        await session.schedule.finished()
        session.begun = []
        await session.type(1, between=1.0)

    session.run(act)
    assert session.published == [2]


def test_a_change_during_an_analysis_that_raises_is_analysed(
    session_of: Callable[[float], Session],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    session = session_of(0.5)
    analyse = session._analyse

    async def in_thread(call: Callable[[int], object], argument: int) -> object:
        await session.clock.sleep(session.seconds)
        if call == analyse and argument == 1:
            raise LookupError("a fault of the analysis")
        return call(argument)

    monkeypatch.setattr(session.schedule, "_in_thread", in_thread)

    async def act() -> None:
        await session.type(2, between=0.1)
        await session.schedule.finished()

    session.run(act)
    assert session.published == session.prepared == [2]
    assert "a fault of the analysis" in caplog.text


def test_what_is_not_wanted_any_more_is_abandoned() -> None:
    begun: list[int] = []
    published: list[object] = []
    is_first = threading.Event()

    async def act() -> None:
        def analyse(text: object) -> object:
            begun.append(text)  # type: ignore[arg-type]
            while text == 1:  # without an end
                is_first.set()
                checkpoint()
            return text

        schedule = Schedule(lambda: len(begun) + 1, analyse, published.append, lambda _: None)
        schedule.changed()
        await asyncio.get_running_loop().run_in_executor(None, is_first.wait)
        schedule.changed()
        await schedule.finished()

    asyncio.run(act())
    assert (begun, published) == ([1, 2], [2])


def test_places_that_are_not_wanted_any_more_are_abandoned() -> None:
    published: list[object] = []
    is_first = threading.Event()

    async def act() -> None:
        def prepare(text: object) -> None:
            while text == 0:
                is_first.set()
                checkpoint()

        schedule = Schedule(lambda: len(published), lambda text: text, published.append, prepare)
        schedule.changed()
        await asyncio.get_running_loop().run_in_executor(None, is_first.wait)
        schedule.changed()
        await schedule.finished()

    asyncio.run(act())
    assert published == [0, 1]
