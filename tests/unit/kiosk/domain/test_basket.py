from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.basket import Basket, EntryMethod, Row
from kiosk.domain.catalogue import Product
from kiosk.domain.errors import DomainError
from kiosk.domain.money import Currency, Money, Quantity
from tests.goods import BREAD, EUR, MILK, MYSTERY, PEARS, SODA, eur

ONE = Quantity.pieces(1)
SCANNED = EntryMethod.SCANNED


def filled(*products: Product) -> Basket:
    basket = Basket(EUR)
    for product in products:
        basket, _ = basket.add(product, ONE, SCANNED)
    return basket


def test_the_same_goods_share_a_row_and_the_row_touched_last_is_at_the_end() -> None:
    basket = filled(MILK, SODA, MILK)
    assert [(row.root, row.product, row.milli) for row in basket.rows] == [(2, SODA, 1000), (1, MILK, 2000)]
    assert [line.n for line in basket.lines] == [1, 2, 3]


def test_another_price_is_another_row() -> None:
    assert len(filled(MILK, replace(MILK, price=eur(99))).rows) == 2


def test_totals_with_deposit_beside_the_price() -> None:
    basket = filled(MILK, SODA, SODA)
    assert basket.goods == eur(129 + 2 * 119)
    assert basket.deposit == eur(50)
    assert basket.total == eur(129 + 2 * 119 + 50)
    assert basket.count == 3
    assert [(group.rate.code, group.gross.minor, group.tax.minor) for group in basket.taxes] == [
        ("standard", 238, 38),
        ("reduced", 129, 8),
    ]


def test_a_void_is_a_line_that_points_back() -> None:
    basket, line = filled(MILK, MILK).void(1, ONE)
    assert (line.n, line.void_of, line.quantity, line.entry_method) == (3, 1, -ONE, EntryMethod.TOUCHED)
    assert basket.rows == (Row(1, MILK, 1000),)
    assert len(basket.lines) == 3


def test_a_row_voided_whole_is_gone_and_the_goods_may_come_again() -> None:
    basket, _ = filled(MILK).void(1, ONE)
    assert basket.rows == ()
    assert basket.total == eur(0)
    assert filled(MILK).void(1, ONE)[0].add(MILK, ONE, SCANNED)[0].rows == (Row(3, MILK, 1000),)


@pytest.mark.parametrize("milli", [2000, -1000])
def test_no_more_is_voided_than_is_there(milli: int) -> None:
    with pytest.raises(DomainError, match="expected to void"):
        filled(MILK).void(1, Quantity(milli))


def test_a_row_that_is_not_open_is_refused() -> None:
    with pytest.raises(DomainError, match="open rows"):
        filled(MILK).row(2)


@pytest.mark.parametrize(
    ("product", "quantity"),
    [
        (MYSTERY, ONE),
        (replace(MILK, price=Money(1, Currency("CHF"))), ONE),
        (MILK, Quantity(-1000)),
    ],
)
def test_goods_that_cannot_be_sold_are_refused(product: Product, quantity: Quantity) -> None:
    with pytest.raises(DomainError):
        Basket(EUR).add(product, quantity, SCANNED)


def test_a_line_out_of_order_is_refused() -> None:
    _, line = filled(MILK).add(SODA, ONE, SCANNED)
    with pytest.raises(DomainError, match="expected line 1"):
        Basket(EUR).with_line(line)


def test_a_weighed_row_counts_as_one() -> None:
    basket, _ = Basket(EUR).add(PEARS, Quantity(732), SCANNED)
    assert (basket.count, basket.total) == (1, eur(219))


def test_a_row_of_goods_without_a_price_cannot_be() -> None:
    with pytest.raises(AssertionError):
        _ = Row(1, MYSTERY, 1000).unit_price


@given(st.lists(st.tuples(st.sampled_from([MILK, SODA, BREAD]), st.booleans()), max_size=40))
def test_lines_alone_bring_the_basket_back(acts: list[tuple[Product, bool]]) -> None:
    basket = Basket(EUR)
    for product, void in acts:
        if void and basket.rows:
            basket, _ = basket.void(basket.rows[0].root, ONE)
        else:
            basket, _ = basket.add(product, ONE, SCANNED)
    again = Basket.of(EUR, basket.lines)
    assert again == basket
    signed = sum(line.quantity.milli * (line.product.price or eur(0)).minor for line in basket.lines)
    assert signed // 1000 == basket.goods.minor
    assert sum(row.milli for row in basket.rows) == sum(line.quantity.milli for line in basket.lines)
