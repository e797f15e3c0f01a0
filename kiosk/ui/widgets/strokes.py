"""Turns stroke icons into masks: lines of one width with round ends and joints."""

from collections.abc import Iterator, Sequence
from math import cos, radians, sin
from typing import Final

from PIL import Image, ImageDraw

from kiosk.ui.widgets.icons_table import ICONS, Stroke

__all__ = ["draw_icon", "points_of"]

GRID: Final = 24
_OVERSAMPLE: Final = 4
_CURVE_STEPS: Final = 24

Point = tuple[float, float]


def draw_icon(name: str, side: int, stroke: float) -> Image.Image:
    """Draw an icon.

    Args:
        name: Key of `icons_table.ICONS`.
        side: Of the picture, in window pixels.
        stroke: Width of the line on the grid of 24.

    Returns:
        A picture of mode L.

    Raises:
        KeyError: No such icon.
    """
    factor = side * _OVERSAMPLE / GRID
    big = Image.new("L", (side * _OVERSAMPLE, side * _OVERSAMPLE), 0)
    pen = ImageDraw.Draw(big)
    for part in ICONS[name]:
        if part[0] == "D":
            x, y, radius = part[1]
            _dot(pen, (x * factor, y * factor), radius * factor)
        else:
            _line(pen, [(x * factor, y * factor) for x, y in points_of(part)], stroke * factor)
    return big.resize((side, side), Image.Resampling.BOX)


def _dot(pen: ImageDraw.ImageDraw, centre: Point, radius: float) -> None:
    x, y = centre
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)


def _line(pen: ImageDraw.ImageDraw, points: Sequence[Point], width: float) -> None:
    pen.line(list(points), fill=255, width=round(width))
    for point in points:
        _dot(pen, point, width / 2)


def points_of(part: Stroke) -> list[Point]:
    """Give the corners of a stroke as one open line on the grid of 24."""
    kind, values = part
    match kind:
        case "L":
            return list(_pairs(values))
        case "Z":
            corners = list(_pairs(values))
            return [*corners, corners[0]]
        case "R":
            return list(_box(*values))
        case "C":
            x, y, radius = values
            return list(_arc(x, y, radius, 0, 360))
        case "A":
            return list(_arc(*values))
        case _:
            return list(_curve(list(_pairs(values))))


def _pairs(values: Sequence[float]) -> Iterator[Point]:
    yield from zip(values[::2], values[1::2], strict=True)


def _arc(x: float, y: float, radius: float, start: float, end: float) -> Iterator[Point]:
    steps = max(8, round(abs(end - start) / 6))
    for step in range(steps + 1):
        angle = radians(start + (end - start) * step / steps)
        yield x + radius * cos(angle), y + radius * sin(angle)


def _box(x: float, y: float, width: float, height: float, radius: float) -> Iterator[Point]:
    right, bottom = x + width - radius, y + height - radius
    yield from _arc(right, y + radius, radius, -90, 0)
    yield from _arc(right, bottom, radius, 0, 90)
    yield from _arc(x + radius, bottom, radius, 90, 180)
    yield from _arc(x + radius, y + radius, radius, 180, 270)
    yield right, y


def _curve(corners: Sequence[Point]) -> Iterator[Point]:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    for step in range(_CURVE_STEPS + 1):
        s = step / _CURVE_STEPS
        r = 1 - s
        yield (
            r**3 * ax + 3 * r * r * s * bx + 3 * r * s * s * cx + s**3 * dx,
            r**3 * ay + 3 * r * r * s * by + 3 * r * s * s * cy + s**3 * dy,
        )
