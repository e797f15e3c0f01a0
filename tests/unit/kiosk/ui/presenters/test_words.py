from datetime import UTC, datetime

import pytest

from kiosk.bootstrap.words import translations
from kiosk.domain.money import Currency, Money
from kiosk.ui.presenters.words import LANGUAGE_NAMES, Words

EUR = Currency("EUR")
MOMENT = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


def words(language: str) -> Words:
    return Words(language, translations(language))


@pytest.mark.parametrize(
    ("language", "money", "expected"),
    [
        ("en", Money(2069, EUR), "€20.69"),
        ("de", Money(2069, EUR), "20,69\xa0€"),
        ("en", Money(-150, EUR), "\N{MINUS SIGN}€1.50"),
        ("de", Money(123456, EUR), "1.234,56\xa0€"),
        ("en", Money(500, Currency("JPY")), "¥500"),
    ],
)
def test_amounts_are_written_as_the_language_does_with_the_true_minus(
    language: str, money: Money, expected: str
) -> None:
    assert words(language).money(money) == expected


@pytest.mark.parametrize(
    ("language", "money", "expected"),
    [
        ("en", Money(5, EUR), "0.05"),
        ("de", Money(123456, EUR), "1234,56"),
        ("en", Money(7, Currency("JPY")), "7"),
    ],
)
def test_plain_amounts_have_no_currency_and_no_grouping(language: str, money: Money, expected: str) -> None:
    assert words(language).plain(money) == expected


def test_weights_rates_and_times_follow_the_language() -> None:
    german = words("de")
    assert german.milli(842) == "0,842"
    assert (german.percent(19_000), german.percent(8_875)) == ("19", "8,875")
    assert german.clock(MOMENT) == "09:05"
    assert german.moment(MOMENT) == "23.11.26, 09:05"


def test_words_come_from_the_catalogue_and_english_needs_none() -> None:
    assert words("de").gettext("Pay") == "Bezahlen"
    assert words("en").gettext("Pay") == "Pay"
    assert words("de").ngettext("{count} item", "{count} items", 1) == "{count} Artikel"


def test_every_language_of_the_project_has_its_own_name() -> None:
    assert set(LANGUAGE_NAMES) == {"en", "de", "fr", "es", "pl", "tr", "ar", "uk"}
