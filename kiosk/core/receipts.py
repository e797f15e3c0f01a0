"""Receipts in the shopper's words: the print document of a completed sale."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Protocol

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime
from babel.numbers import format_decimal

from kiosk.domain import receipt as receipts
from kiosk.domain.money import Money
from kiosk.domain.receipt import Receipt, Say, Shop
from kiosk.domain.record import CompletedSale

_MICRO: Final = 1_000_000


class CompletedSales(Protocol):
    """The lane's own book."""

    def completed(self, sale_id: str) -> CompletedSale:
        """Give a completed sale."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where receipts are written.

    Attributes:
        shop: who sells.
        lane: number of the lane.
        country: ISO 3166-1 alpha-2.
    """

    shop: Shop
    lane: str
    country: str


class ReceiptWriter:
    """Writes receipts in the language of the visit they are of."""

    def __init__(self, place: Place, book: CompletedSales, words: Callable[[str], Say]) -> None:
        self._place = place
        self._book = book
        self._words = words
        self.link: str | None = None
        """Where receipts are at the backend, "{receipt}" standing for the sale id; None: not enrolled."""

    def document(self, sale_id: str) -> dict[str, Any]:
        """Give the print document of a completed sale."""
        receipt = self._receipt(sale_id)
        # Figures as on the screen, by the language alone; only dates follow the country.
        return receipts.document(receipt, self._words(receipt.language), plain(receipt.language))

    def _receipt(self, sale_id: str) -> Receipt:
        completed = self._book.completed(sale_id)
        return Receipt(
            shop=self._place.shop,
            lane=self._place.lane,
            sale=completed.sale,
            moment=moment(completed.completed_us, locale_of(completed.language, self._place.country)),
            language=completed.language,
            link=self.link.replace("{receipt}", sale_id) if self.link else None,
        )


def locale_of(language: str, country: str) -> Locale:
    """Give how a language (BCP 47) is written in a country: English in Germany has 24 hours, the day first.

    A language nobody has written down gets the English way: a receipt must never fail for its digits.
    """
    known = language.replace("-", "_")
    for tag in (f"{known}_{country}", known, known.partition("_")[0]):
        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse(tag)
    return Locale("en")


def plain(language: str) -> Callable[[Money], str]:
    """Give a function that writes an amount in a language's digits, without currency."""
    locale = locale_of(language, "")

    def write(money: Money) -> str:
        pattern = "#,##0." + "0" * money.currency.exponent if money.currency.exponent else "#,##0"
        return str(format_decimal(money.as_decimal(), format=pattern, locale=locale))

    return write


def moment(wall_us: int, locale: Locale) -> str:
    """Write a moment (UTC microseconds) in local time, as a language does."""
    local = dt.datetime.fromtimestamp(wall_us // _MICRO, dt.UTC).astimezone()
    return str(format_datetime(local, format="short", locale=locale))


def business_day(wall_us: int) -> str:
    """Give the local date a moment is booked to."""
    return dt.datetime.fromtimestamp(wall_us // _MICRO, dt.UTC).astimezone().date().isoformat()
