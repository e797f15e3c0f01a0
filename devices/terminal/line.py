"""A wire over a transport: messages out, messages in, the wire's own timers in between."""

import asyncio
from collections.abc import Callable

from devices.terminal.steps import Connected, Heard, Input, Lost, Timers
from devices.terminal.transport import Dial, Transport, TransportError
from devices.terminal.zvt.apdu import Apdu
from devices.terminal.zvt.wire import (
    Broken,
    Deliver,
    StartTimer,
    StopTimer,
    Wire,
    WireEffect,
    WireTimer,
    Write,
)

GONE = "The connection to the terminal was lost."


class Line:
    """One terminal's line, opened and closed as often as asked; what it hears goes to `sink`."""

    def __init__(
        self, dial: Dial, make_wire: Callable[[], Wire], timers: Timers, sink: Callable[[Input], None]
    ) -> None:
        self._dial = dial
        self._make_wire = make_wire
        self._seconds = {WireTimer.T1: timers.t1, WireTimer.T2: timers.t2}
        self._timeout = timers.t3
        self._sink = sink
        self._transport: Transport | None = None
        self._wire = make_wire()
        self._reader: asyncio.Task[None] | None = None
        self._running: dict[WireTimer, asyncio.TimerHandle] = {}

    @property
    def is_open(self) -> bool:
        """The line is up as far as we know."""
        return self._transport is not None

    async def open(self) -> Connected | Lost:
        """Open the line unless it is open."""
        if self._transport is not None:
            return Connected()
        try:
            transport = await self._dial(self._timeout)
        except TransportError as error:
            return Lost(str(error))
        self._transport, self._wire = transport, self._make_wire()
        self._reader = asyncio.create_task(self._read(transport))
        return Connected(fresh=True)

    async def close(self) -> None:
        """Close the line; nothing more is heard of it."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.cancel()
            await asyncio.gather(reader, return_exceptions=True)
        transport, self._transport = self._transport, None
        self._stop_timers()
        if transport is not None:
            await transport.close()

    def send(self, apdu: Apdu) -> None:
        """Put a message on the line; on a line that is gone it is dropped, the loss is told by itself."""
        if self._transport is not None:
            self._act(self._wire.send(apdu))

    async def _read(self, transport: Transport) -> None:
        while data := await transport.read():
            self._act(self._wire.receive(data))
        self._lose(GONE)

    def _lose(self, reason: str) -> None:
        if self._transport is not None:
            self._stop_timers()
            self._sink(Lost(reason))

    def _act(self, effects: tuple[WireEffect, ...]) -> None:
        for effect in effects:
            match effect:
                case Write(data) if self._transport is not None:
                    self._transport.write(data)
                case Deliver(message):
                    self._sink(Heard(message))
                case StartTimer(timer):
                    self._start(timer)
                case StopTimer(timer):
                    self._stop(timer)
                case Broken(reason):
                    self._lose(f"The line to the terminal fails: {reason}.")
                case Write():
                    pass  # the line was closed while its last bytes were worked on

    def _start(self, timer: WireTimer) -> None:
        self._stop(timer)
        loop = asyncio.get_running_loop()
        self._running[timer] = loop.call_later(self._seconds[timer], self._expire, timer)

    def _expire(self, timer: WireTimer) -> None:
        self._running.pop(timer, None)
        self._act(self._wire.expired(timer))

    def _stop(self, timer: WireTimer) -> None:
        handle = self._running.pop(timer, None)
        if handle is not None:
            handle.cancel()

    def _stop_timers(self) -> None:
        for timer in tuple(self._running):
            self._stop(timer)
