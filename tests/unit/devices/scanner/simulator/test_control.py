import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from devices.scanner.simulator.control import Control
from devices.scanner.simulator.script import Line, Scan

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def act(line: Line) -> dict[str, Any]:
    assert isinstance(line, Scan)
    return {"event": "scan", "typed": line.text}


def controlled(path: Path, body: Callable[[Control], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        control = Control(path, act, lambda: {"event": "state"})
        await control.start()
        await body(control)
        await control.close()

    asyncio.run(run())


async def said(streams: Streams) -> Any:
    return json.loads(await streams[0].readline())


async def leave(streams: Streams) -> None:
    streams[1].close()
    await streams[1].wait_closed()


def test_every_client_is_told_what_happens_and_only_the_sender_its_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "control"

    async def body(_control: Control) -> None:
        one, two = [await asyncio.open_unix_connection(path) for _ in range(2)]
        assert [await said(one), await said(two)] == [{"event": "state"}] * 2
        one[1].write(b'\n{"scam": 1}\n{"scan": "12"}\n')
        assert (await said(one))["event"] == "error"
        assert [await said(one), await said(two)] == [{"event": "scan", "typed": "12"}] * 2
        await leave(one)
        await leave(two)

    controlled(path, body)
    assert not path.exists()


def test_a_socket_left_behind_is_taken_over_and_a_flood_drops_its_client(tmp_path: Path) -> None:
    path = tmp_path / "control"

    async def body(_control: Control) -> None:
        second = Control(path, act, lambda: {"event": "second"})
        await second.start()
        streams = await asyncio.open_unix_connection(path)
        assert await said(streams) == {"event": "second"}
        streams[1].write(b"x" * 200_000)
        assert await streams[0].read() == b""
        await leave(streams)
        await second.close()

    controlled(path, body)


def test_closing_lets_the_clients_go(tmp_path: Path) -> None:
    path = tmp_path / "control"

    async def run() -> None:
        control = Control(path, act, lambda: {"event": "state"})
        await control.close()
        await control.start()
        streams = await asyncio.open_unix_connection(path)
        await said(streams)
        await control.close()
        assert await streams[0].read() == b""
        await leave(streams)

    asyncio.run(run())
