"""ZVT over the serial line (PA00P016): 10 02 message 10 03 and CRC, answered by a single 06 or 15."""

from collections import deque
from dataclasses import dataclass
from typing import Final, Literal

from devices.terminal.simulator.wire import Apdu, take_apdu

DLE: Final = 0x10
STX: Final = 0x02
ETX: Final = 0x03
ACK: Final = 0x06
NAK: Final = 0x15
REPEATS: Final = 2
CRC_SIZE: Final = 2


def crc16(data: bytes) -> int:
    """CRC-16/KERMIT (polynomial 8408 reflected, start 0), which the transport specification calls XModem."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0x8408 if crc & 1 else crc >> 1
    return crc


def framed(apdu: Apdu) -> bytes:
    """One message as a frame: each 10 inside doubled; CRC of the undoubled message and ETX, low first."""
    message = bytes(apdu)
    check = crc16(message + bytes((ETX,))).to_bytes(2, "little")
    return bytes((DLE, STX)) + message.replace(b"\x10", b"\x10\x10") + bytes((DLE, ETX)) + check


Where = Literal["idle", "opening", "body", "escaped", "crc"]
Found = Literal["ack", "nak", "broken"]
_SINGLE: Final[dict[int, Found]] = {ACK: "ack", NAK: "nak"}


class FrameReader:
    """Bytes in, frames out. The two CRC bytes are not doubled and never taken for control characters."""

    def __init__(self) -> None:
        self._where: Where = "idle"
        self._body = bytearray()
        self._check = bytearray()

    @property
    def idle(self) -> bool:
        """Whether no frame is half read."""
        return self._where == "idle"

    def reset(self) -> None:
        """Forget what was half read."""
        self._where = "idle"
        self._body.clear()
        self._check.clear()

    def feed(self, byte: int) -> Apdu | Found | None:
        """Take one byte: a message, an acknowledgement, a broken frame, or nothing yet."""
        match self._where:
            case "idle":
                return self._idle(byte)
            case "opening":
                self._where = "body" if byte == STX else "idle"
                return None
            case "body":
                self._read(byte)
                return None
            case "escaped":
                return self._escaped(byte)
            case "crc":
                return self._checked(byte)

    def _idle(self, byte: int) -> Found | None:
        if byte == DLE:
            self.reset()
            self._where = "opening"
        return _SINGLE.get(byte)

    def _read(self, byte: int) -> None:
        if byte == DLE:
            self._where = "escaped"
        else:
            self._body.append(byte)

    def _escaped(self, byte: int) -> Found | None:
        if byte == DLE:
            self._body.append(DLE)
            self._where = "body"
        elif byte == ETX:
            self._where = "crc"
        elif byte == STX:  # the other side began anew
            self.reset()
            self._where = "body"
        else:
            self.reset()
            return "broken"
        return None

    def _checked(self, byte: int) -> Apdu | Found | None:
        self._check.append(byte)
        if len(self._check) < CRC_SIZE:
            return None
        body, check = bytes(self._body), int.from_bytes(self._check, "little")
        self.reset()
        taken = take_apdu(body)
        if check != crc16(body + bytes((ETX,))) or taken is None or taken[1] != len(body):
            return "broken"
        return taken[0]


@dataclass(frozen=True, slots=True)
class SerialTiming:
    """T1: longest gap between two bytes of a frame; T2: longest wait for 06 or 15. Milliseconds."""

    t1: int = 200
    t2: int = 5_000


class SerialLink:
    """The serial link: acknowledges at once, repeats twice, then gives the other side up."""

    def __init__(self, timing: SerialTiming | None = None) -> None:
        self._timing = timing or SerialTiming()
        self._reader = FrameReader()
        self._out: list[bytes | Apdu | None] = []
        self._queue: deque[bytes] = deque()
        self._repeats = 0
        self._byte_due: int | None = None
        self._ack_due: int | None = None

    @property
    def due(self) -> int | None:
        """When T1 or T2 ends next."""
        return min((due for due in (self._byte_due, self._ack_due) if due is not None), default=None)

    @property
    def between_messages(self) -> bool:
        """Whether no frame is half read."""
        return self._reader.idle

    def send(self, apdu: Apdu, now: int) -> None:
        """Frame a message; it waits while the one before is not acknowledged."""
        self._queue.append(framed(apdu))
        if len(self._queue) == 1:
            self._transmit(now)

    def _transmit(self, now: int) -> None:
        self._out.append(self._queue[0])
        self._ack_due = now + self._timing.t2

    def feed(self, data: bytes, now: int) -> None:
        """Take what arrived, byte by byte."""
        for byte in data:
            self._hear(self._reader.feed(byte), now)
        self._byte_due = None if self._reader.idle else now + self._timing.t1

    def _hear(self, found: Apdu | Found | None, now: int) -> None:
        match found:
            case None:
                pass
            case "ack":
                self._acknowledged(now)
            case "nak":
                self._repeat(now)
            case "broken":
                self._out.append(bytes((NAK,)))
            case Apdu():
                # Whoever answers has read what we sent, even if its own 06 was lost on the way.
                self._acknowledged(now)
                self._out += [bytes((ACK,)), found]

    def _acknowledged(self, now: int) -> None:
        if self._ack_due is None:
            return
        self._ack_due = None
        self._repeats = 0
        self._queue.popleft()
        if self._queue:
            self._transmit(now)

    def _repeat(self, now: int) -> None:
        if self._ack_due is None:
            return
        if self._repeats < REPEATS:
            self._repeats += 1
            self._transmit(now)
            return
        self._ack_due = None
        self._repeats = 0
        self._queue.clear()
        self._out.append(None)

    def tick(self, now: int) -> None:
        """End T1 with a NAK, T2 with a repetition."""
        if self._byte_due is not None and self._byte_due <= now:
            self._byte_due = None
            self._reader.reset()
            self._out.append(bytes((NAK,)))
        if self._ack_due is not None and self._ack_due <= now:
            self._repeat(now)

    def take(self) -> list[bytes | Apdu | None]:
        """Bytes to write, messages read, None where the other side is given up."""
        taken, self._out = self._out, []
        return taken
