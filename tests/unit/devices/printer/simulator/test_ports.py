import asyncio
import os
import socket
import tty
from pathlib import Path

import pytest

from devices.printer.simulator.ports import PtyPort, TcpPort


def test_tcp_serves_one_host_after_the_other() -> None:
    async def scene() -> None:
        port = TcpPort(0)
        with socket.create_connection(("127.0.0.1", port.number)) as host:
            await port.connect()
            host.sendall(b"abc")
            assert await port.read(2) == b"ab"
            assert await port.read(2) == b"c"
            await port.write(b"\x12")
            assert host.recv(9) == b"\x12"
        assert await port.read(9) == b""
        port.hang_up(reset=False)
        assert await port.read(9) == b""
        await port.write(b"nobody")
        with socket.create_connection(("127.0.0.1", port.number)):
            await port.connect()
        port.close()

    asyncio.run(scene())


def test_power_loss_resets_the_host_and_refuses_the_next_until_power_is_back() -> None:
    async def scene() -> None:
        port = TcpPort(0)
        with socket.create_connection(("127.0.0.1", port.number)) as host:
            await port.connect()
            port.hang_up(reset=True)
            with pytest.raises(ConnectionResetError):
                host.recv(1)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port.number))
        waiting = asyncio.create_task(port.connect())
        await asyncio.sleep(0)
        with socket.create_connection(("127.0.0.1", port.number)):
            await waiting
        port.close()

    asyncio.run(scene())


def test_a_host_that_resets_reads_as_gone() -> None:
    async def scene() -> None:
        port = TcpPort(0)
        host = socket.create_connection(("127.0.0.1", port.number))
        await port.connect()
        host.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        host.close()
        assert await port.read(9) == b""
        await port.write(b"nobody")
        port.close()

    asyncio.run(scene())


def test_a_taken_port_is_refused() -> None:
    first = TcpPort(0)
    with pytest.raises(OSError, match="in use"):
        TcpPort(first.number)
    first.close()


def test_a_pty_carries_bytes_both_ways_through_its_link(tmp_path: Path) -> None:
    async def scene() -> None:
        link = tmp_path / "printer"
        link.symlink_to("/dev/null")
        port = PtyPort(link)
        assert str(link.readlink()) == port.path
        host = os.open(link, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(host)
        await port.connect()
        reading = asyncio.create_task(port.read(9))
        await asyncio.sleep(0)
        os.write(host, b"\x1b@\x11\n")
        assert await reading == b"\x1b@\x11\n"
        await port.write(b"\x13")
        assert os.read(host, 9) == b"\x13"
        os.write(host, b"lost with the power")
        port.hang_up(reset=False)
        port.hang_up(reset=True)
        os.write(host, b"new")
        assert await port.read(9) == b"new"
        os.close(host)
        port.close()
        assert not link.is_symlink()

    asyncio.run(scene())


def test_a_link_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        PtyPort(tmp_path / "missing" / "printer")
