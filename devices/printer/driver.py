"""What is said to the printer and when: polls, one run at a time, fences and timers; it does no I/O.

The pump that owns the transport tells what happened with the time it happened, carries out the effects in
their order, and only then writes `pending()` as far as the transport takes it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from devices.printer import commands
from devices.printer.job import (
    Accepted,
    Back,
    CutDone,
    Expired,
    FencePassed,
    Lost,
    Phase,
    Probed,
    Sound,
    Start,
    TextPrinted,
    Todo,
    Unsound,
    advance,
)
from devices.printer.outbox import Outbox
from devices.printer.status import Flow, Noise, ProcessId, Status
from devices.printer.watch import Watch

if TYPE_CHECKING:
    from devices.printer.health import Cause, Health
    from devices.printer.job import Happening, Run, Stream
    from devices.printer.limits import Limits
    from devices.printer.status import Answer


# Unknown for a moment at every start and reconnect: a job is called held only when it stays so.
_PASSING: Final = frozenset({"silent", "disconnected"})


@dataclass(frozen=True)
class Saved:
    """The run changed: journal it before anything more is written."""

    run: Run


@dataclass(frozen=True)
class Finished:
    """The run is over, journal it; another may be offered."""

    run: Run


@dataclass(frozen=True)
class HealthChanged:
    """The printer's state is another."""

    health: Health


@dataclass(frozen=True)
class Reconnect:
    """The connection is of no use any more."""

    sentence: str


@dataclass(frozen=True)
class Garbage:
    """The printer sent what is no answer."""

    data: bytes


Effect: TypeAlias = Saved | Finished | HealthChanged | Reconnect | Garbage


@dataclass(frozen=True)
class Order:
    """A run to be printed.

    Attributes:
        run: As the journal has it.
        stream: All its bytes.
        cut: The cut and id B alone, for a run whose text is on paper.
        probe: Id C.
        confirms: The stream carries process ids; without them it ends in a fence.
        clear: The printer is first told to drop what it has buffered.
    """

    run: Run
    stream: Stream
    cut: tuple[bytes, ...] = ()
    probe: bytes = b""
    confirms: bool = True
    clear: bool = False


