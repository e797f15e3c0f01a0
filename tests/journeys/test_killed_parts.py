"""Every process behind the lane is killed in the middle of a visit and started again."""

import pytest

from tests.journeys import books
from tests.journeys.floor import BREAD, MILK, SODA, Floor

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def begun(floor: Floor) -> None:
    floor.until_ready()


@pytest.mark.parametrize("name", ["scanner", "printer", "terminal", "sync", "backend"])
def test_a_killed_process_costs_nothing(floor: Floor, name: str) -> None:
    floor.scan(MILK)
    visit = floor.state()["visit"]
    floor.restart(name)
    floor.wait(floor.healthy, f"a lane that is well after {name} was killed")
    floor.scan(SODA)
    assert (floor.state()["visit"], floor.state()["lines"]) == (visit, 2)
    floor.card()
    floor.pay()
    floor.take_receipt()
    floor.leave()
    assert floor.books_agree()[-1].total_minor == MILK.price_minor + SODA.price_minor


@pytest.mark.parametrize("delay_ms", [1500, 400])
def test_the_terminals_daemon_is_killed_in_a_payment(floor: Floor, delay_ms: int) -> None:
    floor.card(delay_ms=delay_ms)
    floor.scan(BREAD)
    charged = sum(books.ledger(floor.places))
    floor.pay()
    floor.shopper.see("follow_terminal", text="Hold your card")
    floor.restart("terminal")
    floor.wait(lambda: floor.state()["screen"] in ("paid", "not_paid"), "a known result")
    paid = floor.state()["screen"] == "paid"
    assert sum(books.ledger(floor.places)) - charged == (BREAD.price_minor if paid else 0)
    if not paid:
        floor.card()
        floor.shopper.touch("try_again")
        floor.shopper.touch("pay_card")
    floor.take_receipt()
    floor.leave()
    floor.books_agree()
