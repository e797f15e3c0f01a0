import asyncio
import os
import pty
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.printer.transport import Port, PortLostError, brings_answers, open_port
from devices.settings import File, Serial, Tcp, Usblp


async def until_read(port: Port, wanted: bytes) -> None:
    """Wait for bytes to have arrived; there is no other sign."""
    got = b""
    while got != wanted:
        got += port.read()
        assert wanted.startswith(got)
        await asyncio.sleep(0)


async def until_lost(port: Port) -> str:
    """Read until the port says that it is gone."""
    while True:
        try:
            port.read()
        except PortLostError as lost:
            return str(lost)
        await asyncio.sleep(0)


def test_only_a_file_brings_no_answers() -> None:
    assert brings_answers(Tcp("h", 1))
    assert brings_answers(Serial(Path("/dev/x")))
    assert not brings_answers(File(Path("x")))


def test_tcp_counts_what_it_takes_and_tells_the_end() -> None:
    async def scene() -> None:
        ends: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()

        async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await ends.put((reader, writer))

        server = await asyncio.start_server(accept, "127.0.0.1", 0)
        async with server:
            number = server.sockets[0].getsockname()[1]
            port = await open_port(Tcp("127.0.0.1", number))
            assert not port.polled
            assert port.fileno() > 0
            assert port.read() == b""
            assert port.write(b"hello") == 5
            reader, writer = await ends.get()
            assert await reader.readexactly(5) == b"hello"
            writer.write(b"\x12")
            await until_read(port, b"\x12")
            reader._transport.pause_reading()  # type: ignore[attr-defined]  # no public way to stop a stream
            sent = 0
            while count := port.write(b"x" * 65536):
                sent += count
            assert sent > 0
            writer.transport.abort()
            assert "connection" in await until_lost(port)
            with pytest.raises(PortLostError, match="the connection broke"):
                port.write(b"x")
            port.close()

    asyncio.run(scene())


def test_tcp_tells_an_orderly_end() -> None:
    async def scene() -> None:
        async def accept(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.close()

        server = await asyncio.start_server(accept, "127.0.0.1", 0)
        async with server:
            port = await open_port(Tcp("127.0.0.1", server.sockets[0].getsockname()[1]))
            assert await until_lost(port) == "the printer closed the connection"
            port.close()

    asyncio.run(scene())


def test_what_cannot_be_opened_is_named(tmp_path: Path) -> None:
    async def scene() -> None:
        for address in (
            Tcp("127.0.0.1", 1),
            Serial(tmp_path / "none"),
            Usblp(tmp_path / "none"),
            File(tmp_path / "none" / "x"),
        ):
            with pytest.raises(PortLostError, match="cannot be opened"):
                await open_port(address)

    asyncio.run(scene())


def test_a_file_that_is_no_line_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("")
    with pytest.raises(PortLostError, match="cannot be opened"):
        asyncio.run(open_port(Serial(tmp_path / "plain")))


@pytest.fixture
def line() -> Iterator[tuple[int, Path]]:
    """Both ends of a pty: our descriptor, the printer program's path."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    os.set_blocking(ours, False)
    yield ours, Path(os.ttyname(theirs))
    os.close(theirs)
    os.close(ours)


def test_a_serial_line_waits_for_bytes_and_keeps_early_ones(line: tuple[int, Path]) -> None:
    async def scene() -> None:
        ours, path = line
        os.write(ours, b"early")
        port = await open_port(Serial(path, 19200))
        await until_read(port, b"early")
        assert port.read() == b""
        assert port.write(b"out") == 3
        assert os.read(ours, 10) == b"out"
        while port.write(b"x" * 4096):
            pass
        with pytest.raises(PortLostError, match="cannot be opened"):
            await open_port(Serial(path))
        port.close()
        port.close()

    asyncio.run(scene())


def test_a_line_that_hangs_up_is_lost() -> None:
    async def scene() -> None:
        ours, theirs = pty.openpty()
        tty.setraw(theirs)
        port = await open_port(Serial(Path(os.ttyname(theirs))))
        os.close(theirs)
        os.close(ours)
        assert await until_lost(port)
        with pytest.raises(PortLostError, match="unplugged"):
            port.write(b"x")
        port.close()

    asyncio.run(scene())


def test_a_printer_device_may_read_nothing_without_being_gone(tmp_path: Path) -> None:
    async def scene() -> None:
        fifo = tmp_path / "lp0"
        os.mkfifo(fifo)
        port = await open_port(Usblp(fifo))
        assert port.polled
        assert port.read() == b""
        assert port.write(b"abc") == 3
        assert port.read() == b"abc"
        port.close()
        (tmp_path / "empty").write_text("")
        empty = await open_port(Usblp(tmp_path / "empty"))
        assert empty.read() == b""
        empty.close()

    asyncio.run(scene())


def test_a_file_takes_everything_and_says_nothing(tmp_path: Path) -> None:
    async def scene() -> None:
        port = await open_port(File(tmp_path / "out.bin"))
        assert port.write(b"abc") == 3
        assert port.read() == b""
        port.close()

    asyncio.run(scene())
    asyncio.run(scene())
    assert (tmp_path / "out.bin").read_bytes() == b"abcabc"
