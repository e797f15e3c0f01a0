import pytest

from kiosk.domain.basket import Basket, EntryMethod, Line
from kiosk.domain.money import Quantity
from kiosk.domain.record import CompletedSale
from kiosk.domain.sale import CardReceipt, Method, NotCharged, Sale, SaleState, Tender
from kiosk.sync.records import sale_record
from kiosk.sync.wire.sale import SaleLine, SaleRecord, SaleTax, SaleTender, encode_sale
from tests.goods import EUR, MILK, MYSTERY, SODA, eur

ONE, TWO = Quantity.pieces(1), Quantity.pieces(2)
CARD = CardReceipt(eur(273), "girocard", "1234", "0007", "000012", "52500041")


def completed(card: CardReceipt = CARD) -> CompletedSale:
    basket = Basket(EUR)
    basket, _ = basket.add(SODA, TWO, EntryMethod.SCANNED)
    basket, _ = basket.add(MILK, ONE, EntryMethod.SCANNED)
    basket, _ = basket.void(1, ONE)
    refused = Tender("a1", Method.CARD, eur(273), NotCharged.DECLINED)
    paid = Tender("a2", Method.CARD, eur(273), card)
    sale = Sale("s1", basket, SaleState.COMPLETED, (refused, paid), 7)
    return CompletedSale(sale, "lane-4", "2026-11-23", 5, 9, "de")


def test_a_sale_goes_out_with_every_line_and_what_paid_it() -> None:
    record = sale_record(completed())
    soda = SODA.gtin.digits
    assert record.lines == (
        SaleLine(1, soda, "soda", "Lemon soda", 2000, 119, 238, 50, "standard"),
        SaleLine(2, MILK.gtin.digits, "milk", "Vollmilch", 1000, 129, 129, 0, "reduced"),
        SaleLine(3, soda, "soda", "Lemon soda", -1000, 119, -119, -25, "standard", 1),
    )
    assert record.tenders == (
        SaleTender("a2", "card", 273, "girocard", "1234", "0007", "000012", "52500041"),
    )
    assert record.tax == (
        SaleTax("standard", 19_000, 119, 100, 19),
        SaleTax("reduced", 7_000, 129, 121, 8),
    )
    facts = (record.sale_id, record.receipt_no, record.lane, record.business_day, record.language)
    assert facts == ("s1", "7", "lane-4", "2026-11-23", "de")
    assert (record.opened_us, record.completed_us, record.currency) == (5, 9, "EUR")
    assert (record.deposit_minor, record.total_minor) == (25, 273)


def test_the_sums_of_its_lines_are_the_sums_of_the_sale() -> None:
    record = sale_record(completed())
    assert sum(line.total_minor + line.deposit_minor for line in record.lines) == record.total_minor
    assert sum(group.gross_minor for group in record.tax) == record.total_minor - record.deposit_minor
    assert sum(tender.amount_minor for tender in record.tenders) == record.total_minor


def test_what_the_terminal_did_not_tell_is_absent() -> None:
    (tender,) = sale_record(completed(CardReceipt(eur(273)))).tenders
    assert tender == SaleTender("a2", "card", 273)


def test_it_is_what_the_backend_reads() -> None:
    record = sale_record(completed())
    assert SaleRecord.from_json(encode_sale(record)) == record


def test_a_line_without_a_price_is_our_mistake() -> None:
    done = completed()
    broken = Basket(EUR, (Line(1, MYSTERY, ONE, EntryMethod.SCANNED),))
    sale = Sale("s1", broken, SaleState.COMPLETED, done.sale.tenders, 7)
    with pytest.raises(AssertionError, match="price"):
        sale_record(CompletedSale(sale, "lane-4", "2026-11-23", 5, 9, "de"))
