import argparse
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from devices.terminal import orders
from devices.terminal.attempt import AttemptEvent, AttemptState, Kind
from devices.terminal.book import Attempt
from devices.terminal.journal import Journal
from devices.terminal.steps import Change, Timers
from devices.terminal.till import Place, TillError
from tests.unit.devices.terminal.bench import Bench, run
from tests.unit.devices.terminal.test_till import served

E = AttemptEvent
Lines = list[dict[str, Any]]


class Teller:
    """Gives orders and reads the answers."""

    def __init__(self, bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
        self.bench = bench
        self._capsys = capsys

    async def __call__(
        self, order: Callable[[Place, argparse.Namespace], Awaitable[int]], **options: object
    ) -> tuple[int, Lines]:
        given = {"amount": 1234, "sale": None, "timeout": None} | options
        code = await order(self.bench.place(), argparse.Namespace(**given))
        return code, [json.loads(line) for line in self._capsys.readouterr().out.splitlines()]


@pytest.fixture
def teller(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Teller:
    return Teller(Bench(tmp_path), capsys)


def _leave(teller: Teller, *events: E, attempt_id: str = "a") -> None:
    """Have a process stop in the middle of a payment."""
    journal = Journal(teller.bench.place().directory)
    journal.prepare(Attempt(attempt_id, "card", Kind.SALE, AttemptState.PREPARED, 1234, "EUR"))
    for event in events:
        journal.apply(Change(attempt_id, event))
    journal.close()


def test_pay_tells_each_state_and_ends_with_the_outcome(teller: Teller) -> None:
    async def test() -> None:
        code, lines = await teller(orders.pay, sale="s1")
        assert code == orders.DONE
        assert [line["state"] for line in lines] == ["PREPARED", "ARMED", "AUTHORISED", "CAPTURED"]
        assert lines[-1]["receipt_no"] == "0001"
        _, listed = await teller(orders.attempts)
        assert [line["state"] for line in listed] == ["CAPTURED"]

    run(test)


def test_pay_declined(teller: Teller) -> None:
    async def test() -> None:
        teller.bench.terminal.declines = True
        code, lines = await teller(orders.pay)
        assert (code, lines[-1]["state"]) == (orders.NOT_CHARGED, "DECLINED")

    run(test)


def test_pay_at_a_terminal_that_is_away(teller: Teller) -> None:
    async def test() -> None:
        teller.bench.plugged = False
        code, lines = await teller(orders.pay)
        assert (code, lines[-1]["state"]) == (orders.NOT_CHARGED, "NOT_CHARGED")
        assert "unplugged" in lines[-1]["sentence"]

    run(test)


def test_pay_gives_up_waiting_but_not_the_attempt_and_recover_finishes_it(teller: Teller) -> None:
    async def test() -> None:
        teller.bench.terminal.silent = True
        code, lines = await teller(orders.pay, timeout=0.15)
        assert (code, lines[-1]["state"]) == (orders.UNKNOWN, "ARMED")
        teller.bench.terminal.silent = False
        code, lines = await teller(orders.recover)
        assert (code, lines[-1]["state"]) == (orders.NOT_CHARGED, "NOT_CHARGED")

    run(test)


def test_pay_sees_an_older_doubt_through_first(teller: Teller) -> None:
    async def test() -> None:
        _leave(teller, E.ARM)
        code, lines = await teller(orders.pay)
        assert code == orders.DONE
        assert [line["state"] for line in lines[:3]] == ["ARMED", "UNCERTAIN", "ESCALATED"]
        assert lines[-1]["state"] == "CAPTURED"

    run(test)


def test_pay_is_refused_while_an_older_doubt_stays_one(teller: Teller) -> None:
    async def test() -> None:
        _leave(teller, E.ARM)
        teller.bench.plugged = False
        code, lines = await teller(orders.pay, timeout=0.1)
        assert (code, lines[-1]["attempt"], lines[-1]["state"]) == (orders.UNKNOWN, "a", "UNCERTAIN")

    run(test)


def test_recover_tells_again_what_was_found_and_that_there_is_nothing(teller: Teller) -> None:
    async def test() -> None:
        assert await teller(orders.recover) == (
            orders.DONE,
            [{"attempt": None, "state": None, "sentence": "The journal has no attempt."}],
        )
        _leave(teller, E.ARM, E.APPROVE, E.COMPLETE)
        for _ in range(2):
            code, lines = await teller(orders.recover)
            assert (code, lines[-1]["state"]) == (orders.DONE, "CAPTURED")
        _leave(teller, E.ARM, attempt_id="b")
        code, lines = await teller(orders.recover)
        assert (code, lines[-1]["state"]) == (orders.UNKNOWN, "ESCALATED")

    run(test)


def test_recover_does_not_keep_the_money_of_a_sale_that_was_given_up(teller: Teller) -> None:
    async def test() -> None:
        _leave(teller, E.ARM, E.APPROVE, E.COMPLETE)
        journal = Journal(teller.bench.place().directory)
        journal.abandon("a")
        journal.close()
        _, lines = await teller(orders.recover)
        assert [line["attempt"] for line in lines] == ["a", "a"]
        assert "cannot be settled yet" in lines[-1]["sentence"]
        assert "reversed first" in lines[-1]["sentence"]
        journal = Journal(teller.bench.place().directory)
        assert not journal.get("a").settled
        assert journal.owed_reversal(lambda: "r") is not None
        journal.close()

    run(test)


def test_reverse_ends_with_the_payment_reversed(teller: Teller) -> None:
    async def test() -> None:
        _, lines = await teller(orders.pay)
        attempt_id = lines[-1]["attempt"]
        code, lines = await teller(orders.reverse, attempt=attempt_id)
        assert (code, lines[-1]["attempt"], lines[-1]["state"]) == (orders.DONE, attempt_id, "REVERSED")
        assert teller.bench.terminal.net() == 0
        with pytest.raises(TillError, match="is REVERSED"):
            await teller(orders.reverse, attempt=attempt_id)

    run(test)


def test_reverse_what_is_not_the_last_payment(teller: Teller) -> None:
    async def test() -> None:
        _, lines = await teller(orders.pay)
        await teller(orders.pay, amount=5)
        code, lines = await teller(orders.reverse, attempt=lines[-1]["attempt"])
        assert (code, lines[-1]["state"]) == (orders.NOT_CHARGED, "CAPTURED")
        assert "Not reversed." in lines[-1]["sentence"]

    run(test)


def test_reverse_declined_needs_a_person(teller: Teller) -> None:
    async def test() -> None:
        _, lines = await teller(orders.pay)
        teller.bench.terminal.declines = True
        code, lines = await teller(orders.reverse, attempt=lines[-1]["attempt"])
        assert (code, lines[-1]["state"]) == (orders.UNKNOWN, "ESCALATED")

    run(test)


def test_reverse_that_hangs_is_unknown(teller: Teller) -> None:
    async def test() -> None:
        _, lines = await teller(orders.pay)
        teller.bench.terminal.status = 0x9C
        teller.bench.timers = Timers(t3=5, t4=5)
        code, lines = await teller(orders.reverse, attempt=lines[-1]["attempt"], timeout=0.1)
        assert (code, lines[-1]["state"]) == (orders.NOT_CHARGED, "CAPTURED")

    run(test)


def test_reverse_what_nobody_knows(teller: Teller) -> None:
    async def test() -> None:
        with pytest.raises(TillError, match="no attempt x"):
            await teller(orders.reverse, attempt="x")
        await teller(orders.pay)
        with pytest.raises(TillError, match="no attempt x"):
            await teller(orders.reverse, attempt="x")

    run(test)


def test_refund(teller: Teller) -> None:
    async def test() -> None:
        code, lines = await teller(orders.refund, amount=300)
        assert (code, lines[-1]["kind"], lines[-1]["state"]) == (orders.DONE, "refund", "CAPTURED")

    run(test)


def test_status_and_login(teller: Teller) -> None:
    async def test() -> None:
        code, (line,) = await teller(orders.status)
        assert (code, line["power"], line["ready"], line["open_attempt"]) == (
            orders.DONE,
            "Online",
            True,
            None,
        )
        code, (line,) = await teller(orders.login)
        assert (code, line["recovery_query"]) == (orders.DONE, True)
        teller.bench.plugged = False
        for order in (orders.status, orders.login):
            code, (line,) = await teller(order)
            assert (code, line["power"], line["ready"]) == (orders.NOT_CHARGED, "Offline", False)

    run(test)


def test_login_and_end_of_day_wait_for_an_open_attempt(teller: Teller) -> None:
    async def test() -> None:
        _leave(teller, E.ARM)
        _, (line,) = await teller(orders.status)
        assert line["open_attempt"] == "a"
        for order in (orders.login, orders.end_of_day):
            with pytest.raises(TillError, match="still open"):
                await teller(order)

    run(test)


def test_end_of_day(teller: Teller) -> None:
    async def test() -> None:
        await teller(orders.pay)
        code, (line,) = await teller(orders.end_of_day)
        assert (code, line["total"], line["lines"]) == (orders.DONE, "12.34", ["Ende"])
        teller.bench.plugged = False
        code, (line,) = await teller(orders.end_of_day)
        assert (code, line["done"]) == (orders.NOT_CHARGED, False)

    run(test)


def test_commission_pays_asks_and_reverses(teller: Teller) -> None:
    async def test() -> None:
        code, lines = await teller(orders.commission, amount=1)
        assert code == orders.DONE
        assert (lines[-1]["recovery_query"], lines[-1]["state"]) == (True, "REVERSED")
        assert teller.bench.terminal.net() == 0

    run(test)


def test_commission_of_a_terminal_that_will_not(teller: Teller) -> None:
    async def test() -> None:
        teller.bench.terminal.declines = True
        code, lines = await teller(orders.commission, amount=1)
        assert (code, lines[-1]["state"]) == (orders.NOT_CHARGED, "DECLINED")
        teller.bench.plugged = False
        code, _ = await teller(orders.commission, amount=1)
        assert code == orders.NOT_CHARGED

    run(test)


def test_commission_finds_out_that_the_query_shows_something_else(teller: Teller) -> None:
    async def test() -> None:
        teller.bench.terminal.forgets = True
        code, lines = await teller(orders.commission, amount=1)
        assert (code, lines[-1]["recovery_query"]) == (orders.NOT_CHARGED, False)
        assert "must not be used" in lines[-1]["sentence"]

    run(test)


def test_through_the_daemon_that_holds_the_terminal(teller: Teller) -> None:
    async def test() -> None:
        async with served(teller.bench):
            code, lines = await teller(orders.pay)
            assert (code, lines[-1]["state"]) == (orders.DONE, "CAPTURED")
            attempt_id = lines[-1]["attempt"]
            code, (line,) = await teller(orders.status)
            assert (code, line["channel"]) == (orders.DONE, "card")
            code, lines = await teller(orders.recover)
            assert (code, lines[-1]["state"]) == (orders.DONE, "CAPTURED")
            code, lines = await teller(orders.reverse, attempt=attempt_id)
            assert (code, lines[-1]["state"]) == (orders.DONE, "REVERSED")
            with pytest.raises(TillError, match="stop it first"):
                await teller(orders.end_of_day)

    run(test)


def test_a_daemon_without_its_terminal_is_not_ready(teller: Teller) -> None:
    async def test() -> None:
        teller.bench.plugged = False
        async with served(teller.bench):
            code, _ = await teller(orders.status)
            assert code == orders.NOT_CHARGED

    run(test)


@pytest.mark.parametrize("state", AttemptState)
def test_an_exit_code_for_every_state(state: AttemptState) -> None:
    code = orders.exit_code(state)
    assert code in {orders.DONE, orders.NOT_CHARGED, orders.UNKNOWN}
    assert (code == orders.DONE) == (state in {AttemptState.CAPTURED, AttemptState.REVERSED})
