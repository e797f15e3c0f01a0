"""A whole attempt: pre-flight, dialogue, recovery; and the end of a terminal's day."""

from dataclasses import dataclass

from devices.terminal.attempt import AttemptEvent, AttemptState, Kind
from devices.terminal.dialogue import Dialogue, Order
from devices.terminal.evidence import Record, Result, same_booking
from devices.terminal.inquiry import Inquiry
from devices.terminal.login import idle
from devices.terminal.preflight import CARD_INSIDE, LastRecord, Unready, prepare
from devices.terminal.steps import Change, Journal, Session, Show, Steps


@dataclass(frozen=True, slots=True)
class Task:
    """An open attempt as the journal has it. `patient`: wait for the terminal rather than give up unarmed."""

    order: Order
    state: AttemptState = AttemptState.PREPARED
    baseline: Record | None = None
    reported: Result | None = None
    patient: bool = False


def carry_out(session: Session, task: Task) -> Steps[None]:
    """Bring an attempt to an outcome or to ESCALATED, from wherever the journal says it stands."""
    if task.state is AttemptState.PREPARED:
        yield from _begin(session, task)
    elif task.state is AttemptState.UNCERTAIN:
        yield from _recover(session, task.order, task.baseline, task.reported)
    else:  # a process died with the payment on the wire
        reason = "The till was stopped while the payment ran."
        yield Journal(Change(task.order.attempt_id, AttemptEvent.DOUBT, reason=reason))
        yield from _recover(session, task.order, task.baseline, task.reported)


def _begin(session: Session, task: Task) -> Steps[None]:
    found = yield from _ready(session, task)
    attempt_id = task.order.attempt_id
    if _unwanted(session) and not task.patient:
        reason = "Cancelled before the terminal was asked."
        yield Journal(Change(attempt_id, AttemptEvent.CANCEL, reason=reason))
        return
    if isinstance(found, Unready):
        yield Journal(Change(attempt_id, AttemptEvent.DROP, reason=found.sentence))
        return
    problem = _irreversible(task.order, found)
    if problem is not None:
        yield Journal(Change(attempt_id, AttemptEvent.DROP, reason=problem))
        return
    dialogue = Dialogue(session, task.order, found.record)
    yield from dialogue.run()
    if dialogue.state is AttemptState.UNCERTAIN:
        yield from _recover(session, task.order, found.record, dialogue.result)


def _ready(session: Session, task: Task) -> Steps[LastRecord | Unready]:
    """Prepare; wait a little for a busy terminal, and, with a reversal we owe, for one that is away."""
    tries, waited = 0, 0.0
    while True:
        found = yield from prepare(session)
        if isinstance(found, LastRecord):
            return found
        if not task.patient and (
            not found.busy or waited >= session.profile.timers.t3 * 2 or _unwanted(session)
        ):
            return found
        if found.code in CARD_INSIDE:
            yield Show(task.order.attempt_id, "remove_card")
        pause = session.profile.timers.pause(tries) if task.patient else session.profile.timers.t3 / 10
        tries, waited = tries + 1, waited + pause
        yield from idle(session, pause)


def _unwanted(session: Session) -> bool:
    return session.wishes.cancel or session.wishes.abandon


def _irreversible(order: Order, found: LastRecord) -> str | None:
    """Say why a reversal must not be sent: some terminals reverse their last one whatever is named."""
    if order.kind is not Kind.REVERSAL:
        return None
    if order.original is None or order.original.receipt_no is None:
        return "The payment to reverse has no receipt number."
    if not same_booking(found.record, order.original) or found.record.result != "00":
        return "The payment to reverse is not the terminal's last one; staff must refund it."
    return None


def _recover(session: Session, order: Order, baseline: Record | None, reported: Result | None) -> Steps[None]:
    yield from Inquiry(session, order, baseline or Record(), reported).run()
