from dataclasses import replace

import pytest

from kiosk.checkout.effects import (
    Authorize,
    CancelAttempt,
    KeepRefusal,
    KeepSale,
    KeepState,
    KeepTender,
    Play,
    SettleAttempt,
    Sound,
)
from kiosk.checkout.events import (
    AttemptRejected,
    AttemptState,
    Condition,
    Part,
    Recovery,
    RecoveryStep,
    Refusal,
    SaleStored,
    TerminalShows,
)
from kiosk.checkout.intents import (
    BackPressed,
    CancelPaymentPressed,
    MethodChosen,
    PayPressed,
    TryAgainPressed,
)
from kiosk.checkout.session import Phase
from kiosk.domain.sale import CardReceipt, Method, NotCharged, SaleState
from tests.goods import MILK, eur
from tests.playbook import START, Playbook

WALL = START.wall_us
VISA = CardReceipt(eur(129), "Visa", "1234")


def choosing() -> Playbook:
    play = Playbook()
    play >> play.scan(MILK)
    play.take()
    (play >> play.press(PayPressed, 129) << KeepState("s1", SaleState.TOTALLED, WALL)).done()
    return play


def paying() -> Playbook:
    play = choosing()
    (
        play
        >> play.press(MethodChosen, Method.CARD, 129)
        << KeepTender("s1", "a1", Method.CARD, eur(129), WALL)
        << Authorize("a1", eur(129), printer_ready=True)
    ).done()
    return play


def test_the_tender_is_durable_before_the_terminal_is_asked() -> None:
    assert paying().session.phase is Phase.FOLLOW_TERMINAL


def test_paid_is_shown_only_once_it_is_stored() -> None:
    play = paying()
    (play >> play.attempt(AttemptState.ARMED)).done()
    (play >> play.attempt(AttemptState.AUTHORISED, receipt=VISA)).done()
    (play >> play.attempt(AttemptState.CAPTURED, receipt=VISA) << KeepSale("s1", "a1", VISA, WALL)).done()
    play.scene(Phase.FOLLOW_TERMINAL)
    (play >> SaleStored(play.at, "s1", 7, 1) << SettleAttempt("a1") << Play(Sound.PAID)).done()
    play.scene(Phase.PAID)
    assert play.session.sale is not None
    assert (play.session.sale.receipt_no, play.session.outbox_seq) == (7, 1)
    (play >> SaleStored(play.at, "s1", 8, 2)).done()
    (play >> play.attempt(AttemptState.CAPTURED, receipt=VISA)).done()


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        (AttemptState.DECLINED, NotCharged.DECLINED),
        (AttemptState.CANCELLED, NotCharged.CANCELLED),
        (AttemptState.NOT_CHARGED, NotCharged.NOT_CHARGED),
        (AttemptState.REVERSED, NotCharged.REVERSED),
    ],
)
def test_known_not_charged_may_pay_again(state: AttemptState, outcome: NotCharged) -> None:
    play = paying()
    (
        play
        >> play.attempt(state)
        << KeepRefusal("s1", "a1", outcome, outcome.value, WALL)
        << Play(Sound.REFUSED)
        << SettleAttempt("a1")
    ).done()
    assert (play.session.phase, play.session.refused) == (Phase.NOT_PAID, outcome)
    (play >> play.press(TryAgainPressed)).done()
    play.scene(Phase.PAY_CHOICE)
    (play >> play.press(TryAgainPressed)).done()
    (play >> play.press(BackPressed) << KeepState("s1", SaleState.OPEN, WALL)).done()


def test_uncertain_freezes_the_basket_until_known() -> None:
    play = paying()
    recovery = Recovery(RecoveryStep.WAITING, 1, 2, 1)
    play >> play.attempt(AttemptState.UNCERTAIN, recovery=recovery) << Play(Sound.ATTENTION)
    play.scene(Phase.CHECKING)
    for press in (
        play.press(CancelPaymentPressed),
        play.press(BackPressed),
        play.press(PayPressed, 129),
        play.press(MethodChosen, Method.CARD, 129),
        play.press(TryAgainPressed),
    ):
        (play >> press).done()
        play.scene(Phase.CHECKING)
    play >> play.scan(MILK)
    assert play.session.notice is not None
    assert play.session.notice.refusal is Refusal.NOT_NOW
    play.take()
    (play >> play.attempt(AttemptState.UNCERTAIN, recovery=recovery)).done()
    (play >> play.attempt(AttemptState.CAPTURED) << KeepSale("s1", "a1", CardReceipt(eur(129)), WALL)).done()


