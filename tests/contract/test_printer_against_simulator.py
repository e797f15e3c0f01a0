"""The printer's daemon and command line against the simulated printer, as processes, over TCP and a pty."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.link.client import Client, LinkLostError
from devices.link.contracts import contract

BLOCKS: list[dict[str, Any]] = [
    {"text": "Danke für Ihren Einkauf", "align": "center", "size": 2, "bold": True},
    {"columns": [["Vollmilch 1 L", "left"], ["1,29 €", "right"]]},
    {"rule": "-"},
    {"qr": "https://example.org/r/1"},
    {"barcode": "EAN13", "data": "4006381333931"},
    {"feed": 1},
    {"cut": "partial"},
]
PATIENCE_S = 60


def wait_until(true: Callable[[], object], what: str) -> None:
    """Look again and again; a machine under load is slow, so the limit is generous and never measured."""
    until = time.monotonic() + PATIENCE_S
    while not true():
        if time.monotonic() > until:
            raise AssertionError(f"waited for {what}")
        time.sleep(0.02)


class Bench:
    """A simulated printer, and programs that print on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "out"
        self.address = ""
        self._running: list[subprocess.Popen[str]] = []

    def _start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        log = (self.folder / f"{len(self._running)}.log").open("w+")
        with log:
            process = subprocess.Popen(
                [sys.executable, "-m", "devices.printer", *map(str, arguments)],
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
            )
        self._running.append(process)
        return process

    def log(self, process: subprocess.Popen[str]) -> str:
        return (self.folder / f"{self._running.index(process)}.log").read_text()

    def simulate(self, *script: dict[str, Any], serial: bool = False, profile: str = "TM-T88V") -> None:
        lines = self.folder / "script.jsonl"
        lines.write_text("".join(json.dumps(line) + "\n" for line in script))
        link = self.folder / "pty"
        cable = ("--pty", link) if serial else ("--tcp", "0")
        process = self._start("simulate", *cable, "--out", self.out, "--script", lines, "--profile", profile)
        wait_until(lambda: "listening" in self.log(process) or link.exists(), "the simulator")
        if serial:
            self.address = f"serial:{link}"
        else:
            started = json.loads(self.log(process).splitlines()[0])
            self.address = f"tcp:127.0.0.1:{started['port']}"

    def print(
        self, *options: str, job: str = "k", blocks: Any = None, copy: bool = False
    ) -> tuple[int, Any, str]:
        document = self.folder / f"{job}.json"
        document.write_text(json.dumps({"language": "de", "copy": copy, "blocks": blocks or BLOCKS}))
        ran = subprocess.run(
            [sys.executable, "-m", "devices.printer", "print", str(document), "--job", job,
             "--state", str(self.folder), "--link", str(self.folder), *options],
            capture_output=True, text=True, timeout=PATIENCE_S * 2, check=False,
        )  # fmt: skip
        return ran.returncode, json.loads(ran.stdout) if ran.stdout else None, ran.stderr

    def daemon(self, *options: str) -> subprocess.Popen[str]:
        return self._start(
            "run", "--to", self.address, "--state", self.folder, "--link", self.folder, *options
        )

    async def client(self) -> Client:
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                client = await Client.open(self.folder / "printer.sock", contract("org.checkstand.Printer1"))
                await client.call("GetState")
            except LinkLostError:
                assert time.monotonic() < until
                await asyncio.sleep(0.05)
            else:
                return client

    def paper(self) -> list[str]:
        return [path.read_text() for path in sorted(self.out.glob("[0-9]*.txt"))]

    def stop(self) -> None:
        for process in self._running:
            process.terminate()
        for process in self._running:
            process.wait()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.stop()


@pytest.mark.parametrize("serial", [False, True], ids=["tcp", "pty"])
def test_a_receipt_prints_once(bench: Bench, *, serial: bool) -> None:
    bench.simulate(serial=serial)
    code, first, _ = bench.print("--to", bench.address)
    assert (code, first["state"], first["copies"]) == (0, "DONE", 0)
    code, again, _ = bench.print("--to", bench.address)
    assert (code, again["state"], again["copies"]) == (0, "DONE", 0)
    (paper,) = bench.paper()
    assert "Danke für Ihren" in paper
    assert "Vollmilch 1 L                       1,29 €" in paper
    assert "[QR https://example.org/r/1]" in paper
    assert "[BARCODE EAN13 4006381333931]" in paper
    assert paper.rstrip().endswith("[CUT]")


