"""One message as a row of named fields for a technician; never more of a card than its last four digits."""

from dataclasses import asdict

from devices.terminal.zvt import bcd, bmp, card, messages, text
from devices.terminal.zvt.apdu import Apdu
from devices.terminal.zvt.bmp_table import BMPS
from devices.terminal.zvt.errors import DecodeError
from devices.terminal.zvt.status import StatusInformation
from devices.terminal.zvt.status import parse as parse_status

NAMES: dict[int, str] = {
    0x0401: "set clock",
    0x040F: "status information",
    0x04FF: "intermediate status",
    0x0501: "status enquiry",
    0x0600: "registration",
    0x0601: "authorization",
    0x0602: "log-off",
    0x060F: "completion",
    0x0610: "turnover totals",
    0x0618: "reset",
    0x061E: "abort",
    0x0620: "repeat receipt",
    0x0630: "reversal",
    0x0631: "refund",
    0x0650: "end of day",
    0x0670: "diagnosis",
    0x0679: "selftest",
    0x0691: "set date and time",
    0x0693: "initialisation",
    0x06B0: "abort wish",
    0x06D1: "print line",
    0x06D3: "print block",
    0x8000: "accepted",
}

# Commands whose data block begins with the password and, then, so many bytes before its bitmaps.
_AFTER_PASSWORD: dict[int, int] = {0x0501: 0, 0x0600: 3, 0x0610: 0, 0x0620: 0, 0x0630: 0, 0x0631: 0,
                                   0x0650: 0, 0x0679: 0, 0x0693: 0}  # fmt: skip
_PASSWORD_SIZE = 3
_TEXT_BITMAPS = frozenset({0x2A, 0x3C, 0x8B, 0x3B})
_PACKED = frozenset({0x04, 0x0B, 0x0C, 0x0D, 0x17, 0x29, 0x37, 0x49, 0x87, 0x88, 0xAA})
_FROM_TERMINAL = frozenset({0x0401, 0x040F, 0x04FF, 0x060F, 0x061E, 0x06D1, 0x06D3, 0x8000})


def name(code: int) -> str:
    """Return what ZVT calls the message."""
    if code >> 8 == 0x84:  # noqa: PLR2004 - class of a negative answer
        return "accepted" if code == 0x8400 else "refused"  # noqa: PLR2004 - 84 00
    return NAMES.get(code, "unknown")


def _value(number: int, value: bytes) -> str | None:
    """Return a bitmap's value for reading, None where it may be card data or is secret."""
    entry = BMPS[number]
    if number == 0x22:  # noqa: PLR2004 - the card number
        return str(card.mask(value))
    if entry.card or entry.name in {"password", "tlv"}:
        return None
    if number in _TEXT_BITMAPS:
        return text.decode(value)
    if number in _PACKED:
        return bcd.digits(value)
    return card.redact(value.hex().upper())


def _bitmaps(data: bytes) -> dict[str, object]:
    found: dict[str, object] = {}
    fields = bmp.decode(data)
    for one in fields.fields:
        shown = _value(one.bmp, one.value)
        if shown is not None:
            found[BMPS[one.bmp].name] = shown
    if fields.objects:
        found["tlv"] = [f"{one.tag:X}" for one in fields.objects]
    return found


def _ours(apdu: Apdu) -> dict[str, object]:
    skip = _AFTER_PASSWORD.get(apdu.code)
    data, found = apdu.data, dict[str, object]()
    if skip is not None:
        found["password"] = "******"  # noqa: S105 - it is hidden here, not told
        head, data = data[_PASSWORD_SIZE : _PASSWORD_SIZE + skip], data[_PASSWORD_SIZE + skip :]
        if head:
            found["config"] = f"{head[0]:02X}"
            found["currency"] = head[1:].hex()
    return found | _bitmaps(data)


def describe(apdu: Apdu) -> dict[str, object]:
    """Return `{"header", "name", "fields"}`, or `{"header", "name", "error"}` for what cannot be read."""
    shown: dict[str, object] = {"header": apdu.header, "name": name(apdu.code)}
    if apdu.code == 0x040F:  # noqa: PLR2004 - status information: every bitmap counts, not only those we use
        try:
            return shown | {"fields": _bitmaps(apdu.data) | _told(parse_status(apdu.data))}
        except DecodeError as error:
            return shown | {"error": str(error)}
    if apdu.code in _FROM_TERMINAL or apdu.code >> 8 == 0x84:  # noqa: PLR2004 - class of a negative answer
        message = messages.parse(apdu)
        if isinstance(message, messages.Malformed):
            return shown | {"error": message.reason}
        return shown | {"fields": {key: value for key, value in asdict(message).items() if value is not None}}
    try:
        return shown | {"fields": _ours(apdu)}
    except DecodeError as error:
        return shown | {"error": str(error)}


def _told(message: StatusInformation) -> dict[str, object]:
    used = (
        ("trace", message.trace),
        ("technology", message.technology),
        ("terminal_id", message.terminal_id),
    )
    return {key: value for key, value in used if value is not None}
