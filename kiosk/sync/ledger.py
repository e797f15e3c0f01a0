"""Writes catalogue.db: pulled pages with their cursor, and what the backend said of our outbox."""

import sqlite3
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Table

from kiosk.store import catalogue_tables as tables
from kiosk.store.catalogue import FILE_NAME
from kiosk.store.compile import table
from kiosk.store.database import Writer
from kiosk.store.sql_table import CATALOGUE_SCHEMA
from kiosk.sync.wire import CataloguePage, PriceEntry, ProductEntry, Rejected

Row = dict[str, Any]


def _upsert(of: Table) -> str:
    """Return "insert, or overwrite by primary key" for a plain cursor; executemany of it is the fast way."""
    columns = [column.name for column in of.columns]
    keys = [column.name for column in of.primary_key]
    changed = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in keys)
    return (
        f"INSERT INTO {of.name} ({', '.join(columns)})"  # noqa: S608 - names of our own tables
        f" VALUES ({', '.join(f':{name}' for name in columns)})"
        f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changed}"
    )


_PUT_PRODUCT: Final = _upsert(table(tables.Product))
_PUT_BARCODE: Final = _upsert(table(tables.Barcode))
_PUT_PRICE: Final = _upsert(table(tables.Price))
_PUT_RATE: Final = _upsert(table(tables.TaxRate))
_PUT_SETTING: Final = _upsert(table(tables.ShopSetting))
_PUT_CURSOR: Final = _upsert(table(tables.Cursor))
_PUT_ORIGIN: Final = _upsert(table(tables.Origin))
_PUT_LETTER: Final = _upsert(table(tables.DeadLetter))
_CURSOR: Final = "SELECT position FROM cursor WHERE name = :name"
_ORIGIN: Final = "SELECT value FROM origin WHERE name = :name"
_LETTERS: Final = "SELECT count(*) FROM dead_letter"
_FORGET_OWNED: Final = (
    "DELETE FROM barcode WHERE product_id = :key",
    "DELETE FROM price WHERE product_id = :key",
)
_FORGET_PRODUCT: Final = "DELETE FROM product WHERE product_id = :key"
_FORGET_RATE: Final = "DELETE FROM tax_rate WHERE code = :key"
_FORGET_SETTING: Final = "DELETE FROM shop_setting WHERE name = :key"
# What a pull from the beginning did not bring again is not for sale any more.
_SWEEP: Final = (
    "DELETE FROM barcode WHERE product_id IN (SELECT product_id FROM product WHERE pulled < :pulled)",
    "DELETE FROM price WHERE product_id IN (SELECT product_id FROM product WHERE pulled < :pulled)",
    "DELETE FROM product WHERE pulled < :pulled",
    "DELETE FROM tax_rate WHERE pulled < :pulled",
    "DELETE FROM shop_setting WHERE pulled < :pulled",
)


