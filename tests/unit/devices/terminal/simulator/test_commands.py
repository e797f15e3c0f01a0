"""Commands of a till, read from literal bytes."""

import pytest

from devices.terminal.simulator.commands import Order, Registration, Secured, order, registration, secured
from devices.terminal.simulator.wire import Apdu, WireError


def apdu(control: int, data: str) -> Apdu:
    return Apdu(control, bytes.fromhex(data))


def test_a_registration_with_everything() -> None:
    wish = registration(apdu(0x0600, "123456 BE 0978 03 02 06 06 26 04 0A 02 06 D3"))
    assert wish == Registration("123456", 0xBE, "0978", uses_tlv=True, blocks=True)


def test_a_registration_of_password_and_config_alone() -> None:
    assert registration(apdu(0x0600, "000000 3E")) == Registration(
        "000000", 0x3E, None, uses_tlv=False, blocks=False
    )


def test_other_commands_in_the_list_do_not_mean_blocks() -> None:
    assert not registration(apdu(0x0600, "000000 BE 0978 06 06 26 04 0A 02 06 D1")).blocks


@pytest.mark.parametrize("data", ["", "0000", "000000", "00000A3E", "0000003E097899"])
def test_a_broken_registration_is_refused(data: str) -> None:
    with pytest.raises(WireError):
        registration(apdu(0x0600, data))


def test_a_payment_with_everything() -> None:
    got = order(apdu(0x0601, "04 000000001234 49 0978 19 40 01 1E 02 05"), with_password=False)
    assert got == Order(None, 1234, "0978", None, 30, 5, card_data=False)


def test_a_reversal_names_receipt_and_amount() -> None:
    got = order(apdu(0x0630, "000000 87 0007 04 000000001234"), with_password=True)
    assert (got.password, got.receipt, got.amount) == ("000000", 7, 1234)


@pytest.mark.parametrize(
    "data", ["0E 2912", "3A 0123", "22 F0F2 4111", "23 F0F1 41", "24 F0F0F1 41", "2D F0F1 41"]
)
def test_card_data_from_a_till_is_noticed(data: str) -> None:
    assert order(apdu(0x0601, data), with_password=False).card_data


def test_commands_of_password_and_service_byte() -> None:
    assert secured(apdu(0x0620, "000000 03 03")) == Secured("000000", 3)
    assert secured(apdu(0x0650, "123456")) == Secured("123456", None)
    assert secured(Apdu(0x0501)) == Secured(None, None)
