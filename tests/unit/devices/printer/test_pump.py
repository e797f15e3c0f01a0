import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from devices.printer.driver import Driver, Effect, Finished, Order, Reconnect, Saved
from devices.printer.job import Phase, Run, Stream
from devices.printer.journal import JournalError
from devices.printer.limits import Limits
from devices.printer.pump import Pump
from devices.settings import Address, File

from .conftest import Bench

LIMITS = Limits(poll=0.2, answer=0.2, reconnect=0.02, settle=0.1, confirm=0.5, recover=0.5)
STREAM = Stream((b"x" * 3000, b"\x1d(H\x06\x0000A001", b"cut", b"\x1d(H\x06\x0000B001"), text_end=3010)
ORDER = Order(Run(1, "k"), STREAM, (b"cut", b"\x1d(H\x06\x0000B001"), b"\x1d(H\x06\x0000C001")


class Desk:
    """Keeps what it is told, and offers one order."""

    def __init__(self, driver: Driver, order: Order | None = None) -> None:
        self.driver = driver
        self.order = order
        self.told: list[Effect] = []
        self.full = 0

    def carry_out(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            if isinstance(effect, Saved | Finished) and self.full:
                self.full -= 1
                raise JournalError("print.db cannot be written: disk full")
            self.told.append(effect)

    def offer_next(self, now: float) -> None:
        if self.full:
            self.full -= 1
            raise JournalError("print.db cannot be written: disk full")
        if self.order is not None and self.driver.run is None:
            order, self.order = self.order, None
            self.carry_out(self.driver.offer(now, order))

    @property
    def phases(self) -> list[Phase]:
        return [effect.run.phase for effect in self.told if isinstance(effect, Saved | Finished)]


async def pumping(address: Address, desk: Desk, until: Callable[[], bool]) -> Pump:
    pump = Pump(address, desk.driver, desk, LIMITS)
    task = asyncio.create_task(pump.run())
    async with asyncio.timeout(30):
        while not until():
            await asyncio.sleep(0.005)
            pump.nudge()
            assert not task.done(), task.exception()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return pump


def run(scene: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await scene()

    asyncio.run(whole())


def test_a_run_goes_out_and_comes_back_confirmed(bench: Bench) -> None:
    async def scene() -> None:
        async with bench.serving():
            desk = Desk(Driver(LIMITS), ORDER)
            pump = await pumping(bench.address, desk, lambda: Phase.DONE in desk.phases)
            assert pump.trouble == ""
        assert desk.phases == [Phase.SENDING, Phase.SENT, Phase.TEXT_DONE, Phase.DONE]
        assert b"x" * 3000 + b"\x1d(H\x06\x0000A001cut" in bench.received

    run(scene)


def test_a_dropped_connection_is_made_again(bench: Bench) -> None:
    async def scene() -> None:
        async with bench.serving():
            bench.drop_at = 1000
            desk = Desk(Driver(LIMITS), ORDER)
            await pumping(
                bench.address, desk, lambda: bench.connections > 1 and desk.driver.health.cause is None
            )
        assert desk.phases[-1] in {Phase.UNKNOWN, Phase.SENT}

    run(scene)


def test_a_printer_that_is_not_there_is_tried_again(bench: Bench) -> None:
    async def scene() -> None:
        async with bench.serving():
            pass
        desk = Desk(Driver(LIMITS), ORDER)
        pump = await pumping(
            bench.address, desk, lambda: bool(desk.driver.run and desk.driver.run.held == "disconnected")
        )
        assert "cannot be opened" in pump.trouble
        async with bench.serving():
            await pumping(bench.address, desk, lambda: Phase.DONE in desk.phases)

    run(scene)


@pytest.mark.parametrize("failures", [1, 2, 3, 5])
def test_what_cannot_be_journalled_is_not_sent(bench: Bench, failures: int) -> None:
    async def scene() -> None:
        async with bench.serving():
            desk = Desk(Driver(LIMITS), ORDER)
            desk.full = failures
            await pumping(bench.address, desk, lambda: not desk.full)
            assert desk.order is ORDER or b"x" not in bench.received or desk.phases

    run(scene)


def test_a_printer_that_answers_nothing_is_left(bench: Bench) -> None:
    async def scene() -> None:
        bench.status = b""
        async with bench.serving():
            desk = Desk(Driver(Limits(poll=0.05, answer=0.05, dead=0.2, reconnect=0.02)))
            await pumping(bench.address, desk, lambda: bench.connections > 1)
        assert any(isinstance(effect, Reconnect) for effect in desk.told)

    run(scene)


def test_a_file_is_written_and_done_with(tmp_path: Path) -> None:
    async def scene() -> None:
        desk = Desk(Driver(LIMITS, answers=False), Order(Run(1, "k"), Stream((b"abc",)), confirms=False))
        await pumping(File(tmp_path / "out"), desk, lambda: Phase.UNCONFIRMED in desk.phases)
        assert (tmp_path / "out").read_bytes() == b"abc"

    run(scene)


def test_a_slow_printer_is_waited_for(bench: Bench) -> None:
    async def scene() -> None:
        async with bench.serving():
            stream = Stream(
                (b"x" * 4_000_000, b"\x1d(H\x06\x0000A001", b"\x1d(H\x06\x0000B001"), text_end=4_000_010
            )
            desk = Desk(Driver(LIMITS), Order(Run(1, "k"), stream))
            await pumping(bench.address, desk, lambda: Phase.DONE in desk.phases)
        assert bench.received.count(b"x") == 4_000_000

    run(scene)
