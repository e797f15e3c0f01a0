import asyncio
import json
import threading
import warnings
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from devices.link.client import Client, DeadlineError, LinkLostError
from devices.link.frames import FrameError
from devices.link.interface import Interface
from devices.link.messages import CallError
from tests.unit.devices.link.lamp import LAMP

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its sources hold escapes newer Pythons warn about
    import varlink

STATE = {"boot_id": "b", "lit": True, "colour": "red", "note": None}
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]


async def call_until_lost(client: Client) -> None:
    while True:
        await client.call("GetState", deadline_s=60)


def frame(message: object) -> bytes:
    return json.dumps(message).encode() + b"\0"


@asynccontextmanager
async def peer(path: Path, talk: Talk) -> AsyncIterator[None]:
    """A server that says what the test wants, to each who connects."""
    await asyncio.to_thread(path.parent.mkdir)

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            await talk(reader, writer)
        writer.close()

    server = await asyncio.start_unix_server(accept, path)
    async with asyncio.timeout(60):
        yield
    server.close()


@pytest.fixture
def outside(path: Path) -> Iterator[Path]:
    """The lamp, served by the varlink package."""
    path.parent.mkdir()
    (path.parent / "org.example.Lamp1.varlink").write_text(LAMP, encoding="utf-8")
    service = varlink.Service("Other", "Lamp", "1", "", interface_dir=str(path.parent))

    @service.interface("org.example.Lamp1")
    class Lamp:
        def GetState(self) -> dict[str, Any]:  # noqa: N802 - the interface's own name
            return {"state": STATE}

        def Release(self) -> None:  # noqa: N802 - as above
            raise varlink.VarlinkError({"error": "org.example.Lamp1.NotClaimed", "parameters": {}})

        def Subscribe(  # noqa: N802 - as above
            self, since_boot_id: str | None, since_seq: int | None, *, _more: bool = True
        ) -> Iterator[dict[str, Any]]:
            for seq in range(3):
                event = {
                    "boot_id": since_boot_id,
                    "seq": (since_seq or 0) + seq,
                    "kind": "Lit",
                    "state": None,
                }
                yield {"event": event, "_continues": seq < 2}

    handler = type("Handler", (varlink.RequestHandler,), {"service": service})
    server = varlink.ThreadingServer(f"unix:{path}", handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield path
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_independent_server_is_understood(lamp_interface: Interface, outside: Path) -> None:
    async def main() -> None:
        async with asyncio.timeout(60), await Client.open(outside, lamp_interface) as client:
            assert await client.call("GetState") == {"state": STATE}
            with pytest.raises(CallError) as refused:
                await client.call("Release")
            assert refused.value.short == "NotClaimed"
            info = await client.call("org.varlink.service.GetInfo")
            assert info["vendor"] == "Other"
            stream = client.call_more("Subscribe", {"since_boot_id": "b", "since_seq": 7})
            assert [reply["event"]["seq"] async for reply in stream] == [7, 8, 9]
            assert (await client.call("GetState"))["state"]["lit"] is True

    asyncio.run(main())


def test_nobody_there_is_one_sentence(lamp_interface: Interface, path: Path) -> None:
    async def main() -> None:
        with pytest.raises(LinkLostError, match=r"lamp\.sock is not served: No such file or directory"):
            await Client.open(path, lamp_interface)

    asyncio.run(main())


async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    while await reader.read(1000):
        pass


def test_a_call_that_is_not_answered_ends_at_its_deadline(lamp_interface: Interface, path: Path) -> None:
    async def main() -> None:
        async with peer(path, silent), await Client.open(path, lamp_interface) as client:
            with pytest.raises(DeadlineError, match=r"GetState was not answered within 0\.01 s"):
                await client.call("GetState", deadline_s=0.01)

    asyncio.run(main())


def test_a_late_reply_is_never_taken_for_the_next_ones(lamp_interface: Interface, path: Path) -> None:
    hold = asyncio.Event()

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\0")
        await hold.wait()
        writer.write(frame({"parameters": {"state": {**STATE, "colour": "green"}}}))
        await reader.readuntil(b"\0")
        writer.write(frame({"parameters": {"state": STATE}}))
        await silent(reader, writer)

    async def main() -> None:
        async with peer(path, slow), await Client.open(path, lamp_interface) as client:
            with pytest.raises(DeadlineError):
                await client.call("GetState", deadline_s=0.01)
            hold.set()
            assert (await client.call("GetState", deadline_s=60))["state"]["colour"] == "red"

    asyncio.run(main())


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (b"\0", "the connection broke: a frame of 0 bytes is not JSON"),
        (frame({"error": 3}), "the connection broke: error is a int, expected a name"),
        (frame({"parameters": {"state": STATE}}) * 2, "a reply came that nobody asked for"),
        (
            frame({"parameters": {"state": {"lit": "on"}}}),
            r"GetState was answered with state\.boot_id: expected a string",
        ),
        (b"", "the other process closed the connection"),
    ],
)
def test_a_peer_that_talks_nonsense_is_lost(
    lamp_interface: Interface, path: Path, answer: bytes, sentence: str
) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\0")
        writer.write(answer)
        if answer:
            await silent(reader, writer)

    async def main() -> None:
        async with peer(path, talk), await Client.open(path, lamp_interface) as client:
            with pytest.raises(LinkLostError, match=sentence):
                await call_until_lost(client)

    asyncio.run(main())


