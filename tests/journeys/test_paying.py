"""Paying by card at the real stand: paid, declined, cancelled by either side, uncertain, escalated."""

import json

import pytest

from tests.journeys import books
from tests.journeys.floor import BREAD, MILK, PIN, SODA, Floor

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def begun(floor: Floor) -> None:
    floor.until_ready()


def try_again(floor: Floor) -> None:
    floor.shopper.see("not_paid")
    floor.card()
    floor.shopper.touch("try_again")
    floor.shopper.see("pay_choice")
    floor.shopper.touch("pay_card")
    floor.take_receipt()
    floor.leave()


def tender_states(floor: Floor) -> list[str]:
    """Give the states of the newest sale's tenders, oldest first."""
    asked = "SELECT state FROM tender WHERE sale_id = (SELECT max(sale_id) FROM tender) ORDER BY requested_us"
    with books.reader(floor.places.state / "sales.db") as connection:
        return [row[0] for row in connection.execute(asked)]


def test_paid_by_card(floor: Floor) -> None:
    floor.visit(MILK, SODA)
    floor.leave()
    assert floor.books_agree()[-1].total_minor == MILK.price_minor + SODA.price_minor
    receipt = books.paper(floor.places)[-1].text
    for told in ("Minzel", "Whole milk", "1.29", "Deposit", "0.25", "Total", "EUR 2.73", "****"):
        assert told in receipt


def test_declined_then_paid(floor: Floor) -> None:
    floor.card("decline")
    floor.scan(BREAD)
    floor.pay()
    try_again(floor)
    assert floor.books_agree()[-1].total_minor == BREAD.price_minor
    assert tender_states(floor) == ["DECLINED", "captured"]


def test_cancelled_by_the_shopper_then_paid(floor: Floor) -> None:
    floor.card("slow", delay_ms=20_000)
    floor.scan(MILK)
    floor.pay()
    floor.shopper.see("follow_terminal")
    floor.shopper.touch("cancel_payment")
    try_again(floor)
    assert floor.books_agree()[-1].total_minor == MILK.price_minor
    assert tender_states(floor) == ["CANCELLED", "captured"]


def test_cancelled_at_the_terminal_then_paid(floor: Floor) -> None:
    floor.card("cancel")
    floor.scan(SODA)
    floor.pay()
    try_again(floor)
    assert floor.books_agree()[-1].total_minor == SODA.price_minor
    assert tender_states(floor) == ["CANCELLED", "captured"]


def test_back_to_the_basket_after_a_refusal(floor: Floor) -> None:
    floor.card("decline")
    floor.scan(MILK)
    floor.pay()
    floor.shopper.see("not_paid")
    floor.shopper.touch("back")
    floor.shopper.see("basket", text=MILK.name)
    floor.scan(BREAD)
    floor.card()
    floor.pay()
    floor.take_receipt("none")
    floor.leave()
    assert floor.books_agree()[-1].total_minor == MILK.price_minor + BREAD.price_minor


def test_the_receipt_on_the_phone_prints_nothing(floor: Floor) -> None:
    sheets = len(books.paper(floor.places))
    floor.card()
    floor.scan(MILK)
    floor.pay()
    floor.take_receipt("qr")
    assert floor.shopper.view()["scene"]["code"]
    floor.leave()
    floor.books_agree()
    assert len(books.paper(floor.places)) == sheets


def test_the_link_is_cut_after_the_status_and_nothing_is_charged(floor: Floor) -> None:
    """Our acknowledgement of the approval is lost: the terminal takes it back, and the lane finds out."""
    floor.card()
    floor.tell("terminal", at_byte=24, direction="in", do="drop", **{"from": "payment"})
    floor.scan(MILK)
    before = sum(books.ledger(floor.places))
    known = len(floor.scenes())
    floor.pay()
    floor.shopper.see("not_paid")
    assert floor.scenes()[known:][-2:] == ["checking", "not_paid"]
    assert sum(books.ledger(floor.places)) == before
    try_again(floor)
    floor.books_agree()


def test_the_terminal_books_and_says_it_failed_and_it_is_paid(floor: Floor) -> None:
    floor.card()
    floor.tell("terminal", on="status", do="abort_after")
    floor.scan(MILK)
    floor.pay()
    floor.take_receipt()
    floor.leave()
    floor.books_agree()


def settle(floor: Floor, outcome: str, reason: str) -> None:
    floor.shopper.see("staff_will_help")
    floor.shopper.touch("staff")
    for digit in PIN:
        floor.shopper.touch(f"key_{digit}")
    floor.shopper.touch("key_enter")
    floor.shopper.see("settle")
    floor.shopper.touch(f"outcome_{outcome}")
    floor.shopper.touch(f"reason_{reason}")
    floor.shopper.touch("settle")


def settlements(floor: Floor) -> list[dict[str, str]]:
    asked = "SELECT payload FROM journal WHERE kind = 'settlement' ORDER BY seq"
    with books.reader(floor.places.state / "sales.db") as connection:
        return [json.loads(row[0]) for row in connection.execute(asked)]


def test_a_person_settles_a_payment_that_was_not_charged(floor: Floor) -> None:
    """The power fails while the terminal asks for the card; then its record names another terminal."""
    floor.visit(MILK)
    floor.leave()
    floor.card("slow", delay_ms=10_000)
    floor.scan(BREAD)
    floor.pay()
    floor.shopper.see("follow_terminal", text="Hold your card")
    floor.tell("terminal", on="repeat", do="wrong_terminal")
    floor.tell("terminal", key="power", ms=200)
    floor.shopper.see("staff_will_help")
    floor.shopper.touch("staff")
    for digit in "8046":
        floor.shopper.touch(f"key_{digit}")
    floor.shopper.touch("key_enter")
    floor.shopper.see("pin_pad", text="unknown here")
    floor.shopper.touch("back")
    settle(floor, "NOT_CHARGED", "reader_shows_nothing")
    try_again(floor)
    assert tender_states(floor) == ["NOT_CHARGED", "captured"]
    told = settlements(floor)[-1]
    assert (told["name"], told["outcome"], told["reason"]) == (
        "Mia Berg",
        "NOT_CHARGED",
        "reader_shows_nothing",
    )
    floor.books_agree()


def test_a_person_settles_a_payment_that_was_charged(floor: Floor) -> None:
    """The terminal books and then says that it failed; its record names another terminal."""
    floor.visit(MILK)
    floor.leave()
    floor.card(delay_ms=1500)
    floor.tell("terminal", on="status", do="abort_after")
    floor.scan(SODA)
    floor.pay()
    floor.shopper.see("follow_terminal", text="Hold your card")
    floor.tell("terminal", on="repeat", do="wrong_terminal")
    settle(floor, "CAPTURED", "reader_shows_approved")
    floor.take_receipt()
    floor.leave()
    assert settlements(floor)[-1]["outcome"] == "CAPTURED"
    assert floor.books_agree()[-1].total_minor == SODA.price_minor
