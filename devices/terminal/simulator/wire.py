"""The bare ZVT message: control field, length, data and the formats inside (PA00P015, chapters 1 and 3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

HEADER: Final = 3
LONG_HEADER: Final = 5
LONGEST: Final = 0xFFFF
EXTENDED: Final = 0xFF
"""A length byte of FF announces two more, low byte first."""
LONG_FORM: Final = 0x80
"""The bit of a BER-like length that says how many length bytes follow."""
_TEXT_LINES: Final = frozenset((*range(0xE1, 0xE9), *range(0xF1, 0xF9)))
_LENGTH_DIGITS: Final = frozenset(range(0xF0, 0xFA))

_FIXED: Final = {
    0x01: 1, 0x02: 1, 0x03: 1, 0x04: 6, 0x05: 1, 0x0B: 3, 0x0C: 3, 0x0D: 2, 0x0E: 2, 0x17: 2, 0x19: 1,
    0x27: 1, 0x29: 4, 0x2A: 15, 0x37: 3, 0x3A: 2, 0x3B: 8, 0x3D: 3, 0x49: 2, 0x87: 2, 0x88: 3, 0x8A: 1,
    0x8C: 1, 0xA0: 1, 0xAA: 3, 0xBA: 5, 0xD0: 1, 0xD2: 1, 0xD3: 1, 0xE0: 1, 0xE9: 1, 0xEA: 1, 0xEB: 8,
    0xF0: 1, 0xF9: 1, 0xFA: 1, 0xFB: 1, 0xFC: 1, 0xFD: 1,
}  # fmt: skip
_DIGITS_OF_LENGTH: Final = {
    **dict.fromkeys((0x22, 0x23, 0x2D, 0x4C, 0x8B, 0xA7, 0xD1), 2),
    **dict.fromkeys((0x24, 0x2E, 0x3C, 0x60, 0x9A, 0xAF), 3),
}
TLV_FIELD: Final = 0x06


class WireError(ValueError):
    """Bytes from the till that are no ZVT; the terminal answers 84 9A."""


@dataclass(frozen=True, slots=True)
class Apdu:
    """One message: `control` is CLASS and INSTR as one number (0x0601), `data` what follows the length."""

    control: int
    data: bytes = b""

    def __bytes__(self) -> bytes:
        return self.control.to_bytes(2, "big") + _length(len(self.data)) + self.data


def _length(size: int) -> bytes:
    if size < EXTENDED:
        return bytes((size,))
    if size > LONGEST:
        raise WireError(f"a message of {size} data bytes cannot be sent, the limit is 65535")
    return bytes((EXTENDED,)) + size.to_bytes(2, "little")


def take_apdu(data: bytes) -> tuple[Apdu, int] | None:
    """Read one message from the start of `data`, with the bytes it took, or None if more must come."""
    if len(data) < HEADER:
        return None
    start, size = HEADER, data[2]
    if size == EXTENDED:
        if len(data) < LONG_HEADER:
            return None
        start, size = LONG_HEADER, int.from_bytes(data[3:5], "little")
    if len(data) < start + size:
        return None
    return Apdu(int.from_bytes(data[:2], "big"), data[start : start + size]), start + size


def bcd(value: int, size: int) -> bytes:
    """Pack a number into `size` bytes, two decimal digits each; too large a number keeps its low digits."""
    return bytes.fromhex(f"{value % 10 ** (2 * size):0{2 * size}d}")


def unbcd(data: bytes) -> int:
    """Read packed decimal digits; raises WireError on a nibble above 9."""
    digits = data.hex()
    if not digits.isdecimal():
        raise WireError(f"got {digits.upper()} where packed decimal digits are expected")
    return int(digits)


def counted(value: bytes, digits: int) -> bytes:
    """Prefix LLVAR (2 digits) or LLLVAR (3 digits): each length digit in the low nibble of an Fx byte."""
    if len(value) >= 10**digits:
        raise WireError(f"a value of {len(value)} bytes does not fit a length of {digits} digits")
    return bytes(0xF0 | int(digit) for digit in f"{len(value):0{digits}d}") + value


def take_counted(data: bytes, digits: int) -> tuple[bytes, int]:
    """Read an LLVAR or LLLVAR value at the start of `data`: the value and all bytes used."""
    head = data[:digits]
    if len(head) < digits or not _LENGTH_DIGITS.issuperset(head):
        raise WireError(f"got {head.hex().upper()} where a length of {digits} Fx digits is expected")
    size = int("".join(str(byte & 0x0F) for byte in head))
    if len(data) < digits + size:
        raise WireError(f"a field announces {size} bytes and has {len(data) - digits}")
    return data[digits : digits + size], digits + size


def take_tlv_container(data: bytes) -> tuple[bytes, int]:
    """Read the content of BMP 06, whose length is BER-like: 00-7F, 81 nn, 82 hi lo."""
    size, start = take_ber_length(data)
    if len(data) < start + size:
        raise WireError(f"a TLV container announces {size} bytes and has {len(data) - start}")
    return data[start : start + size], start + size


def take_ber_length(data: bytes) -> tuple[int, int]:
    """Read a TLV length: its value and the bytes it took; 80 and 83 upwards are no lengths."""
    if not data:
        raise WireError("a TLV object ends before its length")
    if data[0] < LONG_FORM:
        return data[0], 1
    extra = data[0] - LONG_FORM
    if extra not in (1, 2) or len(data) <= extra:
        raise WireError(f"got {data[:3].hex().upper()} where a TLV length is expected")
    return int.from_bytes(data[1 : 1 + extra], "big"), 1 + extra


def _take_field(bmp: int, rest: bytes) -> tuple[bytes, int]:
    if bmp == TLV_FIELD:
        return take_tlv_container(rest)
    if bmp in _DIGITS_OF_LENGTH:
        return take_counted(rest, _DIGITS_OF_LENGTH[bmp])
    if bmp in _TEXT_LINES:
        return take_counted(rest, 2)
    size = _FIXED.get(bmp)
    if size is None:
        raise WireError(f"got the unknown bitmap {bmp:02X}, whose length nobody knows")
    if len(rest) < size:
        raise WireError(f"bitmap {bmp:02X} takes {size} bytes, only {len(rest)} are there")
    return rest[:size], size


def fields(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Walk the bitmaps of a data block in their order; raises WireError where one is unknown or cut short."""
    position = 0
    while position < len(data):
        value, used = _take_field(data[position], data[position + 1 :])
        yield data[position], value
        position += 1 + used
