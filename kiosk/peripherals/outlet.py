"""Calls to one daemon, one after the other, so that none overtakes another."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from devices.link.client import DeadlineError, LinkLostError
from devices.link.device import Device
from devices.link.messages import CallError

_log = logging.getLogger(__name__)

Call = Callable[[], Awaitable[None]]


class Outlet:
    """A queue of calls; a call that fails is logged, never raised: what it was for is asked about anew."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._calls: asyncio.Queue[Call] = asyncio.Queue()

    def put(self, call: Call) -> None:
        """Do this after everything put before."""
        self._calls.put_nowait(call)

    def put_later(self, seconds: float, call: Call) -> None:
        """Do this after everything put until then; nothing waits for it."""
        asyncio.get_running_loop().call_later(seconds, self.put, call)

    async def run_beside(self, device: Device) -> None:
        """Work, and keep the device's connections, until cancelled; on return both are closed."""
        async with asyncio.TaskGroup() as both:
            both.create_task(device.run())
            both.create_task(self.run())

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            call = await self._calls.get()
            try:
                await call()
            except (LinkLostError, DeadlineError, CallError) as error:
                _log.warning("%s: %s", self._name, error)
