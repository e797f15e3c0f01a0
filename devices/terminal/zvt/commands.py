"""The commands and answers a cash register sends. Card data is never among them."""

from dataclasses import dataclass
from typing import Final

from devices.terminal.zvt import bcd, tlv
from devices.terminal.zvt.apdu import Apdu

# We compose receipts (02, 04, no 80), want 04 FF (08), and alone start amounts and administration (10, 20).
CONFIG_COMPOSED: Final = 0x3E
# The terminal composes them and sends text blocks.
CONFIG_BLOCKS: Final = 0xBE
# Status information as in the original, nothing printed: the silent query.
SILENT_STATUS: Final = 0x03
# The terminal decides how to pay, GeldKarte excluded.
PAYMENT_TYPE: Final = 0x40

_PASSWORD_DIGITS: Final = 6
_NUMERIC = {
    "EUR": "0978",
    "CHF": "0756",
    "GBP": "0826",
    "USD": "0840",
    "SEK": "0752",
    "DKK": "0208",
    "NOK": "0578",
    "PLN": "0985",
    "CZK": "0203",
    "HUF": "0348",
    "RON": "0946",
    "BGN": "0975",
}


class UnknownCurrencyError(ValueError):
    """The currency has no number here."""


@dataclass(frozen=True, slots=True)
class Password:
    """The terminal's six digit password; its repr hides it."""

    digits: str = "000000"

    def __post_init__(self) -> None:
        if len(self.digits) != _PASSWORD_DIGITS or not self.digits.isdecimal():
            raise ValueError("the terminal password must be six digits")

    def __repr__(self) -> str:
        return "Password(******)"

    @property
    def packed(self) -> bytes:
        """Three bytes of packed digits."""
        return bytes.fromhex(self.digits)


def currency_number(code: str) -> str:
    """Return the ISO 4217 number of `code` as ZVT packs it ("0978" for EUR)."""
    try:
        return _NUMERIC[code]
    except KeyError:
        raise UnknownCurrencyError(f"currency {code!r} is not one of {', '.join(sorted(_NUMERIC))}") from None


def currency_code(number: str | None) -> str | None:
    """Return the letters of an ISO 4217 number, None for one we do not know."""
    return next((code for code, known in _NUMERIC.items() if known == number), None)


def _amount(minor: int) -> bytes:
    if minor <= 0:
        raise ValueError(f"an amount must be above zero, got {minor}")
    return b"\x04" + bcd.encode(minor, 6)


def _currency(code: str) -> bytes:
    return b"\x49" + bytes.fromhex(currency_number(code))


def registration(password: Password, currency: str, config: int = CONFIG_COMPOSED) -> Apdu:
    """06 00. With config BE the TLV asks for text blocks (06 D3)."""
    data = password.packed + bytes((config,)) + bytes.fromhex(currency_number(currency))
    if config & 0x80:
        objects = tlv.encode(0x26, tlv.encode(0x0A, b"\x06\xd3"))
        data += b"\x03\x00\x06" + tlv.encode_length(len(objects)) + objects
    return Apdu(0x0600, data)


def authorization(amount_minor: int, currency: str) -> Apdu:
    """06 01: a payment of `amount_minor`."""
    return Apdu(0x0601, _amount(amount_minor) + _currency(currency) + bytes((0x19, PAYMENT_TYPE)))


def repeat_receipt(password: Password) -> Apdu:
    """06 20 … 03 03: the last record once more as 04 0F, silently. The recovery query."""
    return Apdu(0x0620, password.packed + bytes((0x03, SILENT_STATUS)))


def reversal(password: Password, receipt_no: str, amount_minor: int, currency: str) -> Apdu:
    """06 30. The amount goes along as a guard: the terminal refuses where it does not match the receipt."""
    receipt = b"\x87" + bcd.encode(int(receipt_no), 2)
    return Apdu(0x0630, password.packed + receipt + _amount(amount_minor) + _currency(currency))


def refund(password: Password, amount_minor: int, currency: str) -> Apdu:
    """06 31: money back to a card that will be presented."""
    return Apdu(0x0631, password.packed + _amount(amount_minor) + _currency(currency))


def end_of_day(password: Password) -> Apdu:
    """06 50."""
    return Apdu(0x0650, password.packed)


def diagnosis() -> Apdu:
    """06 70."""
    return Apdu(0x0670)


def abort() -> Apdu:
    """06 B0: a wish; what comes of it the following 04 0F or 06 1E tells."""
    return Apdu(0x06B0)


def status_enquiry(password: Password) -> Apdu:
    """05 01, asking for the plain status code (service byte 00)."""
    return Apdu(0x0501, password.packed + b"\x03\x00")


def accept() -> Apdu:
    """80 00 00. In answer to 04 0F with result 00 the terminal books on it: only after the durable write."""
    return Apdu(0x8000)


def veto() -> Apdu:
    """84 66 00 in answer to 04 0F: the goods do not go out, the terminal reverses."""
    return Apdu(0x8466)


def unsupported() -> Apdu:
    """84 83 00: we do not serve this command."""
    return Apdu(0x8483)
