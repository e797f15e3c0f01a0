"""Draws goods of bakery, dairy, butcher and nut shelf that no emoji shows."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, sin
from typing import Final

from PIL import Image

from assets.pictures.canvas import FLAT, ROUND, Band, Box, Canvas, Light, Oval, Polygon, mixed
from assets.pictures.pack import Pack, Shape

__all__ = ["FRESH"]

_BALL: Final[Light] = ((0.0, -0.08), (0.25, 0.28), (0.45, 0.05), (1.0, -0.30))


def _strewn(count: int, half_width: float, half_height: float) -> list[tuple[float, float]]:
    """Give places spread evenly over an ellipse, as seeds in a sunflower."""
    turns = ((number * 2.39996, ((number + 0.5) / count) ** 0.5) for number in range(count))
    return [(half_width * out * cos(angle), half_height * out * sin(angle)) for angle, out in turns]


def _seeds(canvas: Canvas, colour: str, count: int, where: Box) -> None:
    """Strew seeds, every third a dark one. where: middle x and y, half width and height."""
    x, y, half_width, half_height = where
    for number, (right, down) in enumerate(_strewn(count, half_width, half_height)):
        seed = Oval((x + right - 5, y + down - 3, x + right + 5, y + down + 3))
        canvas.fill(seed, colour if number % 3 else "#4A3220", ())


def _bun(canvas: Canvas, pack: Pack, _sticker: Image.Image | None) -> None:
    """A roll with its cut; the label's colour strews seeds on it."""
    canvas.fill(Oval((14, 62, 210, 190)), "#D9963F", ((0, -0.12), (0.3, 0.22), (0.6, 0.0), (1, -0.3)))
    canvas.fill(Oval((28, 64, 196, 160)), "#E7AE5B", ((0, 0.0), (0.3, 0.25), (1, -0.12)))
    canvas.fill(Polygon(((44, 120), (80, 96), (144, 88), (184, 100), (146, 112), (86, 122))), "#F6DDA8", ())
    if pack.label:
        _seeds(canvas, pack.label, 40, (112, 110, 76, 38))


def _loaf(canvas: Canvas, pack: Pack, _sticker: Image.Image | None) -> None:
    """A round loaf with a cross; the label's colour strews seeds on it."""
    canvas.fill(Oval((10, 48, 214, 202)), mixed(pack.body, "#000000", 0.18), ROUND)
    canvas.fill(Oval((14, 44, 210, 184)), pack.body, ((0, -0.1), (0.3, 0.2), (0.7, 0), (1, -0.25)))
    for points in (
        ((60, 74), (72, 66), (160, 140), (152, 150)),
        ((152, 64), (164, 72), (76, 152), (64, 144)),
    ):
        canvas.fill(Polygon(points), mixed(pack.body, "#FFF3D6", 0.6), ())
    canvas.veil(Oval((40, 52, 184, 130)), "#FFFFFF", 0.10)
    if pack.label:
        _seeds(canvas, pack.label, 64, (112, 112, 88, 58))


def _sausages(canvas: Canvas, pack: Pack, _sticker: Image.Image | None) -> None:
    """Three sausages side by side; the label's colour marks the grill."""
    for x in (26, 84, 142):
        canvas.fill(Band((x + 18, 8, x + 38, 30), 7), mixed(pack.body, "#000000", 0.25), ())
        canvas.fill(Band((x + 18, 194, x + 38, 216), 7), mixed(pack.body, "#000000", 0.25), ())
        canvas.fill(Band((x, 20, x + 56, 204), 28), pack.body, ROUND)
        for y in (64, 104, 144) if pack.label else ():
            mark = Polygon(((x + 4, y + 12), (x + 52, y - 8), (x + 52, y + 2), (x + 4, y + 22)))
            canvas.veil(mark, pack.label, 0.8)


def _slices(canvas: Canvas, pack: Pack, _sticker: Image.Image | None) -> None:
    """Slices of a sausage or ham, overlapping; the label's colour speckles them."""
    for x, y in ((70, 78), (142, 86), (106, 140)):
        canvas.fill(Oval((x - 62, y - 62, x + 62, y + 62)), mixed(pack.body, "#3A0D0D", 0.35), ())
        canvas.fill(Oval((x - 57, y - 57, x + 57, y + 57)), pack.body, FLAT)
        for right, down in _strewn(16, 48, 48) if pack.label else ():
            canvas.fill(Oval((x + right - 5, y + down - 4, x + right + 5, y + down + 4)), pack.label, ())


def _fillet(canvas: Canvas, pack: Pack, _sticker: Image.Image | None) -> None:
    """A piece of fish with its white lines."""
    rim = ((14, 92), (44, 56), (120, 44), (192, 62), (212, 104), (196, 156), (122, 182), (46, 168), (16, 132))
    piece = Polygon(rim)
    canvas.fill(piece, pack.body, ((0, 0.1), (0.5, 0.05), (1, -0.15)))
    for x in range(28, 210, 26):
        line = Polygon(((x, 40), (x + 7, 40), (x - 6, 112), (x + 7, 186), (x, 186), (x - 14, 112)))
        canvas.veil(line, "#FFFFFF", 0.55, within=piece)
    canvas.veil(
        Polygon(((16, 132), (46, 168), (122, 182), (196, 156), (200, 170), (122, 198), (40, 184))),
        "#8A8F98",
        1,
    )


