from dataclasses import replace

import pytest

from devices.terminal.evidence import EMPTY, Record, Result, record_of, result_of, same_booking
from devices.terminal.zvt.card import MaskedPan
from devices.terminal.zvt.status import StatusInformation

STATUS = StatusInformation(
    result=0,
    amount_minor=1234,
    currency="0978",
    receipt_no="0042",
    trace="000777",
    turnover_no="000900",
    terminal_id="52500041",
    authorisation="611804",
    card_name="girocard",
    pan=MaskedPan("0018"),
    technology="nfc",
    date="1123",
    time="120000",
)
RESULT = result_of(STATUS, amount_minor=1234, currency="EUR")


def test_the_record_is_what_recovery_compares() -> None:
    assert record_of(STATUS) == Record(
        terminal_id="52500041",
        receipt_no="0042",
        trace="000777",
        turnover_no="000900",
        amount_minor=1234,
        result="00",
    )


def test_the_result_is_what_the_lane_may_know() -> None:
    assert (
        Result(
            "00",
            1234,
            "EUR",
            "0042",
            "000777",
            "000900",
            "52500041",
            "611804",
            "girocard",
            "0018",
            "nfc",
            "1123",
            "120000",
        )
        == RESULT
    )


def test_what_the_terminal_left_out_is_what_was_asked() -> None:
    bare = result_of(StatusInformation(result=0x6C, currency="0999"), amount_minor=5, currency="CHF")
    assert (bare.result_code, bare.amount_minor, bare.currency, bare.last4) == ("6C", 5, "CHF", None)


def test_a_reversed_result_does_not_make_it_another_booking() -> None:
    record = record_of(STATUS)
    assert replace(record, result="FF").identity == record.identity
    assert EMPTY.identity != Record().identity


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"result": "FF"}, True),
        ({"turnover_no": None}, True),
        ({"trace": None}, True),
        ({"receipt_no": None}, True),
        ({"receipt_no": None, "trace": None}, False),
        ({"receipt_no": "0043"}, False),
        ({"trace": "000778"}, False),
        ({"terminal_id": "52500042"}, False),
        ({"amount_minor": 1}, False),
    ],
)
def test_the_same_booking(changes: dict[str, str], same: bool) -> None:  # noqa: FBT001 - a table
    assert same_booking(replace(record_of(STATUS), **changes), RESULT) is same  # type: ignore[arg-type]  # a table
