import json
import uuid

from kiosk.bootstrap.outbound import WireOutbound
from kiosk.domain.basket import Basket, EntryMethod
from kiosk.domain.money import Quantity
from kiosk.domain.record import CompletedSale
from kiosk.domain.sale import CardReceipt, Method, Sale, SaleState, Tender
from kiosk.store.journal import Head
from kiosk.sync.wire.sale import SaleRecord
from tests.goods import EUR, MILK, eur

OUT = WireOutbound("lane-4", "public")


def test_a_sale_is_written_as_the_backend_reads_it() -> None:
    basket, _ = Basket(EUR).add(MILK, Quantity.pieces(1), EntryMethod.SCANNED)
    paid = Tender("a1", Method.CARD, eur(129), CardReceipt(eur(129)))
    sale = Sale("s1", basket, SaleState.COMPLETED, (paid,), 7)
    kind, body = OUT.sale(CompletedSale(sale, "lane-4", "2026-11-23", 5, 9, "de"))
    assert kind == "sale"
    assert (SaleRecord.from_json(body).sale_id, SaleRecord.from_json(body).total_minor) == ("s1", 129)


def test_a_head_carries_the_key_it_is_checked_with() -> None:
    kind, body = OUT.head(Head(12, "ab", "signature"), 99)
    assert kind == "journal_head"
    told = json.loads(body)
    assert (told["lane"], told["public_key"], told["count"], told["head"]) == ("lane-4", "public", 12, "ab")


def test_days_are_local_and_ids_new() -> None:
    assert OUT.business_day(1_700_000_000_000_000).startswith("2023-11-1")
    assert uuid.UUID(OUT.fresh_id()).version == 7
