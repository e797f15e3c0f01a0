"""At the basket: what cannot be sold, a backend that is away, a terminal that cannot be reached."""

import pytest

from tests.journeys import books
from tests.journeys.floor import BREAD, MILK, MYSTERY, SODA, UNKNOWN, WINE, Floor

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def begun(floor: Floor) -> None:
    floor.until_ready()


def pay_and_go(floor: Floor) -> None:
    floor.card()
    floor.pay()
    floor.take_receipt()
    floor.leave()


def test_what_cannot_be_sold_says_so_and_scanning_goes_on(floor: Floor) -> None:
    refused = {UNKNOWN: UNKNOWN[-6:], WINE.gtin: "Red wine: age check", MYSTERY.gtin: "Mystery box"}
    for code, told in refused.items():
        floor.shopper.scan(code)
        floor.shopper.see("basket", text=told)
    floor.scan(MILK)
    for code, told in refused.items():
        floor.shopper.scan(code)
        floor.shopper.see("basket", text=told)
        floor.scan(SODA)
    assert floor.state()["total_minor"] == MILK.price_minor + 3 * SODA.price_minor
    pay_and_go(floor)
    assert floor.books_agree()[-1].total_minor == MILK.price_minor + 3 * SODA.price_minor


def test_a_row_is_counted_up_and_down_and_taken_out(floor: Floor) -> None:
    floor.scan(MILK, BREAD)
    floor.shopper.touch("plus")
    floor.shopper.see("basket", text="€8.27")
    floor.shopper.touch("minus")
    floor.shopper.see("basket", text="€4.78")
    floor.shopper.touch("remove")
    floor.shopper.see("basket", text="€1.29")
    pay_and_go(floor)
    assert floor.books_agree()[-1].total_minor == MILK.price_minor


def test_the_backend_is_down_during_a_sale_which_arrives_once_when_it_is_up(floor: Floor) -> None:
    floor.scan(BREAD)
    floor.kill("backend")
    pay_and_go(floor)
    assert len(books.at_lane(floor.places)) == len(books.at_backend(floor.places)) + 1
    floor.scan(MILK)
    floor.start("backend")
    pay_and_go(floor)
    assert [sale.total_minor for sale in floor.books_agree()[-2:]] == [BREAD.price_minor, MILK.price_minor]


def test_a_terminal_that_cannot_be_reached_keeps_the_basket_and_comes_back(floor: Floor) -> None:
    floor.scan(MILK, SODA)
    floor.tell("terminal", key="pull_cable")
    floor.shopper.touch("pay")
    floor.shopper.see("pay_choice", text="the reader is not ready")
    assert floor.state()["lines"] == 2
    floor.shopper.touch("back")
    floor.scan(BREAD)
    floor.tell("terminal", key="plug_cable")
    floor.shopper.touch("pay")
    floor.shopper.see("pay_choice", text="hold it to the reader")
    floor.card()
    floor.shopper.touch("pay_card")
    floor.take_receipt("none")
    floor.leave()
    total = MILK.price_minor + SODA.price_minor + BREAD.price_minor
    assert floor.books_agree()[-1].total_minor == total


def test_a_lane_nobody_can_pay_at_is_closed_until_the_terminal_is_back(floor: Floor) -> None:
    floor.tell("terminal", key="pull_cable")
    floor.shopper.see("out_of_service")
    floor.tell("terminal", key="plug_cable")
    floor.until_ready()
    floor.visit(MILK)
    floor.leave()
    floor.books_agree()
