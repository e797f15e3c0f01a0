"""From Pay to a known result; "paid" and "not charged" are said only of states that mean it."""

from typing import Final

from kiosk.checkout.events import AttemptState, Condition, Part, RecoveryStep
from kiosk.checkout.intents import (
    BackPressed,
    CancelPaymentPressed,
    MethodChosen,
    StaffPressed,
    TryAgainPressed,
)
from kiosk.checkout.session import Session
from kiosk.domain.basket import Basket
from kiosk.domain.money import Money
from kiosk.domain.sale import Method, NotCharged
from kiosk.ui.presenters.basket import count_of
from kiosk.ui.presenters.frame import countdown
from kiosk.ui.presenters.shop import Lane
from kiosk.ui.presenters.views import (
    ButtonView,
    CheckingView,
    FollowTerminalView,
    NotPaidView,
    PayChoiceView,
    StaffWillHelpView,
    StepView,
    SumView,
)
from kiosk.ui.presenters.words import Words

__all__ = ["checking", "follow_terminal", "not_paid", "pay_choice", "reference", "staff_will_help"]

_REFERENCE_LENGTH: Final = 6


def _goods(session: Session) -> Basket:
    return session.sale.basket if session.sale else Basket(session.policy.currency)


def _total(session: Session) -> Money:
    return _goods(session).total


def reference(session: Session) -> str:
    """Give a short key of the attempt that staff can read out; the end of its id."""
    attempt = session.attempt.attempt_id if session.attempt else ""
    tender = session.sale.open_tender if session.sale else None
    return (attempt or (tender.attempt_id if tender else ""))[-_REFERENCE_LENGTH:].upper()


def pay_choice(session: Session, words: Words) -> PayChoiceView:
    """Offer the ways to pay."""
    gettext, total = words.gettext, _total(session)
    ready = session.condition(Part.TERMINAL) is Condition.READY
    card = ButtonView(
        gettext("Card, phone or watch"),
        MethodChosen(session.revision, Method.CARD, total.minor),
        sub=gettext("hold it to the reader, or put the card in")
        if ready
        else gettext("the reader is not ready, one moment please"),
        icon="card",
        enabled=ready,
        why="" if ready else gettext("The card reader is not ready. A colleague can help."),
    )
    return PayChoiceView(
        title=gettext("To pay"),
        total=words.money(total),
        sums=_sums(session, words),
        question=gettext("How would you like to pay?"),
        ways=(card,),
        back=ButtonView(gettext("Back to my basket"), BackPressed(session.revision), icon="back"),
    )


def _sums(session: Session, words: Words) -> tuple[SumView, ...]:
    goods = _goods(session)
    lines = [SumView(count_of(goods, words), words.money(goods.goods))]
    if goods.deposit:
        lines.append(SumView(words.gettext("Deposit"), words.money(goods.deposit)))
    lines += [
        SumView(
            words.gettext("of which VAT {percent} %").format(percent=words.percent(group.rate.thousandths)),
            words.money(group.tax),
        )
        for group in goods.taxes
    ]
    return tuple(lines)


def follow_terminal(session: Session, words: Words) -> FollowTerminalView:
    """Say what the reader asks for; its own display is authoritative."""
    gettext = words.gettext
    state = session.attempt.state if session.attempt else AttemptState.PREPARED
    shows = session.shows.code if session.shows else "present_card"
    if state is AttemptState.PREPARED:
        shows = "preparing"
    if state is AttemptState.AUTHORISED:
        shows = "approved"
    light, sentence, where = _sentences(shows, words)
    told = session.shows.text if session.shows and session.shows.text else ""
    may_cancel = state is not AttemptState.AUTHORISED
    cancel = ButtonView(gettext("Cancel payment"), CancelPaymentPressed(session.revision), icon="cross")
    return FollowTerminalView(
        title=gettext("To pay"),
        total=words.money(_total(session)),
        shows=shows,
        light=light,
        reader_word=gettext("To pay"),
        sentence=sentence,
        where=told or where,
        cancel=cancel if may_cancel else None,
    )


def _sentences(shows: str, words: Words) -> tuple[str, str, str]:
    gettext = words.gettext
    beside = gettext("The reader is beside the screen.")
    return {
        "preparing": (
            gettext("Waking the reader"),
            gettext("One moment,\nthe reader wakes up"),
            beside,
        ),
        "present_card": (
            gettext("Ready for your card"),
            gettext("Hold your card\nto the reader"),
            beside + "\n" + gettext("You can also put the card in."),
        ),
        "insert_card": (
            gettext("Ready for your card"),
            gettext("Put your card\ninto the reader"),
            beside + "\n" + gettext("Leave it in until the reader asks you to take it."),
        ),
        "enter_pin": (
            gettext("Waiting for your PIN"),
            gettext("Type your PIN\non the reader"),
            gettext("Cover the keys with your hand.\nThen press the green key."),
        ),
        "remove_card": (
            gettext("You can take your card"),
            gettext("Please take\nyour card"),
            gettext("We finish the payment at once."),
        ),
        "processing": (
            gettext("Talking to the bank"),
            gettext("One moment,\nthe bank answers"),
            gettext("You need not do anything now."),
        ),
        "approved": (
            gettext("Almost done"),
            gettext("Approved,\none moment"),
            gettext("We write it down safely. You need not do anything now."),
        ),
    }.get(
        shows,
        (
            gettext("Look at the reader"),
            gettext("Please follow\nthe reader"),
            gettext("It shows what to do next."),
        ),
    )


