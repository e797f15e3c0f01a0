"""Paints one picture from what the table says it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, assert_never

from PIL import Image

from assets.pictures.bags import BAGS
from assets.pictures.bottles import BOTTLES
from assets.pictures.boxes import BOXES
from assets.pictures.canvas import SIDE, Canvas
from assets.pictures.cups import CUPS
from assets.pictures.emoji import Emoji, recoloured
from assets.pictures.fresh import FRESH
from assets.pictures.pack import Pack, Plain, Shape
from assets.pictures.produce import PRODUCE
from assets.pictures.sundries import SUNDRIES

__all__ = ["SHAPES", "paint"]

SHAPES: Final[Mapping[str, Shape]] = {**BAGS, **BOTTLES, **BOXES, **CUPS, **FRESH, **PRODUCE, **SUNDRIES}
"""Everything that can be drawn, by name; no name twice."""
_MARGIN: Final = 6


def paint(made_of: Plain | Pack, emoji: Emoji, initial: str) -> Image.Image:
    """Paint a picture.

    Args:
        made_of: From the table.
        emoji: Where emoji come from.
        initial: Letter that stands in for an emoji that cannot be drawn.

    Returns:
        RGBA, `SIDE` pixels square, transparent around the product.
    """
    match made_of:
        case Plain():
            return _plain(made_of, emoji, initial)
        case Pack():
            return _pack(made_of, emoji, initial)
    assert_never(made_of)


def _plain(made_of: Plain, emoji: Emoji, initial: str) -> Image.Image:
    if not emoji.found:
        return _pack(Pack("pouch", "#DDE9E3", "#FFFFFF", emoji=made_of), emoji, initial)
    glyph = _sticker(made_of, emoji, initial)
    scale = (SIDE - 2 * _MARGIN) / max(glyph.size)
    size = round(glyph.width * scale), round(glyph.height * scale)
    picture = Image.new("RGBA", (SIDE, SIDE))
    large = glyph.resize(size, Image.Resampling.LANCZOS)
    picture.alpha_composite(large, ((SIDE - size[0]) // 2, (SIDE - size[1]) // 2))
    return picture


def _pack(made_of: Pack, emoji: Emoji, initial: str) -> Image.Image:
    canvas = Canvas()
    on_label = _sticker(made_of.emoji, emoji, initial) if made_of.emoji else None
    SHAPES[made_of.shape](canvas, made_of, on_label)
    return canvas.picture()


def _sticker(made_of: Plain | Pack, emoji: Emoji, initial: str) -> Image.Image:
    if isinstance(made_of, Pack):
        picture = _pack(made_of, emoji, initial)
        return picture.crop(picture.getbbox())
    glyph = emoji.cut(made_of.character, initial)
    if (made_of.hue, made_of.turn, made_of.strength, made_of.bright) == (None, 0, 1.0, 1.0):
        return glyph
    changed = recoloured(glyph, made_of.hue, made_of.turn, made_of.strength, made_of.bright)
    kept = glyph.crop((0, 0, glyph.width, round(glyph.height * made_of.keep)))
    changed.paste(kept, (0, 0))
    return changed
