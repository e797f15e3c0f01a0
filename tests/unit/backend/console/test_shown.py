import pytest
from babel import Locale

from backend.console.shown import clock, day, locale_of, moment, money, percent, quantity

DE, EN = Locale("de"), Locale("en")


@pytest.mark.parametrize(
    ("minor", "currency", "locale", "text"),
    [
        (123_450, "EUR", DE, "1.234,50\N{NO-BREAK SPACE}€"),
        (-5, "EUR", EN, "-€0.05"),
        (1234, "JPY", EN, "¥1,234"),
        (1005, "KWD", EN, "KWD1.005"),
        (9_007_199_254_740_993, "EUR", EN, "€90,071,992,547,409.93"),
    ],
)
def test_money_is_never_raw_and_never_a_float(minor: int, currency: str, locale: Locale, text: str) -> None:
    assert money(minor, currency, locale) == text


def test_quantities_and_rates_have_no_needless_zeros() -> None:
    assert [quantity(milli, DE) for milli in (2000, 732, -1500, 1_234_000)] == ["2", "0,732", "-1,5", "1.234"]
    assert [percent(rate, DE) for rate in (19_000, 8_875)] == ["19 %", "8,875 %"]


@pytest.mark.parametrize(("language", "found"), [("de", "de"), ("pt-BR", "pt_BR"), ("xx", "en"), ("?", "en")])
def test_a_language_babel_does_not_know_is_english(language: str, found: str) -> None:
    assert str(locale_of(language)) == found


def test_days_and_moments() -> None:
    assert day("2026-11-23", DE) == "23.11.2026"
    assert day("someday", DE) == "someday"
    assert "2026" in moment(1_795_435_200_000_000, EN)
    assert [clock(1_795_435_200_000_000, locale)[2:] for locale in (DE, EN)] == [":00", ":00"]
