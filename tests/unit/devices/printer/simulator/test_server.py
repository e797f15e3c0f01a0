import asyncio
import json
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.unit.devices.printer.simulator.conftest import Bench
else:
    Bench = Any

RECEIPT = b"\x1b@Milch  1,29\n\x1bd\x05\x1dV\x00\x1d(H\x06\x0000A001"
Serve = Callable[..., None]


async def answer(host: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        piece = await asyncio.wait_for(asyncio.get_running_loop().sock_recv(host, 99), 20)
        if not piece:
            raise ConnectionResetError
        found += piece
    return found


def test_a_receipt_over_tcp_becomes_paper(serve: Serve) -> None:
    async def scene(bench: Bench) -> None:
        assert (await bench.until(event="state"))["profile"] == "TM-T88V"
        with await bench.host() as host:
            host.send(RECEIPT)
            assert await answer(host, 7) == b"\x37\x22A001\x00"
            # Confirmed means logged: what the host journals as done is on the paper log.
            (entry,) = map(json.loads, (bench.out / "paper.log").read_text().splitlines())
            assert entry["text"].startswith("Milch  1,29\n")
            event = await bench.until(event="receipt")
            assert event == {
                "event": "receipt",
                "receipt": 1,
                "png": "0001.png",
                "txt": "0001.txt",
                "copy": False,
                "lines": 7,
            }
            assert (bench.out / "0001.png").is_file()
        await bench.until(event="state", host=False)
        with await bench.host() as host:
            host.send(b"\x10\x04\x01")
            assert await answer(host, 1) == b"\x12"

    serve(scene)


def test_acts_at_the_control_socket(serve: Serve) -> None:
    async def scene(bench: Bench) -> None:
        with await bench.host() as host:
            bench.act(do="paper_out")
            await bench.until(event="done", do="paper_out")
            await bench.until(event="state", paper="end", online=False)
            host.send(RECEIPT + b"\x10\x04\x04")
            assert await answer(host, 1) == b"\x7e"
            bench.act(do="paper_in")
            assert await answer(host, 7) == b"\x37\x22A001\x00"
            host.send(b"\x1bp\x00\x19\xfa\x1b\xff")
            await bench.until(event="drawer", drawer=1)
            await bench.until(event="unknown_command", sentence="unknown command 1b ff, passed over")
            await bench.until(event="state", drawer="open")

    serve(scene)


async def back_again(bench: Bench) -> socket.socket:
    """The connection a host gets that tries until the printer listens again."""
    while True:
        with suppress(ConnectionRefusedError):
            return await bench.host()
        await asyncio.sleep(0)


def test_power_off_and_on(serve: Serve) -> None:
    async def scene(bench: Bench) -> None:
        with await bench.host() as host:
            host.send(b"a\n")
            await bench.until(event="state", host=True)
            bench.act(do="power_off")
            await bench.until(event="power", power="off")
            with pytest.raises(ConnectionResetError):
                await answer(host, 1)
        await bench.until(event="state", power="off", host=False)
        with pytest.raises(ConnectionRefusedError):
            await bench.host()
        bench.act(do="power_on")
        await bench.until(event="power", power="on")
        with await back_again(bench) as host:
            host.send(b"\x10\x04\x01")
            assert await answer(host, 1) == b"\x12"

    serve(scene)


def test_the_strip_is_drawn_for_those_who_watch(serve: Serve) -> None:
    async def scene(bench: Bench) -> None:
        with await bench.host() as host:
            host.send(b"a\n" * 300)
            event = await bench.until(event="strip", png="strip.png")
            assert 0 < event["lines"] < 300
            assert (bench.out / "strip.png").is_file()

    serve(scene)


def test_a_stalled_printer_stops_the_host(serve: Serve) -> None:
    async def scene(bench: Bench) -> None:
        with await bench.host() as host:
            host.send(b"a\nb\nc\n")
            await bench.until(event="done", do="stall")
            bench.act(do="resume")
            await bench.until(event="done", do="resume")
            host.send(b"\x10\x04\x01")
            assert await answer(host, 1) == b"\x12"

    serve(scene, '{"at_byte": 4, "do": "stall"}')


def test_a_short_write_goes_on_by_itself(serve: Serve) -> None:
    async def scene(bench: Bench) -> None:
        with await bench.host() as host:
            host.send(RECEIPT)
            assert await answer(host, 7) == b"\x37\x22A001\x00"

    serve(scene, '{"at_byte": 4, "do": "short_write", "ms": 30}')


def test_a_serial_printer_holds_the_host_with_xoff(serve: Serve) -> None:
    async def scene(bench: Bench) -> None:
        host = os.open(bench.link, os.O_RDWR | os.O_NOCTTY)
        bench.act(do="cover_open")
        await bench.until(event="state", cover="open")
        assert os.read(host, 9) == b"\x13"
        os.write(host, RECEIPT)
        bench.act(do="cover_close")
        await bench.until(event="receipt", receipt=1)
        found = b""
        while len(found) < 8:
            found += await asyncio.to_thread(os.read, host, 9)
        assert found == b"\x11\x37\x22A001\x00"
        os.close(host)

    serve(scene, serial=True)