def _wheel(canvas: Canvas, pack: Pack, _sticker: Image.Image | None) -> None:
    """A round soft cheese with a wedge cut out; the label's colour is its inside."""
    canvas.fill(Band((12, 108, 212, 150)), mixed(pack.body, "#000000", 0.12), ROUND)
    canvas.fill(Oval((12, 106, 212, 194)), mixed(pack.body, "#000000", 0.12), ROUND)
    canvas.fill(Oval((12, 62, 212, 152)), pack.body, ((0, 0.05), (0.3, 0.3), (1, -0.06)))
    canvas.fill(
        Polygon(((112, 106), (112, 152), (150, 190), (150, 146))), mixed(pack.label, "#000000", 0.10), ()
    )
    canvas.fill(Polygon(((112, 106), (206, 124), (206, 166), (112, 152))), pack.label, ())
    canvas.fill(
        Polygon(((112, 152), (206, 166), (180, 184), (150, 190))), mixed(pack.body, "#8A7A5A", 0.45), ()
    )
    for x, y in ((132, 126), (160, 146), (182, 136)):
        canvas.fill(Oval((x, y, x + 10, y + 6)), mixed(pack.label, "#8A6A2A", 0.4), ())


def _mozzarella(canvas: Canvas, _pack: Pack, _sticker: Image.Image | None) -> None:
    """White balls, one before the other, and two leaves of basil."""
    for x, y, half in ((146, 92, 58), (84, 118, 70)):
        canvas.fill(Oval((x - half, y - half, x + half, y + half)), "#F1F4F2", _BALL)
        canvas.veil(Oval((x - half * 0.6, y - half * 0.7, x, y - half * 0.2)), "#FFFFFF", 0.8)
    for points in (
        ((120, 196), (132, 164), (166, 152), (190, 160), (176, 188), (146, 202)),
        ((126, 196), (160, 186), (192, 196), (204, 212), (168, 220), (138, 212)),
    ):
        canvas.fill(Polygon(points), "#4E9A3B", FLAT)


def _nut(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    """One almond, its point upwards."""
    right = Oval((x - size * 0.62, y - size, x + size * 1.1, y + size))
    canvas.fill(Oval((x - size * 1.1, y - size, x + size * 0.62, y + size)), colour, _BALL, within=right)
    body = Band((x - size * 0.4, y - size * 0.5, x + size * 0.4, y + size * 0.6), 4)
    for off in (-0.34, -0.1, 0.14, 0.36):
        line = Band((x + off * size, y - size * 0.5, x + off * size + 3, y + size * 0.7), 1.5)
        canvas.veil(line, "#5B3117", 0.45, within=body)


def _almond(canvas: Canvas, _pack: Pack, _sticker: Image.Image | None) -> None:
    for x, y in ((66, 84), (156, 80), (112, 138)):
        _nut(canvas, x, y, 70, "#B4703A")


def _walnut(canvas: Canvas, _pack: Pack, _sticker: Image.Image | None) -> None:
    shell = Oval((22, 24, 202, 204))
    canvas.fill(shell, "#B98A52", _BALL)
    for right, down in _strewn(26, 80, 80):
        x, y = 112 + right, 114 + down
        canvas.veil(Band((x - 12, y - 2, x + 10, y + 3), 2), "#6B4522", 0.5, within=shell)
        canvas.veil(Band((x - 2, y - 12, x + 3, y + 8), 2), "#E5C48E", 0.35, within=shell)
    canvas.fill(Band((106, 24, 118, 204), 6), "#8A5F30", ())
    canvas.veil(Band((106, 24, 110, 204), 2), "#E5C48E", 0.6)


def _cashew(canvas: Canvas, _pack: Pack, _sticker: Image.Image | None) -> None:
    """Two kernels, each a thick bow."""
    for x, y, tint in ((84, 78, 0.08), (138, 140, 0.0)):
        colour = mixed("#EBCB93", "#000000", tint)
        for step in range(25):
            angle = 0.35 + step * 0.105
            at_x, at_y = x + 46 * cos(angle), y - 46 * sin(angle) + 20
            half = 25 - abs(step - 12) * 0.55
            canvas.fill(Oval((at_x - half, at_y - half, at_x + half, at_y + half)), colour, ())
            canvas.veil(
                Oval((at_x - half * 0.5, at_y - half * 0.75, at_x + 2, at_y - half * 0.2)), "#FFFFFF", 0.25
            )


def _dates(canvas: Canvas, _pack: Pack, _sticker: Image.Image | None) -> None:
    for x, y in ((54, 70), (112, 60), (170, 70), (82, 150), (142, 150)):
        body = Oval((x - 30, y - 56, x + 30, y + 56))
        canvas.fill(body, "#7A3E1C", ROUND)
        for off in (-12, 0, 12):
            canvas.veil(Band((x + off, y - 40, x + off + 3, y + 40), 1.5), "#3A1A0A", 0.5, within=body)


FRESH: Final[Mapping[str, Shape]] = {
    "bun": _bun,
    "loaf": _loaf,
    "sausages": _sausages,
    "slices": _slices,
    "fillet": _fillet,
    "wheel": _wheel,
    "mozzarella": _mozzarella,
    "almond": _almond,
    "walnut": _walnut,
    "cashew": _cashew,
    "dates": _dates,
}
"""Shapes by name."""