@pytest.mark.parametrize("serial", [False, True], ids=["tcp", "pty"])
@pytest.mark.parametrize(
    ("trouble", "cure"),
    [("paper_out", "paper_in"), ("cover_open", "cover_close"), ("stall", "resume"), ("xoff", "resume")],
)
def test_an_interrupted_receipt_goes_on_and_is_whole(
    bench: Bench, trouble: str, cure: str, *, serial: bool
) -> None:
    bench.simulate({"at_byte": 150, "do": trouble}, {"after_ms": 1500, "do": cure}, serial=serial)
    _, job, _ = bench.print("--to", bench.address)
    assert job["state"] == "DONE"
    receipts = [paper for paper in bench.paper() if "Vollmilch" in paper]
    whole = [paper for paper in receipts if "[BARCODE EAN13 4006381333931]" in paper]
    assert len(whole) == 1
    assert job["copies"] == len(receipts) - 1
    if not (serial and trouble == "stall"):  # a silent serial printer may have been switched off and on
        assert len(receipts) == 1


LANGUAGES = {
    "de": "Käse, Grüße, Straße 1,29 €",
    "en": "Cheddar £2.10 – “best before”",
    "fr": "Crème brûlée à l’œuf 1 234,50 €",
    "tr": "Şeftali çayı, İzmir ığdır 12,90",  # noqa: RUF001 - Turkish has a dotless i
    "pl": "Żółty ser, źródło, chleb 3,49 zł",
    "uk": "Сир ґаздівський, їжа, єдність 45,90",
    "ru": "Молоко, хлеб, съёмный 89,90",
    "el": "Γάλα φρέσκο, ψωμί 1,15",
    "cs": "Příliš žluťoučký kůň 49,90",
}


def test_every_language_of_a_single_byte_page_reads_as_it_was_written(bench: Bench) -> None:
    bench.simulate()
    blocks = [{"text": text} for text in LANGUAGES.values()] + [{"text": "حليب كامل الدسم"}, {"cut": "full"}]
    _, job, _ = bench.print("--to", bench.address, blocks=blocks)
    assert (job["state"], job["skipped"]) == ("DONE", [])
    (paper,) = bench.paper()
    lines = paper.splitlines()
    assert lines[: len(LANGUAGES)] == list(LANGUAGES.values())
    assert lines[len(LANGUAGES)].startswith("[IMAGE 512 x 30]")


def test_a_short_write_loses_nothing(bench: Bench) -> None:
    bench.simulate({"at_byte": 100, "do": "short_write"})
    assert bench.print("--to", bench.address)[1]["state"] == "DONE"
    (paper,) = bench.paper()
    assert "[BARCODE EAN13 4006381333931]" in paper


@pytest.mark.parametrize("serial", [False, True], ids=["tcp", "pty"])
def test_power_lost_in_the_middle_gives_a_marked_copy(bench: Bench, *, serial: bool) -> None:
    bench.simulate({"at_byte": 150, "do": "power_off"}, {"after_ms": 2000, "do": "power_on"}, serial=serial)
    _, job, _ = bench.print("--to", bench.address)
    assert (job["state"], job["copies"]) == ("DONE", 1)
    whole = [paper for paper in bench.paper() if "[BARCODE EAN13 4006381333931]" in paper]
    assert len(whole) == 1
    assert "COPY" in whole[0]


def test_power_lost_for_good_is_unknown(bench: Bench) -> None:
    bench.simulate({"at_byte": 150, "do": "power_off"})
    code, job, _ = bench.print("--to", bench.address, "--wait", "4")
    assert (code, job["state"], job["cause"]) == (1, "UNKNOWN", "disconnected")


def test_a_printer_without_paper_gets_no_byte_of_the_job(bench: Bench) -> None:
    bench.simulate({"do": "paper_out"})
    code, job, _ = bench.print("--to", bench.address, "--wait", "2")
    assert (code, job["state"], job["cause"]) == (1, "HELD", "paper_end")
    assert bench.paper() == []


def test_a_model_without_process_ids_ends_unconfirmed(bench: Bench) -> None:
    bench.simulate(profile="generic-80mm")
    code, job, _ = bench.print("--to", bench.address, "--profile", "generic-80mm")
    assert (code, job["state"]) == (0, "UNCONFIRMED")
    assert len(bench.paper()) == 1


def test_the_daemon_prints_for_the_command_line(bench: Bench) -> None:
    bench.simulate()
    process = bench.daemon()
    wait_until(lambda: "serving" in bench.log(process), "the daemon")
    code, job, _ = bench.print(job="a")
    assert (code, job["state"]) == (0, "DONE")
    code, _, said = bench.print("--to", "tcp:127.0.0.1:9", job="b")
    assert code == 2
    assert bench.address in said
    assert len(said.splitlines()) == 1


