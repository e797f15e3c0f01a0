"""After the money: how the receipt is wanted, the receipt as a code, and goodbye."""

from kiosk.checkout.events import Condition, JobState, Part
from kiosk.checkout.intents import DonePressed, ReceiptChoice, ReceiptChosen
from kiosk.checkout.session import Session
from kiosk.domain.receipt import Receipt, compact
from kiosk.domain.sale import CardReceipt, Sale
from kiosk.ui.presenters.shop import Lane
from kiosk.ui.presenters.views import ButtonView, GoodbyeView, PaidView, ReceiptQrView
from kiosk.ui.presenters.words import Words

__all__ = ["goodbye", "paid", "receipt_qr"]


def _sale(session: Session) -> Sale:
    if session.sale is None:
        raise AssertionError("nothing is shown as paid without a sale")
    return session.sale


def _receipt(session: Session, lane: Lane, words: Words) -> Receipt:
    sale = _sale(session)
    link = session.receipt_url.replace("{receipt}", sale.sale_id) if session.receipt_url else None
    return Receipt(
        lane.shop,
        lane.number,
        sale,
        words.moment(lane.local(session.at.wall_us)),
        words.language,
        link if session.receipt_at_backend else None,
    )


def paid(session: Session, lane: Lane, words: Words) -> PaidView:
    """Say that it is paid, and offer the receipt in equal choices."""
    gettext = words.gettext
    return PaidView(
        title=gettext("Paid. Thank you!"),
        amount=words.money(_sale(session).total),
        detail=_detail(session, lane, words),
        question=gettext("Your receipt"),
        choices=tuple(_choice(choice, session, words) for choice in session.policy.receipt_choices),
        hint=gettext("Choose in your own time. Please take your bags with you."),
        next_hint=gettext("The next scan starts a new basket."),
    )


def _detail(session: Session, lane: Lane, words: Words) -> str:
    """Tell the card's last digits and the receipt number, as far as they are known."""
    sale = _sale(session)
    captured = sale.captured
    card = captured.outcome if captured else None
    parts = []
    if isinstance(card, CardReceipt) and card.last4:
        parts.append(words.gettext("Card ending in {digits}").format(digits=card.last4))
    if sale.receipt_no is not None:
        number = _receipt(session, lane, words).number
        parts.append(words.gettext("Receipt {number}").format(number=number))
    return " · ".join(parts)


def _choice(choice: ReceiptChoice, session: Session, words: Words) -> ButtonView:
    gettext = words.gettext
    chosen = ReceiptChosen(session.revision, choice)
    if choice is ReceiptChoice.QR:
        return ButtonView(gettext("On my phone"), chosen, sub=gettext("as a QR code"), icon="qr")
    if choice is ReceiptChoice.NONE:
        return ButtonView(gettext("No receipt"), chosen, sub=gettext("nothing is printed"), icon="cross")
    able = session.condition(Part.PRINTER) is Condition.READY
    return ButtonView(
        gettext("Paper"),
        chosen,
        sub=gettext("prints below") if able else gettext("may take a moment"),
        icon="printer",
    )


def receipt_qr(session: Session, lane: Lane, words: Words) -> ReceiptQrView:
    """Show the receipt as a code: a link once the backend has it, the whole text until then."""
    gettext = words.gettext
    receipt = _receipt(session, lane, words)
    return ReceiptQrView(
        title=gettext("Your receipt"),
        lead=gettext("Point your phone’s camera at the code."),
        code=receipt.link or compact(receipt, words.gettext, words.plain),
        detail=_detail(session, lane, words),
        done=ButtonView(gettext("Done"), DonePressed(session.revision), icon="tick"),
    )


def goodbye(session: Session, words: Words) -> GoodbyeView:
    """Send the shopper off, with what became of the paper."""
    gettext = words.gettext
    icon, title, lead = "tick", gettext("Thank you!"), gettext("Please take your bags with you.")
    instead = None
    if session.choice is ReceiptChoice.PRINT and session.job in (JobState.HELD, JobState.UNKNOWN):
        icon, title = "warning", gettext("The printer\nneeds a hand")
        lead = gettext(
            "It is paid. Please ask one of us for your receipt.\nYou can also have it on your phone."
        )
        if ReceiptChoice.QR in session.policy.receipt_choices:
            instead = ButtonView(
                gettext("On my phone"), ReceiptChosen(session.revision, ReceiptChoice.QR), icon="qr"
            )
    elif session.choice is ReceiptChoice.PRINT:
        icon = "printer"
        lead = gettext("Please take your receipt and your bags.")
        if session.job not in (JobState.DONE, JobState.UNCONFIRMED):
            title, lead = gettext("Your receipt\nis printing"), gettext("One moment, it comes out below.")
    return GoodbyeView(
        icon,
        title,
        lead,
        gettext("The next scan starts a new basket."),
        instead,
        ButtonView(gettext("Done"), DonePressed(session.revision), icon="tick"),
    )
