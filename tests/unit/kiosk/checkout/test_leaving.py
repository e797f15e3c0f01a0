from dataclasses import replace

from kiosk.checkout.effects import KeepReceiptChoice, KeepVisitEnd, PrintReceipt
from kiosk.checkout.events import AttemptState, JobChanged, JobState, SaleStored
from kiosk.checkout.intents import DonePressed, MethodChosen, PayPressed, ReceiptChoice, ReceiptChosen
from kiosk.checkout.session import Phase
from kiosk.domain.sale import CardReceipt, Method
from tests.goods import MILK, SODA, eur
from tests.playbook import Playbook

PRINT = KeepReceiptChoice("s1", ReceiptChoice.PRINT)


def paid() -> Playbook:
    play = Playbook()
    play >> play.scan(MILK)
    play.take()
    play >> play.press(PayPressed, 129)
    play.take()
    play >> play.press(MethodChosen, Method.CARD, 129)
    play.take()
    play >> play.attempt(AttemptState.CAPTURED, receipt=CardReceipt(eur(129)))
    play.take()
    play >> SaleStored(play.at, "s1", 7, 1)
    play.take()
    play.scene(Phase.PAID)
    return play


def test_printed_and_gone() -> None:
    play = paid()
    (play >> play.press(ReceiptChosen, ReceiptChoice.PRINT) << PRINT << PrintReceipt("s1")).done()
    play.scene(Phase.GOODBYE)
    (play >> JobChanged(play.at, "other", JobState.DONE, None)).done()
    assert play.session.job is None
    (play >> JobChanged(play.wait(6).at, "s1", JobState.DONE, None)).done()
    (play.wait(7) >> play.tick()).done()
    (play.wait(1) >> play.tick() << KeepVisitEnd("s1")).done()
    assert (play.session.phase, play.session.sale) == (Phase.ATTRACT, None)


def test_a_printer_that_needs_help_gets_longer_and_a_code_may_be_had_instead() -> None:
    play = paid()
    play >> play.press(ReceiptChosen, ReceiptChoice.PRINT)
    play.take()
    (play >> JobChanged(play.at, "s1", JobState.HELD, "paper_end")).done()
    assert (play.session.job, play.session.job_cause) == (JobState.HELD, "paper_end")
    (play.wait(29) >> play.tick()).done()
    (play >> play.press(ReceiptChosen, ReceiptChoice.NONE)).done()
    (play >> play.press(ReceiptChosen, ReceiptChoice.QR) << KeepReceiptChoice("s1", ReceiptChoice.QR)).done()
    play.scene(Phase.RECEIPT_QR)
    (play.wait(59) >> play.tick()).done()
    (play.wait(1) >> play.tick() << KeepVisitEnd("s1")).done()


def test_nobody_chooses_and_the_shops_default_holds() -> None:
    play = paid()
    (play.wait(29) >> play.tick()).done()
    (play.wait(1) >> play.tick() << PRINT << PrintReceipt("s1") << KeepVisitEnd("s1")).done()
    play.scene(Phase.ATTRACT)


def test_the_next_shopper_scans_and_nothing_of_the_last_one_is_left() -> None:
    play = paid()
    play >> play.scan(SODA)
    kinds = [type(effect).__name__ for effect in play.take()]
    assert kinds == [
        "KeepReceiptChoice",
        "PrintReceipt",
        "KeepVisitEnd",
        "OpenSale",
        "KeepLine",
        "KeepRead",
        "AcknowledgeRead",
        "Play",
    ]
    assert play.session.sale is not None
    assert [line.product for line in play.session.sale.basket.lines] == [SODA]
    assert play.session.job is None


def test_none_is_as_good_an_answer() -> None:
    play = paid()
    (
        play >> play.press(ReceiptChosen, ReceiptChoice.NONE) << KeepReceiptChoice("s1", ReceiptChoice.NONE)
    ).done()
    (play >> play.press(DonePressed) << KeepVisitEnd("s1")).done()
    (play >> play.press(DonePressed)).done()


def test_only_what_the_shop_offers_and_only_after_paying() -> None:
    play = paid()
    only_paper = replace(play.session.policy, receipt_choices=(ReceiptChoice.PRINT,))
    play = Playbook(replace(play.session, policy=only_paper))
    (play >> play.press(ReceiptChosen, ReceiptChoice.NONE)).done()
    play = Playbook()
    (play >> play.press(ReceiptChosen, ReceiptChoice.PRINT)).done()


def test_a_link_works_once_the_backend_has_the_sale() -> None:
    session = paid().session
    assert not session.receipt_at_backend
    linked = replace(session, receipt_url="https://shop/r/{receipt}")
    assert not linked.receipt_at_backend
    assert replace(linked, acked_seq=1).receipt_at_backend
