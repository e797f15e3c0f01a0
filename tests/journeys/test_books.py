"""The judge of the journeys: one fault in anybody's book, and it says so."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kiosk.bootstrap.outbound import WireOutbound
from kiosk.bootstrap.stand import Places, StandError
from kiosk.checkout.effects import KeepLine, KeepSale, KeepState, KeepTender, OpenSale
from kiosk.domain.basket import EntryMethod, Line
from kiosk.domain.money import Quantity
from kiosk.domain.sale import CardReceipt, Method, SaleState
from kiosk.store.lane_key import load_or_create
from kiosk.store.sales import LaneFacts, SalesStore
from tests.goods import EUR, MILK, eur
from tests.journeys import books


def sell(store: SalesStore, sale_id: str) -> None:
    line = Line(1, MILK, Quantity.pieces(1), EntryMethod.SCANNED)
    asked = KeepTender(sale_id, f"a-{sale_id}", Method.CARD, eur(129), 13)
    store.commit([OpenSale(sale_id, 10, "en"), KeepLine(sale_id, line, 11)])
    store.commit([KeepState(sale_id, SaleState.TOTALLED, 12), asked])
    store.commit([KeepSale(sale_id, f"a-{sale_id}", CardReceipt(eur(129)), 14)])


def sheet(number: int | None, *, copy: bool = False) -> str:
    text = "torn" if number is None else f"Receipt 4-{number:06d}"
    return json.dumps({"text": text, "copy": copy}) + "\n"


def booked(receipt: str, state: str, **more: Any) -> str:
    entry = {"kind": "payment", "receipt": receipt, "trace": receipt, "amount": "1.29", "state": state}
    return json.dumps(entry | more) + "\n"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Two sales, in order in every book; the first one's payment was tried twice, its receipt copied."""
    made = Places(tmp_path, tmp_path)
    for directory in (made.state, made.paper, made.database.parent):
        directory.mkdir(parents=True)
    store = SalesStore(
        made.state / "sales.db",
        LaneFacts("lane-4", EUR),
        load_or_create(made.state),
        WireOutbound("lane-4", "key"),
    )
    with closing(store):
        for sale_id in ("s1", "s2"):
            sell(store, sale_id)
        sent = store.writer.rows("SELECT kind, body FROM outbox ORDER BY seq")
    with closing(sqlite3.connect(made.database)) as backend, backend:
        backend.execute("CREATE TABLE event (kind TEXT, body TEXT)")
        backend.executemany("INSERT INTO event VALUES (?, ?)", sent)
    lines = [booked("1", "pending"), booked("1", "reversed"), booked("2", "stored"), booked("3", "stored")]
    made.ledger.write_text("".join(lines))
    (made.paper / "paper.log").write_text(sheet(1) + sheet(1, copy=True) + sheet(2) + sheet(None))
    return made


def backend(statement: str) -> Callable[[Places], None]:
    def act(places: Places) -> None:
        with closing(sqlite3.connect(places.database)) as connection, connection:
            connection.execute(statement)

    return act


def added(name: str, line: str) -> Callable[[Places], None]:
    def act(places: Places) -> None:
        with (places.root / name).open("a") as file:
            file.write(line)

    return act


def rewritten(places: Places) -> None:
    with closing(sqlite3.connect(places.state / "sales.db")) as connection, connection:
        connection.execute("DROP TRIGGER journal_update")
        connection.execute("UPDATE journal SET payload = '{}' WHERE seq = 2")


def test_books_that_agree(places: Places) -> None:
    assert [sale.total_minor for sale in books.agree(places, [1, 2])] == [129, 129]
    undone = booked("4", "stored") + booked("5", "stored", kind="reversal")
    added("ledger.jsonl", undone)(places)
    books.agree(places, [1, 2])


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (backend("DELETE FROM event WHERE rowid = 1"), "2 sales"),
        (backend("INSERT INTO event SELECT * FROM event WHERE rowid = 1"), "2 sales"),
        (backend("UPDATE event SET body = replace(body, '129', '130')"), "the backend has"),
        (added("ledger.jsonl", booked("4", "stored")), "stored 387"),
        (added("ledger.jsonl", booked("3", "reversed")), "stored 129"),
        (added("paper/paper.log", sheet(2)), "2 times unmarked"),
        (added("paper/paper.log", sheet(1, copy=True)), "2 times as a copy"),
        (added("paper/paper.log", sheet(3)), "nobody asked for"),
        (rewritten, "hash"),
    ],
    ids=["lost", "twice", "other-sum", "charged", "given-back", "paper", "copies", "foreign", "journal"],
)
def test_one_fault_is_enough(
    places: Places, monkeypatch: pytest.MonkeyPatch, fault: Callable[[Places], None], told: str
) -> None:
    monkeypatch.setattr(books, "PATIENCE_S", 0.0)
    fault(places)
    with pytest.raises((AssertionError, StandError), match=told):
        books.agree(places, [1, 2])


def test_a_receipt_that_never_came_out(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "PATIENCE_S", 0.0)
    (places.paper / "paper.log").write_text(sheet(1))
    with pytest.raises(StandError, match="on paper"):
        books.agree(places, [1, 2])