def test_what_a_newer_peer_adds_is_dropped(lamp_interface: Interface, path: Path) -> None:
    async def newer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\0")
        writer.write(frame({"parameters": {"state": {**STATE, "watt": 4}, "new": 1}, "tag": 1}))
        await silent(reader, writer)

    async def main() -> None:
        async with peer(path, newer), await Client.open(path, lamp_interface) as client:
            assert await client.call("GetState") == {"state": STATE}

    asyncio.run(main())


def test_replies_that_came_before_the_end_are_given_out_first(lamp_interface: Interface, path: Path) -> None:
    async def burst(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\0")
        for seq in range(1000):
            event = {"boot_id": "b", "seq": seq, "kind": "Lit"}
            writer.write(frame({"parameters": {"event": event}, "continues": True}))
        await writer.drain()

    async def main() -> None:
        async with peer(path, burst), await Client.open(path, lamp_interface) as client:
            stream = client.call_more("Subscribe", {})
            seqs = [(await anext(stream))["event"]["seq"] for _ in range(1000)]
            assert seqs == list(range(1000))
            with pytest.raises(LinkLostError):
                await anext(stream)

    asyncio.run(main())


def test_a_closed_client_answers_every_call_with_its_loss(lamp_interface: Interface, path: Path) -> None:
    async def main() -> None:
        async with peer(path, silent), await Client.open(path, lamp_interface) as client:
            waiting = asyncio.create_task(client.call("GetState", deadline_s=60))
            await asyncio.sleep(0)
            await client.close()
            with pytest.raises(LinkLostError, match="the connection was closed"):
                await waiting
            with pytest.raises(LinkLostError, match="the connection was closed"):
                await client.call("GetState")
            assert str(await client.wait_lost()) == "the connection was closed"

    asyncio.run(main())


def test_a_stream_left_early_closes_its_connection(lamp_interface: Interface, path: Path) -> None:
    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\0")
        event = {"boot_id": "b", "seq": 1, "kind": "Lit"}
        writer.write(frame({"parameters": {"event": event}, "continues": True}))
        await silent(reader, writer)

    async def main() -> None:
        async with peer(path, one), await Client.open(path, lamp_interface) as client:
            stream = client.call_more("Subscribe", {})
            assert (await anext(stream))["event"]["seq"] == 1
            await stream.aclose()
            assert str(await client.wait_lost()) == "the connection was closed"

    asyncio.run(main())


def test_a_peer_that_never_reads_holds_nobody_up(lamp_interface: Interface, path: Path) -> None:
    over = asyncio.Event()

    async def deaf(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.pause_reading()  # type: ignore[attr-defined] # of a socket's transport
        await over.wait()

    async def main() -> None:
        async with peer(path, deaf), await Client.open(path, lamp_interface) as client:
            for _ in range(20):
                client.begin(client.request("Claim", {"client": "x" * 100_000, "timeout_ms": 0}))
            await client.close()
            over.set()

    asyncio.run(main())


def test_a_call_json_cannot_say_is_refused_before_it_is_sent(lamp_interface: Interface, path: Path) -> None:
    async def main() -> None:
        async with peer(path, silent), await Client.open(path, lamp_interface) as client:
            with pytest.raises(FrameError):
                await client.call("Claim", {"client": b"x", "timeout_ms": 0})

    asyncio.run(main())
