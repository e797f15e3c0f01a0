from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection

from backend.catalog.publish import Offer, publish
from backend.console import queries
from tests.backend_room import Room, opened
from tests.wire_samples import GTIN, batch, event, product, sale, sale_event


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with opened(tmp_path) as made:
        offers = [
            Offer(product()),
            Offer(replace(product("05901234123457", name="50% Rabatt_Käse"), plu="4011")),
        ]
        made.house.writer.run(lambda connection: publish(connection, "shop", offers))
        made.book(batch(*map(sale_event, range(1, 61))), made.origin(made.enrol()))
        yield made


@pytest.fixture
def connection(room: Room) -> Iterator[Connection]:
    with room.house.engine.connect() as made:
        yield made


def test_sales_come_newest_first_in_pages_with_their_sums(connection: Connection) -> None:
    first = queries.sales(connection, "shop", "", "", 0)
    assert (len(first.rows), first.count, first.sums["total_minor"]) == (queries.PAGE, 60, 60 * 308)
    assert first.rows[0]["receipt_no"] == "60"
    assert [row["receipt_no"] for row in queries.sales(connection, "shop", "", "", 1).rows][-1] == "1"
    assert queries.sales(connection, "another", "", "", 0).count == 0


@pytest.mark.parametrize(
    ("asked", "day", "count"),
    [
        ("6", "", 60),  # every GTIN has a 6
        ("Limo", "", 60),
        ("limo", "2026-11-23", 60),
        ("limo", "2026-11-24", 0),
        (GTIN, "", 60),
        ("lane-1", "", 60),
        ("%", "", 0),
        ("_", "", 0),
        ("\\", "", 0),
        ("' OR 1=1 --", "", 0),
    ],
)
def test_what_is_asked_is_text_and_nothing_else(
    connection: Connection, asked: str, day: str, count: int
) -> None:
    listing = queries.sales(connection, "shop", asked, day, 0)
    assert (listing.count, listing.sums["total_minor"]) == (count, count * 308)


def test_a_sale_has_its_parts(connection: Connection) -> None:
    found = queries.sale(connection, sale(7).sale_id)
    assert found is not None
    assert [line["name"] for line in found["lines"]] == ["Limonade"]
    assert [tax["tax_minor"] for tax in found["taxes"]] == [49]
    assert [tender["last4"] for tender in found["tenders"]] == ["1234"]
    assert queries.sale(connection, "nothing") is None


def test_stock_shows_what_is_missing_first(connection: Connection) -> None:
    listing = queries.stock(connection, "shop", "", 0)
    assert [(row["name"], row["price_minor"], row["on_hand_milli"]) for row in listing.rows] == [
        ("Limonade", 129, -120_000),
        ("50% Rabatt_Käse", 129, 0),
    ]
    assert listing.count == 2


@pytest.mark.parametrize(
    ("asked", "count"), [("50%", 1), ("%", 1), ("t_K", 1), ("4011", 1), ("59012", 1), ("x", 0)]
)
def test_stock_is_searched_by_name_code_and_plu(connection: Connection, asked: str, count: int) -> None:
    assert queries.stock(connection, "shop", asked, 0).count == count


def test_lanes_alarms_and_dead_letters(room: Room) -> None:
    enrolled = room.enrol()
    room.book(batch(event(1, '{"total_minor": 700}'), epoch=enrolled.epoch), room.origin(enrolled))
    room.enrol("lane-2", Ed25519PrivateKey.generate())
    with room.house.engine.connect() as connection:
        lanes = queries.lanes(connection, "shop")
        assert [(lane["lane"], lane["epoch"], lane["acked_seq"]) for lane in lanes] == [
            ("lane-1", 2, 1),
            ("lane-2", 1, 0),
        ]
        assert [alarm["lane"] for alarm in queries.alarms(connection, "shop")] == ["lane-1"]
        letters = queries.dead_letters(connection, "shop")
        assert (letters.count, letters.sums["total_minor"]) == (1, 700)
