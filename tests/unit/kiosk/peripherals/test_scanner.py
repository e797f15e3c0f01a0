import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from kiosk.checkout.events import AnyEvent, Condition, Misread, Part, PartChanged, ReadRef
from kiosk.peripherals.scanner import INTERFACE, Scanner, ScannerCalls
from tests.daemons import FakeDaemon, running, until
from tests.playbook import START

STATE = {"power": "Online", "claimed": True, "device_enabled": True, "devices": [], "sentence": ""}


class Front:
    """A lane's end of the scanner, and what came of it."""

    def __init__(self, path: Path, since: tuple[str, int] | None = None) -> None:
        self.daemon = FakeDaemon(INTERFACE, path / "scanner.sock", STATE)
        self.events: list[AnyEvent] = []
        self.reads: list[tuple[str, ReadRef]] = []
        self.same_visit = False
        calls = ScannerCalls(lambda: START, self.events.append, self._read, lambda: self.same_visit)
        self.scanner = Scanner(self.daemon.path, calls, since)

    def _read(self, code: str, read: ReadRef) -> None:
        self.reads.append((code, read))

    @asynccontextmanager
    async def up(self) -> AsyncIterator[FakeDaemon]:
        enabled = len(self.daemon.named("SetDeviceEnabled"))
        async with self.daemon.serving() as daemon:
            await until(lambda: len(daemon.named("SetDeviceEnabled")) > enabled)
            yield daemon


def scanner_is(condition: Condition, detail: str = "") -> PartChanged:
    return PartChanged(START, Part.SCANNER, condition, detail)


def test_it_is_claimed_and_enabled_and_a_read_comes_with_its_number(tmp_path: Path) -> None:
    async def main() -> None:
        front = Front(tmp_path)
        async with running(front.scanner.run()), front.up() as daemon:
            daemon.event("DataEvent", data="4006381333931")
            await until(lambda: bool(front.reads))
            read = ReadRef("front", daemon.boot_id, 1)
            assert front.reads == [("4006381333931", read)]
            front.scanner.acknowledge(read)
            await until(lambda: bool(daemon.named("Acknowledge")))
            assert daemon.calls[-1] == ("Acknowledge", {"boot_id": daemon.boot_id, "seq": 1})
            assert daemon.named("SetDeviceEnabled") == [("SetDeviceEnabled", {"enabled": True})]
            assert daemon.claimed_by == ["kiosk run"]
            assert front.events[-1] == scanner_is(Condition.READY)

    asyncio.run(main())


def test_a_restarted_lane_goes_on_after_the_read_it_has_stored_and_says_whose_visit_it_is(
    tmp_path: Path,
) -> None:
    async def main() -> None:
        front = Front(tmp_path, ("boot-7", 12))
        front.same_visit = True
        async with running(front.scanner.run()), front.up() as daemon:
            asked = {"since_boot_id": "boot-7", "since_seq": 12, "same_visit": True}
            assert daemon.subscribed == [asked]

    asyncio.run(main())


def test_reads_made_while_the_link_was_down_come_once_afterwards(tmp_path: Path) -> None:
    async def main() -> None:
        front = Front(tmp_path)
        async with running(front.scanner.run()):
            async with front.up() as daemon:
                daemon.event("DataEvent", data="1")
                await until(lambda: len(front.reads) == 1)
                first_boot = daemon.boot_id
            await until(lambda: front.events[-1] == scanner_is(Condition.GONE, "daemon"))
            async with front.up() as daemon:
                daemon.event("DataEvent", data="2")
                await until(lambda: len(front.reads) == 2)
                assert [code for code, _ in front.reads] == ["1", "2"]
                assert daemon.subscribed[-1]["since_boot_id"] == first_boot

    asyncio.run(main())


def test_what_the_scanner_cannot_vouch_for_is_a_misread(tmp_path: Path) -> None:
    async def main() -> None:
        front = Front(tmp_path)
        async with running(front.scanner.run()), front.up() as daemon:
            daemon.event("ErrorEvent", reason="gap")
            daemon.event("StatusUpdateEvent")
            daemon.changed(power="Offline")
            await until(lambda: front.events[-1] == scanner_is(Condition.GONE, "device"))
            assert Misread(START, "gap") in front.events
            assert front.reads == []

    asyncio.run(main())


@pytest.mark.parametrize(
    ("power", "condition", "detail"),
    [
        ("Online", Condition.READY, ""),
        ("Unknown", Condition.UNKNOWN, "device"),
        ("Offline", Condition.GONE, "device"),
        ("Off", Condition.GONE, "device"),
    ],
)
def test_power_becomes_a_condition(tmp_path: Path, power: str, condition: Condition, detail: str) -> None:
    async def main() -> None:
        front = Front(tmp_path)
        front.daemon.state["power"] = power
        async with running(front.scanner.run()), front.up():
            assert front.events[-1] == scanner_is(condition, detail)

    asyncio.run(main())
