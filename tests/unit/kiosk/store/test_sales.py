import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.checkout.effects import (
    AnyStoreEffect,
    KeepLine,
    KeepRead,
    KeepReceiptChoice,
    KeepRefusal,
    KeepSale,
    KeepSettlement,
    KeepState,
    KeepTender,
    KeepVisitEnd,
    OpenSale,
)
from kiosk.checkout.events import ReadRef
from kiosk.checkout.intents import ReceiptChoice, Settlement
from kiosk.domain.approval import Approval, Right
from kiosk.domain.basket import EntryMethod, Line
from kiosk.domain.money import Quantity
from kiosk.domain.record import CompletedSale
from kiosk.domain.sale import CardReceipt, Method, NotCharged, SaleState
from kiosk.store.database import FileTakenError
from kiosk.store.journal import Head, verify
from kiosk.store.sales import LaneFacts, SalesStore, Stored
from tests.goods import EUR, MILK, SODA, eur

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
FACTS = LaneFacts("lane-1", EUR)
ONE = Quantity.pieces(1)
CARD = CardReceipt(eur(129), "Visa", "1234")


class Outbound:
    def __init__(self) -> None:
        self.made = 0

    def sale(self, completed: CompletedSale) -> tuple[str, str]:
        return "sale", f'{{"sale":"{completed.sale.sale_id}","no":{completed.sale.receipt_no}}}'

    def head(self, head: Head, signed_us: int) -> tuple[str, str]:
        return "journal_head", f'{{"count":{head.count},"at":{signed_us}}}'

    def business_day(self, wall_us: int) -> str:
        return f"day-{wall_us}"

    def fresh_id(self) -> str:
        self.made += 1
        return f"id-{self.made}"


def opened(path: Path) -> SalesStore:
    return SalesStore(path / "sales.db", FACTS, KEY, Outbound())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SalesStore]:
    made = opened(tmp_path)
    yield made
    made.close()


def line(n: int = 1) -> Line:
    return Line(n, MILK, ONE, EntryMethod.SCANNED)


def basket(sale_id: str) -> list[AnyStoreEffect]:
    return [OpenSale(sale_id, 10, "de"), KeepLine(sale_id, line(), 11)]


def requested(sale_id: str, attempt: str) -> list[AnyStoreEffect]:
    return [
        KeepState(sale_id, SaleState.TOTALLED, 12),
        KeepTender(sale_id, attempt, Method.CARD, eur(129), 13),
    ]


def sold(store: SalesStore, sale_id: str = "s1") -> Stored:
    store.commit([*basket(sale_id), *requested(sale_id, f"a-{sale_id}")])
    stored = store.commit([KeepSale(sale_id, f"a-{sale_id}", CARD, 14)])
    assert stored is not None
    return stored