def test_a_person_is_called_when_nobody_else_can_know() -> None:
    play = paying()
    (play >> play.attempt(AttemptState.ESCALATED) << Play(Sound.ATTENTION)).done()
    play.scene(Phase.ESCALATED)


def test_what_is_told_late_takes_nothing_back() -> None:
    play = paying()
    play >> play.attempt(AttemptState.ESCALATED)
    play.take()
    for older in (AttemptState.PREPARED, AttemptState.ARMED, AttemptState.AUTHORISED, AttemptState.UNCERTAIN):
        (play >> play.attempt(older)).done()
        play.scene(Phase.ESCALATED)
    assert play.session.attempt is not None
    assert play.session.attempt.state is AttemptState.ESCALATED


def test_after_a_restart_the_first_told_holds() -> None:
    play = paying()
    play.session = replace(play.session, phase=Phase.CHECKING, attempt=None)
    (play >> play.attempt(AttemptState.ARMED)).done()
    play.scene(Phase.FOLLOW_TERMINAL)


def test_another_amount_than_asked_for_is_for_a_person() -> None:
    play = paying()
    wrong = CardReceipt(eur(128))
    (play >> play.attempt(AttemptState.CAPTURED, receipt=wrong) << Play(Sound.ATTENTION)).done()
    play.scene(Phase.ESCALATED)
    assert play.session.sale is not None
    assert play.session.sale.state is SaleState.PAYING


def test_what_never_reached_the_terminal_charged_nothing() -> None:
    play = paying()
    (play >> AttemptRejected(play.at, "a9", "foreign")).done()
    (
        play
        >> AttemptRejected(play.at, "a1", "never reached the terminal")
        << KeepRefusal("s1", "a1", NotCharged.NOT_CHARGED, "never reached the terminal", WALL)
        << Play(Sound.REFUSED)
    ).done()


def test_a_foreign_attempt_changes_nothing() -> None:
    play = paying()
    before = play.session
    (play >> play.attempt(AttemptState.CAPTURED, "a9", receipt=VISA)).done()
    (play >> TerminalShows(play.at, "a9", "enter_pin", None)).done()
    assert play.session == before


def test_the_terminal_asks_and_the_shopper_may_want_out() -> None:
    play = paying()
    (play >> TerminalShows(play.at, "a1", "enter_pin", None)).done()
    assert play.session.shows == TerminalShows(play.at, "a1", "enter_pin", None)
    (play >> play.press(CancelPaymentPressed) << CancelAttempt("a1")).done()
    play.scene(Phase.FOLLOW_TERMINAL)


def test_a_silent_daemon_is_a_matter_to_check() -> None:
    play = paying()
    (play >> play.part(Part.TERMINAL, Condition.GONE)).done()
    play.scene(Phase.CHECKING)
    (play >> play.attempt(AttemptState.ARMED)).done()
    play.scene(Phase.FOLLOW_TERMINAL)


@pytest.mark.parametrize("total", [128, 130])
def test_nobody_pays_a_total_they_never_saw(total: int) -> None:
    play = Playbook()
    play >> play.scan(MILK)
    play.take()
    (play >> play.press(PayPressed, total)).done()
    play.scene(Phase.BASKET)
    play = choosing()
    (play >> play.press(MethodChosen, Method.CARD, total)).done()
    play.scene(Phase.PAY_CHOICE)


def test_nothing_is_asked_of_a_terminal_that_is_not_ready() -> None:
    play = choosing()
    play >> play.part(Part.TERMINAL, Condition.TROUBLE, "offline")
    (play >> play.press(MethodChosen, Method.CARD, 129)).done()
    play.scene(Phase.PAY_CHOICE)


def test_the_terminal_hears_whether_a_receipt_can_be_printed() -> None:
    play = choosing()
    play >> play.part(Part.PRINTER, Condition.TROUBLE, "paper_end")
    play >> play.press(MethodChosen, Method.CARD, 129)
    assert Authorize("a1", eur(129), printer_ready=False) in play.take()


def test_nothing_to_pay_for() -> None:
    play = Playbook()
    (play >> play.press(PayPressed, 0)).done()
    (play >> play.press(MethodChosen, Method.CARD, 0)).done()
    (play >> play.press(CancelPaymentPressed)).done()
