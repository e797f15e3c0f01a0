import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from devices.link.client import Client
from devices.link.contracts import contract
from devices.link.messages import CallError
from devices.link.server import Server
from devices.scanner.daemon import Scanner
from devices.scanner.reader import Presence, Reader
from devices.scanner.reads import DataEvent, ErrorEvent, Reason
from devices.scanner.transport import Port
from devices.scanner.wiring import reader as wired
from devices.settings import ReaderSettings

SCANNER1 = contract("org.checkstand.Scanner1")
NOW_MS = 100_000.0


def absent() -> Port:
    raise FileNotFoundError(2, "No such file or directory")


FRONT = Reader("front", "/dev/front", "evdev", absent)
SIDE = Reader("side", "/dev/side", "serial", absent)


@asynccontextmanager
async def served(scanner: Scanner, path: Path, clients: int = 1) -> AsyncIterator[list[Client]]:
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(Server(SCANNER1, scanner).serving(path / "s"))
        yield [
            await stack.enter_async_context(await Client.open(path / "s", SCANNER1)) for _ in range(clients)
        ]


def play(body: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(body())


def scanner(*readers: Reader) -> Scanner:
    return Scanner(readers or (FRONT,), clock_ms=lambda: NOW_MS)


async def first_events(
    client: Client,
    count: int,
    *,
    same_visit: bool = True,
    since: tuple[str | None, int | None] = (None, None),
) -> list[dict[str, Any]]:
    parameters = {"since_boot_id": since[0], "since_seq": since[1], "same_visit": same_visit}
    events: list[dict[str, Any]] = []
    async for reply in client.call_more("Subscribe", parameters):
        events.append(reply["event"])
        if len(events) == count:
            break
    return events


async def state_of(client: Client) -> dict[str, Any]:
    state: dict[str, Any] = (await client.call("GetState"))["state"]
    return state


def test_a_read_and_a_fault_are_events_in_order(tmp_path: Path) -> None:
    async def body() -> None:
        made = scanner()
        async with served(made, tmp_path) as (client,):
            made.take(FRONT, DataEvent(1.5, "]C101\x1d"))
            made.take(FRONT, DataEvent(2, "12"))
            first, second = await first_events(client, 2)
            assert (first["kind"], first["data"], first["monotonic_us"]) == ("DataEvent", "]C101\x1d", 1500)
            assert (first["seq"], second["seq"]) == (1, 2)
            assert first["boot_id"] == second["boot_id"]
            assert (first["device"], first.get("reason"), first.get("state")) == ("front", None, None)

    play(body)


def test_a_fault_reaches_who_listens(tmp_path: Path) -> None:
    async def body() -> None:
        made = scanner()
        async with served(made, tmp_path, 2) as (events, control):
            listening = asyncio.create_task(first_events(events, 1))
            await control.call("GetState")
            while not listening.done():
                made.take(FRONT, ErrorEvent(5, "overflow"))
                await control.call("GetState")
            (event,) = await listening
            assert (event["kind"], event["reason"], event.get("data")) == ("ErrorEvent", "overflow", None)

    play(body)


def test_acknowledged_reads_are_not_told_again(tmp_path: Path) -> None:
    async def body() -> None:
        made = scanner()
        async with served(made, tmp_path, 3) as (control, events, again):
            for text in "123":
                made.take(FRONT, DataEvent(NOW_MS, text))
            (first, second) = await first_events(events, 2)
            with pytest.raises(CallError, match="NotClaimed"):
                await control.call("Acknowledge", {"boot_id": first["boot_id"], "seq": 2})
            await control.call("Claim", {"client": "lane", "timeout_ms": 0})
            await control.call("Acknowledge", {"boot_id": second["boot_id"], "seq": 2})
            assert [event["data"] for event in await first_events(again, 1)] == ["3"]

    play(body)


def test_a_read_older_than_five_seconds_is_stale_in_another_visit(tmp_path: Path) -> None:
    async def body() -> None:
        made = scanner()
        async with served(made, tmp_path) as (client,):
            made.take(FRONT, DataEvent(NOW_MS - 5001, "old"))
            made.take(FRONT, DataEvent(NOW_MS - 4999, "new"))
            old, new = await first_events(client, 2, same_visit=False)
            assert (old["kind"], old["reason"], new["data"]) == ("ErrorEvent", "stale", "new")
        async with served(made, tmp_path) as (client,):
            assert (await client.call("GetStatistics"))["statistics"]["StaleCount"] == 1

    play(body)


def test_a_disabled_scanner_tells_nothing_and_counts(tmp_path: Path) -> None:
    async def body() -> None:
        made = scanner()
        async with served(made, tmp_path, 2) as (control, events):
            with pytest.raises(CallError, match="NotClaimed"):
                await control.call("SetDeviceEnabled", {"enabled": False})
            await control.call("Claim", {"client": "lane", "timeout_ms": 0})
            await control.call("SetDeviceEnabled", {"enabled": False})
            await control.call("SetDeviceEnabled", {"enabled": False})
            assert (await state_of(control))["device_enabled"] is False
            made.take(FRONT, DataEvent(NOW_MS, "unheard"))
            await control.call("SetDeviceEnabled", {"enabled": True})
            made.take(FRONT, DataEvent(NOW_MS, "heard"))
            boot_id = (await state_of(control))["boot_id"]
            told = await first_events(events, 3, since=(boot_id, 0))
            assert [event["kind"] for event in told] == [*["StatusUpdateEvent"] * 2, "DataEvent"]
            assert told[2]["data"] == "heard"
            statistics = (await control.call("GetStatistics"))["statistics"]
            assert (statistics["GoodScanCount"], statistics["DisabledScanCount"]) == (2, 1)

    play(body)


def test_the_claim_is_exclusive_and_leaves_the_scanner_enabled(tmp_path: Path) -> None:
    async def body() -> None:
        async with served(scanner(), tmp_path, 2) as (lane, desk):
            await lane.call("Claim", {"client": "lane", "timeout_ms": 0})
            with pytest.raises(CallError) as refused:
                await desk.call("Claim", {"client": "desk", "timeout_ms": 0})
            assert refused.value.parameters == {"holder": "lane"}
            assert (await state_of(desk))["claimed"] is True
            await lane.call("Release")
            state = await state_of(desk)
            assert (state["claimed"], state["device_enabled"]) == (False, True)

    play(body)


def test_the_state_names_every_reader_and_what_is_missing(tmp_path: Path) -> None:
    async def body() -> None:
        made = scanner(FRONT, SIDE)
        async with served(made, tmp_path) as (client,):
            state = await state_of(client)
            assert (state["power"], state["sentence"]) == (
                "Offline",
                "/dev/front is being opened; /dev/side is being opened",
            )
            made.note(Presence(SIDE, online=True))
            made.note(Presence(FRONT, online=False, sentence="/dev/front cannot be read"))
            state = await state_of(client)
            assert (state["power"], state["sentence"]) == ("Online", "/dev/front cannot be read")
            assert state["devices"] == [
                {"name": "front", "path": "/dev/front", "transport": "evdev", "online": False},
                {"name": "side", "path": "/dev/side", "transport": "serial", "online": True},
            ]
            (event, _) = await first_events(client, 2, since=(state["boot_id"], 0))
            assert (event["kind"], event["device"], event["state"]["power"]) == (
                "StatusUpdateEvent",
                "side",
                "Online",
            )

    play(body)


def test_without_a_reader_the_power_is_unknown(tmp_path: Path) -> None:
    async def body() -> None:
        async with served(Scanner(()), tmp_path) as (client,):
            state = await state_of(client)
            assert (state["power"], state["devices"]) == ("Unknown", [])
            assert "no scanner is configured" in state["sentence"]

    play(body)


@pytest.mark.parametrize(
    ("reason", "of_the_line"), [("overflow", 1), ("unplugged", 1), ("gap", 0), ("tail", 0)]
)
def test_faults_are_counted_by_their_reason(tmp_path: Path, reason: Reason, of_the_line: int) -> None:
    async def body() -> None:
        made = scanner()
        made.take(FRONT, ErrorEvent(1, reason))
        async with served(made, tmp_path) as (client,):
            statistics = (await client.call("GetStatistics"))["statistics"]
            assert statistics["CommunicationErrorCount"] == of_the_line
            assert statistics[f"{reason.capitalize()}Count"] == 1
            assert statistics["GoodScanCount"] == 0

    play(body)


def test_the_work_opens_the_readers_and_says_that_one_is_missing(tmp_path: Path) -> None:
    async def body() -> None:
        made = Scanner([wired(ReaderSettings(device=str(tmp_path / "absent"), name="front"))])
        work = asyncio.create_task(made.work())
        async with served(made, tmp_path) as (client,):
            boot_id = (await state_of(client))["boot_id"]
            (event,) = await first_events(client, 1, since=(boot_id, 0))
            assert "no such file or directory" in event["state"]["sentence"]
            assert made.healthy()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        assert not made.healthy()

    play(body)
