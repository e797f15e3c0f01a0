import pytest

from kiosk.checkout.effects import CheckPin, KeepSettlement, ResolveAttempt
from kiosk.checkout.events import AttemptState, PinChecked
from kiosk.checkout.intents import (
    BackPressed,
    LanguageChosen,
    LanguagesPressed,
    MethodChosen,
    PayPressed,
    PinEntered,
    Settlement,
    SettlePressed,
    StaffPressed,
)
from kiosk.checkout.session import Overlay, Staff
from kiosk.domain.approval import Approval, Right
from kiosk.domain.sale import CardReceipt, Method
from tests.goods import MILK, eur
from tests.playbook import START, Playbook


def escalated() -> Playbook:
    play = Playbook()
    play >> play.scan(MILK)
    play.take()
    play >> play.press(PayPressed, 129)
    play.take()
    play >> play.press(MethodChosen, Method.CARD, 129)
    play.take()
    play >> play.attempt(AttemptState.ESCALATED)
    play.take()
    return play


def at_pad() -> Playbook:
    play = escalated()
    (play >> play.press(StaffPressed)).done()
    play.over(Overlay.PIN_PAD)
    (play >> play.press(PinEntered, "2580") << CheckPin("2580")).done()
    return play


def known(play: Playbook, *, may: bool = True) -> PinChecked:
    return PinChecked(play.at, "p1", "Ada", may_settle=may, wait_s=0)


def test_a_person_settles_with_a_reason_and_the_audit_entry_comes_first() -> None:
    play = at_pad()
    (play >> known(play)).done()
    assert (play.session.overlay, play.session.staff) == (Overlay.SETTLE, Staff("p1", "Ada"))
    approval = Approval("p1", "Ada", Right.SETTLE_PAYMENT, "slip")
    (
        play
        >> play.press(SettlePressed, Settlement.CAPTURED, "slip")
        << KeepSettlement("s1", "a1", Settlement.CAPTURED, approval, START.wall_us)
        << ResolveAttempt("a1", Settlement.CAPTURED, approval)
    ).done()
    assert (play.session.overlay, play.session.staff) == (Overlay.NONE, Staff())


def test_without_a_reason_nothing_is_settled() -> None:
    play = at_pad()
    play >> known(play)
    (play >> play.press(SettlePressed, Settlement.CAPTURED, "")).done()
    play.over(Overlay.SETTLE)


def test_settled_meanwhile_there_is_nothing_left_to_settle() -> None:
    play = at_pad()
    play >> known(play)
    # Settled elsewhere, and for another amount than was asked for: that is beyond this pad.
    play >> play.attempt(AttemptState.CAPTURED, receipt=CardReceipt(eur(128)))
    play.take()
    (play >> play.press(SettlePressed, Settlement.CAPTURED, "slip")).done()


def test_nobodys_pin_waits_before_the_next_try() -> None:
    play = at_pad()
    (play >> play.press(PinEntered, "2580")).done()
    (play >> PinChecked(play.at, None, "", may_settle=False, wait_s=30)).done()
    assert play.session.staff.failed
    (play >> play.press(PinEntered, "2580")).done()
    (play >> play.press(BackPressed)).done()
    (play >> play.press(StaffPressed)).done()
    (play.wait(29) >> play.press(PinEntered, "2580")).done()
    (play.wait(1) >> play.press(PinEntered, "2580") << CheckPin("2580")).done()


def test_somebody_without_the_right_settles_nothing() -> None:
    play = at_pad()
    (play >> known(play, may=False)).done()
    assert play.session.staff == Staff(failed=True, wait_until_us=play.at.mono_us)
    (play >> play.press(SettlePressed, Settlement.CAPTURED, "slip")).done()


def test_an_answer_after_the_pad_was_closed_opens_nothing() -> None:
    play = at_pad()
    play >> play.press(BackPressed)
    (play >> known(play)).done()
    play.over(Overlay.NONE)


def test_the_pad_closes_by_itself_and_forgets_who_it_was() -> None:
    play = at_pad()
    play >> known(play)
    (play.wait(29) >> play.tick()).done()
    play.over(Overlay.SETTLE)
    (play.wait(1) >> play.tick()).done()
    assert (play.session.overlay, play.session.staff) == (Overlay.NONE, Staff())


def test_only_where_there_is_something_to_settle() -> None:
    play = Playbook()
    (play >> play.press(StaffPressed)).done()
    (play >> play.press(PinEntered, "2580")).done()
    play.over(Overlay.NONE)


def test_the_language_may_change_at_the_pad_but_the_pad_stays() -> None:
    play = at_pad()
    (play >> play.press(LanguagesPressed)).done()
    (play >> play.press(LanguageChosen, "de")).done()
    assert (play.session.overlay, play.session.language) == (Overlay.PIN_PAD, "de")


@pytest.mark.parametrize("value", [PinEntered(1, "2580"), CheckPin("2580")])
def test_a_pin_is_never_shown(value: object) -> None:
    assert "2580" not in repr(value)
