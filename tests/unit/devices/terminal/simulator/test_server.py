"""The whole simulator in one event loop, a till on a real socket, the power switch and the cable."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from devices.terminal.simulator.dialog import Site
from devices.terminal.simulator.ledger import Ledger
from devices.terminal.simulator.port import PtyPort, TcpPort
from devices.terminal.simulator.profile import Timing
from devices.terminal.simulator.script import Playbook, parse_script
from devices.terminal.simulator.serial import SerialLink
from devices.terminal.simulator.server import Simulator
from devices.terminal.simulator.stream import StreamLink
from tests.unit.devices.terminal.simulator.bench import NOON, OK, PAY_12_34, REGISTER

QUICK = Timing(card=0, pin=0, host=0, answer=2_000)
PROMPTS = ["04 ff 01 0a", "04 ff 01 04", "04 ff 01 0b"]


class Scene:
    """A simulator, everything it told, and a till made of literal bytes."""

    def __init__(self, script: str = "", timing: Timing = QUICK) -> None:
        self.told: list[dict[str, object]] = []
        self.news = asyncio.Event()
        self.writers: list[asyncio.StreamWriter] = []
        self.ledger = Ledger(lambda _record: None)
        playbook = Playbook(parse_script(script))
        self.port = TcpPort("127.0.0.1", 0)
        self.simulator = Simulator(
            self.port,
            StreamLink,
            lambda: Site(self.ledger, playbook, wall=lambda: NOON, draw=lambda _count: 0, timing=timing),
            self._tell,
        )

    def _tell(self, event: dict[str, object]) -> None:
        self.told.append(event)
        self.news.set()

    async def until(self, **event: object) -> None:
        while not any(event.items() <= told.items() for told in self.told):
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), 5)

    async def until_told(self, name: str) -> None:
        while not any(name in told for told in self.told):
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), 5)

    async def dial(self) -> None:
        host, port = str(self.port.name["host"]), int(str(self.port.name["port"]))
        self.reader, self.writer = await asyncio.open_connection(host, port)
        self.writers.append(self.writer)

    def say(self, message: str) -> None:
        self.writer.write(bytes.fromhex(message))

    async def hear(self) -> str:
        head = await asyncio.wait_for(self.reader.readexactly(3), 5)
        return (head + await self.reader.readexactly(head[2])).hex(" ")

    async def registered(self) -> None:
        await self.dial()
        self.say(REGISTER)
        assert (await self.hear(), (await self.hear())[:5]) == (OK, "06 0f")
        self.say(OK)
        await self.until(display="idle")

    async def paid(self) -> list[str]:
        """Pay and consent to everything; all that was heard after the command's acknowledgement."""
        self.say(PAY_12_34)
        assert await self.hear() == OK
        heard = [await self.hear()]
        while heard[-1][:5] not in ("06 0f", "06 1e"):
            self.say(OK)
            heard.append(await self.hear())
        self.say(OK)
        return heard

    @property
    def states(self) -> list[str]:
        return [entry.state for entry in self.ledger.entries]


def play(act: Callable[[Scene], Awaitable[None]], script: str = "", timing: Timing = QUICK) -> Scene:
    async def scene() -> Scene:
        here = Scene(script, timing)
        await here.simulator.start()
        try:
            await act(here)
        finally:
            for writer in here.writers:
                writer.close()
                with contextlib.suppress(ConnectionError):
                    await writer.wait_closed()
            here.simulator.stop()
            await asyncio.sleep(0)
        return here

    return asyncio.run(scene())


def test_a_payment_over_a_socket() -> None:
    async def act(scene: Scene) -> None:
        await scene.registered()
        heard = await scene.paid()
        assert [message[:11] for message in heard[:3]] == PROMPTS
        assert heard[3].startswith("04 0f")
        assert heard[4] == "06 0f 00"

    scene = play(act)
    assert scene.states == ["stored"]
    assert [event["ledger"]["state"] for event in scene.told if "ledger" in event] == ["pending", "stored"]  # type: ignore[index]  # an object


def test_time_goes_by_the_loop() -> None:
    async def act(scene: Scene) -> None:
        await scene.registered()
        await scene.paid()

    assert play(act, timing=Timing(card=10, host=10)).states == ["stored"]


def test_a_script_strikes_on_the_socket() -> None:
    async def act(scene: Scene) -> None:
        await scene.registered()
        scene.say(PAY_12_34)
        assert await scene.hear() == OK
        assert await scene.reader.read() == b"\x04"
        await scene.until(link="lost")
        await scene.until(payment="reversed")

    scene = play(
        act, '{"at_byte": 20, "direction": "out", "do": "drop"}\n{"on": "link", "do": "segment", "bytes": 1}'
    )
    assert scene.states == ["reversed"]


