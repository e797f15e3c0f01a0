"""Draws the packs that are like no other, such as an egg box, a sachet or a carrier bag."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PIL import Image

from assets.pictures.canvas import FLAT, ROUND, Band, Canvas, Oval, Polygon, Profile, mixed
from assets.pictures.pack import Pack, Shape, lettering

__all__ = ["SUNDRIES"]


def _egg_box(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """An open box, its eggs in their bumps."""
    canvas.fill(Polygon(((24, 42), (200, 42), (212, 112), (12, 112))), mixed(pack.body, "#000000", 0.12))
    canvas.veil(Polygon(((34, 50), (190, 50), (198, 104), (26, 104))), "#FFFFFF", 0.18)
    if sticker is not None:
        for x in (14, 80, 146):
            canvas.stick(sticker, (x, 66, x + 64, 146))
    for x in (12, 79, 146):
        canvas.fill(Profile(x + 33, ((118, 34), (150, 34), (188, 24), (192, 20))), pack.body, ROUND)
    canvas.fill(Band((8, 112, 216, 132), 6), mixed(pack.body, "#FFFFFF", 0.22))


def _mince_tray(canvas: Canvas, pack: Pack, _sticker: Image.Image | None) -> None:
    """Strands of mince in a tray; the label's colour is the meat's."""
    canvas.fill(Band((10, 40, 214, 192), 22), mixed(pack.body, "#000000", 0.3))
    canvas.fill(Band((10, 34, 214, 184), 22), pack.body)
    inside = Band((24, 46, 200, 172), 14)
    canvas.fill(inside, mixed(pack.label, "#000000", 0.25))
    for row in range(9):
        for column in range(10):
            x, y = 16 + column * 20 + (row % 2) * 9, 44 + row * 15
            tint = "#000000" if (row * 3 + column * 5) % 7 % 4 else "#FFFFFF"
            strand = Band((x, y, x + 24, y + 11), 5)
            canvas.fill(strand, mixed(pack.label, tint, 0.14), FLAT, within=inside)
    canvas.veil(Polygon(((60, 40), (92, 40), (40, 184), (8, 184))), "#FFFFFF", 0.2, within=inside)
    canvas.fill(Band((136, 112, 208, 184), 6), pack.cap or "#FFFFFF")
    lettering(canvas, (146, 124, 198, 144), pack.cap or "#FFFFFF")
    canvas.veil(Band((150, 156, 194, 174)), "#131A17", 0.55)


def _pasta_pack(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """Long pasta in a clear pack with a printed middle."""
    body = Band((58, 10, 166, 214), 12)
    canvas.fill(body, pack.body, ROUND)
    for x in range(64, 164, 7):
        canvas.veil(Band((x, 10, x + 2, 214)), "#A8741E", 0.45, within=body)
    canvas.fill(Band((58, 66, 166, 172)), pack.label, ROUND, within=body)
    lettering(canvas, (78, 74, 146, 92), pack.label)
    if sticker is not None:
        canvas.stick(sticker, (74, 96, 150, 168))


def _sachet(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A small flat bag with seams all round."""
    whole = Band((40, 14, 184, 210), 8)
    canvas.fill(whole, mixed(pack.body, "#FFFFFF", 0.25))
    canvas.fill(Band((50, 24, 174, 200), 8), pack.body, FLAT)
    canvas.fill(Oval((56, 84, 168, 194)), pack.label)
    lettering(canvas, (68, 40, 156, 64), pack.body)
    if sticker is not None:
        canvas.stick(sticker, (72, 100, 152, 180))


