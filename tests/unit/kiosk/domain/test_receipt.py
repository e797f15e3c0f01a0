from dataclasses import replace
from typing import Any

import pytest

from kiosk.domain import receipt as receipts
from kiosk.domain.basket import Basket, EntryMethod
from kiosk.domain.errors import DomainError
from kiosk.domain.money import Money, Quantity
from kiosk.domain.receipt import Receipt, Shop
from kiosk.domain.sale import AddGoods, Capture, CardReceipt, Complete, Method, RequestTender, Sale, TotalUp
from kiosk.domain.tax import TaxRate
from tests.goods import EUR, MILK, SODA

SHOP = Shop("Minzel", ("Main Street 1",), "DE123456789", ("Come again",))
CARD = CardReceipt(
    Money(417, EUR),
    "Visa",
    "1234",
    receipt_no="0007",
    trace="000012",
    terminal_id="52500041",
    lines=("Approved",),
)


def paid(copies: int = 1) -> Sale:
    sale = Sale("s1", Basket(EUR))
    for product in (MILK, SODA, SODA):
        sale = sale.handle(AddGoods(product, Quantity.pieces(copies), EntryMethod.SCANNED))
    sale = sale.handle(TotalUp()).handle(RequestTender("a1", Method.CARD))
    return sale.handle(Capture("a1", replace(CARD, amount=sale.total))).handle(Complete(42))


def made(link: str | None = None) -> Receipt:
    return Receipt(SHOP, "lane-1", paid(), "23.11.26, 14:32", "de", link)


def plain(money: Money) -> str:
    return money.as_decimal().replace(".", ",")


def texts(document: dict[str, Any]) -> list[str]:
    return [
        block["text"] if "text" in block else " | ".join(cell for cell, _ in block["columns"])
        for block in document["blocks"]
        if "text" in block or "columns" in block
    ]


def test_a_receipt_tells_everything() -> None:
    document = receipts.document(made("https://shop.example/r/s1"), str, plain)
    assert texts(document) == [
        "Minzel",
        "Main Street 1",
        "VAT no. DE123456789",
        "Receipt lane-1-000042 | 23.11.26, 14:32",
        "Vollmilch | 1,29 B",
        "Lemon soda | 2,38 A",
        "  2 x 1,19",
        "  Deposit 2 x 0,25 | 0,50  ",
        "Total | EUR 4,17",
        "VAT | Net | Tax | Gross",
        "A 19 % | 2,00 | 0,38 | 2,38",
        "B 7 % | 1,21 | 0,08 | 1,29",
        "Deposit, without VAT | 0,50",
        "Paid by card | 4,17",
        "Visa **** 1234",
        "Terminal | 52500041",
        "Trace | 000012",
        "Terminal receipt | 0007",
        "Approved",
        "Thank you for shopping with us",
        "Come again",
        "This receipt on your phone",
    ]
    assert {"qr": "https://shop.example/r/s1", "size": 6, "align": "center"} in document["blocks"]
    assert document["blocks"][-1] == {"cut": "partial"}
    assert (document["language"], document["width"], document["copy"]) == ("de", "80mm", False)


def test_without_a_backend_the_code_holds_the_receipt_itself() -> None:
    receipt = made()
    codes = [block["qr"] for block in receipts.document(receipt, str, plain)["blocks"] if "qr" in block]
    assert codes == [receipts.compact(receipt, str, plain)]
    assert codes[0].split("\n") == [
        "Minzel",
        "DE123456789",
        "23.11.26, 14:32 lane-1-000042",
        "1 Vollmilch 1,29",
        "2 Lemon soda 2,88",
        "= 4,17 EUR",
        "VAT 19 % 0,38; 7 % 0,08",
        "Visa **** 1234",
    ]


def test_a_long_receipt_still_fits_a_code() -> None:
    sale = Sale("s1", Basket(EUR))
    for number in range(200):
        product = replace(MILK, product_id=f"p{number}", names=(("en", f"A rather long name {number}"),))
        sale = sale.handle(AddGoods(product, Quantity.pieces(1), EntryMethod.SCANNED))
    sale = sale.handle(TotalUp()).handle(RequestTender("a1", Method.CARD))
    sale = sale.handle(Capture("a1", CardReceipt(sale.total))).handle(Complete(1))
    code = receipts.compact(Receipt(Shop("Minzel"), "lane-1", sale, "now", "en"), str, plain)
    assert "200 items" in code
    assert code.split("\n")[1].startswith("now")
    assert len(code.encode()) < 1000
    head = receipts.document(Receipt(Shop("Minzel"), "lane-1", sale, "now", "en"), str, plain)["blocks"][2]
    assert head == {"rule": "-"}


def test_a_receipt_is_of_a_completed_sale() -> None:
    with pytest.raises(DomainError, match="expected a completed one"):
        Receipt(SHOP, "lane-1", Sale("s1", Basket(EUR)), "now", "en")


def test_a_card_that_lost_its_receipt_cannot_be() -> None:
    receipt = made()
    object.__setattr__(receipt, "sale", Sale("s1", Basket(EUR)))
    with pytest.raises(AssertionError):
        _ = receipt.card


@pytest.mark.parametrize(
    ("thousandths", "text"), [(19_000, "19 %"), (8_875, "8.875 %"), (5_500, "5.5 %"), (0, "0 %")]
)
def test_rates_are_written_short(thousandths: int, text: str) -> None:
    assert receipts.percent(TaxRate("any", thousandths)) == text
