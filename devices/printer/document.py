"""The print document: what is to stand on paper, judged once and then frozen."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

from devices.printer.barcode import BarcodeError, Symbol, parse_symbol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Align = Literal["left", "center", "right"]
CutMode = Literal["full", "partial"]
ALIGNMENTS: Final = ("left", "center", "right")
CUTS: Final = ("full", "partial")
WIDTHS: Final = ("80mm", "58mm")
PaperWidth = Literal["58mm", "80mm"]
MAX_SIZE: Final = 8  # GS ! scales a character 1 to 8 times
MAX_QR_MODULE: Final = 16  # GS ( k fn 167
MAX_QR_BYTES: Final = 2953  # QR version 40, level L, byte mode (ISO/IEC 18004)
MAX_FEED: Final = 255  # ESC d takes one byte
DRAWERS: Final = (1, 2)


@dataclass(frozen=True)
class Style:
    """How a line looks: `size` scales both directions, 1 to 8."""

    align: Align = "left"
    size: int = 1
    bold: bool = False
    underline: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph, wrapped at the paper's width."""

    text: str
    style: Style = Style()


@dataclass(frozen=True)
class Cell:
    """One column's text; a right-aligned cell is a figure and is never split."""

    text: str
    align: Align


@dataclass(frozen=True)
class Columns:
    """Cells beside each other on one line, or more where a left cell wraps."""

    cells: tuple[Cell, ...]
    style: Style = Style()


@dataclass(frozen=True)
class Rule:
    """A line across the paper made of `character`."""

    character: str


@dataclass(frozen=True)
class Qr:
    """A QR code; `size` is the module's width in dots."""

    data: str
    size: int = 6
    align: Align = "center"


@dataclass(frozen=True)
class Barcode:
    """A one-dimensional barcode with its digits below."""

    symbol: Symbol
    align: Align = "center"


@dataclass(frozen=True)
class Image:
    """A picture file, absolute or looked up by whoever prints."""

    path: str
    align: Align = "center"


@dataclass(frozen=True)
class Feed:
    """Empty lines."""

    lines: int


@dataclass(frozen=True)
class Drawer:
    """A pulse to cash drawer 1 or 2."""

    number: int


@dataclass(frozen=True)
class Cut:
    """The knife; a model without one feeds instead."""

    mode: CutMode


Block: TypeAlias = Text | Columns | Rule | Qr | Barcode | Image | Feed | Drawer | Cut


@dataclass(frozen=True)
class Document:
    """A judged print document.

    Attributes:
        language: BCP 47 tag of the texts.
        width: Paper the author had in mind; None leaves it to the printer's own.
        copy: To be marked COPY.
        blocks: In printing order.
        dropped: How many control characters were taken out of texts.
    """

    language: str
    width: PaperWidth | None
    copy: bool
    blocks: tuple[Block, ...]
    dropped: int = 0

    def as_copy(self) -> Document:
        """The same paper marked COPY; a copy never opens the drawer again."""
        blocks = tuple(block for block in self.blocks if not isinstance(block, Drawer))
        return replace(self, copy=True, blocks=blocks)


@dataclass(frozen=True)
class Problem:
    """What is wrong with a document; `position` counts blocks from 0, -1 is the document itself."""

    position: int
    sentence: str


class DocumentError(Exception):
    """The document is refused; `problems` lists every reason, first block first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = problems

    @property
    def position(self) -> int:
        """Position of the first refused block, -1 for the document itself."""
        return self.problems[0].position


class _RefusedError(Exception):
    """One block's fault, turned into a Problem with its position by the caller."""


