import asyncio
import errno
import os
import pty
import tty
from contextlib import suppress
from pathlib import Path

import pytest
import serial

from devices.terminal import transport
from devices.terminal.transport import TransportError, open_serial, open_tcp
from tests.unit.devices.terminal.bench import run, until


def test_tcp_both_ways_and_the_other_end_hangs_up() -> None:
    async def test() -> None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"got " + await reader.read(100))
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            way = await open_tcp("127.0.0.1", server.sockets[0].getsockname()[1], 2.0)
            way.write(b"hello")
            data = b""
            while piece := await way.read():
                data += piece
            assert data == b"got hello"
            assert await way.read() == b""
            await way.close()
            await way.close()
            way.write(b"too late")

    run(test)


def test_a_reset_reads_as_the_end() -> None:
    async def test() -> None:
        async def serve(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.transport.abort()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            way = await open_tcp("127.0.0.1", server.sockets[0].getsockname()[1], 2.0)
            way.write(b"x" * 100_000)
            assert await way.read() == b""
            await way.close()

    run(test)


def test_nobody_listens() -> None:
    async def test() -> None:
        server = await asyncio.start_server(lambda _r, w: w.close(), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        server.close()
        await server.wait_closed()
        with pytest.raises(TransportError, match=f"127.0.0.1:{port} cannot be reached"):
            await open_tcp("127.0.0.1", port, 2.0)

    run(test)


def test_nobody_answers_in_time() -> None:
    async def test() -> None:
        with pytest.raises(TransportError, match=r"does not answer\.|cannot be reached"):
            await open_tcp("192.0.2.1", 20007, 0.05)  # TEST-NET-1 of RFC 5737: nobody lives there

    run(test)


def test_a_pseudo_terminal_both_ways_until_its_other_end_goes() -> None:
    async def test() -> None:
        master, slave = pty.openpty()
        tty.setraw(master)
        way = await open_serial(Path(os.ttyname(slave)), 9600)
        os.close(slave)
        os.write(master, b"\x10\x02\x06")
        assert await way.read() == b"\x10\x02\x06"
        way.write(b"\x06")
        way.write(b"\x15")
        assert os.read(master, 1) + os.read(master, 1) == b"\x06\x15"
        os.close(master)
        assert await way.read() == b""
        way.write(b"x")
        await way.close()
        await way.close()
        way.write(b"x")
        assert await way.read() == b""

    run(test)


def test_what_the_driver_does_not_take_at_once_follows() -> None:
    async def test() -> None:
        master, slave = pty.openpty()
        tty.setraw(master)
        os.set_blocking(master, False)
        way = await open_serial(Path(os.ttyname(slave)), None)
        sent = bytes(range(256)) * 400
        way.write(sent)
        got = bytearray()

        def all_there() -> bool:
            with suppress(BlockingIOError):
                got.extend(os.read(master, 65536))
            return len(got) == len(sent)

        await until(all_there)
        assert bytes(got) == sent
        await way.close()
        os.close(master)
        os.close(slave)

    run(test)


def test_no_such_line(tmp_path: Path) -> None:
    async def test() -> None:
        with pytest.raises(TransportError, match="cannot be reached"):
            await open_serial(tmp_path / "ttyUSB9", 9600)
        plain = tmp_path / "file"
        plain.write_bytes(b"")
        with pytest.raises(TransportError, match="cannot be reached"):
            await open_serial(plain, 9600)

    run(test)


@pytest.mark.parametrize(
    ("error", "usable"),
    [(OSError(errno.ENOTTY, "x"), True), (OSError(errno.EACCES, "x"), False), (ValueError(), False)],
)
def test_missing_modem_lines_are_forgiven(error: Exception, usable: bool) -> None:  # noqa: FBT001 - a table
    port = serial.Serial()
    port.is_open = True
    assert transport._usable(port, error) is usable
    port.is_open = False
    assert transport._usable(port, error) is False
