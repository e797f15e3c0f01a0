"""Moves bytes between the driver and the transport, and connects again whenever the transport is lost."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol

from devices.printer.driver import Reconnect
from devices.printer.journal import JournalError
from devices.printer.transport import PortLostError, open_port

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.printer.driver import Driver, Effect
    from devices.printer.limits import Limits
    from devices.printer.transport import Port
    from devices.settings import Address

_log: Final = logging.getLogger(__name__)
_PIECE: Final = (
    1024  # a write's size: what is taken is known byte by byte, and little is lost with a connection
)
_TICK_S: Final = 0.1
_TURN_S: Final = 8.0


class Office(Protocol):
    """Who carries out what the driver decides."""

    def carry_out(self, effects: tuple[Effect, ...]) -> None:
        """Journal and tell; returns before anything more is written."""

    def offer_next(self, now: float) -> None:
        """Give the driver its next run when it has none."""


class Pump:
    """Runs one driver on one address until it is cancelled."""

    def __init__(
        self,
        address: Address,
        driver: Driver,
        office: Office,
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address = address
        self._driver = driver
        self._office = office
        self._limits = limits
        self._clock = clock
        self._wake = asyncio.Event()
        self.trouble = ""
        """Why there is no connection, in one sentence; empty while there is one."""
        self._turned_at = clock()

    @property
    def turning(self) -> bool:
        """Whether the loop has come round lately; connecting may take a few seconds."""
        return self._clock() - self._turned_at < _TURN_S

    def nudge(self) -> None:
        """There is something new to do."""
        self._wake.set()

    async def run(self) -> None:
        """Connect, print, and connect again."""
        while True:
            try:
                await self._connection()
            except (PortLostError, JournalError) as lost:
                if str(lost) != self.trouble:  # tried again every second, told once
                    _log.info("%s", lost)
                self.trouble = str(lost)
                self._lose()
            await self._pause()

    async def _connection(self) -> None:
        port = await open_port(self._address)
        loop = asyncio.get_running_loop()
        try:
            await self._session(port)
        finally:
            if not port.polled:
                loop.remove_reader(port.fileno())
                loop.remove_writer(port.fileno())
            port.close()

    def _lose(self) -> None:
        """Tell the driver; where even that cannot be journalled, it is kept and written later."""
        try:
            self._act(self._driver.disconnected(self._clock()))
        except JournalError as fault:
            _log.error("%s", fault)

    async def _pause(self) -> None:
        """Wait before the next attempt, judging waiting jobs meanwhile."""
        until = self._clock() + self._limits.reconnect
        while (left := until - self._clock()) > 0:
            await asyncio.sleep(min(_TICK_S, left))
            self._turned_at = self._clock()
            try:
                self._office.offer_next(self._clock())
                self._act(self._driver.tick(self._clock()))
            except JournalError as fault:
                self.trouble = str(fault)

    async def _session(self, port: Port) -> None:
        loop = asyncio.get_running_loop()
        self._act(self._driver.connected(self._clock()))
        self.trouble = ""
        if not port.polled:
            loop.add_reader(port.fileno(), self._wake.set)
        while True:
            self._turned_at = self._clock()
            # Offered first: what an earlier process sent may be answered by the first bytes.
            self._office.offer_next(self._clock())
            self._read(port)
            self._act(self._driver.tick(self._clock()))
            done = self._write(port)
            if not port.polled:
                loop.remove_writer(port.fileno())
                if not done:
                    loop.add_writer(port.fileno(), self._wake.set)
            await self._sleep()

    async def _sleep(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_TICK_S):
                await self._wake.wait()
        self._wake.clear()

    def _read(self, port: Port) -> None:
        while data := port.read():
            self._act(self._driver.received(self._clock(), data))

    def _write(self, port: Port) -> bool:
        """Write as much as is taken; False when there is more than that."""
        while waiting := self._driver.pending():
            count = port.write(waiting[:_PIECE])
            if count == 0:
                return False
            self._act(self._driver.wrote(self._clock(), count))
        return True

    def _act(self, effects: tuple[Effect, ...]) -> None:
        self._office.carry_out(effects)
        for effect in effects:
            if isinstance(effect, Reconnect):
                raise PortLostError(effect.sentence)
