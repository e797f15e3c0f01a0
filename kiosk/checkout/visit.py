"""The visit as a whole: every event goes in here, and comes out as a new session and effects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, assert_never

from kiosk.checkout import leaving, paying, scanning, staff
from kiosk.checkout.effects import Effect, KeepState, Play, PrintReceipt, Sound
from kiosk.checkout.events import (
    AnyEvent,
    AttemptChanged,
    AttemptRejected,
    Condition,
    Instant,
    JobChanged,
    Misread,
    Part,
    PartChanged,
    PinChecked,
    Pressed,
    SaleStored,
    Scanned,
    SyncChanged,
    TerminalShows,
    Ticked,
)
from kiosk.checkout.intents import (
    AnyIntent,
    BackPressed,
    CancelPaymentPressed,
    ContrastPressed,
    DismissPressed,
    DonePressed,
    HelpPressed,
    LanguageChosen,
    LanguagesPressed,
    MannersIntent,
    MethodChosen,
    MinusPressed,
    ParkPressed,
    PayPressed,
    PinEntered,
    PlusPressed,
    ReceiptChoice,
    ReceiptChosen,
    RemovePressed,
    RowChosen,
    SettlePressed,
    StaffPressed,
    StillHerePressed,
    TryAgainPressed,
)
from kiosk.checkout.session import Overlay, Phase, Policy, Session, Step
from kiosk.domain.sale import Cancel, Sale, SaleState, Suspend

# Scenes in which the shopper's silence means that they may have left.
_WAITING: Final = (Phase.BASKET, Phase.PAY_CHOICE, Phase.NOT_PAID)
_LEAVING: Final = (Phase.PAID, Phase.RECEIPT_QR, Phase.GOODBYE)
_STAFF: Final = (Overlay.PIN_PAD, Overlay.SETTLE)
_GONE_WHILE_PAYING_S: Final = 600
"""Nobody stands at a terminal for so long: its own patience is three minutes, a check takes as long again."""


@dataclass(frozen=True, slots=True)
class StoredVisit:
    """What the store has of the visit a crash or power cut broke off.

    Attributes:
        sale: open, totalled, paying or completed.
        language: of the visit.
        touched_wall_us: UTC microseconds of its last stored act.
        choice: how the receipt was wanted, if the sale is completed and it was said.
        outbox_seq: number of its push event, 0 before completion.
    """

    sale: Sale
    language: str
    touched_wall_us: int
    choice: ReceiptChoice | None = None
    outbox_seq: int = 0


def handle(session: Session, event: AnyEvent) -> Step:
    """Apply one event; a press on something that has changed since is passed over."""
    before = replace(session, at=event.at)
    after, effects = _dispatch(before, event)
    if after.deserted:
        after, effects = _clear_away(after, effects)
    if after.wants is not before.wants:
        after = replace(after, told=None)  # whoever was told was told of something else
    if replace(after, touched_at=before.touched_at, shows=before.shows, told=before.told) != before:
        after = replace(after, revision=before.revision + 1)
    return after, effects


def resume(policy: Policy, at: Instant, stored: StoredVisit) -> Step:
    """Take a broken visit up again, or set it aside when its shopper must be gone."""
    sale = stored.sale
    begun = replace(Session.begin(policy, at), sale=sale, language=stored.language, revision=1)
    gone_s = (at.wall_us - stored.touched_wall_us) // 1_000_000
    match sale.state:
        case SaleState.OPEN | SaleState.TOTALLED if not 0 <= gone_s <= policy.idle_s + policy.countdown_s:
            return _set_aside(begun)
        case SaleState.OPEN:
            return replace(begun, phase=Phase.BASKET), ()
        case SaleState.TOTALLED:
            return replace(begun, phase=Phase.PAY_CHOICE), ()
        case SaleState.PAYING:
            deserted = not 0 <= gone_s <= _GONE_WHILE_PAYING_S
            return replace(begun, phase=Phase.CHECKING, deserted=deserted), (Play(Sound.ATTENTION),)
        case SaleState.COMPLETED:
            return _resume_leaving(begun, stored, gone_s)
        case SaleState.PAID | SaleState.SUSPENDED | SaleState.CANCELLED:
            return Session.begin(policy, at), ()
        case _:
            assert_never(sale.state)


def _resume_leaving(begun: Session, stored: StoredVisit, gone_s: int) -> Step:
    paid = replace(begun, phase=Phase.PAID, outbox_seq=stored.outbox_seq)
    if stored.choice is None:
        return (paid, ()) if 0 <= gone_s <= begun.policy.paid_s else leaving.leave(paid)
    phase = Phase.RECEIPT_QR if stored.choice is ReceiptChoice.QR else Phase.GOODBYE
    again = (PrintReceipt(stored.sale.sale_id),) if stored.choice is ReceiptChoice.PRINT else ()
    shown = replace(paid, phase=phase, choice=stored.choice)
    if 0 <= gone_s <= begun.policy.paid_s + begun.policy.qr_s:
        return shown, again
    ended, effects = leaving.leave(shown)
    return ended, (*again, *effects)


def _clear_away(session: Session, effects: tuple[Effect, ...]) -> Step:
    """Show nobody else what became of a payment whose shopper left while the lane was down."""
    if session.phase is Phase.NOT_PAID:
        ended, more = _set_aside(session)
    elif session.phase is Phase.PAID:
        ended, more = leaving.leave(session)
    else:
        return session, effects
    return ended, (*effects, *more)


def _dispatch(session: Session, event: AnyEvent) -> Step:
    match event:
        case Scanned():
            return scanning.scanned(session, event)
        case Misread():
            return scanning.misread(session, event)
        case Pressed(intent=intent, fresh_id=fresh_id):
            return _pressed(session, intent, fresh_id)
        case Ticked():
            return _ticked(session)
        case AttemptChanged() | AttemptRejected() | TerminalShows() | SaleStored():
            return _payment(session, event)
        case PartChanged() | SyncChanged() | JobChanged() | PinChecked():
            return _told(session, event)
        case _:
            assert_never(event)


def _payment(session: Session, event: AttemptChanged | AttemptRejected | TerminalShows | SaleStored) -> Step:
    match event:
        case AttemptChanged():
            return paying.attempt_changed(session, event)
        case AttemptRejected():
            return paying.attempt_rejected(session, event)
        case TerminalShows():
            return paying.shows(session, event)
        case SaleStored():
            return paying.stored(session, event)
        case _:
            assert_never(event)


def _told(session: Session, event: PartChanged | SyncChanged | JobChanged | PinChecked) -> Step:
    match event:
        case PartChanged():
            return _part_changed(session, event)
        case SyncChanged(acked_seq=acked, receipt_url=url, told=told):
            return replace(session, acked_seq=acked, receipt_url=url, told=told), ()
        case JobChanged():
            return leaving.job_changed(session, event)
        case PinChecked():
            return staff.checked(session, event)
        case _:
            assert_never(event)


def _pressed(session: Session, intent: AnyIntent, fresh_id: str) -> Step:
    if intent.revision != session.revision and not isinstance(intent, MannersIntent):
        return session, ()
    touched = replace(session, touched_at=session.at, deserted=False)
    match intent:
        case RowChosen() | PlusPressed() | MinusPressed() | RemovePressed():
            return _on_row(touched, intent)
        case PayPressed() | MethodChosen() | CancelPaymentPressed() | TryAgainPressed():
            return _on_payment(touched, intent, fresh_id)
        case StaffPressed() | PinEntered() | SettlePressed():
            return _on_staff(touched, intent)
        case ReceiptChosen(choice=choice):
            return leaving.choose_receipt(touched, choice)
        case DonePressed():
            return leaving.leave(touched) if touched.phase in _LEAVING else (touched, ())
        case BackPressed():
            return _back(touched)
        case DismissPressed():
            return replace(touched, notice=None), ()
        case ParkPressed():
            return _set_aside(touched) if touched.overlay is Overlay.IDLE_WARNING else (touched, ())
        case _:
            return _on_manners(touched, intent)


def _on_row(session: Session, intent: RowChosen | PlusPressed | MinusPressed | RemovePressed) -> Step:
    match intent:
        case RowChosen(root=root):
            return scanning.choose(session, root)
        case PlusPressed(root=root):
            return scanning.plus(session, root)
        case MinusPressed(root=root):
            return scanning.minus(session, root)
        case RemovePressed(root=root):
            return scanning.remove(session, root)
        case _:
            assert_never(intent)


def _on_payment(
    session: Session,
    intent: PayPressed | MethodChosen | CancelPaymentPressed | TryAgainPressed,
    fresh_id: str,
) -> Step:
    match intent:
        case PayPressed():
            return paying.pay(session, intent)
        case MethodChosen():
            return paying.choose_method(session, intent, fresh_id)
        case CancelPaymentPressed():
            return paying.cancel(session)
        case TryAgainPressed():
            return paying.try_again(session)
        case _:
            assert_never(intent)


def _on_staff(session: Session, intent: StaffPressed | PinEntered | SettlePressed) -> Step:
    match intent:
        case StaffPressed():
            return staff.open_pad(session)
        case PinEntered():
            return staff.enter(session, intent)
        case SettlePressed():
            return staff.settle(session, intent)
        case _:
            assert_never(intent)


def _on_manners(session: Session, intent: MannersIntent) -> Step:
    match intent:
        case LanguagesPressed():
            over = Overlay.NONE if session.overlay is Overlay.LANGUAGES else Overlay.LANGUAGES
            return (session if session.overlay in _STAFF else replace(session, overlay=over)), ()
        case LanguageChosen(language=language):
            return _speak(session, language), ()
        case HelpPressed():
            wanted = not session.help_wanted
            return replace(session, help_wanted=wanted), (Play(Sound.ATTENTION),) if wanted else ()
        case ContrastPressed():
            return replace(session, contrast=not session.contrast), ()
        case StillHerePressed():
            still = session.overlay is Overlay.IDLE_WARNING
            return (replace(session, overlay=Overlay.NONE) if still else session), ()
        case _:
            assert_never(intent)


def _speak(session: Session, language: str) -> Session:
    if language not in session.policy.languages:
        return session
    over = session.overlay if session.overlay in _STAFF else Overlay.NONE
    return replace(session, language=language, overlay=over)


def _back(session: Session) -> Step:
    if session.overlay in _STAFF:
        return staff.close(session)
    if session.overlay is not Overlay.NONE:
        return replace(session, overlay=Overlay.NONE), ()
    return scanning.reopen(session)


def _part_changed(session: Session, event: PartChanged) -> Step:
    others = tuple(told for told in session.parts if told.part is not event.part)
    known = session.part(event.part)
    if known is not None and replace(known, at=event.at) == event:
        return session, ()
    told = replace(session, parts=(*others, event))
    lost = event.part is Part.TERMINAL and event.condition is Condition.GONE
    return paying.terminal_lost(told) if lost else (told, ())


def _ticked(session: Session) -> Step:
    if session.overlay in _STAFF:
        return staff.close(session) if session.idle_s >= session.policy.staff_s else (session, ())
    if session.phase in _LEAVING:
        return leaving.leave_when_due(session)
    if session.phase in _WAITING:
        return _waited(session)
    if session.phase is Phase.ATTRACT and session.idle_s >= session.policy.empty_s:
        return _rested(session), ()
    return session, ()


def _rested(session: Session) -> Session:
    plain = (session.overlay, session.language, session.contrast, session.help_wanted)
    begun = session.ended()
    return session if plain == (begun.overlay, begun.language, begun.contrast, begun.help_wanted) else begun


def _waited(session: Session) -> Step:
    policy = session.policy
    if not session.rows_open:
        return _set_aside(session) if session.idle_s >= policy.empty_s else (session, ())
    if session.idle_s >= policy.idle_s + policy.countdown_s:
        return _set_aside(session)
    if session.idle_s >= policy.idle_s and session.overlay is not Overlay.IDLE_WARNING:
        return replace(session, overlay=Overlay.IDLE_WARNING), (Play(Sound.ATTENTION),)
    return session, ()


def _set_aside(session: Session) -> Step:
    sale = session.sale
    if sale is None:
        return session.ended(), ()
    left = sale.handle(Suspend() if session.rows_open else Cancel())
    return session.ended(), (KeepState(left.sale_id, left.state, session.at.wall_us),)
