"""The simulated scanner: carries out one line after the other and says what happened."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from devices.scanner.simulator.ports import Port
from devices.scanner.simulator.script import Arm, Line, Plug, Scan

Sleep = Callable[[float], Awaitable[object]]


@dataclass(slots=True)
class SimulatedScanner:
    """A scanner at a port.

    Attributes:
        port: what it is plugged into.
        suffix: what it sends after each code.
        sleep: waits that many seconds.
    """

    port: Port
    suffix: str = "enter"
    sleep: Sleep = asyncio.sleep
    _armed: Arm | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _later: set[asyncio.Task[None]] = field(default_factory=set)

    async def act(self, line: Line) -> dict[str, Any]:
        """Carries out one line, after those already begun.

        Returns:
            What happened: `event`, and for a scan what was `typed` and whether a program `heard` it.
        """
        async with self._turn:
            await self.sleep(line.after_ms / 1000)
            if isinstance(line, Scan):
                return await self._scan(line)
            if isinstance(line, Plug):
                return self._plug(line)
            self._armed = line
            return {"event": "armed", "do": line.do, "ms": line.ms}

    async def run(self, script: tuple[Line, ...]) -> None:
        """Carries out a script; its repeating lines again and again after that."""
        for line in script:
            await self.act(line)
        repeating = [line for line in script if line.repeat]
        while repeating:
            for line in repeating:
                await self.act(line)

    def state(self) -> dict[str, Any]:
        """What the scanner would show: whether a program has the other end."""
        return {"event": "state", "heard": self.port.heard, "suffix": self.suffix}

    async def close(self) -> None:
        """Pulls the cable for good."""
        for task in self._later:
            task.cancel()
        await asyncio.gather(*self._later, return_exceptions=True)
        self.port.unplug()

    async def _scan(self, scan: Scan) -> dict[str, Any]:
        armed, self._armed = self._armed, None
        at = _place(armed, len(scan.text))
        typed = 0
        for piece in self.port.pieces(scan.text, self.suffix):
            if armed is not None and typed == at:
                await self._fault(armed)
            try:
                self.port.send(piece)
            except OSError:
                break
            typed += 1
            await self.sleep(scan.gap_ms / 1000)
        whole = typed >= len(scan.text)
        return {"event": "scan", "typed": scan.text[:typed], "heard": whole and self.port.heard}

    async def _fault(self, armed: Arm) -> None:
        if armed.do == "stall":
            await self.sleep(armed.ms / 1000)
        else:
            self._plug(Plug(on=False, ms=armed.ms))

    def _plug(self, line: Plug) -> dict[str, Any]:
        if line.on:
            self.port.plug()
        else:
            self.port.unplug()
        if line.ms:
            task = asyncio.ensure_future(self._turn_back(line))
            self._later.add(task)
            task.add_done_callback(self._later.discard)
        return {"event": "plug" if line.on else "unplug"}

    async def _turn_back(self, line: Plug) -> None:
        await self.sleep(line.ms / 1000)
        self._plug(Plug(on=not line.on))


def _place(armed: Arm | None, length: int) -> int:
    if armed is None or armed.at_byte is None:
        return length // 2
    return min(armed.at_byte, length)
