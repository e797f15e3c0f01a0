import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.sync import presence as presences
from kiosk.sync.enrolment import Enrolment
from kiosk.sync.presence import Presence
from kiosk.sync.status import Status
from kiosk.sync.transport import Backend
from kiosk.sync.wire import LaneHeard
from tests.daemons import until
from tests.scripted_backend import Answer, Request, ScriptedBackend, refusal, scripted
from tests.wire_samples import NOON_US


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask again often: what is shown is the order of things, not the time between."""
    monkeypatch.setattr(presences, "ASK_AGAIN_S", 0.01)
    monkeypatch.setattr(presences, "LONGEST_WAIT_S", 0.01)


class Room:
    """A presence with its status, a clock that counts, and what the backend was told."""

    def __init__(self, backend: ScriptedBackend) -> None:
        self._now_us = NOON_US
        self._backend = backend
        self.status = Status("boot")
        self.presence = Presence(self.status, self._tick)

    def _tick(self) -> int:
        self._now_us += 1
        return self._now_us

    @property
    def told(self) -> str | None:
        return self.status.facts.told

    def said(self) -> list[dict[str, Any]]:
        return [json.loads(request.body) for request in self._backend.requests]

    def wants(self) -> list[str | None]:
        return [said["wants"] for said in self.said()]

    @asynccontextmanager
    async def telling(self) -> AsyncIterator[None]:
        """Tell the backend while the block runs."""
        enrolment = Enrolment(self._backend.url, "", "device", 1, "shop", "lane-1")
        key = Ed25519PrivateKey.generate()
        async with Backend(enrolment, key, lambda: NOON_US, 5.0) as backend:
            work = asyncio.create_task(self.presence.tell_on(backend, lambda: 1.0))
            try:
                async with asyncio.timeout(60):
                    yield
                assert not work.done()
            finally:
                work.cancel()
                await asyncio.gather(work, return_exceptions=True)


class Watched:
    """A backend whose console is looked at, or not."""

    def __init__(self) -> None:
        self.seen = False
        self.away = False

    def __call__(self, request: Request) -> Answer:
        if self.away:
            return refusal(503, "busy")
        said = json.loads(request.body)
        return Answer(body=LaneHeard(said["wants"] if self.seen else None).to_json())


def play(script: Callable[[Room, Watched], Any]) -> None:
    async def act(backend: ScriptedBackend) -> None:
        room = Room(backend)
        async with room.telling():
            await script(room, watched)

    watched = Watched()
    with scripted(watched) as backend:
        asyncio.run(act(backend))


def test_a_lane_that_has_said_nothing_is_not_spoken_for() -> None:
    async def act(room: Room, _watched: Watched) -> None:
        await asyncio.sleep(0)
        assert room.said() == []
        room.presence.say("attract", None, None)
        await until(lambda: len(room.said()) == 1)
        assert room.said()[0] | {"since_us": 0, "sent_us": 0} == {
            "screen": "attract",
            "sale_state": None,
            "wants": None,
            "since_us": 0,
            "sent_us": 0,
        }

    play(act)


def test_it_is_told_only_once_somebody_has_seen_it() -> None:
    async def act(room: Room, watched: Watched) -> None:
        room.presence.say("basket", "open", "help")
        await until(lambda: len(room.said()) >= 3)
        assert room.told is None
        watched.seen = True
        await until(lambda: room.told == "help")
        asked = len(room.said())
        assert len({said["since_us"] for said in room.said()}) == 1
        assert all(said["sent_us"] > said["since_us"] for said in room.said())
        room.presence.say("pay_choice", "totalled", "help")
        await until(lambda: len(room.said()) == asked + 1)
        assert room.told == "help", "the same want on another screen"
        assert room.said()[-1]["since_us"] == room.said()[0]["since_us"]

    play(act)


def test_another_want_is_told_at_once_and_begins_untold() -> None:
    async def act(room: Room, watched: Watched) -> None:
        watched.seen = True
        room.presence.say("basket", "open", "help")
        await until(lambda: room.told == "help")
        room.presence.say("checking", "paying", "checking")
        assert room.told is None
        await until(lambda: room.told == "checking")
        room.presence.say("basket", "open", None)
        assert room.told is None
        await until(lambda: room.wants() == ["help", "checking", None])
        kinds = [event["state"]["told"] for event in room.status.log.after(0)]
        assert kinds == ["help", None, "checking", None]

    play(act)


def test_an_answer_to_what_is_wanted_no_more_tells_nothing() -> None:
    async def act(room: Room, _watched: Watched) -> None:
        room.presence.say("basket", "open", "help")
        await until(lambda: len(room.said()) == 1)
        room.presence.say("checking", "paying", "checking")
        slow.set()
        await until(lambda: room.wants()[-1] == "checking" and room.told == "checking")
        assert [event["state"]["told"] for event in room.status.log.after(0)] == ["checking"]

    slow = threading.Event()

    class Slow(Watched):
        def __call__(self, request: Request) -> Answer:
            slow.wait(30)
            return super().__call__(request)

    async def main(backend: ScriptedBackend) -> None:
        room = Room(backend)
        async with room.telling():
            await act(room, watched)

    watched = Slow()
    watched.seen = True
    with scripted(watched) as backend:
        asyncio.run(main(backend))


def test_without_the_backend_nobody_is_told_and_it_hears_when_it_is_back() -> None:
    async def act(room: Room, watched: Watched) -> None:
        watched.seen = True
        room.presence.say("escalated", "paying", "escalated")
        await until(lambda: room.told == "escalated")
        watched.away = True
        room.presence.lose()
        assert room.told is None
        asked = len(room.said())
        await until(lambda: len(room.said()) > asked + 2)
        assert room.told is None
        watched.away = False
        await until(lambda: room.told == "escalated")

    play(act)


def test_an_answer_that_makes_no_sense_tells_nothing() -> None:
    async def main(backend: ScriptedBackend) -> None:
        room = Room(backend)
        async with room.telling():
            room.presence.say("basket", "open", "help")
            await until(lambda: len(room.said()) >= 2)
            assert room.told is None

    with scripted(lambda _: Answer(body="[]")) as backend:
        asyncio.run(main(backend))


def test_a_lane_that_is_gone_wants_nothing_and_is_not_spoken_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presences, "HEARTBEAT_S", 0.01)

    async def act(room: Room, watched: Watched) -> None:
        watched.seen = True
        room.presence.say("basket", "open", "help")
        await until(lambda: room.told == "help" and len(room.said()) >= 3)
        room.presence.fall_silent()
        assert room.told is None
        room.presence.lose()
        room.presence.say("attract", None, None)
        await until(lambda: room.wants()[-1] is None)
        assert room.told is None

    play(act)
