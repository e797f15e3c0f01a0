"""One printing of one job as a table: what it has come to, what happened, what is to be done now.

A run of a job is sent as one stream: the text, process id A, the last cut, process id B. The printer answers
an id when all before it is on paper, so A says "the text is out", B "and it is cut". Bytes once sent are
never sent again: a printer that goes offline keeps its buffer and goes on by itself. Where no id comes, a
third one, C, is asked for: ids are answered in their order, so C without A proves that the text was lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from devices.printer.health import Cause

_ID_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Phase(StrEnum):
    """How far a run has come; HELD is not a phase but a cause beside one."""

    QUEUED = "QUEUED"
    SENDING = "SENDING"
    SENT = "SENT"
    TEXT_DONE = "TEXT_DONE"
    DONE = "DONE"
    UNCONFIRMED = "UNCONFIRMED"
    UNKNOWN = "UNKNOWN"


FINAL: Final = frozenset({Phase.DONE, Phase.UNCONFIRMED, Phase.UNKNOWN})


class Todo(StrEnum):
    """What the driver does after an event."""

    NOTHING = "nothing"
    SEND = "send"  # the stream, from its first byte
    CUT = "cut"  # the cut and id B alone
    PROBE = "probe"  # id C
    AWAIT = "await"  # an answer must come within the time limits, counted while the printer is sound
    FINISH = "finish"  # the run is over


@dataclass(frozen=True)
class Run:
    """One printing.

    Attributes:
        number: Of this run in the journal; the process ids come from it.
        job: The caller's job key.
        copy: 0 for the first printing, then 1, 2 …, each marked COPY.
        phase: See Phase.
        offset: Bytes of the stream the transport has taken.
        held: Why it does not go on now.
        broken: The connection was lost after the first byte: no answer may also mean no paper.
        probed: Id C has been asked for on this connection.
        inherited: All its bytes were handed over by an earlier process.
    """

    number: int
    job: str
    copy: int = 0
    phase: Phase = Phase.QUEUED
    offset: int = 0
    held: Cause | None = None
    broken: bool = False
    probed: bool = False
    inherited: bool = False

    @property
    def id_a(self) -> str:
        """The process id after the text."""
        return "A" + _digits(self.number)

    @property
    def id_b(self) -> str:
        """The process id after the last cut."""
        return "B" + _digits(self.number)

    @property
    def id_c(self) -> str:
        """The process id that proves whether A and B still can come."""
        return "C" + _digits(self.number)

    def restarted(self) -> Run:
        """The run as a new process finds it in the journal: its connection ended with the old one."""
        if self.phase is Phase.SENDING:
            return replace(self, phase=Phase.UNKNOWN, held=None, broken=True)
        sent = self.phase in {Phase.SENT, Phase.TEXT_DONE}
        return replace(self, held=None, broken=sent, inherited=sent)


@dataclass(frozen=True)
class Stream:
    """A run's bytes in whole commands; `text_end` is the offset behind id A, 0 where nothing confirms."""

    parts: tuple[bytes, ...]
    text_end: int = 0

    @property
    def total(self) -> int:
        """Bytes altogether."""
        return sum(len(part) for part in self.parts)


@dataclass(frozen=True)
class Start:
    """It is this run's turn and the printer is sound."""


@dataclass(frozen=True)
class Accepted:
    """The transport took `count` more bytes."""

    count: int


@dataclass(frozen=True)
class TextPrinted:
    """Process id A came."""


@dataclass(frozen=True)
class CutDone:
    """Process id B came."""


@dataclass(frozen=True)
class Probed:
    """Process id C came: nothing asked for before it will be answered any more."""


@dataclass(frozen=True)
class FencePassed:
    """A model without process ids answered GS r behind the cut, and its paper sensor is content."""


@dataclass(frozen=True)
class Unsound:
    """The printer cannot go on."""

    cause: Cause


@dataclass(frozen=True)
class Sound:
    """The printer can go on; the connection was not lost."""


@dataclass(frozen=True)
class Lost:
    """The connection is gone, and with it every byte under way."""


@dataclass(frozen=True)
class Back:
    """A new connection stands and the printer is sound."""


@dataclass(frozen=True)
class Expired:
    """The time for an answer is over."""


Happening: TypeAlias = (
    Start | Accepted | TextPrinted | CutDone | Probed | FencePassed | Unsound | Sound | Lost | Back | Expired
)
_Step: TypeAlias = tuple[Run, Todo]


def advance(run: Run, happening: Happening, stream: Stream) -> _Step:
    """The run after something happened; what has no entry in the table changes nothing."""
    rule = _TABLE.get((run.phase, type(happening)))
    return rule(run, happening, stream) if rule else (run, Todo.NOTHING)


def _to(phase: Phase, todo: Todo) -> _Rule:
    """A rule that only changes the phase; whatever held the run is over."""
    return lambda run, _happening, _stream: (replace(run, phase=phase, held=None), todo)


def _accepted(run: Run, happening: Happening, stream: Stream) -> _Step:
    assert isinstance(happening, Accepted)  # noqa: S101 - the table's key says so; mypy cannot see it
    moved = replace(run, offset=run.offset + happening.count)
    if moved.offset < stream.total:
        return moved, Todo.NOTHING
    return (replace(moved, phase=Phase.SENT) if run.phase is Phase.SENDING else moved), Todo.AWAIT


