"""Reads a data block as a row of bitmaps, in any order."""

from dataclasses import dataclass, field
from typing import assert_never

from devices.terminal.zvt import tlv
from devices.terminal.zvt.bmp_table import BMPS, Form
from devices.terminal.zvt.errors import DecodeError

_DIGIT_MASK = 0xF0
_NINE = 9


@dataclass(frozen=True, slots=True)
class Field:
    """One bitmap as it came; its value may be card data and is not shown by repr."""

    bmp: int
    value: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fields:
    """The bitmaps of one message: `fields` in the order of the wire, `objects` those of its BMP 06."""

    fields: tuple[Field, ...] = ()
    objects: tuple[tlv.Tlv, ...] = ()

    def get(self, bmp: int) -> bytes | None:
        """Return the value of the first bitmap `bmp`, None where it is missing."""
        return next((one.value for one in self.fields if one.bmp == bmp), None)

    def tag(self, tag: int) -> bytes | None:
        """Return the value of the first TLV object `tag` at any depth, None where it is missing."""
        return tlv.find(self.objects, tag)


def read_var(data: bytes, at: int, count: int) -> tuple[int, int]:
    """Return the length told by `count` bytes Fx at `at` (F1 F2 = 12 **bytes**), and the place after them."""
    marks = data[at : at + count]
    if len(marks) < count:
        raise DecodeError("the message ends inside a length")
    if any(mark & _DIGIT_MASK != _DIGIT_MASK or mark & 0xF > _NINE for mark in marks):
        raise DecodeError("a variable length is not written as F0 to F9")
    size = 0
    for mark in marks:
        size = 10 * size + (mark & 0xF)
    return size, at + count


def encode_var(value: bytes, count: int) -> bytes:
    """Return `value` with its length in `count` bytes Fx before it."""
    digits = f"{len(value):0{count}d}"
    if len(digits) > count:
        raise ValueError(f"{len(value)} bytes do not fit a length of {count} digits")
    return bytes(_DIGIT_MASK | int(digit) for digit in digits) + value


def _extent(bmp: int, data: bytes, at: int) -> tuple[int, int]:
    entry = BMPS.get(bmp)
    if entry is None:
        raise DecodeError(f"bitmap {bmp:02X} is unknown, and its length with it")
    match entry.form:
        case Form.FIXED:
            return entry.size, at
        case Form.LLVAR:
            return read_var(data, at, 2)
        case Form.LLLVAR:
            return read_var(data, at, 3)
        case Form.TLV:
            return tlv.read_length(data, at)
        case unreachable:
            assert_never(unreachable)


def decode(data: bytes) -> Fields:
    """Return the bitmaps of a data block.

    Raises:
        DecodeError: a bitmap is unknown (it has no length we could skip by) or runs over the end.
    """
    fields: list[Field] = []
    objects: tuple[tlv.Tlv, ...] = ()
    at = 0
    while at < len(data):
        bmp = data[at]
        size, at = _extent(bmp, data, at + 1)
        if at + size > len(data):
            raise DecodeError(f"bitmap {bmp:02X} runs over the end of the message")
        value = data[at : at + size]
        if bmp == 0x06:  # noqa: PLR2004 - the bitmap's number in the standard
            objects += tlv.decode(value)
        fields.append(Field(bmp, value))
        at += size
    return Fields(tuple(fields), objects)
