"""The paper strip hanging out of the printer: ink and text line by line, and the finished sheet."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

_PAPER = (252, 250, 245)
_SHADE = (243, 240, 233)
_EDGE = (216, 211, 200)
_INK = (38, 35, 36)
_TOP = 40
_TOOTH = 8
_TOOTH_DEPTH = 5
# A thermal dot bleeds a little into its neighbours.
_BLEED = 0.45


@dataclass(frozen=True, slots=True)
class Sheet:
    """What left the printer between two cuts: ink (mode L, 255 burnt) and the text lines with markers."""

    ink: Image.Image
    text: str
    lines: int


class Paper:
    """An endless strip, ``width`` dots printable; lengths in dots at 203 dpi (8 a millimetre)."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.length = 0
        self._pieces: list[tuple[int, int, Image.Image]] = []
        self._text: list[str] = []

    @property
    def lines(self) -> int:
        """Text lines since the last cut."""
        return len(self._text)

    @property
    def blank(self) -> bool:
        """Whether nothing was printed since the last cut."""
        return not self._pieces

    @property
    def white_below(self) -> int:
        """Dots of blank paper after the last ink."""
        return self.length - max((top + ink.height for _, top, ink in self._pieces), default=0)

    def put(self, ink: Image.Image, left: int, height: int) -> None:
        """Burn ``ink`` at the present place, ``left`` dots from the edge, and move on by ``height`` dots."""
        self._pieces.append((left, self.length, ink))
        self.length += height

    def feed(self, dots: int) -> None:
        """Move the paper on."""
        self.length += dots

    def write(self, line: str) -> None:
        """Add a line to the text twin."""
        self._text.append(line.rstrip())

    def look(self) -> Sheet:
        """The strip as it is now, without cutting it."""
        ink = Image.new("L", (self.width, max(1, self.length)), 0)
        for left, top, piece in self._pieces:
            ink.paste(255, (left, top), piece)
        return Sheet(ink, "\n".join(self._text) + "\n", self.lines)

    def cut(self) -> Sheet:
        """Take the strip off; the next one begins empty."""
        sheet = self.look()
        self.length = 0
        self._pieces.clear()
        self._text.clear()
        return sheet


def picture(sheet: Sheet, paper_dots: int, *, torn: bool = True) -> Image.Image:
    """The sheet as a photograph of sorts: warm white, margins, sawn edges, soft dark ink; mode RGBA.

    Args:
        sheet: what was printed.
        paper_dots: width of the paper; the printable width lies in its middle.
        torn: whether the lower edge is cut; a strip still in the printer has its lower edge in the paper way.
    """
    ink = sheet.ink.filter(ImageFilter.GaussianBlur(_BLEED))
    size = (paper_dots, ink.height + _TOP)
    ground = _ground(size)
    ground.paste(_INK, ((paper_dots - ink.width) // 2, _TOP), ink)
    # A hair of shade on both edges parts the sheet from whatever it lies on.
    pen = ImageDraw.Draw(ground)
    for side in (0, paper_dots - 1):
        pen.line((side, 0, side, size[1]), fill=_EDGE)
    ground.putalpha(_outline(size, torn=torn))
    return ground


def _ground(size: tuple[int, int]) -> Image.Image:
    """Paper that curls a little: the light falls off towards both sides."""
    width = size[0]
    edge = width // 7
    row = Image.new("RGB", (width, 1))
    for column in range(width):
        near = max(0.0, 1 - min(column, width - 1 - column) / edge)
        row.putpixel((column, 0), _mix(_PAPER, _SHADE, near * near))
    return row.resize(size, Image.Resampling.NEAREST)


def _mix(first: tuple[int, int, int], second: tuple[int, int, int], part: float) -> tuple[int, int, int]:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _outline(size: tuple[int, int], *, torn: bool) -> Image.Image:
    """The sheet's outline: the cutter's teeth above and, once cut, below."""
    width, height = size
    mask = Image.new("L", size, 255)
    pen = ImageDraw.Draw(mask)
    for left in range(0, width, _TOOTH):
        middle, right = left + _TOOTH // 2, left + _TOOTH
        pen.polygon([(left, 0), (right, 0), (middle, _TOOTH_DEPTH)], fill=0)
        if torn:
            pen.polygon(
                [(left, height - 1), (right, height - 1), (middle, height - 1 - _TOOTH_DEPTH)], fill=0
            )
    return mask
