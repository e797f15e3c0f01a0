"""Tag, length, value: the container of BMP 06 (PA00P015, 9); lengths are big-endian, unlike the message's."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from devices.terminal.zvt.errors import DecodeError

_MORE_TAG: Final = 0x1F
_CONTINUES: Final = 0x80
_CONSTRUCTED: Final = 0x20
_ONE_BYTE: Final = 0x81
_TWO_BYTES: Final = 0x82
_ONE_BYTE_MOST: Final = 0xFF
_LONGEST_TAG: Final = 4
_DEEPEST: Final = 16


@dataclass(frozen=True, slots=True)
class Tlv:
    """One object: `tag` is its bytes as a number (0x1F10), `value` may be card data, not shown by repr."""

    tag: int
    value: bytes = field(repr=False)
    parts: tuple["Tlv", ...] = ()


def read_length(data: bytes, at: int) -> tuple[int, int]:
    """Return the length that stands at `at` and the place after it."""
    if at >= len(data):
        raise DecodeError("a TLV object ends before its length")
    first = data[at]
    if first < _CONTINUES:
        return first, at + 1
    size = {_ONE_BYTE: 1, _TWO_BYTES: 2}.get(first)
    if size is None:
        raise DecodeError(f"a TLV length begins with {first:02X}; 00 to 7F, 81 or 82 are allowed")
    if at + 1 + size > len(data):
        raise DecodeError("a TLV object ends inside its length")
    return int.from_bytes(data[at + 1 : at + 1 + size], "big"), at + 1 + size


def _read_tag(data: bytes, at: int) -> tuple[int, int]:
    end = at + 1
    if data[at] & _MORE_TAG == _MORE_TAG:
        while True:
            if end >= len(data):
                raise DecodeError("a TLV object ends inside its tag")
            if end - at == _LONGEST_TAG:
                raise DecodeError(f"a TLV tag is longer than {_LONGEST_TAG} bytes")
            end += 1
            if data[end - 1] < _CONTINUES:
                break
    return int.from_bytes(data[at:end], "big"), end


def decode(data: bytes, depth: int = 0) -> tuple[Tlv, ...]:
    """Return the objects in `data`, constructed ones with their parts; unknown tags are kept like the others.

    Raises:
        DecodeError: a tag or length is not whole, a value runs over the end, or the nesting is absurd.
    """
    if depth > _DEEPEST:
        raise DecodeError(f"TLV objects are nested deeper than {_DEEPEST}")
    found: list[Tlv] = []
    at = 0
    while at < len(data):
        first = data[at]
        tag, at = _read_tag(data, at)
        size, at = read_length(data, at)
        if at + size > len(data):
            raise DecodeError(f"the value of TLV object {tag:X} runs over the end of its container")
        value = data[at : at + size]
        parts = decode(value, depth + 1) if first & _CONSTRUCTED else ()
        found.append(Tlv(tag, value, parts))
        at += size
    return tuple(found)


def encode(tag: int, value: bytes) -> bytes:
    """Return one object as bytes; the length takes the shortest form."""
    size = len(value)
    head = tag.to_bytes(max(1, (tag.bit_length() + 7) // 8), "big")
    return head + encode_length(size) + value


def encode_length(size: int) -> bytes:
    """Return `size` (0 to 65535) as a TLV length."""
    if size < _CONTINUES:
        return bytes((size,))
    if size <= _ONE_BYTE_MOST:
        return bytes((_ONE_BYTE, size))
    return bytes((_TWO_BYTES, *size.to_bytes(2, "big")))


def walk(objects: tuple[Tlv, ...]) -> Iterator[Tlv]:
    """Yield every object, outer before inner, in the order of the wire."""
    for one in objects:
        yield one
        yield from walk(one.parts)


def find(objects: tuple[Tlv, ...], tag: int) -> bytes | None:
    """Return the value of the first object `tag` at any depth, None where there is none."""
    return next((one.value for one in walk(objects) if one.tag == tag), None)
