import pytest

from devices.terminal.zvt import status
from devices.terminal.zvt.apdu import split
from devices.terminal.zvt.card import MaskedPan
from devices.terminal.zvt.errors import DecodeError
from tests.unit.devices.terminal.zvt import published


def _parse(text: str) -> status.StatusInformation:
    whole = split(bytes.fromhex(text))
    assert whole is not None
    assert whole[1] == b""
    return status.parse(whole[0].data)


def test_a_recorded_payment() -> None:
    assert _parse(published.PAYMENT) == status.StatusInformation(
        result=0,
        amount_minor=2040,
        currency="0978",
        receipt_no="0470",
        trace="000470",
        turnover_no="000470",
        terminal_id="28004869",
        authorisation="611804",
        card_name="Debit Mastercard",
        pan=MaskedPan("4771"),
        date="1006",
        time="223953",
    )


def test_a_long_trace_number_stands_in_for_zeros_and_host_code_01_is_an_approval() -> None:
    found = _parse(published.LONG_TRACE_NFC)
    assert (found.trace, found.receipt_no, found.technology, found.host) == ("10015008", "0008", "nfc", 1)
    assert found.approved
    assert found.amount_minor is None
    assert _parse(published.LONG_TRACE_CHIP).technology == "chip"


def test_a_recorded_abort_by_the_customer() -> None:
    found = _parse(published.CUSTOMER_ABORT)
    assert (found.result, found.code, found.approved) == (0x6C, "6C", False)
    assert found.terminal_id == "28004869"


def test_an_example_with_everything_in_it() -> None:
    found = _parse(published.SINGLE_DIGITS_MASKED)
    assert (found.amount_minor, found.receipt_no, found.trace) == (1000, "0002", "000733")
    assert (found.card_name, found.pan, found.technology) == ("VISA", MaskedPan("7743"), "nfc")
    assert found.authorisation == "889150"


def test_nothing_said_is_nothing_known() -> None:
    empty = status.parse(b"")
    assert empty == status.StatusInformation()
    assert empty.code == "--"
    assert not empty.approved


def test_card_name_and_terminal_may_stand_in_the_container_only() -> None:
    # 06{60{44 "VISA"}, 1F44 12345678}, and an empty 1F12
    found = status.parse(bytes.fromhex("06 12 60 06 44 04 56 49 53 41 1F 44 04 12 34 56 78 1F 12 00"))
    assert (found.card_name, found.terminal_id, found.technology) == ("VISA", "12345678", None)


def test_a_reversal_names_the_trace_it_undoes() -> None:
    assert status.parse(bytes.fromhex("2700 37000042")).original_trace == "000042"


def test_blank_authorisation_is_none() -> None:
    assert status.parse(bytes.fromhex("3B" + "20" * 8)).authorisation is None


@pytest.mark.parametrize("data", ["04EEEEEEEEEEEE", "87 0A 00", "29 12 34"])
def test_digits_that_are_none_are_a_decode_error(data: str) -> None:
    with pytest.raises(DecodeError):
        status.parse(bytes.fromhex(data))


def test_no_field_but_the_last_four_digits_carries_card_data() -> None:
    pan = "4111111111111111"
    text = pan.encode().hex()
    data = bytes.fromhex(
        f"22F0F8{pan} 23F1F0{pan}D251 24F0F0F8{pan} 2DF0F8{pan} 2EF0F0F8{pan} 0E2512 3A0999 A7F0F8{pan}"
        f" AFF0F0F8{pan} D1F0F8{pan} 8BF1F6{text} 3CF0F1F6{text} 0614 4C08{pan} 4D08{pan}"
    )
    shown = repr(status.parse(data))
    assert "1111" in shown
    assert "41111111" not in shown
    assert "2512" not in shown
    assert "0999" not in shown
