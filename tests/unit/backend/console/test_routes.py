import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from backend.catalog.publish import Offer, publish
from backend.catalog.shop import Shop
from kiosk.sync.wire import LaneHeard, LaneSaid
from tests.backend_room import Room, opened
from tests.wire_samples import batch, event, product, sale, sale_event

NAME = "<script>alert('Limo & Co')</script>"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with opened(tmp_path, Shop(name="Laden & Söhne")) as made:
        yield made


@pytest.fixture
def client(room: Room) -> Iterator[TestClient]:
    with room.client() as made:
        yield made


def fill(room: Room) -> None:
    enrolled = room.enrol()
    odd = replace(sale(1), lines=(replace(sale(1).lines[0], name=NAME),))
    void = replace(
        sale(2).lines[0], n=2, quantity_milli=-2000, total_minor=-258, deposit_minor=-50, void_of=1
    )
    voided = replace(
        sale(2), lines=(*sale(2).lines, void), deposit_minor=0, total_minor=0, tenders=(), language="en"
    )
    events = (event(1, odd.to_json()), event(2, voided.to_json()), event(3, '{"total_minor":500}'))
    room.book(batch(*events, *map(sale_event, range(4, 70))), room.origin(enrolled))
    offers = [Offer(replace(product(), deposit_minor=25)), Offer(product("05901234123457", price_minor=None))]
    room.house.writer.run(lambda connection: publish(connection, "shop", offers))


PAGES = ("/sales", f"/sales/{sale(1).sale_id}", "/stock", "/lanes")


@pytest.mark.parametrize("path", PAGES)
def test_each_page_stands_full_and_loads_nothing_from_elsewhere(
    room: Room, client: TestClient, path: str
) -> None:
    fill(room)
    response = client.get(path)
    assert response.status_code == 200
    assert "Laden &amp; Söhne" in response.text
    assert "<script>" not in response.text
    assert re.findall(r'(?:src|href)="(?!/|\?)[^"]*"', response.text) == []
    policy = response.headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "connect-src 'self'"} < set(policy)
    assert "unsafe" not in str(policy)
    assert not re.search(r"\b(308|258|129|500)\b", response.text), "money as raw minor units"


@pytest.mark.parametrize("path", ["/sales", "/stock", "/lanes"])
def test_each_page_stands_empty(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert "yet" in response.text


def test_the_first_page_leads_on(client: TestClient) -> None:
    assert client.get("/").url.path == "/sales"
    assert client.get("/console.css").headers["content-type"].startswith("text/css")
    assert client.get("/console.js").headers["content-type"].startswith("text/javascript")


def test_sales_are_searched_and_turned_over(room: Room, client: TestClient) -> None:
    fill(room)
    assert "Page 1 of 2" in client.get("/sales").text
    second = client.get("/sales?page=1").text
    assert "Page 2 of 2" in second
    assert "page=0" in second
    assert "No sales match" in client.get("/sales?q=%25").text
    assert client.get("/sales?page=-3").status_code == 200
    assert client.get("/sales?day=2026-11-24").text.count("0,00") == 3


def test_stock_shows_prices_deposits_and_what_is_below_nothing(room: Room, client: TestClient) -> None:
    fill(room)
    page = client.get("/stock").text
    assert "1,29\N{NO-BREAK SPACE}€" in page
    assert "+ 0,25\N{NO-BREAK SPACE}€ deposit" in page
    assert "no price" in page
    assert 'class="n below"' in page


def test_lanes_show_what_needs_a_look(room: Room, client: TestClient) -> None:
    room.now_us += 120_000_000
    fill(room)
    page = client.get("/lanes").text
    assert "120 s behind" in page
    assert "1 event set aside, with 5,00\N{NO-BREAK SPACE}€" in page


def test_a_lane_that_calls_stands_on_every_page_and_is_seen_when_one_is_looked_at(
    room: Room, client: TestClient
) -> None:
    enrolled = room.enrol("lane-<7>")
    word = LaneSaid("basket", "open", "help", room.now_us - 60_000_000, room.now_us).to_json()

    def told() -> str | None:
        return LaneHeard.from_json(room.ask(client, enrolled, "POST", "/v1/lane", word).content).told

    assert told() is None
    for path in ("/sales", "/stock", "/lanes"):
        assert "Help wanted" in client.get(path).text
    assert told() is None, "a page alone does not show that anybody keeps looking"
    with room.client("192.168.0.77") as stranger:
        assert stranger.get("/lanes/now").status_code == 403
    assert told() is None
    strip = client.get("/lanes/now")
    assert "lane-&lt;7&gt;" in strip.text
    assert "<html" not in strip.text
    assert strip.headers["cache-control"] == "no-store"
    assert told() == "help"
    room.now_us += 31_000_000
    assert "Silent since" in client.get("/lanes/now").text


def test_the_receipt_is_in_the_shopper_s_language_and_for_everybody(room: Room) -> None:
    fill(room)
    with room.client("192.168.0.77") as phone:
        german = phone.get(f"/r/{sale(1).sale_id}")
        english = phone.get(f"/r/{sale(2).sale_id}")
        assert (german.status_code, english.status_code) == (200, 200)
        assert 'lang="de"' in german.text
        for text in ("Beleg 1", "Summe", "Pfand", "MwSt. 19 %", "netto", "Karte · girocard · •••• 1234"):
            assert text in german.text
        assert NAME not in german.text
        assert "Thank you" in english.text
        assert 'class="void"' in english.text
        assert phone.get("/r/00000000-0000-0000-0000-00000000ffff").status_code == 404
        assert "<script" not in german.text
        assert "script" not in german.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("address", "everywhere", "status"),
    [
        ("127.0.0.1", "loopback", 200),
        ("::1", "loopback", 200),
        ("::ffff:127.0.0.1", "loopback", 200),
        ("192.168.0.77", "loopback", 403),
        ("somewhere", "loopback", 403),
        ("192.168.0.77", "network", 200),
    ],
)
def test_the_console_is_for_this_machine_unless_the_shop_opens_it(
    room: Room,
    address: str,
    everywhere: str,
    status: int,
) -> None:
    with room.client(address, everywhere=everywhere == "network") as client:
        for path in ("/sales", "/stock", "/lanes", "/lanes/now", "/sales/x"):
            expected = 404 if status == 200 and path == "/sales/x" else status
            assert client.get(path).status_code == expected
