"""A large catalogue, made up: as many products as asked for, each with its GTIN, price and rate."""

from __future__ import annotations

import random
from pathlib import Path

from sqlalchemy import insert

from kiosk.domain.barcode import check_digit
from kiosk.store import catalogue_tables as tables
from kiosk.store.catalogue import FILE_NAME
from kiosk.store.compile import compiled, table
from kiosk.store.database import Writer
from kiosk.store.sql_table import CATALOGUE_SCHEMA

_CHUNK = 50_000


def gtin14(number: int) -> str:
    """Give the nth GTIN-14 of the example range."""
    body = f"0952{number:09d}"
    return body + str(check_digit(body))


def fill(state: Path, count: int) -> None:
    """Write catalogue.db with this many products."""
    writer = Writer(state / FILE_NAME, CATALOGUE_SCHEMA)
    product, barcode = compiled(insert(table(tables.Product))), compiled(insert(table(tables.Barcode)))
    price = compiled(insert(table(tables.Price)))
    draw = random.Random(1)  # noqa: S311  a bench, repeatable
    with writer.transaction() as connection:
        rate = {"code": "standard", "rate_thousandths": 19_000, "pulled": 1}
        connection.execute(compiled(insert(table(tables.TaxRate))), rate)
        for name, value in (("name", "Bench"), ("currency", "EUR"), ("language", "en")):
            setting = {"name": name, "value": value, "pulled": 1}
            connection.execute(compiled(insert(table(tables.ShopSetting))), setting)
        connection.execute(compiled(insert(table(tables.Cursor))), {"name": "catalogue", "position": 1})
    for start in range(0, count, _CHUNK):
        numbers = range(start, min(start + _CHUNK, count))
        with writer.transaction() as connection:
            connection.executemany(product, [_product(n) for n in numbers])
            connection.executemany(barcode, [{"gtin14": gtin14(n), "product_id": f"p{n}"} for n in numbers])
            connection.executemany(price, [_price(n, draw.randrange(10, 5000)) for n in numbers])
    writer.close()


def _product(number: int) -> dict[str, object]:
    return {
        "product_id": f"p{number}",
        "names": f"en\tProduct number {number}\nde\tArtikel Nummer {number}",
        "tax_code": "standard",
        "deposit_minor": 25 if number % 9 == 0 else 0,
        "min_age": 0,
        "unit": "piece",
        "brand": "Bench",
        "size": "500 g",
        "category": f"c{number % 14}",
        "picture": None,
        "plu": None,
        "place": "A1",
        "allergens": "",
        "pulled": 1,
    }


def _price(number: int, minor: int) -> dict[str, object]:
    return {"product_id": f"p{number}", "from_us": 0, "to_us": None, "price_minor": minor, "version": 1}
