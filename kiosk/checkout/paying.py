"""From Pay to a known result; only known results leave the paying state."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk.checkout.effects import (
    Authorize,
    CancelAttempt,
    Effect,
    KeepRefusal,
    KeepSale,
    KeepState,
    KeepTender,
    Play,
    SettleAttempt,
    Sound,
)
from kiosk.checkout.events import (
    Attempt,
    AttemptChanged,
    AttemptRejected,
    AttemptState,
    Condition,
    Part,
    SaleStored,
    TerminalShows,
)
from kiosk.checkout.intents import MethodChosen, PayPressed
from kiosk.checkout.session import Overlay, Phase, Session, Step
from kiosk.domain.sale import (
    Capture,
    CardReceipt,
    Complete,
    NotCharged,
    Refuse,
    RequestTender,
    Sale,
    SaleState,
    Tender,
    TotalUp,
)

# Which scene an attempt that is not decided belongs to; in the only order it goes through these states.
_SCENES: Final = {
    AttemptState.PREPARED: Phase.FOLLOW_TERMINAL,
    AttemptState.ARMED: Phase.FOLLOW_TERMINAL,
    AttemptState.AUTHORISED: Phase.FOLLOW_TERMINAL,
    AttemptState.UNCERTAIN: Phase.CHECKING,
    AttemptState.REVERSING: Phase.CHECKING,
    AttemptState.ESCALATED: Phase.ESCALATED,
}
_ORDER: Final = tuple(_SCENES)
# The only states that mean "not charged".
_NOT_CHARGED: Final = {
    AttemptState.DECLINED: NotCharged.DECLINED,
    AttemptState.CANCELLED: NotCharged.CANCELLED,
    AttemptState.NOT_CHARGED: NotCharged.NOT_CHARGED,
    AttemptState.REVERSED: NotCharged.REVERSED,
}


def pay(session: Session, intent: PayPressed) -> Step:
    """Total up, if the total is the one the shopper saw."""
    sale = session.sale
    if sale is None or sale.state is not SaleState.OPEN or not sale.total.minor:
        return session, ()
    if intent.total_minor != sale.total.minor:
        return session, ()
    totalled = sale.handle(TotalUp())
    kept = KeepState(totalled.sale_id, totalled.state, session.at.wall_us)
    return replace(session, sale=totalled, phase=Phase.PAY_CHOICE, notice=None, fresh_line=None), (kept,)


def choose_method(session: Session, intent: MethodChosen, attempt_id: str) -> Step:
    """Ask for the money: the tender is durable before the terminal hears of it."""
    sale = session.sale
    if sale is None or sale.state is not SaleState.TOTALLED or intent.total_minor != sale.total.minor:
        return session, ()
    if session.condition(Part.TERMINAL) is not Condition.READY:
        return session, ()
    paying = sale.handle(RequestTender(attempt_id, intent.method))
    asked = replace(
        session,
        sale=paying,
        phase=Phase.FOLLOW_TERMINAL,
        attempt=Attempt(attempt_id, AttemptState.PREPARED),
        shows=None,
        refused=None,
    )
    printer_ready = session.condition(Part.PRINTER) is Condition.READY
    return asked, (
        KeepTender(sale.sale_id, attempt_id, intent.method, sale.total, session.at.wall_us),
        Authorize(attempt_id, sale.total, printer_ready),
    )


def try_again(session: Session) -> Step:
    """After a refusal, choose how to pay once more."""
    if session.phase is not Phase.NOT_PAID:
        return session, ()
    return replace(session, phase=Phase.PAY_CHOICE, attempt=None, refused=None), ()


def cancel(session: Session) -> Step:
    """Pass on that the shopper wants out; what happens is for the terminal to say."""
    tender = session.sale.open_tender if session.sale else None
    if tender is None or session.phase is not Phase.FOLLOW_TERMINAL:
        return session, ()
    return session, (CancelAttempt(tender.attempt_id),)


def attempt_changed(session: Session, event: AttemptChanged) -> Step:
    """Follow the attempt; an attempt of no open tender here has no part in this visit."""
    attempt = event.attempt
    sale, tender = _open_tender(session, attempt.attempt_id)
    if sale is None or tender is None:
        return session, ()
    if attempt.state is AttemptState.CAPTURED:
        return _captured(session, sale, tender, attempt)
    if (outcome := _NOT_CHARGED.get(attempt.state)) is not None:
        reason = attempt.reason or outcome.value
        session, effects = _refused(replace(session, attempt=attempt), sale, tender, outcome, reason)
        return session, (*effects, SettleAttempt(attempt.attempt_id))
    if _overtaken(session.attempt, attempt):
        return session, ()
    return _scene(session, attempt, _SCENES[attempt.state])


def _overtaken(known: Attempt | None, told: Attempt) -> bool:
    """Tell whether an answer came after the event that took the attempt on: each has its own connection."""
    if known is None or known.attempt_id != told.attempt_id or known.state not in _ORDER:
        return False
    return _ORDER.index(told.state) < _ORDER.index(known.state)


def attempt_rejected(session: Session, event: AttemptRejected) -> Step:
    """Nothing was ever sent: the shopper may pay anew."""
    sale, tender = _open_tender(session, event.attempt_id)
    if sale is None or tender is None:
        return session, ()
    return _refused(session, sale, tender, NotCharged.NOT_CHARGED, event.reason)


def shows(session: Session, event: TerminalShows) -> Step:
    """Say on the screen what the terminal asks for."""
    _, tender = _open_tender(session, event.attempt_id)
    return (session, ()) if tender is None else (replace(session, shows=event), ())


def terminal_lost(session: Session) -> Step:
    """The daemon fell silent: while money is out, that is a matter to check."""
    if session.phase is not Phase.FOLLOW_TERMINAL:
        return session, ()
    return replace(session, phase=Phase.CHECKING), ()


def stored(session: Session, event: SaleStored) -> Step:
    """The sale is on disk: now, and only now, it is shown as paid."""
    sale = session.sale
    if sale is None or sale.sale_id != event.sale_id or sale.state is not SaleState.PAID:
        return session, ()
    completed = sale.handle(Complete(event.receipt_no))
    captured = completed.captured
    if captured is None:
        raise AssertionError("a paid sale has a captured tender")
    paid = replace(
        session,
        sale=completed,
        phase=Phase.PAID,
        overlay=Overlay.NONE,
        outbox_seq=event.outbox_seq,
        touched_at=event.at,
        notice=None,
        shows=None,
        help_wanted=False,
    )
    return paid, (SettleAttempt(captured.attempt_id), Play(Sound.PAID))


def _open_tender(session: Session, attempt_id: str) -> tuple[Sale | None, Tender | None]:
    tender = session.sale.open_tender if session.sale else None
    return (session.sale, tender) if tender and tender.attempt_id == attempt_id else (None, None)


def _captured(session: Session, sale: Sale, tender: Tender, attempt: Attempt) -> Step:
    receipt = attempt.receipt or CardReceipt(tender.amount)
    if receipt.amount != tender.amount:
        # The daemon checks this before it acknowledges; should it ever fail, a person decides.
        return _scene(session, attempt, Phase.ESCALATED)
    paid = sale.handle(Capture(tender.attempt_id, receipt))
    kept = KeepSale(sale.sale_id, tender.attempt_id, receipt, session.at.wall_us)
    return replace(session, sale=paid, attempt=attempt), (kept,)


def _refused(session: Session, sale: Sale, tender: Tender, outcome: NotCharged, reason: str) -> Step:
    totalled = sale.handle(Refuse(tender.attempt_id, outcome))
    kept = KeepRefusal(sale.sale_id, tender.attempt_id, outcome, reason, session.at.wall_us)
    back = replace(
        session,
        sale=totalled,
        phase=Phase.NOT_PAID,
        overlay=Overlay.NONE,
        refused=outcome,
        shows=None,
        touched_at=session.at,
    )
    return back, (kept, Play(Sound.REFUSED))


def _scene(session: Session, attempt: Attempt, scene: Phase) -> Step:
    alarm = scene in (Phase.CHECKING, Phase.ESCALATED) and session.phase is not scene
    effects: tuple[Effect, ...] = (Play(Sound.ATTENTION),) if alarm else ()
    return replace(session, attempt=attempt, phase=scene), effects
