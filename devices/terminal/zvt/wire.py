"""The two wires a terminal may hang on, without I/O: bare messages (TCP), checked frames (serial)."""

from dataclasses import dataclass
from enum import Enum
from typing import Final, Protocol, assert_never

from devices.terminal.zvt import messages
from devices.terminal.zvt.apdu import Apdu, ApduStream
from devices.terminal.zvt.messages import Message
from devices.terminal.zvt.serial_frame import (
    ACK,
    NAK,
    Acknowledged,
    Damaged,
    FrameEvent,
    FrameReader,
    Received,
    Rejected,
    encode,
)
from devices.terminal.zvt.text import Charset

REPEATS: Final = 2


class WireTimer(Enum):
    """T1: 200 ms between the bytes of a frame. T2: 5 s for the answer to a frame."""

    T1 = "t1"
    T2 = "t2"


@dataclass(frozen=True, slots=True)
class Write:
    """These bytes go out now. They may hold the password and are not shown by repr."""

    data: bytes

    def __repr__(self) -> str:
        return f"Write({len(self.data)} bytes)"


@dataclass(frozen=True, slots=True)
class Deliver:
    """The terminal said this."""

    message: Message


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Call `expired` when this time has passed; starting again restarts."""

    timer: WireTimer


@dataclass(frozen=True, slots=True)
class StopTimer:
    """The timer is not wanted any more."""

    timer: WireTimer


@dataclass(frozen=True, slots=True)
class Broken:
    """The wire does not carry what we send; the connection is at its end."""

    reason: str


WireEffect = Write | Deliver | StartTimer | StopTimer | Broken


class Wire(Protocol):
    """What the line needs of a wire."""

    def send(self, apdu: Apdu) -> tuple[WireEffect, ...]:
        """Put a message on the wire."""
        ...

    def receive(self, data: bytes) -> tuple[WireEffect, ...]:
        """Take the bytes that arrived."""
        ...

    def expired(self, timer: WireTimer) -> tuple[WireEffect, ...]:
        """A started timer has run out."""
        ...


class TcpWire:
    """Messages back to back; TCP itself repeats and checks."""

    def __init__(self, charset: Charset = Charset.CP437) -> None:
        self._stream = ApduStream()
        self._charset = charset

    def send(self, apdu: Apdu) -> tuple[WireEffect, ...]:
        """Put a message on the wire."""
        return (Write(apdu.encode()),)

    def receive(self, data: bytes) -> tuple[WireEffect, ...]:
        """Take the bytes that arrived, in any segmentation."""
        return tuple(Deliver(messages.parse(apdu, self._charset)) for apdu in self._stream.feed(data))

    def expired(self, timer: WireTimer) -> tuple[WireEffect, ...]:
        """Do nothing: this wire starts no timer."""
        del timer
        return ()


class SerialWire:
    """Frames, each answered by ACK or NAK at once, before it is worked on; ours are repeated up to twice."""

    def __init__(self, charset: Charset = Charset.CP437) -> None:
        self._reader = FrameReader()
        self._charset = charset
        self._unanswered: Apdu | None = None
        self._waiting: list[Apdu] = []
        self._tries = 0

    def send(self, apdu: Apdu) -> tuple[WireEffect, ...]:
        """Put a message on the wire; one at a time, the next waits for the ACK of the last."""
        if self._unanswered is not None:
            self._waiting.append(apdu)
            return ()
        self._unanswered, self._tries = apdu, 1
        return (Write(encode(apdu)), StartTimer(WireTimer.T2))

    def receive(self, data: bytes) -> tuple[WireEffect, ...]:
        """Take the bytes that arrived."""
        effects: list[WireEffect] = []
        for event in self._reader.feed(data):
            effects += self._answer(event)
        effects.append(StartTimer(WireTimer.T1) if self._reader.inside else StopTimer(WireTimer.T1))
        return tuple(effects)

    def expired(self, timer: WireTimer) -> tuple[WireEffect, ...]:
        """T1: the frame stopped in the middle, ask again. T2: no answer, send again."""
        if timer is WireTimer.T2:
            return self._again("the terminal does not acknowledge on the serial line")
        self._reader.reset()
        return (Write(NAK),)

    def _answer(self, event: FrameEvent) -> tuple[WireEffect, ...]:
        match event:
            case Received(apdu):
                return (Write(ACK), *self._implied(), Deliver(messages.parse(apdu, self._charset)))
            case Damaged():
                return (Write(NAK),)
            case Acknowledged():
                return self._next()
            case Rejected():
                return self._again("the terminal rejects our frames on the serial line")
            case unreachable:
                assert_never(unreachable)

    def _implied(self) -> tuple[WireEffect, ...]:
        """Take an answer as the ACK whose byte was lost: only a whole frame of ours can be answered."""
        return self._next() if self._unanswered is not None else ()

    def _next(self) -> tuple[WireEffect, ...]:
        if self._unanswered is None:
            return ()
        self._unanswered = None
        after = self.send(self._waiting.pop(0)) if self._waiting else ()
        return (StopTimer(WireTimer.T2), *after)

    def _again(self, reason: str) -> tuple[WireEffect, ...]:
        if self._unanswered is None:
            return ()
        if self._tries > REPEATS:
            self._unanswered = None
            return (StopTimer(WireTimer.T2), Broken(reason))
        self._tries += 1
        return (Write(encode(self._unanswered)), StartTimer(WireTimer.T2))
