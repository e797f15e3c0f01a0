import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from devices.link.client import LinkLostError
from devices.link.device import Device, Link
from devices.link.interface import Interface
from devices.link.messages import CallError
from devices.link.server import Connection, Server
from tests.unit.devices.link.lamp import Lamp


async def until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 - the condition is another object's state
        await asyncio.sleep(0.001)


class User:
    """Somebody who uses the lamp, and remembers what was said."""

    def __init__(self, path: Path, interface: Interface, **options: Any) -> None:
        self.links: list[Link] = []
        self.events: list[dict[str, Any]] = []
        self.device = Device(
            path, interface, on_state=self.links.append, on_event=self.events.append, **options
        )

    @property
    def seqs(self) -> list[int]:
        return [event["seq"] for event in self.events]

    @asynccontextmanager
    async def running(self) -> AsyncIterator["User"]:
        running = asyncio.create_task(self.device.run())
        try:
            async with asyncio.timeout(60):
                yield self
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


def switch(lamp: Lamp, times: int) -> None:
    for _ in range(times):
        lamp.lit = not lamp.lit
        lamp.log.append({"kind": "Lit" if lamp.lit else "Dark", "state": lamp.state()})


def test_events_come_once_and_in_order_across_a_lost_connection(
    lamp_interface: Interface, path: Path
) -> None:
    async def main() -> None:
        lamp = Lamp()
        async with User(path, lamp_interface).running() as user:
            await until(lambda: len(user.links) == 1)
            for expected in (5, 13, 21):
                async with Server(lamp_interface, lamp).serving(path):
                    await until(lambda: user.device.up)
                    switch(lamp, 5)
                    while len(user.events) < expected:  # noqa: ASYNC110 - filled by another task
                        await asyncio.sleep(0.001)
                await until(lambda: not user.device.up)
                switch(lamp, 3)
            assert user.seqs == list(range(1, 22))
            assert [link.up for link in user.links] == [False] + [True, False] * 3
            assert user.device.since == (lamp.log.boot_id, 21)

    asyncio.run(main())


def test_a_state_comes_before_the_events_and_nothing_is_missed_between(
    lamp_interface: Interface, path: Path
) -> None:
    async def main() -> None:
        lamp = Lamp()
        switch(lamp, 7)
        async with Server(lamp_interface, lamp).serving(path), User(path, lamp_interface).running() as user:
            await until(lambda: user.device.up)
            switch(lamp, 1)
            await until(lambda: bool(user.events))
            assert user.links[0].state["lit"] is True
            assert user.seqs == [8]

    asyncio.run(main())


def test_a_stored_place_is_resumed_and_that_of_another_run_is_the_present(
    lamp_interface: Interface, path: Path
) -> None:
    async def main() -> None:
        lamp = Lamp()
        switch(lamp, 5)
        async with Server(lamp_interface, lamp).serving(path):
            async with User(path, lamp_interface, since=(lamp.log.boot_id, 2)).running() as user:
                await until(lambda: user.seqs == [3, 4, 5])
            async with User(path, lamp_interface, since=("another run", 2)).running() as user:
                await until(lambda: user.device.up)
                switch(lamp, 1)
                await until(lambda: user.seqs == [6])

    asyncio.run(main())


def test_claim_and_preparation_come_before_the_first_event(lamp_interface: Interface, path: Path) -> None:
    async def main() -> None:
        lamp = Lamp()
        order: list[str] = []
        user = User(path, lamp_interface, claim_as="kiosk run", since=(lamp.log.boot_id, 0))
        switch(lamp, 1)

        async def prepare(state: Mapping[str, Any]) -> None:
            order.append(f"{state['lit']} {lamp.claims.holder} {user.seqs}")
            await user.device.call("Switch", {"lit": False})

        user.device._prepare = prepare
        async with Server(lamp_interface, lamp).serving(path), user.running():
            await until(lambda: user.seqs == [1, 2])
            assert order == ["True kiosk run []"]

    asyncio.run(main())


def test_what_another_holds_is_waited_for(lamp_interface: Interface, path: Path) -> None:
    async def main() -> None:
        lamp = Lamp()
        async with Server(lamp_interface, lamp).serving(path):
            async with User(path, lamp_interface, claim_as="first").running() as first:
                await until(lambda: first.device.up)
                second = User(path, lamp_interface, claim_as="second")
                async with second.running():
                    await until(lambda: bool(second.links))
                    assert second.links[0].sentence.endswith("{'holder': 'first'}")
                    assert lamp.claims.holder == "first"
            async with second.running():
                await until(lambda: lamp.claims.holder == "second")

    asyncio.run(main())


