"""Owns the terminal: takes attempts one at a time from the journal, and keeps the line warm between them."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from devices.terminal.attempt import AttemptEvent, AttemptState
from devices.terminal.book import Attempt
from devices.terminal.dialogue import Order
from devices.terminal.journal import Journal
from devices.terminal.login import idle, learn_registration
from devices.terminal.preflight import LastRecord, NoQuery, Unready, last_record, log_in
from devices.terminal.runner import Runner, Way
from devices.terminal.steps import Change, Profile, Progress, Session, Show, Step, Steps, Wishes
from devices.terminal.work import Task, carry_out

T = TypeVar("T")
_SECOND_US = 1_000_000
APPROVED = "00"


class Power(StrEnum):
    """UnifiedPOS power states as far as a terminal shows them."""

    UNKNOWN = "Unknown"
    ONLINE = "Online"
    OFFLINE = "Offline"


@dataclass(frozen=True, slots=True)
class Condition:
    """How the terminal is. `sentence` says what is wrong, or that it is ready."""

    power: Power = Power.UNKNOWN
    registered: bool = False
    ready: bool = False
    terminal_id: str | None = None
    recovery_query: bool = False
    sentence: str = "The terminal has not been asked yet."


@dataclass(frozen=True, slots=True)
class Check:
    """How the check of an UNCERTAIN attempt goes; times of CLOCK_BOOTTIME in microseconds."""

    attempt_id: str
    step: Step
    since_us: int
    deadline_us: int | None
    tries: int


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told of what happens."""

    attempt: Callable[[Attempt], None] = lambda _attempt: None
    show: Callable[[Show], None] = lambda _show: None
    condition: Callable[[], None] = lambda: None


