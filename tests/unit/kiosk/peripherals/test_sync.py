import asyncio
from pathlib import Path

import pytest

from kiosk.checkout.events import AnyEvent, Condition, Part, PartChanged, SyncChanged
from kiosk.peripherals.sync import INTERFACE, Sync, SyncCalls
from tests.daemons import FakeDaemon, running, until
from tests.playbook import START

STATE = {
    "enrolled": True,
    "backend": "Online",
    "versions": {"catalogue": 3},
    "acked_seq": 4,
    "backlog": 0,
    "receipt_url": "https://shop/r/{receipt}",
    "skew_ms": 0,
    "sentence": "",
}


class Network:
    """A lane's end of the sync process."""

    def __init__(self, path: Path) -> None:
        self.daemon = FakeDaemon(INTERFACE, path / "sync.sock", STATE)
        self.events: list[AnyEvent] = []
        self.looks = 0
        self.sync = Sync(self.daemon.path, SyncCalls(lambda: START, self.events.append, self._changed))

    def _changed(self) -> None:
        self.looks += 1


def sync_is(condition: Condition, detail: str = "") -> PartChanged:
    return PartChanged(START, Part.SYNC, condition, detail)


def test_what_the_backend_has_is_known_at_once_and_whenever_it_changes(tmp_path: Path) -> None:
    async def main() -> None:
        network = Network(tmp_path)
        async with running(network.sync.run()):
            async with network.daemon.serving() as daemon:
                await until(lambda: network.looks == 1)
                assert network.events[-2:] == [
                    sync_is(Condition.READY),
                    SyncChanged(START, 4, "https://shop/r/{receipt}"),
                ]
                daemon.state["acked_seq"] = 6
                daemon.event("Pushed", state={**daemon.state, "boot_id": daemon.boot_id})
                told = SyncChanged(START, 6, "https://shop/r/{receipt}")
                await until(lambda: network.events[-1] == told)
                assert network.looks == 1
                daemon.event("Changed", state={**daemon.state, "boot_id": daemon.boot_id})
                await until(lambda: network.looks == 2)
            await until(lambda: network.events[-1] == sync_is(Condition.GONE, "daemon"))

    asyncio.run(main())


@pytest.mark.parametrize(
    ("backend", "condition"),
    [("Unknown", Condition.UNKNOWN), ("Offline", Condition.TROUBLE), ("Online", Condition.READY)],
)
def test_the_backend_is_as_far_as_the_last_exchange_showed(
    tmp_path: Path, backend: str, condition: Condition
) -> None:
    async def main() -> None:
        network = Network(tmp_path)
        network.daemon.state |= {"backend": backend, "receipt_url": None}
        async with running(network.sync.run()), network.daemon.serving():
            await until(lambda: network.looks == 1)
            assert network.events[-2:] == [sync_is(condition), SyncChanged(START, 4, None)]

    asyncio.run(main())


def test_the_lane_tells_how_far_its_outbox_goes_while_somebody_listens(tmp_path: Path) -> None:
    async def main() -> None:
        network = Network(tmp_path)
        async with running(network.sync.run()):
            await until(lambda: bool(network.events))
            network.sync.lane_state("basket", "open", 1)
            async with network.daemon.serving() as daemon:
                await until(lambda: network.looks == 1)
                network.sync.lane_state("paid", "completed", 3)
                told = ("LaneState", {"screen": "paid", "sale_state": "completed", "outbox_seq": 3})
                await until(lambda: daemon.calls[-1] == told)
                assert len(daemon.named("LaneState")) == 1

    asyncio.run(main())
