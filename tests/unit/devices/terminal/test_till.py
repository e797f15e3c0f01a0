import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from devices.link.contracts import contract
from devices.link.server import Server
from devices.terminal.attempt import Kind
from devices.terminal.daemon import INTERFACE, Terminal
from devices.terminal.engine import Engine
from devices.terminal.journal import Journal
from devices.terminal.steps import Profile
from devices.terminal.till import (
    DaemonTill,
    OwnTill,
    TillError,
    Wanted,
    daemon_till,
    follow,
    is_over,
    open_till,
    own_engine,
)
from tests.unit.devices.terminal.bench import Bench, run

SALE = Wanted(Kind.SALE, 1234, "EUR", sale_id="s1")


@asynccontextmanager
async def served(bench: Bench) -> AsyncIterator[Server]:
    """A daemon on the bench's terminal, in this process."""
    place = bench.place()
    journal = Journal(place.directory)
    terminal = Terminal(Engine(bench.way, Profile(bench.timers), journal))
    working = asyncio.create_task(terminal.work())
    server = Server(contract(INTERFACE), terminal)
    try:
        async with server.serving(place.socket):
            yield server
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
        journal.close()


def test_our_own_terminal(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        async with open_till(bench.place()) as till:
            assert isinstance(till, OwnTill)
            states: list[str] = []
            await follow(till, await till.authorize(SALE), 10, lambda one: states.append(one["state"]))
            assert states == ["PREPARED", "ARMED", "AUTHORISED", "CAPTURED"]
            (attempt,) = await till.unsettled()
            assert is_over(attempt)
            await till.settle(attempt["attempt_id"])
            assert await till.unsettled() == []
            assert (await till.get(attempt["attempt_id"]))["settled"]
            with pytest.raises(TillError, match="has no attempt x"):
                await till.get("x")
            with pytest.raises(TillError, match="has no attempt x"):
                await till.authorize(Wanted(Kind.REVERSAL, 5, "EUR", original="x"))
        assert bench.terminal.net() == 1234

    run(test)


def test_one_open_attempt_at_a_time(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        bench.terminal.silent = True
        async with open_till(bench.place()) as till:
            await till.authorize(SALE)
            with pytest.raises(TillError, match="is still open"):
                await till.authorize(SALE)

    run(test)


def test_patience_ends_while_the_attempt_stays_open(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        bench.terminal.silent = True
        async with open_till(bench.place()) as till:
            states: list[str] = []
            await follow(till, await till.authorize(SALE), 0.1, lambda one: states.append(one["state"]))
            assert states[-1] == "ARMED"
            other = await till.get((await till.unsettled())[0]["attempt_id"])
            assert not is_over(other)

    run(test)


def test_a_failure_of_the_work_is_not_waited_for(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        async with own_engine(bench.place()) as engine:
            till = OwnTill(engine)
            engine.journal._database.execute("DROP TABLE terminal")
            with pytest.raises(Exception, match="no such table"):
                await till.changed()
            with suppress(Exception):
                await till.stop()

    run(test)


def test_through_the_daemon(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        async with served(bench), open_till(bench.place()) as till:
            assert isinstance(till, DaemonTill)
            states: list[str] = []
            await follow(till, await till.authorize(SALE), 10, lambda one: states.append(one["state"]))
            assert states[0] == "PREPARED"
            assert states[-1] == "CAPTURED"
            (attempt,) = await till.unsettled()
            await till.settle(attempt["attempt_id"])
            assert (await till.get(attempt["attempt_id"]))["settled"]
            assert (await till.state())["channel"] == "card"
            with pytest.raises(TillError, match="UnknownAttempt"):
                await till.get("x")

    run(test)


def test_a_lane_does_not_give_its_terminal_away(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        async with served(bench), daemon_till(bench.place()) as lane, daemon_till(bench.place()) as till:
            await lane.claim()
            with pytest.raises(TillError, match="Claimed"):
                await till.authorize(SALE)

    run(test)


def test_a_daemon_that_goes_away_is_told(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        async with served(bench) as server, daemon_till(bench.place()) as till:
            await till.claim()
            await server.stop()
            with pytest.raises(TillError, match="went away"):
                await till.changed()
            with pytest.raises(TillError, match="does not answer"):
                await till.get("x")

    run(test)


def test_the_journal_is_held_but_nobody_serves(tmp_path: Path) -> None:
    async def test() -> None:
        place = Bench(tmp_path).place()
        journal = Journal(place.directory)
        with pytest.raises(TillError, match="held by another process"):
            async with open_till(place):
                pass
        with pytest.raises(TillError, match="stop it first"):
            async with own_engine(place):
                pass
        journal.close()

    run(test)
