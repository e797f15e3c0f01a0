import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from devices.link.client import Client
from devices.link.contracts import contract
from devices.link.messages import CallError
from devices.link.server import Server
from devices.terminal.attempt import AttemptEvent
from devices.terminal.daemon import INTERFACE, Terminal
from devices.terminal.engine import Engine
from devices.terminal.journal import Journal
from devices.terminal.steps import Change, Profile, Timers
from tests.unit.devices.terminal.bench import Bench, run

SALE = {
    "attempt_id": "a",
    "kind": "sale",
    "amount_minor": 1234,
    "currency": "EUR",
    "original": None,
    "printer_ready": True,
}


@asynccontextmanager
async def _served(bench: Bench, *, work: bool = True) -> AsyncIterator[tuple[Client, Engine]]:
    place = bench.place()
    journal = Journal(place.directory)
    engine = Engine(bench.way, Profile(bench.timers), journal)
    terminal = Terminal(engine)
    working = asyncio.create_task(terminal.work()) if work else None
    try:
        async with (
            Server(contract(INTERFACE), terminal).serving(place.socket),
            await Client.open(place.socket, contract(INTERFACE)) as client,
        ):
            yield client, engine
    finally:
        if working is not None:
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working
        await engine.close()
        journal.close()


async def _claimed(client: Client) -> Client:
    await client.call("Claim", {"client": "lane", "timeout_ms": 0})
    return client


async def _until(client: Client, state: str, attempt_id: str = "a") -> dict[str, Any]:
    while True:
        attempt: dict[str, Any] = (await client.call("GetAttempt", {"attempt_id": attempt_id}))["attempt"]
        if attempt["state"] == state:
            return attempt
        await asyncio.sleep(0.01)


def test_a_payment_as_the_lane_asks_for_it(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        async with (
            _served(bench) as (client, _),
            await Client.open(bench.place().socket, contract(INTERFACE)) as listener,
        ):
            stream = listener.call_more("Subscribe", {"since_boot_id": None, "since_seq": None})
            await _claimed(client)
            prepared = (await client.call("AuthorizeSales", SALE))["attempt"]
            assert prepared["state"] == "PREPARED"
            seen: list[str] = []
            codes: list[str] = []
            async for reply in stream:
                event = reply["event"]
                if event["attempt"]:
                    seen.append(event["attempt"]["state"])
                if event["display"]:
                    codes.append(event["display"]["code"])
                if seen[-1:] == ["CAPTURED"]:
                    break
            assert list(dict.fromkeys(seen)) == ["PREPARED", "ARMED", "AUTHORISED", "CAPTURED"]
            assert codes == ["see_terminal"]
            (owed,) = (await client.call("ListUnsettled"))["attempts"]
            assert owed["result"]["receipt_no"] == "0001"
            assert (await client.call("Settle", {"attempt_id": "a"}))["attempt"]["settled"]
            assert (await client.call("ListUnsettled"))["attempts"] == []
            again = (await client.call("AuthorizeSales", SALE))["attempt"]
            assert again["state"] == "CAPTURED"
            await client.call("Release")
        assert bench.terminal.net() == 1234

    run(test)


def test_the_state_tells_what_is_open(tmp_path: Path) -> None:
    async def test() -> None:
        async with _served(Bench(tmp_path), work=False) as (client, _):
            await _claimed(client)
            await client.call("AuthorizeSales", SALE)
            state = (await client.call("GetState"))["state"]
            assert (state["open_attempt"], state["busy"], state["power"]) == ("a", True, "Unknown")
            assert (state["channel"], state["currency"]) == ("card", "EUR")

    run(test)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"attempt_id": "b"}, "Busy"),
        ({"amount_minor": 5}, "Mismatch"),
        ({"attempt_id": "b", "currency": "CHF"}, "Unavailable"),
        ({"attempt_id": "b", "amount_minor": 0}, "Unavailable"),
        ({"attempt_id": "b", "kind": "reversal"}, "Unavailable"),
        ({"attempt_id": "b", "kind": "reversal", "original": "x"}, "UnknownAttempt"),
    ],
)
def test_what_is_refused(tmp_path: Path, changes: dict[str, Any], error: str) -> None:
    async def test() -> None:
        async with _served(Bench(tmp_path), work=False) as (client, _):
            await _claimed(client)
            await client.call("AuthorizeSales", SALE)
            with pytest.raises(CallError) as caught:
                await client.call("AuthorizeSales", SALE | changes)
            assert caught.value.short == error

    run(test)


