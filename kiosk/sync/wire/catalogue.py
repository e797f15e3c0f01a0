"""Pull: what the shop sells, by monotone version with tombstones, in pages."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Final, Generic, TypeAlias, TypeVar

from pydantic import Field, TypeAdapter

from kiosk.sync.wire.strict import STRICT, Count, Number, Text, validated

MAX_PAGE: Final = 5000
"""Most changes of one page; the lane applies a page in one transaction (5,000 keep the WAL small)."""

Names: TypeAlias = Annotated[tuple[tuple[Text, Text], ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class PriceEntry:
    """A price per unit in minor units, tax included, holding from_us <= now < to_us (None: unbounded).

    version: the catalogue version that set it. Times: microseconds since 1970 UTC.
    """

    __pydantic_config__ = STRICT

    price_minor: Count
    version: Count
    from_us: Number | None = None
    to_us: Number | None = None


@dataclass(frozen=True, slots=True)
class ProductEntry:
    """One product with every number it is found by and every price known of it.

    names: (language, text) pairs, the shop's own language first. barcodes: GTIN-14s.
    unit: piece, kg or l, what the price is for. deposit_minor: per unit, 0 for none.
    min_age: years, 0 for none. picture: key of its picture. allergens: keys of EU 1169/2011 annex II.
    """

    __pydantic_config__ = STRICT

    product_id: Text
    names: Names
    tax_code: Text
    barcodes: tuple[Text, ...] = ()
    prices: tuple[PriceEntry, ...] = ()
    brand: Text = ""
    size: Text = ""
    category: Text = ""
    picture: Text | None = None
    deposit_minor: Count = 0
    min_age: Count = 0
    unit: Text = "piece"
    plu: Text | None = None
    place: Text = ""
    allergens: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class TaxRateEntry:
    """A rate by its name in the shop's settings; thousandths of a percent."""

    __pydantic_config__ = STRICT

    code: Text
    rate_thousandths: Count


@dataclass(frozen=True, slots=True)
class SettingEntry:
    """One of the shop's settings, such as currency or name."""

    __pydantic_config__ = STRICT

    name: Text
    value: Text


ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True)
class Change(Generic[ItemT]):
    """One change: the item with this key as it is since `version`; None is a tombstone."""

    __pydantic_config__ = STRICT

    version: Count
    key: Text
    item: ItemT | None


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """Changes after the version asked from, every one up to `upto`.

    upto: the version the reader stands at once it has applied the page; more: whether to ask again at once.
    restarted: the backend does not know the version asked from and begins anew; what does not come again
    by the last page is no longer for sale.
    """

    __pydantic_config__ = STRICT

    upto: Count
    more: bool
    server_us: Count
    products: tuple[Change[ProductEntry], ...] = ()
    tax_rates: tuple[Change[TaxRateEntry], ...] = ()
    settings: tuple[Change[SettingEntry], ...] = ()
    restarted: bool = False

    def to_json(self) -> str:
        """Return the reply body."""
        return _page().dump_json(self, exclude_defaults=True).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> "CataloguePage":
        """Read a reply; unknown fields are passed over.

        Raises:
            WireError: the page cannot be read.
        """
        return validated(_page(), text)


@cache
def _page() -> TypeAdapter[CataloguePage]:
    """Build the reader once, when a page is first met: kiosk run, which meets none, does not wait for it."""
    return TypeAdapter(CataloguePage)
