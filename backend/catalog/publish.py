"""Puts products into the catalogue: only what differs is written, each change with a version of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, text

from backend.catalog import versions
from backend.storage.bulk import put_rows
from backend.storage.tables import Barcode, Price, Product, table
from kiosk.sync.wire import ProductEntry
from kiosk.sync.wire.fields import dump

_BARCODE, _PRICE, _PRODUCT = table(Barcode), table(Price), table(Product)
Row = dict[str, object]


_ENTOMB = text(
    "UPDATE product SET deleted = true, version = :version"
    " WHERE store_id = :store_id AND product_id = :product_id"
)
_MOST_PARAMETERS = 10_000
"""SQLite takes 32,766 parameters in one statement, PostgreSQL 65,535."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A product to put in, with what it costs the shop in minor units (stays at the backend)."""

    product: ProductEntry
    cost_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """changed: products that got a new version. refused: position of an offer → why."""

    changed: int
    refused: Mapping[int, str]


def publish(connection: Connection, store_id: str, offers: Sequence[Offer]) -> Published:
    """Put products in, in one transaction; an offer equal to what stands changes nothing.

    An offer with a code that belongs to another product is refused and the others go on.
    """
    owners = _owners(connection, store_id, [code for offer in offers for code in offer.product.barcodes])
    refused = {at: why for at, offer in enumerate(offers) if (why := _taken(offer.product, owners))}
    accepted = [offer for at, offer in enumerate(offers) if at not in refused]
    standing = _standing(connection, store_id, [offer.product.product_id for offer in accepted])
    changed = [offer for offer in accepted if standing.get(offer.product.product_id) != _content(offer)]
    if changed:
        _write(connection, store_id, changed, standing)
    return Published(len(changed), refused)


@dataclass(frozen=True, slots=True)
class _Content:
    """What two states of a product are compared by."""

    columns: Mapping[str, object]
    codes: frozenset[str]
    price_minor: int | None


def _owners(connection: Connection, store_id: str, codes: Sequence[str]) -> dict[str, str]:
    owners: dict[str, str] = {}
    for at in range(0, len(codes), _MOST_PARAMETERS):
        asked = codes[at : at + _MOST_PARAMETERS]
        here = (_BARCODE.c.store_id == store_id, _BARCODE.c.gtin14.in_(asked))
        rows = connection.execute(select(_BARCODE.c.gtin14, _BARCODE.c.product_id).where(*here))
        owners.update({row.gtin14: row.product_id for row in rows})
    return owners


def _taken(product: ProductEntry, owners: Mapping[str, str]) -> str | None:
    for code in product.barcodes:
        owner = owners.get(code, product.product_id)
        if owner != product.product_id:
            return f"code {code} belongs to product {owner}: expected a code of its own"
    return None


def _standing(connection: Connection, store_id: str, ids: Sequence[str]) -> dict[str, _Content]:
    """Return the products among `ids` that are for sale now; a tombstone is not."""
    here = (_PRODUCT.c.store_id == store_id, _PRODUCT.c.product_id.in_(ids), _PRODUCT.c.deleted.is_(False))
    rows = [dict(row) for row in connection.execute(select(_PRODUCT).where(*here)).mappings()]
    if not rows:
        return {}
    codes: dict[str, set[str]] = {}
    of_these = (_BARCODE.c.store_id == store_id, _BARCODE.c.product_id.in_(ids))
    for code in connection.execute(select(_BARCODE.c.product_id, _BARCODE.c.gtin14).where(*of_these)):
        codes.setdefault(code.product_id, set()).add(code.gtin14)
    lasting = (_PRICE.c.store_id == store_id, _PRICE.c.product_id.in_(ids), _PRICE.c.from_us == 0)
    found = connection.execute(select(_PRICE.c.product_id, _PRICE.c.price_minor).where(*lasting))
    prices = {price.product_id: price.price_minor for price in found}
    return {
        row["product_id"]: _Content(
            _compared(row), frozenset(codes.get(row["product_id"], ())), prices.get(row["product_id"])
        )
        for row in rows
    }


def _content(offer: Offer) -> _Content:
    return _Content(
        _compared(_product_row(offer, "", 0)), frozenset(offer.product.barcodes), _price_of(offer.product)
    )


def _compared(row: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in {"store_id", "version", "deleted"}}


def _price_of(product: ProductEntry) -> int | None:
    return product.prices[0].price_minor if product.prices else None


def _write(
    connection: Connection, store_id: str, offers: Sequence[Offer], standing: Mapping[str, _Content]
) -> None:
    numbered = list(zip(versions.take(connection, store_id, len(offers)), offers, strict=True))
    known = [offer.product.product_id for offer in offers if offer.product.product_id in standing]
    if known:
        connection.execute(
            delete(_BARCODE).where(_BARCODE.c.store_id == store_id, _BARCODE.c.product_id.in_(known))
        )
    put_rows(connection, _PRODUCT, [_product_row(offer, store_id, version) for version, offer in numbered])
    codes: list[Row] = [
        {"store_id": store_id, "gtin14": code, "product_id": offer.product.product_id}
        for offer in offers
        for code in offer.product.barcodes
    ]
    put_rows(connection, _BARCODE, codes)
    _write_prices(connection, store_id, numbered, standing)


def _write_prices(
    connection: Connection,
    store_id: str,
    numbered: Sequence[tuple[int, Offer]],
    standing: Mapping[str, _Content],
) -> None:
    """Write the prices that changed; one that stands keeps the version that set it."""
    put: list[Row] = []
    gone: list[str] = []
    for version, offer in numbered:
        product_id, price_minor = offer.product.product_id, _price_of(offer.product)
        old = standing[product_id].price_minor if product_id in standing else None
        if price_minor is None and old is not None:
            gone.append(product_id)
        elif price_minor is not None and price_minor != old:
            put.append(
                {
                    "store_id": store_id,
                    "product_id": product_id,
                    "from_us": 0,
                    "to_us": None,
                    "price_minor": price_minor,
                    "version": version,
                }
            )
    if gone:
        here = (_PRICE.c.store_id == store_id, _PRICE.c.product_id.in_(gone), _PRICE.c.from_us == 0)
        connection.execute(delete(_PRICE).where(*here))
    put_rows(connection, _PRICE, put)


def _product_row(offer: Offer, store_id: str, version: int) -> Row:
    product = offer.product
    return {
        "store_id": store_id,
        "product_id": product.product_id,
        "name": product.names[0][1],
        "names": dump(dict(product.names)),
        "brand": product.brand,
        "size": product.size,
        "category": product.category,
        "picture": product.picture,
        "tax_code": product.tax_code,
        "deposit_minor": product.deposit_minor,
        "min_age": product.min_age,
        "unit": product.unit,
        "plu": product.plu,
        "place": product.place,
        "allergens": dump(product.allergens),
        "cost_minor": offer.cost_minor,
        "version": version,
        "deleted": False,
    }


def withdraw(connection: Connection, store_id: str, product_ids: Sequence[str]) -> int:
    """Take products out of sale: each becomes a tombstone with a version of its own.

    Returns:
        How many were for sale until now.
    """
    going = sorted(_standing(connection, store_id, product_ids))
    if not going:
        return 0
    for owned in (_BARCODE, _PRICE):
        here = (owned.c.store_id == store_id, owned.c.product_id.in_(going))
        connection.execute(delete(owned).where(*here))
    numbered = zip(versions.take(connection, store_id, len(going)), going, strict=True)
    connection.execute(
        _ENTOMB, [{"store_id": store_id, "product_id": key, "version": version} for version, key in numbered]
    )
    return len(going)
