import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from kiosk.bootstrap.core_thread import CoreThread
from kiosk.bootstrap.lane import LaneRooms
from kiosk.checkout.intents import AnyIntent, HelpPressed


@dataclass
class Rooms:
    """Rooms whose work is told from outside."""

    work: Callable[[], Any]
    pressed: list[AnyIntent] = field(default_factory=list)
    served: threading.Event = field(default_factory=threading.Event)
    closed: bool = False
    fails: bool = False

    @property
    def lane(self) -> "Rooms":
        return self

    def press(self, intent: AnyIntent) -> None:
        self.pressed.append(intent)
        self.served.set()
        if self.fails:
            raise OSError("the disk is full")

    async def run(self) -> None:
        self.served.set()
        await self.work()

    def close(self) -> None:
        self.closed = True


class Ended:
    """Runs a thread and knows when it said that it ended."""

    def __init__(self, rooms: Rooms) -> None:
        self.rooms = rooms
        self.said = threading.Event()
        self.core = CoreThread(lambda: cast("LaneRooms", rooms), self.said.set)

    def wait(self) -> None:
        assert self.said.wait(30)
        self.core.join(30)


async def forever() -> None:
    await asyncio.Event().wait()


async def broken() -> None:
    raise OSError("no disk")


@pytest.fixture
def serving() -> Iterator[Ended]:
    made = Ended(Rooms(forever))
    made.core.start()
    assert made.rooms.served.wait(30)
    made.rooms.served.clear()
    yield made
    made.core.stop()
    made.wait()
    assert made.rooms.closed


def test_a_press_reaches_the_lane_on_its_own_thread(serving: Ended) -> None:
    serving.core.press(HelpPressed(1))
    assert serving.rooms.served.wait(30)
    assert serving.rooms.pressed == [HelpPressed(1)]


def test_stopping_is_no_failure(serving: Ended) -> None:
    serving.core.stop()
    serving.wait()
    serving.core.press(HelpPressed(1))
    assert serving.core.failure is None
    assert serving.rooms.pressed == []


def test_a_press_the_store_cannot_keep_ends_the_core(serving: Ended) -> None:
    serving.rooms.fails = True
    serving.core.press(HelpPressed(1))
    serving.wait()
    assert isinstance(serving.core.failure, OSError)


def test_work_that_fails_ends_the_core_and_closes_the_rooms() -> None:
    ended = Ended(Rooms(broken))
    ended.core.start()
    ended.wait()
    assert isinstance(ended.core.failure, OSError)
    assert ended.rooms.closed


def test_rooms_that_cannot_be_built_are_a_failure() -> None:
    said = threading.Event()

    def build() -> LaneRooms:
        raise OSError("taken")

    core = CoreThread(build, said.set)
    core.press(HelpPressed(1))
    core.stop()
    core.start()
    assert said.wait(30)
    core.join(30)
    assert isinstance(core.failure, OSError)


def test_a_failure_without_an_exception_is_one_too(serving: Ended) -> None:
    loop = serving.core._loop
    assert loop is not None
    loop.call_soon_threadsafe(loop.call_exception_handler, {"message": "something was never awaited"})
    serving.wait()
    assert str(serving.core.failure) == "something was never awaited"
