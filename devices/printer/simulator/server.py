"""Runs one simulated printer: the cable, the clock, the paper directory and the control socket."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from devices.printer.simulator.control import Control, Event
from devices.printer.simulator.ports import Port
from devices.printer.simulator.printer import Cut, Done, Notice, Output, Power, Printer, Pulse, Reply
from devices.printer.simulator.record import Receipt, Record
from devices.printer.simulator.script import Line

# How often those who watch see the strip grow, in milliseconds.
_STRIP_EVERY_MS = 300


def now_ms() -> float:
    """Steady milliseconds."""
    return time.monotonic() * 1000


class Server:
    """One printer with its cable, its directory and, if wanted, its control socket."""

    def __init__(self, printer: Printer, port: Port, record: Record, control: Control | None = None) -> None:
        self._printer = printer
        self._port = port
        self._record = record
        self.control = control
        self._changed = asyncio.Event()
        self._space = asyncio.Event()
        self._strip_at: float = 0
        self._strip_lines = 0
        self._told: Event = {}
        self._host = False
        self._session: asyncio.Task[None] | None = None
        self._painting: set[asyncio.Future[None]] = set()

    async def run(self) -> None:
        """Serve until cancelled."""
        if self.control is not None:
            await self.control.start()
        tasks = [asyncio.create_task(self._cable()), asyncio.create_task(self._engine())]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.gather(*self._painting, return_exceptions=True)
            if self.control is not None:
                await self.control.close()
            self._port.close()

    def act(self, line: Line) -> None:
        """Carry out a control line."""
        self._printer.add(line, now_ms())
        self._changed.set()

    def state(self) -> Event:
        """The state as the control socket tells it."""
        sensors = self._printer.sensors
        return {
            "event": "state",
            "profile": self._printer.profile.name,
            "power": "on" if sensors.powered else "off",
            "online": sensors.online,
            "paper": sensors.paper,
            "cover": "open" if sensors.cover_open else "closed",
            "cutter_jam": sensors.cutter_jam,
            "drawer": "open" if sensors.drawer_open else "closed",
            "stalled": self._printer.stalled,
            "host": self._host,
            "buffered": self._printer.buffered,
            "strip_lines": self._printer.typesetter.paper.lines,
            "receipts": self._record.count,
        }

    async def _cable(self) -> None:
        """One host after the other, as long as there is power."""
        while True:
            while not self._printer.sensors.powered:
                await self._wait_for_space()
            # A task of its own: when the power goes, waiting for bytes must end before the socket is closed.
            self._session = asyncio.create_task(self._serve_host())
            try:
                await asyncio.wait((self._session,))
            finally:
                self._session.cancel()
            lost_power = self._session.cancelled()
            if not lost_power:
                self._session.result()
            self._host = False
            self._port.hang_up(reset=lost_power)
            self._changed.set()

    async def _serve_host(self) -> None:
        await self._port.connect()
        self._host = True
        self._changed.set()
        await self._listen()

    async def _listen(self) -> None:
        """Take bytes as there is room for them, until the host or the power has gone."""
        while self._printer.sensors.powered:
            room = self._printer.room(now_ms())
            if not room:
                await self._wait_for_space()
                continue
            data = await self._port.read(room)
            if not data:
                return
            self._printer.receive(data, now_ms())
            self._changed.set()
            # The engine answers real-time commands before more is read.
            await asyncio.sleep(0)

    async def _wait_for_space(self) -> None:
        self._space.clear()
        await self._space.wait()

    async def _engine(self) -> None:
        while True:
            self._changed.clear()
            for output in self._printer.run(now_ms()):
                await self._carry_out(output)
            self._space.set()
            self._show()
            wake = self._printer.next_wake()
            wait = None if wake is None else max(0.0, (wake - now_ms()) / 1000)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), wait)

    async def _carry_out(self, output: Output) -> None:
        match output:
            case Reply(data):
                await self._port.write(data)
            case Cut(sheet):
                receipt, painted = self._record.sheet(sheet)
                self._when_painted(receipt, asyncio.wrap_future(painted))
            case Pulse(drawer):
                self._tell({"event": "drawer", "drawer": drawer})
            case Notice(kind, sentence):
                self._tell({"event": kind, "sentence": sentence})
            case Power(on=False):
                if self._session is not None:
                    self._session.cancel()
                self._tell({"event": "power", "power": "off"})
            case Power():
                self._tell({"event": "power", "power": "on"})
            case Done(do):
                self._tell({"event": "done", "do": do})

    def _when_painted(self, receipt: Receipt, painted: asyncio.Future[None]) -> None:
        def tell(done: asyncio.Future[None]) -> None:
            self._painting.discard(done)
            self._tell(
                {
                    "event": "receipt",
                    "receipt": receipt.number,
                    "png": f"{receipt.number:04}.png",
                    "txt": f"{receipt.number:04}.txt",
                    "copy": receipt.copy,
                    "lines": receipt.lines,
                }
            )

        self._strip_lines = 0
        self._painting.add(painted)
        painted.add_done_callback(tell)

    def _show(self) -> None:
        """Tell those who watch of a new state, and draw the strip for them as it grows."""
        if self.control is None or not self.control.watched:
            return
        state = self.state()
        paper = self._printer.typesetter.paper
        due = now_ms() >= self._strip_at + _STRIP_EVERY_MS
        if paper.lines != self._strip_lines and not paper.blank and due and not self._painting:
            self._strip_at, self._strip_lines = now_ms(), paper.lines
            drawn = asyncio.wrap_future(self._record.strip(paper.look()))
            self._painting.add(drawn)
            drawn.add_done_callback(self._strip_drawn)
        if _without_counts(state) != _without_counts(self._told):
            self._told = state
            self._tell(state)

    def _strip_drawn(self, done: asyncio.Future[None]) -> None:
        self._painting.discard(done)
        self._tell({"event": "strip", "png": "strip.png", "lines": self._strip_lines})

    def _tell(self, event: Event) -> None:
        if self.control is not None:
            self.control.tell(event)


def _without_counts(state: Event) -> Event:
    """The state without the figures that change with each byte."""
    return {key: value for key, value in state.items() if key not in ("buffered", "strip_lines")}
