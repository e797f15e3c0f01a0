"""A square of paint: outlines filled with lit colours, three times as large as the picture it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import cos, pi
from typing import Final, Protocol

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

__all__ = ["FLAT", "ROUND", "SIDE", "Band", "Canvas", "Outline", "Oval", "Polygon", "Profile", "mixed"]

SIDE: Final = 224
"""Pixels of a picture's side; all coordinates are in these."""
OVER: Final = 3
_STEPS: Final = 16
_EDGE: Final = 0.30

Box = tuple[float, float, float, float]
Point = tuple[float, float]
Light = tuple[tuple[float, float], ...]

ROUND: Final[Light] = (
    (0.0, -0.20),
    (0.10, 0.0),
    (0.20, 0.34),
    (0.28, 0.34),
    (0.40, 0.0),
    (0.70, -0.04),
    (1.0, -0.34),
)
"""How a cylinder lit from the left takes the light: (place across, -1 black … 1 white)."""
FLAT: Final[Light] = ((0.0, 0.10), (1.0, -0.08))
"""How a flat front does."""


def mixed(colour: str, other: str, share: float) -> str:
    """Give a colour with a share (0 to 1) of another in it, all as `#RRGGBB`."""
    pairs = zip(ImageColor.getrgb(colour)[:3], ImageColor.getrgb(other)[:3], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


class Outline(Protocol):
    """Something that can be cut out of paper."""

    def cut(self, draw: ImageDraw.ImageDraw) -> None:
        """Draw itself solid, in large pixels."""


@dataclass(frozen=True, slots=True)
class Band:
    """A rectangle with round corners."""

    box: Box
    radius: float = 0.0

    def cut(self, draw: ImageDraw.ImageDraw) -> None:
        """Draw itself solid."""
        draw.rounded_rectangle(_large_box(self.box), self.radius * OVER, fill=255)


@dataclass(frozen=True, slots=True)
class Oval:
    """An ellipse in a box."""

    box: Box

    def cut(self, draw: ImageDraw.ImageDraw) -> None:
        """Draw itself solid."""
        draw.ellipse(_large_box(self.box), fill=255)


@dataclass(frozen=True, slots=True)
class Polygon:
    """Straight edges between points."""

    points: Sequence[Point]

    def cut(self, draw: ImageDraw.ImageDraw) -> None:
        """Draw itself solid."""
        draw.polygon([(x * OVER, y * OVER) for x, y in self.points], fill=255)


@dataclass(frozen=True, slots=True)
class Profile:
    """A turned body: half its width at some heights, softly joined, the same on both sides.

    Attributes:
        middle: x of the axis.
        knots: (y, half width), downwards.
    """

    middle: float
    knots: Sequence[tuple[float, float]]

    def cut(self, draw: ImageDraw.ImageDraw) -> None:
        """Draw itself solid."""
        side = self._side()
        right = [(self.middle + half, y) for y, half in side]
        left = [(self.middle - half, y) for y, half in reversed(side)]
        Polygon(right + left).cut(draw)

    def between(self, top: float, bottom: float) -> Profile:
        """Give the slice between two heights, such as a label around it."""
        inside = [(y, half) for y, half in self._side() if top < y < bottom]
        return replace(self, knots=((top, self.half_at(top)), *inside, (bottom, self.half_at(bottom))))

    def half_at(self, height: float) -> float:
        """Give half the width at a height."""
        before, after = self.knots[0], self.knots[-1]
        for upper, lower in pairwise(self.knots):
            if upper[0] <= height <= lower[0]:
                before, after = upper, lower
                break
        span = after[0] - before[0]
        part = min(1.0, max(0.0, (height - before[0]) / span)) if span else 1.0
        return before[1] + (after[1] - before[1]) * (1 - cos(pi * part)) / 2

    def _side(self) -> list[tuple[float, float]]:
        heights = [
            upper[0] + (lower[0] - upper[0]) * step / _STEPS
            for upper, lower in pairwise(self.knots)
            for step in range(_STEPS)
        ]
        return [(y, self.half_at(y)) for y in heights] + [self.knots[-1]]


class Canvas:
    """What is painted on; later paint covers earlier."""

    def __init__(self) -> None:
        self._image = Image.new("RGBA", (SIDE * OVER, SIDE * OVER))

    def fill(self, outline: Outline, colour: str, light: Light = FLAT, within: Outline | None = None) -> None:
        """Paint an outline.

        Args:
            outline: What to paint.
            colour: `#RRGGBB`.
            light: How the light falls across it; empty for none.
            within: Paint stays inside this too, and takes the light of its width.
        """
        mask = _mask(outline)
        frame = mask.getbbox()
        if within is not None:
            whole = _mask(within)
            mask, frame = ImageChops.multiply(mask, whole), whole.getbbox()
        box = mask.getbbox()
        if box is None or frame is None:
            return
        self._image.paste(ImageColor.getrgb(colour), box, mask.crop(box))
        for shine, sign in ((255, 1), (0, -1)) if light else ():
            strength = _gradient(light, sign, frame[2] - frame[0])
            across = strength.crop((box[0] - frame[0], 0, box[2] - frame[0], 1))
            veil = across.resize((box[2] - box[0], box[3] - box[1]))
            self._image.paste((shine, shine, shine), box, ImageChops.multiply(mask.crop(box), veil))

    def veil(self, outline: Outline, colour: str, share: float, within: Outline | None = None) -> None:
        """Lay a thin colour (share 0 to 1) over what is painted."""
        mask = _mask(outline)
        if within is not None:
            mask = ImageChops.multiply(mask, _mask(within))
        box = mask.getbbox()
        if box is not None:
            thin = mask.crop(box).point([round(value * share) for value in range(256)])
            self._image.paste(ImageColor.getrgb(colour), box, thin)

    def stick(self, picture: Image.Image, box: Box, turn: float = 0.0) -> None:
        """Lay a picture into a box as large as fits, turned by degrees against the clock."""
        turned = picture.rotate(turn, Image.Resampling.BICUBIC, expand=True) if turn else picture
        left, top, right, bottom = _large_box(box)
        scale = min((right - left) / turned.width, (bottom - top) / turned.height)
        size = max(1, round(turned.width * scale)), max(1, round(turned.height * scale))
        large = turned.resize(size, Image.Resampling.BICUBIC)
        at = round((left + right - size[0]) / 2), round((top + bottom - size[1]) / 2)
        self._image.alpha_composite(large, at)

    def picture(self) -> Image.Image:
        """Give the picture, reduced to `SIDE`, its rim a little darker so that white shows on white."""
        small = self._image.reduce(OVER)
        alpha = small.getchannel("A")
        rim = ImageChops.subtract(alpha, alpha.filter(ImageFilter.MinFilter(3)))
        dark = Image.new("RGB", small.size, "#2B3A44")
        dark.putalpha(rim.point([round(value * _EDGE) for value in range(256)]))
        small.alpha_composite(dark)
        small.putalpha(alpha)
        return small


@lru_cache(maxsize=64)
def _gradient(light: Light, sign: int, width: int) -> Image.Image:
    line = Image.new("L", (width, 1))
    line.putdata([round(255 * max(0.0, sign * _lit(light, x / max(1, width - 1)))) for x in range(width)])
    return line


def _lit(light: Light, place: float) -> float:
    for before, after in pairwise(light):
        if before[0] <= place <= after[0]:
            return before[1] + (after[1] - before[1]) * (place - before[0]) / (after[0] - before[0])
    return light[-1][1]


def _mask(outline: Outline) -> Image.Image:
    mask = Image.new("L", (SIDE * OVER, SIDE * OVER))
    outline.cut(ImageDraw.Draw(mask))
    return mask


def _large_box(box: Box) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    return left * OVER, top * OVER, right * OVER, bottom * OVER
