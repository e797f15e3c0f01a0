from dataclasses import replace

from kiosk.domain.basket import Basket, EntryMethod
from kiosk.domain.money import Quantity
from kiosk.domain.record import CompletedSale
from kiosk.domain.sale import Sale
from tests.goods import EUR, MILK, SODA


def test_the_newest_price_version_counts() -> None:
    basket = Basket(EUR)
    empty = CompletedSale(Sale("s1", basket), "lane-1", "2026-11-23", 1, 2, "en")
    for product in (replace(MILK, price_version=7), replace(SODA, price_version=3)):
        basket, _ = basket.add(product, Quantity.pieces(1), EntryMethod.SCANNED)
    assert empty.catalogue_version == 0
    assert replace(empty, sale=Sale("s1", basket)).catalogue_version == 7