async def _told(bench: Bench, process: subprocess.Popen[str]) -> list[dict[str, Any]]:
    """Print one receipt, look at its events, then reprint it and open the drawer."""
    control, events = await bench.client(), await bench.client()
    async with control, events:
        stream = events.call_more("Subscribe", {"since_boot_id": None, "since_seq": None})
        seen: list[dict[str, Any]] = []

        async def until(kind: str) -> None:
            async for reply in stream:
                seen.append(reply["event"])
                if reply["event"]["kind"] == kind:
                    return

        first = asyncio.ensure_future(anext(stream))
        await control.call("Claim", {"client": "test", "timeout_ms": 100})
        document = {"language": "en", "blocks": BLOCKS}
        job = (await control.call("Print", {"job": "k", "document": document}))["job"]
        assert job["state"] in {"QUEUED", "SENDING"}
        seen.append((await first)["event"])
        await until("OutputCompleteEvent")
        assert (await control.call("Reprint", {"job": "k"}))["job"]["copies"] == 1
        await until("OutputCompleteEvent")
        state = (await control.call("GetState"))["state"]
        assert (state["ready"], state["power"], state["paper"], state["queued"]) == (True, "Online", "ok", 0)
        await control.call("OpenDrawer", {"drawer": 1})
        await control.call("Print", {"job": "d", "document": {"blocks": [{"text": "d"}, {"cut": "partial"}]}})
        await until("OutputCompleteEvent")
        statistics = (await control.call("GetStatistics"))["statistics"]
        assert (statistics["ReceiptCount"], statistics["CopyCount"]) == (2, 1)
    assert process.poll() is None
    return seen


def test_events_tell_the_whole_way_of_a_job(bench: Bench) -> None:
    bench.simulate()
    process = bench.daemon()
    seen = asyncio.run(_told(bench, process))
    states = [event["job"]["state"] for event in seen if event["job"] and event["job"]["job"] == "k"]
    assert states[:4] == ["SENDING", "SENT", "TEXT_DONE", "DONE"]
    assert [event["seq"] for event in seen] == list(range(seen[0]["seq"], seen[0]["seq"] + len(seen)))
    first, second, third = bench.paper()
    assert "COPY" not in first
    assert "COPY" in second
    assert "[DRAWER 1]" in second + third


async def _print_and_kill(bench: Bench, job: str, chance: random.Random) -> None:
    """Have a job taken, then kill the daemon somewhere on its way."""
    process = bench.daemon()
    client = await bench.client()
    async with client:
        blocks = [{"text": f"Receipt {job}."}, *BLOCKS]
        await client.call("Print", {"job": job, "document": {"blocks": blocks}})
        await asyncio.sleep(chance.uniform(0, 0.7))  # where it is hit is what the test wants to vary
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


async def _finish(bench: Bench, jobs: list[str]) -> None:
    """Start the daemon once more and let it come to the end of everything."""
    process = bench.daemon()
    client = await bench.client()
    async with client:
        for job in jobs:
            state = ""
            until = time.monotonic() + PATIENCE_S
            while state not in {"DONE", "UNCONFIRMED"}:
                state = (await client.call("GetJob", {"job": job}))["job"]["state"]
                assert time.monotonic() < until, f"{job} is still {state}: {bench.log(process)}"
                await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("serial", "kills"),
    [
        pytest.param(False, 4, id="tcp"),
        pytest.param(True, 3, id="pty"),
        pytest.param(False, 40, id="tcp-long", marks=[pytest.mark.long, pytest.mark.timeout(600)]),
    ],
)
def test_killed_at_any_instant_each_receipt_is_on_paper_once_or_once_plus_a_copy(
    bench: Bench, kills: int, *, serial: bool
) -> None:
    bench.simulate(serial=serial)
    chance = random.Random(kills)  # noqa: S311 - repeatable, no secret
    jobs = [f"j{number:03}" for number in range(kills)]
    for job in jobs:
        asyncio.run(_print_and_kill(bench, job, chance))
    asyncio.run(_finish(bench, jobs))
    whole = [paper for paper in bench.paper() if "[BARCODE EAN13 4006381333931]" in paper]
    for job in jobs:
        found = [paper for paper in whole if f"Receipt {job}." in paper]
        originals = [paper for paper in found if "COPY" not in paper]
        assert len(originals) <= 1, job
        assert found, job
        assert len(found) - len(originals) <= 1, job


def test_bad_documents_are_refused_with_every_position(bench: Bench) -> None:
    blocks = [{"text": "ok"}, {"picture": "x"}, {"barcode": "EAN13", "data": "4006381333932"}]
    code, _, said = bench.print("--to", "file:/dev/null", blocks=blocks)
    assert code == 2
    first, second = said.splitlines()
    assert "blocks[1]" in first
    assert "blocks[2]" in second
    assert "expected 1" in second
