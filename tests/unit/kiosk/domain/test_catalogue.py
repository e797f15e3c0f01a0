from dataclasses import replace

import pytest

from kiosk.domain.barcode import Gtin
from kiosk.domain.catalogue import Product
from kiosk.domain.errors import DomainError
from kiosk.domain.money import Currency, Money
from kiosk.domain.tax import TaxRate

MILK = Product(
    "milk",
    Gtin("04006381333931"),
    (("en", "Whole milk"), ("de", "Vollmilch")),
    TaxRate("reduced", 7_000),
    Money(129, Currency("EUR")),
)


@pytest.mark.parametrize(
    ("language", "name"), [("de", "Vollmilch"), ("en", "Whole milk"), ("ar", "Whole milk")]
)
def test_speaks_the_language_or_the_shops_own(language: str, name: str) -> None:
    assert MILK.name(language) == name


def test_needs_a_name() -> None:
    with pytest.raises(DomainError, match="expected a name"):
        replace(MILK, names=())


def test_costs_nothing_at_least() -> None:
    with pytest.raises(DomainError, match="below zero"):
        replace(MILK, price=Money(-1, Currency("EUR")))
