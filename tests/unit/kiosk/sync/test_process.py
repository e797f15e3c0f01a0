import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.sync import process as processes
from kiosk.sync.enrolment import FILE_NAME, Enrolment, read, write
from kiosk.sync.ledger import Ledger
from kiosk.sync.presence import Presence
from kiosk.sync.process import Process, Surroundings
from kiosk.sync.status import Facts, Status
from kiosk.sync.wire import (
    CataloguePage,
    Change,
    EnrolReply,
    LaneHeard,
    LaneSaid,
    Push,
    PushReply,
    Rejected,
    SettingEntry,
)
from kiosk.sync.wire.signature import EPOCH
from tests.scripted_backend import Answer, Request, ScriptedBackend, refusal, scripted
from tests.wire_samples import NOON_US, sale_event


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look often: what is shown is the order of things, not the time between."""
    monkeypatch.setattr(processes, "LOOK_S", 0.01)


@dataclass
class Room:
    """A running process and its surroundings."""

    state: Path
    status: Status
    ledger: Ledger
    presence: Presence

    async def until(self, fits: Callable[[Facts], bool]) -> Facts:
        async with asyncio.timeout(30):
            while not fits(self.status.facts):  # noqa: ASYNC110 - not every fact makes an event to wait for
                await asyncio.sleep(0.005)
        return self.status.facts


@asynccontextmanager
async def at_work(state: Path, address: str | None = None) -> AsyncIterator[Room]:
    """Run the process while the block runs."""
    given = Surroundings(state, address, 0.01, 5.0, 4, lambda: NOON_US, lambda: 1e9, lambda: 0.0)
    status = Status("boot")
    presence = Presence(status, lambda: NOON_US)
    with closing(Ledger(state)) as ledger:
        work = asyncio.create_task(Process(given, status, ledger, presence, asyncio.Event()).run())
        try:
            yield Room(state, status, ledger, presence)
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


@contextmanager
def outbox(state: Path, *seqs: int) -> Iterator[None]:
    with closing(sqlite3.connect(state / "sales.db", isolation_level=None)) as table:
        table.execute(
            "CREATE TABLE outbox (seq INTEGER PRIMARY KEY, event_id TEXT, kind TEXT, business_day TEXT,"
            " occurred_us INTEGER, body TEXT, sha256 TEXT)"
        )
        for seq in seqs:
            event = sale_event(seq)
            row = (seq, event.event_id, "sale", event.business_day, 0, event.body, event.sha256)
            table.execute("INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        yield


def booking(request: Request) -> Answer:
    """A backend that takes everything and sells nothing."""
    if request.method == "GET":
        settings = (Change(3, "receipt_url", SettingEntry("receipt_url", "https://shop/r/{receipt}")),)
        return Answer(body=CataloguePage(3, more=False, server_us=1, settings=settings).to_json())
    if request.target == "/v1/lane":
        return Answer(body=LaneHeard(LaneSaid.from_json(request.body).wants).to_json())
    push = Push.from_json(request.body)
    last = push.events[-1].event_id if push.events else f"event-{push.from_seq - 1}"
    return Answer(body=PushReply(push.from_seq + len(push.events) - 1, last, (), 1).to_json())


def enrol(state: Path, backend: ScriptedBackend, epoch: int = 1) -> Enrolment:
    made = Enrolment(backend.url, "", "device", epoch, "shop", "lane-1")
    write(state, made)
    return made


def test_without_an_enrolment_it_says_so_and_begins_when_there_is_one(tmp_path: Path) -> None:
    async def act(backend: ScriptedBackend) -> Facts:
        async with at_work(tmp_path) as room:
            facts = await room.until(lambda facts: facts.newest_seq == 2)
            assert (facts.enrolled, facts.backend, facts.receipt_url) == (False, "Unknown", None)
            assert "kiosk sync enrol" in facts.sentence
            enrol(tmp_path, backend)
            return await room.until(lambda facts: facts.acked_seq == 2 and facts.catalogue_version == 3)

    with scripted(booking) as backend, outbox(tmp_path, 1, 2):
        facts = asyncio.run(act(backend))
    assert (facts.enrolled, facts.backend, facts.backlog) == (True, "Online", 0)
    assert facts.receipt_url == "https://shop/r/{receipt}"


def test_a_spoilt_enrolment_is_said_and_mended_by_another(tmp_path: Path) -> None:
    async def act(backend: ScriptedBackend) -> None:
        (tmp_path / FILE_NAME).write_text("spoilt")
        async with at_work(tmp_path) as room:
            facts = await room.until(lambda facts: "enrol the lane again" in facts.sentence)
            assert not facts.enrolled
            enrol(tmp_path, backend)
            await room.until(lambda facts: facts.backend == "Online")
            (tmp_path / FILE_NAME).write_text("spoilt again")
            await room.until(lambda facts: not facts.enrolled)

    with scripted(booking) as backend:
        asyncio.run(act(backend))


def test_failures_are_told_with_what_waits_and_it_goes_on_by_itself(tmp_path: Path) -> None:
    well = asyncio.Event()

    def script(request: Request) -> Answer:
        return booking(request) if well.is_set() else refusal(503, "busy", "the disk is full")

    async def act(backend: ScriptedBackend) -> None:
        enrol(tmp_path, backend)
        async with at_work(tmp_path) as room:
            facts = await room.until(lambda facts: facts.backend == "Offline")
            assert facts.sentence == "the disk is full; 1 events wait"
            assert facts.receipt_url == f"{backend.url}/r/{{receipt}}"
            well.set()
            facts = await room.until(lambda facts: facts.acked_seq == 1 and facts.backend == "Online")
            assert facts.sentence == f"the backend at {backend.url} answers"

    with scripted(script) as backend, outbox(tmp_path, 1):
        asyncio.run(act(backend))


def test_staff_are_told_beside_the_sales_and_untold_when_the_backend_goes(tmp_path: Path) -> None:
    well = asyncio.Event()
    well.set()

    def script(request: Request) -> Answer:
        return booking(request) if well.is_set() else refusal(503, "busy")

    async def act(backend: ScriptedBackend) -> None:
        async with at_work(tmp_path) as room:
            room.presence.say("basket", "open", "help")
            enrol(tmp_path, backend)
            await room.until(lambda facts: facts.told == "help" and facts.backend == "Online")
            well.clear()
            facts = await room.until(lambda facts: facts.told is None)
            assert facts.backend == "Offline"
            well.set()
            await room.until(lambda facts: facts.told == "help")
            (tmp_path / FILE_NAME).unlink()
            await room.until(lambda facts: facts.told is None and not facts.enrolled)

    with scripted(script) as backend, outbox(tmp_path, 1):
        asyncio.run(act(backend))


def test_the_backend_has_moved(tmp_path: Path) -> None:
    async def act(backend: ScriptedBackend) -> None:
        write(tmp_path, Enrolment("http://127.0.0.1:1", "", "device", 1, "shop", "lane-1"))
        async with at_work(tmp_path, backend.url) as room:
            await room.until(lambda facts: facts.backend == "Online")

    with scripted(booking) as backend:
        asyncio.run(act(backend))


def test_another_outbox_begins_a_new_epoch_once(tmp_path: Path) -> None:
    def script(request: Request) -> Answer:
        if request.target == "/v1/epoch":
            return Answer(body=EnrolReply("device", 2, "shop", "lane-1", 1).to_json())
        if request.target == "/v1/push" and request.headers[EPOCH] == "1":
            return Answer(body=PushReply(9, "event-9", (), 1).to_json())
        return booking(request)

    async def act(backend: ScriptedBackend) -> None:
        enrol(tmp_path, backend)
        async with at_work(tmp_path) as room:
            await room.until(lambda facts: facts.acked_seq == 2 and facts.backend == "Online")
            assert room.ledger.position("acked_seq") == 2
        kept = read(tmp_path)
        assert kept is not None
        assert (kept.epoch, kept.url) == (2, backend.url)

    with scripted(script) as backend, outbox(tmp_path, 1, 2):
        asyncio.run(act(backend))
    assert sum(request.target == "/v1/epoch" for request in backend.requests) == 1


def test_a_refused_epoch_is_not_asked_for_again_at_once(tmp_path: Path) -> None:
    def script(request: Request) -> Answer:
        if request.target == "/v1/epoch":
            return refusal(401, "signature", "who are you")
        if request.target == "/v1/push":
            return Answer(body=PushReply(9, "event-9", (), 1).to_json())
        return booking(request)

    async def act(backend: ScriptedBackend) -> None:
        enrol(tmp_path, backend)
        async with at_work(tmp_path) as room:
            async with asyncio.timeout(30):
                while sum(request.target == "/v1/push" for request in backend.requests) < 3:
                    room.status.update(acked_seq=0)  # as if a new sale came
                    await asyncio.sleep(0.01)

    with scripted(script) as backend, outbox(tmp_path, 1, 2):
        asyncio.run(act(backend))
    assert sum(request.target == "/v1/epoch" for request in backend.requests) == 1


def test_what_was_set_aside_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def script(request: Request) -> Answer:
        if request.target != "/v1/push":
            return booking(request)
        rejected = (Rejected(1, "event-1", "conflict", "another body"),)
        return Answer(409, PushReply(1, "event-1", rejected, 1).to_json())

    async def act(backend: ScriptedBackend) -> None:
        enrol(tmp_path, backend)
        async with at_work(tmp_path) as room:
            await room.until(lambda facts: facts.acked_seq == 1)
            assert room.ledger.letters() == 1

    with scripted(script) as backend, outbox(tmp_path, 1):
        asyncio.run(act(backend))
    assert "set 1 events aside" in caplog.text


def test_an_answer_that_makes_no_sense_is_a_failure_like_any(tmp_path: Path) -> None:
    async def act(backend: ScriptedBackend) -> None:
        enrol(tmp_path, backend)
        async with at_work(tmp_path) as room:
            facts = await room.until(lambda facts: facts.backend == "Offline")
            assert "expected" in facts.sentence

    with scripted(lambda _: Answer(body=json.dumps({"hello": 1}))) as backend:
        asyncio.run(act(backend))