def _hold(run: Run, happening: Happening, _stream: Stream) -> _Step:
    assert isinstance(happening, Unsound)  # noqa: S101 - the table's key says so; mypy cannot see it
    return replace(run, held=happening.cause), Todo.NOTHING


def _go_on(run: Run, _happening: Happening, _stream: Stream) -> _Step:
    """Paper is back: what was not yet sent follows by itself, at the same byte."""
    return replace(run, held=None), Todo.NOTHING


def _lost_sending(run: Run, _happening: Happening, stream: Stream) -> _Step:
    if run.offset == 0:
        return replace(run, phase=Phase.QUEUED), Todo.NOTHING
    if stream.text_end and run.offset >= stream.text_end:
        return replace(run, phase=Phase.SENT, broken=True), Todo.NOTHING  # id A may still come
    return replace(run, phase=Phase.UNKNOWN, held=None, broken=True), Todo.FINISH


def _lost_sent(run: Run, _happening: Happening, _stream: Stream) -> _Step:
    return replace(run, broken=True, probed=False), Todo.NOTHING


def _text_printed(run: Run, _happening: Happening, stream: Stream) -> _Step:
    printed = replace(run, phase=Phase.TEXT_DONE, held=None)
    return _cut(printed) if run.broken and run.offset < stream.total else (printed, Todo.AWAIT)


def _sound_again(run: Run, _happening: Happening, _stream: Stream) -> _Step:
    """After silence the printer may have been off and on again, its buffer empty."""
    free = replace(run, held=None)
    return _probe(free) if run.held == "silent" else (free, Todo.NOTHING)


def _back(run: Run, _happening: Happening, stream: Stream) -> _Step:
    if not run.broken:
        return replace(run, held=None), Todo.NOTHING
    return _probe(run) if stream.text_end else _unknown(run)


def _back_to_cut(run: Run, _happening: Happening, stream: Stream) -> _Step:
    """The text is out; the cut alone goes again where it was not sent, or is found to be lost."""
    if not run.broken:
        return replace(run, held=None), Todo.NOTHING
    return _cut(run) if run.offset < stream.total else _probe(run)


def _expired(run: Run, _happening: Happening, stream: Stream) -> _Step:
    """No word although sound: ask by id C; where that too is not answered, the model knows no ids."""
    if stream.text_end and not run.probed:
        return _probe(run)
    return _unknown(run) if run.broken else _unconfirmed(run)


def _text_expired(run: Run, _happening: Happening, _stream: Stream) -> _Step:
    if not run.probed:
        return _probe(run)
    return _cut(run) if run.broken else _unconfirmed(run)


def _probe(run: Run) -> _Step:
    return replace(run, held=None, probed=True), Todo.PROBE


def _cut(run: Run) -> _Step:
    return replace(run, held=None, broken=False, probed=False), Todo.CUT


def _unknown(run: Run) -> _Step:
    """Nobody knows whether there is paper.

    But a sound printer that was given all of a copy by a process now dead has most likely printed it, and a
    third slip would help nobody.
    """
    if run.inherited and run.copy:
        return _unconfirmed(run)
    return replace(run, phase=Phase.UNKNOWN, held=None), Todo.FINISH


def _unconfirmed(run: Run) -> _Step:
    return replace(run, phase=Phase.UNCONFIRMED, held=None), Todo.FINISH


_Rule: TypeAlias = Callable[[Run, Happening, Stream], _Step]
_DONE: Final = _to(Phase.DONE, Todo.FINISH)

_TABLE: Final[Mapping[tuple[Phase, type], _Rule]] = {
    (Phase.QUEUED, Start): _to(Phase.SENDING, Todo.SEND),
    (Phase.QUEUED, Unsound): _hold,
    (Phase.QUEUED, Sound): _go_on,
    (Phase.QUEUED, Back): _go_on,
    (Phase.SENDING, Accepted): _accepted,
    (Phase.SENDING, TextPrinted): _to(Phase.TEXT_DONE, Todo.NOTHING),
    (Phase.SENDING, Unsound): _hold,
    (Phase.SENDING, Sound): _go_on,
    (Phase.SENDING, Lost): _lost_sending,
    (Phase.SENT, TextPrinted): _text_printed,
    (Phase.SENT, CutDone): _DONE,
    (Phase.SENT, Probed): lambda run, _happening, _stream: _unknown(run),
    (Phase.SENT, FencePassed): _to(Phase.UNCONFIRMED, Todo.FINISH),
    (Phase.SENT, Unsound): _hold,
    (Phase.SENT, Sound): _sound_again,
    (Phase.SENT, Lost): _lost_sent,
    (Phase.SENT, Back): _back,
    (Phase.SENT, Expired): _expired,
    (Phase.TEXT_DONE, Accepted): _accepted,
    (Phase.TEXT_DONE, CutDone): _DONE,
    (Phase.TEXT_DONE, Probed): lambda run, _happening, _stream: _cut(run),
    (Phase.TEXT_DONE, Unsound): _hold,
    (Phase.TEXT_DONE, Sound): _sound_again,
    (Phase.TEXT_DONE, Lost): _lost_sent,
    (Phase.TEXT_DONE, Back): _back_to_cut,
    (Phase.TEXT_DONE, Expired): _text_expired,
}


def _digits(number: int) -> str:
    """Three characters in base 36: ids repeat after 46,656 runs, long after the printer has forgotten one."""
    digits = ""
    for _ in range(3):
        number, place = divmod(number, len(_ID_DIGITS))
        digits = _ID_DIGITS[place] + digits
    return digits
