import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from kiosk.store.catalogue_tables import CATALOGUE
from kiosk.store.sales_tables import SALES

NAMES = {
    "product", "barcode", "price", "tax_rate", "shop_setting", "cursor", "origin", "dead_letter",
}  # fmt: skip


def made() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    CATALOGUE.create_all(create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool))
    return connection


def test_the_file_has_these_tables_and_none_of_sales_db() -> None:
    assert set(CATALOGUE.tables) == NAMES
    assert not any(SALES.tables[name] is CATALOGUE.tables.get(name) for name in SALES.tables)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_each_table_is_strict_and_one_tree(name: str) -> None:
    with closing(made()) as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
    assert "STRICT" in sql
    assert "WITHOUT ROWID" in sql


def test_no_kind_of_value_becomes_another() -> None:
    with closing(made()) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT INTO tax_rate VALUES ('standard', 19.5, 1)")
