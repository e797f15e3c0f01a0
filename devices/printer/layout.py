"""Blocks of text to rows of the paper's character width; figures are never split."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from devices.printer.document import Columns, Rule, Style, Text

if TYPE_CHECKING:
    from devices.printer.document import Align, Cell

_GAP: Final = 1  # columns between two cells
_NARROWEST: Final = 8  # a wrapped cell below this width is put on rows of its own
_MIRROR: Final[dict[Align, Align]] = {"left": "right", "right": "left", "center": "center"}
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})


@dataclass(frozen=True)
class Piece:
    """Text in a span of columns of a row."""

    text: str
    start: int
    width: int
    align: Align


@dataclass(frozen=True)
class Row:
    """One printed line: pieces from left to right, `width` in characters of the row's own size."""

    pieces: tuple[Piece, ...]
    style: Style
    width: int

    @property
    def text(self) -> str:
        """The row in characters, cells at their columns; a single full-width piece is left to ESC a."""
        if len(self.pieces) == 1 and self.pieces[0].width == self.width:
            return self.pieces[0].text
        line = ""
        for piece in self.pieces:
            line += " " * (piece.start - measure(line)) + _pad(piece)
        return line.rstrip(" ")


def measure(text: str) -> int:
    """Columns `text` takes: combining and format characters none, wide East Asian ones two."""
    return sum(_columns_of(character) for character in text)


def wrap(text: str, width: int) -> tuple[str, ...]:
    """Break `text` at spaces into lines of at most `width` columns; a longer word is cut.

    Leading spaces of the text stay as its indent; an empty text is one empty line.
    """
    lines: list[str] = []
    line = ""
    for token in re.findall(r" +|[^ ]+", text):
        if measure(line) + measure(token) <= width:
            line += token
        elif not token.strip(" "):
            lines.append(line)
            line = ""
        else:
            if line.strip(" "):
                lines.append(line.rstrip(" "))
            *whole, line = _chop(token, width)
            lines.extend(whole)
    lines.append(line.rstrip(" "))
    return tuple(lines) if len(lines) == 1 else tuple(entry for entry in lines if entry)


def rows(block: Text | Columns | Rule, columns: int, language: str) -> tuple[Row, ...]:
    """The rows a block takes on paper of `columns` characters of normal size."""
    if isinstance(block, Rule):
        return (_full(block.character * (columns // max(1, measure(block.character))), Style(), columns),)
    width = columns // block.style.size
    laid = _text_rows(block, width) if isinstance(block, Text) else _column_rows(block, width)
    return tuple(_mirrored(row) for row in laid) if language[:2] in RIGHT_TO_LEFT else laid


def _text_rows(block: Text, width: int) -> tuple[Row, ...]:
    return tuple(_full(line, block.style, width) for line in wrap(block.text, width))


def _column_rows(block: Columns, width: int) -> tuple[Row, ...]:
    widths = _widths(block.cells, width)
    if widths is None:
        return _stacked(block, width)
    starts = _starts(block.cells, widths, width)
    lines = [
        (cell.text,) if cell.align == "right" else wrap(cell.text, span)
        for cell, span in zip(block.cells, widths, strict=True)
    ]
    return tuple(
        Row(
            tuple(
                Piece(text, start, span, cell.align)
                for text, start, span, cell in zip(texts, starts, widths, block.cells, strict=True)
                if text
            ),
            replace(block.style, align="left"),
            width,
        )
        for texts in zip_longest(*lines, fillvalue="")
    )


def _widths(cells: tuple[Cell, ...], width: int) -> tuple[int, ...] | None:
    """Columns of each cell, or None when they cannot stand beside each other."""
    naturals = [measure(cell.text) for cell in cells]
    share = width // len(cells)
    figures = [cell for cell in cells if cell.align == "right"]
    if len(figures) > 1 and max(naturals) <= share - _GAP:  # a table of figures lines up from row to row
        return (width - share * (len(cells) - 1), *[share] * (len(cells) - 1))
    flexible = [place for place, cell in enumerate(cells) if cell.align != "right"]
    fixed = sum(natural for place, natural in enumerate(naturals) if place not in flexible)
    left = width - fixed - _GAP * (len(cells) - 1)
    return _shared(naturals, flexible, left)


def _shared(naturals: list[int], flexible: list[int], left: int) -> tuple[int, ...] | None:
    """Give the flexible cells what is left: their natural width where it fits, the widest pays otherwise."""
    widths = list(naturals)
    while flexible and sum(widths[place] for place in flexible) > left:
        widest = max(flexible, key=lambda place: widths[place])
        widths[widest] -= 1
        if widths[widest] < min(_NARROWEST, naturals[widest]):
            return None
    return tuple(widths) if left >= 0 else None


def _starts(cells: tuple[Cell, ...], widths: tuple[int, ...], width: int) -> tuple[int, ...]:
    """Where each cell begins: from the left edge up to the first figure, the others from the right edge."""
    first_right = next((place for place, cell in enumerate(cells) if cell.align == "right"), len(cells))
    gap = 0 if sum(widths) == width else _GAP
    starts, column = [], 0
    for span in widths[:first_right]:
        starts.append(column)
        column += span + gap
    column = width - sum(widths[first_right:]) - gap * max(0, len(cells) - first_right - 1)
    for span in widths[first_right:]:
        starts.append(column)
        column += span + gap
    return tuple(starts)


def _stacked(block: Columns, width: int) -> tuple[Row, ...]:
    """Cells below each other in their order, each figure right-aligned on a row of its own."""
    stacked: list[Row] = []
    for cell in block.cells:
        style = replace(block.style, align=cell.align)
        stacked.extend(_full(line, style, width) for line in wrap(cell.text, width))
    return tuple(stacked)


def _full(text: str, style: Style, width: int) -> Row:
    return Row((Piece(text, 0, width, style.align),), style, width)


def _mirrored(row: Row) -> Row:
    """The row as a right-to-left reader expects it: first column at the right edge."""
    pieces = tuple(
        Piece(piece.text, row.width - piece.start - piece.width, piece.width, _MIRROR[piece.align])
        for piece in reversed(row.pieces)
    )
    paragraph = len(pieces) == 1 and pieces[0].width == row.width
    align: Align = _MIRROR[row.style.align] if paragraph else "left"
    return Row(pieces, replace(row.style, align=align), row.width)


def _pad(piece: Piece) -> str:
    room = max(0, piece.width - measure(piece.text))
    before = {"left": 0, "right": room, "center": room // 2}[piece.align]
    return " " * before + piece.text + " " * (room - before)


def _chop(word: str, width: int) -> list[str]:
    """A word too long for a line, cut so that no combining mark leaves its letter."""
    parts = [""]
    for character in word:
        if measure(parts[-1]) + _columns_of(character) > width:
            parts.append("")
        parts[-1] += character
    return parts


def _columns_of(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
