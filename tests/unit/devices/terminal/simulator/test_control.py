"""The control socket: several clients, one conversation."""

import asyncio
import contextlib
import json
import socket
from pathlib import Path

import pytest

from devices.terminal.simulator.control import ControlSocket


def obey(line: str) -> dict[str, object]:
    return {"accepted": line.strip()}


async def client(path: Path) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_unix_connection(path)
    assert await hear(reader) == {"display": "idle"}
    return reader, writer


async def hung_up(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


async def hear(reader: asyncio.StreamReader) -> object:
    return json.loads(await asyncio.wait_for(reader.readline(), 5))


def test_lines_are_answered_to_their_sender_and_events_go_to_all(tmp_path: Path) -> None:
    async def scene() -> None:
        control = ControlSocket(tmp_path / "c", obey, lambda: {"display": "idle"})
        await control.open()
        one, one_out = await client(tmp_path / "c")
        two, two_out = await client(tmp_path / "c")
        one_out.write(b'\n{"key": "card"}\n')
        assert await hear(one) == {"accepted": '{"key": "card"}'}
        control.tell({"display": "Grüße"})
        assert await hear(one) == await hear(two) == {"display": "Grüße"}
        await hung_up(one_out)
        assert await one.read() == b""
        control.tell({"display": "idle"})
        assert await hear(two) == {"display": "idle"}
        two_out.write(b"\xff\n")
        assert await hear(two) == {"accepted": "\ufffd"}
        await control.close()
        assert await two.read() == b""
        await hung_up(two_out)
        assert not (tmp_path / "c").exists()

    asyncio.run(scene())


def test_a_line_without_end_closes_its_sender_only(tmp_path: Path) -> None:
    async def scene() -> None:
        control = ControlSocket(tmp_path / "c", obey, lambda: {"display": "idle"})
        await control.open()
        reader, writer = await client(tmp_path / "c")
        writer.write(b"x" * 200_000)
        with contextlib.suppress(ConnectionError):
            assert await reader.read() == b""
        await hung_up(writer)
        _, again = await client(tmp_path / "c")
        await hung_up(again)
        await control.close()

    asyncio.run(scene())


def test_a_client_that_does_not_read_is_dropped(tmp_path: Path) -> None:
    async def scene() -> None:
        control = ControlSocket(tmp_path / "c", obey, lambda: {"display": "idle"})
        await control.open()
        _, writer = await client(tmp_path / "c")
        while control._clients:
            control.tell({"text": "x" * 100_000})
            await asyncio.sleep(0)
        await hung_up(writer)
        await control.close()

    asyncio.run(scene())


def test_a_dead_socket_is_replaced_and_a_live_one_is_not(tmp_path: Path) -> None:
    async def scene() -> None:
        path = tmp_path / "c"
        with socket.socket(socket.AF_UNIX) as dead:
            dead.bind(str(path))  # as a killed process leaves it: the name without anybody behind
        first = ControlSocket(path, obey, lambda: {"display": "idle"})
        await first.close()
        await first.open()
        second = ControlSocket(path, obey, lambda: {"display": "idle"})
        with pytest.raises(OSError, match="is served by another process"):
            await second.open()
        reader, writer = await client(path)
        writer.write(b"still here\n")
        assert await hear(reader) == {"accepted": "still here"}
        await hung_up(writer)
        await first.close()

    asyncio.run(scene())
