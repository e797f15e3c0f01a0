import asyncio
import json
import logging
import socket
import stat
import threading
import warnings
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from devices.link.client import Client, DeadlineError, LinkLostError
from devices.link.endpoint import EndpointError
from devices.link.interface import Interface
from devices.link.messages import Call, CallError
from devices.link.server import Server
from tests.unit.devices.link.lamp import LAMP, Lamp

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its sources hold escapes newer Pythons warn about
    import varlink

Body = Callable[[Lamp], Coroutine[Any, Any, None]]


def serve(interface: Interface, path: Path, body: Body, call_limit_s: float = 2.0) -> None:
    async def main() -> None:
        lamp = Lamp()
        async with asyncio.timeout(60), Server(interface, lamp, call_limit_s=call_limit_s).serving(path):
            await body(lamp)

    asyncio.run(main())


async def until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 - the condition is another object's state
        await asyncio.sleep(0.001)


def test_an_independent_client_sees_the_interface_and_calls_it(lamp_interface: Interface, path: Path) -> None:
    def outside() -> None:
        with varlink.Client(address=f"unix:{path}") as client:
            with client.open("org.varlink.service") as service:
                info = service.GetInfo()["interfaces"]
                assert service.GetInterfaceDescription("org.example.Lamp1")["description"] == LAMP
            assert info == ["org.varlink.service", "org.example.Lamp1", "org.checkstand.Link1"]
            with client.open("org.example.Lamp1") as control, client.open("org.example.Lamp1") as other:
                claim_and_watch(control, other)

    async def body(lamp: Lamp) -> None:
        await asyncio.to_thread(outside)
        await until(lambda: lamp.claims.holder is None and lamp.subscribers == 0)
        assert not lamp.lit

    serve(lamp_interface, path, body)


def claim_and_watch(control: Any, other: Any) -> None:
    control.Claim("outside", 0)
    with pytest.raises(varlink.VarlinkError) as refused:
        other.Switch(lit=True, colour=None)
    assert refused.value.error() == "org.example.Lamp1.NotClaimed"
    with pytest.raises(varlink.VarlinkError) as taken:
        other.Claim("other", 0)
    assert taken.value.parameters() == {"holder": "outside"}
    with pytest.raises(varlink.VarlinkError) as wrong:
        other.Switch(lit="on", colour=None)
    assert wrong.value.error() == "org.varlink.service.InvalidParameter"
    events = other.Subscribe(None, None, _more=True)
    first: dict[str, Any] = {}
    taking = threading.Thread(target=lambda: first.update(next(events)))
    taking.start()
    while taking.is_alive():
        assert control.Switch(lit=True, colour="green")["state"]["lit"] is True
    taking.join()
    assert first["event"]["state"]["colour"] == "green"


def test_the_socket_is_for_the_group_and_goes_with_the_server(lamp_interface: Interface, path: Path) -> None:
    async def body(_lamp: Lamp) -> None:
        assert stat.S_IMODE((await asyncio.to_thread(path.stat)).st_mode) == 0o660
        second = Server(lamp_interface, Lamp())
        with pytest.raises(EndpointError, match="is served by another process"):
            await second.start(path)
        await second.stop()

    serve(lamp_interface, path, body)
    assert not path.exists()


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("raise", "org.checkstand.Link1.Internal"),
        ("unknown error", "org.checkstand.Link1.Internal"),
        ("wrong error", "org.checkstand.Link1.Internal"),
        ("wrong reply", "org.checkstand.Link1.Internal"),
        ("long", "org.checkstand.Link1.Internal"),
        ("refuse", "org.example.Lamp1.Burnt"),
    ],
)
def test_a_call_that_fails_is_answered_and_the_daemon_lives_on(
    lamp_interface: Interface, path: Path, how: str, error: str
) -> None:
    async def body(_lamp: Lamp) -> None:
        async with await Client.open(path, lamp_interface) as client:
            with pytest.raises(CallError) as got:
                await client.call("Misbehave", {"how": how})
            assert got.value.name == error
            assert (await client.call("GetState"))["state"]["colour"] == "red"

    serve(lamp_interface, path, body)


def test_no_call_lasts_longer_than_its_limit(lamp_interface: Interface, path: Path) -> None:
    async def body(_lamp: Lamp) -> None:
        async with await Client.open(path, lamp_interface) as client:
            with pytest.raises(DeadlineError, match=r"Misbehave took the other process too long"):
                await client.call("Misbehave", {"how": "hang"}, deadline_s=60)
            await client.call("GetState")

    serve(lamp_interface, path, body, call_limit_s=0.05)


def test_a_stream_must_be_asked_for_as_one(lamp_interface: Interface, path: Path) -> None:
    async def body(_lamp: Lamp) -> None:
        async with await Client.open(path, lamp_interface) as client:
            with pytest.raises(CallError, match=r"org\.varlink\.service\.ExpectedMore"):
                await client.call("Subscribe", {})

    serve(lamp_interface, path, body)


def test_a_stream_that_ends_says_so(lamp_interface: Interface, path: Path) -> None:
    async def body(lamp: Lamp) -> None:
        async with await Client.open(path, lamp_interface) as client:
            stream = client.call_more("Subscribe", {})
            await until(lambda: lamp.subscribers == 1)
            lamp.ending.set()
            lamp.dark()
            assert (await anext(stream))["event"]["kind"] == "Dark"
            with pytest.raises(CallError, match="StreamEnded"):
                await anext(stream)

    serve(lamp_interface, path, body)


