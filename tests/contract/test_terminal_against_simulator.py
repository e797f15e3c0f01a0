"""The driver against the simulator, which shares no code with it, over real TCP and pseudo terminals."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from devices.link.client import Client
from devices.link.contracts import contract
from devices.terminal.attempt import AttemptState, Kind
from devices.terminal.book import read_only
from devices.terminal.daemon import INTERFACE
from devices.terminal.till import DaemonTill, Wanted, daemon_till, is_over, open_till
from devices.terminal.zvt.commands import CONFIG_BLOCKS
from tests.contract.terminal_fixture import LONGEST_S, TIMERS, Terminal, eventually, pay, see, simulator

UNCHARGED = {"DECLINED", "CANCELLED", "NOT_CHARGED", "REVERSED"}


def _run(test: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(test(), 4 * LONGEST_S))


def _agrees(attempt: dict[str, Any], net: int) -> None:
    """What the lane is told is what the terminal's ledger holds."""
    if attempt["state"] == "CAPTURED":
        assert net == attempt["amount_minor"]
    else:
        assert attempt["state"] in UNCHARGED
        assert net == 0


@pytest.mark.parametrize("pty", [False, True], ids=["tcp", "serial"])
def test_approve_decline_cancel_reverse_refund(tmp_path: Path, pty: bool) -> None:  # noqa: FBT001 - a parameter
    async def test() -> None:
        async with simulator(tmp_path, pty=pty) as terminal, open_till(terminal.place()) as till:
            paid = await pay(till, 1010)  # packs a 10, which the serial line doubles
            assert paid["state"] == "CAPTURED"
            assert paid["result"]["last4"]
            assert (terminal.net(), paid["result"]["amount_minor"]) == (1010, 1010)

            undo = await till.authorize(Wanted(Kind.REVERSAL, 1010, "EUR", original=paid["attempt_id"]))
            undo = await see(till, undo)
            assert undo["state"] == "CAPTURED"
            assert (await till.get(paid["attempt_id"]))["state"] == "REVERSED"
            assert terminal.net() == 0

            back = await pay(till, 300, Kind.REFUND)
            assert back["state"] == "CAPTURED"
            assert terminal.net() == -300

    _run(test)


@pytest.mark.parametrize(
    ("do", "state"), [("decline", "DECLINED"), ("cancel", "CANCELLED"), ("busy", "DECLINED")]
)
def test_not_charged(tmp_path: Path, do: str, state: str) -> None:
    async def test() -> None:
        script = tmp_path / "script"
        script.write_text(json.dumps({"on": "payment", "amount": "5.55", "do": do}) + "\n")
        async with simulator(tmp_path, "--script", str(script)) as terminal:
            async with open_till(terminal.place()) as till:
                refused = await pay(till, 555)
                assert refused["state"] == state
                assert terminal.net() == 0
                assert (await pay(till, 556))["state"] == "CAPTURED"
            assert terminal.net() == 556

    _run(test)


def test_the_shopper_cancels_at_the_screen(tmp_path: Path) -> None:
    async def test() -> None:
        script = tmp_path / "script"
        script.write_text(
            json.dumps({"on": "payment", "amount": "7.00", "do": "slow", "delay_ms": 20000}) + "\n"
        )
        async with simulator(tmp_path, "--script", str(script)) as terminal, _daemon(terminal) as till:
            attempt = await till.authorize(Wanted(Kind.SALE, 700, "EUR"))
            while attempt["state"] != "ARMED":
                attempt = await till.changed()
            await till._call("Cancel", {"attempt_id": attempt["attempt_id"]})
            attempt = await see(till, attempt)
            assert attempt["state"] == "CANCELLED"
            assert terminal.net() == 0

    _run(test)


# Bytes of a payment by TCP, from 06 01 on. In: 15 of the command, 3 for each 04 FF, 3 for 04 0F, 3 for 06 0F.
OUT = [0, 3, 60, 124, 128]
IN = [1, 15, 28, 30]


@pytest.mark.parametrize("do", ["drop", "rst"])
def test_the_link_drops_at_a_byte_and_the_lane_hears_what_the_ledger_holds(tmp_path: Path, do: str) -> None:
    async def test() -> None:
        async with simulator(tmp_path) as terminal, open_till(terminal.place()) as till:
            states = set()
            for direction, bytes_in in (("out", OUT), ("in", IN)):
                for place in bytes_in if do == "drop" else bytes_in[1::2]:
                    before = terminal.net()
                    await terminal.say(
                        {"at_byte": place, "direction": direction, "do": do, "from": "payment"}
                    )
                    attempt = await pay(till, 1000 + place)
                    _agrees(attempt, terminal.net() - before)
                    states.add(attempt["state"])
            assert states == {"CAPTURED", "NOT_CHARGED"}

    _run(test)