def boot_us() -> int:
    """CLOCK_BOOTTIME in microseconds: it goes on through a suspend and is the same for all processes."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000


def new_attempt_id() -> str:
    """Return a UUIDv7 (RFC 9562): creation time first, so that ids sort by age."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class Engine:
    """One terminal, one journal, one attempt at a time."""

    def __init__(
        self, way: Way, profile: Profile, journal: Journal, listeners: Listeners | None = None
    ) -> None:
        self.journal = journal
        self.session = Session(profile)
        self.condition = Condition()
        self.check: Check | None = None
        self.listeners = listeners or Listeners()
        self._runner = Runner(way, profile.timers, self)
        self._cancelled: set[str] = set()
        self._carried: str | None = None
        self._tries = 0
        self._left_open = journal.open_attempt()
        self._recall()

    def _recall(self) -> None:
        terminal_id, software, recovery_query, kept = self.journal.terminal()
        self.session.terminal_id, self.session.software = terminal_id, software
        self.session.recovery_query = recovery_query
        self.session.keeps_registration = bool(kept)
        self.session.booked = self.journal.booked()

    # What the lane wants.

    def authorize(self, wanted: Attempt, *, printer_ready: bool = True) -> Attempt:
        """Journal an attempt and have it carried out; see `Journal.prepare` for what is raised."""
        attempt = self.journal.prepare(wanted, printer_ready=printer_ready)
        self._tell(attempt)
        self._runner.wake()
        return attempt

    def cancel(self, attempt_id: str) -> bool:
        """Pass the shopper's wish on; True when it can still make a difference.

        Raises:
            UnknownAttemptError: there is no such attempt.
        """
        attempt = self.journal.get(attempt_id)
        if attempt.state not in {AttemptState.PREPARED, AttemptState.ARMED}:
            return False
        self._cancelled.add(attempt_id)
        if self._carried == attempt_id:
            self.session.wishes.cancel = True
        self._runner.wake()
        return True

    def abandon(self, attempt_id: str) -> Attempt:
        """Note that the lane has given the sale up: an approval is vetoed, a charge reversed."""
        attempt = self.journal.abandon(attempt_id)
        if self._carried == attempt_id:
            self.session.wishes.abandon = True
        self._tell(attempt)
        self._runner.wake()
        return attempt

    def settle(self, attempt_id: str) -> Attempt:
        """Note that the lane has committed the outcome; see `Journal.settle`."""
        attempt = self.journal.settle(attempt_id)
        self._tell(attempt)
        return attempt

    def resolve(self, attempt_id: str, outcome: AttemptState, person: str, reason: str) -> Attempt:
        """Let a person settle an ESCALATED attempt; see `Journal.resolve`."""
        changed = self.journal.resolve(attempt_id, outcome, person, reason)
        for attempt in changed:
            self._tell(attempt)
        return changed[0]

    # The work.

    async def work(self) -> None:
        """Serve attempts until cancelled; what a stopped process left open comes first."""
        try:
            self._drop_unarmed()
            while True:
                attempt = self.journal.open_attempt() or self._owed()
                if attempt is not None:
                    await self._carry(attempt)
                else:
                    await self._rest()
        finally:
            await self._runner.close()

    def _drop_unarmed(self) -> None:
        """Drop what a stopped process had not begun: whoever asked for it may have gone."""
        attempt = self._left_open
        if attempt is not None and attempt.state is AttemptState.PREPARED and not attempt.automatic:
            reason = "The till was stopped before the terminal was asked."
            self.journal_change(Change(attempt.attempt_id, AttemptEvent.DROP, reason=reason))
        self._left_open = None

    async def run(self, steps: Steps[T]) -> T:
        """Carry out a service dialogue while `work` does not run."""
        return await self._runner.run(steps)

    async def close(self) -> None:
        """Close the line."""
        await self._runner.close()

    def _owed(self) -> Attempt | None:
        owed = self.journal.owed_reversal(new_attempt_id)
        if owed is not None:
            self._tell(owed)
        return owed

    def _order(self, attempt: Attempt) -> Order:
        original = self.journal.get(attempt.original).result if attempt.original else None
        return Order(attempt.attempt_id, attempt.kind, attempt.amount_minor, attempt.currency, original)

    def _task(self, attempt: Attempt) -> Task:
        reported = attempt.result
        if reported is not None and reported.result_code != APPROVED:
            reported = None
        return Task(
            self._order(attempt), attempt.state, attempt.baseline, reported, patient=attempt.automatic
        )

    async def _carry(self, attempt: Attempt) -> None:
        self._carried = attempt.attempt_id
        cancelled = attempt.attempt_id in self._cancelled
        self.session.wishes = Wishes(cancel=cancelled, abandon=attempt.abandoned)
        self._contact(busy=True)
        try:
            await self._runner.run(carry_out(self.session, self._task(attempt)))
        finally:
            self._carried = None
            self.check = None
            self._cancelled.discard(attempt.attempt_id)
        self._tell(self.journal.get(attempt.attempt_id))
        if self._runner.is_open:
            self._contact(busy=False)

    async def _rest(self) -> None:
        """Ask an idle terminal how it is, then wait for the next minute or the next wish."""
        timers = self.session.profile.timers
        unready = await self._runner.run(log_in(self.session))
        if unready is None:
            await self.get_acquainted()
        self._met(unready)
        wait = timers.enquiry if unready is None else timers.pause(self._tries)
        self._tries = 0 if unready is None else self._tries + 1
        if self.journal.open_attempt() is None:
            await self._runner.run(idle(self.session, wait))

    async def get_acquainted(self) -> LastRecord | NoQuery | Unready | None:
        """Learn, once for each terminal and software, what recovery may rely on."""
        session = self.session
        known_id, software, _, kept = self.journal.terminal()
        if kept is not None and (known_id, software) == (session.terminal_id, session.software):
            return None
        found = await self._runner.run(last_record(session))
        self.journal.remember(session.terminal_id, session.software, recovery_query=session.recovery_query)
        if not isinstance(found, LastRecord):
            return found
        keeps = await self._runner.run(learn_registration(session))
        if keeps is not None:
            session.keeps_registration = keeps
            self.journal.remember_registration(kept=keeps)
        await self._runner.run(log_in(session))
        return found

    # How it is told.

    def _met(self, unready: Unready | None) -> None:
        if unready is not None and not unready.reachable:
            self._set(Condition(Power.OFFLINE, sentence=unready.sentence))
            return
        self._set(
            Condition(
                Power.ONLINE,
                ready=unready is None,
                sentence=unready.sentence if unready else "The terminal is ready.",
            )
        )

    def _contact(self, *, busy: bool) -> None:
        if busy:
            self._set(replace(self.condition, ready=False, sentence="A payment is under way."))
        else:
            self._met(None)

    def _set(self, condition: Condition) -> None:
        session = self.session
        full = replace(
            condition,
            registered=session.registered,
            terminal_id=session.terminal_id,
            recovery_query=session.recovery_query,
        )
        if full != self.condition:
            self.condition = full
            self.listeners.condition()

    def _tell(self, attempt: Attempt) -> None:
        self.session.booked = self.journal.booked()  # whatever was written is told
        self.listeners.attempt(attempt)

    # What the runner asks of us.

    def journal_change(self, change: Change) -> None:
        """Write a step; on disk on return."""
        for attempt in self.journal.apply(change):
            if attempt.state is not AttemptState.UNCERTAIN:
                self.check = None
            self._tell(attempt)

    def show(self, shown: Show) -> None:
        """Tell the shopper what the terminal wants."""
        self.listeners.show(shown)

    def progress(self, progress: Progress, quiet_left: float | None) -> None:
        """Tell how a check goes."""
        now = boot_us()
        since = self.check.since_us if self.check else now
        deadline = None if quiet_left is None else now + int(quiet_left * _SECOND_US)
        before = self.check
        if before is not None and before.deadline_us is not None and deadline is not None:
            deadline = before.deadline_us
        self.check = Check(progress.attempt_id, progress.step, since, deadline, progress.tries)
        if progress.step is Step.ASKING:
            self._set(replace(self.condition, power=Power.ONLINE))
        elif progress.step is Step.WAITING and not self._runner.is_open:
            self._set(
                replace(self.condition, power=Power.OFFLINE, sentence="The terminal cannot be reached.")
            )
        if before is None or before.step is not progress.step:
            self._tell(self.journal.get(progress.attempt_id))
