from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.catalog import publish as publishing
from backend.catalog.publish import Offer, Published, publish, withdraw
from kiosk.sync.wire import PriceEntry, ProductEntry
from tests.backend_room import Room, opened
from tests.wire_samples import GTIN, product

OTHER = "05901234123457"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with opened(tmp_path) as made:
        yield made


def put(room: Room, *products: ProductEntry, cost_minor: int | None = None) -> Published:
    offers = [Offer(one, cost_minor) for one in products]
    return room.house.writer.run(lambda connection: publish(connection, "shop", offers))


def versions(room: Room) -> dict[str, int]:
    return dict(room.rows("SELECT product_id, version FROM product"))


def test_each_change_has_a_version_of_its_own_and_none_means_none(room: Room) -> None:
    assert put(room, product(), product(OTHER)) == Published(2, {})
    assert versions(room) == {GTIN: 7, OTHER: 8}
    assert put(room, product(), product(OTHER)) == Published(0, {})
    assert put(room, product(name="Neu"), product(OTHER)) == Published(1, {})
    assert versions(room) == {GTIN: 9, OTHER: 8}


@pytest.mark.parametrize(
    "change",
    [
        {"names": (("de", "Limonade"), ("en", "Lemonade"))},
        {"prices": ()},
        {"prices": (PriceEntry(130, 0),)},
        {"barcodes": (GTIN, OTHER)},
        {"allergens": ("milk",)},
        {"min_age": 16},
        {"picture": "lemon"},
    ],
)
def test_any_difference_is_a_change(room: Room, change: dict[str, object]) -> None:
    put(room, product())
    changed = replace(product(), **change)  # type: ignore[arg-type]  # a table of changes
    assert put(room, changed).changed == 1
    assert put(room, changed).changed == 0


def test_a_price_keeps_the_version_that_set_it(room: Room) -> None:
    put(room, product())
    put(room, product(name="Neu"))
    assert room.rows("SELECT price_minor, version FROM price") == [(129, 7)]
    put(room, product(name="Neu", price_minor=139))
    assert room.rows("SELECT price_minor, version FROM price") == [(139, 9)]
    put(room, product(price_minor=None))
    assert room.rows("SELECT * FROM price") == []


def test_a_code_of_another_product_is_refused_and_the_others_go_on(room: Room) -> None:
    put(room, replace(product(), barcodes=(GTIN, OTHER)))
    published = put(room, product(OTHER), product("00000096385074"))
    assert published.changed == 1
    assert published.refused == {0: f"code {OTHER} belongs to product {GTIN}: expected a code of its own"}


def test_a_code_that_was_given_up_is_free(room: Room) -> None:
    put(room, replace(product(), barcodes=(GTIN, OTHER)))
    put(room, product())
    assert put(room, product(OTHER)).refused == {}


def test_what_it_costs_stays_here_and_is_a_change(room: Room) -> None:
    put(room, product(), cost_minor=50)
    assert put(room, product(), cost_minor=60).changed == 1
    assert room.rows("SELECT cost_minor FROM product") == [(60,)]


def test_withdrawn_is_a_tombstone_with_a_version_and_comes_back(room: Room) -> None:
    put(room, product(), product(OTHER))
    gone = room.house.writer.run(lambda connection: withdraw(connection, "shop", [GTIN, "unknown"]))
    assert gone == 1
    assert room.house.writer.run(lambda connection: withdraw(connection, "shop", [GTIN])) == 0
    assert room.rows("SELECT deleted, version FROM product WHERE product_id = :id", id=GTIN) == [(1, 9)]
    assert room.rows("SELECT count(*) FROM barcode") == [(1,)]
    assert put(room, product()).changed == 1
    assert room.rows("SELECT deleted FROM product WHERE product_id = :id", id=GTIN) == [(0,)]


def test_more_codes_than_a_statement_takes(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "_MOST_PARAMETERS", 2)
    put(room, product(OTHER))
    codes = (GTIN, "00000096385074", "00012345678905", OTHER)
    assert list(put(room, replace(product(), barcodes=codes)).refused) == [0]


def test_nothing_is_nothing(room: Room) -> None:
    assert put(room) == Published(0, {})
