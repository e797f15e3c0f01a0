import asyncio
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from devices.link.client import Client
from devices.link.contracts import contract
from devices.link.messages import CallError
from devices.link.server import Server
from devices.printer.capabilities import profile
from devices.printer.job import Phase
from devices.printer.journal import Job
from devices.printer.limits import Limits
from devices.printer.raster import PillowArtist
from devices.printer.service import Printer, Setup
from devices.settings import Tcp

from .conftest import Bench

INTERFACE = contract("org.checkstand.Printer1")
DOCUMENT = {"blocks": [{"text": "a"}, {"cut": "partial"}]}
LIMITS = Limits(poll=0.2, answer=0.2, reconnect=0.02, settle=0.1, confirm=0.3, recover=0.3)

Scene = Callable[[Client, Printer], Awaitable[None]]


def serve(bench: Bench, folder: Path, scene: Scene, *, present: bool = True) -> None:
    """A served daemon with a client, over real sockets on both sides."""

    async def whole() -> None:
        async with bench.serving():
            setup = Setup(
                bench.address, profile("TM-T88V"), folder / "print.db", PillowArtist(), limits=LIMITS
            )
            with closing(Printer(setup)) as printer:
                work = asyncio.create_task(printer.work()) if present else None
                path = folder / "printer.sock"
                async with (
                    Server(INTERFACE, printer).serving(path),
                    await Client.open(path, INTERFACE) as client,
                ):
                    await scene(client, printer)
                if work:
                    work.cancel()
                    await asyncio.gather(work, return_exceptions=True)

    asyncio.run(whole())


async def until(client: Client, method: str, wanted: Callable[[Any], bool], **parameters: object) -> Any:
    """Ask until the answer is the wanted one."""
    for _ in range(3000):
        if wanted(answer := await client.call(method, parameters)):
            return answer
        await asyncio.sleep(0.01)
    raise AssertionError(f"{method} never gave the wanted answer")


def test_a_job_prints_once_whoever_asks_twice(bench: Bench, tmp_path: Path) -> None:
    async def scene(client: Client, _printer: Printer) -> None:
        first = (await client.call("Print", {"job": "k", "document": DOCUMENT}))["job"]
        assert (first["job"], first["copies"]) == ("k", 0)
        await until(client, "GetJob", lambda answer: answer["job"]["state"] == "DONE", job="k")
        again = (await client.call("Print", {"job": "k", "document": DOCUMENT}))["job"]
        assert again["state"] == "DONE"
        assert bench.received.count(b"a\n") == 1
        state = (await client.call("GetState"))["state"]
        assert {key: state[key] for key in ("power", "paper", "cover", "ready", "queued", "sentence")} == {
            "power": "Online",
            "paper": "ok",
            "cover": "closed",
            "ready": True,
            "queued": 0,
            "sentence": "The printer is ready.",
        }

    serve(bench, tmp_path, scene)


def test_a_reprint_is_marked_and_counted_and_only_of_what_is_over(bench: Bench, tmp_path: Path) -> None:
    async def scene(client: Client, printer: Printer) -> None:
        await client.call("Print", {"job": "k", "document": DOCUMENT})
        await until(client, "GetJob", lambda answer: answer["job"]["state"] == "DONE", job="k")
        assert (await client.call("Reprint", {"job": "k"}))["job"]["copies"] == 1
        await until(client, "GetJob", lambda answer: answer["job"]["state"] == "DONE", job="k")
        assert bench.received.count(b"COPY") == 2  # at its head and its foot
        statistics = (await client.call("GetStatistics"))["statistics"]
        assert (statistics["ReceiptCount"], statistics["CopyCount"]) == (1, 1)
        printer._journal._database.execute("PRAGMA query_only = ON")
        for method, parameters in (
            ("Reprint", {"job": "k"}),
            ("Print", {"job": "new", "document": DOCUMENT}),
        ):
            with pytest.raises(CallError, match=r"Unavailable.*cannot be written"):
                await client.call(method, parameters)
        printer._journal._database.execute("PRAGMA query_only = OFF")

    serve(bench, tmp_path, scene)


def test_events_carry_the_job_or_the_state(bench: Bench, tmp_path: Path) -> None:
    async def scene(client: Client, _printer: Printer) -> None:
        async with await Client.open(tmp_path / "printer.sock", INTERFACE) as events:
            stream = events.call_more("Subscribe", {"since_boot_id": None, "since_seq": None})
            seen: list[dict[str, Any]] = []
            first = asyncio.ensure_future(anext(stream))
            await asyncio.sleep(0)
            await client.call("Print", {"job": "k", "document": DOCUMENT})
            seen.append((await first)["event"])
            while seen[-1]["kind"] != "OutputCompleteEvent":
                seen.append((await anext(stream))["event"])
        assert seen[-1]["job"] == {"job": "k", "state": "DONE", "copies": 0, "cause": None}
        assert all((event["job"] is None) != (event["state"] is None) for event in seen)

    serve(bench, tmp_path, scene)


