"""The read side of catalogue.db: what a code means now, in one prepared query."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from kiosk.domain.barcode import Gtin
from kiosk.domain.catalogue import Product, Unit
from kiosk.domain.errors import DomainError
from kiosk.domain.money import Currency, Money
from kiosk.domain.tax import TaxRate
from kiosk.store import sql_table as sql
from kiosk.store.database import open_reader

FILE_NAME: Final = "catalogue.db"
FALLBACK_CURRENCY: Final = "EUR"

_UNITS: Final = {unit.value: unit for unit in Unit}


def wall_us() -> int:
    """Give UTC microseconds."""
    return time.time_ns() // 1000


@dataclass(frozen=True, slots=True)
class Shop:
    """The shop's settings as pulled.

    Attributes:
        name: empty before the first pull.
        currency: of every price.
        language: the shop's own.
        receipt_url: address of a receipt with "{receipt}" for its number, or None.
    """

    name: str
    currency: Currency
    language: str
    receipt_url: str | None


class Catalogue:
    """What the shop sells, as the lane sees it; for one thread.

    The file is another process's: it may not be there yet (nothing is for sale), and appears when it likes.
    `fault` is a sentence while the file is there and cannot be read.
    """

    def __init__(self, state: Path, now_us: Callable[[], int] = wall_us) -> None:
        """Open the file in a directory, if it is there.

        Args:
            state: the directory of the lane's files.
            now_us: UTC microseconds, to tell which price holds.
        """
        self._path = state / FILE_NAME
        self._now_us = now_us
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._currency = Currency(FALLBACK_CURRENCY)
        self.fault = ""

    def find(self, gtin: Gtin) -> Product | None:
        """Look an article number up at the price that holds now; None where the shop does not have it."""
        for row in self._rows(sql.FIND_PRODUCT, {"gtin14": gtin.digits, "now": self._now_us()}):
            return self._product(row, gtin)
        return None

    def products(
        self, *, after: str = "", most: int = 100, category: str | None = None
    ) -> tuple[Product, ...]:
        """List products in the order of their codes, one per code.

        Args:
            after: fourteen digits of the last one of the page before.
            most: of one page.
            category: only those of one, by its key.
        """
        asked = {"after": after, "most": most, "category": category, "now": self._now_us()}
        rows = self._rows(sql.PRODUCT_PAGE if category is None else sql.CATEGORY_PAGE, asked)
        found = {row[-1]: row for row in reversed(rows)}
        made = (self._product(found[code], Gtin(code)) for code in sorted(found))
        return tuple(product for product in made if product is not None)

    def shop(self) -> Shop:
        """Read the shop's settings."""
        settings = dict(self._rows(sql.SHOP_SETTINGS, {}))
        return Shop(
            name=settings.get("name", ""),
            currency=_currency(settings.get("currency", FALLBACK_CURRENCY)),
            language=settings.get("language", "en"),
            receipt_url=settings.get("receipt_url"),
        )

    def version(self) -> int:
        """Tell which version of the catalogue is applied; 0 before the first pull."""
        return int(next((row[0] for row in self._rows(sql.CATALOGUE_VERSION, {"name": "catalogue"})), 0))

    def ready(self) -> bool:
        """Tell whether a catalogue has arrived; asked now and then, it also sees a file put in its place."""
        if self._connection is not None and self._inode != _inode(self._path):
            self.close()
        return self.version() > 0

    def close(self) -> None:
        """Let go of the file; the next look-up opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _product(self, row: tuple[Any, ...], gtin: Gtin) -> Product | None:
        if row[3] is None:
            self.fault = f"product {row[0]} has tax rate {row[2]!r}, which the shop does not have"
            return None
        currency = self._currency
        return Product(
            product_id=row[0],
            gtin=gtin,
            names=_names(row[1]),
            tax=_rate(row[2], row[3]),
            price=None if row[13] is None else Money(row[13], currency),
            deposit=Money(row[4], currency) if row[4] else None,
            min_age=row[5],
            unit=_UNITS.get(row[6], Unit.PIECE),
            brand=row[7],
            size=row[8],
            category=row[9],
            picture=row[10],
            place=row[11],
            allergens=tuple(row[12].split()),
            price_version=row[14] or 0,
        )

    def _rows(self, statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Read rows; none while there is no file, or none that can be read."""
        try:
            connection = self._connection or self._open()
            rows = [] if connection is None else connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            self.close()
            self.fault = f"{self._path} cannot be read: {error}"
            return []
        self.fault = ""
        return rows

    def _open(self) -> sqlite3.Connection | None:
        self._inode = _inode(self._path)
        if not self._inode:
            return None
        self._connection = open_reader(self._path)
        settings = dict(self._connection.execute(sql.SHOP_SETTINGS).fetchall())
        self._currency = _currency(settings.get("currency", FALLBACK_CURRENCY))
        return self._connection


def _inode(path: Path) -> int:
    """Give the file's inode number, 0 where there is none."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def _currency(code: str) -> Currency:
    try:
        return Currency(code)
    except DomainError:
        return Currency(FALLBACK_CURRENCY)


@lru_cache(maxsize=64)
def _rate(code: str, thousandths: int) -> TaxRate:
    return TaxRate(code, thousandths)


def _names(text: str) -> tuple[tuple[str, str], ...]:
    """Split language<TAB>text lines; JSON would cost as much again as the rest of a product."""
    pairs = (line.partition("\t") for line in text.split("\n"))
    return tuple([(language, name) for language, _, name in pairs])
