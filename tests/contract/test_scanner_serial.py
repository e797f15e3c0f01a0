import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from devices.link.client import LinkLostError
from devices.link.device import Device

EAN = "4006381333931"
OTHER = "4008400202037"


class Bench:
    """A serial scanner, the real daemon on it and a lane, all on one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.processes: list[asyncio.subprocess.Process] = []
        self.lane = self.new_lane()
        self.running: asyncio.Task[None] | None = None

    def new_lane(self, since: tuple[str, int] | None = None, *, same_visit: bool = True) -> Device:
        return Device(
            self.folder / "scanner.sock",
            "org.checkstand.Scanner1",
            claim_as="lane",
            subscribe=lambda: {"same_visit": same_visit},
            since=since,
            on_event=self.events.put_nowait,
        )

    async def run_lane(self, lane: Device | None) -> None:
        """Has this lane, or none, in place of the one before."""
        if self.running is not None:
            self.running.cancel()
            await asyncio.gather(self.running, return_exceptions=True)
            self.running = None
        if lane is not None:
            self.lane, self.running = lane, asyncio.create_task(lane.run())

    async def start(self, *command: str) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "devices.scanner", *command), stdout=asyncio.subprocess.PIPE
        )
        self.processes.append(process)
        return process

    async def start_simulator(self) -> None:
        options = ("--pty", str(self.folder / "line"), "--control", str(self.folder / "control"))
        process = await self.start("simulate", *options)
        assert process.stdout is not None
        await process.stdout.readline()
        self.control = await asyncio.open_unix_connection(self.folder / "control")
        await self.control[0].readline()

    async def start_daemon(self) -> asyncio.subprocess.Process:
        return await self.start("run", "--serial", str(self.folder / "line"), "--link", str(self.folder))

    async def tell(self, line: dict[str, Any]) -> dict[str, Any]:
        self.control[1].write(json.dumps(line).encode() + b"\n")
        answer: dict[str, Any] = json.loads(await self.control[0].readline())
        return answer

    async def event(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while not wanted(event := await self.events.get()):
            pass
        return event

    async def read_of(self, text: str) -> dict[str, Any]:
        """Scans as a person does: once the lane says it can, and again when it says so."""
        await self.online()
        while True:
            await self.tell({"scan": text})
            got = await self.event(lambda event: event["kind"] != "StatusUpdateEvent")
            if got["kind"] == "DataEvent":
                return got

    async def online(self) -> None:
        """Waits until the lane is connected and the daemon has its scanner."""
        power = ""
        while power != "Online":
            await asyncio.sleep(0.02)
            with suppress(LinkLostError):
                power = (await self.lane.call("GetState"))["state"]["power"]

    async def close(self) -> None:
        await self.run_lane(None)
        self.control[1].close()
        await self.control[1].wait_closed()
        for process in self.processes:
            if process.returncode is None:
                process.terminate()
            await process.wait()


@asynccontextmanager
async def bench(folder: Path) -> AsyncIterator[Bench]:
    made = Bench(folder)
    await made.start_simulator()
    await made.run_lane(made.lane)
    try:
        yield made
    finally:
        await made.close()


def test_a_cable_pulled_in_the_middle_of_a_scan_is_a_fault_and_heals(tmp_path: Path) -> None:
    async def body() -> None:
        async with bench(tmp_path) as b:
            await b.start_daemon()
            assert (await b.read_of(EAN))["data"] == EAN
            await b.tell({"do": "unplug", "at_byte": 5, "ms": 200})
            assert (await b.tell({"scan": EAN}))["typed"] == EAN[:5]
            gone = await b.event(lambda event: event["kind"] == "StatusUpdateEvent")
            assert (gone["state"]["power"], gone["state"]["devices"][0]["online"]) == ("Offline", False)
            fault = await b.event(lambda event: event["kind"] == "ErrorEvent")
            assert (fault["reason"], fault.get("data")) == ("unplugged", None)
            assert (await b.read_of(OTHER))["data"] == OTHER

    asyncio.run(body())


def test_a_killed_daemon_comes_back_under_a_new_identity_and_tells_nothing_twice(tmp_path: Path) -> None:
    async def body() -> None:
        async with bench(tmp_path) as b:
            daemon = await b.start_daemon()
            first = await b.read_of(EAN)
            await b.lane.call("Acknowledge", {"boot_id": first["boot_id"], "seq": first["seq"]})
            daemon.send_signal(signal.SIGKILL)
            await daemon.wait()
            await b.start_daemon()
            second = await b.read_of(OTHER)
            assert (second["data"], second["boot_id"] != first["boot_id"]) == (OTHER, True)
            assert b.events.empty()

    asyncio.run(body())


def test_a_lane_that_comes_back_goes_on_after_what_it_has_stored(tmp_path: Path) -> None:
    async def body() -> None:
        async with bench(tmp_path) as b:
            await b.start_daemon()
            stored = await b.read_of(EAN)
            unstored = await b.read_of(OTHER)
            await b.run_lane(None)
            assert (await b.tell({"scan": "while away"}))["heard"] is True
            await b.run_lane(b.new_lane((stored["boot_id"], stored["seq"])))
            replayed = [await b.event(lambda event: event["kind"] == "DataEvent") for _ in range(2)]
            assert replayed[0] == unstored
            assert (replayed[1]["data"], replayed[1]["seq"] > unstored["seq"]) == ("while away", True)

    asyncio.run(body())