def test_a_basket_comes_back_after_a_restart(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.commit([*basket("s1"), KeepRead(ReadRef("front", "b1", 4), 11)])
    store.commit([KeepLine("s1", Line(2, SODA, ONE, EntryMethod.SCANNED), 20)])
    store.close()
    store = opened(tmp_path)
    visit = store.open_visit()
    assert visit is not None
    assert (visit.language, visit.touched_wall_us, visit.choice, visit.outbox_seq) == ("de", 20, None, 0)
    assert [each.product for each in visit.sale.basket.lines] == [MILK, SODA]
    assert visit.sale.state is SaleState.OPEN
    assert store.position() == ("b1", 4)
    store.close()


def test_a_new_lane_knows_nothing(store: SalesStore) -> None:
    assert (store.open_visit(), store.position(), store.outbox_seq) == (None, None, 0)


def test_completion_is_one_transaction(store: SalesStore) -> None:
    assert sold(store) == Stored("s1", 1, 1)
    done = store.completed("s1")
    assert (done.sale.state, done.sale.receipt_no, done.business_day) == (SaleState.COMPLETED, 1, "day-14")
    assert done.sale.captured is not None
    assert done.sale.captured.outcome == CARD
    events = store.writer.dicts("SELECT * FROM outbox ORDER BY seq")
    assert [(event["seq"], event["kind"], event["event_id"]) for event in events] == [
        (1, "sale", "s1"),
        (2, "journal_head", "id-1"),
    ]
    assert all(event["sha256"] == hashlib.sha256(event["body"].encode()).hexdigest() for event in events)
    assert store.writer.rows("SELECT code, thousandths, gross_minor, tax_minor FROM transaction_tax") == [
        ("reduced", 7000, 129, 8)
    ]
    assert store.decided("a-s1") is True
    visit = store.open_visit()
    assert visit is not None
    assert (visit.sale.state, visit.outbox_seq) == (SaleState.COMPLETED, 1)


def test_receipt_numbers_have_no_gaps_even_where_a_completion_fails(store: SalesStore) -> None:
    assert sold(store, "s1").receipt_no == 1
    store.commit([KeepVisitEnd("s1")])
    with pytest.raises(AssertionError, match="undecided tender"):
        store.commit([KeepSale("s1", "a-s1", CARD, 15)])
    assert store.outbox_seq == 2
    store.commit(basket("s2"))
    with pytest.raises(AssertionError):
        store.commit([KeepSale("s2", "never-asked", CARD, 15)])
    store.commit(requested("s2", "a-s2"))
    assert store.commit([KeepSale("s2", "a-s2", CARD, 16)]) == Stored("s2", 2, 3)
    with store.writer.transaction() as connection:
        assert verify(connection, KEY.public_key()).ok


def test_a_refused_tender_totals_the_sale_again(store: SalesStore) -> None:
    store.commit([*basket("s1"), *requested("s1", "a1")])
    assert store.decided("a1") is False
    assert store.decided("foreign") is None
    store.commit([KeepRefusal("s1", "a1", NotCharged.DECLINED, "declined", 14)])
    visit = store.open_visit()
    assert visit is not None
    assert visit.sale.state is SaleState.TOTALLED
    assert [tender.outcome for tender in visit.sale.tenders] == [NotCharged.DECLINED]
    assert store.decided("a1") is True


def test_tenders_come_back_in_their_order_though_the_clock_was_set_back(store: SalesStore) -> None:
    store.commit([*basket("s1"), *requested("s1", "b1")])
    store.commit([KeepRefusal("s1", "b1", NotCharged.DECLINED, "declined", 14)])
    store.commit([KeepTender("s1", "a2", Method.CARD, eur(129), 1)])
    visit = store.open_visit()
    assert visit is not None
    assert [tender.attempt_id for tender in visit.sale.tenders] == ["b1", "a2"]


@pytest.mark.parametrize("state", [SaleState.SUSPENDED, SaleState.CANCELLED])
def test_a_basket_set_aside_is_no_longer_on_the_screen(store: SalesStore, state: SaleState) -> None:
    store.commit(basket("s1"))
    store.commit([KeepState("s1", state, 12)])
    assert store.open_visit() is None


def test_a_receipt_is_printed_until_the_printer_has_it(store: SalesStore) -> None:
    sold(store)
    assert store.unprinted(0) == []
    store.commit([KeepReceiptChoice("s1", ReceiptChoice.PRINT)])
    assert store.unprinted(0) == ["s1"]
    assert store.unprinted(15) == []
    visit = store.open_visit()
    assert visit is not None
    assert visit.choice is ReceiptChoice.PRINT
    store.handed_to_printer("s1")
    assert store.unprinted(0) == []


def test_what_was_not_sold_is_journalled_without_secrets(store: SalesStore) -> None:
    store.commit([KeepRead(ReadRef("front", "b1", 1), 5, "4006381333931", "unknown")])
    store.commit([KeepRead(ReadRef("front", "b1", 2), 6, "hQVDUFYwMsecret", "unknown")])
    payloads = [row[0] for row in store.writer.rows("SELECT payload FROM journal ORDER BY seq")]
    assert payloads == [
        '{"gtin14":"04006381333931","refusal":"unknown"}',
        '{"gtin14":null,"refusal":"unknown"}',
    ]


def test_a_settlement_names_the_person(store: SalesStore) -> None:
    approval = Approval("p1", "Ada", Right.SETTLE_PAYMENT, "slip seen")
    store.commit([KeepSettlement("s1", "a1", Settlement.CAPTURED, approval, 5)])
    kind, payload = store.writer.rows("SELECT kind, payload FROM journal")[0]
    assert kind == "settlement"
    assert '"name":"Ada"' in payload
    assert '"reason":"slip seen"' in payload


def test_an_unknown_or_open_sale_has_no_receipt(store: SalesStore) -> None:
    store.commit(basket("s1"))
    for sale_id in ("s1", "none"):
        with pytest.raises(KeyError):
            store.completed(sale_id)


def test_lines_cannot_be_changed(store: SalesStore) -> None:
    store.commit(basket("s1"))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), store.writer.transaction() as connection:
        connection.execute("UPDATE transaction_line SET unit_price_minor = 1")


def test_one_lane_a_book(store: SalesStore, tmp_path: Path) -> None:
    with pytest.raises(FileTakenError):
        opened(tmp_path)
    assert store.open_visit() is None


def test_a_code_longer_than_any_barcode_is_dealt_with_like_any_other(store: SalesStore) -> None:
    store.commit([KeepRead(ReadRef("front", "b1", 4), 11, "9" * 5000, "unknown")])
    (entry,) = store.writer.rows("SELECT payload FROM journal")
    assert entry == ('{"gtin14":null,"refusal":"unknown"}',)
    assert store.position() == ("b1", 4)
