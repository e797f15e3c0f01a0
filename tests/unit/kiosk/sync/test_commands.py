import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from devices.link.client import Client
from devices.link.contracts import contract
from devices.link.server import Server
from kiosk.sync.commands import SyncService
from kiosk.sync.presence import Presence
from kiosk.sync.status import Status
from tests.daemons import until

T = TypeVar("T")
INTERFACE = "org.checkstand.Sync1"


def served(path: Path, act: Callable[[Client, Status, asyncio.Event], Awaitable[T]]) -> T:
    """Serve over the real link and do something as its client."""

    async def run() -> T:
        status, push_now = Status("boot"), asyncio.Event()
        presence = Presence(status, lambda: 1)
        service = Server(contract(INTERFACE), SyncService(status, presence, push_now))
        async with service.serving(path), await Client.open(path, contract(INTERFACE)) as client:
            return await act(client, status, push_now)

    return asyncio.run(run())


def test_the_state_is_told(tmp_path: Path) -> None:
    async def act(client: Client, _status: Status, _push_now: asyncio.Event) -> str:
        reply = await client.call("GetState", {})
        return str(reply["state"]["backend"])

    assert served(tmp_path / "s", act) == "Unknown"


def test_a_hint_of_a_newer_event_pushes_now_and_an_old_one_does_not(tmp_path: Path) -> None:
    async def act(client: Client, status: Status, push_now: asyncio.Event) -> list[bool]:
        status.update(acked_seq=5, newest_seq=5)
        seen = []
        for seq in (5, 6):
            await client.call("LaneState", {"screen": "basket", "sale_state": "open", "outbox_seq": seq})
            seen.append(push_now.is_set())
        assert status.facts.backlog == 1
        return seen

    assert served(tmp_path / "s", act) == [False, True]


def test_what_a_lane_wants_ends_with_the_connection_that_said_it(tmp_path: Path) -> None:
    wanted = {"screen": "basket", "sale_state": "open", "outbox_seq": 0, "wants": "help"}

    async def act(client: Client, status: Status, _push_now: asyncio.Event) -> None:
        await client.call("LaneState", wanted | {"wants": None})
        async with await Client.open(tmp_path / "s", contract(INTERFACE)) as restarted:
            await restarted.call("LaneState", wanted)
            await restarted.call("LaneState", wanted)
            status.update(told="help")
            await client.close()
            assert (await restarted.call("GetState", {}))["state"]["told"] == "help"
        await until(lambda: status.facts.told is None)

    served(tmp_path / "s", act)


def test_events_are_followed(tmp_path: Path) -> None:
    async def act(client: Client, status: Status, _push_now: asyncio.Event) -> list[str]:
        status.update(acked_seq=1)
        status.update(catalogue_version=2)
        kinds = []
        async for reply in client.call_more("Subscribe", {"since_boot_id": "boot", "since_seq": 0}):
            kinds.append(reply["event"]["kind"])
            if len(kinds) == 2:
                break
        return kinds

    assert served(tmp_path / "s", act) == ["Pushed", "Changed"]
