"""A print document as the bytes of one job: the text up to the last cut, and the tail from that cut on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Protocol

from devices.printer import commands
from devices.printer.bitmap import raster
from devices.printer.codepage import encode_lossy, encode_text
from devices.printer.document import (
    Barcode,
    Columns,
    Cut,
    Document,
    Drawer,
    Feed,
    Image,
    Qr,
    Rule,
    Style,
    Text,
)
from devices.printer.layout import rows
from devices.printer.qr_fit import QUIET_ZONE, fit

if TYPE_CHECKING:
    from devices.printer.bitmap import Bitmap
    from devices.printer.codepage import CodePage
    from devices.printer.document import Align, Block
    from devices.printer.layout import Row
    from devices.printer.profile import Profile
    from devices.printer.qr_fit import Level

_BARCODE_HEIGHT: Final = 80
_BARCODE_MODULES: Final = (3, 2)
_QUIET_ZONE: Final = 20  # modules, both sides together (ISO/IEC 15417, 15420)
_COPY_WORDS: Final = {
    "ar": "نسخة",
    "de": "KOPIE",
    "es": "COPIA",
    "fr": "COPIE",
    "it": "COPIA",
    "nl": "KOPIE",
    "pl": "KOPIA",
    "ru": "КОПИЯ",
    "tr": "KOPYA",
    "uk": "КОПІЯ",
}


class Artist(Protocol):
    """Draws what a printer cannot write; each answer may be None: no font, no file."""

    def line(self, row: Row, profile: Profile) -> Bitmap | None:
        """One row of text, as wide as the paper."""

    def picture(self, path: str, width_dots: int) -> Bitmap | None:
        """A picture file, at most `width_dots` wide."""

    def qr(self, data: str, module: int, level: Level) -> Bitmap | None:
        """A QR code with `module` dots a module."""


@dataclass(frozen=True)
class Encoded:
    """A job's bytes; every part is a whole command or more, so that others may be sent between two parts.

    Attributes:
        text: From ESC @ up to the last cut.
        tail: The last cut and what follows it; empty when the document has none.
        skipped: What could not be printed, one sentence each.
        lines: Rows of text printed.
        cuts: Cuts made.
    """

    text: tuple[bytes, ...]
    tail: tuple[bytes, ...]
    skipped: tuple[str, ...]
    lines: int
    cuts: int


def encode(document: Document, profile: Profile, artist: Artist) -> Encoded:
    """Make the bytes of a document for a printer model; what it cannot print is skipped and named."""
    if document.width is not None:
        profile = profile.narrowed(document.width)
    blocks = _marked(document) if document.copy else document.blocks
    last = _last_cut(blocks)
    writer = _Writer(profile, artist, document.language)
    writer.begin()
    for block in blocks[:last]:
        writer.block(block)
    text = writer.flush()
    for block in blocks[last:]:
        writer.block(block)
    return Encoded(text, writer.flush(), tuple(writer.skipped), writer.lines, writer.cuts)


def cut_only(profile: Profile) -> tuple[bytes, ...]:
    """What separates a receipt whose text is on paper from the next: the knife alone, or a feed."""
    return (_cut(Cut("partial"), profile),)


def _last_cut(blocks: tuple[Block, ...]) -> int:
    return max((place for place, block in enumerate(blocks) if isinstance(block, Cut)), default=len(blocks))


def _marked(document: Document) -> tuple[Block, ...]:
    """The blocks with COPY, also in the reader's language, at the head and before the last cut."""
    word = _COPY_WORDS.get(document.language[:2])
    mark = Text(f"{word} / COPY" if word else "COPY", Style(align="center", size=2, bold=True))
    last = _last_cut(document.blocks)
    return (mark, *document.blocks[:last], mark, *document.blocks[last:])


def _cut(block: Cut, profile: Profile) -> bytes:
    if profile.cut == "none":
        return commands.feed(6)
    return commands.cut(block.mode if profile.cut == "partial" else "full")


