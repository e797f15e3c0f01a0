"""One message of the application layer: class, instruction, length, data; and TCP's stream of them."""

from dataclasses import dataclass, field
from typing import Final

EXTENDED: Final = 0xFF
LONGEST: Final = 0xFFFF
_SHORT_HEADER: Final = 3
_LONG_HEADER: Final = 5


@dataclass(frozen=True, slots=True)
class Apdu:
    """A message; its data may hold card data, so neither repr nor str show it.

    Attributes:
        code: class and instruction as one number, 0x0601 for 06 01.
        data: the data block, at most 65535 bytes.
    """

    code: int
    data: bytes = field(default=b"", repr=False)

    @property
    def header(self) -> str:
        """Class and instruction as ZVT writes them: `06 01`."""
        return f"{self.code >> 8:02X} {self.code & 0xFF:02X}"

    def encode(self) -> bytes:
        """Return the bytes: the length is one byte up to FE, else FF and two bytes, **low byte first**."""
        size = len(self.data)
        if size > LONGEST:
            raise ValueError(f"{size} bytes of data do not fit one ZVT message (at most {LONGEST})")
        length = bytes((size,)) if size < EXTENDED else bytes((EXTENDED, *size.to_bytes(2, "little")))
        return self.code.to_bytes(2, "big") + length + self.data


def measure(data: bytes | bytearray) -> tuple[int, int] | None:
    """Return (bytes of header, bytes in all) of the message that begins `data`, None while unknown."""
    if len(data) < _SHORT_HEADER:
        return None
    if data[2] != EXTENDED:
        return _SHORT_HEADER, _SHORT_HEADER + data[2]
    if len(data) < _LONG_HEADER:
        return None
    return _LONG_HEADER, _LONG_HEADER + int.from_bytes(data[3:5], "little")


def split(data: bytes) -> tuple[Apdu, bytes] | None:
    """Return the first whole message of `data` and what follows it; None while it is not whole."""
    sizes = measure(data)
    if sizes is None or len(data) < sizes[1]:
        return None
    start, end = sizes
    return Apdu(int.from_bytes(data[:2], "big"), bytes(data[start:end])), bytes(data[end:])


class ApduStream:
    """Cuts a TCP stream, which has no frames of its own, into messages; any segmentation will do."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> tuple[Apdu, ...]:
        """Take the bytes that arrived; return the messages now complete."""
        self._buffer += data
        found: list[Apdu] = []
        start = 0
        while (sizes := measure(self._buffer[start : start + _LONG_HEADER])) is not None:
            header, size = sizes
            if len(self._buffer) - start < size:
                break
            code = int.from_bytes(self._buffer[start : start + 2], "big")
            found.append(Apdu(code, bytes(self._buffer[start + header : start + size])))
            start += size
        del self._buffer[:start]
        return tuple(found)

    @property
    def pending(self) -> int:
        """How many bytes of an unfinished message are held."""
        return len(self._buffer)
