import asyncio
from pathlib import Path
from typing import Any

import pytest

from devices.link.device import Device
from tests.contract.evdev_fixture import NO_UMOCKDEV, WHY_SKIPPED, Record, records_of, scanner_on_evdev

pytestmark = pytest.mark.skipif(NO_UMOCKDEV, reason=WHY_SKIPPED)

EAN = "4006381333931"
GS1 = "]d20109520123456788\x1d10LOT"


async def heard(link: Path, count: int) -> list[dict[str, Any]]:
    """The first reads and faults a lane hears from the daemon."""
    events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    lane = Device(
        link / "scanner.sock",
        "org.checkstand.Scanner1",
        claim_as="lane",
        subscribe=lambda: {"same_visit": True},
        on_event=events.put_nowait,
    )
    running = asyncio.create_task(lane.run())
    got: list[dict[str, Any]] = []
    while len(got) < count:
        event = await events.get()
        if event["kind"] != "StatusUpdateEvent":
            got.append(event)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return got


def test_scans_typed_at_an_event_node_reach_the_lane_exactly(tmp_path: Path) -> None:
    with scanner_on_evdev(tmp_path, tmp_path, [EAN, GS1]):
        first, second = asyncio.run(heard(tmp_path, 2))
    assert (first["kind"], first["data"], first["device"]) == ("DataEvent", EAN, "/dev/input/event5")
    assert (second["kind"], second["data"]) == ("DataEvent", GS1)
    assert first["boot_id"] == second["boot_id"]
    assert first["seq"] < second["seq"]
    assert 0 < first["monotonic_us"] < second["monotonic_us"]


def test_lost_keys_are_a_fault_and_the_next_scan_is_whole(tmp_path: Path) -> None:
    dropped: list[Record] = [(0, 3, 0), (0, 0, 0)]
    timed = records_of([EAN, EAN])
    middle = 40
    at = timed[middle][0]
    records = [*timed[:middle], *((at, record) for record in dropped), *timed[middle + 30 :]]
    with scanner_on_evdev(tmp_path, tmp_path, records=records):
        fault, scan = asyncio.run(heard(tmp_path, 2))
    assert (fault["kind"], fault["reason"]) == ("ErrorEvent", "overflow")
    assert (scan["kind"], scan["data"]) == ("DataEvent", EAN)


def test_keys_the_moment_the_node_opens_are_the_tail_of_an_unseen_scan(tmp_path: Path) -> None:
    records = [*records_of(["31"], first_after_s=0), *records_of([EAN])]
    with scanner_on_evdev(tmp_path, tmp_path, records=records):
        (first,) = asyncio.run(heard(tmp_path, 1))
    # The tail is over before most lanes have connected; a quick one hears of it.
    assert first["data"] == EAN or first["reason"] == "tail"


def test_the_options_reach_the_decoder(tmp_path: Path) -> None:
    with scanner_on_evdev(tmp_path, tmp_path, ["yz-"], options=("--layout", "de")):
        (scan,) = asyncio.run(heard(tmp_path, 1))
    assert scan["data"] == "zyß"
