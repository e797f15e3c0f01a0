"""The payment dialogue: journal first, acknowledge after, never send a payment twice, never guess."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, assert_never

from devices.terminal.attempt import AttemptEvent, AttemptState, Kind, after
from devices.terminal.display_table import display_code
from devices.terminal.evidence import Record, Result, record_of, result_of
from devices.terminal.exchange import repeats, t4_of
from devices.terminal.steps import (
    Change,
    Close,
    Expired,
    Heard,
    Input,
    Journal,
    Lost,
    Receive,
    Send,
    Session,
    Show,
    Start,
    Steps,
    Stop,
    Timer,
    Woken,
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

CANCELLED: Final = 0x6C
NOT_REGISTERED: Final = 0x6B
UNMASKED: Final = "The terminal sends card numbers in the clear; it must be set to mask them."
# The terminal has the word only after 80 00 00 (PA00P015, 2.2): what it approves before is something older.
_EARLY: Final = "The terminal approved before it had taken the payment command."
_STATUS_HEADER: Final = "04 0F"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done: `original` is the result of the payment a reversal undoes."""

    attempt_id: str
    kind: Kind
    amount_minor: int
    currency: str
    original: Result | None = None


def command_of(session: Session, order: Order) -> Apdu:
    """Return the one command of this order.

    Raises:
        ValueError: a reversal without a receipt number to name.
    """
    password = session.profile.password
    match order.kind:
        case Kind.SALE:
            return commands.authorization(order.amount_minor, order.currency)
        case Kind.REFUND:
            return commands.refund(password, order.amount_minor, order.currency)
        case Kind.REVERSAL:
            if order.original is None or order.original.receipt_no is None:
                raise ValueError("a reversal needs the receipt number of its original")
            return commands.reversal(password, order.original.receipt_no, order.amount_minor, order.currency)
        case unreachable:
            assert_never(unreachable)


def objection(session: Session, order: Order, baseline: Record, status: StatusInformation) -> str | None:
    """Say what is wrong with an approval, None where it fits what was asked."""
    currency = commands.currency_number(order.currency)
    record = record_of(status)
    if status.amount_minor != order.amount_minor:
        return (
            f"The terminal approved {status.amount_minor} minor units, {order.amount_minor} were asked for."
        )
    if status.currency not in {None, currency}:
        return f"The terminal approved in currency {status.currency}, {currency} was asked for."
    if session.terminal_id and status.terminal_id and status.terminal_id != session.terminal_id:
        return f"Terminal {status.terminal_id} answered, {session.terminal_id} was asked."
    if record.receipt_no is None and record.trace is None:
        return "The terminal approved without a receipt number."
    if record.identity == baseline.identity:
        return "The terminal reported the record it had before the payment."
    return None


class _Phase(Enum):
    OPENING = auto()  # the command is out, not yet accepted
    RUNNING = auto()
    ENDING = auto()  # the outcome is journalled, or vetoed; the terminal still has the word
    OVER = auto()


