"""The lane itself is killed: the same basket is back, and what was paid is known before anything is said."""

import pytest

from tests.journeys import books
from tests.journeys.floor import BREAD, MILK, SODA, Floor

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def begun(floor: Floor) -> None:
    floor.until_ready()


def test_killed_in_the_basket(floor: Floor) -> None:
    floor.shopper.touch("language_de")
    floor.scan(MILK)
    floor.shopper.scan(SODA.gtin)
    floor.wait(lambda: floor.state()["lines"] == 2, "two rows")
    before = floor.state()
    floor.restart("lane")
    floor.shopper.see("basket", text=SODA.name, language="de")
    after = floor.state()
    for fact in ("visit", "sale_state", "lines", "total_minor", "language"):
        assert after[fact] == before[fact], fact
    floor.wait(floor.healthy, "a lane that is well")
    floor.scan(BREAD)
    floor.card()
    floor.pay()
    floor.take_receipt()
    floor.leave()
    floor.books_agree()


def test_killed_at_the_choice_of_payment(floor: Floor) -> None:
    floor.scan(MILK)
    floor.shopper.touch("pay")
    floor.shopper.see("pay_choice")
    floor.restart("lane")
    floor.shopper.see("pay_choice", text="hold it to the reader")
    floor.card()
    floor.shopper.touch("pay_card")
    floor.take_receipt()
    floor.leave()
    floor.books_agree()


@pytest.mark.parametrize(
    ("do", "delay_ms", "screen"),
    [("approve", 800, "paid"), ("decline", 800, "not_paid"), ("approve", 6000, "paid")],
    ids=["paid-meanwhile", "declined-meanwhile", "still-paying"],
)
def test_killed_while_paying(floor: Floor, do: str, delay_ms: int, screen: str) -> None:
    floor.card(do, delay_ms=delay_ms)
    floor.scan(BREAD)
    charged = sum(books.ledger(floor.places))
    floor.pay()
    floor.shopper.see("follow_terminal", text="Hold your card")
    known = len(floor.scenes())
    floor.restart("lane")
    floor.shopper.see(screen)
    assert floor.scenes()[known:] in ([screen], ["follow_terminal", screen])
    paid = screen == "paid"
    assert sum(books.ledger(floor.places)) - charged == (BREAD.price_minor if paid else 0)
    if not paid:
        floor.card()
        floor.shopper.touch("try_again")
        floor.shopper.touch("pay_card")
    floor.take_receipt()
    floor.leave()
    floor.books_agree()


def test_killed_with_the_terminals_daemon_while_paying(floor: Floor) -> None:
    """Both are gone at once, as when the plug is pulled: nobody watches while the terminal books or not."""
    floor.card(delay_ms=600)
    floor.scan(MILK)
    charged = sum(books.ledger(floor.places))
    floor.pay()
    floor.shopper.see("follow_terminal", text="Hold your card")
    floor.kill("lane", "terminal")
    floor.start("terminal", "lane")
    floor.wait(lambda: floor.shopper.view()["screen"] in ("paid", "not_paid"), "a known result")
    paid = floor.state()["screen"] == "paid"
    assert sum(books.ledger(floor.places)) - charged == (MILK.price_minor if paid else 0)
    if not paid:
        floor.card()
        floor.shopper.touch("try_again")
        floor.shopper.touch("pay_card")
    floor.take_receipt()
    floor.leave()
    floor.books_agree()
