"""Draws what is opened from above: cups, tubs, jars, tins, trays and punnets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PIL import Image

from assets.pictures.canvas import FLAT, ROUND, Band, Canvas, Oval, Polygon, Profile, mixed
from assets.pictures.pack import Pack, Shape, lettering, stripe

__all__ = ["CUPS"]

_MIDDLE: Final = 112
_METAL: Final = "#C9D1D6"


def _lid(canvas: Canvas, top: float, height: float, half: float, colour: str) -> None:
    """A lid seen a little from above."""
    rim = half * 0.20
    canvas.fill(
        Profile(_MIDDLE, ((top + rim, half), (top + rim + height, half))),
        mixed(colour, "#000000", 0.1),
        ROUND,
    )
    canvas.fill(Oval((_MIDDLE - half, top, _MIDDLE + half, top + rim * 2)), mixed(colour, "#FFFFFF", 0.3))


def _cup(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A cup under foil, as of yoghurt."""
    body = Profile(_MIDDLE, ((44, 62), (200, 48), (210, 42)))
    canvas.fill(body, pack.body, ROUND)
    if pack.label:
        canvas.fill(body.between(146, 210), pack.label, ROUND, within=body)
    canvas.fill(Polygon(((164, 40), (186, 54), (166, 58))), mixed(pack.cap, "#000000", 0.12))
    _lid(canvas, 22, 8, 67, pack.cap)
    if sticker is not None:
        canvas.stick(sticker, (70, 82, 154, 166))


