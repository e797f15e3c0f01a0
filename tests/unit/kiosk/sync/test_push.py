import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.sync.disk import Disk
from kiosk.sync.enrolment import Enrolment
from kiosk.sync.ledger import Ledger
from kiosk.sync.outbox import Outbox
from kiosk.sync.push import Pushed, Pusher
from kiosk.sync.transport import Backend, BackendError
from kiosk.sync.wire import EnrolReply, Push, PushReply, Rejected
from tests.scripted_backend import Answer, Request, ScriptedBackend, refusal, scripted
from tests.wire_samples import NOON_US, sale_event

KEY = Ed25519PrivateKey.generate()
T = TypeVar("T")


@dataclass
class Room:
    """A lane's files, and a way to push from them."""

    state: Path
    ledger: Ledger
    outbox: Outbox
    table: sqlite3.Connection

    def write(self, *seqs: int) -> None:
        for seq in seqs:
            event = sale_event(seq)
            row = (
                seq,
                event.event_id,
                event.kind,
                event.business_day,
                event.occurred_us,
                event.body,
                event.sha256,
            )
            self.table.execute("INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def act(self, url: str, work: Callable[[Pusher], Awaitable[T]], most: int = 4) -> T:
        async def run() -> T:
            disk = Disk()
            async with Backend(
                Enrolment(url, "", "device", 1, "shop", "lane-1"), KEY, lambda: NOON_US, 5.0
            ) as backend:
                try:
                    return await work(Pusher(backend, self.outbox, self.ledger, disk, most))
                finally:
                    disk.close()

        return asyncio.run(run())

    def push(self, url: str) -> Pushed:
        return self.act(url, lambda pusher: pusher.push(lambda: NOON_US))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with (
        closing(sqlite3.connect(tmp_path / "sales.db", isolation_level=None)) as table,
        closing(Ledger(tmp_path)) as ledger,
        closing(Outbox(tmp_path)) as outbox,
    ):
        table.execute(
            "CREATE TABLE outbox (seq INTEGER PRIMARY KEY, event_id TEXT, kind TEXT, business_day TEXT,"
            " occurred_us INTEGER, body TEXT, sha256 TEXT)"
        )
        ledger.belongs_to("backend", "device/1")
        yield Room(tmp_path, ledger, outbox, table)


@contextmanager
def booking(start: int = 0) -> Iterator[ScriptedBackend]:
    """A backend that acknowledges whatever follows."""
    state = {"acked": start, "id": f"event-{start}" if start else None}

    def script(request: Request) -> Answer:
        push = Push.from_json(request.body)
        if push.events and push.from_seq <= int(state["acked"] or 0) + 1:
            state["acked"], state["id"] = push.events[-1].seq, push.events[-1].event_id
        acked, identity = state["acked"], state["id"]
        return Answer(body=PushReply(int(acked or 0), str(identity) if identity else None, (), 1).to_json())

    with scripted(script) as backend:
        yield backend


def sent(backend: ScriptedBackend) -> list[tuple[int, int, list[int]]]:
    pushes = [Push.from_json(request.body) for request in backend.requests]
    return [(push.from_seq, push.oldest_seq, [event.seq for event in push.events]) for push in pushes]


def test_the_outbox_goes_in_batches_from_the_first_event_not_acknowledged(room: Room) -> None:
    room.write(1, 2, 3, 4, 5, 6)
    with booking() as backend:
        assert room.push(backend.url) == Pushed(4, 6, 0, anew=False)
        assert room.push(backend.url) == Pushed(6, 6, 0, anew=False)
        assert not room.push(backend.url).more
    assert sent(backend) == [(1, 1, [1, 2, 3, 4]), (5, 1, [5, 6]), (7, 1, [])]
    assert room.ledger.position("acked_seq") == 6


def test_an_empty_outbox_asks_how_far_the_backend_is(room: Room) -> None:
    with booking(5) as backend:
        assert room.push(backend.url) == Pushed(5, 0, 0, anew=False)
    assert sent(backend) == [(1, 1, [])]


def test_a_backend_put_back_from_a_backup_is_sent_everything_since(room: Room) -> None:
    room.write(1, 2, 3, 4)
    room.ledger.acknowledge("device/1", 4, (), 1)
    with booking(2) as backend:
        assert room.push(backend.url).acked_seq == 2
        assert room.push(backend.url).acked_seq == 4
    assert sent(backend)[1] == (3, 1, [3, 4])


def test_events_that_are_gone_from_the_outbox_are_owned_up_to(room: Room) -> None:
    room.write(5, 6, 8)
    with booking() as backend:
        room.push(backend.url)
        room.ledger.acknowledge("device/1", 6, (), 1)
        room.push(backend.url)
    assert sent(backend) == [(5, 5, [5, 6]), (8, 8, [8])]


def test_a_lost_answer_acknowledges_nothing_and_the_same_bytes_go_again(room: Room) -> None:
    room.write(1, 2)
    answers = [Answer(drop=True), Answer(body=PushReply(2, "event-2", (), 1).to_json())]
    with scripted(lambda _: answers.pop(0)) as backend:
        with pytest.raises(BackendError):
            room.push(backend.url)
        assert room.ledger.position("acked_seq") == 0
        assert room.push(backend.url).acked_seq == 2
    assert backend.requests[0].body == backend.requests[1].body


@pytest.mark.parametrize(("status", "sizes"), [(413, [4, 2, 1]), (503, [4, 2, 1]), (401, [4, 4, 4])])
def test_a_batch_that_was_too_much_gets_smaller(room: Room, status: int, sizes: list[int]) -> None:
    room.write(1, 2, 3, 4)

    async def thrice(pusher: Pusher) -> None:
        for _ in range(3):
            with pytest.raises(BackendError):
                await pusher.push(lambda: NOON_US)

    with scripted(lambda _: refusal(status, "length")) as backend:
        room.act(backend.url, thrice)
    assert [len(events) for _, _, events in sent(backend)] == sizes


def test_what_is_set_aside_is_acknowledged_and_noted(room: Room) -> None:
    room.write(1, 2)
    reply = PushReply(2, "event-2", (Rejected(1, "event-1", "conflict", "another body"),), 1)
    with scripted(lambda _: Answer(409, reply.to_json())) as backend:
        assert room.push(backend.url) == Pushed(2, 2, 1, anew=False)
    assert room.ledger.letters() == 1


@pytest.mark.parametrize(
    ("acked", "identity", "anew"),
    [(2, "event-2", False), (2, "somebody", True), (2, None, True), (9, "event-9", True), (0, None, False)],
)
def test_another_outbox_than_the_acknowledged_is_noticed(
    room: Room,
    acked: int,
    identity: str | None,
    anew: bool,  # noqa: FBT001 - a table of cases
) -> None:
    room.write(1, 2, 3)
    with scripted(lambda _: Answer(body=PushReply(acked, identity, (), 1).to_json())) as backend:
        assert room.push(backend.url).anew is anew


def test_an_epoch_that_has_ended_is_begun_anew(room: Room) -> None:
    room.write(1)
    reply = EnrolReply("device", 2, "shop", "lane-1", 1)

    def script(request: Request) -> Answer:
        return refusal(401, "epoch") if request.target == "/v1/push" else Answer(body=reply.to_json())

    with scripted(script) as backend:
        assert room.push(backend.url) == Pushed(0, 1, 0, anew=True)
        renewed = room.act(backend.url, lambda pusher: pusher.new_epoch())
    assert (renewed.epoch, renewed.url) == (2, backend.url)
    assert json.loads(backend.requests[-1].body) == {}


def test_what_waits_is_seen(room: Room) -> None:
    room.write(1, 2)
    span = room.act("http://127.0.0.1:1", lambda pusher: pusher.waiting())
    assert (span.oldest, span.newest) == (1, 2)
