"""The serial frame of PA00P016: 10 02, the message with each 10 doubled, 10 03, two check bytes."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, assert_never

from devices.terminal.zvt.apdu import LONGEST, Apdu, split
from devices.terminal.zvt.crc import crc16

DLE: Final = 0x10
STX: Final = 0x02
ETX: Final = 0x03
ACK: Final = b"\x06"
NAK: Final = b"\x15"
_CRC_SIZE: Final = 2
_LARGEST: Final = LONGEST + 5


def encode(apdu: Apdu) -> bytes:
    """Return the frame; the check bytes cover the undoubled message and the 03 after it."""
    plain = apdu.encode()
    doubled = plain.replace(b"\x10", b"\x10\x10")
    return bytes((DLE, STX)) + doubled + bytes((DLE, ETX)) + crc16(plain + bytes((ETX,)))


@dataclass(frozen=True, slots=True)
class Received:
    """A whole frame whose check bytes and length are right."""

    apdu: Apdu


@dataclass(frozen=True, slots=True)
class Damaged:
    """A frame that must be asked for again (NAK)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """06 outside a frame."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """15 outside a frame."""


FrameEvent = Received | Damaged | Acknowledged | Rejected


class _Place(Enum):
    IDLE = auto()
    START = auto()
    BODY = auto()
    ESCAPE = auto()
    CHECK = auto()


class FrameReader:
    """Reads frames out of a byte stream, one byte at a time; what lies between frames is passed over."""

    def __init__(self) -> None:
        self._place = _Place.IDLE
        self._body = bytearray()
        self._check = bytearray()

    @property
    def inside(self) -> bool:
        """A frame has begun and is not whole: T1 runs."""
        return self._place is not _Place.IDLE

    def reset(self) -> None:
        """Forget the frame that has begun."""
        self._place = _Place.IDLE
        self._body.clear()
        self._check.clear()

    def feed(self, data: bytes) -> tuple[FrameEvent, ...]:
        """Take the bytes that arrived; return what they complete, in order."""
        return tuple(event for byte in data if (event := self._take(byte)) is not None)

    def _take(self, byte: int) -> FrameEvent | None:
        match self._place:
            case _Place.IDLE:
                return self._idle(byte)
            case _Place.START:
                return self._start(byte)
            case _Place.BODY:
                return self._in_body(byte)
            case _Place.ESCAPE:
                return self._escape(byte)
            case _Place.CHECK:
                return self._in_check(byte)
            case unreachable:
                assert_never(unreachable)

    def _idle(self, byte: int) -> FrameEvent | None:
        if byte == DLE:
            self._place = _Place.START
        elif byte == ACK[0]:
            return Acknowledged()
        elif byte == NAK[0]:
            return Rejected()
        return None

    def _start(self, byte: int) -> FrameEvent | None:
        if byte == STX:
            self._place = _Place.BODY
        elif byte != DLE:
            self._place = _Place.IDLE
        return None

    def _in_body(self, byte: int) -> FrameEvent | None:
        if byte == DLE:
            self._place = _Place.ESCAPE
            return None
        return self._keep(byte)

    def _keep(self, byte: int) -> FrameEvent | None:
        self._body.append(byte)
        if len(self._body) > _LARGEST:
            self.reset()
            return Damaged("a frame is longer than the longest message")
        return None

    def _escape(self, byte: int) -> FrameEvent | None:
        if byte == DLE:
            self._place = _Place.BODY
            return self._keep(byte)
        if byte == ETX:
            self._place = _Place.CHECK
            return None
        self.reset()
        if byte == STX:  # a new frame begins inside this one: the sender started over
            self._place = _Place.BODY
            return None
        return Damaged("a 10 inside a frame is neither doubled nor the end")

    def _in_check(self, byte: int) -> FrameEvent | None:
        self._check.append(byte)
        if len(self._check) < _CRC_SIZE:
            return None
        body, check = bytes(self._body), bytes(self._check)
        self.reset()
        if crc16(body + bytes((ETX,))) != check:
            return Damaged("the check bytes do not fit")
        found = split(body)
        if found is None or found[1]:
            return Damaged("the length in a frame does not fit its size")
        return Received(found[0])