@pytest.mark.parametrize(
    ("method", "extra"),
    [
        ("AuthorizeSales", {k: v for k, v in SALE.items() if k != "attempt_id"}),
        ("Cancel", {}),
        ("Settle", {}),
        ("Abandon", {}),
        ("Resolve", {"outcome": "CAPTURED", "person": "Kim", "reason": "x"}),
    ],
)
def test_only_the_lane_that_claimed_it_may_act(tmp_path: Path, method: str, extra: dict[str, Any]) -> None:
    async def test() -> None:
        async with _served(Bench(tmp_path), work=False) as (client, _):
            with pytest.raises(CallError) as caught:
                await client.call(method, {"attempt_id": "a", **extra})
            assert caught.value.short == "NotClaimed"

    run(test)


@pytest.mark.parametrize(
    ("method", "extra"),
    [
        ("Cancel", {}),
        ("Settle", {}),
        ("GetAttempt", {}),
        ("Resolve", {"outcome": "CAPTURED", "person": "Kim", "reason": "x"}),
    ],
)
def test_attempts_nobody_knows(tmp_path: Path, method: str, extra: dict[str, Any]) -> None:
    async def test() -> None:
        async with _served(Bench(tmp_path), work=False) as (client, _):
            await _claimed(client)
            with pytest.raises(CallError) as caught:
                await client.call(method, {"attempt_id": "x", **extra})
            assert caught.value.short == "UnknownAttempt"

    run(test)


def test_what_is_open_cannot_be_settled_nor_resolved(tmp_path: Path) -> None:
    async def test() -> None:
        async with _served(Bench(tmp_path), work=False) as (client, engine):
            await _claimed(client)
            await client.call("AuthorizeSales", SALE)
            with pytest.raises(CallError) as caught:
                await client.call("Settle", {"attempt_id": "a"})
            assert (caught.value.short, caught.value.parameters["state"]) == ("Open", "PREPARED")
            said = {"attempt_id": "a", "outcome": "CAPTURED", "person": "Kim", "reason": "seen"}
            with pytest.raises(CallError) as caught:
                await client.call("Resolve", said)
            assert (caught.value.short, caught.value.parameters["state"]) == ("NotEscalated", "PREPARED")
            for event in (AttemptEvent.ARM, AttemptEvent.DOUBT, AttemptEvent.GIVE_UP):
                engine.journal_change(Change("a", event))
            assert (await client.call("Resolve", said))["attempt"]["state"] == "CAPTURED"

    run(test)


def test_a_cancel_and_a_sale_given_up(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path, timers=Timers(t3=0.25, t4=30))
        bench.terminal.silent = True
        async with _served(bench) as (client, _):
            await _claimed(client)
            await client.call("AuthorizeSales", SALE)
            await _until(client, "ARMED")
            assert (await client.call("Cancel", {"attempt_id": "a"}))["accepted"]
            await _until(client, "CANCELLED")
            assert not (await client.call("Cancel", {"attempt_id": "a"}))["accepted"]
            never = (await client.call("Abandon", {"attempt_id": "z"}))["attempt"]
            assert (never["state"], never["abandoned"]) == ("NOT_CHARGED", True)
            assert (await client.call("AuthorizeSales", SALE | {"attempt_id": "z"}))["attempt"][
                "state"
            ] == "NOT_CHARGED"

    run(test)
