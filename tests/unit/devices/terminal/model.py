"""A terminal in one page, by messages, that books on acknowledgement and reverses by itself without one.

Together with `World` it lets a test stop the till, the line or the terminal's power before every single step
of the real dialogues, with a clock that only these tests move.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TypeVar

from devices.terminal.attempt import AttemptState, Kind
from devices.terminal.book import Attempt
from devices.terminal.dialogue import Order
from devices.terminal.journal import Journal
from devices.terminal.steps import (
    Close,
    Connect,
    Connected,
    Effect,
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
    Wishes,
)
from devices.terminal.steps import Journal as Write
from devices.terminal.work import Task, carry_out
from devices.terminal.zvt.apdu import Apdu
from devices.terminal.zvt.messages import Abort, Accepted, Completion, Message, Print, Refused
from devices.terminal.zvt.status import StatusInformation

T = TypeVar("T")
AMOUNT = 1234


class KilledError(Exception):
    """The till's process ends here."""


@dataclass
class ModelTerminal:
    """Books a pending payment when it is acknowledged; anything else in its place reverses it."""

    booked: list[StatusInformation] = field(default_factory=list)
    reversed_: list[StatusInformation] = field(default_factory=list)
    registered: bool = False
    declines: bool = False
    """Say no to every payment."""
    silent: bool = False
    """Accept a payment, then say nothing until `finish` or an abort."""
    status: int = 0
    no_query: bool = False
    forgets: bool = False
    """Answer the query as if nothing had been booked."""
    _pending: StatusInformation | None = None
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def restart(self) -> None:
        self.lose()
        self.registered = False

    def lose(self) -> None:
        """The line is gone: what was not acknowledged is reversed."""
        if self._pending is not None:
            self.reversed_.append(self._pending)
            self._pending = None

    def hear(self, apdu: Apdu) -> list[Message]:
        """Answer one message."""
        if apdu.code in {0x8000, 0x8466}:
            return self._answered(veto=apdu.code == 0x8466)
        if apdu.code == 0x0600:
            self.registered = True
            return [Accepted(), Completion(status=0, terminal_id="52500041")]
        if apdu.code == 0x0501:
            return [Accepted(), Completion(terminal_status=self.status, software="MODEL 1")]
        if not self.registered:
            return [Refused(0x6B)]
        if apdu.code == 0x0620 and self.no_query:
            return [Refused(0x83)]
        if apdu.code == 0x0620:
            return (
                [Accepted(), self.booked[-1], Completion()]
                if self.booked and not self.forgets
                else [Accepted(), Abort(0xFF)]
            )
        if apdu.code == 0x06B0:
            self._pending = None
            return [Accepted(), Abort(0x6C)]
        if apdu.code == 0x0650:
            return [
                Accepted(),
                StatusInformation(result=0, amount_minor=self.net()),
                Print(("Ende",)),
                Completion(),
            ]
        if self.declines:
            return [Accepted(), Abort(0x05)]
        return self._pay(apdu)

    def _pay(self, apdu: Apdu) -> list[Message]:
        number = next(self._numbers)
        amount = int(apdu.data[apdu.data.index(4) + 1 :][:6].hex())
        undone = self.booked[-1].trace if apdu.code == 0x0630 else None
        self._pending = StatusInformation(
            result=0,
            amount_minor=amount,
            currency="0978",
            receipt_no=f"{len(self.booked) + 1:04d}",
            trace=f"{number:06d}",
            terminal_id="52500041",
            original_trace=undone,
        )
        return [Accepted()] if self.silent else [Accepted(), self._pending]

    def _answered(self, *, veto: bool) -> list[Message]:
        if self._pending is None:
            return []
        pending, self._pending = self._pending, None
        if veto:
            self.reversed_.append(pending)
            return [Abort(0xFF)]
        self.booked.append(pending)
        return [Completion()]

    def net(self) -> int:
        """What the shopper paid in the end."""
        return sum(
            -(one.amount_minor or 0) if one.original_trace else one.amount_minor or 0 for one in self.booked
        )


Fault = Callable[["World"], None]


@dataclass
class World:
    """The line, the clock and the journal around a terminal; `faults` strike before the steps they name."""

    folder: Path
    terminal: ModelTerminal = field(default_factory=ModelTerminal)
    faults: dict[int, Fault] = field(default_factory=dict)
    steps: int = 0
    session: Session = field(default_factory=lambda: Session(keeps_registration=True))
    _inbox: deque[Input] = field(default_factory=deque)
    _open: bool = False
    _timers: dict[Timer, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.journal = Journal(self.folder)

    # Faults.

    def drop(self) -> None:
        if self._open:
            self._open = False
            self.terminal.lose()
            self._inbox.clear()
            self._inbox.append(Lost("The connection was lost."))

    def power(self) -> None:
        self.drop()
        self.terminal.restart()

    def kill(self) -> None:
        raise KilledError

    # The till.

    def open_attempt(
        self, *, kind: Kind = Kind.SALE, original: str | None = None, attempt_id: str = "a"
    ) -> None:
        self.journal.prepare(
            Attempt(attempt_id, "card", kind, AttemptState.PREPARED, AMOUNT, "EUR", original=original)
        )

    def reborn(self) -> None:
        """A new process on the same journal."""
        self.journal.close()
        self.drop()
        self._inbox.clear()
        self._timers.clear()
        self.session = Session(keeps_registration=True)
        self.journal = Journal(self.folder)

    def carry(self) -> None:
        """Bring whatever is open to its end, through as many lives as it takes."""
        while (attempt := self.journal.open_attempt()) is not None:
            self.session.wishes = Wishes(abandon=attempt.abandoned)
            original = self.journal.get(attempt.original).result if attempt.original else None
            reported = attempt.result if attempt.result and attempt.result.result_code == "00" else None
            order = Order(attempt.attempt_id, attempt.kind, attempt.amount_minor, attempt.currency, original)
            try:
                self.run(carry_out(self.session, Task(order, attempt.state, attempt.baseline, reported)))
            except KilledError:
                self.reborn()

    def run(self, steps: Steps[T]) -> T:
        heard: Input | None = None
        while True:
            try:
                effect = steps.send(heard)
            except StopIteration as end:
                result: T = end.value
                return result
            if not isinstance(effect, Start | Stop):
                self.steps += 1
                fault = self.faults.pop(self.steps, None)
                if fault is not None:
                    fault(self)
            heard = self._take(effect)

    def _take(self, effect: Effect) -> Input | None:
        match effect:
            case Connect():
                fresh, self._open = not self._open, True
                if fresh:
                    self._inbox.clear()
                return Connected(fresh)
            case Close():
                self.drop()
                self._inbox.clear()
            case Send(apdu):
                if self._open:
                    self._inbox.extend(Heard(message) for message in self.terminal.hear(apdu))
            case Start(timer, seconds):
                self._timers[timer] = seconds
            case Stop(timer):
                self._timers.pop(timer, None)
            case Write(change):
                self.journal.apply(change)
            case Receive():
                return self._receive()
            case _:
                pass
        return None

    def _receive(self) -> Input:
        if self._inbox:
            return self._inbox.popleft()
        timer = min(self._timers, key=self._timers.__getitem__)
        passed = self._timers.pop(timer)
        self._timers = {name: left - passed for name, left in self._timers.items()}
        return Expired(timer)
