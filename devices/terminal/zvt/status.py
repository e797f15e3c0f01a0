"""What 04 0F tells of a payment, reduced to what may be kept."""

from dataclasses import dataclass

from devices.terminal.zvt import bcd, bmp, card, text

_TECHNOLOGY = {0: "magstripe", 1: "chip", 2: "nfc"}
_AMOUNT, _TRACE, _TIME, _DATE, _PAN, _RESULT, _TERMINAL = 0x04, 0x0B, 0x0C, 0x0D, 0x22, 0x27, 0x29
_ORIGINAL, _AUTHORISATION, _CURRENCY, _RECEIPT, _TURNOVER, _NAME = 0x37, 0x3B, 0x49, 0x87, 0x88, 0x8B
_HOST = 0xA0
_LONG_TRACE, _TAG_TERMINAL, _TAG_TECHNOLOGY, _APPLICATION, _APP_NAME = 0x1F2B, 0x1F44, 0x1F12, 0x60, 0x44


@dataclass(frozen=True, slots=True)
class StatusInformation:
    """04 0F. Numbers keep their leading zeros as texts; None where the terminal did not send the field.

    Attributes:
        result: BMP 27, 0 = approved; None where it is missing.
        host: BMP A0, the host's own code.
        amount_minor: BMP 04, minor units.
        currency: BMP 49, ISO 4217 number ("0978").
        trace: BMP 0B, or tag 1F2B where 0B is 000000.
        original_trace: BMP 37, set on a reversal.
        terminal_id: BMP 29, or tag 1F44.
    """

    result: int | None = None
    host: int | None = None
    amount_minor: int | None = None
    currency: str | None = None
    receipt_no: str | None = None
    trace: str | None = None
    turnover_no: str | None = None
    original_trace: str | None = None
    terminal_id: str | None = None
    authorisation: str | None = None
    card_name: str | None = None
    pan: card.MaskedPan | None = None
    technology: str | None = None
    date: str | None = None
    time: str | None = None

    @property
    def approved(self) -> bool:
        """The terminal took the payment (BMP A0 does not decide: real ones send 01 there for an approval)."""
        return self.result == 0

    @property
    def code(self) -> str:
        """The result code, two hex digits; `--` where the terminal sent none."""
        return "--" if self.result is None else f"{self.result:02X}"


def _digits(fields: bmp.Fields, number: int) -> str | None:
    value = fields.get(number)
    return None if value is None else bcd.digits(value)


def _byte(fields: bmp.Fields, number: int) -> int | None:
    value = fields.get(number)
    return None if value is None else value[0]


def _trace(fields: bmp.Fields) -> str | None:
    short = _digits(fields, _TRACE)
    long = fields.tag(_LONG_TRACE)
    if long is not None and not int(short or "0"):
        return bcd.digits(long)
    return short


def _terminal(fields: bmp.Fields) -> str | None:
    tagged = fields.tag(_TAG_TERMINAL)
    return _digits(fields, _TERMINAL) or (None if tagged is None else bcd.digits(tagged))


def _card_name(fields: bmp.Fields) -> str | None:
    name = fields.get(_NAME)
    if name is None:
        inside = (part for one in fields.objects if one.tag == _APPLICATION for part in one.parts)
        name = next((part.value for part in inside if part.tag == _APP_NAME), None)
    return None if name is None else text.decode(name)


def _technology(fields: bmp.Fields) -> str | None:
    value = fields.tag(_TAG_TECHNOLOGY)
    return _TECHNOLOGY.get(value[0]) if value else None


def _authorisation(fields: bmp.Fields) -> str | None:
    value = fields.get(_AUTHORISATION)
    return None if value is None else (text.decode(value).strip() or None)


def parse(data: bytes) -> StatusInformation:
    """Return the status information in the data block of 04 0F.

    Raises:
        DecodeError: the block is not what ZVT allows.
    """
    fields = bmp.decode(data)
    amount, pan = _digits(fields, _AMOUNT), fields.get(_PAN)
    return StatusInformation(
        result=_byte(fields, _RESULT),
        host=_byte(fields, _HOST),
        amount_minor=None if amount is None else int(amount),
        currency=_digits(fields, _CURRENCY),
        receipt_no=_digits(fields, _RECEIPT),
        trace=_trace(fields),
        turnover_no=_digits(fields, _TURNOVER),
        original_trace=_digits(fields, _ORIGINAL),
        terminal_id=_terminal(fields),
        authorisation=_authorisation(fields),
        card_name=_card_name(fields),
        pan=None if pan is None else card.mask(pan),
        technology=_technology(fields),
        date=_digits(fields, _DATE),
        time=_digits(fields, _TIME),
    )
