"""The words of the digital receipt by language; written by hand, English where a language is missing."""

from typing import Final

Words = dict[str, str | dict[str, str]]

WORDS: Final[dict[str, Words]] = {
    "en": {
        "receipt": "Receipt",
        "deposit": "Deposit",
        "total": "Total",
        "tax": "Tax",
        "net": "net",
        "gross": "gross",
        "terminal": "Terminal",
        "slip": "slip",
        "trace": "trace",
        "thanks": "Thank you for shopping with us.",
        "methods": {"card": "Card", "cash": "Cash", "qr": "Payment by phone"},
    },
    "de": {
        "receipt": "Beleg",
        "deposit": "Pfand",
        "total": "Summe",
        "tax": "MwSt.",
        "net": "netto",
        "gross": "brutto",
        "terminal": "Terminal",
        "slip": "Beleg",
        "trace": "Trace",
        "thanks": "Danke für Ihren Einkauf.",
        "methods": {"card": "Karte", "cash": "Bar", "qr": "Zahlung per Telefon"},
    },
}


def words(language: str) -> Words:
    """Return the words of a language such as de or de-AT."""
    return WORDS.get(language.partition("-")[0], WORDS["en"])
