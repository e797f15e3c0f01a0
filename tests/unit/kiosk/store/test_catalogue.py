import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.domain.barcode import Gtin
from kiosk.domain.catalogue import Unit
from kiosk.domain.money import Currency, Money
from kiosk.store.catalogue import FILE_NAME, Catalogue, wall_us
from kiosk.sync.ledger import Ledger
from kiosk.sync.wire import (
    CataloguePage,
    Change,
    PriceEntry,
    ProductEntry,
    SettingEntry,
    TaxRateEntry,
)
from tests.wire_samples import GTIN, NOON_US, product

EUR = Currency("EUR")
OTHER, THIRD = "05901234123457", "00000096385074"
SETTINGS = {"name": "Laden", "currency": "EUR", "language": "de"}


def fill(state: Path, *products: ProductEntry, settings: dict[str, str] | None = None) -> None:
    """Write a catalogue as the sync process does."""
    told = SETTINGS if settings is None else settings
    page = CataloguePage(
        upto=9,
        more=False,
        server_us=0,
        products=tuple(Change(9, one.product_id, one) for one in products),
        tax_rates=(Change(1, "standard", TaxRateEntry("standard", 19_000)),),
        settings=tuple(Change(2, name, SettingEntry(name, value)) for name, value in told.items()),
    )
    with closing(Ledger(state)) as ledger:
        ledger.apply(page)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with closing(Catalogue(tmp_path, lambda: NOON_US)) as made:
        yield made


def test_no_file_is_an_empty_catalogue_until_it_appears(catalogue: Catalogue, tmp_path: Path) -> None:
    assert catalogue.find(Gtin(GTIN)) is None
    assert catalogue.products() == ()
    assert (catalogue.version(), catalogue.ready(), catalogue.fault) == (0, False, "")
    assert catalogue.shop().currency == EUR
    (tmp_path / FILE_NAME).touch()
    assert not catalogue.ready()
    (tmp_path / FILE_NAME).unlink()
    fill(tmp_path, product())
    assert catalogue.ready()
    assert catalogue.find(Gtin(GTIN)) is not None


def test_a_product_comes_whole(catalogue: Catalogue, tmp_path: Path) -> None:
    rich = ProductEntry(
        product_id="p1",
        names=(("de", "Käse"), ("en", "Cheese")),
        tax_code="standard",
        barcodes=(GTIN, OTHER),
        prices=(PriceEntry(249, 7),),
        brand="Hof",
        size="200 g",
        category="dairy",
        picture="cheese",
        deposit_minor=15,
        min_age=16,
        unit="kg",
        place="aisle 3",
        allergens=("milk", "nuts"),
    )
    fill(tmp_path, rich)
    found = catalogue.find(Gtin(OTHER))
    assert found is not None
    assert (found.product_id, found.gtin, found.names) == ("p1", Gtin(OTHER), rich.names)
    assert (found.price, found.deposit, found.price_version) == (Money(249, EUR), Money(15, EUR), 7)
    assert (found.tax.code, found.tax.thousandths) == ("standard", 19_000)
    assert (found.min_age, found.unit, found.brand, found.size) == (16, Unit.KILOGRAM, "Hof", "200 g")
    assert (found.category, found.picture, found.place) == ("dairy", "cheese", "aisle 3")
    assert found.allergens == ("milk", "nuts")
    assert catalogue.find(Gtin(THIRD)) is None


@pytest.mark.parametrize(
    ("prices", "minor"),
    [
        ((), None),
        ((PriceEntry(100, 1, None, None),), 100),
        ((PriceEntry(100, 1), PriceEntry(80, 2, NOON_US, NOON_US + 1)), 80),
        ((PriceEntry(100, 1), PriceEntry(80, 2, NOON_US + 1, None)), 100),
        ((PriceEntry(100, 1), PriceEntry(80, 2, NOON_US - 5, NOON_US)), 100),
        ((PriceEntry(100, 1), PriceEntry(80, 2, NOON_US - 5), PriceEntry(70, 3, NOON_US - 3)), 70),
        ((PriceEntry(100, 1, None, NOON_US),), None),
    ],
)
def test_the_price_that_holds_now(
    catalogue: Catalogue, tmp_path: Path, prices: tuple[PriceEntry, ...], minor: int | None
) -> None:
    fill(tmp_path, replace(product(), prices=prices))
    found = catalogue.find(Gtin(GTIN))
    assert found is not None
    assert (found.price and found.price.minor) == minor
    assert [one.price for one in catalogue.products()] == [found.price]