@dataclass
class _Writer:
    """Collects the commands of blocks and remembers the code page and style the printer is in."""

    profile: Profile
    artist: Artist
    language: str
    parts: list[bytes] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    lines: int = 0
    cuts: int = 0
    page: CodePage | None = None
    style: Style = field(default_factory=Style)

    def begin(self) -> None:
        """ESC @ forgets modes and, on several models, ASB and the code page: both are set again after it."""
        self.page = self.profile.code_pages[0] if self.profile.code_pages else None
        select = commands.code_page(self.page.number) if self.page else b""
        area = commands.area_width(self.profile.width_dots) if self.profile.narrow else b""
        self.parts.append(commands.INITIALISE + commands.STATUS_BACK_ON + select + area)

    def flush(self) -> tuple[bytes, ...]:
        parts, self.parts = tuple(part for part in self.parts if part), []
        return parts

    def block(self, block: Block) -> None:
        match block:
            case Text() | Columns() | Rule():
                for row in rows(block, self.profile.columns, self.language):
                    self._row(row)
            case Qr():
                self._qr(block)
            case Barcode():
                self._barcode(block)
            case Image():
                self._image(block)
            case Feed():
                self.parts.append(commands.feed(block.lines))
            case Drawer():
                self.parts.append(commands.drawer(block.number))
            case _:
                self.cuts += 1
                self.parts.append(_cut(block, self.profile))

    def _row(self, row: Row) -> None:
        self.lines += 1
        runs = encode_text(row.text, self.profile.code_pages)
        if runs is None and self.profile.raster:
            drawn = self.artist.line(row, self.profile)
            if drawn is not None:
                self._bitmap(drawn, "left")
                return
        if runs is None:
            self.skipped.append(f"No font and no code page has every character of {row.text!r}.")
            runs = encode_lossy(row.text, self.profile.code_pages)
        written = b"".join(self._select(run.page) + run.data for run in runs)
        self.parts.append(self._style(row.style) + written + commands.NEW_LINE)

    def _select(self, page: CodePage) -> bytes:
        if page == self.page:
            return b""
        self.page = page
        return commands.code_page(page.number)

    def _style(self, style: Style) -> bytes:
        before, self.style = self.style, style
        changes = b"" if style.align == before.align else commands.align(style.align)
        if replace(before, align=style.align) != style:
            changes += commands.style(style)
        return changes

    def _qr(self, block: Qr) -> None:
        fitting = fit(len(block.data.encode()), block.size, self.profile.width_dots)
        if fitting is not None and self.profile.qr:
            code = commands.qr(block.data, fitting.module, fitting.level)
            quiet = commands.space(QUIET_ZONE * fitting.module)  # the printer's own symbol comes without it
            self.parts.append(self._style(Style(block.align)) + quiet + code + quiet)
            return
        drawn = None
        if fitting is not None and self.profile.raster:
            drawn = self.artist.qr(block.data, fitting.module, fitting.level)
        if drawn is None:
            self.skipped.append(f"The QR code does not fit this printer: {block.data!r}.")
        else:
            self._bitmap(drawn, block.align)

    def _barcode(self, block: Barcode) -> None:
        if not self.profile.barcode:
            self._figures(block, "This model prints no barcodes")
            return
        modules = block.symbol.modules + _QUIET_ZONE
        fitting = [module for module in _BARCODE_MODULES if modules * module <= self.profile.width_dots]
        if not fitting:
            self._figures(block, "The barcode is wider than the paper")
            return
        look = commands.barcode_look(fitting[0], _BARCODE_HEIGHT)
        self.parts.append(self._style(Style(block.align)) + look + block.symbol.command())

    def _figures(self, block: Barcode, reason: str) -> None:
        self.skipped.append(f"{reason}; {block.symbol.data} is printed in figures.")
        self.block(Text(block.symbol.data, Style(block.align)))

    def _image(self, block: Image) -> None:
        drawn = self.artist.picture(block.path, self.profile.width_dots) if self.profile.raster else None
        if drawn is None:
            self.skipped.append(f"The picture {block.path} cannot be printed.")
        else:
            self._bitmap(drawn, block.align)

    def _bitmap(self, bitmap: Bitmap, align: Align) -> None:
        self.parts.append(self._style(Style(align)))
        self.parts.extend(raster(bitmap))
