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
            gone = [sync_is(Condition.GONE, "daemon"), SyncChanged(START, 6, "https://shop/r/{receipt}")]
            await until(lambda: network.events[-2:] == gone)

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


def test_the_lane_tells_its_state_and_tells_a_new_process_again(tmp_path: Path) -> None:
    def said(screen: str, outbox_seq: int, wants: str | None) -> tuple[str, dict[str, object]]:
        state = {"screen": screen, "sale_state": "open", "outbox_seq": outbox_seq, "wants": wants}
        return "LaneState", state

    async def main() -> None:
        network = Network(tmp_path)
        async with running(network.sync.run()):
            await until(lambda: bool(network.events))
            network.sync.lane_state("attract", "open", 1, None)
            network.sync.lane_state("basket", "open", 1, "help")
            async with network.daemon.serving() as daemon:
                await until(lambda: daemon.named("LaneState") == [said("basket", 1, "help")])
                network.sync.lane_state("paid", "open", 3, None)
                await until(lambda: daemon.named("LaneState")[1:] == [said("paid", 3, None)])
            async with network.daemon.serving() as daemon:
                await until(lambda: daemon.named("LaneState")[2:] == [said("paid", 3, None)])

    asyncio.run(main())


def test_whom_staff_were_told_of_is_forgotten_with_the_process_that_knew(tmp_path: Path) -> None:
    async def main() -> None:
        network = Network(tmp_path)
        async with running(network.sync.run()):
            async with network.daemon.serving() as daemon:
                await until(lambda: network.looks == 1)
                daemon.changed(told="help")
                told = SyncChanged(START, 4, "https://shop/r/{receipt}", "help")
                await until(lambda: network.events[-1] == told)
            untold = SyncChanged(START, 4, "https://shop/r/{receipt}", None)
            await until(lambda: network.events[-1] == untold)

    asyncio.run(main())
