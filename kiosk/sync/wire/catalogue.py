"""Pull: what the shop sells, by monotone version with tombstones, in pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kiosk.sync.wire.fields import Fields, WireError, dump, load

MAX_PAGE: Final = 5000
"""Most entries of one page; the lane applies a page in one transaction (5,000 keep the WAL small)."""

PRODUCT: Final = "product"
TAX_RATE: Final = "tax_rate"
SETTING: Final = "setting"


@dataclass(frozen=True, slots=True)
class PriceEntry:
    """A price per unit in minor units, tax included, holding from_us <= now < to_us (None: unbounded).

    version: the catalogue version that set it. Times: microseconds since 1970 UTC.
    """

    price_minor: int
    version: int
    from_us: int | None = None
    to_us: int | None = None


@dataclass(frozen=True, slots=True)
class ProductEntry:
    """One product with every number it is found by and every price known of it.

    names: (language, text) pairs, the shop's own language first. barcodes: GTIN-14s.
    unit: piece, kg or l, what the price is for. deposit_minor: per unit, 0 for none.
    min_age: years, 0 for none. picture: key of its picture. allergens: keys of EU 1169/2011 annex II.
    """

    product_id: str
    names: tuple[tuple[str, str], ...]
    tax_code: str
    barcodes: tuple[str, ...] = ()
    prices: tuple[PriceEntry, ...] = ()
    brand: str = ""
    size: str = ""
    category: str = ""
    picture: str | None = None
    deposit_minor: int = 0
    min_age: int = 0
    unit: str = "piece"
    plu: str | None = None
    place: str = ""
    allergens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaxRateEntry:
    """A rate by its name in the shop's settings; thousandths of a percent."""

    code: str
    rate_thousandths: int


@dataclass(frozen=True, slots=True)
class SettingEntry:
    """One of the shop's settings, such as currency or name."""

    name: str
    value: str


Item = ProductEntry | TaxRateEntry | SettingEntry


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: `item` as it is since `version`, or None for a tombstone."""

    version: int
    kind: str
    key: str
    item: Item | None


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """Changes in version order.

    upto: the version the reader stands at once it has applied the page; more: whether to ask again at once.
    restarted: the backend does not know the version asked from and begins anew; what does not come again
    by the last page is no longer for sale.
    """

    upto: int
    more: bool
    server_us: int
    entries: tuple[Entry, ...]
    restarted: bool = False

    def to_json(self) -> str:
        """Return the reply body."""
        head = {
            "upto": self.upto,
            "more": self.more,
            "server_us": self.server_us,
            "restarted": self.restarted,
            "entries": [_entry_values(entry) for entry in self.entries],
        }
        return dump(head)

    @classmethod
    def from_json(cls, text: str | bytes) -> "CataloguePage":
        """Read a reply; entries of a kind this release does not know are passed over.

        Raises:
            WireError: the page cannot be read, or its versions do not rise.
        """
        fields = load(text)
        entries = tuple(entry for one in fields.objects("entries") if (entry := _entry(one)) is not None)
        page = cls(
            upto=fields.integer("upto", minimum=0),
            more=fields.flag("more"),
            server_us=fields.integer("server_us", minimum=0),
            entries=entries,
            restarted=fields.flag("restarted"),
        )
        versions = [entry.version for entry in entries]
        if versions != sorted(set(versions)) or (versions and versions[-1] > page.upto):
            raise WireError("entries", "versions out of order", "versions that rise up to upto")
        return page


def _entry_values(entry: Entry) -> dict[str, object]:
    item = None if entry.item is None else item_values(entry.item)
    return {"version": entry.version, "kind": entry.kind, "key": entry.key, "item": item}


def item_values(item: Item) -> dict[str, object]:
    """Return an item as JSON values; what has its default is left out."""
    match item:
        case TaxRateEntry():
            return {"code": item.code, "rate_thousandths": item.rate_thousandths}
        case SettingEntry():
            return {"name": item.name, "value": item.value}
        case ProductEntry():
            return _product_values(item)


def _product_values(product: ProductEntry) -> dict[str, object]:
    optional: dict[str, object] = {
        "brand": product.brand,
        "size": product.size,
        "category": product.category,
        "picture": product.picture,
        "deposit_minor": product.deposit_minor,
        "min_age": product.min_age,
        "unit": product.unit if product.unit != "piece" else "",
        "plu": product.plu,
        "place": product.place,
        "allergens": product.allergens,
    }
    return {
        "product_id": product.product_id,
        "names": dict(product.names),
        "tax_code": product.tax_code,
        "barcodes": product.barcodes,
        "prices": [_price_values(price) for price in product.prices],
        **{name: value for name, value in optional.items() if value},
    }


def _price_values(price: PriceEntry) -> dict[str, object]:
    bounds = {"from_us": price.from_us, "to_us": price.to_us}
    return {
        "price_minor": price.price_minor,
        "version": price.version,
        **{name: value for name, value in bounds.items() if value is not None},
    }


def _entry(fields: Fields) -> Entry | None:
    readers: dict[str, Callable[[Fields], Item]] = {
        PRODUCT: read_product,
        TAX_RATE: _tax_rate,
        SETTING: _setting,
    }
    kind = fields.text("kind")
    if kind not in readers:
        return None
    item = fields.maybe_object("item")
    return Entry(
        version=fields.integer("version", minimum=1),
        kind=kind,
        key=fields.text("key"),
        item=None if item is None else readers[kind](item),
    )


def read_product(fields: Fields) -> ProductEntry:
    """Read a product.

    Raises:
        WireError: it cannot be one.
    """
    names = fields.text_map("names")
    if not names:
        raise WireError("names", names, "a name")
    return ProductEntry(
        product_id=fields.text("product_id"),
        names=tuple(names.items()),
        tax_code=fields.text("tax_code"),
        barcodes=fields.texts("barcodes"),
        prices=tuple(_price(price) for price in fields.objects("prices")),
        brand=fields.maybe_text("brand") or "",
        size=fields.maybe_text("size") or "",
        category=fields.maybe_text("category") or "",
        picture=fields.maybe_text("picture"),
        deposit_minor=fields.maybe_integer("deposit_minor", minimum=0) or 0,
        min_age=fields.maybe_integer("min_age", minimum=0) or 0,
        unit=fields.maybe_text("unit") or "piece",
        plu=fields.maybe_text("plu"),
        place=fields.maybe_text("place") or "",
        allergens=fields.maybe_texts("allergens"),
    )


def _price(fields: Fields) -> PriceEntry:
    return PriceEntry(
        price_minor=fields.integer("price_minor", minimum=0),
        version=fields.integer("version", minimum=0),
        from_us=fields.maybe_integer("from_us"),
        to_us=fields.maybe_integer("to_us"),
    )


def _tax_rate(fields: Fields) -> TaxRateEntry:
    return TaxRateEntry(fields.text("code"), fields.integer("rate_thousandths", minimum=0))


def _setting(fields: Fields) -> SettingEntry:
    return SettingEntry(fields.text("name"), fields.text("value"))
