import os
import time
from collections.abc import Iterator
from gettext import NullTranslations

import pytest
from babel import Locale

from kiosk.core.receipts import Place, ReceiptWriter, business_day, locale_of, moment, plain
from kiosk.domain.basket import Basket, EntryMethod
from kiosk.domain.money import Currency, Money, Quantity
from kiosk.domain.receipt import Say, Shop
from kiosk.domain.record import CompletedSale
from kiosk.domain.sale import CardReceipt, Method, Sale, SaleState, Tender
from tests.goods import EUR, MILK, SODA, eur

NOON_US = 1_700_000_000_000_000  # 2023-11-14 22:13:20 UTC


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(os.environ, "TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


class Book:
    def completed(self, sale_id: str) -> CompletedSale:
        basket = Basket(EUR)
        for product in (MILK, SODA):
            basket, _ = basket.add(product, Quantity.pieces(1), EntryMethod.SCANNED)
        card = Tender("a1", Method.CARD, basket.total, CardReceipt(basket.total, "girocard", "1234"))
        sale = Sale(sale_id, basket, SaleState.COMPLETED, (card,), 7)
        return CompletedSale(sale, "lane-4", "2023-11-14", NOON_US - 60_000_000, NOON_US, "de")


def words(language: str) -> Say:
    assert language == "de"
    return NullTranslations().gettext


def texts(document: dict[str, object]) -> str:
    return str(document["blocks"])


def test_a_receipt_is_written_in_the_language_of_its_visit() -> None:
    writer = ReceiptWriter(Place(Shop("Minzel"), "4", "DE"), Book(), words)
    document = writer.document("s1")
    assert (document["language"], document["copy"]) == ("de", False)
    told = texts(document)
    for each in ("Vollmilch", "1,29 ", "0,25", "EUR 2,73", "4-000007", "14.11.23, 23:13", "**** 1234"):
        assert each in told


def test_its_code_is_the_receipt_itself_until_there_is_a_link() -> None:
    writer = ReceiptWriter(Place(Shop("Minzel"), "4", "DE"), Book(), words)
    assert "Minzel\\n" in texts(writer.document("s1"))
    writer.link = "https://shop/r/{receipt}"
    assert "'qr': 'https://shop/r/s1'" in texts(writer.document("s1"))


@pytest.mark.parametrize(
    ("language", "country", "name"),
    [
        ("de", "AT", "de_AT"),
        ("en", "DE", "en_DE"),
        ("pl", "DE", "pl"),
        ("tr", "", "tr"),
        ("pt-BR", "DE", "pt_BR"),
        ("de-Arab", "ZZ", "de"),
        ("xx", "DE", "en"),
    ],
)
def test_a_language_is_written_as_in_the_country_where_it_is_known_there(
    language: str, country: str, name: str
) -> None:
    assert str(locale_of(language, country)) == name


@pytest.mark.parametrize(
    ("language", "money", "written"),
    [
        ("de", eur(123_456), "1.234,56"),
        ("en", eur(123_456), "1,234.56"),
        ("pt-BR", eur(123_456), "1.234,56"),
        ("xx", eur(123_456), "1,234.56"),
        ("en", eur(-5), "-0.05"),
        ("de", Money(1234, Currency("JPY")), "1.234"),
    ],
)
def test_an_amount_has_the_digits_of_its_currency(language: str, money: Money, written: str) -> None:
    assert plain(language)(money) == written


def test_moments_are_local() -> None:
    assert moment(NOON_US, Locale.parse("de_DE")) == "14.11.23, 23:13"
    assert business_day(NOON_US) == "2023-11-14"
    assert business_day(NOON_US + 3600 * 1_000_000) == "2023-11-15"
