"""The words, amounts and times of one language; where they come from is the caller's affair."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final, Protocol

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


# Babel is imported where it is first needed: the attract frame, which must be quick, needs none of it.


@lru_cache(maxsize=8192)
def _money(minor: int, exponent: int, code: str, language: str) -> str:
    from babel.numbers import format_currency  # noqa: PLC0415 - see above

    amount = Decimal(minor).scaleb(-exponent)
    return format_currency(amount, code, locale=language).replace("-", "\u2212")


@lru_cache(maxsize=4096)
def _plain(minor: int, exponent: int, language: str) -> str:
    return _decimal(Decimal(minor).scaleb(-exponent), "0." + "0" * exponent if exponent else "0", language)


def _decimal(number: Decimal, pattern: str, language: str) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415 - see above

    return format_decimal(number, pattern, locale=language)


@dataclass(frozen=True, slots=True)
class Words:
    """One language.

    Attributes:
        language: ISO 639-1 code, also the locale of amounts and times.
        translator: Its catalogue.
        country: ISO 3166-1 alpha-2 of the shop: English in Germany has the day first and 24 hours.
    """

    language: str
    translator: Translator
    country: str = ""

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
        return _decimal(Decimal(milli).scaleb(-3), "0.000", self.language)

    def percent(self, thousandths: int) -> str:
        """Write a tax rate: 19, 8.875."""
        return _decimal(Decimal(thousandths).scaleb(-3), "0.###", self.language)

    def clock(self, moment: datetime) -> str:
        """Write hours and minutes on 24 hours, as clocks in shops do."""
        return f"{moment:%H:%M}"

    def moment(self, moment: datetime) -> str:
        """Write date and time shortly, as on a receipt."""
        from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - see above
        from babel.dates import format_datetime  # noqa: PLC0415 - see above

        try:
            locale = Locale.parse(f"{self.language}_{self.country}" if self.country else self.language)
        except UnknownLocaleError:
            locale = Locale.parse(self.language)
        return format_datetime(moment, "short", locale=locale)
