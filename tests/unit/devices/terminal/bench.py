"""A model terminal behind a real line: the runner, engine and daemon work on it without a network.

::

    bench = Bench(tmp_path)
    async with bench.engine() as engine: ...
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from devices.terminal.book import Attempt
from devices.terminal.engine import Engine, Listeners
from devices.terminal.journal import Journal
from devices.terminal.runner import Way
from devices.terminal.steps import Profile, Show, Timers
from devices.terminal.till import Place
from devices.terminal.transport import Transport, TransportError
from devices.terminal.zvt.apdu import Apdu
from devices.terminal.zvt.wire import Deliver, WireEffect, WireTimer
from tests.unit.devices.terminal.model import ModelTerminal

FAST = Timers(t1=0.05, t2=0.2, t3=0.25, t4=0.4)
LONGEST_S = 20.0


class ModelTransport:
    """Carries nothing; ends when the cable is pulled."""

    def __init__(self, terminal: ModelTerminal) -> None:
        self.gone = asyncio.Event()
        self._terminal = terminal

    async def read(self) -> bytes:
        await self.gone.wait()
        return b""

    def write(self, data: bytes) -> None:
        raise AssertionError(data)

    async def close(self) -> None:
        if not self.gone.is_set():
            self.gone.set()
            self._terminal.lose()


class ModelWire:
    """Hands messages to the model and its answers back."""

    def __init__(self, bench: "Bench") -> None:
        self._bench = bench

    def send(self, apdu: Apdu) -> tuple[WireEffect, ...]:
        self._bench.heard.append(apdu.header)
        return tuple(Deliver(message) for message in self._bench.terminal.hear(apdu))

    def receive(self, data: bytes) -> tuple[WireEffect, ...]:
        raise AssertionError(data)

    def expired(self, timer: WireTimer) -> tuple[WireEffect, ...]:
        raise AssertionError(timer)


@dataclass
class Bench:
    """One model terminal, its journal's folder, and what was told."""

    folder: Path
    terminal: ModelTerminal = field(default_factory=ModelTerminal)
    plugged: bool = True
    dials: int = 1_000_000
    """How often the terminal still takes a connection."""
    timers: Timers = FAST
    heard: list[str] = field(default_factory=list)
    told: list[Attempt] = field(default_factory=list)
    shown: list[Show] = field(default_factory=list)
    _transport: ModelTransport | None = None

    async def dial(self, _timeout: float) -> Transport:
        self.dials -= 1
        if not self.plugged or self.dials < 0:
            raise TransportError("The terminal is unplugged.")
        self._transport = ModelTransport(self.terminal)
        return self._transport

    def pull(self) -> None:
        """Pull the cable."""
        self.plugged = False
        self.terminal.lose()
        if self._transport is not None:
            self._transport.gone.set()

    @property
    def way(self) -> Way:
        return Way(self.dial, lambda: ModelWire(self), "model")

    def place(self) -> Place:
        return Place(
            self.way,
            Profile(self.timers),
            self.folder / "state",
            "card",
            self.folder / "link" / "terminal-card.sock",
        )

    @asynccontextmanager
    async def engine(self, *, working: bool = True) -> AsyncIterator[Engine]:
        journal = Journal(self.folder / "state")
        engine = Engine(
            self.way, Profile(self.timers), journal, Listeners(self.told.append, self.shown.append)
        )
        work = asyncio.create_task(engine.work()) if working else None
        try:
            yield engine
        finally:
            if work is not None:
                work.cancel()
                with suppress(asyncio.CancelledError):
                    await work
            await engine.close()
            journal.close()


async def until(predicate: Callable[[], bool]) -> None:
    """Wait until it is true."""
    async with asyncio.timeout(LONGEST_S):
        while not predicate():  # noqa: ASYNC110 - the predicate looks at many things
            await asyncio.sleep(0.005)


def run(test: Callable[[], Awaitable[None]]) -> None:
    """Run an asynchronous test."""
    asyncio.run(asyncio.wait_for(test(), LONGEST_S))
