"""Anti-aliased corner textures, drawn once per radius by Pillow and stretched as nine slices."""

from functools import cache
from typing import Any

from kivy.graphics.texture import Texture
from PIL import Image, ImageDraw

__all__ = ["OVERSAMPLE", "corners", "dashes", "from_mask", "from_picture", "mask_of_corners"]

OVERSAMPLE = 4
"""Masks are drawn this many times larger and averaged, as the window itself has no anti-aliasing."""


def mask_of_corners(radius: int, stroke: int) -> Image.Image:
    """Draw a rounded square just large enough for its corners and a stretchable middle.

    Args:
        radius: Corner radius in window pixels.
        stroke: Width of the outline; 0 fills the shape.

    Returns:
        A picture of mode L, `2 * radius + 2` pixels square.
    """
    side = 2 * radius + 2
    big = Image.new("L", (side * OVERSAMPLE, side * OVERSAMPLE), 0)
    box = (0, 0, side * OVERSAMPLE - 1, side * OVERSAMPLE - 1)
    pen = ImageDraw.Draw(big)
    if stroke:
        pen.rounded_rectangle(box, radius * OVERSAMPLE, outline=255, width=stroke * OVERSAMPLE)
    else:
        pen.rounded_rectangle(box, radius * OVERSAMPLE, fill=255)
    return big.resize((side, side), Image.Resampling.BOX)


def from_mask(mask: Image.Image) -> Any:  # noqa: ANN401 - Kivy has no types
    """Make a white texture whose transparency is the mask, to be tinted by a colour."""
    white = Image.new("RGBA", mask.size, (255, 255, 255, 0))
    white.putalpha(mask)
    return from_picture(white)


def from_picture(picture: Image.Image, *, smooth: bool = True) -> Any:  # noqa: ANN401 - Kivy has no types
    """Make a texture of an RGBA picture; unsmoothed, its pixels stay hard when it is drawn larger."""
    texture = Texture.create(size=picture.size, colorfmt="rgba")
    if not smooth:
        texture.min_filter = texture.mag_filter = "nearest"
    texture.blit_buffer(picture.tobytes(), colorfmt="rgba", bufferfmt="ubyte")
    texture.flip_vertical()
    return texture


@cache
def corners(radius: int, stroke: int = 0) -> Any:  # noqa: ANN401 - Kivy has no types
    """Give the nine-slice texture of a rounded rectangle: filled, or its outline only."""
    return from_mask(mask_of_corners(radius, stroke))


def dashes(width: int, height: int, radius: int, stroke: int) -> Image.Image:
    """Draw a dashed outline, the mark of what cannot be used: a shape beside a colour.

    Args:
        width: Of the shape, in window pixels.
        height: Of the shape, in window pixels.
        radius: Corner radius.
        stroke: Width of the line.

    Returns:
        A picture of mode L of that size.
    """
    solid = Image.new("L", (width, height), 0)
    ImageDraw.Draw(solid).rounded_rectangle((0, 0, width - 1, height - 1), radius, outline=255, width=stroke)
    pen = ImageDraw.Draw(solid)
    step = stroke * 6
    for x in range(radius, width - radius, step):
        pen.rectangle((x, 0, x + step // 2, stroke), fill=0)
        pen.rectangle((x, height - stroke - 1, x + step // 2, height), fill=0)
    for y in range(radius, height - radius, step):
        pen.rectangle((0, y, stroke, y + step // 2), fill=0)
        pen.rectangle((width - stroke - 1, y, width, y + step // 2), fill=0)
    return solid
