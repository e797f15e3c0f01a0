import pytest

from devices.terminal.zvt import commands
from devices.terminal.zvt.apdu import Apdu
from devices.terminal.zvt.commands import Password

SECRET = Password("123456")


@pytest.mark.parametrize(
    ("apdu", "wire"),
    [
        # 06 00 as the standard's example has it, with our configuration byte.
        (commands.registration(SECRET, "EUR"), "06 00 06 12 34 56 3E 09 78"),
        (
            commands.registration(SECRET, "EUR", commands.CONFIG_BLOCKS),
            "06 00 10 12 34 56 BE 09 78 03 00 06 06 26 04 0A 02 06 D3",
        ),
        (commands.authorization(1234, "EUR"), "06 01 0C 04 00 00 00 00 12 34 49 09 78 19 40"),
        (commands.repeat_receipt(SECRET), "06 20 05 12 34 56 03 03"),
        (
            commands.reversal(SECRET, "0042", 1234, "CHF"),
            "06 30 10 12 34 56 87 00 42 04 00 00 00 00 12 34 49 07 56",
        ),
        (commands.refund(SECRET, 5, "EUR"), "06 31 0D 12 34 56 04 00 00 00 00 00 05 49 09 78"),
        (commands.end_of_day(SECRET), "06 50 03 12 34 56"),
        (commands.diagnosis(), "06 70 00"),
        (commands.abort(), "06 B0 00"),
        (commands.status_enquiry(SECRET), "05 01 05 12 34 56 03 00"),
        (commands.accept(), "80 00 00"),
        (commands.veto(), "84 66 00"),
        (commands.unsupported(), "84 83 00"),
    ],
)
def test_bytes_of(apdu: Apdu, wire: str) -> None:
    assert apdu.encode() == bytes.fromhex(wire)


@pytest.mark.parametrize("amount", [0, -1])
def test_an_amount_is_above_zero(amount: int) -> None:
    with pytest.raises(ValueError, match="above zero"):
        commands.authorization(amount, "EUR")


def test_an_amount_beyond_twelve_digits_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        commands.authorization(10**12, "EUR")


@pytest.mark.parametrize("digits", ["", "12345", "1234567", "12345a"])
def test_a_password_is_six_digits(digits: str) -> None:
    with pytest.raises(ValueError, match="six digits"):
        Password(digits)


def test_a_password_does_not_show() -> None:
    assert "123456" not in repr(SECRET)
    assert "123456" not in repr(commands.end_of_day(SECRET))


def test_currencies_both_ways() -> None:
    assert commands.currency_number("EUR") == "0978"
    assert commands.currency_code("0978") == "EUR"
    assert commands.currency_code("0000") is None
    assert commands.currency_code(None) is None
    with pytest.raises(commands.UnknownCurrencyError, match="'XXX'"):
        commands.currency_number("XXX")
