"""Finds out what became of a payment: ask the terminal, decide by the table, wait, ask again."""

from dataclasses import dataclass, replace

from devices.terminal.dialogue import Order, objection
from devices.terminal.evidence import Record, Result, result_of
from devices.terminal.exchange import overhear, refuse_late
from devices.terminal.preflight import BUSY, LastRecord, Unready, connect, enquire, last_record
from devices.terminal.recovery import EVENTS, REASONS, Answer, Case, Verdict, decide, place
from devices.terminal.steps import (
    Change,
    Close,
    Expired,
    Heard,
    Journal,
    Lost,
    Progress,
    Receive,
    Send,
    Session,
    Start,
    Step,
    Steps,
    Timer,
)
from devices.terminal.zvt import commands
from devices.terminal.zvt.commands import currency_number
from devices.terminal.zvt.messages import Completion
from devices.terminal.zvt.status import StatusInformation


@dataclass(slots=True)
class Inquiry:
    """The check of one UNCERTAIN attempt. `reported`: the approval on disk, if any."""

    session: Session
    order: Order
    baseline: Record
    reported: Result | None = None
    tries: int = 0
    lost_registration: bool = False

    def run(self) -> Steps[Verdict]:
        """Ask until the table decides; what it decides is journalled before this returns."""
        self.session.quiet = False
        yield Start(Timer.QUIET, self.session.profile.timers.t4)
        while True:
            found = yield from self._ask()
            if found is not None:
                verdict = yield from self._judge(*found)
                if verdict is not Verdict.WAIT:
                    return verdict
            yield from self._pause()

    def _tell(self, step: Step) -> Steps[None]:
        yield Progress(self.order.attempt_id, step, self.tries)

    def _ask(self) -> Steps[tuple[Answer, StatusInformation | None] | None]:
        """Return the terminal's word, None where it has none now."""
        self.tries += 1
        yield from self._tell(Step.CONNECTING)
        if (yield from connect(self.session)) is not None:
            return None
        yield from self._tell(Step.ASKING)
        code = yield from enquire(self.session, self._late)
        if isinstance(code, Unready) or code in BUSY:
            return None
        found = yield from last_record(self.session, self._late)
        if isinstance(found, Unready):
            return None
        if not isinstance(found, LastRecord):
            return Answer(None, quiet=self.session.quiet), None
        self.lost_registration = self.lost_registration or found.lost_registration
        restarted = self.lost_registration and self.session.keeps_registration
        return Answer(found.record, quiet=self.session.quiet, restarted=restarted), found.status

    def _judge(self, answer: Answer, status: StatusInformation | None) -> Steps[Verdict]:
        yield from self._tell(Step.DECIDING)
        order = self.order
        case = Case(order.kind, order.amount_minor, self.baseline, self.reported)
        verdict = decide(case, answer)
        if verdict is Verdict.WAIT:
            return verdict
        reason, told = REASONS[place(case, answer.last)], status.currency if status else None
        if verdict is Verdict.CHARGED and told not in {None, currency_number(order.currency)}:
            verdict = Verdict.ESCALATE
            reason = f"The terminal's last record is in currency {told}; {order.currency} was asked for."
        change = Change(order.attempt_id, EVENTS[verdict], reason=reason)
        if verdict is Verdict.CHARGED and status is not None:
            result = result_of(status, amount_minor=order.amount_minor, currency=order.currency)
            change = replace(change, result=self.reported or result)
        if verdict is Verdict.ESCALATE:
            last = f"{answer.last} in currency {told}"
            evidence = f"baseline {self.baseline}; last {last}; reported {self.reported}"
            change = replace(change, evidence=evidence)
        yield Journal(change)
        return verdict

    def _late(self, status: StatusInformation) -> Steps[None]:
        """Take an approval that comes after the doubt, where the sale still waits for it; else veto it."""
        known = self.reported is not None or not status.approved or self.session.wishes.abandon
        if known or objection(self.session, self.order, self.baseline, status) is not None:
            yield from self._answer_late(status)
            return
        result = result_of(status, amount_minor=self.order.amount_minor, currency=self.order.currency)
        yield Journal(Change(self.order.attempt_id, result=result, reason="late approval"))
        self.reported = result
        yield Send(commands.accept())

    def _answer_late(self, status: StatusInformation) -> Steps[None]:
        """Acknowledge a repetition of what is on disk already; veto any other approval."""
        order = self.order
        same = result_of(status, amount_minor=order.amount_minor, currency=order.currency) == self.reported
        if same and not self.session.wishes.abandon:
            yield Send(commands.accept())
        else:
            yield from refuse_late(self.session, status)

    def _pause(self) -> Steps[None]:
        """Wait for the next try; the end of the quiet time ends the wait."""
        yield from self._tell(Step.WAITING)
        yield Start(Timer.PAUSE, self.session.profile.timers.pause(self.tries - 1))
        while True:
            match (yield Receive()):
                case Expired(Timer.QUIET):
                    self.session.quiet = True
                    return
                case Expired(Timer.PAUSE):
                    return
                case Heard(message):
                    yield from overhear(self.session, message, self._late)
                    if isinstance(message, Completion):
                        return
                case Lost():
                    self.session.registered = False
                    yield Close()
                case _:
                    pass
