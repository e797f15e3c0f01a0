"""Characters as ink: a monospaced font in the printer's cells, one bit a dot as a thermal head burns."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

_AnyFont = ImageFont.FreeTypeFont | ImageFont.ImageFont
_SYSTEM = Path("/usr/share/fonts/truetype/dejavu")
_REGULAR = ("DejaVuSansMono.ttf", "RobotoMono-Regular.ttf")
_BOLD = ("DejaVuSansMono-Bold.ttf", "RobotoMono-Regular.ttf")
# A dot is burnt where at least this much of it is covered; lower makes heavier letters.
_BURN = 96
# DejaVu Sans Mono: advance 0.602 em, ascent 0.928 em; the size that fills a cell of a given width.
_EM_PER_CELL = 1 / 0.602


class Cell(NamedTuple):
    """Dots of one character cell."""

    width: int
    height: int


FONT_A = Cell(12, 24)
FONT_B = Cell(9, 17)


def font_file(names: tuple[str, ...], folders: tuple[Path, ...] | None = None) -> Path | None:
    """The first of the named fonts found in the folders, or None for Pillow's built-in one."""
    places = folders if folders is not None else (_SYSTEM, *_kivy_fonts())
    for place in places:
        for name in names:
            if (place / name).is_file():
                return place / name
    return None


def _kivy_fonts() -> tuple[Path, ...]:
    """Kivy's own fonts, where it is installed, found without importing it."""
    site = Path(Image.__file__).parent.parent
    return (site / "kivy" / "data" / "fonts",)


class Glyphs:
    """Draws characters and keeps what it has drawn."""

    def __init__(self, folders: tuple[Path, ...] | None = None) -> None:
        """Look for fonts in ``folders`` (default: the system's and Kivy's)."""
        self._regular = font_file(_REGULAR, folders)
        self._bold = font_file(_BOLD, folders)
        self._fonts: dict[tuple[int, bool], _AnyFont] = {}
        self._drawn: dict[tuple[str, Cell, int, int, bool], Image.Image] = {}

    def draw(
        self, character: str, cell: Cell, wide: int = 1, high: int = 1, *, bold: bool = False
    ) -> Image.Image:
        """Ink of one character, ``cell`` times ``wide`` and ``high`` dots, mode L, 255 where burnt."""
        key = (character, cell, wide, high, bold)
        found = self._drawn.get(key)
        if found is None:
            found = self._drawn[key] = self._make(character, cell, wide, high, bold=bold)
        return found

    def _make(self, character: str, cell: Cell, wide: int, high: int, *, bold: bool) -> Image.Image:
        scale = max(wide, high)
        width, height = cell.width * scale, cell.height * scale
        ink = Image.new("L", (width, height), 0)
        size = round(cell.width * scale * _EM_PER_CELL)
        # The base line lies at four fifths of the cell, as in the printers' own fonts.
        draw, font = ImageDraw.Draw(ink), self._font(size, bold=bold)
        if isinstance(font, ImageFont.FreeTypeFont):
            draw.text((width / 2, round(height * 0.79)), character, fill=255, font=font, anchor="ms")
        else:
            draw.text((1, 2), character.encode("latin-1", "replace").decode("latin-1"), fill=255, font=font)
        if (wide, high) != (scale, scale):
            ink = ink.resize((cell.width * wide, cell.height * high), Image.Resampling.LANCZOS)
        return ink.point([255 if level >= _BURN else 0 for level in range(256)])

    def _font(self, size: int, *, bold: bool) -> _AnyFont:
        key = (size, bold)
        if key not in self._fonts:
            path = self._bold if bold else self._regular
            self._fonts[key] = ImageFont.truetype(path, size) if path else ImageFont.load_default(size)
        return self._fonts[key]
