"""The words, amounts and times of one language; where they come from is the caller's affair."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final, Protocol

from babel.dates import format_datetime, format_time
from babel.numbers import format_currency, format_decimal

from kiosk.domain.money import Money

__all__ = ["LANGUAGE_NAMES", "Translator", "Words"]

LANGUAGE_NAMES: Final[dict[str, str]] = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "pl": "Polski",
    "tr": "Türkçe",
    "ar": "العربية",
    "uk": "Українська",
}
"""Languages under their own names, as look-up by a shopper who reads no other."""


class Translator(Protocol):
    """What `gettext.NullTranslations` offers of a catalogue."""

    def gettext(self, message: str) -> str:
        """Give the words for an English sentence."""
        ...

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Give the words for an English sentence that counts."""
        ...


@lru_cache(maxsize=8192)
def _money(minor: int, exponent: int, code: str, language: str) -> str:
    amount = Decimal(minor).scaleb(-exponent)
    return format_currency(amount, code, locale=language).replace("-", "\u2212")


@lru_cache(maxsize=4096)
def _plain(minor: int, exponent: int, language: str) -> str:
    pattern = "0." + "0" * exponent if exponent else "0"
    return format_decimal(Decimal(minor).scaleb(-exponent), pattern, locale=language)


@dataclass(frozen=True, slots=True)
class Words:
    """One language.

    Attributes:
        language: ISO 639-1 code, also the locale of amounts and times.
        translator: Its catalogue.
    """

    language: str
    translator: Translator

    @property
    def gettext(self) -> Callable[[str], str]:
        """Words for an English sentence."""
        return self.translator.gettext

    @property
    def ngettext(self) -> Callable[[str, str, int], str]:
        """Words for an English sentence that counts."""
        return self.translator.ngettext

    def money(self, amount: Money) -> str:
        """Write an amount with its currency, the true minus before it."""
        return _money(amount.minor, amount.currency.exponent, amount.currency.code, self.language)

    def plain(self, amount: Money) -> str:
        """Write an amount without its currency, as on a receipt."""
        return _plain(amount.minor, amount.currency.exponent, self.language)

    def milli(self, milli: int) -> str:
        """Write thousandths with three decimals, as on a scale: 0.842."""
        return format_decimal(Decimal(milli).scaleb(-3), "0.000", locale=self.language)

    def percent(self, thousandths: int) -> str:
        """Write a tax rate: 19, 8.875."""
        return format_decimal(Decimal(thousandths).scaleb(-3), "0.###", locale=self.language)

    def clock(self, moment: datetime) -> str:
        """Write hours and minutes on 24 hours, as clocks in shops do."""
        return format_time(moment, "HH:mm", locale=self.language)

    def moment(self, moment: datetime) -> str:
        """Write date and time shortly, as on a receipt."""
        return format_datetime(moment, "short", locale=self.language)