def _small_cup(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A narrow cup, as of cream."""
    body = Profile(_MIDDLE, ((40, 46), (204, 36), (211, 32)))
    canvas.fill(body, pack.body, ROUND)
    canvas.fill(body.between(60, 92), pack.label, ROUND, within=body)
    _lid(canvas, 20, 8, 51, pack.cap)
    if sticker is not None:
        canvas.stick(sticker, (80, 104, 144, 180))


def _tub(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A wide tub, as of quark or margarine."""
    body = Profile(_MIDDLE, ((72, 86), (180, 70), (192, 62)))
    canvas.fill(body, pack.body, ROUND)
    if pack.label:
        stripe(canvas, body, (168, 178), pack.label, 1.0)
    _lid(canvas, 44, 14, 94, pack.cap)
    if sticker is not None:
        canvas.stick(sticker, (78, 98, 146, 164))


def _bucket(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A tall tub, as of ice cream."""
    body = Profile(_MIDDLE, ((64, 74), (198, 60), (210, 54)))
    canvas.fill(body, pack.body, ROUND)
    canvas.fill(body.between(84, 184), pack.label, ROUND, within=body)
    _lid(canvas, 26, 16, 80, pack.cap)
    if sticker is not None:
        canvas.stick(sticker, (70, 92, 154, 176))


def _jar(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A glass with a screw lid; the body is what is inside."""
    body = Profile(_MIDDLE, ((50, 46), (60, 50), (80, 64), (196, 64), (211, 54)))
    canvas.fill(body, pack.body, ROUND)
    if pack.label:
        canvas.fill(body.between(102, 186), pack.label, ROUND, within=body)
    canvas.fill(Profile(_MIDDLE, ((16, 50), (20, 54), (50, 54), (54, 52))), pack.cap, ROUND)
    canvas.fill(Band((62, 14, 162, 24), 5), mixed(pack.cap, "#FFFFFF", 0.35), ())
    if sticker is not None:
        canvas.stick(sticker, (76, 108, 148, 180))


def _tin(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    body = Profile(_MIDDLE, ((40, 62), (190, 62)))
    canvas.fill(Oval((50, 172, 174, 208)), mixed(_METAL, "#000000", 0.15), ROUND)
    canvas.fill(body, _METAL, ROUND)
    canvas.fill(Oval((50, 168, 174, 200)), pack.body, ROUND)
    canvas.fill(body.between(52, 184), pack.body, ROUND)
    canvas.fill(Oval((50, 22, 174, 58)), mixed(_METAL, "#FFFFFF", 0.45))
    canvas.fill(Oval((58, 26, 166, 54)), mixed(_METAL, "#000000", 0.10))
    canvas.fill(Oval((96, 28, 128, 42)), mixed(_METAL, "#FFFFFF", 0.55))
    if pack.label:
        canvas.fill(Oval((66, 74, 158, 182)), pack.label, ROUND, within=body)
    if sticker is not None:
        canvas.stick(sticker, (74, 90, 150, 166))


def _flat_tin(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A flat tin with a pull tab, as of fish."""
    canvas.fill(Band((16, 74, 208, 182), 40), mixed(_METAL, "#000000", 0.25), ROUND)
    canvas.fill(Band((16, 56, 208, 164), 40), _METAL)
    canvas.fill(Band((26, 64, 198, 156), 32), pack.body)
    canvas.fill(Oval((156, 88, 198, 132)), mixed(_METAL, "#FFFFFF", 0.5))
    canvas.fill(Oval((166, 98, 188, 122)), mixed(_METAL, "#000000", 0.3), ())
    lettering(canvas, (48, 74, 142, 88), pack.body)
    if sticker is not None:
        canvas.stick(sticker, (58, 90, 134, 154))


def _tray(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A tray under film: what is inside shows, a label names it. body: tray; label: ground inside."""
    canvas.fill(Band((10, 40, 214, 190), 22), mixed(pack.body, "#000000", 0.25))
    canvas.fill(Band((10, 34, 214, 182), 22), pack.body)
    inside = Band((24, 46, 200, 170), 14)
    canvas.fill(inside, pack.label)
    if sticker is not None:
        canvas.stick(sticker, (34, 50, 152, 166))
    canvas.veil(Polygon(((60, 40), (92, 40), (40, 180), (8, 180))), "#FFFFFF", 0.22, within=inside)
    canvas.fill(Band((140, 116, 208, 184), 6), pack.cap or "#FFFFFF")
    lettering(canvas, (150, 128, 198, 148), pack.cap or "#FFFFFF")
    canvas.veil(Band((152, 158, 196, 174)), "#131A17", 0.55)


def _punnet(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A punnet heaped with fruit. body: its wall."""
    canvas.fill(Polygon(((18, 110), (206, 110), (196, 150), (28, 150))), mixed(pack.body, "#000000", 0.35))
    if sticker is not None:
        for x, y, side, turn in (
            (44, 38, 70, 14), (110, 38, 70, -16), (76, 18, 72, 0),
            (14, 74, 74, 22), (134, 74, 74, -22), (74, 72, 78, 4),
        ):  # fmt: skip
            canvas.stick(sticker, (x, y, x + side, y + side), turn)
    wall = Polygon(((12, 128), (212, 128), (196, 206), (28, 206)))
    canvas.fill(wall, pack.body)
    canvas.fill(Band((8, 120, 216, 136), 6), mixed(pack.body, "#FFFFFF", 0.3))
    for x in range(44, 190, 28):
        canvas.veil(Band((x, 146, x + 12, 196), 6), "#000000", 0.14, within=wall)


def _bowl(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A clear bowl of something ready to eat. body: what is inside."""
    bowl = Profile(_MIDDLE, ((86, 92), (130, 88), (188, 58), (196, 50)))
    canvas.fill(bowl, mixed(pack.body, "#FFFFFF", 0.2), ROUND)
    canvas.fill(Oval((20, 58, 204, 116)), mixed(pack.cap or "#E9EEF1", "#FFFFFF", 0.2), FLAT)
    canvas.fill(Oval((30, 64, 194, 108)), pack.body, FLAT)
    if sticker is not None:
        canvas.stick(sticker, (62, 24, 162, 116))
    if pack.label:
        canvas.fill(bowl.between(132, 172), pack.label, ROUND, within=bowl)


CUPS: Final[Mapping[str, Shape]] = {
    "cup": _cup,
    "small-cup": _small_cup,
    "tub": _tub,
    "bucket": _bucket,
    "jar": _jar,
    "tin": _tin,
    "flat-tin": _flat_tin,
    "tray": _tray,
    "punnet": _punnet,
    "bowl": _bowl,
}
"""Shapes by name."""
