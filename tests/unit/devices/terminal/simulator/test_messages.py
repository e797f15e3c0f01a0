"""What the terminal says, against bytes written out by hand."""

import pytest

from devices.terminal.simulator import messages
from devices.terminal.simulator.messages import Status

BARE = Status(
    result=0,
    amount=1234,
    trace=7,
    time="120007",
    date="1123",
    terminal_id="52500041",
    currency="0978",
    merchant="455600000001",
)


def spaced(message: object) -> str:
    return bytes(message).hex(" ")  # type: ignore[call-overload,no-any-return]  # anything that turns into bytes


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (messages.ACCEPTED, "80 00 00"),
        (messages.refused(0x9C), "84 9c 00"),
        (messages.refused(0x1E, b"\x6f\x09\x78"), "84 1e 03 6f 09 78"),
        (messages.intermediate(messages.INSERT_CARD), "04 ff 01 0a"),
        (messages.completion(), "06 0f 00"),
        (messages.aborted(0x6C), "06 1e 01 6c"),
        (
            messages.registered(0, "52500041", "0978", with_tlv=False),
            "06 0f 0a 19 00 29 52 50 00 41 49 09 78",
        ),
        (
            messages.registered(0, "52500041", "0978", with_tlv=True),
            "06 0f 13 19 00 29 52 50 00 41 49 09 78 06 07 1f 44 04 52 50 00 41",
        ),
        (messages.terminal_status(0x9C, None), "06 0f 01 9c"),
        (messages.terminal_status(0, "AB"), "06 0f 06 f0 f0 f2 41 42 00"),
    ],
)
def test_short_messages(message: object, expected: str) -> None:
    assert spaced(message) == expected


def test_a_status_of_the_bare_minimum() -> None:
    assert spaced(messages.status_information(BARE)) == (
        "04 0f 2c 27 00 29 52 50 00 41 04 00 00 00 00 12 34 49 09 78 0b 00 00 07 0c 12 00 07 0d 11 23"
        " 2a 34 35 35 36 30 30 30 30 30 30 30 31 20 20 20"
    )


def test_a_status_with_everything() -> None:
    status = Status(
        result=0,
        amount=1,
        trace=999_999,
        time="235959",
        date="1231",
        terminal_id="00000001",
        currency="0978",
        merchant="1",
        receipt=9999,
        turnover=12,
        pan="*" * 15 + "0018",
        card_type=5,
        card_name="girocard",
        sequence=1,
        payment_type=0x70,
        authorisation="123456",
        text="ok",
        host_result=0,
        original=5,
        totals=b"\x00\x01",
        track2=b"\x41",
        tlv=bytes.fromhex("0600"),
    )
    assert spaced(messages.status_information(status)) == (
        "04 0f 74"
        " 27 00"
        " 29 00 00 00 01"
        " 04 00 00 00 00 00 01"
        " 49 09 78"
        " 0b 99 99 99"
        " 37 00 00 05"
        " 0c 23 59 59"
        " 0d 12 31"
        " 22 f1 f0 ee ee ee ee ee ee ee e0 01 8f"
        " 23 f0 f1 41"
        " 17 00 01"
        " 19 70"
        " 87 99 99"
        " 88 00 00 12"
        " 8a 05"
        " 8b f0 f9 67 69 72 6f 63 61 72 64 00"
        " 3b 31 32 33 34 35 36 00 00"
        " 2a 31 20 20 20 20 20 20 20 20 20 20 20 20 20 20"
        " 3c f0 f0 f2 6f 6b"
        " a0 00"
        " 60 f0 f0 f2 00 01"
        " 06 00"
    )


def test_card_numbers_are_masked_with_e_and_padded_with_f() -> None:
    assert messages.packed_pan("************1111").hex() == "eeeeeeeeeeee1111"
    assert messages.packed_pan("***************0018").hex() == "eeeeeeeeeeeeeee0018f"


def test_emv_details_say_how_the_holder_was_checked() -> None:
    assert messages.emv_details("A0000000031010", "VISA", online_pin=True).hex(" ") == (
        "06 1b 2f 08 1f 10 01 02 1f 12 01 01 60 0f 43 07 a0 00 00 00 03 10 10 44 04 56 49 53 41"
    )
    assert "1f 10 01 00 1f 12 01 02" in messages.emv_details("A0", "V", online_pin=False).hex(" ")


def test_single_totals_are_counts_and_sums() -> None:
    assert messages.single_totals(1, 12, [(2, 3000), (300, 1)]).hex(" ") == (
        "00 01 00 12 02 00 00 00 00 30 00 ff 00 00 00 00 00 01"
    )


def test_a_receipt_line_by_line_ends_with_the_attribute_81() -> None:
    assert [spaced(line) for line in messages.printed_lines(["Zä"], "cp437")] == [
        "06 d1 03 00 5a 84",
        "06 d1 01 81",
    ]
    assert spaced(messages.printed_lines(["Zä"], "iso8859-1")[0]) == "06 d1 03 00 5a e4"


def test_a_receipt_as_one_block() -> None:
    assert spaced(messages.printed_block(["A", "B"], 2, "cp437")) == (
        "06 d3 15 06 13 1f 07 01 02 1f 37 01 01 25 09 07 01 41 07 01 42 09 01 81"
    )
