"""Draws what stands on edges: cartons, boxes, bricks, bars, and flat packs of paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PIL import Image

from assets.pictures.canvas import FLAT, ROUND, Band, Canvas, Oval, Polygon, mixed
from assets.pictures.pack import Pack, Shape, lettering

__all__ = ["BOXES"]


@dataclass(frozen=True, slots=True)
class _Form:
    """A box seen from its front and right: the front's edges, and how deep the side goes."""

    left: float
    top: float
    right: float
    bottom: float
    depth: float


_FORMS: Final[Mapping[str, _Form]] = {
    "box": _Form(36, 16, 152, 210, 38),
    "small-box": _Form(34, 48, 158, 196, 36),
    "flat-box": _Form(14, 78, 178, 186, 34),
    "cube": _Form(26, 62, 152, 204, 50),
    "tall-box": _Form(58, 14, 140, 212, 32),
}


def _box(form: _Form, canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    left, top, right, bottom, depth = form.left, form.top, form.right, form.bottom, form.depth
    rise = depth * 0.32
    side = Polygon(
        ((right, top), (right + depth, top + rise), (right + depth, bottom - rise), (right, bottom))
    )
    canvas.fill(side, mixed(pack.body, "#000000", 0.26))
    front = Band((left, top, right, bottom), 2)
    canvas.fill(front, pack.body)
    height, width = bottom - top, right - left
    if pack.label:
        wave = Oval((left - width * 0.25, top + height * 0.30, right + width * 0.25, bottom + height * 0.5))
        canvas.fill(wave, pack.label, FLAT, within=front)
    lettering(canvas, (left + 16, top + 14, right - 16, top + 14 + min(26, height * 0.16)), pack.body)
    if sticker is not None:
        reach = min(width - 20, height * 0.62)
        middle = (left + right) / 2
        base = bottom - 8
        canvas.stick(sticker, (middle - reach / 2, base - reach, middle + reach / 2, base))


def _carton(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A gable-top carton, as of fresh milk."""
    dark = mixed(pack.body, "#000000", 0.20)
    canvas.fill(Polygon(((146, 78), (184, 88), (184, 202), (146, 212))), dark)
    canvas.fill(Polygon(((146, 78), (184, 88), (160, 42))), mixed(pack.body, "#000000", 0.32))
    front = Band((46, 78, 146, 212), 2)
    canvas.fill(front, pack.body)
    canvas.fill(Polygon(((46, 78), (146, 78), (160, 40), (58, 40))), mixed(pack.body, "#FFFFFF", 0.25))
    canvas.fill(Band((57, 18, 161, 42), 3), mixed(pack.body, "#000000", 0.08))
    canvas.fill(Oval((82, 46, 118, 72)), pack.cap, ROUND)
    canvas.fill(Oval((87, 47, 113, 63)), mixed(pack.cap, "#FFFFFF", 0.3), ())
    _wave(canvas, pack, front)
    if sticker is not None:
        canvas.stick(sticker, (62, 112, 130, 180))


def _brick(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A long-life carton with a screw cap."""
    canvas.fill(Band((80, 12, 116, 38), 5), pack.cap, ROUND)
    canvas.fill(Polygon(((54, 32), (146, 32), (176, 42), (146, 48))), mixed(pack.body, "#FFFFFF", 0.3))
    canvas.fill(Polygon(((146, 34), (176, 42), (176, 204), (146, 212))), mixed(pack.body, "#000000", 0.22))
    front = Band((54, 34, 146, 212), 2)
    canvas.fill(front, pack.body)
    _wave(canvas, pack, front)
    lettering(canvas, (68, 50, 132, 70), pack.body)
    if sticker is not None:
        canvas.stick(sticker, (64, 104, 136, 176))


def _wave(canvas: Canvas, pack: Pack, front: Band) -> None:
    if pack.label:
        left, _, right, _ = front.box
        canvas.fill(Oval((left - 60, 154, right + 40, 330)), pack.label, FLAT, within=front)


def _vacuum(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A brick of ground coffee under foil."""
    canvas.fill(Polygon(((56, 30), (64, 14), (148, 14), (158, 30))), mixed(pack.body, "#FFFFFF", 0.25))
    canvas.fill(Polygon(((148, 30), (180, 40), (180, 204), (148, 212))), mixed(pack.body, "#000000", 0.28))
    front = Band((44, 28, 148, 212), 5)
    canvas.fill(front, pack.body, ROUND)
    canvas.fill(Band((44, 76, 148, 186)), pack.label, FLAT, within=front)
    lettering(canvas, (60, 44, 132, 64), pack.body)
    if sticker is not None:
        canvas.stick(sticker, (58, 86, 134, 176))


def _tablet(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A tablet of chocolate, its corner unwrapped."""
    whole = Band((48, 14, 176, 210), 6)
    canvas.fill(whole, "#6B3A1E")
    for row in range(2):
        for column in range(3):
            x, y = 54 + column * 40, 20 + row * 30
            canvas.fill(Band((x, y, x + 36, y + 26), 4), "#7D4726", ROUND)
    canvas.fill(
        Polygon(((48, 74), (82, 62), (120, 76), (150, 62), (176, 72), (176, 96), (48, 96))), "#D7DDE1"
    )
    canvas.fill(Band((46, 84, 178, 212), 5), pack.body)
    lettering(canvas, (66, 96, 158, 116), pack.body)
    if pack.label:
        canvas.fill(Oval((66, 120, 158, 208)), pack.label)
    if sticker is not None:
        canvas.stick(sticker, (78, 130, 146, 198))


def _bar(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A bar in a wrapper with crimped ends."""
    ends = [(8.0 if tooth % 2 else 2.0, 70 + tooth * 7.0) for tooth in range(13)]
    teeth = Polygon([(40, 70), *ends, (40, 154)])
    other = Polygon([(184, 70), *[(224 - x, y) for x, y in ends], (184, 154)])
    for end in (teeth, other):
        canvas.fill(end, mixed(pack.body, "#000000", 0.15))
    canvas.fill(Band((26, 62, 198, 162), 16), pack.body, ((0, 0.15), (0.5, 0.05), (1, -0.2)))
    canvas.veil(Band((30, 68, 194, 82), 7), "#FFFFFF", 0.3)
    if pack.label:
        canvas.fill(Oval((104, 60, 196, 164)), pack.label, FLAT)
    lettering(canvas, (40, 96, 96, 126), pack.body)
    if sticker is not None:
        canvas.stick(sticker, (114, 76, 186, 148))


def _butter(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A block in folded foil."""
    canvas.fill(Polygon(((20, 96), (60, 62), (208, 62), (176, 96))), mixed(pack.body, "#FFFFFF", 0.35))
    canvas.fill(Polygon(((176, 96), (208, 62), (208, 146), (176, 182))), mixed(pack.body, "#000000", 0.24))
    canvas.fill(Band((18, 94, 178, 184), 3), pack.body)
    canvas.veil(Polygon(((178, 94), (194, 112), (194, 146), (178, 184))), "#FFFFFF", 0.25)
    lettering(canvas, (34, 112, 98, 136), pack.body)
    canvas.fill(Oval((104, 100, 172, 178)), pack.label)
    if sticker is not None:
        canvas.stick(sticker, (114, 112, 162, 166))


def _sheaf(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A soft pack of folded tissues or wipes, with an opening on its front."""
    canvas.fill(Band((20, 58, 204, 190), 22), pack.body, ((0, 0.12), (0.5, 0.0), (1, -0.16)))
    canvas.veil(Band((30, 66, 194, 84), 9), "#FFFFFF", 0.35)
    canvas.fill(Band((20, 144, 204, 168)), pack.label, FLAT, within=Band((20, 58, 204, 190), 22))
    canvas.fill(Oval((66, 84, 158, 152)), mixed(pack.label, "#FFFFFF", 0.7))
    canvas.fill(Polygon(((84, 132), (96, 62), (114, 88), (130, 56), (142, 132))), "#FFFFFF")
    if sticker is not None:
        canvas.stick(sticker, (150, 132, 198, 184))


BOXES: Final[Mapping[str, Shape]] = {
    **{name: partial(_box, form) for name, form in _FORMS.items()},
    "carton": _carton,
    "brick": _brick,
    "vacuum": _vacuum,
    "tablet": _tablet,
    "bar": _bar,
    "butter": _butter,
    "sheaf": _sheaf,
}
"""Shapes by name."""
