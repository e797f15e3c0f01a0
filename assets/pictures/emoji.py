"""Takes emoji out of the installed colour font, trimmed, and in another colour where a product needs it."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFont

__all__ = ["FONTS", "Emoji", "find", "recoloured"]

FONTS: Final = (
    Path("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"),
    Path("/usr/share/fonts/noto/NotoColorEmoji.ttf"),
    Path("/usr/share/fonts/google-noto-emoji/NotoColorEmoji.ttf"),
)
_STRIKE: Final = 109
"""The one size the font's bitmaps have (its CBDT table)."""
_ROOM: Final = 160


def find(fonts: tuple[Path, ...] = FONTS) -> Path | None:
    """Give the installed emoji font, or None."""
    return next((path for path in fonts if path.is_file()), None)


class Emoji:
    """Gives single emoji as pictures; without a font, a letter in their place.

    Args:
        path: The colour font, None for none.
    """

    def __init__(self, path: Path | None) -> None:
        self._font = ImageFont.truetype(str(path), _STRIKE) if path else None
        self.cut = lru_cache(maxsize=None)(self._cut)

    @property
    def found(self) -> bool:
        """Whether there is a font."""
        return self._font is not None

    def _cut(self, character: str, initial: str) -> Image.Image:
        """Give an emoji without empty margins; `initial` stands in where it cannot be drawn."""
        if self._font is not None:
            glyph = _seen_through(
                _on("#000000", character, self._font), _on("#FFFFFF", character, self._font)
            )
            if box := glyph.getbbox():
                return glyph.crop(box)
        return _letter(initial)


def _on(ground: str, character: str, font: ImageFont.FreeTypeFont) -> Image.Image:
    room = Image.new("RGB", (_ROOM, _ROOM), ground)
    ImageDraw.Draw(room).text((8, 8), character, font=font, embedded_color=True)
    return room


def _seen_through(on_black: Image.Image, on_white: Image.Image) -> Image.Image:
    """Find how clear paint is from what shines through; drawn on an empty ground its colours would darken."""
    alpha = ImageChops.invert(ImageChops.subtract(on_white, on_black)).getchannel("G")
    return Image.merge("RGBa", (*on_black.split(), alpha)).convert("RGBA")


def _letter(initial: str) -> Image.Image:
    room = Image.new("RGBA", (_ROOM * 2, _ROOM * 2))
    font = ImageFont.load_default(_ROOM)
    ImageDraw.Draw(room).text((_ROOM / 2, _ROOM / 2), initial.upper(), font=font, fill="#131A17")
    return room.crop(room.getbbox())


def recoloured(
    picture: Image.Image, hue: int | None, turn: int, strength: float = 1.0, bright: float = 1.0
) -> Image.Image:
    """Give a picture in other hues.

    Args:
        picture: RGBA.
        hue: Degrees around the colour circle that every hue becomes; None leaves them.
        turn: Degrees every hue is turned by, red to green 120.
        strength: Factor of saturation.
        bright: Factor of value.
    """
    hues, saturation, value = picture.convert("RGB").convert("HSV").split()
    ring = [(hue if hue is not None else level * 360 // 256) + turn for level in range(256)]
    shifted = Image.merge(
        "HSV",
        (
            hues.point([degrees * 256 // 360 % 256 for degrees in ring]),
            saturation.point([min(255, round(level * strength)) for level in range(256)]),
            value.point([min(255, round(level * bright)) for level in range(256)]),
        ),
    ).convert("RGB")
    shifted.putalpha(picture.getchannel("A"))
    return shifted
