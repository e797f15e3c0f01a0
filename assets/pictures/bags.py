"""Draws what is soft: bags, pouches, sacks, nets, tubes, and rolls of paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PIL import Image

from assets.pictures.canvas import FLAT, ROUND, Band, Canvas, Oval, Polygon, Profile, mixed
from assets.pictures.pack import Pack, Shape, lettering, stripe

__all__ = ["BAGS"]

_MIDDLE: Final = 112


def _teeth(left: float, right: float, y: float, up: int) -> list[tuple[float, float]]:
    count = 16
    step = (right - left) / count
    return [(left + step * tooth, y + (up * 6 if tooth % 2 else 0)) for tooth in range(count + 1)]


def _pillow(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A bag blown up between two crimped seams, as of crisps."""
    for edge, up, near in ((14, -1, 34), (210, 1, 190)):
        canvas.fill(
            Polygon([*_teeth(44, 180, edge, up), (180, near), (44, near)]), mixed(pack.body, "#000000", 0.18)
        )
    body = Profile(_MIDDLE, ((24, 68), (56, 76), (112, 80), (168, 76), (200, 68)))
    canvas.fill(body, pack.body, ROUND)
    for y in (28, 33, 191, 196):
        stripe(canvas, body, (y, y + 2), "#000000", 0.16)
    if pack.label:
        canvas.fill(Oval((44, 78, 180, 190)), pack.label, ROUND, within=body)
    lettering(canvas, (72, 46, 152, 70), pack.body)
    if sticker is not None:
        canvas.stick(sticker, (68, 88, 156, 176))


