"""What the shop sells: a product as the lane needs it, in every language it has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.barcode import Gtin
from kiosk.domain.errors import DomainError
from kiosk.domain.money import Money
from kiosk.domain.tax import TaxRate


class Unit(StrEnum):
    """What one of a product's quantity is."""

    PIECE = "piece"
    KILOGRAM = "kg"
    LITRE = "l"


@dataclass(frozen=True, slots=True)
class Product:
    """A product at the price that holds now; a line keeps it as it was when scanned.

    Attributes:
        product_id: the shop's own key.
        gtin: the article number it was found by.
        names: (language, text) pairs; the first is the shop's own language.
        tax: the rate its price contains.
        price: per unit, tax included; None when only an attendant can tell.
        deposit: per unit, shown beside the price, never inside it; None for none.
        min_age: in years; 0 for none.
        unit: what the price is for.
        size: the content as printed on the pack, such as "1 l" or "750 g".
        category: key of the shop's category.
        picture: key of its picture, or None.
        place: where it stands in the shop.
        allergens: keys of the fourteen of EU regulation 1169/2011, annex II.
        price_version: catalogue version that set the price.
    """

    product_id: str
    gtin: Gtin
    names: tuple[tuple[str, str], ...]
    tax: TaxRate
    price: Money | None
    deposit: Money | None = None
    min_age: int = 0
    unit: Unit = Unit.PIECE
    brand: str = ""
    size: str = ""
    category: str = ""
    picture: str | None = None
    place: str = ""
    allergens: tuple[str, ...] = ()
    price_version: int = 0

    def __post_init__(self) -> None:
        if not self.names:
            raise DomainError(f"product {self.product_id}: expected a name")
        if self.price is not None and self.price.minor < 0:
            raise DomainError(f"product {self.product_id}: price {self.price.as_decimal()} is below zero")

    def name(self, language: str) -> str:
        """Give the name in a language, or in the shop's own."""
        return next((text for key, text in self.names if key == language), self.names[0][1])
