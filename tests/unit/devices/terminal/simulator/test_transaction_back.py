"""Refunds and reversals: booked like payments, each with its own line."""

import pytest

from tests.unit.devices.terminal.simulator.bench import PAY_60_00, Bench

REVERSE_1 = "06 30 0D 00 00 00 87 00 01 04 00 00 00 00 12 34"
REFUND_5_00 = "06 31 0D 00 00 00 04 00 00 00 00 05 00 49 09 78"


def registered(script: str = "", profile: str = "standard") -> Bench:
    bench = Bench(script, profile)
    bench.register()
    return bench


def test_a_refund_is_booked_like_a_payment_and_taken_off() -> None:
    bench = registered()
    bench.pay()
    assert bench.pay(REFUND_5_00) == "06 0f 00"
    assert bench.ledger.total() == 1234 - 500


def test_a_refund_follows_its_own_rules() -> None:
    bench = registered('{"on": "refund", "do": "decline"}')
    bench.pay()
    assert bench.pay(REFUND_5_00) == "06 1e 01 05"


def test_a_reversal_undoes_a_payment_once() -> None:
    bench = registered()
    bench.pay()
    assert bench.pay(REVERSE_1) == "06 0f 00"
    status = bench.sent[-2]
    assert status.startswith("04 0f")
    assert " 0b 00 00 02 37 00 00 01 " in status
    assert " 87 00 02 " in status
    assert bench.ledger.total() == 0
    assert bench.pay(REVERSE_1) == "06 1e 01 b4"


@pytest.mark.parametrize(
    "command",
    [
        "06 30 06 00 00 00 87 00 09",
        "06 30 0D 00 00 00 87 00 01 04 00 00 00 00 99 99",
    ],
)
def test_a_reversal_that_names_no_such_payment_is_impossible(command: str) -> None:
    bench = registered()
    bench.pay()
    assert bench.pay(command) == "06 1e 01 b5"
    assert bench.ledger.total() == 1234


def test_a_reversal_without_acknowledgement_leaves_the_payment() -> None:
    bench = registered()
    bench.pay()
    bench.say(REVERSE_1)
    bench.until("04 0f")
    bench.lose()
    assert bench.states == ["stored", "reversed"]
    assert bench.ledger.total() == 1234


@pytest.mark.parametrize(
    ("line", "last", "states"),
    [
        ('"do": "decline", "code": "21"', "06 1e 01 21", ["stored", "declined"]),
        ('"do": "decline"', "06 1e 01 05", ["stored", "declined"]),
        ('"do": "cancel"', "06 1e 01 6c", ["stored"]),
        ('"do": "approve", "delay_ms": 0', "06 0f 00", ["stored", "stored"]),
    ],
)
def test_a_reversal_follows_its_own_rules(line: str, last: str, states: list[str]) -> None:
    bench = registered(f'{{"on": "reversal", {line}}}')
    bench.pay()
    assert bench.pay(REVERSE_1) == last
    assert bench.states == states


def test_a_busy_reversal() -> None:
    bench = registered('{"on": "reversal", "do": "busy"}')
    bench.pay()
    assert bench.say(REVERSE_1) == ["84 9c 00"]


def test_a_maker_that_reverses_the_last_whatever_is_named() -> None:
    bench = registered(profile="reverses_last_only")
    bench.pay()
    bench.pay(PAY_60_00)
    assert bench.pay(REVERSE_1) == "06 0f 00"
    assert " 04 00 00 00 00 60 00 " in bench.sent[-2]
    assert bench.ledger.total() == 1234
    bench.pay(REVERSE_1)
    assert bench.pay(REVERSE_1) == "06 1e 01 b5"