def _pouch(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A bag that stands, with a seam above, as of nuts or refills."""
    body = Profile(_MIDDLE, ((14, 64), (60, 66), (170, 72), (196, 76), (210, 64)))
    canvas.fill(body, pack.body, ROUND)
    stripe(canvas, body, (14, 32), "#000000", 0.14)
    canvas.fill(Band((96, 18, 128, 27), 4), mixed(pack.body, "#000000", 0.45), ())
    canvas.fill(Oval((52, 180, 172, 206)), mixed(pack.body, "#000000", 0.16), ROUND, within=body)
    if pack.label:
        canvas.fill(Band((56, 76, 168, 178), 16), pack.label, ROUND, within=body)
    lettering(canvas, (70, 44, 154, 64), pack.body)
    if sticker is not None:
        canvas.stick(sticker, (70, 84, 154, 170))


def _sack(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A block of paper with a folded top, as of flour."""
    canvas.fill(Polygon(((60, 36), (70, 14), (150, 14), (164, 36))), mixed(pack.body, "#000000", 0.10))
    canvas.fill(Polygon(((154, 34), (182, 44), (182, 204), (154, 212))), mixed(pack.body, "#000000", 0.20))
    front = Band((42, 32, 156, 212), 5)
    canvas.fill(front, pack.body)
    canvas.fill(Band((42, 88, 156, 186)), pack.label, FLAT, within=front)
    lettering(canvas, (60, 52, 138, 74), pack.body)
    if sticker is not None:
        canvas.stick(sticker, (60, 98, 138, 176))


def _paper_bag(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """An open bag of the bakery with its goods looking out."""
    if sticker is not None:
        for x, y, side, turn in ((34, 22, 92, 16), (98, 16, 92, -14)):
            canvas.stick(sticker, (x, y, x + side, y + side), turn)
    body = Polygon([*_teeth(34, 190, 92, -1), (182, 212), (42, 212)])
    canvas.fill(body, pack.body, ROUND)
    canvas.veil(Polygon(((150, 92), (190, 92), (182, 212), (158, 212))), "#000000", 0.08)
    canvas.fill(Oval((80, 122, 144, 186)), pack.label or mixed(pack.body, "#000000", 0.14), ())
    lettering(canvas, (94, 144, 130, 164), pack.label or mixed(pack.body, "#000000", 0.14))


def _loaf_bag(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A clear bag closed by a clip, its goods inside. body: tint of the film; label: the printed band."""
    film = Polygon(
        (
            (30, 70),
            (58, 52),
            (96, 44),
            (88, 14),
            (136, 14),
            (128, 44),
            (166, 52),
            (194, 70),
            (202, 204),
            (22, 204),
        )
    )
    canvas.fill(film, pack.body, FLAT)
    if sticker is not None:
        canvas.stick(sticker, (36, 60, 188, 188))
    canvas.veil(film, "#FFFFFF", 0.16)
    canvas.veil(Polygon(((44, 76), (66, 62), (52, 196), (32, 196))), "#FFFFFF", 0.4, within=film)
    canvas.fill(Band((22, 164, 202, 204)), pack.label, FLAT, within=film)
    lettering(canvas, (66, 174, 158, 194), pack.label)
    canvas.fill(Band((88, 36, 136, 50), 5), pack.cap)


def _net(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A net of fruit. body: colour of the mesh."""
    body = Profile(_MIDDLE, ((12, 12), (34, 14), (84, 72), (150, 88), (206, 62), (212, 50)))
    canvas.veil(body, pack.body, 0.35)
    if sticker is not None:
        for x, y, side, turn in (
            (78, 42, 68, 0), (36, 82, 74, 12), (112, 82, 74, -12),
            (28, 134, 72, 4), (124, 134, 72, -4), (76, 134, 74, 0),
        ):  # fmt: skip
            canvas.stick(sticker, (x, y, x + side, y + side), turn)
    for offset in range(-224, 224, 22):
        for lean in (1, -1):
            start = _MIDDLE + offset
            line = Polygon(
                ((start, 0), (start + 3, 0), (start + 3 + lean * 130, 224), (start + lean * 130, 224))
            )
            canvas.veil(line, pack.body, 0.75, within=body)
    canvas.fill(Band((92, 30, 132, 46), 5), pack.cap or pack.body)


def _tube(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """A tube standing on its cap, as of toothpaste."""
    body = Profile(_MIDDLE, ((12, 50), (24, 50), (90, 46), (170, 34), (178, 24)))
    canvas.fill(body, pack.body, ROUND)
    stripe(canvas, body, (12, 24), "#000000", 0.14)
    canvas.fill(body.between(44, 138), pack.label, ROUND, within=body)
    canvas.fill(Profile(_MIDDLE, ((174, 27), (208, 31), (212, 28))), pack.cap, ROUND)
    if sticker is not None:
        canvas.stick(sticker, (78, 54, 146, 128))


def _rolls(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """Rolls of paper, two on two, in printed film."""
    for y in (96, 12):
        for x in (20, 116):
            canvas.fill(Band((x, y + 16, x + 88, y + 96)), "#F3F5F6", ROUND)
            canvas.fill(Oval((x, y + 80, x + 88, y + 112)), "#E4E9EC", ROUND)
            canvas.fill(Oval((x, y, x + 88, y + 32)), "#FFFFFF", ())
            canvas.fill(Oval((x + 30, y + 10, x + 58, y + 22)), "#B9A58C", ())
    canvas.fill(Band((14, 84, 210, 170), 8), pack.label)
    if sticker is not None:
        canvas.stick(sticker, (80, 92, 144, 162))


def _roll(canvas: Canvas, pack: Pack, sticker: Image.Image | None) -> None:
    """One tall roll, as of kitchen paper or foil."""
    canvas.fill(Oval((62, 180, 162, 214)), mixed(pack.body, "#000000", 0.1), ROUND)
    canvas.fill(Band((62, 28, 162, 198)), pack.body, ROUND)
    canvas.fill(Oval((62, 12, 162, 46)), mixed(pack.body, "#FFFFFF", 0.5), ())
    canvas.fill(Oval((94, 22, 130, 36)), "#A98F70", ())
    if pack.label:
        canvas.fill(Band((62, 84, 162, 168)), pack.label, ROUND)
    if sticker is not None:
        canvas.stick(sticker, (76, 92, 148, 160))


BAGS: Final[Mapping[str, Shape]] = {
    "pillow": _pillow,
    "pouch": _pouch,
    "sack": _sack,
    "paper-bag": _paper_bag,
    "loaf-bag": _loaf_bag,
    "net": _net,
    "tube": _tube,
    "rolls": _rolls,
    "roll": _roll,
}
"""Shapes by name."""