def test_refusals(bench: Bench, tmp_path: Path) -> None:
    async def scene(client: Client, _printer: Printer) -> None:
        bad = {"blocks": [{"text": "ok"}, {"hologram": 1}]}
        with pytest.raises(CallError) as refused:
            await client.call("Print", {"job": "k", "document": bad})
        assert (refused.value.short, refused.value.parameters["position"]) == ("BadDocument", 1)
        for method in ("GetJob", "Reprint"):
            with pytest.raises(CallError) as unknown:
                await client.call(method, {"job": "k"})
            assert (unknown.value.short, unknown.value.parameters) == ("UnknownJob", {"job": "k"})
        with pytest.raises(CallError) as away:
            await client.call("OpenDrawer", {"drawer": 1})
        assert away.value.short == "Unavailable"
        with pytest.raises(CallError, match="There is no drawer 3"):
            await client.call("OpenDrawer", {"drawer": 3})

    serve(bench, tmp_path, scene, present=False)


def test_a_claimed_printer_serves_its_holder_alone(bench: Bench, tmp_path: Path) -> None:
    async def scene(client: Client, _printer: Printer) -> None:
        await client.call("Claim", {"client": "kiosk run", "timeout_ms": 0})
        async with await Client.open(tmp_path / "printer.sock", INTERFACE) as other:
            for method, parameters in (
                ("Print", {"job": "k", "document": DOCUMENT}),
                ("Reprint", {"job": "k"}),
                ("OpenDrawer", {"drawer": 1}),
            ):
                with pytest.raises(CallError) as refused:
                    await other.call(method, parameters)
                assert (refused.value.short, refused.value.parameters) == ("Claimed", {"holder": "kiosk run"})
        await client.call("Print", {"job": "k", "document": DOCUMENT})
        await client.call("Release")
        with pytest.raises(CallError, match="NotClaimed"):
            await client.call("Release")

    serve(bench, tmp_path, scene)


def test_the_drawer_opens_while_the_printer_is_sound(bench: Bench, tmp_path: Path) -> None:
    async def scene(client: Client, _printer: Printer) -> None:
        await until(client, "GetState", lambda answer: answer["state"]["ready"])
        await client.call("OpenDrawer", {"drawer": 2})
        await until(client, "GetState", lambda _answer: b"\x1bp\x01\x19\xfa" in bench.received)
        assert (await client.call("GetStatistics"))["statistics"]["DrawerOpenCount"] == 1

    serve(bench, tmp_path, scene)


def test_a_printer_that_is_away_says_where_it_was_looked_for(bench: Bench, tmp_path: Path) -> None:
    async def scene(client: Client, _printer: Printer) -> None:
        assert bench._server is not None
        bench._server.close()
        for writer in tuple(bench._open):
            writer.transport.abort()
        answer = await until(client, "GetState", lambda answer: answer["state"]["power"] == "OffOffline")
        assert not answer["state"]["ready"]
        assert "cannot be reached" in answer["state"]["sentence"]

    serve(bench, tmp_path, scene)


def test_a_job_on_its_way_is_not_reprinted(bench: Bench, tmp_path: Path) -> None:
    async def scene(client: Client, _printer: Printer) -> None:
        await client.call("Print", {"job": "k", "document": DOCUMENT})
        job = (await client.call("Reprint", {"job": "k"}))["job"]
        assert (job["state"], job["copies"]) == ("QUEUED", 0)

    serve(bench, tmp_path, scene, present=False)


OUTCOMES = [
    (Phase.SENT, "disconnected", Job("k", "UNKNOWN", 0, "disconnected")),
    (Phase.SENT, "paper_end", Job("k", "HELD", 0, "paper_end")),
    (Phase.QUEUED, "disconnected", Job("k", "HELD", 0, "disconnected")),
    (Phase.DONE, None, Job("k", "DONE", 0, None)),
    (Phase.UNKNOWN, None, Job("k", "UNKNOWN", 1, None)),
]


@pytest.mark.parametrize(("phase", "held", "expected"), OUTCOMES)
def test_the_outcome_of_a_job_that_is_given_up(
    tmp_path: Path, phase: Phase, held: Any, expected: Job
) -> None:
    setup = Setup(Tcp("127.0.0.1", 1), profile("TM-T88V"), tmp_path / "print.db", PillowArtist())
    with closing(Printer(setup)) as printer:
        printer.submit("k", DOCUMENT)
        run = printer._journal.next_run()
        assert run is not None
        printer._journal.save(replace(run, phase=phase, held=held))
        assert printer.outcome("k") == expected