def test_calls_sent_together_run_with_nothing_between(lamp_interface: Interface, path: Path) -> None:
    async def body(lamp: Lamp) -> None:
        stop = asyncio.Event()

        async def flicker() -> None:
            while not stop.is_set():
                lamp.lit = not lamp.lit
                lamp.log.append({"kind": "Lit" if lamp.lit else "Dark", "state": lamp.state()})
                await asyncio.sleep(0)

        flickering = asyncio.create_task(flicker())
        for _ in range(50):
            async with await Client.open(path, lamp_interface) as client:
                first, stream = client.begin(
                    client.request("GetState"), client.request("Subscribe", more=True)
                )
                seen = (await first.result())["state"]["lit"]
                event = (await anext(stream.results()))["event"]
                assert event["state"]["lit"] is not seen, (
                    "an event fell between the state and the first event"
                )
        stop.set()
        await flickering

    serve(lamp_interface, path, body)


def test_a_clients_end_frees_what_it_held_even_while_it_streams(
    lamp_interface: Interface, path: Path
) -> None:
    async def body(lamp: Lamp) -> None:
        client = await Client.open(path, lamp_interface)
        await client.call("Claim", {"client": "a", "timeout_ms": 0})
        client.call_more("Subscribe", {})
        await until(lambda: lamp.subscribers == 1)
        await client.close()
        await until(lambda: lamp.claims.holder is None and lamp.subscribers == 0)

    serve(lamp_interface, path, body)


def frames(*calls: Call) -> bytes:
    return b"".join(json.dumps(call.message()).encode() + b"\0" for call in calls)


def test_what_was_sent_and_left_is_still_done(lamp_interface: Interface, path: Path) -> None:
    async def body(lamp: Lamp) -> None:
        with socket.socket(socket.AF_UNIX) as leaver:
            leaver.connect(str(path))
            leaver.sendall(
                frames(
                    Call("org.example.Lamp1.Claim", {"client": "leaver", "timeout_ms": 0}, oneway=True),
                    Call("org.example.Lamp1.Switch", {"lit": True}, oneway=True),
                    Call("org.example.Lamp1.Subscribe", more=True),
                )
            )
        await until(lambda: lamp.log.last_seq == 2 and lamp.claims.holder is None)
        assert [event["kind"] for event in lamp.log.after(0)] == ["Lit", "Dark"]
        await until(lambda: lamp.subscribers == 0)

    serve(lamp_interface, path, body)


@pytest.mark.parametrize(
    "garbage",
    [b"\0", b"GET / HTTP/1.1\r\n\0", b'{"method":"x"}\0', b"x" * 1_100_000, frames(Call("a.b1.C")) * 100],
)
def test_a_client_that_talks_nonsense_is_dropped_and_the_others_stay(
    lamp_interface: Interface, path: Path, garbage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async def body(_lamp: Lamp) -> None:
        async with await Client.open(path, lamp_interface) as client:
            reader, writer = await asyncio.open_unix_connection(path)
            writer.write(garbage)
            answered = b"1"
            while answered:
                try:
                    answered = await reader.read(65536)
                except ConnectionError:
                    answered = b""
            writer.close()
            await client.call("GetState")

    with caplog.at_level(logging.WARNING):
        serve(lamp_interface, path, body)
    assert "dropped pid" in caplog.text


def test_a_reader_that_stops_reading_costs_no_memory_and_no_other_client(
    lamp_interface: Interface, path: Path
) -> None:
    async def body(lamp: Lamp) -> None:
        with socket.socket(socket.AF_UNIX) as stuck:
            stuck.connect(str(path))
            stuck.sendall(frames(Call("org.example.Lamp1.Subscribe", more=True)))
            await until(lambda: lamp.subscribers == 1)
            note = "x" * 10_000
            for _ in range(2000):
                lamp.log.append({"kind": "Lit", "state": {**lamp.state(), "note": note}})
            async with await Client.open(path, lamp_interface) as client:
                await client.call("GetState")
        await until(lambda: lamp.subscribers == 0)

    serve(lamp_interface, path, body)


def test_a_server_stops_although_a_client_never_reads(lamp_interface: Interface, path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as stuck:

        async def body(lamp: Lamp) -> None:
            stuck.connect(str(path))
            stuck.sendall(frames(Call("org.example.Lamp1.Subscribe", more=True)))
            await until(lambda: lamp.subscribers == 1)
            for _ in range(500):
                lamp.log.append({"kind": "Lit", "state": {**lamp.state(), "note": "x" * 10_000}})
            await asyncio.sleep(0)

        serve(lamp_interface, path, body)


def test_a_clean_up_that_fails_is_logged_and_the_next_is_still_done(
    lamp_interface: Interface, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    freed: list[str] = []

    def broken() -> None:
        raise ValueError("clean-up broke")

    class Clumsy(Lamp):
        async def get_state(self, connection: Any) -> dict[str, Any]:
            connection.on_close(broken)
            connection.on_close(lambda: freed.append("freed"))
            return await super().get_state(connection)

    async def main() -> None:
        async with asyncio.timeout(60), Server(lamp_interface, Clumsy()).serving(path):
            async with await Client.open(path, lamp_interface) as client:
                await client.call("GetState")
            await until(lambda: bool(freed))

    asyncio.run(main())
    assert "clean-up broke" in caplog.text


def test_a_server_that_stops_lets_its_clients_know(lamp_interface: Interface, path: Path) -> None:
    async def main() -> None:
        lamp = Lamp()
        server = Server(lamp_interface, lamp)
        await server.start(path)
        async with asyncio.timeout(60), await Client.open(path, lamp_interface) as client:
            stream = client.call_more("Subscribe", {})
            await until(lambda: lamp.subscribers == 1)
            await server.stop()
            await server.stop()
            with pytest.raises(LinkLostError, match="closed the connection"):
                await anext(stream)
            assert lamp.subscribers == 0

    asyncio.run(main())