class Ledger:
    """The one writer of catalogue.db.

    Raises:
        FileTakenError: another process has it.
    """

    def __init__(self, state: Path) -> None:
        self._writer = Writer(state / FILE_NAME, CATALOGUE_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._writer.close()

    def position(self, name: str) -> int:
        """Read a cursor, 0 where it has not moved yet."""
        rows = self._writer.rows(_CURSOR, {"name": name})
        return int(rows[0][0]) if rows else 0

    def letters(self) -> int:
        """Count the events the backend has set aside."""
        return int(self._writer.rows(_LETTERS)[0][0])

    def setting(self, name: str) -> str | None:
        """Read one of the shop's settings."""
        rows = self._writer.rows("SELECT value FROM shop_setting WHERE name = :name", {"name": name})
        return str(rows[0][0]) if rows else None

    def belongs_to(self, backend: str, enrolment: str) -> None:
        """Note whom we talk to: another backend's catalogue is pulled anew, another epoch counts from 0."""
        with self._writer.transaction() as connection:
            if self._origin("backend") != backend:
                connection.execute(_PUT_ORIGIN, {"name": "backend", "value": backend})
                self._move("catalogue", 0)
                self._move("pulled", self.position("pulled") + 1)
            if self._origin("enrolment") != enrolment:
                connection.execute(_PUT_ORIGIN, {"name": "enrolment", "value": enrolment})
                self._move("acked_seq", 0)

    def acknowledge(self, enrolment: str, acked_seq: int, rejected: Iterable[Rejected], now_us: int) -> None:
        """Note how far the backend has our outbox, and what it set aside."""
        letters = [
            {
                "enrolment": enrolment,
                "seq": one.seq,
                "event_id": one.event_id,
                "reason": one.reason,
                "sentence": one.sentence,
                "noted_us": now_us,
            }
            for one in rejected
        ]
        with self._writer.transaction() as connection:
            connection.executemany(_PUT_LETTER, letters)
            self._move("acked_seq", acked_seq)

    def apply(self, page: CataloguePage) -> None:
        """Apply a page and move the cursor, in one transaction."""
        with self._writer.transaction() as connection:
            pulled = self.position("pulled") + (1 if page.restarted else 0)
            _put(connection, page, pulled)
            self._move("catalogue", page.upto)
            self._move("pulled", pulled)
            if not page.more and self.position("swept") < pulled:
                self._sweep(pulled)

    def _sweep(self, pulled: int) -> None:
        for statement in _SWEEP:
            self._writer.rows(statement, {"pulled": pulled})
        self._move("swept", pulled)

    def _move(self, name: str, position: int) -> None:
        self._writer.rows(_PUT_CURSOR, {"name": name, "position": position})

    def _origin(self, name: str) -> str | None:
        rows = self._writer.rows(_ORIGIN, {"name": name})
        return str(rows[0][0]) if rows else None


def _put(connection: sqlite3.Connection, page: CataloguePage, pulled: int) -> None:
    for rate in page.tax_rates:
        if rate.item is None:
            connection.execute(_FORGET_RATE, {"key": rate.key})
        else:
            connection.execute(_PUT_RATE, {**asdict(rate.item), "pulled": pulled})
    for setting in page.settings:
        if setting.item is None:
            connection.execute(_FORGET_SETTING, {"key": setting.key})
        else:
            connection.execute(_PUT_SETTING, {**asdict(setting.item), "pulled": pulled})
    gone = [{"key": change.key} for change in page.products if change.item is None]
    for statement in (*_FORGET_OWNED, _FORGET_PRODUCT):
        connection.executemany(statement, gone)
    _put_products(connection, [change.item for change in page.products if change.item], pulled)


def _put_products(connection: sqlite3.Connection, products: list[ProductEntry], pulled: int) -> None:
    """Write products whole: what they had of codes and prices goes first, as a code may have moved."""
    ids = [{"key": product.product_id} for product in products]
    for statement in _FORGET_OWNED:
        connection.executemany(statement, ids)
    connection.executemany(_PUT_PRODUCT, (_product_row(product, pulled) for product in products))
    connection.executemany(
        _PUT_BARCODE,
        (
            {"gtin14": code, "product_id": product.product_id}
            for product in products
            for code in product.barcodes
        ),
    )
    connection.executemany(
        _PUT_PRICE,
        (_price_row(product.product_id, price) for product in products for price in product.prices),
    )


def _product_row(product: ProductEntry, pulled: int) -> Row:
    return {
        "product_id": product.product_id,
        "names": "\n".join(f"{language}\t{_one_line(name)}" for language, name in product.names),
        "tax_code": product.tax_code,
        "deposit_minor": product.deposit_minor,
        "min_age": product.min_age,
        "unit": product.unit,
        "brand": product.brand,
        "size": product.size,
        "category": product.category,
        "picture": product.picture,
        "plu": product.plu,
        "place": product.place,
        "allergens": " ".join(product.allergens),
        "pulled": pulled,
    }


def _one_line(name: str) -> str:
    return name if name.isprintable() else " ".join(name.split())


def _price_row(product_id: str, price: PriceEntry) -> Row:
    return {
        "product_id": product_id,
        "from_us": price.from_us or 0,
        "to_us": price.to_us,
        "price_minor": price.price_minor,
        "version": price.version,
    }
