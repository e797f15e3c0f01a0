"""Draws the shop's mark and the receipt's logo: `python -m assets.brand.draw` writes both beside this file.

The mark is a mint leaf in a round square; the logo adds the shop's name, in black and white alone.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

__all__ = ["LOGO", "MARK", "NAME", "leaf", "logo", "mark", "write"]

NAME: Final = "Minzel"
MARK: Final = 128
"""Pixels of the mark's side."""
LOGO: Final = (320, 96)
"""Pixels of the logo: 40 x 12 mm at 203 dpi."""
ACCENT: Final = "#005C46"
_OVER: Final = 4
_GRID: Final = 27.0
"""Units of the square's side; the leaf is drawn on the middle 24."""
_STROKE: Final = 1.9
_STEPS: Final = 24
_FONT: Final = Path("/usr/share/fonts/opentype/inter/InterDisplay-Bold.otf")

Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]

_BLADE: Final[Sequence[Curve]] = (
    ((19.6, 4.4), (11.4, 4.0), (5.0, 7.4), (5.0, 13.6)),
    ((5.0, 13.6), (5.0, 17.0), (7.4, 19.0), (10.4, 19.0)),
    ((10.4, 19.0), (16.6, 19.0), (20.0, 12.6), (19.6, 4.4)),
)
_VEIN: Final[Sequence[Curve]] = (((4.2, 20.6), (6.6, 15.8), (10.0, 12.6), (14.6, 10.6)),)


def leaf(side: int, colour: str, ground: str) -> Image.Image:
    """Give the leaf on a round square.

    Args:
        side: Pixels.
        colour: Of the leaf.
        ground: Of the square; outside its corners the picture is clear.
    """
    large = side * _OVER
    picture = Image.new("RGBA", (large, large))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, large - 1, large - 1), large * 0.24, fill=ground)
    for curves in (_BLADE, _VEIN):
        _stroke(draw, curves, large, colour)
    return picture.reduce(_OVER)


def _stroke(draw: ImageDraw.ImageDraw, curves: Sequence[Curve], side: int, colour: str) -> None:
    scale, inset = side / _GRID, (_GRID - 24) / 2
    points = [
        ((x + inset) * scale, (y + inset) * scale)
        for curve in curves
        for x, y in (_along(curve, step / _STEPS) for step in range(_STEPS + 1))
    ]
    radius = _STROKE * scale / 2
    draw.line(points, fill=colour, width=round(radius * 2))
    for x, y in points:
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _along(curve: Curve, part: float) -> Point:
    """Give the point of a cubic Bézier curve at a part (0 to 1) of its way."""
    rest = 1 - part
    weights = (rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3)
    return (
        sum(weight * x for weight, (x, _) in zip(weights, curve, strict=True)),
        sum(weight * y for weight, (_, y) in zip(weights, curve, strict=True)),
    )


def mark() -> Image.Image:
    """Give the mark in colour: RGBA, `MARK` pixels square."""
    return leaf(MARK, "#FFFFFF", ACCENT)


def logo(font: Path = _FONT) -> Image.Image:
    """Give the logo of the receipt: one bit a pixel, `LOGO` pixels, black on white, no greys to dither.

    Args:
        font: Of the name; where it is missing the library's own stands in.
    """
    width, height = LOGO[0] * _OVER, LOGO[1] * _OVER
    picture = Image.new("L", (width, height), 255)
    badge = leaf(LOGO[1] * _OVER - 16 * _OVER, "#FFFFFF", "#000000")
    face = ImageFont.truetype(str(font), 62 * _OVER) if font.is_file() else ImageFont.load_default(58 * _OVER)
    draw = ImageDraw.Draw(picture)
    gap = 14 * _OVER
    left = round((width - badge.width - gap - draw.textlength(NAME, face)) / 2)
    picture.paste(badge.convert("L"), (left, (height - badge.height) // 2), badge.getchannel("A"))
    draw.text((left + badge.width + gap, height / 2), NAME, fill=0, font=face, anchor="lm")
    return picture.reduce(_OVER).point([0] * 128 + [255] * 128).convert("1")


def write(folder: Path) -> list[Path]:
    """Write `mark.png` and `logo.png` into a folder; gives the files."""
    written = []
    for name, picture in (("mark", mark()), ("logo", logo())):
        path = folder / f"{name}.png"
        picture.save(path, "PNG", optimize=True)
        written.append(path)
    return written


if __name__ == "__main__":
    write(Path(__file__).parent)