def test_products_come_in_pages_by_code_and_category(catalogue: Catalogue, tmp_path: Path) -> None:
    fill(
        tmp_path,
        replace(product(GTIN), category="drinks"),
        replace(product(OTHER), category="drinks", prices=(PriceEntry(1, 1), PriceEntry(2, 2, 5))),
        replace(product(THIRD), category="dairy"),
    )
    first = catalogue.products(most=2)
    assert [one.gtin.digits for one in first] == [THIRD, GTIN]
    assert [one.gtin.digits for one in catalogue.products(after=GTIN)] == [OTHER]
    assert [one.gtin.digits for one in catalogue.products(category="drinks")] == [GTIN, OTHER]
    assert catalogue.products(category="none") == ()


@pytest.mark.parametrize(
    ("settings", "currency", "language", "url"),
    [
        ({"name": "Laden", "currency": "JPY", "language": "ja"}, "JPY", "ja", None),
        ({"receipt_url": "https://x/r/{receipt}"}, "EUR", "en", "https://x/r/{receipt}"),
        ({"currency": "euro"}, "EUR", "en", None),
    ],
)
def test_the_shop_s_settings(
    tmp_path: Path, settings: dict[str, str], currency: str, language: str, url: str | None
) -> None:
    fill(tmp_path, product(), settings=settings)
    with closing(Catalogue(tmp_path)) as catalogue:
        shop = catalogue.shop()
        found = catalogue.find(Gtin(GTIN))
    assert (shop.currency.code, shop.language, shop.receipt_url) == (currency, language, url)
    assert found is not None
    assert found.price == Money(129, Currency(currency))


def test_a_product_without_its_rate_is_not_sold_and_said(catalogue: Catalogue, tmp_path: Path) -> None:
    fill(tmp_path, replace(product(), tax_code="strange"))
    assert catalogue.find(Gtin(GTIN)) is None
    assert "strange" in catalogue.fault


def test_an_unknown_unit_is_a_piece(catalogue: Catalogue, tmp_path: Path) -> None:
    fill(tmp_path, replace(product(), unit="barrel"))
    found = catalogue.find(Gtin(GTIN))
    assert found is not None
    assert found.unit is Unit.PIECE


def test_a_file_that_cannot_be_read_is_said_and_nothing_is_for_sale(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 1000)
    assert catalogue.find(Gtin(GTIN)) is None
    assert "cannot be read" in catalogue.fault
    (tmp_path / FILE_NAME).unlink()
    fill(tmp_path, product())
    assert catalogue.find(Gtin(GTIN)) is not None
    assert catalogue.fault == ""


def test_a_file_put_in_place_is_seen(catalogue: Catalogue, tmp_path: Path) -> None:
    fill(tmp_path, product(name="Alt"))
    assert catalogue.ready()
    (tmp_path / "new").mkdir()
    fill(tmp_path / "new", product(name="Neu"))
    for left in tmp_path.glob(f"{FILE_NAME}*"):
        left.unlink()
    (tmp_path / "new" / FILE_NAME).rename(tmp_path / FILE_NAME)
    assert catalogue.ready()
    found = catalogue.find(Gtin(GTIN))
    assert found is not None
    assert found.name("de") == "Neu"


def test_nothing_can_be_written_through_it(catalogue: Catalogue, tmp_path: Path) -> None:
    fill(tmp_path, product())
    assert catalogue.ready()
    connection = catalogue._connection
    assert connection is not None
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM product")


def test_writes_of_the_other_process_are_seen_at_once(catalogue: Catalogue, tmp_path: Path) -> None:
    fill(tmp_path, product())
    assert catalogue.find(Gtin(OTHER)) is None
    fill(tmp_path, product(OTHER))
    assert catalogue.find(Gtin(OTHER)) is not None
    assert os.listdir(tmp_path)  # noqa: PTH208 - the directory still holds its files
    assert wall_us() > NOON_US - 10**15