def test_lines_of_the_control_socket_act_at_once() -> None:
    async def act(scene: Scene) -> None:
        await scene.registered()
        obey = scene.simulator.obey
        assert obey('{"on": "payment", "do": "decline", "code": "33"}\n') == {
            "accepted": '{"on": "payment", "do": "decline", "code": "33"}'
        }
        assert "expected" in str(obey("nonsense")["error"])
        assert obey('{"key": "card"}') == {"ignored": "card"}
        assert (await scene.paid())[-1] == "06 1e 01 33"
        obey('{"at_byte": 0, "direction": "in", "do": "rst"}')
        scene.say("05 01 00")
        with pytest.raises(ConnectionResetError):
            await scene.reader.read()

    assert play(act).states == ["declined"]


def test_the_cancel_key_reaches_the_payment() -> None:
    async def act(scene: Scene) -> None:
        await scene.registered()
        scene.say(PAY_12_34)
        assert await scene.hear() == OK
        assert await scene.hear() == PROMPTS[0]
        assert scene.simulator.obey('{"key": "cancel"}') == {"accepted": "cancel"}
        scene.say(OK)
        assert await scene.hear() == "06 1e 01 6c"

    assert play(act).states == []


def test_the_power_switch_loses_memory_keeps_the_ledger_and_comes_back() -> None:
    async def act(scene: Scene) -> None:
        await scene.registered()
        scene.say(PAY_12_34)
        assert await scene.hear() == OK
        for _ in range(3):
            await scene.hear()
            scene.say(OK)
        assert (await scene.hear()).startswith("04 0f")
        assert scene.states == ["pending"]
        assert scene.simulator.obey('{"key": "power", "ms": 0}') == {"accepted": "power"}
        scene.simulator.obey('{"key": "power"}')
        assert scene.simulator.obey('{"key": "card"}') == {"ignored": "card"}
        assert scene.simulator.greeting()["powered"] is False
        assert scene.simulator.obey('{"key": "pull_cable"}') == {"ignored": "pull_cable"}
        await scene.until(listening=True)
        assert scene.states == ["reversed"]
        await scene.dial()
        scene.say(PAY_12_34)
        assert await scene.hear() == "84 6b 00"

    play(act)


def test_a_port_that_is_taken_meanwhile_is_tried_again() -> None:
    async def act(scene: Scene) -> None:
        scene.simulator.obey('{"key": "power", "ms": 0}')
        thief = TcpPort("127.0.0.1", int(str(scene.port.name["port"])))
        await thief.open(Nobody())
        await scene.until_told("error")
        thief.close()
        await scene.until(listening=True)
        await scene.registered()

    play(act)


class Nobody:
    def opened(self) -> None:
        raise AssertionError

    def heard(self, data: bytes) -> None:
        raise AssertionError(data)

    def closed(self) -> None:
        raise AssertionError


def test_the_cable_out_and_in_again() -> None:
    async def act(scene: Scene) -> None:
        await scene.registered()
        assert scene.simulator.obey('{"key": "pull_cable"}') == {"accepted": "pull_cable"}
        scene.simulator.obey('{"key": "pull_cable"}')
        scene.say("05 01 00")
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", int(str(scene.port.name["port"])))
        assert scene.simulator.greeting()["plugged"] is False
        scene.simulator.obey('{"key": "plug_cable"}')
        scene.simulator.obey('{"key": "plug_cable"}')
        assert await scene.hear() == OK
        await scene.until(listening=True)
        await scene.dial()
        scene.say("06 70 00")
        assert await scene.hear() == OK

    scene = play(act)
    assert [event["cable"] for event in scene.told if "cable" in event] == ["pulled", "plugged"]


def test_the_cable_of_a_serial_line(tmp_path: Path) -> None:
    async def scene() -> None:
        ledger = Ledger(lambda _record: None)
        back = asyncio.Event()

        def tell(event: dict[str, object]) -> None:
            if "listening" in event:
                back.set()

        site = Site(ledger, Playbook(), wall=lambda: NOON, draw=lambda _count: 0)
        simulator = Simulator(PtyPort(tmp_path / "pt"), SerialLink, lambda: site, tell)
        await simulator.start()
        simulator.obey('{"key": "pull_cable"}')
        simulator.obey('{"key": "plug_cable"}')
        simulator.obey('{"key": "power", "ms": 0}')
        await asyncio.wait_for(back.wait(), 5)
        simulator.stop()
        await asyncio.sleep(0)

    asyncio.run(scene())


def test_what_stands_is_told_to_a_newcomer() -> None:
    async def act(scene: Scene) -> None:
        assert scene.simulator.greeting() == {
            "display": "idle",
            "powered": True,
            "plugged": True,
            **scene.port.name,
        }
        await scene.registered()
        scene.say(PAY_12_34)
        await scene.until(display="present_card")
        assert scene.simulator.greeting()["display"] == "present_card"

    play(act)


def test_stopping_leaves_a_pending_line_as_the_plug_would() -> None:
    async def act(scene: Scene) -> None:
        await scene.registered()
        scene.say(PAY_12_34)
        assert await scene.hear() == OK
        while not (await scene.hear()).startswith("04 0f"):
            scene.say(OK)

    assert play(act).states == ["pending"]


def test_stopping_while_dark() -> None:
    async def act(scene: Scene) -> None:
        scene.simulator.obey('{"key": "power", "ms": 60000}')
        scene.simulator._tick()

    play(act)
