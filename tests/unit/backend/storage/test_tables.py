from itertools import product

import pytest
from sqlalchemy import Dialect, make_url
from sqlalchemy.schema import CreateTable

from backend.storage.tables import Base, Sale, table
from kiosk.store.catalogue_tables import CATALOGUE

WORDS = {
    "postgresql": {"VARCHAR", "TEXT", "BIGINT", "BIGSERIAL", "BOOLEAN"},
    "sqlite": {"VARCHAR", "TEXT", "INTEGER", "BOOLEAN"},
}
DIALECTS: list[Dialect] = [make_url(f"{name}://").get_dialect()() for name in WORDS]


def test_each_row_says_whose_store_it_is() -> None:
    assert all("store_id" in one.columns for one in Base.metadata.tables.values())


@pytest.mark.parametrize(("name", "dialect"), list(product(sorted(Base.metadata.tables), DIALECTS)))
def test_types_are_those_that_both_databases_have(name: str, dialect: Dialect) -> None:
    """Times, money and thousandths have 64 bits on both, and nothing is a float."""
    made = Base.metadata.tables[name]
    assert str(CreateTable(made).compile(dialect=dialect))
    words = {column.type.compile(dialect).partition("(")[0] for column in made.columns}
    assert words <= WORDS[dialect.name]


def test_the_backend_has_tables_of_its_own() -> None:
    assert table(Sale) is Base.metadata.tables["sale"]
    assert Base.metadata is not CATALOGUE
