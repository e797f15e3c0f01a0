"""Reads a product file (CSV): each row a product, or refused with its line and one sentence."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from backend.catalog.import_cells import CellError, Defaults, product
from backend.errors import UserError
from kiosk.sync.wire import ProductEntry

REQUIRED = ("gtin", "name")
OPTIONAL = frozenset(
    {
        "brand", "quantity", "price", "tax", "category", "picture", "deposit", "min_age", "unit",
        "barcodes", "plu", "cost", "place", "allergens",
    }
)  # fmt: skip


class _Reader(Protocol):
    """What csv.reader gives."""

    line_num: int

    def __next__(self) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Loadable:
    """A row that can be a product. line: where it begins in the file. cost_minor stays at the backend."""

    line: int
    product: ProductEntry
    cost_minor: int | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that cannot, with its line and why."""

    line: int
    gtin: str
    reason: str


@dataclass(slots=True)
class ProductFile:
    """A file being read, row by row, so that a large one needs little memory.

    unknown_columns: passed over, known once the header is read.
    """

    defaults: Defaults
    unknown_columns: tuple[str, ...] = ()
    _seen: dict[str, int] = field(default_factory=dict)

    def read(self, lines: Iterable[str]) -> Iterator[Loadable | Refusal]:
        """Yield what each row is.

        Args:
            lines: the text of the file, as csv wants it (newlines kept).

        Raises:
            UserError: the header lacks a required column or names one twice.
        """
        reader = csv.reader(lines, strict=True)
        header = self._header(_next(reader))
        for line, cells in _rows(reader):
            if isinstance(cells, str):
                yield Refusal(line, "", cells)
            elif any(cell.strip() for cell in cells):
                yield self._row(line, header, cells)

    def _header(self, cells: list[str]) -> list[str]:
        names = [cell.strip().lower() for cell in cells]
        named = [name for name in names if name]
        if missing := [name for name in REQUIRED if name not in names]:
            raise UserError(
                f"the first line has no column {' or '.join(missing)}: expected a header such as "
                f"gtin,name,price with commas between, got {','.join(cells)[:80]!r}"
            )
        if twice := sorted({name for name in named if named.count(name) > 1}):
            raise UserError(f"the header names {', '.join(twice)} twice: expected each column once")
        self.unknown_columns = tuple(name for name in named if not _is_known(name))
        return names

    def _row(self, line: int, header: list[str], cells: list[str]) -> Loadable | Refusal:
        values = {name: _clean(cell) for name, cell in zip(header, cells, strict=False) if _is_known(name)}
        gtin = values.get("gtin", "")
        if len(cells) > len(header):
            return Refusal(
                line, gtin, f"{len(cells)} cells, expected {len(header)}: put a name with commas in quotes"
            )
        try:
            made, cost_minor = product(values, self.defaults)
            self._claim(line, made)
        except CellError as error:
            return Refusal(line, gtin, str(error))
        return Loadable(line, made, cost_minor)

    def _claim(self, line: int, made: ProductEntry) -> None:
        """Refuse a code that an earlier row of the file has."""
        for code in made.barcodes:
            if code in self._seen:
                raise CellError(
                    f"code {code} stands already in line {self._seen[code]}: expected each code once"
                )
        self._seen.update(dict.fromkeys(made.barcodes, line))


def open_text(path: Path) -> Iterator[str]:
    """Yield the lines of a UTF-8 file, with or without a byte order mark.

    Raises:
        UserError: the file cannot be read, or is not UTF-8.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from file
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UserError(
            f"{path} is not UTF-8 (byte {error.start} of a block): save it as CSV UTF-8"
        ) from None


def _next(reader: Iterator[list[str]]) -> list[str]:
    try:
        return next(reader, [])
    except csv.Error as error:
        raise UserError(
            f"the first line is not CSV ({error}): expected a header such as gtin,name,price"
        ) from None


def _rows(reader: _Reader) -> Iterator[tuple[int, list[str] | str]]:
    """Yield (line, cells) of each row, or (line, sentence) where the row is not CSV."""
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield line, f"not CSV ({error}): check the quotes of this line"
            continue
        if cells is None:
            return
        yield line, cells


def _is_known(name: str) -> bool:
    return name in REQUIRED or name in OPTIONAL or name.startswith("name:")


def _clean(cell: str) -> str:
    """Return a cell in NFC with control characters and runs of blanks made one blank."""
    if cell.isascii() and cell.isprintable() and "  " not in cell:
        return cell.strip()
    visible = "".join(" " if unicodedata.category(char) == "Cc" else char for char in cell)
    return " ".join(unicodedata.normalize("NFC", visible).split())