@pytest.mark.long
def test_the_link_drops_at_every_byte(tmp_path: Path) -> None:
    async def test() -> None:
        async with simulator(tmp_path) as terminal, open_till(terminal.place()) as till:
            for direction, size in (("out", 140), ("in", 30)):
                for place in range(size):
                    before = terminal.net()
                    await terminal.say(
                        {"at_byte": place, "direction": direction, "do": "drop", "from": "payment"}
                    )
                    _agrees(await pay(till, 1000 + place), terminal.net() - before)

    asyncio.run(test())


@pytest.mark.parametrize(("direction", "place"), [("out", 0), ("out", 60), ("in", 16), ("out", 128)])
def test_the_terminal_loses_power(tmp_path: Path, direction: str, place: int) -> None:
    """A terminal that has lost its registration was restarted: no need to wait for its quiet time."""

    async def test() -> None:
        slow = replace(TIMERS, t4=60.0)
        async with simulator(tmp_path, timers=slow) as terminal, open_till(terminal.place()) as till:
            assert (await pay(till, 1))["state"] == "CAPTURED"
            rule = {"at_byte": place, "direction": direction, "do": "power_off", "ms": 300, "from": "payment"}
            await terminal.say(rule)
            attempt = await pay(till, 2000)
            _agrees(attempt, terminal.net() - 1)

    _run(test)


@pytest.mark.parametrize("do", ["wrong_amount", "wrong_terminal", "wrong_currency"])
def test_an_approval_that_does_not_fit_is_refused_and_reversed(tmp_path: Path, do: str) -> None:
    async def test() -> None:
        async with simulator(tmp_path) as terminal, open_till(terminal.place()) as till:
            assert (await pay(till, 1))["state"] == "CAPTURED"
            await terminal.say({"on": "status", "do": do})
            attempt = await pay(till, 2000)
            assert attempt["state"] == "NOT_CHARGED"
            assert attempt["evidence"]
            assert terminal.net() == 1

    _run(test)


def test_a_repeated_approval_counts_once(tmp_path: Path) -> None:
    async def test() -> None:
        async with simulator(tmp_path) as terminal, open_till(terminal.place()) as till:
            await terminal.say({"on": "status", "do": "duplicate"})
            assert (await pay(till, 2000))["state"] == "CAPTURED"
            assert terminal.net() == 2000

    _run(test)


def test_success_taken_back_is_asked_about(tmp_path: Path) -> None:
    async def test() -> None:
        async with simulator(tmp_path) as terminal, open_till(terminal.place()) as till:
            await terminal.say({"on": "status", "do": "abort_after"})
            _agrees(await pay(till, 2000), terminal.net())

    _run(test)


