"""One command that moves no money, from its first byte to its completion."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from devices.terminal.evidence import Result, record_of, same_booking
from devices.terminal.steps import (
    Close,
    Expired,
    Heard,
    Input,
    Lost,
    Receive,
    Send,
    Session,
    Start,
    Steps,
    Stop,
    Timer,
)
from devices.terminal.zvt import commands
from devices.terminal.zvt.apdu import Apdu
from devices.terminal.zvt.messages import (
    Abort,
    Accepted,
    Completion,
    IntermediateStatus,
    Malformed,
    Message,
    Print,
    Refused,
    SetClock,
    Unknown,
)
from devices.terminal.zvt.status import StatusInformation

_MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class Done:
    """06 0F came; `statuses` and `lines` came before it."""

    completion: Completion
    statuses: tuple[StatusInformation, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Denied:
    """84 xx or 06 1E: the terminal did not do it, `code` says why."""

    code: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer, or none that can be read; the line is closed. `reason` is a sentence."""

    reason: str


Answer = Done | Denied | Failed
LateStatus = Callable[[StatusInformation], Steps[None]]


def repeats(status: StatusInformation, booked: Result | None) -> bool:
    """Tell whether an approval is `booked` told once more: vetoed, a paid sale would be reversed."""
    if booked is None or not status.approved or not same_booking(record_of(status), booked):
        return False
    return status.currency in {None, commands.currency_number(booked.currency)}


def refuse_late(session: Session, status: StatusInformation) -> Steps[None]:
    """Veto an approval nobody waits for (the terminal reverses it); acknowledge anything else."""
    unwanted = status.approved and not repeats(status, session.booked)
    yield Send(commands.veto() if unwanted else commands.accept())


def overhear(session: Session, message: Message, late: LateStatus | None = None) -> Steps[None]:
    """Answer what the terminal says while no command of ours is under way; `late` in place of a refusal."""
    match message:
        case StatusInformation():
            yield from late(message) if late else refuse_late(session, message)
        case Malformed():  # perhaps a result: it must not be acknowledged
            session.registered = False
            yield Close()
        case Unknown():
            yield Send(commands.unsupported())
        case Accepted() | Refused():
            pass
        case _:
            yield Send(commands.accept())


def t4_of(session: Session, message: Message) -> float:
    """Return T4 as 04 FF changes it, in seconds."""
    if isinstance(message, IntermediateStatus) and message.minutes:
        return max(message.minutes * _MINUTE, session.profile.timers.t4)
    return session.profile.timers.t4


class _Exchange:
    """The state of one exchange: whether the command is accepted, and what came so far."""

    def __init__(self, session: Session, late: LateStatus | None) -> None:
        self._session = session
        self._late = late
        self._accepted = False
        self._statuses: list[StatusInformation] = []
        self._lines: list[str] = []

    def take(self, heard: Input | None) -> Steps[Answer | None]:
        """Work on one input; return the answer once it is there."""
        match heard:
            case Heard(message):
                return (yield from self._hear(message))
            case Expired(Timer.QUIET):
                self._session.quiet = True
                return None
            case Expired(Timer.T3):
                return Failed("The terminal did not answer a command in time.")
            case Expired(Timer.T4):
                return Failed("The terminal did not finish a command in time.")
            case Lost(reason):
                return Failed(reason)
            case _:
                return None

    def _hear(self, message: Message) -> Steps[Answer | None]:
        if isinstance(message, Accepted | Refused):
            return (yield from self._answered(message))
        if isinstance(message, Malformed):
            return Failed(
                f"The terminal sent {message.header} in a form ZVT does not allow: {message.reason}."
            )
        if isinstance(message, Completion | Abort):
            return (yield from self._ended(message))
        yield from self._between(message)
        return None

    def _answered(self, message: Accepted | Refused) -> Steps[Answer | None]:
        if self._accepted:
            return None
        yield Stop(Timer.T3)
        if isinstance(message, Refused):
            return Denied(message.code)
        self._accepted = True
        yield Start(Timer.T4, self._session.profile.timers.t4)
        return None

    def _ended(self, message: Completion | Abort) -> Steps[Answer | None]:
        yield Send(commands.accept())
        if not self._accepted:  # the end of something before our command
            return None
        if isinstance(message, Abort):
            return Denied(message.code, message.text)
        return Done(message, tuple(self._statuses), tuple(self._lines))

    def _between(self, message: Message) -> Steps[None]:
        match message:
            case StatusInformation() if not self._accepted:
                yield from overhear(self._session, message, self._late)
                return
            case StatusInformation():
                self._statuses.append(message)
            case Print(lines):
                self._lines += lines
            case Unknown():
                yield Send(commands.unsupported())
                return
            case _:
                assert isinstance(message, IntermediateStatus | SetClock)  # noqa: S101 - all others are dealt with
        yield Send(commands.accept())
        if self._accepted and not isinstance(message, Print | SetClock):
            yield Start(Timer.T4, t4_of(self._session, message))


def exchange(session: Session, command: Apdu, late: LateStatus | None = None) -> Steps[Answer]:
    """Send `command` and see it through. Any failure closes the line.

    Args:
        session: the terminal.
        command: anything but a payment; a payment is a matter for the dialogue.
        late: what to do with a 04 0F that comes before the command is accepted (of an older payment);
            None refuses it.
    """
    state = _Exchange(session, late)
    yield Send(command)
    yield Start(Timer.T3, session.profile.timers.t3)
    answer: Answer | None = None
    while answer is None:
        answer = yield from state.take((yield Receive()))
    yield Stop(Timer.T3)
    yield Stop(Timer.T4)
    if isinstance(answer, Failed):
        session.registered = False
        yield Close()
    return answer
