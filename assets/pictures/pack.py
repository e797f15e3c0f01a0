"""What a picture is made of: an emoji that plainly is the product, or a pack with one on its label."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from assets.pictures.canvas import SIDE, Band, Box, Canvas, Outline, mixed

__all__ = ["Pack", "Plain", "Shape", "lettering", "stripe"]


@dataclass(frozen=True, slots=True)
class Plain:
    """An emoji.

    Attributes:
        character: One emoji.
        hue: Degrees on the colour circle that all its hues become, red 0, green 120; None leaves them.
        turn: Degrees its hues are turned by.
        strength: Factor of its saturation.
        bright: Factor of its value.
        keep: Upper share of it that keeps its colours, such as a stem.
    """

    character: str
    hue: int | None = None
    turn: int = 0
    strength: float = 1.0
    bright: float = 1.0
    keep: float = 0.0


@dataclass(frozen=True, slots=True)
class Pack:
    """A drawn pack.

    Attributes:
        shape: Name of what draws it.
        body: Colour of the pack, or of what shows through its glass.
        label: Colour of the label; empty for none.
        cap: Colour of cap, lid or seal.
        emoji: What is on the label, or in the pack where that is open.
    """

    shape: str
    body: str = "#F4F6F7"
    label: str = ""
    cap: str = ""
    emoji: Plain | Pack | None = None


Shape = Callable[[Canvas, Pack, Image.Image | None], None]
"""Draws a pack on a canvas; the picture goes on the label."""


def stripe(canvas: Canvas, body: Outline, span: tuple[float, float], colour: str, share: float = 1.0) -> None:
    """Lay a level stripe around a body, from a height to a lower one."""
    top, bottom = span
    canvas.veil(Band((0, top, SIDE, bottom)), colour, share, within=body)


def lettering(canvas: Canvas, box: Box, ground: str) -> None:
    """Hint at two lines of print: a longer over a shorter, readable in every language as none."""
    left, top, right, bottom = box
    ink = mixed(ground, "#131A17" if sum(bytes.fromhex(ground[1:])) > 3 * 140 else "#FFFFFF", 0.62)
    height = (bottom - top) * 0.40
    canvas.fill(Band((left, top, right, top + height), height / 2), ink, ())
    inset = (right - left) * 0.2
    canvas.fill(Band((left + inset, bottom - height, right - inset, bottom), height / 2), ink, ())
