"""Draws a bank card nobody issued, and the waves of a contactless reader."""

from typing import Final

from PIL import Image, ImageDraw

__all__ = ["draw_card", "draw_waves"]

_FINER: Final = 3


def _blend(colour: str, part: float) -> tuple[int, int, int]:
    """Mix white into a colour."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    mixed = [round(channel + (255 - channel) * part) for channel in (red, green, blue)]
    return mixed[0], mixed[1], mixed[2]


def draw_card(scale: float, turn: float, colour: str, edge: str) -> Image.Image:
    """Draw a card of 288 x 188 design pixels.

    Args:
        scale: Window pixels per design pixel.
        turn: Degrees against the clock.
        colour: Of the card, `#RRGGBB`.
        edge: Of its edge, empty for none.
    """
    factor = scale * _FINER
    card = Image.new("RGBA", (round(288 * factor), round(188 * factor)), (0, 0, 0, 0))
    pen = ImageDraw.Draw(card)

    def box(*corners: float) -> tuple[float, float, float, float]:
        left, top, right, bottom = (corner * factor for corner in corners)
        return left, top, right, bottom

    pen.rounded_rectangle(
        box(1, 1, 287, 187),
        26 * factor,
        fill=colour,
        outline=edge or None,
        width=round(4 * factor) if edge else 0,
    )
    pen.rounded_rectangle(box(28, 56, 82, 98), 10 * factor, fill="#FFD98F")
    pen.rounded_rectangle(box(28, 140, 158, 156), 8 * factor, fill=_blend(colour, 0.5))
    pen.ellipse(box(192, 122, 236, 166), fill=_blend(colour, 0.5))
    pen.ellipse(box(216, 122, 260, 166), fill=_blend(colour, 0.72))
    turned = card.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    return turned.resize((turned.width // _FINER, turned.height // _FINER), Image.Resampling.LANCZOS)


def draw_waves(scale: float, colour: str) -> Image.Image:
    """Draw three waves, 150 x 260 design pixels."""
    factor = scale * _FINER
    waves = Image.new("RGBA", (round(150 * factor), round(260 * factor)), (0, 0, 0, 0))
    pen = ImageDraw.Draw(waves)
    width = 16 * factor
    middle = 130 * factor
    for radius in (44, 82, 120):
        reach = radius * factor
        left = -10 * factor
        pen.arc(
            (left - reach, middle - reach, left + reach, middle + reach),
            -56,
            56,
            fill=colour,
            width=round(width),
        )
    return waves.resize((waves.width // _FINER, waves.height // _FINER), Image.Resampling.LANCZOS)
