"""What the terminal says: 80/84, 04 0F, 04 FF, 06 0F, 06 1E, 06 D1 and 06 D3 (PA00P015, chapter 3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from devices.terminal.simulator.tlv import container, item
from devices.terminal.simulator.wire import Apdu, bcd, counted

ACCEPTED: Final = Apdu(0x8000)
END_OF_RECEIPT: Final = 0x81

# Codes of the intermediate status 04 FF.
WATCH_PIN_PAD: Final = 0x01
WAITING_FOR_HOST: Final = 0x04
AUTO_REVERSAL: Final = 0x05
INSERT_CARD: Final = 0x0A
REMOVE_CARD: Final = 0x0B
PLEASE_WAIT: Final = 0x0E
INCORRECT_PIN: Final = 0x15
DECLINED: Final = 0x1D

DISPLAYS: Final = {
    INSERT_CARD: ("present_card", "Please present card"),
    WATCH_PIN_PAD: ("enter_pin", "Please enter PIN"),
    WAITING_FOR_HOST: ("processing", "Waiting for authorisation"),
    AUTO_REVERSAL: ("reversing", "Reversing the payment"),
    REMOVE_CARD: ("remove_card", "Please remove card"),
    PLEASE_WAIT: ("processing", "Please wait"),
    INCORRECT_PIN: ("wrong_pin", "Incorrect PIN"),
    DECLINED: ("declined", "Declined"),
}


@dataclass(frozen=True, slots=True)
class Status:
    """The content of a 04 0F. Amount in minor units, `time` HHMMSS, `date` MMDD; None leaves the bitmap out.

    `pan`: digits, with * where masked; `receipt_no` and `turnover` None for an end of day.
    """

    result: int
    amount: int
    trace: int
    time: str
    date: str
    terminal_id: str
    currency: str
    merchant: str
    receipt: int | None = None
    turnover: int | None = None
    pan: str | None = None
    card_type: int | None = None
    card_name: str | None = None
    sequence: int | None = None
    payment_type: int | None = None
    authorisation: str | None = None
    text: str | None = None
    host_result: int | None = None
    original: int | None = None
    totals: bytes | None = None
    track2: bytes | None = None
    tlv: bytes = b""


def refused(code: int, data: bytes = b"") -> Apdu:
    """84 xx: the command is not carried out."""
    return Apdu(0x8400 | code, data)


def intermediate(code: int) -> Apdu:
    """04 FF with one status code; no time-out byte, so the till's T4 stays as it is."""
    return Apdu(0x04FF, bytes((code,)))


def completion(data: bytes = b"") -> Apdu:
    """06 0F: the command is done, the till is master again."""
    return Apdu(0x060F, data)


def aborted(code: int) -> Apdu:
    """06 1E: the command has failed with this result code."""
    return Apdu(0x061E, bytes((code,)))


def registered(status: int, terminal_id: str, currency: str, *, with_tlv: bool) -> Apdu:
    """06 0F after a registration: status byte, terminal id, currency; TLV only to a till that spoke it."""
    extra = container(item(0x1F44, bytes.fromhex(terminal_id))) if with_tlv else b""
    return completion(
        b"\x19"
        + bytes((status,))
        + b"\x29"
        + bytes.fromhex(terminal_id)
        + b"\x49"
        + bytes.fromhex(currency)
        + extra
    )


def terminal_status(code: int, software: str | None) -> Apdu:
    """06 0F after a status enquiry: software version as LLLVAR without a bitmap, then the status code."""
    return completion((b"" if software is None else counted(software.encode(), 3)) + bytes((code,)))


def packed_pan(pan: str) -> bytes:
    """A card number as nibbles: E for each masked digit, a last F where their count is odd."""
    nibbles = pan.replace("*", "E")
    return bytes.fromhex(nibbles + "F" * (len(nibbles) % 2))


def _number(bmp: int, value: int | None, size: int) -> bytes:
    return b"" if value is None else bytes((bmp,)) + bcd(value, size)


def _byte(bmp: int, value: int | None) -> bytes:
    return b"" if value is None else bytes((bmp, value))


def _counted(bmp: int, value: bytes | None, digits: int) -> bytes:
    return b"" if value is None else bytes((bmp,)) + counted(value, digits)


def _text(value: str | None, end: bytes = b"") -> bytes | None:
    return None if value is None else value.encode("ascii", "replace") + end


def _fixed(bmp: int, value: str | None, size: int, fill: bytes) -> bytes:
    return b"" if value is None else bytes((bmp,)) + value.encode("ascii")[:size].ljust(size, fill)


def status_information(status: Status) -> Apdu:
    """04 0F in this terminal's own order of bitmaps, which the standard leaves free."""
    parts = (
        _byte(0x27, status.result),
        _number(0x29, int(status.terminal_id), 4),
        _number(0x04, status.amount, 6),
        _number(0x49, int(status.currency), 2),
        _number(0x0B, status.trace, 3),
        _number(0x37, status.original, 3),
        _number(0x0C, int(status.time), 3),
        _number(0x0D, int(status.date), 2),
        _counted(0x22, None if status.pan is None else packed_pan(status.pan), 2),
        _counted(0x23, status.track2, 2),
        _number(0x17, status.sequence, 2),
        _byte(0x19, status.payment_type),
        _number(0x87, status.receipt, 2),
        _number(0x88, status.turnover, 3),
        _byte(0x8A, status.card_type),
        _counted(0x8B, _text(status.card_name, b"\x00"), 2),
        _fixed(0x3B, status.authorisation, 8, b"\x00"),
        _fixed(0x2A, status.merchant, 15, b" "),
        _counted(0x3C, _text(status.text), 3),
        _byte(0xA0, status.host_result),
        _counted(0x60, status.totals, 3),
        status.tlv,
    )
    return Apdu(0x040F, b"".join(parts))


def emv_details(aid: str, label: str, *, online_pin: bool) -> bytes:
    """BMP 06 of a status: 2F{1F10 how the holder was checked, 1F12 chip or NFC}, 60{43 AID, 44 name}."""
    how, technology = (b"\x02", b"\x01") if online_pin else (b"\x00", b"\x02")
    return container(
        item(0x2F, item(0x1F10, how) + item(0x1F12, technology)),
        item(0x60, item(0x43, bytes.fromhex(aid)) + item(0x44, label.encode("ascii"))),
    )


def single_totals(first: int, last: int, counts: Sequence[tuple[int, int]]) -> bytes:
    """The value of BMP 60: receipt numbers from and to, then count and sum of each of seven kinds of card."""
    return (
        bcd(first, 2)
        + bcd(last, 2)
        + b"".join(bytes((min(count, 0xFF),)) + bcd(total, 6) for count, total in counts)
    )


def printed_lines(lines: Iterable[str], encoding: str) -> list[Apdu]:
    """06 D1 for each line; an attribute of 81 marks the receipt's end."""
    packed = [Apdu(0x06D1, b"\x00" + line.encode(encoding, "replace")) for line in lines]
    return [*packed, Apdu(0x06D1, bytes((END_OF_RECEIPT,)))]


def printed_block(lines: Iterable[str], receipt_type: int, encoding: str) -> Apdu:
    """06 D3: the whole receipt in one TLV; type 1 is the merchant's, 2 the cardholder's, 3 administrative."""
    text = b"".join(item(0x07, line.encode(encoding, "replace")) for line in lines)
    return Apdu(
        0x06D3,
        container(
            item(0x1F07, bytes((receipt_type,))),
            item(0x1F37, b"\x01"),
            item(0x25, text + item(0x09, bytes((END_OF_RECEIPT,)))),
        ),
    )