class Dialogue:
    """One payment, reversal or refund on the wire. `state` follows the journal."""

    def __init__(self, session: Session, order: Order, baseline: Record) -> None:
        self._session = session
        self._order = order
        self._baseline = baseline
        self._phase = _Phase.OPENING
        self._reported: Record | None = None
        self._abort_sent = False
        self.result: Result | None = None
        self.state = AttemptState.PREPARED
        self._handlers: dict[type, Callable[..., Steps[None]]] = {
            Accepted: self._accepted,
            Refused: self._refused,
            StatusInformation: self._status,
            IntermediateStatus: self._intermediate,
            Print: self._print,
            Completion: self._completion,
            Abort: self._abort,
            SetClock: self._clock,
            Unknown: self._unknown,
            Malformed: self._malformed,
        }

    def run(self) -> Steps[None]:
        """Go from PREPARED to an outcome or to UNCERTAIN."""
        yield from self._write(AttemptEvent.ARM, baseline=self._baseline)
        yield Send(command_of(self._session, self._order))
        yield Start(Timer.T3, self._session.profile.timers.t3)
        while self._phase is not _Phase.OVER:
            yield from self._take((yield Receive()))
        yield Stop(Timer.T3)
        yield Stop(Timer.T4)

    def _take(self, heard: Input | None) -> Steps[None]:
        match heard:
            case Heard(message):
                yield from self._handlers[type(message)](message)
            case Expired(Timer.T3):
                yield from self._break("The terminal did not answer the payment command in time.")
            case Expired(Timer.T4):
                yield from self._break("The terminal did not finish the payment in time.")
            case Lost(reason):
                yield from self._break(reason)
            case Woken():
                yield from self._wish()
            case _:
                pass

    # What we do.

    def _write(
        self,
        event: AttemptEvent,
        *,
        baseline: Record | None = None,
        result: Result | None = None,
        reason: str | None = None,
        evidence: str | None = None,
    ) -> Steps[None]:
        """Journal one move; when this returns it is on disk."""
        change = Change(self._order.attempt_id, event, baseline, result, reason, evidence)
        yield Journal(change)
        self.state = after(self.state, event)

    def _doubt(self, reason: str, evidence: str | None = None) -> Steps[None]:
        if self.state in {AttemptState.ARMED, AttemptState.AUTHORISED}:
            yield from self._write(AttemptEvent.DOUBT, reason=reason, evidence=evidence)

    def _break(self, reason: str) -> Steps[None]:
        """The line is of no more use: what is not known is doubted."""
        yield from self._doubt(reason)
        self._session.registered = False
        self._phase = _Phase.OVER
        yield Close()

    def _veto(self, reason: str, evidence: str) -> Steps[None]:
        """Refuse an approval; the terminal reverses it, which recovery must confirm."""
        yield from self._doubt(reason, evidence)
        yield Send(commands.veto())
        self._phase = _Phase.ENDING
        yield Start(Timer.T4, self._session.profile.timers.t4)

    def _answer(self, message: Message) -> Steps[None]:
        """Acknowledge and give the terminal its time anew."""
        yield Send(commands.accept())
        yield Start(Timer.T4, t4_of(self._session, message))

    def _finish(self) -> Steps[None]:
        yield Send(commands.accept())
        self._phase = _Phase.OVER

    # What the terminal says.

    def _accepted(self, _message: Accepted) -> Steps[None]:
        if self._phase is not _Phase.OPENING:  # the answer to our wish to abort
            return
        yield from self._begin()
        yield Show(self._order.attempt_id, "see_terminal")
        yield from self._wish()

    def _begin(self) -> Steps[None]:
        self._phase = _Phase.RUNNING
        yield Stop(Timer.T3)
        yield Start(Timer.T4, self._session.profile.timers.t4)

    def _refused(self, message: Refused) -> Steps[None]:
        if self._phase is not _Phase.OPENING:
            return
        if message.code == NOT_REGISTERED:
            self._session.registered = False
        event = AttemptEvent.CANCEL if message.code == CANCELLED else AttemptEvent.DECLINE
        yield from self._write(event, reason=f"The terminal refused the command (code {message.code:02X}).")
        self._phase = _Phase.OVER

    def _status(self, message: StatusInformation) -> Steps[None]:
        early = self._phase is _Phase.OPENING
        older = early or record_of(message).identity == self._baseline.identity
        if older and repeats(message, self._session.booked):  # a veto would reverse the payment before
            yield Send(commands.accept())
            return
        if early:
            yield from self._begin()
        if message.approved:
            yield from self._approval(message, early=early)
        else:
            yield from self._rejection(message)

    def _approval(self, message: StatusInformation, *, early: bool) -> Steps[None]:
        record = record_of(message)
        if self.state is AttemptState.AUTHORISED and record == self._reported:
            yield from self._answer(message)
            return
        wrong = _EARLY if early else self._objection(message)
        if wrong is not None:
            yield from self._veto(wrong, f"refused: {record}")
            return
        self._reported = record
        order = self._order
        self.result = result_of(message, amount_minor=order.amount_minor, currency=order.currency)
        clear = UNMASKED if message.pan is not None and message.pan.clear else None
        yield from self._write(AttemptEvent.APPROVE, result=self.result, evidence=clear)
        yield from self._answer(message)

    def _objection(self, message: StatusInformation) -> str | None:
        if self.state is AttemptState.AUTHORISED:
            return "The terminal approved a second time with other numbers."
        if self.state is not AttemptState.ARMED:
            return "The terminal approved after the payment was over."
        if self._session.wishes.abandon:
            return "The sale was given up before the terminal approved."
        return objection(self._session, self._order, self._baseline, message)

    def _rejection(self, message: StatusInformation) -> Steps[None]:
        if self.state is AttemptState.AUTHORISED:
            yield from self._doubt("The terminal declined after it had approved.", f"{record_of(message)}")
        elif self.state is AttemptState.ARMED:
            order = self._order
            result = result_of(message, amount_minor=order.amount_minor, currency=order.currency)
            event = AttemptEvent.CANCEL if message.result == CANCELLED else AttemptEvent.DECLINE
            yield from self._write(event, result=result, reason=f"The terminal reported {message.code}.")
        self._phase = _Phase.ENDING
        yield from self._answer(message)

    def _intermediate(self, message: IntermediateStatus) -> Steps[None]:
        if self._phase is _Phase.OPENING:
            yield from self._begin()
        yield from self._answer(message)
        text = " ".join(message.lines) if self._session.profile.texts and message.lines else None
        yield Show(self._order.attempt_id, display_code(message.status), text)

    def _print(self, message: Print) -> Steps[None]:
        """Spool the lines, then acknowledge: paper must never decide over a payment."""
        if message.lines:
            yield Journal(Change(self._order.attempt_id, lines=message.lines, receipt=message.receipt))
        yield Send(commands.accept())

    def _completion(self, _message: Completion) -> Steps[None]:
        if self.state is AttemptState.AUTHORISED:
            yield from self._write(AttemptEvent.COMPLETE)
        yield from self._doubt("The terminal completed the payment without telling its result.")
        yield from self._finish()

    def _abort(self, message: Abort) -> Steps[None]:
        if self.state is AttemptState.ARMED:
            event = AttemptEvent.CANCEL if message.code == CANCELLED else AttemptEvent.DECLINE
            yield from self._write(event, reason=f"The terminal reported {message.code:02X}.")
        yield from self._doubt(f"The terminal aborted ({message.code:02X}) after it had approved.")
        yield from self._finish()

    def _clock(self, _message: SetClock) -> Steps[None]:
        yield Send(commands.accept())

    def _unknown(self, _message: Unknown) -> Steps[None]:
        yield Send(commands.unsupported())

    def _malformed(self, message: Malformed) -> Steps[None]:
        reason = f"The terminal sent {message.header} in a form ZVT does not allow."
        if message.header == _STATUS_HEADER:
            yield from self._veto(reason, message.reason)
            return
        yield from self._doubt(reason, message.reason)
        yield from self._break(reason)

    # What the shopper wants.

    def _wish(self) -> Steps[None]:
        wanted = self._session.wishes.cancel and self._phase is _Phase.RUNNING
        if wanted and self.state is AttemptState.ARMED and not self._abort_sent:
            self._abort_sent = True
            yield Send(commands.abort())
