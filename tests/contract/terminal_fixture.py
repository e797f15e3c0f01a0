"""Starts the terminal's simulator as a process of its own, with a ledger and a control socket.

::

    async with simulator(tmp_path) as terminal:          # over TCP; pty=True for a serial line
        await terminal.say({"on": "payment", "do": "decline"})
        async with open_till(terminal.place()) as till: ...
        assert terminal.net() == 0
"""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from devices.settings import Serial, Tcp
from devices.settings.address import Address
from devices.terminal.attempt import Kind
from devices.terminal.steps import Profile, Timers
from devices.terminal.till import Place, Till, Wanted, follow
from devices.terminal.wiring import way_to

TIMERS = Timers(t1=0.2, t2=0.5, t3=0.5, t4=1.5)
LONGEST_S = 30.0
QUICK = {"on": "payment", "do": "approve", "delay_ms": 40, "repeat": True}


@dataclass
class Terminal:
    """A running simulator, and what its ledger says."""

    folder: Path
    address: Address
    timers: Timers = TIMERS
    process: asyncio.subprocess.Process | None = None
    _writer: asyncio.StreamWriter | None = field(default=None, repr=False)
    _reader: asyncio.StreamReader | None = field(default=None, repr=False)

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger.jsonl"

    def place(self) -> Place:
        return Place(
            way_to(self.address),
            Profile(self.timers),
            self.folder / "state",
            "card",
            self.folder / "link" / "terminal-card.sock",
        )

    def rows(self) -> list[dict[str, Any]]:
        """The ledger's last word on each transaction."""
        last: dict[tuple[str, str], dict[str, Any]] = {}
        if self.ledger.exists():
            for line in self.ledger.read_text().splitlines():
                row = json.loads(line)
                if "receipt" in row:
                    last[row["receipt"], row["trace"]] = row
        return list(last.values())

    def net(self) -> int:
        """What the shopper paid in the end, in minor units."""
        signs = {"payment": 1, "reversal": -1, "refund": -1}
        stored = (row for row in self.rows() if row["state"] == "stored")
        return sum(signs[row["kind"]] * round(float(row["amount"]) * 100) for row in stored)

    async def say(self, *rules: dict[str, Any]) -> None:
        """Give the simulator rules or keys, live."""
        assert self._writer is not None
        assert self._reader is not None
        for rule in rules:
            self._writer.write(json.dumps(rule).encode() + b"\n")
            while True:
                told = json.loads(await self._reader.readline())
                assert "error" not in told, told
                if "accepted" in told or "ignored" in told:
                    break

    async def connect_control(self) -> None:
        self._reader, self._writer = await asyncio.open_unix_connection(self.folder / "control.sock")
        await self._reader.readline()

    async def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            await self._writer.wait_closed()
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
            await self.process.wait()


@asynccontextmanager
async def simulator(
    folder: Path, *options: str, pty: bool = False, timers: Timers = TIMERS
) -> AsyncIterator[Terminal]:
    """A simulated terminal that approves quickly."""
    way = ["--pty", str(folder / "pty")] if pty else ["--tcp", "0"]
    files = ["--ledger", str(folder / "ledger.jsonl"), "--control", str(folder / "control.sock")]
    command = [
        sys.executable,
        "-m",
        "devices.terminal",
        "simulate",
        *way,
        *files,
        "--answer-ms",
        "400",
        *options,
    ]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    told = json.loads(await asyncio.wait_for(process.stdout.readline(), LONGEST_S))
    address: Address = Serial(folder / "pty") if pty else Tcp("127.0.0.1", told["port"])
    terminal = Terminal(folder, address, timers, process)
    await terminal.connect_control()
    try:
        await terminal.say(QUICK)
        yield terminal
    finally:
        await terminal.close()


async def see(till: Till, attempt: dict[str, Any]) -> dict[str, Any]:
    """Follow an attempt to its end; return it as it ends."""
    return await follow(till, attempt, LONGEST_S)


async def pay(till: Till, amount_minor: int = 1234, kind: Kind = Kind.SALE) -> dict[str, Any]:
    """Take a payment through a till; return the attempt as it ends."""
    return await see(till, await till.authorize(Wanted(kind, amount_minor, "EUR")))


async def eventually(predicate: Callable[[], Awaitable[bool]]) -> None:
    """Wait until it is true; fail after half a minute."""
    async with asyncio.timeout(LONGEST_S):
        while not await predicate():  # noqa: ASYNC110 - another process changes, nothing could set an event
            await asyncio.sleep(0.02)
