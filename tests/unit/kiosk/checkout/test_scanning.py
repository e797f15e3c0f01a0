from dataclasses import replace

import pytest

from kiosk.checkout.effects import AcknowledgeRead, KeepLine, KeepRead, KeepState, OpenSale, Play, Sound
from kiosk.checkout.events import Condition, Misread, Part, ReadRef, Refusal
from kiosk.checkout.intents import (
    BackPressed,
    LanguagesPressed,
    MinusPressed,
    PayPressed,
    PlusPressed,
    RemovePressed,
    RowChosen,
)
from kiosk.checkout.session import Notice, Overlay, Phase
from kiosk.domain.basket import EntryMethod, Line
from kiosk.domain.catalogue import Product
from kiosk.domain.money import Currency, Money, Quantity
from kiosk.domain.sale import SaleState
from tests.goods import MILK, MYSTERY, PEARS, SODA, WINE, eur
from tests.playbook import START, Playbook

ONE = Quantity.pieces(1)
WALL = START.wall_us
READ = ReadRef("front", "b1", 1)


def line(n: int, product: Product, entry: EntryMethod = EntryMethod.SCANNED) -> Line:
    return Line(n, product, ONE, entry)


def started(*products: Product) -> Playbook:
    play = Playbook()
    for product in products:
        play >> play.scan(product)
        play.take()
    return play


def test_a_scan_starts_the_visit_and_is_never_lost() -> None:
    play = Playbook()
    (
        play
        >> play.scan(MILK)
        << OpenSale("s1", WALL, "en")
        << KeepLine("s1", line(1, MILK), WALL)
        << KeepRead(READ, WALL)
        << AcknowledgeRead(READ)
        << Play(Sound.ADDED)
    ).done()
    play.scene(Phase.BASKET)
    assert play.session.fresh_line == 1
    assert play.session.sale is not None
    assert play.session.sale.total == eur(129)


@pytest.mark.parametrize(
    ("product", "refusal"),
    [
        (None, Refusal.UNKNOWN),
        (MYSTERY, Refusal.NO_PRICE),
        (replace(MILK, price=Money(129, Currency("CHF"))), Refusal.NO_PRICE),
        (WINE, Refusal.AGE),
        (PEARS, Refusal.WEIGHT),
    ],
)
def test_what_cannot_be_sold_is_said_and_scanning_goes_on(product: Product | None, refusal: Refusal) -> None:
    play = started(MILK)
    play >> play.scan(product, "96385074")
    read = ReadRef("front", "b1", 2)
    (play << KeepRead(read, WALL, "96385074", refusal) << AcknowledgeRead(read) << Play(Sound.REFUSED)).done()
    assert play.session.notice == Notice(refusal, product, "385074" if product is None else "")
    play >> play.scan(SODA)
    assert [type(effect) for effect in play.take()] == [KeepLine, KeepRead, AcknowledgeRead, Play]
    assert play.session.notice is None


def test_an_unknown_first_code_opens_the_basket_but_no_sale() -> None:
    play = Playbook()
    play >> play.scan(None)
    play.take()
    assert (play.session.phase, play.session.sale) == (Phase.BASKET, None)


def test_a_lane_out_of_service_sells_nothing() -> None:
    play = Playbook()
    play >> play.part(Part.TERMINAL, Condition.GONE)
    play >> play.scan(MILK)
    assert play.session.out_of_service is Part.TERMINAL
    assert [type(effect) for effect in play.take()] == [KeepRead, AcknowledgeRead, Play]
    assert (play.session.phase, play.session.sale) == (Phase.ATTRACT, None)
    assert play.session.notice == Notice(Refusal.NOT_NOW, MILK)


def test_a_scan_while_choosing_how_to_pay_goes_back_to_the_basket() -> None:
    play = started(MILK)
    play >> play.press(PayPressed, 129) << KeepState("s1", SaleState.TOTALLED, WALL)
    play >> play.scan(SODA) << KeepState("s1", SaleState.OPEN, WALL) << KeepLine("s1", line(2, SODA), WALL)
    play.take()
    play.scene(Phase.BASKET)


def test_plus_minus_remove() -> None:
    play = started(MILK)
    touched = EntryMethod.TOUCHED
    (play >> play.press(PlusPressed, 1) << KeepLine("s1", line(2, MILK, touched), WALL)).done()
    (play >> play.press(MinusPressed, 1) << KeepLine("s1", Line(3, MILK, -ONE, touched, 1), WALL)).done()
    (play >> play.press(MinusPressed, 1)).done()
    (play >> play.press(RemovePressed, 1) << KeepLine("s1", Line(4, MILK, -ONE, touched, 1), WALL)).done()
    assert not play.session.rows_open
    play.scene(Phase.BASKET)


def test_a_stale_press_is_passed_over() -> None:
    play = started(MILK)
    shown = play.session.revision
    play >> play.scan(SODA)
    play.take()
    before = play.session
    for kind in (PlusPressed, MinusPressed, RemovePressed, RowChosen):
        (play >> play.press(kind, 1, revision=shown)).done()
    assert play.session == before


def test_a_row_may_be_looked_at() -> None:
    play = started(MILK, SODA)
    (play >> play.press(RowChosen, 1)).done()
    assert play.session.chosen_row == 1


@pytest.mark.parametrize("kind", [PlusPressed, MinusPressed, RemovePressed, RowChosen])
def test_without_an_open_sale_there_are_no_rows(kind: type) -> None:
    play = Playbook()
    (play >> play.press(kind, 1)).done()
    play = started(MILK)
    play >> play.press(PayPressed, 129)
    play.take()
    (play >> play.press(kind, 1)).done()


def test_a_misread_asks_for_another_try_only_where_somebody_scans() -> None:
    play = Playbook()
    (play >> Misread(play.at, "overflow")).done()
    play = started(MILK)
    (play >> Misread(play.at, "stale")).done()
    (play >> Misread(play.at, "overflow") << Play(Sound.REFUSED)).done()
    assert play.session.notice == Notice(Refusal.MISREAD)


def test_a_scan_closes_the_languages_and_counts() -> None:
    play = Playbook()
    play >> play.press(LanguagesPressed)
    play.over(Overlay.LANGUAGES)
    play >> play.scan(MILK)
    play.take()
    play.over(Overlay.NONE)
    play >> play.press(LanguagesPressed) >> play.scan(None)
    play.take()
    play.over(Overlay.NONE)


def test_back_from_an_open_basket_changes_nothing() -> None:
    play = started(MILK)
    (play >> play.press(BackPressed)).done()
    play.scene(Phase.BASKET)
    play = Playbook(replace(play.session, sale=None))
    (play >> play.press(BackPressed)).done()
