"""The PIN pad with one act behind it: settling a payment nobody but a person can decide."""

from __future__ import annotations

from dataclasses import replace

from kiosk.checkout.effects import CheckPin, Effect, KeepSettlement, ResolveAttempt
from kiosk.checkout.events import AttemptState, PinChecked
from kiosk.checkout.intents import PinEntered, SettlePressed
from kiosk.checkout.session import Overlay, Phase, Session, Staff, Step
from kiosk.domain.approval import Approval, Right

_SECOND_US = 1_000_000


def open_pad(session: Session) -> Step:
    """Show the PIN pad where there is something to settle."""
    if session.phase is not Phase.ESCALATED:
        return session, ()
    wait = Staff(wait_until_us=session.staff.wait_until_us)
    return replace(session, overlay=Overlay.PIN_PAD, staff=wait, touched_at=session.at), ()


def enter(session: Session, intent: PinEntered) -> Step:
    """Try a PIN, one at a time and not before the wait after failures is over."""
    staff = session.staff
    waiting = session.at.mono_us < staff.wait_until_us
    if session.overlay is not Overlay.PIN_PAD or staff.checking or waiting:
        return session, ()
    tried = replace(session, staff=replace(staff, checking=True, failed=False), touched_at=session.at)
    return tried, (CheckPin(intent.pin),)


def checked(session: Session, event: PinChecked) -> Step:
    """Open the act to a person who has the right, and only while the pad is open."""
    if session.overlay is not Overlay.PIN_PAD or not session.staff.checking:
        return session, ()
    if event.person_id is None or not event.may_settle:
        wait_until = event.at.mono_us + event.wait_s * _SECOND_US
        return replace(session, staff=Staff(failed=True, wait_until_us=wait_until)), ()
    known = Staff(event.person_id, event.person)
    return replace(session, overlay=Overlay.SETTLE, staff=known, touched_at=event.at), ()


def settle(session: Session, intent: SettlePressed) -> Step:
    """Keep who decided what and why, then tell the terminal daemon."""
    attempt, person_id = session.attempt, session.staff.person_id
    sale = session.sale
    if session.overlay is not Overlay.SETTLE or person_id is None or sale is None or attempt is None:
        return session, ()
    if attempt.state is not AttemptState.ESCALATED or not intent.reason:
        return session, ()
    approval = Approval(person_id, session.staff.person, Right.SETTLE_PAYMENT, intent.reason)
    effects: tuple[Effect, ...] = (
        KeepSettlement(sale.sale_id, attempt.attempt_id, intent.outcome, approval, session.at.wall_us),
        ResolveAttempt(attempt.attempt_id, intent.outcome, approval),
    )
    return replace(session, overlay=Overlay.NONE, staff=Staff()), effects


def close(session: Session) -> Step:
    """Put the pad away; who was recognised is forgotten."""
    wait = Staff(wait_until_us=session.staff.wait_until_us)
    return replace(session, overlay=Overlay.NONE, staff=wait), ()
