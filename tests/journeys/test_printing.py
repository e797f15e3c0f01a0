"""The receipt: paper that runs out before or while it prints, and processes killed in the middle of it."""

import pytest

from tests.journeys import books
from tests.journeys.floor import BREAD, MILK, SODA, Floor

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def begun(floor: Floor) -> None:
    floor.until_ready()


def paid(floor: Floor) -> int:
    """Buy something up to the paid screen; gives the receipt's number."""
    floor.card()
    floor.scan(MILK, SODA, BREAD)
    floor.pay()
    floor.shopper.see("paid")
    return books.at_lane(floor.places)[-1].receipt_no


def sheets(floor: Floor, number: int) -> list[bool]:
    """Give for each sheet of a receipt whether it is marked a copy."""
    return [sheet.copy for sheet in books.paper(floor.places) if sheet.receipt_no == number]


def phone_instead(floor: Floor) -> None:
    floor.shopper.see("goodbye", text="needs a hand")
    floor.shopper.touch("receipt_qr")
    floor.shopper.see("receipt_qr")
    assert floor.shopper.view()["scene"]["code"]
    floor.leave()


def test_no_paper_before_the_receipt(floor: Floor) -> None:
    floor.tell("printer", do="paper_out")
    floor.wait(lambda: not floor.part_ok("printer"), "a printer without paper")
    number = paid(floor)
    floor.take_receipt()
    phone_instead(floor)
    assert sheets(floor, number) == []
    floor.tell("printer", do="paper_in")
    floor.books_agree()
    assert sheets(floor, number) == [False]


def test_the_paper_ends_in_the_middle_of_the_receipt(floor: Floor) -> None:
    floor.tell("printer", at_byte=400, do="paper_out")
    number = paid(floor)
    floor.take_receipt()
    phone_instead(floor)
    assert sheets(floor, number) == []
    floor.tell("printer", do="paper_in")
    floor.books_agree()
    assert sheets(floor, number) == [False]


def test_the_printers_daemon_is_killed_while_it_prints(floor: Floor) -> None:
    with floor.stalled_printer(400) as stands:
        number = paid(floor)
        floor.take_receipt()
        stands()
        floor.restart("printer")
    floor.shopper.see("goodbye", text="take your receipt")
    floor.leave()
    floor.books_agree()
    # Whole after all, where the printer had taken all of it and says so; else torn off, then a copy.
    copies = sheets(floor, number)
    assert copies == [False] or copies[-1], copies


def test_the_lane_is_killed_while_it_prints(floor: Floor) -> None:
    with floor.stalled_printer(400) as stands:
        number = paid(floor)
        floor.take_receipt()
        stands()
        floor.restart("lane")
        floor.shopper.see("goodbye")
    floor.shopper.see("goodbye", text="take your receipt")
    floor.leave()
    floor.books_agree()
    assert sheets(floor, number) == [False]


def test_the_receipt_comes_out_while_the_lane_is_away(floor: Floor) -> None:
    with floor.stalled_printer(400) as stands:
        number = paid(floor)
        floor.take_receipt()
        stands()
        floor.kill("lane")
    floor.wait(lambda: sheets(floor, number) == [False], "the receipt")
    floor.start("lane")
    floor.shopper.see("goodbye", text="take your receipt")
    floor.leave()
    floor.books_agree()
    assert sheets(floor, number) == [False]


def test_the_lane_is_killed_before_the_receipt_is_chosen(floor: Floor) -> None:
    number = paid(floor)
    floor.restart("lane")
    floor.take_receipt()
    floor.leave()
    floor.books_agree()
    assert sheets(floor, number) == [False]