def test_without_a_connection_a_call_fails_at_once(lamp_interface: Interface, path: Path) -> None:
    async def main() -> None:
        async with User(path, lamp_interface).running() as user:
            with pytest.raises(LinkLostError, match="is not connected"):
                await user.device.call("GetState")
            await until(lambda: bool(user.links))
            assert user.links[0].sentence == f"{path} is not served: No such file or directory"

    asyncio.run(main())


class Dying(Lamp):
    """Answers every second GetState only."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    async def get_state(self, connection: Connection) -> dict[str, Any]:
        self.asked += 1
        if self.asked % 2 == 0:
            raise CallError("Burnt", hours=1)
        return await super().get_state(connection)


def test_silence_is_asked_after_and_a_bad_answer_is_a_loss(lamp_interface: Interface, path: Path) -> None:
    async def main() -> None:
        async with (
            Server(lamp_interface, Dying()).serving(path),
            User(path, lamp_interface, heartbeat_s=0.01).running() as user,
        ):
            await until(lambda: len(user.links) >= 3)
            assert [link.up for link in user.links[:3]] == [True, False, True]
            assert "Burnt" in user.links[1].sentence

    asyncio.run(main())


def test_a_heart_that_beats_changes_nothing(lamp_interface: Interface, path: Path) -> None:
    class Asked(Lamp):
        asked = 0

        async def get_state(self, connection: Connection) -> dict[str, Any]:
            self.asked += 1
            return await super().get_state(connection)

    async def main() -> None:
        lamp = Asked()
        async with (
            Server(lamp_interface, lamp).serving(path),
            User(path, lamp_interface, heartbeat_s=0.001).running() as user,
        ):
            await until(lambda: lamp.asked >= 5)
            assert [link.up for link in user.links] == [True]

    asyncio.run(main())


def test_a_stream_that_ends_is_a_loss_and_begins_anew(lamp_interface: Interface, path: Path) -> None:
    async def main() -> None:
        lamp = Lamp()
        async with Server(lamp_interface, lamp).serving(path), User(path, lamp_interface).running() as user:
            await until(lambda: user.device.up)
            lamp.ending.set()
            switch(lamp, 1)
            await until(lambda: not user.device.up)
            lamp.ending.clear()
            await until(lambda: user.device.up)
            switch(lamp, 1)
            await until(lambda: user.seqs == [1, 2])

    asyncio.run(main())


def start(path: Path) -> subprocess.Popen[bytes]:
    root = Path(__file__).parents[4]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.unit.devices.link.lamp", str(path)], cwd=root, stderr=subprocess.DEVNULL
    )


def test_a_daemon_that_is_killed_is_found_again(lamp_interface: Interface, path: Path) -> None:
    async def main() -> None:
        async with User(path, lamp_interface, claim_as="kiosk run").running() as user:
            boots = []
            for _ in range(2):
                daemon = await asyncio.to_thread(start, path)
                await until(lambda: user.device.up)
                user.events.clear()
                await user.device.call("Switch", {"lit": True})
                await until(lambda: user.seqs == [1])
                boots.append(user.events[-1]["boot_id"])
                os.kill(daemon.pid, signal.SIGKILL)
                await until(lambda: not user.device.up)
                await asyncio.to_thread(daemon.wait)
            assert boots[0] != boots[1]

    asyncio.run(main())


def test_a_user_whose_callback_fails_is_not_told_that_all_is_well(
    lamp_interface: Interface, path: Path
) -> None:
    def broken(_event: dict[str, Any]) -> None:
        raise ValueError("cannot take it")

    async def main() -> None:
        lamp = Lamp()
        device = Device(path, lamp_interface, on_event=broken)
        async with asyncio.timeout(60), Server(lamp_interface, lamp).serving(path):
            running = asyncio.create_task(device.run())
            await until(lambda: device.up)
            switch(lamp, 1)
            with pytest.raises(ValueError, match="cannot take it"):
                await running
            assert not device.up
            await until(lambda: lamp.subscribers == 0)

    asyncio.run(main())


def test_the_contract_may_be_given_by_name(path: Path) -> None:
    assert Device(path, "org.checkstand.Scanner1").since is None