class Driver:
    """One printer; all times are seconds of one monotonic clock."""

    def __init__(self, limits: Limits, *, answers: bool = True, hides_power: bool = False) -> None:
        """Start without a connection.

        Args:
            limits: All waits.
            answers: Whether anything can come back.
            hides_power: Whether the transport stays connected while the printer is off.
        """
        self._limits = limits
        self._answers = answers
        self._watch = Watch(limits, answers=answers, hides_power=hides_power)
        self._outbox = Outbox()
        self._order: Order | None = None
        self._effects: list[Effect] = []
        self._told = self._watch.health
        self._connected = False
        self._now = self._ticked = self._unknown_since = self._changed_at = 0.0
        self._unheard = False
        self._window: float | None = None
        self._stuck = 0.0
        self._clearing: float | None = None
        self._fence_at: float | None = None

    @property
    def health(self) -> Health:
        """The printer's present state."""
        return self._watch.health

    @property
    def run(self) -> Run | None:
        """The run being printed; None when another may be offered."""
        return self._order.run if self._order else None

    def pending(self) -> bytes:
        """What is to be written now."""
        return self._outbox.pending() if self._connected else b""

    def connected(self, now: float) -> tuple[Effect, ...]:
        """A connection stands."""
        self._now = self._ticked = now
        self._mark()
        self._connected = True
        self._outbox.clear()
        self._watch.connected(now)
        if self._answers:
            self._outbox.control(commands.STATUS_BACK_ON + b"".join(commands.ASK_STATUS), "poll")
        return self._settled()

    def disconnected(self, now: float) -> tuple[Effect, ...]:
        """The connection broke, or none could be made."""
        self._now = now
        self._mark()
        self._connected = False
        self._outbox.clear()
        self._watch.disconnected()
        self._window = self._clearing = self._fence_at = None
        self._unheard = True
        self._happen(Lost())
        return self._settled()

    def received(self, now: float, data: bytes) -> tuple[Effect, ...]:
        """The printer sent bytes."""
        self._now = now
        cover = self.health.cover
        for answer in self._watch.feed(now, data):
            self._answer(answer)
        if cover == "open" and self.health.cover == "closed" and self._recoverable():
            self._outbox.control(commands.RECOVER)
        return self._settled()

    def wrote(self, now: float, count: int) -> tuple[Effect, ...]:
        """The transport took `count` bytes of `pending()`."""
        self._now = now
        written = self._outbox.wrote(count)
        self._stuck = 0.0
        if written.kind == "poll" and written.finished:
            self._watch.asked(now)
        if written.kind == "job":
            self._happen(Accepted(count))
        return self._settled()

    def tick(self, now: float) -> tuple[Effect, ...]:
        """Time passed; to be called several times within the shortest limit."""
        passed, self._now, self._ticked = max(0.0, now - self._ticked), now, now
        if self._connected:
            due = self._watch.tick(now)
            if due == "dead":
                self._effects.append(Reconnect("the printer has stopped answering"))
            if due == "poll" and not self._outbox.urgent:
                self._outbox.control(b"".join(commands.ASK_STATUS), "poll")
            self._count(passed)
        return self._settled()

    def offer(self, now: float, order: Order) -> tuple[Effect, ...]:
        """Print this next; only when `run` is None."""
        run = order.run
        if run.broken:  # of an earlier process, which had handed all bytes over
            run = replace(run, offset=order.stream.total)
        self._order = replace(order, run=run)
        self._unheard = run.broken
        self._window = self._clearing = self._fence_at = None
        if self.health.cause in _PASSING:
            self._unknown_since = now
        return self.tick(now)

    def pulse(self, number: int) -> bool:
        """Open drawer 1 or 2 now; False when the printer could only do it later, and so must not."""
        if not self._connected or self.health.cause is not None:
            return False
        self._outbox.control(commands.drawer(number))
        return True

    def _mark(self) -> None:
        """The connection changed; what was unknown before stays so, however often it comes and goes."""
        self._changed_at = self._now
        if self.health.cause not in _PASSING:
            self._unknown_since = self._now

    def _recoverable(self) -> bool:
        return self.health.cutter_error or self.health.error == "recoverable"

    def _answer(self, answer: Answer) -> None:
        match answer:
            case ProcessId() if self._order and answer.id == self._order.run.id_a:
                self._happen(TextPrinted())
            case ProcessId() if self._order and answer.id == self._order.run.id_b:
                self._happen(CutDone())
            case ProcessId() if self._order and answer.id == self._order.run.id_c:
                self._happen(Probed())
            case Status(kind="queued"):
                self._fence_at = self._now
                self._outbox.control(b"".join(commands.ASK_STATUS), "poll")
            case Flow(kind="cleared"):
                self._clearing = None if self._clearing is None else -self._limits.clear
            case Flow():
                self._outbox.flow = answer.kind == "xon"
            case Noise():
                self._effects.append(Garbage(answer.data))
            case _:
                pass

    def _settled(self) -> tuple[Effect, ...]:
        """Judge the run by the printer's state, and hand over what came of everything."""
        if self.health != self._told:
            self._told = self.health
            self._effects.append(HealthChanged(self.health))
        if self._order:
            self._judge(self._order.run, self._cause())
        effects, self._effects = tuple(self._effects), []
        return effects

    def _cause(self) -> Cause | None:
        if self._stuck >= self._limits.stall:
            return self.health.cause or "stalled"
        return self.health.cause

    def _judge(self, run: Run, cause: Cause | None) -> None:
        self._outbox.held = cause not in {None, "stalled"}
        if cause is not None:
            since = self._unknown_since if run.held is None else self._changed_at
            passing = cause in _PASSING and self._now - since < self._limits.settle
            if run.held != cause and not passing:
                self._happen(Unsound(cause))
            return
        if self._unheard:
            self._unheard = False
            self._happen(Back())
        elif run.held is not None:
            self._happen(Sound())
        if self._order:
            self._go_on(self._order)

    def _go_on(self, order: Order) -> None:
        """The printer is sound: start the run, or see whether a fence has been passed."""
        if order.run.phase is Phase.QUEUED and self._prepared(order):
            self._happen(Start())
        if order.run.phase is Phase.SENT and self._fenced():
            self._happen(FencePassed())

    def _prepared(self, order: Order) -> bool:
        """Whether the state is fresh, and the printer empty where that was wished."""
        if not self._watch.fresh(self._now):
            return False
        if order.clear:
            if self._clearing is None:
                self._outbox.control(commands.CLEAR)
                self._clearing = self._now
            if self._now - self._clearing < self._limits.clear:
                return False
        return True

    def _fenced(self) -> bool:
        if not self._answers:
            return True
        polled = self._watch.polled_at
        return self._fence_at is not None and polled is not None and polled > self._fence_at

    def _count(self, passed: float) -> None:
        """Timers that run only while the printer could go on."""
        if self.health.cause is not None:
            return
        if self._outbox.waiting:
            self._stuck += passed
            if self._stuck >= self._limits.write:
                self._stuck = 0.0
                self._effects.append(Reconnect("the printer has stopped taking data"))
        if self._window is not None and self._order:
            self._window += passed
            if self._window >= self._patience(self._order.run):
                self._window = None
                self._happen(Expired())

    def _patience(self, run: Run) -> float:
        if not run.probed:
            return self._limits.confirm
        return self._limits.recover if run.broken else self._limits.answer_id

    def _happen(self, happening: Happening) -> None:
        """Let the run's table decide, and do what it says."""
        order = self._order
        if order is None:
            return
        run, todo = advance(order.run, happening, order.stream)
        changed = (run.phase, run.held) != (order.run.phase, order.run.held)
        self._order = replace(order, run=run)
        if todo is Todo.FINISH:
            self._finish(run)
        elif changed:
            self._effects.append(Saved(run))
        if todo is Todo.SEND:
            self._outbox.job(order.stream.parts)
            if not order.confirms and self._answers:
                self._watch.fence()
        if todo is Todo.CUT:
            self._outbox.job(order.cut)
        if todo is Todo.PROBE:
            self._outbox.control(order.probe)
        again = todo is Todo.PROBE and order.run.probed  # a printer that comes and goes gets no more time
        if todo in {Todo.AWAIT, Todo.CUT, Todo.PROBE} and not (again and self._window is not None):
            self._window = 0.0

    def _finish(self, run: Run) -> None:
        self._order = None
        self._outbox.job(())
        self._window = self._clearing = self._fence_at = None
        self._effects.append(Finished(run))
