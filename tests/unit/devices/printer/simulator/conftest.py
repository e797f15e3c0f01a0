"""A running simulated printer, served inside the test's own process."""

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from devices.printer.simulator.control import Control
from devices.printer.simulator.ports import PtyPort, TcpPort
from devices.printer.simulator.printer import Printer
from devices.printer.simulator.profile import profile_named
from devices.printer.simulator.record import Record
from devices.printer.simulator.script import Script, parse_script
from devices.printer.simulator.server import Server, now_ms


class Bench:
    """One served printer with a host and a person at its control socket."""

    def __init__(self, folder: Path, script: str, *, serial: bool) -> None:
        self.out = folder / "out"
        self.link = folder / "printer"
        self.port: TcpPort | PtyPort = PtyPort(self.link) if serial else TcpPort(0)
        self.record = Record(self.out, 640)
        printer = Printer(profile_named("TM-T88V"), Script(parse_script(script), now_ms()), serial=serial)
        self.server = Server(printer, self.port, self.record)
        self.path = folder / "control.sock"
        self.server.control = Control(self.path, self.server.act, self.server.state)
        self.reader: asyncio.StreamReader
        self.writer: asyncio.StreamWriter

    async def host(self) -> socket.socket:
        assert isinstance(self.port, TcpPort)
        host = socket.socket()
        host.settimeout(0)
        try:
            await asyncio.get_running_loop().sock_connect(host, ("127.0.0.1", self.port.number))
        except OSError:
            host.close()
            raise
        return host

    def act(self, **line: object) -> None:
        self.writer.write(json.dumps(line).encode() + b"\n")

    async def until(self, **wanted: object) -> dict[str, Any]:
        """The next event that says all this."""
        while True:
            text = await asyncio.wait_for(self.reader.readline(), 20)
            event: dict[str, Any] = json.loads(text)
            if wanted.items() <= event.items():
                return event


@pytest.fixture
def serve(tmp_path: Path) -> Callable[..., None]:
    """Run a scene against a served printer."""

    def run(scene: Callable[[Bench], Awaitable[None]], script: str = "", *, serial: bool = False) -> None:
        async def whole() -> None:
            bench = Bench(tmp_path, script, serial=serial)
            task = asyncio.create_task(bench.server.run())
            while not bench.path.exists():  # noqa: ASYNC110 - the socket appears, nobody sets an event
                await asyncio.sleep(0)
            bench.reader, bench.writer = await asyncio.open_unix_connection(bench.path)
            try:
                await scene(bench)
            finally:
                bench.writer.close()
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                bench.record.close()

        asyncio.run(whole())

    return run
