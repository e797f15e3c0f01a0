from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from backend.catalog.pages import page
from backend.catalog.publish import Offer, publish, withdraw
from backend.catalog.shop import Shop, establish
from kiosk.sync.wire import CataloguePage, Change, PriceEntry, ProductEntry
from tests.backend_room import Room, opened
from tests.wire_samples import GTIN, product

OTHER, THIRD = "05901234123457", "00000096385074"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with opened(tmp_path) as made:
        yield made


def put(room: Room, *products: ProductEntry) -> None:
    offers = [Offer(one) for one in products]
    room.house.writer.run(lambda connection: publish(connection, "shop", offers))


def pull(room: Room, since: int, limit: int = 100) -> CataloguePage:
    with room.house.engine.connect() as connection:
        made = page(connection, "shop", since, limit, 5)
    assert CataloguePage.from_json(made.to_json()) == made
    return made


def test_the_first_page_has_settings_and_rates(room: Room) -> None:
    first = pull(room, 0)
    assert {one.key for one in first.settings} == {"name", "currency", "language"}
    assert {one.key: one.item and one.item.rate_thousandths for one in first.tax_rates} == {
        "standard": 19_000,
        "reduced": 7_000,
        "zero": 0,
    }
    assert (first.upto, first.more, first.restarted, first.server_us) == (6, False, False, 5)
    assert pull(room, 6) == CataloguePage(6, more=False, server_us=5)


def test_a_product_comes_whole(room: Room) -> None:
    rich = replace(
        product(),
        names=(("de", "Käse"), ("en", "Cheese")),
        barcodes=(GTIN, OTHER),
        brand="Hof",
        deposit_minor=15,
        unit="kg",
        allergens=("milk",),
        picture="cheese",
    )
    put(room, rich)
    (change,) = pull(room, 6).products
    assert (change.version, change.key) == (7, GTIN)
    assert change.item == replace(rich, prices=(PriceEntry(129, 7),))


def test_pages_of_any_size_bring_every_change_once_and_in_order(room: Room) -> None:
    put(room, product(GTIN), product(OTHER), product(THIRD))
    room.house.writer.run(lambda connection: establish(connection, Shop(name="Laden")))
    room.house.writer.run(lambda connection: withdraw(connection, "shop", [OTHER]))
    put(room, product(GTIN, name="Neu"))
    for limit in (1, 2, 3, 100):
        since, pages = 0, list[CataloguePage]()
        seen: list[Change[Any]] = []
        while True:
            one = pull(room, since, limit)
            pages.append(one)
            seen += [*one.settings, *one.tax_rates, *one.products]
            since = one.upto
            if not one.more:
                break
        assert sorted(change.version for change in seen) == sorted({change.version for change in seen})
        products = {change.key: change.item for change in seen if len(change.key) == 14}
        assert {key: item is None for key, item in products.items()} == {
            GTIN: False,
            OTHER: True,
            THIRD: False,
        }
        assert all(change.version <= one.upto for one in pages for change in one.products)
        assert all(len(one.products) <= limit for one in pages)
        assert since == 12


def test_a_version_we_never_gave_out_begins_anew_and_says_so(room: Room) -> None:
    put(room, product())
    begun = pull(room, 99)
    assert (begun.restarted, begun.upto, len(begun.products), len(begun.settings)) == (True, 7, 1, 3)


def test_a_rate_that_is_gone_is_a_tombstone(room: Room) -> None:
    room.house.writer.run(lambda connection: establish(connection, Shop(tax={"standard": 19_000})))
    assert {one.key: one.item for one in pull(room, 6).tax_rates} == {"reduced": None, "zero": None}
