"""Repeat receipt, totals and end of day."""

import pytest

from tests.unit.devices.terminal.simulator.bench import (
    OK,
    PAY_12_34,
    PAY_60_00,
    QUERY,
    REGISTER,
    REGISTER_LINES,
    Bench,
)

TOTALS_OF_TWO = (
    "60 f0 f5 f3 00 01 00 02"
    " 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
    " 02 00 00 00 00 72 34"
    " 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
)


def registered(script: str = "", profile: str = "standard", command: str = REGISTER) -> Bench:
    bench = Bench(script, profile)
    bench.register(command)
    return bench


def test_the_silent_query_repeats_the_status_and_nothing_else() -> None:
    bench = registered(command=REGISTER_LINES)
    bench.pay()
    (booked,) = [message for message in bench.sent if message.startswith("04 0f")]
    assert bench.say(QUERY) == [OK, booked]
    assert bench.say(OK) == ["06 0f 00"]
    bench.say(OK)
    assert bench.states == ["stored"]


def test_the_query_survives_its_own_answer_being_lost() -> None:
    bench = registered()
    bench.pay()
    bench.say(QUERY)
    bench.lose()
    assert not bench.terminal.busy
    assert bench.states == ["stored"]


@pytest.mark.parametrize(
    ("command", "kinds"),
    [
        ("06 20 03 00 00 00", {"06 d1"}),
        ("06 20 05 00 00 00 03 01", {"04 0f", "06 d1"}),
        ("06 20 05 00 00 00 03 02", set()),
    ],
)
def test_the_service_byte_says_what_is_repeated(command: str, kinds: set[str]) -> None:
    bench = registered(command=REGISTER_LINES)
    bench.pay()
    before = len(bench.sent)
    bench.pay(command)
    fresh = {message[:5] for message in bench.sent[before:]}
    assert fresh == {"80 00", "06 0f"} | kinds


def test_a_maker_that_ignores_the_service_byte_just_completes() -> None:
    bench = registered(profile="bare_repeat")
    bench.pay()
    assert bench.say(QUERY) == [OK, "06 0f 00"]


def test_a_new_terminal_has_nothing_to_repeat() -> None:
    bench = registered()
    assert bench.say(QUERY) == [OK, "06 1e 01 ff"]
    assert bench.say(OK) == []
    assert not bench.terminal.busy


def test_after_an_automatic_reversal_the_record_before_it_is_repeated() -> None:
    bench = registered()
    bench.pay()
    bench.say(PAY_60_00)
    bench.until("04 0f")
    bench.lose()
    bench.connect()
    assert " 04 00 00 00 00 12 34 " in bench.say(QUERY)[1]


def test_a_declined_payment_is_repeated_as_declined() -> None:
    bench = registered('{"on": "payment", "do": "decline", "code": "33"}')
    bench.pay()
    assert "27 33 " in bench.say(QUERY)[1]


def test_the_repeated_status_can_be_bent_too() -> None:
    bench = registered('{"on": "repeat", "do": "wrong_amount"}')
    bench.pay()
    assert " 04 00 00 00 00 12 35 " in bench.say(QUERY)[1]


def test_a_stale_memory_repeats_the_record_before() -> None:
    bench = registered('{"on": "repeat", "do": "stale", "repeat": true}')
    bench.pay()
    assert " 04 00 00 00 00 12 34 " in bench.say(QUERY)[1]
    bench.until("06 0f")
    bench.say(OK)
    bench.pay(PAY_60_00)
    assert " 04 00 00 00 00 12 34 " in bench.say(QUERY)[1]


def test_totals_count_without_closing() -> None:
    bench = registered()
    bench.pay()
    bench.pay(PAY_60_00)
    answer = bench.say("06 10 03 00 00 00")
    assert answer[0] == OK
    assert TOTALS_OF_TWO in answer[1]
    assert " 04 00 00 00 00 72 34 " in answer[1]
    assert bench.say(OK) == ["06 0f 00"]
    assert len(bench.ledger.batch()) == 2


def test_end_of_day_reports_the_sums_closes_and_is_what_06_20_repeats() -> None:
    bench = registered(command=REGISTER_LINES)
    bench.pay()
    bench.pay(PAY_60_00)
    bench.say("06 50 03 00 00 00")
    closing = bench.until("04 0f")
    assert TOTALS_OF_TWO in closing
    assert " 87 00 02 88 " not in closing
    bench.until("06 0f")
    bench.say(OK)
    assert bench.ledger.batch() == []
    assert "Kassenschnitt".encode("cp437").hex(" ") in " ".join(bench.sent)
    bench.sent.clear()
    assert bench.say("06 20 05 00 00 00 03 01")[1] == closing
    bench.until("06 0f")
    bench.say(OK)
    assert bench.pay() == "06 0f 00"
    assert bench.ledger.total() == 1234 + 6000 + 1234


def test_an_empty_day_closes_with_zero() -> None:
    bench = registered('{"on": "end_of_day", "do": "approve", "delay_ms": 5}')
    assert bench.pay("06 50 03 00 00 00") == "06 0f 00"
    assert bench.now == 5
    assert " 04 00 00 00 00 00 00 " in bench.sent[-2]


def test_a_payment_of_a_closed_day_can_no_longer_be_reversed() -> None:
    bench = registered()
    bench.pay()
    bench.pay("06 50 03 00 00 00")
    assert bench.pay("06 30 06 00 00 00 87 00 01") == "06 1e 01 b5"
    assert bench.say(PAY_12_34)[0] == OK
