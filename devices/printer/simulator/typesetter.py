"""Sets commands as lines of ink on the paper: one line buffer, printed when it ends or is full."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw

from devices.printer.simulator import images
from devices.printer.simulator.commands import Command, Kind
from devices.printer.simulator.glyphs import FONT_A, Glyphs
from devices.printer.simulator.paper import Paper
from devices.printer.simulator.profile import Profile
from devices.printer.simulator.style import Style, changed, international
from devices.printer.simulator.symbols import Drawn, Symbols

_TAB_COLUMNS = 8
_RASTER_SCALE = {0: (1, 1), 1: (2, 1), 2: (1, 2), 3: (2, 2)}
_HALF = 0x80


class Typesetter:
    """Turns commands into paper. Give it every command that is not about the printer as a machine."""

    def __init__(self, profile: Profile, glyphs: Glyphs) -> None:
        self.paper = Paper(profile.width_dots)
        self._profile = profile
        self._glyphs = glyphs
        self._symbols = Symbols(glyphs)
        self._style = Style()
        self._tabs: tuple[int, ...] = ()
        self._stored: Image.Image | None = None
        self._lead = b""
        self._items: list[tuple[int, Image.Image, str]] = []
        self._at = 0
        self._does: dict[Kind, Callable[[Command], None]] = {
            Kind.TEXT: self._text,
            Kind.LINE_FEED: self._line_feed,
            Kind.TAB: self._tab,
            Kind.TAB_STOPS: self._tab_stops,
            Kind.POSITION: self._position,
            Kind.INIT: self._init,
            Kind.FEED_LINES: self._feed_lines,
            Kind.FEED_DOTS: self._feed_dots,
            Kind.RASTER: self._raster,
            Kind.COLUMN_IMAGE: self._column_image,
            Kind.GRAPHICS: self._graphics,
            Kind.SYMBOL: self._symbol,
            Kind.BARCODE: self._barcode,
            Kind.BARCODE_HEIGHT: self._barcode_setting,
            Kind.BARCODE_WIDTH: self._barcode_setting,
            Kind.HRI_POSITION: self._barcode_setting,
            Kind.HRI_FONT: self._barcode_setting,
        }

    def apply(self, command: Command) -> int:
        """Carry out one command; the dots of paper it moved."""
        before = self.paper.length
        handler = self._does.get(command.kind)
        if handler is not None:
            handler(command)
        elif (style := changed(self._style, command)) is not None:
            self._style = style
        return self.paper.length - before

    def flush(self) -> None:
        """Print what stands in the line buffer, if anything."""
        if self._items:
            self._print_line()

    def drop_line(self) -> None:
        """Forget the line buffer (a clear command); settings stay."""
        self._items, self._at, self._lead = [], 0, b""

    def reset(self) -> None:
        """Power off or ESC @: line buffer, settings and stored images are lost; the paper stays."""
        self.drop_line()
        self._style, self._tabs, self._stored = Style(), (), None
        self._symbols.reset()

    def _init(self, _command: Command) -> None:
        self.reset()

    def _text(self, command: Command) -> None:
        for character in self._decode(command.data):
            self._place(self._character(character), character)

    def _decode(self, data: bytes) -> str:
        if not self._style.kanji:
            page = self._profile.code_pages.get(self._style.page, "ascii")
            return international(data.decode(page, "replace"), self._style.charset)
        # Two byte characters: a lead byte may wait for its second in the next slice of the stream.
        data = self._lead + data
        odd = 0
        for byte in data:
            odd = 0 if odd or byte <= _HALF else 1
        self._lead = data[len(data) - odd :]
        return data[: len(data) - odd].decode("gb18030", "replace")

    def _character(self, character: str) -> Image.Image:
        style = self._style
        wide = style.wide * (2 if ord(character) >= 0x2E80 else 1)  # noqa: PLR2004 - CJK starts here
        ink = self._glyphs.draw(character, style.cell, wide, style.high, bold=style.bold)
        if style.gap or style.underline or style.reverse:
            whole = Image.new("L", (ink.width + style.gap, ink.height))
            whole.paste(ink, (0, 0))
            ink = whole
        if style.reverse:
            return ImageChops.invert(ink)
        if style.underline:
            bottom = ink.height - 1
            ImageDraw.Draw(ink).rectangle((0, bottom - style.underline + 1, ink.width, bottom), fill=255)
        return ink

    @property
    def _area(self) -> int:
        most = max(FONT_A.width, self.paper.width - self._style.left)
        return min(self._style.area or most, most)

    def _place(self, ink: Image.Image, text: str) -> None:
        """Put ink at the end of the line; a full line is printed first."""
        if self._at + ink.width > self._area and self._items:
            self._print_line()
        self._items.append((self._at, ink, text))
        self._at += ink.width

    def _print_line(self) -> None:
        tallest = max(ink.height for _, ink, _ in self._items)
        line = Image.new("L", (self.paper.width, tallest), 0)
        shift = self._style.left + self._slack(self._at)
        for left, ink, _ in self._items:
            line.paste(255, (shift + left, tallest - ink.height), ink)
        # Leading: a line is as high as the spacing says, or as its tallest character.
        self.paper.put(line, 0, max(self._style.spacing, tallest))
        self.paper.write(self._as_text(shift))
        self._items, self._at = [], 0

    def _as_text(self, shift: int) -> str:
        line, column = " " * (shift // FONT_A.width), 0
        for left, ink, text in self._items:
            # Places skipped by a tab or an absolute position show as blanks.
            line += " " * ((left - column) // FONT_A.width) + text
            column = left + ink.width
        return line

    def _slack(self, width: int) -> int:
        room = max(0, self._area - width)
        return (0, room // 2, room)[self._style.justify]

    def _line_feed(self, _command: Command) -> None:
        if self._items:
            self._print_line()
            return
        self.paper.feed(self._style.spacing)
        self.paper.write("")

    def _feed_lines(self, command: Command) -> None:
        self.flush()
        for _ in range(command.args[0]):
            self.paper.feed(self._style.spacing)
            self.paper.write("")

    def _feed_dots(self, command: Command) -> None:
        self.flush()
        self.paper.feed(command.args[0])

    def _tab(self, _command: Command) -> None:
        width = self._style.cell.width * self._style.wide
        stops = self._tabs or tuple(range(_TAB_COLUMNS, self.paper.width // width, _TAB_COLUMNS))
        self._at = next((stop * width for stop in stops if stop * width > self._at), self._at)

    def _tab_stops(self, command: Command) -> None:
        self._tabs = command.args

    def _position(self, command: Command) -> None:
        self._at = min(command.args[0] + command.args[1] * 256, self._area)

    def _raster(self, command: Command) -> None:
        mode, row_bytes, rows = command.args
        self._print_image(images.raster(row_bytes, rows, command.data, *_RASTER_SCALE[mode]))

    def _column_image(self, command: Command) -> None:
        mode, count, depth = command.args
        ink = images.columns(mode, count, depth, command.data)
        if ink is not None:
            self._place(ink, f"[IMAGE {ink.width} x {ink.height}]")

    def _graphics(self, command: Command) -> None:
        found = images.graphics(command.data)
        self._stored = found.ink or self._stored
        if found.prints:
            self._print_image(self._stored)
            self._stored = None

    def _symbol(self, command: Command) -> None:
        self._print_symbol(self._symbols.command(command.data))

    def _barcode(self, command: Command) -> None:
        self._print_symbol(self._symbols.bars(command.args[0], command.data))

    def _barcode_setting(self, command: Command) -> None:
        style, value = self._symbols.barcode, command.args[0]
        match command.kind:
            case Kind.BARCODE_HEIGHT:
                style.height = max(1, value)
            case Kind.BARCODE_WIDTH:
                style.module = max(1, min(value, 6))
            case Kind.HRI_POSITION:
                style.hri = value
            case _:
                style.hri_font = value

    def _print_symbol(self, drawn: Drawn | None) -> None:
        if drawn is None:
            return
        if drawn.ink is not None and drawn.ink.width > self._area:
            # A code wider than the line is not printed at all: a part of it would read as something else.
            drawn = Drawn(None, f"{drawn.marker[:-1]} not printed: wider than the paper]")
        self.flush()
        if drawn.ink is None:
            self.paper.write(drawn.marker)
        else:
            self._print_block(drawn.ink, drawn.marker)

    def _print_image(self, ink: Image.Image | None) -> None:
        self.flush()
        if ink is not None:
            self._print_block(ink, f"[IMAGE {ink.width} x {ink.height}]")

    def _print_block(self, ink: Image.Image, marker: str) -> None:
        """Print ink on its own, justified; dots beyond the line are lost."""
        left = self._style.left + self._slack(ink.width)
        self.paper.put(
            ink.crop((0, 0, min(ink.width, self.paper.width - left), ink.height)), left, ink.height
        )
        self.paper.write(" " * (left // FONT_A.width) + marker)
