"""The shelf to scan from: products of an import file, as the tiles of the page."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from devices.printer.simulator.barcodes import UnprintableError, bars

_GTIN_LENGTHS = (8, 12, 13, 14)
_SYSTEMS = {8: 68, 12: 65, 13: 67}
_SIGNS = {"EUR": "€", "GBP": "£", "USD": "$", "CHF": "CHF ", "PLN": "zł ", "TRY": "₺", "UAH": "₴"}
_EAN8_ZEROS = "0" * 6


class ShelfError(ValueError):
    """The file cannot be a shelf; one sentence."""


@dataclass(frozen=True, slots=True)
class Product:
    """One tile.

    ``code``: what the scanner reads. ``note``: price or what is special, as shown. ``picture``: file name in
    the picture directory, or empty. ``bars``: modules of the bar code, 1 is a bar; empty where none is drawn.
    """

    code: str
    name: str
    note: str
    category: str
    picture: str
    bars: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """All tiles in the order of the file, and how many of its lines have no use here.

    ``sign``: what stands before an amount.
    """

    products: tuple[Product, ...] = ()
    skipped: int = 0
    sign: str = "€"

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories in the order they first occur."""
        return tuple(dict.fromkeys(product.category for product in self.products if product.category))


def read_shelf(path: Path, pictures: Path | None, currency: str = "EUR") -> Shelf:
    """Read a product file of the import format (``gtin,name,…``).

    Raises:
        ShelfError: the file cannot be read or has no gtin and name.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return _shelf(csv.DictReader(lines), _names(pictures), _SIGNS.get(currency, f"{currency} "), path)
    except OSError as error:
        raise ShelfError(f"The shelf {path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ShelfError(f"The shelf {path} is no CSV file in UTF-8 ({error}).") from error


def _names(pictures: Path | None) -> frozenset[str]:
    try:
        return frozenset(each.name for each in pictures.iterdir()) if pictures is not None else frozenset()
    except OSError as error:
        raise ShelfError(f"The pictures {pictures} cannot be read: {error.strerror}.") from error


def _shelf(rows: csv.DictReader[str], pictures: frozenset[str], sign: str, path: Path) -> Shelf:
    columns: Iterable[str] = rows.fieldnames or ()
    missing = [name for name in ("gtin", "name") if name not in columns]
    if missing:
        raise ShelfError(f"The shelf {path} has no column {' and '.join(missing)}; expected gtin,name,….")
    products, skipped = [], 0
    for row in rows:
        # A short line leaves columns None, a long one has its rest under None.
        cells = {name: value.strip() for name, value in row.items() if name and isinstance(value, str)}
        product = _product(cells, pictures, sign)
        if product is None:
            skipped += 1
        else:
            products.append(product)
    return Shelf(tuple(products), skipped, sign)


def _product(cells: dict[str, str], pictures: frozenset[str], sign: str) -> Product | None:
    gtin, name = cells.get("gtin", ""), cells.get("name", "")
    if not name or not (gtin.isascii() and gtin.isdigit()) or len(gtin) not in _GTIN_LENGTHS:
        return None
    code = as_printed(gtin)
    picture = Path(cells.get("picture", "")).name
    return Product(
        code=code,
        name=name,
        note=_note(cells, sign),
        category=cells.get("category", ""),
        picture=picture if picture in pictures else "",
        bars=_bars(code),
    )


def as_printed(gtin: str) -> str:
    """A GTIN as it stands on the pack: GTIN-14 with leading zeros is an EAN-13 or EAN-8."""
    if len(gtin) != max(_GTIN_LENGTHS) or not gtin.startswith("0"):
        return gtin
    return gtin[6:] if gtin.startswith(_EAN8_ZEROS) else gtin[1:]


def _bars(code: str) -> str:
    if len(code) not in _SYSTEMS:
        return ""
    try:
        return bars(_SYSTEMS[len(code)], code.encode()).modules
    except UnprintableError:
        return ""


def _note(cells: dict[str, str], sign: str) -> str:
    price, unit, age = cells.get("price", ""), cells.get("unit", ""), cells.get("min_age", "")
    if age not in ("", "0"):
        return f"from {age} years"
    if not price:
        return cells.get("quantity", "")
    if unit not in ("", "piece", "each", "pc", "pcs"):
        return f"{sign}{price} a {unit}"
    return (
        f"{sign}{price} + deposit" if cells.get("deposit", "") not in ("", "0", "0.00") else f"{sign}{price}"
    )