class _Reader:
    """Takes typed fields out of one block's mapping; what is left over at the end is a fault."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        self._left = dict(fields)
        self.dropped = 0

    def take(self, key: str, default: object = None) -> object:
        return self._left.pop(key, default)

    def has(self, key: str) -> bool:
        return key in self._left

    def text(self, key: str, *, required: bool = True, lines: bool = False) -> str:
        value = self.take(key)
        if not isinstance(value, str) or (required and not value):
            raise _RefusedError(f"{key!r} must be a text, got {value!r}")
        return self.clean(value, lines=lines)

    def clean(self, value: str, *, lines: bool = False) -> str:
        kept, dropped = clean_text(value, lines=lines)
        self.dropped += dropped
        return kept

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        value = self.take(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise _RefusedError(f"{key!r} must be a whole number from {low} to {high}, got {value!r}")
        return value

    def flag(self, key: str) -> bool:
        value = self.take(key, default=False)
        if not isinstance(value, bool):
            raise _RefusedError(f"{key!r} must be true or false, got {value!r}")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        value = self.take(key, default)
        if not isinstance(value, str) or value not in allowed:
            raise _RefusedError(f"{key!r} must be one of {', '.join(allowed)}, got {value!r}")
        return value

    def align(self, default: Align = "left") -> Align:
        return cast("Align", self.one_of("align", ALIGNMENTS, default))

    def style(self) -> Style:
        return Style(
            self.align(), self.whole("size", 1, MAX_SIZE, 1), self.flag("bold"), self.flag("underline")
        )

    def finish(self) -> None:
        if self._left:
            raise _RefusedError(f"{', '.join(repr(key) for key in sorted(self._left))} is not known here")


def clean_text(text: str, *, lines: bool = False) -> tuple[str, int]:
    """NFC text without C0 and C1 control characters, and how many of those were dropped.

    A product's name must not be able to command the printer (`1B 70 00` would open the drawer). `lines` keeps
    line feeds: inside a QR code they are data.
    """
    passed = "\n" if lines else ""
    kept = "".join(each for each in text if each in passed or unicodedata.category(each) != "Cc")
    return unicodedata.normalize("NFC", kept), len(text) - len(kept)


def parse_document(raw: object) -> Document:
    """Judge a document given as plain JSON values.

    Raises:
        DocumentError: With every problem found, each with its block's position.
    """
    if not isinstance(raw, dict):
        raise DocumentError((Problem(-1, f"The document must be an object, got {type(raw).__name__}."),))
    reader = _Reader({str(key): value for key, value in raw.items()})
    problems: list[Problem] = []
    blocks: list[Block] = []
    dropped = 0
    entries = reader.take("blocks")
    head = _head(reader, entries, problems)
    for position, entry in enumerate(entries if isinstance(entries, list) else ()):
        try:
            block, lost = _block(entry)
        except _RefusedError as refusal:
            problems.append(Problem(position, f"blocks[{position}]: {refusal}."))
        else:
            blocks.append(block)
            dropped += lost
    if problems:
        raise DocumentError(tuple(problems))
    return replace(head, blocks=tuple(blocks), dropped=dropped + reader.dropped)


def _head(reader: _Reader, entries: object, problems: list[Problem]) -> Document:
    """The document's own fields; faults are collected so that blocks are judged all the same."""
    head = Document(language="en", width=None, copy=False, blocks=())
    if not isinstance(entries, list):
        problems.append(Problem(-1, f"The document: 'blocks' must be a list, got {entries!r}."))
    try:
        language = reader.clean(str(reader.take("language", "en")))
        width = cast("PaperWidth", reader.one_of("width", WIDTHS)) if reader.has("width") else None
        head = Document(language, width, reader.flag("copy"), ())
        reader.finish()
    except _RefusedError as refusal:
        problems.append(Problem(-1, f"The document: {refusal}."))
    return head


def _block(entry: object) -> tuple[Block, int]:
    """One block of the document, and how many control characters its texts lost."""
    if not isinstance(entry, dict):
        raise _RefusedError(f"a block must be an object, got {entry!r}")
    fields = {str(key): value for key, value in entry.items()}
    kinds = [kind for kind in _KINDS if kind in fields]
    if len(kinds) != 1:
        known = ", ".join(_KINDS)
        raise _RefusedError(
            f"a block is named by exactly one of {known}, got {', '.join(fields) or 'nothing'}"
        )
    reader = _Reader(fields)
    block = _KINDS[kinds[0]](reader)
    reader.finish()
    return block, reader.dropped


def _text(reader: _Reader) -> Block:
    return Text(reader.text("text", required=False), reader.style())


def _columns(reader: _Reader) -> Block:
    cells = reader.take("columns")
    if not isinstance(cells, list) or not cells:
        raise _RefusedError(f"'columns' must be a list of [text, alignment] pairs, got {cells!r}")
    return Columns(tuple(_cell(reader, cell) for cell in cells), reader.style())


def _cell(reader: _Reader, cell: object) -> Cell:
    if not (isinstance(cell, list) and len(cell) == len(("text", "align"))):
        raise _RefusedError(f"a column is a pair [text, alignment], got {cell!r}")
    text, align = cell
    if not isinstance(text, str) or align not in ALIGNMENTS:
        raise _RefusedError(f"a column is a pair [text, {'|'.join(ALIGNMENTS)}], got {cell!r}")
    return Cell(reader.clean(text), align)


def _rule(reader: _Reader) -> Block:
    character = reader.text("rule")
    if len(character) != 1:
        raise _RefusedError(f"'rule' must be one character, got {character!r}")
    return Rule(character)


def _qr(reader: _Reader) -> Block:
    data = reader.text("qr", lines=True)
    if not data or len(data.encode()) > MAX_QR_BYTES:
        raise _RefusedError(f"'qr' must hold 1 to {MAX_QR_BYTES} bytes, got {len(data.encode())}")
    return Qr(data, reader.whole("size", 1, MAX_QR_MODULE, 6), reader.align("center"))


def _barcode(reader: _Reader) -> Block:
    symbology, data = reader.text("barcode"), reader.text("data")
    try:
        symbol = parse_symbol(symbology, data)
    except BarcodeError as fault:
        raise _RefusedError(str(fault)) from fault
    return Barcode(symbol, reader.align("center"))


def _image(reader: _Reader) -> Block:
    return Image(reader.text("image"), reader.align("center"))


def _feed(reader: _Reader) -> Block:
    return Feed(reader.whole("feed", 1, MAX_FEED))


def _drawer(reader: _Reader) -> Block:
    return Drawer(reader.whole("drawer", DRAWERS[0], DRAWERS[-1]))


def _cut(reader: _Reader) -> Block:
    return Cut(cast("CutMode", reader.one_of("cut", CUTS)))


# A block's kind is the name of its first field (formats.md); "size" and "align" belong to several.
_KINDS: Final[Mapping[str, Callable[[_Reader], Block]]] = {
    "text": _text,
    "columns": _columns,
    "rule": _rule,
    "qr": _qr,
    "barcode": _barcode,
    "image": _image,
    "feed": _feed,
    "drawer": _drawer,
    "cut": _cut,
}
