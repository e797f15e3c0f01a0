"""A few goods for tests: plain, with a deposit, for adults, by weight, without a price."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.barcode import Gtin, check_digit
from kiosk.domain.catalogue import Product, Unit
from kiosk.domain.money import Currency, Money
from kiosk.domain.tax import TaxRate

EUR = Currency("EUR")
STANDARD = TaxRate("standard", 19_000)
REDUCED = TaxRate("reduced", 7_000)


def eur(minor: int) -> Money:
    """Give an amount in euro cents."""
    return Money(minor, EUR)


def gtin(number: int) -> Gtin:
    """Give a valid article number of GS1's example range."""
    body = f"0952000{number:06d}"
    return Gtin(body + str(check_digit(body)))


MILK = Product("milk", gtin(1), (("en", "Whole milk"), ("de", "Vollmilch")), REDUCED, eur(129), size="1 l")
SODA = Product("soda", gtin(2), (("en", "Lemon soda"),), STANDARD, eur(119), deposit=eur(25))
WINE = Product("wine", gtin(3), (("en", "Wine"),), STANDARD, eur(599), min_age=16)
PEARS = Product("pears", gtin(4), (("en", "Pears"),), REDUCED, eur(299), unit=Unit.KILOGRAM)
MYSTERY = Product("mystery", gtin(5), (("en", "Mystery"),), STANDARD, None)
BREAD = replace(MILK, product_id="bread", gtin=gtin(6), names=(("en", "Bread"),), price=eur(349))