def test_a_card_number_in_the_clear_is_kept_nowhere(tmp_path: Path) -> None:
    async def test() -> None:
        async with simulator(tmp_path) as terminal:
            async with open_till(terminal.place()) as till:
                await terminal.say({"on": "status", "do": "clear_pan"})
                paid = await pay(till, 2000)
            assert len(paid["result"]["last4"]) == 4
            written = b"".join(path.read_bytes() for path in (tmp_path / "state").iterdir())
            for pan in (
                b"6725900000000000018",
                b"5500005555555559",
                b"4111111111111111",
                b"6759649826438453",
            ):
                assert pan not in written
                assert bytes.fromhex(pan.decode().ljust(20, "f")[: len(pan) // 2 * 2]) not in written

    _run(test)


def test_the_terminal_composes_the_receipt_and_its_lines_come_with_the_result(tmp_path: Path) -> None:
    async def test() -> None:
        async with simulator(tmp_path) as terminal:
            place = terminal.place()
            place = replace(place, profile=replace(place.profile, config=CONFIG_BLOCKS))
            async with open_till(place) as till:
                paid = await pay(till, 2000)
                assert paid["state"] == "CAPTURED"
                assert any("20,00" in line for line in paid["result"]["receipt_lines"])
            assert terminal.net() == 2000

    _run(test)


def test_the_terminal_is_away_before_anything_is_sent(tmp_path: Path) -> None:
    async def test() -> None:
        async with simulator(tmp_path) as terminal:
            place = terminal.place()
        async with open_till(place) as till:
            attempt = await pay(till, 2000)
            assert attempt["state"] == "NOT_CHARGED"
            assert "cannot be reached" in attempt["reason"]

    _run(test)


# The daemon, as the lane has it.


@asynccontextmanager
async def _process(terminal: Terminal) -> AsyncIterator[asyncio.subprocess.Process]:
    place = terminal.place()
    times = terminal.timers
    way = str(terminal.address).partition(":")
    waits = f"t1={times.t1},t2={times.t2},t3={times.t3},t4={times.t4}"
    folders = ["--state", str(place.directory), "--link", str(place.socket.parent)]
    command = [
        sys.executable,
        "-m",
        "devices.terminal",
        "run",
        f"--{way[0]}",
        way[2],
        *folders,
        "--timers",
        waits,
    ]
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.DEVNULL)

    async def served() -> bool:
        if not place.socket.exists():
            return False
        try:
            async with await Client.open(place.socket, contract(INTERFACE)):
                return True
        except ConnectionError:
            return False

    try:
        await eventually(served)
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            await process.wait()


@asynccontextmanager
async def _daemon(terminal: Terminal) -> AsyncIterator[DaemonTill]:
    async with _process(terminal), daemon_till(terminal.place()) as till:
        await till.claim()
        yield till


async def _kill_at(terminal: Terminal, state: str, amount_minor: int) -> str:
    """Have a daemon take a payment, kill it when the attempt is in `state`; return the attempt's id."""
    async with _process(terminal) as process, daemon_till(terminal.place()) as till:
        await till.claim()
        attempt = await till.authorize(Wanted(Kind.SALE, amount_minor, "EUR"))
        while attempt["state"] != state:
            attempt = await till.changed()
        process.kill()
        await process.wait()
        return str(attempt["attempt_id"])


@pytest.mark.parametrize("state", ["PREPARED", "ARMED", "AUTHORISED", "CAPTURED"])
@pytest.mark.parametrize("pty", [False, True], ids=["tcp", "serial"])
def test_the_daemon_is_killed_and_the_next_finds_out(tmp_path: Path, state: str, pty: bool) -> None:  # noqa: FBT001
    async def test() -> None:
        async with simulator(tmp_path, pty=pty) as terminal:
            async with open_till(terminal.place()) as till:
                assert (await pay(till, 3000))["state"] == "CAPTURED"  # the same amount was paid before
            attempt_id = await _kill_at(terminal, state, 3000)
            async with _daemon(terminal) as till:
                told = {one["attempt_id"]: one for one in await till.unsettled()}
                assert attempt_id in told
                attempt = told[attempt_id]
                attempt = await see(till, attempt)
                _agrees(attempt, terminal.net() - 3000)
                await till.settle(attempt_id)
                assert (await pay(till, 1))["state"] == "CAPTURED"

    _run(test)


def test_a_charge_found_after_the_sale_was_given_up_is_reversed(tmp_path: Path) -> None:
    async def test() -> None:
        async with simulator(tmp_path) as terminal:
            attempt_id = await _kill_at(terminal, "CAPTURED", 3000)
            assert terminal.net() == 3000
            async with _daemon(terminal) as till:
                await till._call("Abandon", {"attempt_id": attempt_id})
                attempt = await till.get(attempt_id)
                while attempt["state"] != "REVERSED":
                    attempt = await till.changed()
                    if attempt["attempt_id"] != attempt_id:
                        attempt = await till.get(attempt_id)
            assert terminal.net() == 0

    _run(test)


def test_given_up_while_the_shopper_still_pays_the_approval_is_vetoed(tmp_path: Path) -> None:
    async def test() -> None:
        script = tmp_path / "script"
        script.write_text(
            json.dumps({"on": "payment", "amount": "7.00", "do": "approve", "delay_ms": 1200}) + "\n"
        )
        async with simulator(tmp_path, "--script", str(script)) as terminal, _daemon(terminal) as till:
            attempt = await till.authorize(Wanted(Kind.SALE, 700, "EUR"))
            while attempt["state"] != "ARMED":
                attempt = await till.changed()
            await till._call("Abandon", {"attempt_id": attempt["attempt_id"]})
            attempt = await see(till, attempt)
            assert attempt["state"] == "NOT_CHARGED"
            assert {row["state"] for row in terminal.rows()} == {"reversed"}

    _run(test)


def test_the_terminal_comes_and_goes_and_the_state_says_so(tmp_path: Path) -> None:
    async def test() -> None:
        async with simulator(tmp_path) as terminal, _daemon(terminal) as till:

            async def is_(power: str) -> bool:
                return bool((await till.state())["power"] == power)

            await eventually(lambda: is_("Online"))
            await terminal.say({"key": "pull_cable"})
            await eventually(lambda: is_("Offline"))
            await terminal.say({"key": "plug_cable"})
            await eventually(lambda: is_("Online"))
            assert (await till.state())["registered"]

    _run(test)


def test_two_processes_cannot_hold_one_journal(tmp_path: Path) -> None:
    async def test() -> None:
        async with simulator(tmp_path) as terminal, _daemon(terminal) as till:
            async with open_till(terminal.place()) as other:
                assert isinstance(other, DaemonTill)
            assert is_over(await pay(till, 1))
        book = read_only(terminal.place().directory)
        assert book is not None
        assert [one.state for one in book.attempts()] == [AttemptState.CAPTURED]
        book.close()

    _run(test)
