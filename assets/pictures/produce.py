"""Draws the fruit and vegetables that no emoji shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PIL import Image

from assets.pictures.canvas import FLAT, ROUND, SIDE, Band, Canvas, Light, Oval, Polygon, Profile, mixed
from assets.pictures.pack import Pack, Shape

__all__ = ["PRODUCE"]

_GREEN: Final = "#4E9A3B"
_DARK_GREEN: Final = "#2F7434"
_BALL: Final[Light] = ((0.0, -0.08), (0.25, 0.28), (0.45, 0.05), (1.0, -0.30))


def _leaves(canvas: Canvas, x: float, y: float, height: float, colour: str = _GREEN) -> None:
    """Three leaves that grow from a point upwards."""
    for lean, share, tint in ((-0.62, 0.86, 0.18), (0.62, 0.86, 0.10), (0.0, 1.0, 0.0)):
        top = y - height * share
        middle = x + lean * height * 0.62
        side = height * 0.17
        leaf = (
            (x - 5, y), (middle - side, (y + top) / 2), (middle - side * 0.5, top + 6), (middle, top),
            (middle + side * 0.7, top + 10), (middle + side, (y + top) / 2), (x + 5, y),
        )  # fmt: skip
        canvas.fill(Polygon(leaf), mixed(colour, "#000000", tint), ROUND)


def _radish(canvas: Canvas, _pack: Pack, _sticker: Image.Image | None) -> None:
    for x, y, size in ((62, 128, 62), (162, 128, 62), (112, 142, 68)):
        _leaves(canvas, x, y - size * 0.32, 82, _GREEN)
        half = size / 2
        canvas.fill(
            Polygon(((x - 5, y + half - 4), (x + 5, y + half - 4), (x + 1, y + half + 22))), "#F5E3E6"
        )
        canvas.fill(Oval((x - half, y - half, x + half, y + half)), "#D7264F", _BALL)
        canvas.fill(Oval((x - half * 0.45, y - half * 0.62, x - half * 0.05, y - half * 0.25)), "#F08AA2", ())


def _beetroot(canvas: Canvas, _pack: Pack, _sticker: Image.Image | None) -> None:
    _leaves(canvas, 112, 96, 82, "#8A2650")
    canvas.fill(Polygon(((100, 190), (124, 190), (113, 220))), "#5C1236")
    canvas.fill(Profile(112, ((84, 18), (104, 58), (142, 70), (178, 46), (204, 10))), "#8C1D4F", _BALL)
    canvas.fill(Oval((66, 108, 92, 134)), "#C26A93", ())


def _cauliflower(canvas: Canvas, _pack: Pack, _sticker: Image.Image | None) -> None:
    for points in (
        ((16, 96), (40, 66), (96, 150), (112, 204), (60, 196), (24, 150)),
        ((208, 96), (184, 66), (128, 150), (112, 204), (164, 196), (200, 150)),
    ):
        canvas.fill(Polygon(points), "#7DB45A")
    for x, y, half in (
        (66, 92, 34), (158, 92, 34), (112, 62, 36), (84, 66, 28), (142, 66, 28),
        (112, 104, 44), (76, 124, 32), (148, 124, 32),
    ):  # fmt: skip
        canvas.fill(Oval((x - half, y - half, x + half, y + half)), "#F3ECD6", _BALL)
        canvas.veil(Oval((x - half * 0.4, y - half * 0.5, x + half * 0.3, y + half * 0.1)), "#FFFFFF", 0.45)
    for front in (
        ((22, 112), (70, 148), (112, 208), (58, 202), (28, 168)),
        ((202, 112), (154, 148), (112, 208), (166, 202), (196, 168)),
    ):
        canvas.fill(Polygon(front), "#94C76B", FLAT)


def _mushroom(canvas: Canvas, _pack: Pack, _sticker: Image.Image | None) -> None:
    for x, y, size in ((150, 92, 104), (78, 118, 132)):
        half = size / 2
        canvas.fill(
            Profile(x, ((y, half * 0.34), (y + half * 1.0, half * 0.44), (y + half * 1.12, half * 0.3))),
            "#F1EADD",
            ROUND,
        )
        canvas.fill(Oval((x - half * 0.92, y - 6, x + half * 0.92, y + half * 0.44)), "#B79F86")
        cap = Oval((x - half, y - half * 0.9, x + half, y + half * 0.9))
        canvas.fill(Band((0, 0, SIDE, y + half * 0.22)), "#F5F0E6", _BALL, within=cap)
        canvas.veil(Oval((x - half * 0.6, y - half * 0.62, x - half * 0.1, y - half * 0.3)), "#FFFFFF", 0.8)


def _leek(canvas: Canvas, pack: Pack, _sticker: Image.Image | None) -> None:
    """Long stalks, white below and green above; the cap's colour, if any, ties a bunch of thin ones."""
    many, two = ((58, -26), (88, -10), (112, 0), (136, 10), (166, 26)), ((92, -14), (136, 16))
    half = 8.0 if pack.cap else 18.0
    for base, lean in many if pack.cap else two:
        foot = 112 + (base - 112) * 0.45
        tip, spread = base + lean, half * 1.5
        green = ((foot - half, 130), (foot + half, 130), (tip + spread, 12), (tip, 34), (tip - spread, 14))
        canvas.fill(Polygon(green), "#3F8F46", ROUND)
        canvas.fill(
            Profile(foot, ((120, half), (180, half * 0.95), (198, half * 1.25), (208, half * 0.7))),
            "#EEF3DC",
            ROUND,
        )
        canvas.veil(Band((foot - half, 120, foot + half, 150)), "#9CC873", 0.6)
    if pack.cap:
        canvas.fill(Band((66, 122, 158, 136), 6), pack.cap)


