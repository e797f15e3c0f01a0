import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from devices.desk.station import AwayError, Station


class Simulator:
    """A control socket that greets, keeps what it is told, and can go away."""

    def __init__(self, path: Path, greeting: bytes) -> None:
        self.path = path
        self.greeting = greeting
        self.told: asyncio.Queue[Any] = asyncio.Queue()
        self.clients: list[asyncio.StreamWriter] = []
        self.server: asyncio.Server | None = None

    async def start(self) -> None:
        self.server = await asyncio.start_unix_server(self._serve, self.path)

    async def stop(self) -> None:
        assert self.server is not None
        self.server.close()
        for client in self.clients:
            client.close()
        await self.server.wait_closed()
        self.path.unlink(missing_ok=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.clients.append(writer)
        writer.write(self.greeting)
        async for line in reader:
            self.told.put_nowait(json.loads(line))
        writer.close()


def test_it_hears_tells_and_comes_back(tmp_path: Path) -> None:
    async def scene() -> None:
        heard: asyncio.Queue[tuple[str, Mapping[str, Any]]] = asyncio.Queue()
        away: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        path = tmp_path / "printer.sock"
        station = Station(
            "printer",
            path,
            lambda *event: heard.put_nowait(event),
            lambda *why: away.put_nowait(why),
            again_s=0,
        )
        task = asyncio.create_task(station.run())
        name, sentence = await away.get()
        assert name == "printer"
        assert sentence.startswith("The simulated printer is away (nothing answers at printer.sock)")
        with pytest.raises(AwayError, match="is away"):
            await station.send([{"do": "feed"}])
        for round_ in (1, 2):
            simulator = Simulator(path, b'not json\n[1]\n{"event": "state", "round": %d}\n' % round_)
            await simulator.start()
            assert await heard.get() == ("printer", {"event": "state", "round": round_})
            await station.send([{"do": "paper_out"}, {"do": "paper_in"}])
            assert await simulator.told.get() == {"do": "paper_out"}
            assert await simulator.told.get() == {"do": "paper_in"}
            while not away.empty():
                away.get_nowait()
            await simulator.stop()
            assert (await away.get())[1] == sentence
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(scene())


def test_a_line_without_end_is_left_and_made_anew(tmp_path: Path) -> None:
    async def scene() -> None:
        heard: asyncio.Queue[tuple[str, Mapping[str, Any]]] = asyncio.Queue()
        path = tmp_path / "s.sock"
        simulator = Simulator(path, b'{"n": 1}\n' + b"x" * 70_000 + b"\n")
        await simulator.start()
        station = Station("scanner", path, lambda *event: heard.put_nowait(event), lambda *_: None, again_s=0)
        task = asyncio.create_task(station.run())
        assert await heard.get() == await heard.get() == ("scanner", {"n": 1})
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await simulator.stop()

    asyncio.run(scene())
