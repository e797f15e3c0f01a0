"""Serves the catalogue by version: what changed after V, in version order, tombstones included."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from backend.catalog import versions
from backend.storage.tables import Barcode, Price, Product, Setting, TaxRate, table
from kiosk.sync.wire import CataloguePage, Change, PriceEntry, ProductEntry, SettingEntry, TaxRateEntry

_BARCODE, _PRICE, _PRODUCT = table(Barcode), table(Price), table(Product)
_SETTING, _TAX_RATE = table(Setting), table(TaxRate)


def page(connection: Connection, store_id: str, since: int, limit: int, now_us: int) -> CataloguePage:
    """Return the next changes after `since`, at most `limit` products with what else changed among them.

    Runs in one read transaction, so the page is of one state. A `since` beyond our newest version (this
    backend was put back from a backup) is answered from the beginning, saying so.
    """
    newest = versions.newest(connection, store_id)
    restarted = since > newest
    since = 0 if restarted else since
    products = _products(connection, store_id, since, limit + 1)
    more = len(products) > limit
    upto = products[limit - 1].version if more else newest
    return CataloguePage(
        upto=upto,
        more=more,
        server_us=now_us,
        products=tuple(products[:limit]),
        tax_rates=_tax_rates(connection, store_id, since, upto),
        settings=_settings(connection, store_id, since, upto),
        restarted=restarted,
    )


def _settings(
    connection: Connection, store_id: str, since: int, upto: int
) -> tuple[Change[SettingEntry], ...]:
    shared = (_SETTING.c.store_id == store_id, _SETTING.c.shared.is_(True))
    of_these = (_SETTING.c.version > since, _SETTING.c.version <= upto)
    rows = connection.execute(select(_SETTING).where(*shared, *of_these).order_by(_SETTING.c.version))
    return tuple(Change(row.version, row.name, SettingEntry(row.name, row.value)) for row in rows)


def _tax_rates(
    connection: Connection, store_id: str, since: int, upto: int
) -> tuple[Change[TaxRateEntry], ...]:
    here = (_TAX_RATE.c.store_id == store_id, _TAX_RATE.c.version > since, _TAX_RATE.c.version <= upto)
    rows = connection.execute(select(_TAX_RATE).where(*here).order_by(_TAX_RATE.c.version))
    return tuple(
        Change(row.version, row.code, None if row.deleted else TaxRateEntry(row.code, row.rate_thousandths))
        for row in rows
    )


def _products(connection: Connection, store_id: str, since: int, most: int) -> list[Change[ProductEntry]]:
    here = (_PRODUCT.c.store_id == store_id, _PRODUCT.c.version > since)
    wanted = select(_PRODUCT).where(*here).order_by(_PRODUCT.c.version).limit(most)
    rows = [dict(row) for row in connection.execute(wanted).mappings()]
    if not rows:
        return []
    first, last = rows[0]["version"], rows[-1]["version"]
    codes = _owned(connection, _BARCODE, store_id, first, last)
    prices = _owned(connection, _PRICE, store_id, first, last)
    return [_change(row, codes, prices) for row in rows]


def _owned(connection: Connection, of: Any, store_id: str, first: int, last: int) -> dict[str, list[Any]]:  # noqa: ANN401 - a Core table and its rows
    """Return the codes or prices, oldest first, of the products of a range of versions, by product id."""
    joined = of.join(
        _PRODUCT, (_PRODUCT.c.store_id == of.c.store_id) & (_PRODUCT.c.product_id == of.c.product_id)
    )
    here = (_PRODUCT.c.store_id == store_id, _PRODUCT.c.version.between(first, last))
    order = list(of.primary_key)
    owned: dict[str, list[Any]] = {}
    for row in connection.execute(select(of).select_from(joined).where(*here).order_by(*order)):
        owned.setdefault(row.product_id, []).append(row)
    return owned


def _change(
    row: Mapping[str, Any], codes: Mapping[str, list[Any]], prices: Mapping[str, list[Any]]
) -> Change[ProductEntry]:
    key = row["product_id"]
    item = None if row["deleted"] else _product(row, codes.get(key, []), prices.get(key, []))
    return Change(row["version"], key, item)


def _product(row: Mapping[str, Any], codes: Sequence[Any], prices: Sequence[Any]) -> ProductEntry:
    return ProductEntry(
        product_id=row["product_id"],
        names=tuple(json.loads(row["names"]).items()),
        tax_code=row["tax_code"],
        barcodes=tuple(code.gtin14 for code in codes),
        prices=tuple(
            PriceEntry(price.price_minor, price.version, price.from_us or None, price.to_us)
            for price in prices
        ),
        brand=row["brand"],
        size=row["size"],
        category=row["category"],
        picture=row["picture"],
        deposit_minor=row["deposit_minor"],
        min_age=row["min_age"],
        unit=row["unit"],
        plu=row["plu"],
        place=row["place"],
        allergens=tuple(json.loads(row["allergens"])),
    )
