"""TLV objects as ZVT's BMP 06 carries them (PA00P015, chapter 9)."""

from collections.abc import Iterator
from typing import Final

from devices.terminal.simulator.wire import LONG_FORM, TLV_FIELD, WireError, take_ber_length

_MORE_TAG_BYTES: Final = 0x1F
_CONTINUES: Final = 0x80
_ONE_BYTE: Final = 0xFF


def item(tag: int, value: bytes) -> bytes:
    """Build one object; the tag is written as the bytes it consists of (0x1F12, 0x24)."""
    return tag.to_bytes((tag.bit_length() + 7) // 8, "big") + _length(len(value)) + value


def container(*items: bytes) -> bytes:
    """Build the whole BMP 06 from objects already built."""
    content = b"".join(items)
    return bytes((TLV_FIELD,)) + _length(len(content)) + content


def _length(size: int) -> bytes:
    if size < LONG_FORM:
        return bytes((size,))
    return bytes((0x81, size)) if size <= _ONE_BYTE else b"\x82" + size.to_bytes(2, "big")


def _tag_size(data: bytes) -> int:
    if data[0] & _MORE_TAG_BYTES != _MORE_TAG_BYTES:
        return 1
    size = 2
    while size <= len(data) and data[size - 1] & _CONTINUES:
        size += 1
    if size > len(data):
        raise WireError("a TLV object ends inside its tag")
    return size


def objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Walk the objects of a container's content, in order; raises WireError where one is cut short."""
    position = 0
    while position < len(data):
        tag_end = position + _tag_size(data[position:])
        size, used = take_ber_length(data[tag_end:])
        start = tag_end + used
        if start + size > len(data):
            raise WireError(f"a TLV object announces {size} bytes and has {len(data) - start}")
        yield int.from_bytes(data[position:tag_end], "big"), data[start : start + size]
        position = start + size
