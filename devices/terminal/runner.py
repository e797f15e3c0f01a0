"""Carries out a dialogue's steps on the real line, the real clock and the real journal."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from devices.terminal.line import Line
from devices.terminal.steps import (
    Change,
    Close,
    Connect,
    Effect,
    Expired,
    Input,
    Journal,
    Lost,
    Progress,
    Receive,
    Send,
    Show,
    Start,
    Steps,
    Stop,
    Timer,
    Timers,
    Woken,
)
from devices.terminal.transport import Dial
from devices.terminal.zvt.wire import Wire

T = TypeVar("T")


class Observer(Protocol):
    """Who is told while steps are carried out."""

    def journal_change(self, change: Change) -> None:
        """Write this durably; return when it is on disk."""
        ...

    def show(self, shown: Show) -> None:
        """Tell the shopper."""
        ...

    def progress(self, progress: Progress, quiet_left: float | None) -> None:
        """Tell how a check goes; `quiet_left`: seconds until the quiet time ends, None without one."""
        ...


@dataclass(frozen=True, slots=True)
class Way:
    """How the terminal is reached, and what wire that makes."""

    dial: Dial
    wire: Callable[[], Wire]
    name: str


class Runner:
    """Runs one dialogue at a time."""

    def __init__(self, way: Way, timers: Timers, observer: Observer) -> None:
        self._inbox: asyncio.Queue[Input] = asyncio.Queue()
        self._line = Line(way.dial, way.wire, timers, self._inbox.put_nowait)
        self._observer = observer
        self._deadlines: dict[Timer, float] = {}

    async def run(self, steps: Steps[T]) -> T:
        """Carry out `steps` to their end and return their result."""
        heard: Input | None = None
        self._deadlines.clear()
        while True:
            try:
                effect = steps.send(heard)
            except StopIteration as end:
                result: T = end.value
                return result
            heard = await self._carry_out(effect)

    @property
    def is_open(self) -> bool:
        """The line is up as far as we know."""
        return self._line.is_open

    def wake(self) -> None:
        """Let the running dialogue look at the wishes."""
        self._inbox.put_nowait(Woken())

    async def close(self) -> None:
        """Close the line."""
        await self._close()

    async def _carry_out(self, effect: Effect) -> Input | None:
        match effect:
            case Receive():
                return await self._receive()
            case Connect():
                return await self._connect()
            case Close():
                await self._close()
            case _:
                self._do(effect)
        return None

    def _do(self, effect: Effect) -> None:
        match effect:
            case Send(apdu):
                self._line.send(apdu)
            case Start(timer, seconds):
                self._deadlines[timer] = asyncio.get_running_loop().time() + seconds
            case Stop(timer):
                self._deadlines.pop(timer, None)
            case Journal(change):
                self._observer.journal_change(change)
            case Show():
                self._observer.show(effect)
            case Progress():
                self._observer.progress(effect, self._left(Timer.QUIET))
            case _:
                raise AssertionError(effect)

    def _left(self, timer: Timer) -> float | None:
        deadline = self._deadlines.get(timer)
        return None if deadline is None else max(0.0, deadline - asyncio.get_running_loop().time())

    async def _receive(self) -> Input:
        timer = min(self._deadlines, key=self._deadlines.__getitem__, default=None)
        try:
            async with asyncio.timeout_at(None if timer is None else self._deadlines[timer]):
                heard = await self._inbox.get()
        except TimeoutError:
            assert timer is not None  # noqa: S101 - without a timer there is no time-out
            del self._deadlines[timer]
            return Expired(timer)
        if isinstance(heard, Lost):
            await self._line.close()
        return heard

    async def _connect(self) -> Input:
        if not self._line.is_open:
            self._forget()
        return await self._line.open()

    async def _close(self) -> None:
        await self._line.close()
        self._forget()

    def _forget(self) -> None:
        """Drop what the old line said; a wish stays."""
        kept = []
        while not self._inbox.empty():
            heard = self._inbox.get_nowait()
            if isinstance(heard, Woken):
                kept.append(heard)
        for heard in kept:
            self._inbox.put_nowait(heard)
