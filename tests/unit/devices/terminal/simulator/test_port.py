"""The two ways in, over a real loopback socket and a real pseudo terminal."""

import asyncio
import contextlib
import os
from pathlib import Path

import pytest

from devices.terminal.simulator.port import PtyPort, TcpPort


class Ears:
    """Keeps what it hears and lets a test wait for it."""

    def __init__(self) -> None:
        self.heard_so_far: list[object] = []
        self.news = asyncio.Event()

    def opened(self) -> None:
        self._note("opened")

    def heard(self, data: bytes) -> None:
        self._note(data)

    def closed(self) -> None:
        self._note("closed")

    def _note(self, what: object) -> None:
        self.heard_so_far.append(what)
        self.news.set()

    async def until(self, *what: object) -> None:
        while self.heard_so_far != list(what):
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), 5)


async def hung_up(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


async def dial(port: TcpPort) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection(str(port.name["host"]), int(str(port.name["port"])))


def test_a_till_comes_talks_and_goes() -> None:
    async def scene() -> None:
        ears, port = Ears(), TcpPort("127.0.0.1", 0)
        await port.open(ears)
        port.write(b"nobody hears this")
        port.hang_up()
        reader, writer = await dial(port)
        writer.write(b"hello")
        await ears.until("opened", b"hello")
        port.write(b"\x80\x00\x00")
        assert await reader.readexactly(3) == b"\x80\x00\x00"
        await hung_up(writer)
        await ears.until("opened", b"hello", "closed")
        port.close()
        assert port.delivers_late

    asyncio.run(scene())


@pytest.mark.parametrize("reset", [True, False])
def test_hanging_up_by_fin_or_by_rst(reset: bool) -> None:  # noqa: FBT001  # the port's own word
    async def scene() -> None:
        ears, port = Ears(), TcpPort("127.0.0.1", 0)
        await port.open(ears)
        reader, writer = await dial(port)
        await ears.until("opened")
        port.hang_up(reset=reset)
        if reset:
            with pytest.raises(ConnectionResetError):
                await reader.read(1)
        else:
            assert await reader.read(1) == b""
        await hung_up(writer)
        port.close()
        assert ears.heard_so_far == ["opened"]

    asyncio.run(scene())


def test_a_second_till_takes_the_place_of_the_first() -> None:
    async def scene() -> None:
        ears, port = Ears(), TcpPort("127.0.0.1", 0)
        await port.open(ears)
        first_reader, first = await dial(port)
        await ears.until("opened")
        _, second = await dial(port)
        await ears.until("opened", "opened")
        with pytest.raises(ConnectionResetError):
            await first_reader.read(1)
        second.write(b"2")
        await ears.until("opened", "opened", b"2")
        await hung_up(first)
        await hung_up(second)
        port.close()
        await asyncio.sleep(0)

    asyncio.run(scene())


def test_without_power_nobody_listens_and_the_same_port_comes_back() -> None:
    async def scene() -> None:
        ears, port = Ears(), TcpPort("127.0.0.1", 0)
        await port.open(ears)
        name = port.name
        assert not port.refusing
        port.close()
        port.close()
        assert port.refusing
        with pytest.raises(ConnectionRefusedError):
            await dial(port)
        await port.open(ears)
        assert port.name == name
        _, writer = await dial(port)
        await ears.until("opened")
        await hung_up(writer)
        port.close()
        await asyncio.sleep(0)

    asyncio.run(scene())


def test_with_the_cable_out_the_connection_stays_but_no_new_one_comes() -> None:
    async def scene() -> None:
        ears, port = Ears(), TcpPort("127.0.0.1", 0)
        await port.open(ears)
        reader, writer = await dial(port)
        await ears.until("opened")
        port.refuse()
        port.refuse()
        with pytest.raises(ConnectionRefusedError):
            await dial(port)
        port.write(b"still here")
        assert await reader.readexactly(10) == b"still here"
        await hung_up(writer)
        await ears.until("opened", "closed")
        port.close()
        await asyncio.sleep(0)

    asyncio.run(scene())


def test_a_serial_line_is_found_under_its_link(tmp_path: Path) -> None:
    async def scene() -> None:
        ears, link = Ears(), tmp_path / "pt"
        port = PtyPort(link)
        assert port.name["device"] is None
        port.write(b"nobody")
        port._read()
        await port.open(ears)
        assert port.name == {"pty": str(link), "device": str(link.readlink())}
        far = os.open(link, os.O_RDWR | os.O_NOCTTY)
        os.write(far, b"\x10\x02\x11\x13\x03\x04\x7f")
        await ears.until("opened", b"\x10\x02\x11\x13\x03\x04\x7f")
        port.write(b"\x06\x0a\x0d")
        assert os.read(far, 10) == b"\x06\x0a\x0d"
        port.refuse()
        assert (port.refusing, port.delivers_late) == (False, False)
        os.close(far)
        port.close()
        port.close()
        assert not link.is_symlink()

    asyncio.run(scene())


def test_a_serial_device_that_ends_comes_back_under_the_same_link(tmp_path: Path) -> None:
    async def scene() -> None:
        ears, link = Ears(), tmp_path / "pt"
        link.symlink_to("/dev/null")
        port = PtyPort(link)
        await port.open(ears)
        far = os.open(link, os.O_RDWR | os.O_NOCTTY)
        port.hang_up()
        await ears.until("opened", "opened")
        with pytest.raises(OSError, match="Input/output error"):
            os.write(far, b"x")
        os.close(far)
        assert link.is_symlink()
        port.close()
        port.hang_up()

    asyncio.run(scene())


def test_a_full_serial_line_loses_what_it_cannot_take(tmp_path: Path) -> None:
    async def scene() -> None:
        port = PtyPort(tmp_path / "pt")
        await port.open(Ears())
        for _ in range(20):
            port.write(bytes(60_000))
        port.close()
        await asyncio.sleep(0)

    asyncio.run(scene())


def test_a_link_that_is_a_file_is_left_alone(tmp_path: Path) -> None:
    async def scene() -> None:
        link = tmp_path / "pt"
        link.write_text("precious")
        port = PtyPort(link)
        with pytest.raises(FileExistsError):
            await port.open(Ears())
        port.close()
        assert link.read_text() == "precious"

    asyncio.run(scene())
