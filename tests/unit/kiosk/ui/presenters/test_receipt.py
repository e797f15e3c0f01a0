from dataclasses import replace

import pytest

from kiosk.bootstrap.words import translations
from kiosk.checkout.events import Condition, JobState, Part, PartChanged
from kiosk.checkout.intents import DonePressed, ReceiptChoice, ReceiptChosen
from kiosk.checkout.session import Phase
from kiosk.domain.sale import CardReceipt, Tender
from kiosk.ui.presenters import receipt
from kiosk.ui.presenters.words import Words
from tests.screens.samples import LANE, NOW, READY, begun, paid

EN = Words("en", translations("en"))


def test_paid_tells_amount_card_and_receipt_number() -> None:
    view = receipt.paid(paid(), LANE, EN)
    assert (view.title, view.amount) == ("Paid. Thank you!", "€20.69")
    assert view.detail == "Card ending in 4417 · Receipt 4-001287"


def test_the_receipt_is_offered_in_equal_choices() -> None:
    choices = receipt.paid(paid(), LANE, EN).choices
    assert [choice.text for choice in choices] == ["Paper", "On my phone", "No receipt"]
    assert [choice.intent for choice in choices] == [ReceiptChosen(12, choice) for choice in ReceiptChoice]
    assert choices[0].sub == "prints below"


def test_where_the_law_asks_for_paper_nothing_else_is_offered() -> None:
    session = paid()
    only = replace(session, policy=replace(session.policy, receipt_choices=(ReceiptChoice.PRINT,)))
    assert [choice.text for choice in receipt.paid(only, LANE, EN).choices] == ["Paper"]


def test_a_printer_in_trouble_is_offered_with_a_word_of_warning() -> None:
    trouble = PartChanged(NOW, Part.PRINTER, Condition.TROUBLE, "paper_end")
    session = replace(paid(), parts=(*(p for p in READY if p.part is not Part.PRINTER), trouble))
    assert receipt.paid(session, LANE, EN).choices[0].sub == "may take a moment"


def test_details_that_are_not_known_are_left_out() -> None:
    session = paid()
    assert session.sale is not None
    tender = session.sale.tenders[0]
    bare = Tender(tender.attempt_id, tender.method, tender.amount, CardReceipt(tender.amount))
    nameless = replace(session, sale=replace(session.sale, tenders=(bare,), receipt_no=None))
    assert receipt.paid(nameless, LANE, EN).detail == ""
    untendered = replace(session, sale=replace(session.sale, tenders=(), receipt_no=None))
    assert receipt.paid(untendered, LANE, EN).detail == ""


def test_the_code_holds_the_whole_receipt_until_the_backend_has_it_and_a_link_then() -> None:
    session = replace(paid(), receipt_url="https://shop.example/r/{receipt}")
    whole = receipt.receipt_qr(session, LANE, EN).code
    assert "Minzel" in whole
    assert "20.69 EUR" in whole
    linked = receipt.receipt_qr(replace(session, acked_seq=5), LANE, EN)
    assert session.sale is not None
    assert linked.code == f"https://shop.example/r/{session.sale.sale_id}"
    assert linked.done.intent == DonePressed(12)


@pytest.mark.parametrize(
    ("choice", "job", "icon", "title"),
    [
        (ReceiptChoice.PRINT, JobState.SENDING, "printer", "Your receipt\nis printing"),
        (ReceiptChoice.PRINT, None, "printer", "Your receipt\nis printing"),
        (ReceiptChoice.PRINT, JobState.DONE, "printer", "Thank you!"),
        (ReceiptChoice.PRINT, JobState.UNCONFIRMED, "printer", "Thank you!"),
        (ReceiptChoice.PRINT, JobState.HELD, "warning", "The printer\nneeds a hand"),
        (ReceiptChoice.NONE, None, "tick", "Thank you!"),
    ],
)
def test_goodbye_tells_what_became_of_the_paper(
    choice: ReceiptChoice, job: JobState | None, icon: str, title: str
) -> None:
    view = receipt.goodbye(replace(paid(), phase=Phase.GOODBYE, choice=choice, job=job), EN)
    assert (view.icon, view.title) == (icon, title)


def test_a_receipt_that_will_not_print_may_be_had_as_a_code() -> None:
    held = replace(paid(), choice=ReceiptChoice.PRINT, job=JobState.HELD)
    instead = receipt.goodbye(held, EN).instead
    assert instead is not None
    assert instead.intent == ReceiptChosen(12, ReceiptChoice.QR)
    paper_only = replace(held, policy=replace(held.policy, receipt_choices=(ReceiptChoice.PRINT,)))
    assert receipt.goodbye(paper_only, EN).instead is None


def test_nothing_is_paid_without_a_sale() -> None:
    with pytest.raises(AssertionError, match="without a sale"):
        receipt.paid(begun(), LANE, EN)
