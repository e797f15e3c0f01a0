"""Reads what a printer sends, byte by byte: status, process ids, flow control, and noise (Epson ESC/POS).

Every kind of answer has its own mask, tried first; only a byte that passes one can mean anything. A DLE EOT
answer does not say which of the four it is, so the reader is told what was asked, in order.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Paper = Literal["ok", "near_end", "end"]
Cover = Literal["open", "closed"]
Fault = Literal["none", "recoverable", "auto_recoverable", "unrecoverable"]
Drawer = Literal["low", "high"]
Question = Literal["eot1", "eot2", "eot3", "eot4", "paper", "drawer"]
FlowKind = Literal["xon", "xoff", "cleared"]
QUESTIONS: Final[tuple[Question, ...]] = ("eot1", "eot2", "eot3", "eot4")

# The masks of the answers' first bytes; XON, XOFF and the blocks' headers pass none of them.
_FAMILY: Final = 0x93
_EOT_ANSWER: Final = 0x12
_ASB_FIRST: Final = 0x10
_QUEUED_MASK: Final = 0x90  # clear in answers to GS r and in bytes 2 to 4 of an ASB
_XON: Final = 0x11
_XOFF: Final = 0x13
_BLOCK: Final = 0x37
_MODEL: Final = 0x5F
_EXTENDED: Final = 0x39
_PROCESS_ID: Final = 0x22
_OFFLINE: Final = 0x23
_CLEARED: Final = 0x25
_END: Final = 0x00
_ASB_LENGTH: Final = 4
_ID_LENGTH: Final = 4
_PRINTABLE: Final = range(0x20, 0x7F)
_CAUSES: Final = range(0x40, 0x80)
_LONGEST: Final = 80  # GS I answers are far shorter; more than this without an end is noise
_HEADER: Final = 2  # bytes before what a block carries
_OFFLINE_LONGEST: Final = _HEADER + 10


@dataclass(frozen=True)
class Status:
    """What one answer says; None where this answer does not speak of it."""

    kind: Literal["asb", "eot", "queued", "offline"]
    online: bool | None = None
    paper: Paper | None = None
    cover: Cover | None = None
    cutter_error: bool | None = None
    error: Fault | None = None
    drawer: Drawer | None = None


@dataclass(frozen=True)
class ProcessId:
    """`37 22 id 00`: all data before GS ( H with this id is on paper."""

    id: str


@dataclass(frozen=True)
class Model:
    """`5F … 00`: the answer to GS I."""

    id: str


@dataclass(frozen=True)
class Flow:
    """XON, XOFF, or `37 25 00`: the buffers were cleared."""

    kind: FlowKind


@dataclass(frozen=True)
class Noise:
    """Bytes that are no answer, or one that nobody asked for."""

    data: bytes


Answer: TypeAlias = Status | ProcessId | Model | Flow | Noise


class StatusReader:
    """Incremental and without a clock: the same bytes give the same answers however they are cut."""

    def __init__(self, default: Question | None = None) -> None:
        """`default`: what a DLE EOT byte means when nothing was asked; None calls it noise."""
        self._held = bytearray()
        self._real_time: deque[Question] = deque()
        self._queued: deque[Question] = deque()
        self._default = default

    def expect(self, questions: Iterable[Question]) -> None:
        """We asked; answers come in this order within a family, DLE EOT overtaking GS r."""
        for question in questions:
            (self._real_time if question in QUESTIONS else self._queued).append(question)

    def forget(self) -> None:
        """The DLE EOT answers expected are lost, and a half answer is void."""
        self._real_time.clear()
        self._held.clear()

    def restart(self) -> None:
        """The connection is new: nothing asked before it will be answered."""
        self.forget()
        self._queued.clear()

    @property
    def outstanding(self) -> int:
        """How many DLE EOT answers are still expected."""
        return len(self._real_time)

    def feed(self, data: bytes) -> tuple[Answer, ...]:
        """Take what arrived and give the answers that are complete."""
        answers: list[Answer] = []
        for byte in data:
            if byte in {_XON, _XOFF}:  # may come in the middle of any other answer
                answers.append(Flow("xon" if byte == _XON else "xoff"))
                continue
            self._held.append(byte)
            while self._held:
                taken = self._take()
                if taken is None:
                    break
                answer, length = taken
                del self._held[:length]
                if answer is not None:
                    answers.append(answer)
        return tuple(answers)

    def _take(self) -> tuple[Answer | None, int] | None:
        """One answer and its length from the held bytes, or None while it is not complete."""
        first = self._held[0]
        if first & _FAMILY == _EOT_ANSWER:
            return self._single(self._real_time, self._default), 1
        if first & _FAMILY == _ASB_FIRST:
            return self._asb()
        if first == _BLOCK:
            return self._block()
        if first in {_MODEL, _EXTENDED}:
            return self._text()
        if first & _QUEUED_MASK == 0:
            return self._single(self._queued, None), 1
        return self._noise(1)

    def _single(self, asked: deque[Question], default: Question | None) -> Answer:
        """A one-byte answer, read as what was asked for; the mask has told which family it is of."""
        byte = self._held[0]
        question = asked.popleft() if asked else default
        return Noise(bytes((byte,))) if question is None else _READERS[question](byte)

    def _asb(self) -> tuple[Answer, int] | None:
        for place in range(1, min(len(self._held), _ASB_LENGTH)):
            if self._held[place] & _QUEUED_MASK:
                return self._noise(place)
        if len(self._held) < _ASB_LENGTH:
            return None
        return _asb(*self._held[:3]), _ASB_LENGTH

    def _block(self) -> tuple[Answer, int] | None:
        if len(self._held) == 1:
            return None
        if self._held[1] == _PROCESS_ID:
            return self._process_id()
        if self._held[1] == _OFFLINE:
            return self._offline()
        return self._cleared() if self._held[1] == _CLEARED else self._noise(1)

    def _cleared(self) -> tuple[Answer, int] | None:
        if len(self._held) <= _HEADER:
            return None
        return (Flow("cleared"), _HEADER + 1) if self._held[_HEADER] == _END else self._noise(_HEADER)

    def _process_id(self) -> tuple[Answer, int] | None:
        end = _HEADER + _ID_LENGTH
        for place in range(_HEADER, min(end, len(self._held))):
            if self._held[place] not in _PRINTABLE:
                return self._noise(place)
        if len(self._held) <= end:
            return None
        if self._held[end] != _END:
            return self._noise(end)
        return ProcessId(self._held[_HEADER:end].decode("ascii")), end + 1

    def _offline(self) -> tuple[Answer, int] | None:
        last = len(self._held) - 1
        if last < _HEADER:
            return None
        if self._held[last] == _END:
            return Status("offline", online=False), last + 1
        broken = self._held[last] not in _CAUSES or last >= _OFFLINE_LONGEST
        return self._noise(last) if broken else None

    def _text(self) -> tuple[Answer | None, int] | None:
        last = len(self._held) - 1
        if last == 0:
            return None
        if self._held[last] == _END:
            text = self._held[1:last].decode("ascii")
            return (Model(text) if self._held[0] == _MODEL else None), last + 1
        return self._noise(last) if self._held[last] not in _PRINTABLE or last >= _LONGEST else None

    def _noise(self, length: int) -> tuple[Answer, int]:
        """A broken answer: dropped up to where another block may begin, or up to the byte that broke it."""
        again = self._held.find(_BLOCK, 1, length)
        length = again if again > 0 else length
        return Noise(bytes(self._held[:length])), length


def is_poll_answer(data: bytes) -> bool:
    """Whether these bytes have the form of one DLE EOT answer."""
    return len(data) == 1 and data[0] & _FAMILY == _EOT_ANSWER


def _asb(first: int, second: int, third: int) -> Status:
    """Automatic Status Back, bytes 1 to 3 of 4."""
    return Status(
        "asb",
        online=not first & 0x08,
        paper=_paper(third),
        cover="open" if first & 0x20 else "closed",
        cutter_error=bool(second & 0x08),
        error=_fault(second),
        drawer=_drawer(first),
    )


def _paper(byte: int) -> Paper:
    if byte & 0x0C:
        return "end"
    return "near_end" if byte & 0x03 else "ok"


def _fault(byte: int) -> Fault:
    """The worst of the faults told: one for the power switch, one that passes by itself, one to clear."""
    if byte & 0x20:
        return "unrecoverable"
    if byte & 0x40:
        return "auto_recoverable"
    return "recoverable" if byte & 0x04 else "none"


def _drawer(byte: int) -> Drawer:
    return "high" if byte & 0x04 else "low"


def _eot1(byte: int) -> Status:
    return Status("eot", online=not byte & 0x08, drawer=_drawer(byte))


def _eot2(byte: int) -> Status:
    """Cause of offline; it tells the end of the paper, but not that there is plenty."""
    return Status("eot", paper="end" if byte & 0x20 else None, cover="open" if byte & 0x04 else "closed")


def _eot3(byte: int) -> Status:
    return Status("eot", cutter_error=bool(byte & 0x08), error=_fault(byte))


def _eot4(byte: int) -> Status:
    if byte & 0x60:
        return Status("eot", paper="end")
    return Status("eot", paper="near_end" if byte & 0x0C else "ok")


def _queued_paper(byte: int) -> Status:
    return Status("queued", paper=_paper(byte))


def _queued_drawer(byte: int) -> Status:
    return Status("queued", drawer="high" if byte & 0x01 else "low")


_READERS: Final = {
    "eot1": _eot1,
    "eot2": _eot2,
    "eot3": _eot3,
    "eot4": _eot4,
    "paper": _queued_paper,
    "drawer": _queued_drawer,
}