def checking(session: Session, lane: Lane, words: Words) -> CheckingView:
    """Say that nobody knows yet, and what is being done."""
    gettext = words.gettext
    recovery = session.attempt.recovery if session.attempt else None
    count = None
    if recovery is not None and recovery.deadline_us is not None:
        count = countdown(session.at, recovery.since_us, recovery.deadline_us, words)
    reversing = session.attempt is not None and session.attempt.state is AttemptState.REVERSING
    return CheckingView(
        warning=gettext("Please don’t pay again"),
        warning_line=gettext("We are giving the amount back.")
        if reversing
        else gettext("We are finding out whether it went through."),
        countdown=count,
        heading=_heading(recovery.step if recovery else None, words, reversing=reversing),
        steps=_steps(session, words),
        staff=_staff(session, words),
        staff_line=_staff_line(session, lane, words),
        then=gettext(
            "If the bank took the money, your receipt comes by itself.\nIf not, you can pay again here."
        ),
    )


def _staff(session: Session, words: Words) -> str:
    """Say that staff were told only if they were; else it is for the shopper to ask."""
    if session.staff_told:
        return words.gettext("A colleague has been told.")
    return words.gettext("Please ask one of us.")


def _staff_line(session: Session, lane: Lane, words: Words) -> str:
    if session.staff_told:
        line = words.gettext("They will come to lane {number}. Your basket is safe.")
    else:
        line = words.gettext("This is lane {number}. Your basket is safe.")
    return line.format(number=lane.number)


def _heading(step: RecoveryStep | None, words: Words, *, reversing: bool) -> str:
    gettext = words.gettext
    if reversing:
        return gettext("The amount is being given back")
    return {
        RecoveryStep.CONNECTING: gettext("Reaching the reader again"),
        RecoveryStep.ASKING: gettext("Asking the reader for the result"),
        RecoveryStep.WAITING: gettext("Waiting for the bank to answer"),
        RecoveryStep.DECIDING: gettext("Comparing the answers"),
        None: gettext("Reaching the reader again"),
    }[step]


def _steps(session: Session, words: Words) -> tuple[StepView, ...]:
    gettext = words.gettext
    recovery = session.attempt.recovery if session.attempt else None
    tries = recovery.tries if recovery else 0
    again = words.gettext("try {number}").format(number=tries) if tries else gettext("one moment")
    return (
        StepView("tick", gettext("Amount sent to the reader"), words.money(_total(session))),
        StepView("clock", gettext("Answer not received"), gettext("the line was lost")),
        StepView("retry", gettext("Asking again"), again),
    )


def staff_will_help(session: Session, words: Words) -> StaffWillHelpView:
    """Say that a person will find out; no code alone, no blame."""
    gettext = words.gettext
    return StaffWillHelpView(
        title=gettext("A colleague\nhas been told")
        if session.staff_told
        else gettext("Please ask\none of us"),
        lead=gettext("We don’t know yet whether you have paid.\nPlease don’t pay again, and stay here."),
        reference_word=gettext("Reference for our colleague"),
        reference=reference(session),
        safe=gettext("Your basket is safe"),
        safe_line=count_of(_goods(session), words),
        amount=words.money(_total(session)),
        staff=ButtonView(gettext("Staff: settle this payment"), StaffPressed(session.revision), icon="lock"),
    )


def not_paid(session: Session, words: Words) -> NotPaidView:
    """Say that nothing was charged, and offer another try."""
    gettext = words.gettext
    ready = session.condition(Part.TERMINAL) is Condition.READY
    return NotPaidView(
        title=gettext("Not paid"),
        lead=gettext("Your card was not charged."),
        reason=_reason(session, words),
        amount_word=gettext("Still to pay"),
        amount=words.money(_total(session)),
        again=ButtonView(
            gettext("Try again"),
            TryAgainPressed(session.revision),
            icon="card",
            enabled=ready,
            why="" if ready else gettext("The card reader is not ready. A colleague can help."),
        ),
        back=ButtonView(gettext("Back to my basket"), BackPressed(session.revision), icon="back"),
    )


def _reason(session: Session, words: Words) -> str:
    gettext = words.gettext
    told = session.attempt.reason if session.attempt else None
    if session.refused is NotCharged.CANCELLED or told == "cancelled":
        return gettext("The payment was cancelled.\nYou can try again with the same or another card.")
    if session.refused is NotCharged.REVERSED:
        return gettext("The amount was given back to your card.\nYou can pay again.")
    if session.refused is NotCharged.NOT_CHARGED:
        return gettext("We checked: nothing was taken.\nYou can pay again.")
    if told == "timeout":
        return gettext("No card was held to the reader in time.\nPlease try again.")
    return gettext("The card was not accepted.\nPlease try again, or use another card.")
