"""What a till may ask of the terminal, read from its message (PA00P015, chapter 2)."""

from dataclasses import dataclass
from typing import Final

from devices.terminal.simulator import tlv
from devices.terminal.simulator.wire import TLV_FIELD, Apdu, WireError, fields, unbcd

AMOUNT: Final = 0x04
CURRENCY: Final = 0x49
RECEIPT: Final = 0x87
SECONDS: Final = 0x01
MAX_STATUS: Final = 0x02
CARD_DATA: Final = frozenset((0x22, 0x23, 0x24, 0x2D, 0x0E, 0x3A))
"""Bitmaps of card data; a till that sends them breaks the PCI rules and is refused with A5."""
PASSWORD_SIZE: Final = 3
CURRENCY_SIZE: Final = 2
LISTED: Final = 0x26
"""TLV tag: the commands the till can be asked with, each a 0A of its control field."""
CONTROL_FIELD: Final = 0x0A


@dataclass(frozen=True, slots=True)
class Registration:
    """06 00. `password` six digits, `currency` four digits or None, `blocks`: receipts may come as 06 D3."""

    password: str
    config: int
    currency: str | None
    uses_tlv: bool
    blocks: bool


@dataclass(frozen=True, slots=True)
class Order:
    """06 01, 06 30 or 06 31. Amount in minor units; `receipt` only in a reversal; `seconds` is BMP 01."""

    password: str | None
    amount: int | None
    currency: str | None
    receipt: int | None
    seconds: int | None
    max_status: int | None
    card_data: bool


@dataclass(frozen=True, slots=True)
class Secured:
    """A command that is only a password and perhaps a service byte: 06 10, 06 20, 06 50, 06 93, 05 01."""

    password: str | None
    service: int | None


def _password(data: bytes) -> tuple[str, bytes]:
    if len(data) < PASSWORD_SIZE:
        raise WireError(f"got {len(data)} bytes where a password of 3 bytes is expected")
    return f"{unbcd(data[:PASSWORD_SIZE]):06d}", data[PASSWORD_SIZE:]


def _mentions_block(content: bytes) -> bool:
    """Whether 26{0A{control field}*} of a registration lists 06 D3."""
    listed = [value for tag, value in tlv.objects(content) if tag == LISTED]
    commands = [value for inner in listed for tag, value in tlv.objects(inner) if tag == CONTROL_FIELD]
    return any(
        commands_bytes[i : i + 2] == b"\x06\xd3"
        for commands_bytes in commands
        for i in range(0, len(commands_bytes), 2)
    )


def registration(apdu: Apdu) -> Registration:
    """Read 06 00: password, config byte, [currency, [03 service], [06 TLV]]; raises WireError."""
    password, rest = _password(apdu.data)
    if not rest:
        raise WireError("a registration without its config byte")
    config, rest = rest[0], rest[1:]
    currency = f"{unbcd(rest[:2]):04d}" if len(rest) >= CURRENCY_SIZE else None
    found = dict(fields(rest[2:]))
    content = found.get(TLV_FIELD)
    return Registration(
        password,
        config,
        currency,
        uses_tlv=content is not None,
        blocks=content is not None and _mentions_block(content),
    )


def order(apdu: Apdu, *, with_password: bool) -> Order:
    """Read the bitmaps of a payment, reversal or refund; raises WireError."""
    password, rest = _password(apdu.data) if with_password else (None, apdu.data)
    found = dict(fields(rest))
    return Order(
        password=password,
        amount=unbcd(found[AMOUNT]) if AMOUNT in found else None,
        currency=f"{unbcd(found[CURRENCY]):04d}" if CURRENCY in found else None,
        receipt=unbcd(found[RECEIPT]) if RECEIPT in found else None,
        seconds=found[SECONDS][0] if SECONDS in found else None,
        max_status=found[MAX_STATUS][0] if MAX_STATUS in found else None,
        card_data=not CARD_DATA.isdisjoint(found),
    )


def secured(apdu: Apdu) -> Secured:
    """Read a command of password and service byte, either of which may be absent; raises WireError."""
    if not apdu.data:
        return Secured(None, None)
    password, rest = _password(apdu.data)
    service = dict(fields(rest)).get(0x03)
    return Secured(password, service[0] if service else None)