def _asparagus(canvas: Canvas, _pack: Pack, _sticker: Image.Image | None) -> None:
    for x in (66, 158, 84, 140, 102, 122):
        canvas.fill(Profile(x, ((14, 1), (30, 9), (48, 12), (208, 11), (212, 10))), "#6FA544", ROUND)
        for y in (30, 44, 60, 92, 130, 174):
            canvas.fill(Polygon(((x - 6, y + 10), (x, y - 4), (x + 6, y + 10))), "#4C7F35", ())
    canvas.fill(Band((50, 132, 174, 156), 5), "#5B3FA0", FLAT)


def _pumpkin(canvas: Canvas, _pack: Pack, _sticker: Image.Image | None) -> None:
    canvas.fill(Polygon(((98, 62), (104, 22), (126, 14), (132, 26), (122, 34), (128, 62))), "#7A7A3A")
    for x, half in ((50, 38), (174, 38), (76, 42), (148, 42), (112, 44)):
        canvas.fill(Oval((x - half, 56, x + half, 204)), "#E8661F", _BALL)


def _courgette(canvas: Canvas, _pack: Pack, _sticker: Image.Image | None) -> None:
    for lift, colour in ((-30, "#3E7A35"), (30, "#4C8B3E")):
        rim = ((34, 152), (56, 172), (172, 92), (186, 66), (168, 56), (146, 64))
        body = Polygon([(x, y + lift) for x, y in rim])
        canvas.fill(Oval((28, 142 + lift, 64, 178 + lift)), colour)
        canvas.fill(body, colour)
        canvas.fill(
            Polygon(((164, 52 + lift), (196, 30 + lift), (208, 40 + lift), (190, 70 + lift))), "#8DB45A"
        )
        for step in (0.2, 0.5, 0.8):
            x, y = 52 + step * 108, 152 + lift - step * 78
            canvas.veil(
                Polygon(((x - 8, y + 1), (x + 14, y - 16), (x + 16, y - 12), (x - 5, y + 4))), "#C9E29C", 0.7
            )


def _raspberry(canvas: Canvas, _pack: Pack, _sticker: Image.Image | None) -> None:
    for left, top in ((24, 24), (106, 74)):
        middle = left + 46
        _leaves(canvas, middle, top + 26, 28, _DARK_GREEN)
        rows = ((30, 3), (50, 4), (70, 4), (90, 3), (108, 2))
        for y, count in rows:
            for number in range(count):
                x = middle + (number - (count - 1) / 2) * 24
                canvas.fill(Oval((x - 15, top + y - 15, x + 15, top + y + 15)), "#D42A4C", _BALL)
                canvas.veil(Oval((x - 8, top + y - 10, x - 1, top + y - 3)), "#FFFFFF", 0.55)


PRODUCE: Final[Mapping[str, Shape]] = {
    "radish": _radish,
    "beetroot": _beetroot,
    "cauliflower": _cauliflower,
    "mushroom": _mushroom,
    "leek": _leek,
    "asparagus": _asparagus,
    "pumpkin": _pumpkin,
    "courgette": _courgette,
    "raspberry": _raspberry,
}
"""Shapes by name."""
