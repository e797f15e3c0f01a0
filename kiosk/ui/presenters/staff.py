"""What staff see: the PIN pad, and settling a payment nobody but a person can decide."""

from kiosk.checkout.intents import BackPressed, Settlement
from kiosk.checkout.session import Session
from kiosk.domain.money import Money
from kiosk.ui.presenters.paying import reference
from kiosk.ui.presenters.shop import Lane
from kiosk.ui.presenters.views import ButtonView, ChoiceView, PinPadView, SettleView, SumView
from kiosk.ui.presenters.words import Words

__all__ = ["pin_pad", "settle"]


def _amount(session: Session) -> Money:
    return session.sale.total if session.sale else Money.zero(session.policy.currency)


def pin_pad(session: Session, lane: Lane, words: Words) -> PinPadView:
    """Ask for a PIN, unless a wait after failures is not over."""
    gettext, staff = words.gettext, session.staff
    wait_s = max(0, -(-(staff.wait_until_us - session.at.mono_us) // 1_000_000))
    message = ""
    if staff.checking:
        message = gettext("One moment")
    elif wait_s:
        message = words.ngettext(
            "Not that one. Please wait {seconds} second.",
            "Not that one. Please wait {seconds} seconds.",
            wait_s,
        ).format(seconds=wait_s)
    elif staff.failed:
        message = gettext("This PIN is unknown here, or may not settle payments.\nPlease try again.")
    return PinPadView(
        title=gettext("Enter your PIN"),
        lead=gettext("The basket stays as it is: {amount}").format(amount=words.money(_amount(session))),
        length=lane.pin_least,
        most=lane.pin_most,
        message=message,
        open=not staff.checking and not wait_s,
        erase=gettext("Delete"),
        enter=gettext("OK"),
        back=ButtonView(gettext("Back to the shopper"), BackPressed(session.revision), icon="back"),
    )


def settle(session: Session, words: Words) -> SettleView:
    """Ask what became of the payment, and how the person knows."""
    gettext = words.gettext
    return SettleView(
        title=gettext("What became of this payment?"),
        lead=gettext("Look at the reader’s journal or ask the card company first."),
        facts=(
            SumView(gettext("Amount"), words.money(_amount(session)), strong=True),
            SumView(gettext("Reference"), reference(session)),
        ),
        question=gettext("It was …"),
        outcomes=(
            ChoiceView(Settlement.CAPTURED, gettext("Paid"), gettext("the money was taken"), "tick"),
            ChoiceView(Settlement.NOT_CHARGED, gettext("Not charged"), gettext("nothing was taken"), "cross"),
            ChoiceView(Settlement.REVERSED, gettext("Reversed"), gettext("it was given back"), "retry"),
        ),
        why=gettext("How do you know?"),
        reasons=_reasons(words),
        confirm=ButtonView(gettext("Settle"), icon="tick"),
        record=gettext("Every act is recorded with your name."),
        back=ButtonView(gettext("Back to the shopper"), BackPressed(session.revision), icon="back"),
    )


def _reasons(words: Words) -> tuple[tuple[ChoiceView, ...], ...]:
    """Give the reasons for each outcome, in the order of the outcomes."""
    gettext = words.gettext
    company = ChoiceView("card_company_says_so", gettext("The card company says so"))
    return (
        (
            ChoiceView("reader_shows_approved", gettext("The reader’s journal shows it as approved")),
            ChoiceView("bank_shows_charge", gettext("The shopper’s bank shows the charge")),
            company,
        ),
        (
            ChoiceView("reader_shows_nothing", gettext("The reader’s journal shows no payment")),
            ChoiceView("reader_shows_declined", gettext("The reader’s journal shows it as declined")),
            company,
        ),
        (
            ChoiceView("reader_shows_reversal", gettext("The reader’s journal shows a reversal")),
            ChoiceView("reversed_by_hand", gettext("I reversed it on the reader myself")),
            company,
        ),
    )