def _shaker(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A glass of spice under a shaker's lid."""
    body = Profile(112, ((64, 44), (78, 54), (200, 54), (212, 48)))
    canvas.fill(body, pack.body, ROUND)
    canvas.fill(body.between(96, 186), pack.label, ROUND, within=body)
    canvas.fill(Profile(112, ((14, 38), (22, 46), (66, 48))), pack.cap, ROUND)
    canvas.veil(Band((66, 56, 158, 66)), "#000000", 0.2)
    if sticker is not None:
        canvas.stick(sticker, (76, 104, 148, 178))


def _spout_pouch(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A pouch with a spout, to drink puree from."""
    canvas.fill(Band((98, 10, 126, 34), 6), pack.cap, ROUND)
    canvas.fill(Band((104, 30, 120, 50)), "#F4F6F7", ROUND)
    body = Polygon(((92, 46), (132, 46), (166, 72), (172, 206), (160, 213), (64, 213), (52, 206), (58, 72)))
    canvas.fill(body, pack.body, ROUND)
    canvas.fill(Oval((64, 92, 160, 192)), pack.label)
    if sticker is not None:
        canvas.stick(sticker, (76, 106, 148, 178))


def _lolly(canvas: Canvas, pack: Pack, _sticker: Image.Image | None) -> None:
    """Two ices on sticks, the front one in three colours."""
    for x, top, colours in (
        (146, 22, (pack.cap, pack.cap, pack.cap)),
        (80, 10, (pack.body, pack.label, "#F2C230")),
    ):
        canvas.fill(Band((x - 8, top + 120, x + 8, top + 198), 7), "#DDB67C", ROUND)
        ice = Band((x - 38, top, x + 38, top + 144), 36)
        canvas.fill(ice, colours[0], ROUND)
        for number in (1, 2):
            third = Band((x - 40, top + number * 50, x + 40, top + 146))
            canvas.fill(third, colours[number], ROUND, within=ice)
        for groove in (x - 16, x + 8):
            canvas.veil(Band((groove, top + 26, groove + 8, top + 120), 4), "#000000", 0.12)


def _vape(canvas: Canvas, pack: Pack, _sticker: Image.Image | None) -> None:
    """A slim device with a mouthpiece."""
    canvas.fill(Profile(112, ((10, 14), (30, 18), (52, 26))), pack.cap, ROUND)
    body = Band((82, 48, 142, 212), 18)
    canvas.fill(body, pack.body, ROUND)
    canvas.fill(Band((82, 130, 142, 214)), pack.label, ROUND, within=body)
    canvas.fill(Oval((102, 186, 122, 204)), "#FFFFFF", ())


def _carrier(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A carrier bag with handles, the shop's leaf on it where nothing else is."""
    for x in (64, 128):
        canvas.fill(Band((x - 4, 18, x + 38, 92), 18), mixed(pack.body, "#000000", 0.4), ())
    for x in (64, 128):
        canvas.fill(Band((x + 5, 27, x + 29, 92), 12), "#DDE3E6", ())
    canvas.fill(Polygon(((176, 70), (206, 82), (200, 200), (172, 212))), mixed(pack.body, "#000000", 0.26))
    canvas.fill(Polygon(((22, 70), (178, 70), (172, 212), (28, 212))), pack.body)
    if sticker is not None:
        canvas.stick(sticker, (60, 98, 140, 182))
        return
    leaf = ((66, 176), (62, 140), (78, 112), (110, 98), (142, 96), (142, 130), (128, 160), (98, 176))
    canvas.fill(Polygon(leaf), pack.label, ())
    canvas.fill(Polygon(((58, 190), (64, 194), (118, 124), (112, 120))), pack.body, ())


def _magazine(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A magazine with a title and a picture."""
    canvas.fill(Polygon(((60, 10), (192, 18), (190, 206), (56, 214))), "#DDE3E6")
    cover = Polygon(((44, 8), (178, 16), (178, 214), (44, 212)))
    canvas.fill(cover, pack.body)
    canvas.fill(Polygon(((58, 24), (164, 30), (164, 58), (58, 54))), pack.cap)
    canvas.fill(Band((58, 70, 164, 176), 6), pack.label)
    if sticker is not None:
        canvas.stick(sticker, (66, 76, 156, 170))
    lettering(canvas, (62, 184, 150, 204), pack.body)


SUNDRIES: Final[Mapping[str, Shape]] = {
    "egg-box": _egg_box,
    "mince-tray": _mince_tray,
    "pasta-pack": _pasta_pack,
    "sachet": _sachet,
    "shaker": _shaker,
    "spout-pouch": _spout_pouch,
    "lolly": _lolly,
    "vape": _vape,
    "carrier": _carrier,
    "magazine": _magazine,
}
"""Shapes by name."""
