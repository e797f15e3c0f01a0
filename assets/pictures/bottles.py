"""Draws what is poured: bottles, cans and flasks, each a turned body with a cap and a label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PIL import Image

from assets.pictures.canvas import FLAT, ROUND, SIDE, Band, Box, Canvas, Oval, Polygon, Profile, mixed
from assets.pictures.pack import Pack, Shape, stripe

__all__ = ["BOTTLES"]

_MIDDLE: Final = 112
_METAL: Final = "#C9D1D6"


@dataclass(frozen=True, slots=True)
class _Form:
    """A bottle.

    Attributes:
        knots: (y, half width), downwards.
        cap: Its box.
        label: Top and bottom.
        foil: Where the foil of the neck ends; 0 for none.
    """

    knots: tuple[tuple[float, float], ...]
    cap: Box
    label: tuple[float, float]
    foil: float = 0.0


_FORMS: Final[Mapping[str, _Form]] = {
    "soda-bottle": _Form(
        ((28, 14), (42, 14), (94, 43), (128, 43), (146, 39), (164, 43), (202, 43), (212, 35)),
        (96, 10, 128, 30),
        (96, 148),
    ),
    "water-bottle": _Form(
        ((28, 13), (40, 13), (82, 37), (204, 37), (212, 31)), (98, 10, 126, 30), (102, 150)
    ),
    "glass-bottle": _Form(
        ((26, 15), (50, 16), (98, 40), (204, 40), (212, 35)), (95, 12, 129, 32), (108, 176)
    ),
    "beer-bottle": _Form(
        ((24, 12), (66, 14), (104, 35), (206, 35), (212, 31)), (97, 12, 127, 28), (126, 186), foil=64
    ),
    "wine-bottle": _Form(
        ((14, 12), (24, 12), (28, 11), (76, 12), (104, 36), (206, 36), (212, 33)),
        (100, 12, 124, 22), (120, 184), foil=62
    ),
    "sparkling-bottle": _Form(
        ((14, 15), (24, 17), (34, 13), (56, 14), (112, 43), (204, 44), (212, 40)),
        (97, 12, 127, 30), (128, 184), foil=86
    ),
    "spirit-bottle": _Form(
        ((32, 13), (54, 13), (74, 42), (206, 42), (212, 38)), (96, 12, 128, 36), (96, 180)
    ),
    "oil-bottle": _Form(
        ((26, 10), (62, 11), (96, 31), (206, 31), (212, 28)), (99, 12, 125, 34), (112, 184)
    ),
    "smoothie-bottle": _Form(
        ((40, 23), (54, 23), (84, 42), (204, 42), (212, 37)), (86, 22, 138, 46), (96, 180)
    ),
    "shampoo-bottle": _Form(
        ((44, 24), (58, 44), (200, 46), (212, 40)), (86, 20, 138, 48), (74, 186)
    ),
    "cleaner-bottle": _Form(
        ((34, 15), (56, 17), (90, 44), (204, 46), (212, 40)), (94, 12, 130, 38), (96, 190)
    ),
}  # fmt: skip


def _bottle(form: _Form, canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    body = Profile(_MIDDLE, form.knots)
    canvas.fill(body, pack.body, ROUND)
    if form.foil:
        canvas.fill(body.between(form.knots[0][0], form.foil), pack.cap or _METAL, ROUND)
    _cap(canvas, form.cap, pack.cap or _METAL)
    if pack.label:
        _label(canvas, body, form.label, pack.label, sticker)


def _cap(canvas: Canvas, box: Box, colour: str) -> None:
    canvas.fill(Band(box, 5), colour, ROUND)
    canvas.veil(Band((box[0], box[3] - 5, box[2], box[3])), "#000000", 0.16)


def _label(
    canvas: Canvas, body: Profile, span: tuple[float, float], colour: str, sticker: Image.Image | None
) -> None:
    top, bottom = span
    canvas.fill(body.between(top, bottom), colour, ROUND, within=body)
    for edge in (top + 3, bottom - 6):
        stripe(canvas, body, (edge, edge + 3), mixed(colour, "#000000", 0.35), 0.7)
    if sticker is not None:
        half = min(body.half_at((top + bottom) / 2) * 0.86, (bottom - top) / 2 - 7)
        middle = (top + bottom) / 2
        canvas.stick(sticker, (_MIDDLE - half, middle - half, _MIDDLE + half, middle + half))


def _can(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    body = Profile(_MIDDLE, ((20, 38), (38, 50), (190, 50), (206, 40), (210, 38)))
    canvas.fill(body, _METAL, ROUND)
    canvas.fill(body.between(36, 192), pack.body, ROUND, within=body)
    canvas.fill(Oval((73, 13, 151, 29)), mixed(_METAL, "#FFFFFF", 0.35))
    canvas.fill(Oval((80, 16, 144, 27)), mixed(_METAL, "#000000", 0.18))
    canvas.fill(Oval((104, 18, 126, 25)), mixed(_METAL, "#FFFFFF", 0.5))
    if pack.label:
        canvas.fill(Oval((66, 66, 158, 158)), pack.label, ROUND, within=body)
    if sticker is not None:
        canvas.stick(sticker, (76, 76, 148, 148))


def _squeeze(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    body = Profile(_MIDDLE, ((14, 30), (22, 40), (70, 44), (150, 44), (184, 30)))
    canvas.fill(body, pack.body, ROUND)
    canvas.fill(Profile(_MIDDLE, ((180, 32), (186, 36), (208, 40), (212, 38))), pack.cap, ROUND)
    _label(canvas, body, (52, 148), pack.label, sticker)


def _pump(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    canvas.fill(Band((106, 30, 118, 62)), mixed(pack.cap, "#000000", 0.2), ROUND)
    canvas.fill(Polygon(((70, 26), (78, 16), (132, 16), (138, 22), (138, 34), (92, 34), (78, 40))), pack.cap)
    canvas.fill(Band((92, 54, 132, 74), 5), pack.cap, ROUND)
    body = Profile(_MIDDLE, ((70, 28), (84, 46), (202, 48), (212, 42)))
    canvas.fill(body, pack.body, ROUND)
    _label(canvas, body, (100, 190), pack.label, sticker)


def _spray(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    body = Profile(_MIDDLE + 8, ((62, 16), (84, 20), (116, 46), (202, 48), (212, 42)))
    canvas.fill(body, pack.body, ROUND)
    canvas.fill(Polygon(((84, 48), (98, 50), (88, 92), (78, 90))), mixed(pack.cap, "#000000", 0.25))
    head = ((58, 16), (120, 12), (148, 22), (150, 44), (138, 66), (104, 66), (100, 50), (58, 42))
    canvas.fill(Polygon(head), pack.cap)
    canvas.fill(Band((48, 20, 62, 38), 3), mixed(pack.cap, "#000000", 0.35))
    if pack.label:
        canvas.fill(body.between(118, 194), pack.label, ROUND, within=body)
    if sticker is not None:
        canvas.stick(sticker, (88, 124, 152, 188))


def _jug(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    body = Polygon(
        ((70, 44), (112, 44), (150, 56), (176, 84), (180, 200), (172, 212), (52, 212), (44, 200), (44, 84))
    )
    canvas.fill(body, pack.body, ROUND)
    canvas.fill(Band((138, 84, 160, 132), 11), mixed(pack.body, "#000000", 0.45), ())
    canvas.fill(Band((66, 16, 118, 48), 7), pack.cap, ROUND)
    canvas.veil(Band((66, 42, 118, 48)), "#000000", 0.16)
    canvas.fill(Band((56, 96, 130, 196), 14), pack.label)
    if sticker is not None:
        canvas.stick(sticker, (62, 114, 124, 178))


def _aerosol(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    body = Profile(_MIDDLE, ((58, 26), (72, 38), (204, 38), (210, 36)))
    canvas.fill(body, pack.body, ROUND)
    canvas.fill(Profile(_MIDDLE, ((14, 22), (24, 30), (64, 32))), pack.cap, ROUND)
    if pack.label:
        _label(canvas, body, (92, 190), pack.label, sticker)


def _six(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """Three bottles before three more, in film with a printed band."""
    single = Canvas()
    _bottle(_FORMS["water-bottle"], single, Pack("", pack.body, "", pack.cap), None)
    picture = single.picture()
    bottle = picture.crop(picture.getbbox())
    for left, top in ((30, 4), (86, 4), (142, 4), (10, 16), (74, 16), (138, 16)):
        canvas.stick(bottle, (left, top, left + 76, top + 194))
    film = Band((12, 78, 212, 212), 12)
    canvas.veil(film, "#FFFFFF", 0.25)
    canvas.fill(Band((12, 112, 212, 176)), pack.label, FLAT, within=film)
    canvas.veil(Polygon(((30, 78), (52, 78), (36, 212), (14, 212))), "#FFFFFF", 0.3, within=film)
    if sticker is not None:
        canvas.stick(sticker, (84, 116, 140, 172))


def _crate(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A crate whose bottle tops look out."""
    for column in range(4):
        x = 46 + column * 44
        neck = Profile(x, ((34, 8), (64, 9), (96, 18)))
        canvas.fill(neck, pack.label, ROUND)
        canvas.fill(Band((x - 10, 26, x + 10, 40), 4), _METAL, ROUND)
    canvas.fill(Polygon(((12, 84), (212, 84), (204, 204), (20, 204))), pack.body)
    canvas.fill(Band((78, 98, 146, 120), 11), mixed(pack.body, "#000000", 0.55), ())
    stripe(canvas, Band((12, 84, SIDE - 12, 92)), (84, 92), "#FFFFFF", 0.25)
    if sticker is not None:
        canvas.stick(sticker, (82, 130, 142, 194))


BOTTLES: Final[Mapping[str, Shape]] = {
    **{name: partial(_bottle, form) for name, form in _FORMS.items()},
    "can": _can,
    "squeeze": _squeeze,
    "pump": _pump,
    "spray": _spray,
    "jug": _jug,
    "aerosol": _aerosol,
    "six-pack": _six,
    "crate": _crate,
}
"""Shapes by name."""
