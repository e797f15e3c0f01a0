"""After the money: the receipt, the goodbye, and an empty lane."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk.checkout.effects import Effect, KeepReceiptChoice, KeepVisitEnd, PrintReceipt
from kiosk.checkout.events import JobChanged, JobState
from kiosk.checkout.intents import ReceiptChoice
from kiosk.checkout.session import Phase, Session, Step
from kiosk.domain.sale import SaleState

PRINTED: Final = (JobState.DONE, JobState.UNCONFIRMED)
_SCENES: Final = {
    ReceiptChoice.PRINT: Phase.GOODBYE,
    ReceiptChoice.QR: Phase.RECEIPT_QR,
    ReceiptChoice.NONE: Phase.GOODBYE,
}


def choose_receipt(session: Session, choice: ReceiptChoice) -> Step:
    """Keep how the receipt is wanted, then print it; one that will not print may be had as a code instead."""
    sale = session.sale
    if sale is None or sale.state is not SaleState.COMPLETED or choice not in session.policy.receipt_choices:
        return session, ()
    instead = session.choice is ReceiptChoice.PRINT and choice is ReceiptChoice.QR
    if session.choice is not None and not instead:
        return session, ()
    effects: tuple[Effect, ...] = (KeepReceiptChoice(sale.sale_id, choice),)
    if choice is ReceiptChoice.PRINT:
        effects = (*effects, PrintReceipt(sale.sale_id))
    chosen = replace(session, choice=choice, phase=_SCENES[choice], touched_at=session.at)
    return chosen, effects


def job_changed(session: Session, event: JobChanged) -> Step:
    """Follow the receipt's printing."""
    sale = session.sale
    if sale is None or sale.sale_id != event.job:
        return session, ()
    printed = event.state in PRINTED and session.job not in PRINTED
    touched = event.at if printed else session.touched_at
    return replace(session, job=event.state, job_cause=event.cause, touched_at=touched), ()


def leave(session: Session) -> Step:
    """End the visit; a receipt nobody chose is given by the shop's default."""
    sale = session.sale
    if sale is None:
        raise AssertionError("who leaves has paid")
    effects: tuple[Effect, ...] = ()
    if session.choice is None:
        session, effects = choose_receipt(session, session.policy.receipt_default)
    return session.ended(), (*effects, KeepVisitEnd(sale.sale_id))


def leave_when_due(session: Session) -> Step:
    """End the visit once its last scene has stood long enough."""
    return leave(session) if session.idle_s >= _patience(session) else (session, ())


def _patience(session: Session) -> int:
    policy = session.policy
    if session.phase is Phase.PAID:
        return policy.paid_s
    if session.phase is Phase.RECEIPT_QR:
        return policy.qr_s
    waiting = session.choice is ReceiptChoice.PRINT and session.job not in PRINTED
    return policy.paid_s if waiting else policy.goodbye_s
