"""From a scan to a line, and the hands on the lines."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk.checkout import leaving
from kiosk.checkout.effects import (
    AcknowledgeRead,
    Effect,
    KeepLine,
    KeepRead,
    KeepState,
    OpenSale,
    Play,
    Sound,
)
from kiosk.checkout.events import Instant, Misread, Refusal, Scanned
from kiosk.checkout.session import Notice, Overlay, Phase, Session, Step
from kiosk.domain.basket import Basket, EntryMethod
from kiosk.domain.catalogue import Product, Unit
from kiosk.domain.money import Quantity
from kiosk.domain.sale import AddGoods, Reopen, Sale, SaleState, VoidGoods

_PAYING: Final = (Phase.FOLLOW_TERMINAL, Phase.CHECKING, Phase.ESCALATED)
_LEAVING: Final = (Phase.PAID, Phase.RECEIPT_QR, Phase.GOODBYE)
_ONE: Final = Quantity.pieces(1)
_SHOWN_DIGITS: Final = 6


def scanned(session: Session, event: Scanned) -> Step:
    """Sell what was scanned, or say why not; the read is kept either way."""
    if session.phase in _LEAVING:
        session, before = leaving.leave(session)
        session, after = scanned(session, event)
        return session, (*before, *after)
    refusal = _refusal(session, event.product)
    if refusal is not None or event.product is None:
        return _refuse(session, event, refusal or Refusal.UNKNOWN)
    session, opened = _open(session, event.at, event.fresh_id)
    session, kept = _add(session, event.product, EntryMethod.SCANNED, event.at)
    done = (KeepRead(event.read, event.at.wall_us), AcknowledgeRead(event.read), Play(Sound.ADDED))
    return session, (*opened, *kept, *done)


def misread(session: Session, event: Misread) -> Step:
    """Ask for another try where the scanner could not vouch for what it saw."""
    if session.phase not in (Phase.BASKET, Phase.PAY_CHOICE, Phase.NOT_PAID) or event.reason == "stale":
        return session, ()
    notice = Notice(Refusal.MISREAD)
    return replace(session, touched_at=event.at, notice=notice, fresh_line=None), (Play(Sound.REFUSED),)


def plus(session: Session, root: int) -> Step:
    """One more of a row."""
    sale = _changeable(session)
    if sale is None:
        return session, ()
    return _add(session, sale.basket.row(root).product, EntryMethod.TOUCHED, session.at)


def minus(session: Session, root: int) -> Step:
    """One less of a row that holds more than one."""
    sale = _changeable(session)
    if sale is None or sale.basket.row(root).milli <= _ONE.milli:
        return session, ()
    return _void(session, sale, root, _ONE)


def remove(session: Session, root: int) -> Step:
    """Take a whole row out."""
    sale = _changeable(session)
    if sale is None:
        return session, ()
    return _void(session, sale, root, sale.basket.row(root).quantity)


def choose(session: Session, root: int) -> Step:
    """Show a row large."""
    sale = _changeable(session)
    return (session, ()) if sale is None else (replace(session, chosen_row=sale.basket.row(root).root), ())


def reopen(session: Session) -> Step:
    """Go back from paying to scanning."""
    sale = session.sale
    if sale is None or sale.state is not SaleState.TOTALLED:
        return session, ()
    opened = sale.handle(Reopen())
    kept = KeepState(opened.sale_id, opened.state, session.at.wall_us)
    return replace(session, sale=opened, phase=Phase.BASKET, attempt=None, refused=None), (kept,)


def _refusal(session: Session, product: Product | None) -> Refusal | None:
    checks = (
        (session.phase in _PAYING or session.out_of_service is not None, Refusal.NOT_NOW),
        (product is None, Refusal.UNKNOWN),
        (product is not None and not _sellable(session, product), Refusal.NO_PRICE),
        (product is not None and product.min_age > 0, Refusal.AGE),
        (product is not None and product.unit is not Unit.PIECE, Refusal.WEIGHT),
    )
    return next((refusal for holds, refusal in checks if holds), None)


def _sellable(session: Session, product: Product) -> bool:
    """Tell whether it has a price in the money of this sale: the shop may keep its books in another."""
    currency = session.sale.basket.currency if session.sale else session.policy.currency
    return product.price is not None and product.price.currency == currency


def _refuse(session: Session, event: Scanned, refusal: Refusal) -> Step:
    notice = Notice(refusal, event.product, event.code[-_SHOWN_DIGITS:] if event.product is None else "")
    effects = (
        KeepRead(event.read, event.at.wall_us, event.code, refusal),
        AcknowledgeRead(event.read),
        Play(Sound.REFUSED),
    )
    phase = (
        Phase.BASKET if session.phase is Phase.ATTRACT and session.out_of_service is None else session.phase
    )
    told = replace(
        session, phase=phase, notice=notice, touched_at=event.at, overlay=_kept(session), fresh_line=None
    )
    return told, effects


def _kept(session: Session) -> Overlay:
    staff = (Overlay.PIN_PAD, Overlay.SETTLE)
    return session.overlay if session.overlay in staff else Overlay.NONE


def _open(session: Session, at: Instant, fresh_id: str) -> Step:
    if session.sale is None:
        sale = Sale(fresh_id, Basket(session.policy.currency))
        opened = OpenSale(sale.sale_id, at.wall_us, session.language)
        return replace(session, sale=sale, phase=Phase.BASKET), (opened,)
    return reopen(session)


def _add(session: Session, product: Product, entry: EntryMethod, at: Instant) -> Step:
    if session.sale is None:
        raise AssertionError("a line needs a sale")
    return _with_line(session, session.sale.handle(AddGoods(product, _ONE, entry)), at, fresh=True)


def _void(session: Session, sale: Sale, root: int, quantity: Quantity) -> Step:
    return _with_line(session, sale.handle(VoidGoods(root, quantity)), session.at, fresh=False)


def _with_line(session: Session, sale: Sale, at: Instant, *, fresh: bool) -> Step:
    line = sale.last_line()
    changed = replace(
        session,
        sale=sale,
        phase=Phase.BASKET,
        overlay=_kept(session),
        touched_at=at,
        notice=None,
        chosen_row=None,
        fresh_line=line.n if fresh else None,
    )
    effects: tuple[Effect, ...] = (KeepLine(sale.sale_id, line, at.wall_us),)
    return changed, effects


def _changeable(session: Session) -> Sale | None:
    sale = session.sale
    return sale if sale is not None and sale.state is SaleState.OPEN else None
