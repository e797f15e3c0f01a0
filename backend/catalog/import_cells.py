"""Reads the cells of one product row strictly; a cell that is wrong refuses the row with a sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.domain.barcode import Gtin, check_digit
from kiosk.domain.catalogue import Unit
from kiosk.domain.errors import DomainError
from kiosk.domain.money import Currency, Money
from kiosk.sync.wire import PriceEntry, ProductEntry
from kiosk.sync.wire.fields import MAX_TEXT, storable

_RUINED: Final = re.compile(r"\d+([.,]\d+)?[eE]\+?\d+|\d{7,14}[.,]0+")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_PLU: Final = re.compile(r"\d{4,5}")
_MAX_AGE: Final = 99
_GTIN_LENGTHS: Final = (8, 12, 13, 14)
_MAX_MINOR: Final = 10**12


class CellError(ValueError):
    """A cell refuses its row; the sentence says which, what was got and what was expected."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a row without the cell gets. price: text as in a cell, or empty for none.

    language: the shop's own. tax_codes: names of the shop's rates, the usual one first.
    """

    currency: Currency
    language: str
    tax_codes: tuple[str, ...]
    tax: str
    price: str = ""


def product(cells: Mapping[str, str], defaults: Defaults) -> tuple[ProductEntry, int | None]:
    """Make a product of a row.

    Args:
        cells: text by column name; an absent cell is an empty one.
        defaults: what stands in for an empty price or tax.

    Returns:
        The product, found first by its own GTIN; and its cost in minor units, or None.

    Raises:
        CellError: a cell cannot be meant.
    """
    own = gtin14(cells.get("gtin", ""), "gtin")
    further = [gtin14(code, "barcodes") for code in _list(cells.get("barcodes", ""))]
    price = money_minor(cells.get("price", "") or defaults.price, "price", defaults.currency)
    made = ProductEntry(
        product_id=own,
        names=_names(cells, defaults.language),
        tax_code=_tax(cells.get("tax", ""), defaults),
        barcodes=tuple(dict.fromkeys((own, *further))),
        prices=() if price is None else (PriceEntry(price, version=0),),
        brand=_text(cells, "brand"),
        size=_text(cells, "quantity"),
        category=_text(cells, "category"),
        picture=_text(cells, "picture") or None,
        deposit_minor=money_minor(cells.get("deposit", ""), "deposit", defaults.currency) or 0,
        min_age=_age(cells.get("min_age", "")),
        unit=_unit(cells.get("unit", "")),
        plu=_plu(cells.get("plu", "")),
        place=_text(cells, "place"),
        allergens=_list(cells.get("allergens", "").lower()),
    )
    return made, money_minor(cells.get("cost", ""), "cost", defaults.currency)


def gtin14(code: str, column: str) -> str:
    """Return the fourteen digits of a code as it stands in a file.

    Raises:
        CellError: no GTIN; a code that a spreadsheet has made a number of is named as such.
    """
    try:
        return Gtin.parse(code).digits
    except DomainError:
        raise CellError(f"{column}: {_why_no_gtin(code)}") from None


def _why_no_gtin(code: str) -> str:
    if not code:
        return "empty, expected 8, 12, 13 or 14 digits"
    if _RUINED.fullmatch(code):
        return (
            f"{code!r} is what a spreadsheet makes of a code, its digits are lost: "
            "format the column as text and export it again"
        )
    if not (code.isascii() and code.isdigit()):
        return f"{code[:40]!r} holds other characters than digits, expected 8, 12, 13 or 14 digits"
    if len(code) not in _GTIN_LENGTHS:
        return f"{code[:40]!r} has {len(code)} digits, expected 8, 12, 13 or 14{_lost_zeros(code)}"
    expected = check_digit(code[:-1])
    return f"{code!r} ends with check digit {code[-1]}, expected {expected}: look for a slip in the number"


def _lost_zeros(code: str) -> str:
    if len(code) > max(_GTIN_LENGTHS) or check_digit(code[:-1]) != int(code[-1]):
        return ""
    return ": a spreadsheet may have dropped its leading zeros, format the column as text"


def _names(cells: Mapping[str, str], language: str) -> tuple[tuple[str, str], ...]:
    names = {language: _text(cells, "name")}
    if not names[language]:
        raise CellError("name: empty, expected what the receipt calls the product")
    for column in cells:
        prefix, _, code = column.partition(":")
        if prefix == "name" and code and (text := _text(cells, column)):
            if not _LANGUAGE.fullmatch(code):
                raise CellError(f"{column}: {code!r} is no language, expected a code such as name:de")
            names[code] = text
    return tuple(names.items())


def _text(cells: Mapping[str, str], column: str) -> str:
    text = cells.get(column, "")
    if len(text) > MAX_TEXT or not storable(text):
        raise CellError(f"{column}: {len(text)} characters, expected at most {MAX_TEXT} of valid text")
    return text


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for one in cell.split(";") if (part := one.strip()))


def money_minor(cell: str, column: str, currency: Currency) -> int | None:
    """Read an amount in minor units; an empty cell is none.

    Raises:
        CellError: no amount of this currency, or below zero.
    """
    if not cell:
        return None
    try:
        minor = Money.parse(cell, currency).minor
    except DomainError:
        example = Money(199, currency).as_decimal()
        raise CellError(f"{column}: got {cell[:40]!r}, expected {currency.code} such as {example}") from None
    if not 0 <= minor <= _MAX_MINOR:
        raise CellError(
            f"{column}: got {cell[:40]!r}, expected no less than 0 and no more than a shop can ask"
        )
    return minor


def _tax(cell: str, defaults: Defaults) -> str:
    name = cell or defaults.tax
    if name not in defaults.tax_codes:
        raise CellError(f"tax: got {name[:40]!r}, expected one of {', '.join(defaults.tax_codes)}")
    return name


def _age(cell: str) -> int:
    if not cell:
        return 0
    if not (cell.isascii() and cell.isdigit()) or int(cell[:4]) > _MAX_AGE:
        raise CellError(f"min_age: got {cell[:40]!r}, expected whole years up to {_MAX_AGE}")
    return int(cell)


def _unit(cell: str) -> str:
    units = [unit.value for unit in Unit]
    if cell and cell.lower() not in units:
        raise CellError(f"unit: got {cell[:40]!r}, expected one of {', '.join(units)}")
    return cell.lower() or Unit.PIECE.value


def _plu(cell: str) -> str | None:
    if cell and not _PLU.fullmatch(cell):
        raise CellError(f"plu: got {cell[:40]!r}, expected four or five digits")
    return cell or None
