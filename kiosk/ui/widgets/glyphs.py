"""Pictures of single characters, cached per face and size, that amounts are composed of."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from kivy.core.text import Label as CoreLabel

__all__ = ["Glyph", "cell_width", "glyph", "line_width"]

_FIGURES: Final = frozenset("0123456789")
_SPACES: Final = frozenset(" \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as a white texture, and how far the pen moves on, in window pixels."""

    texture: Any
    advance: int


@lru_cache(maxsize=2048)
def glyph(face: str, size: float, character: str) -> Glyph:
    """Draw a character once; figures move the pen by the width of a zero, so that columns align.

    Args:
        face: A registered face.
        size: Font size in window pixels.
        character: One character; spaces of any width are a quarter of the size.
    """
    if character in _SPACES:
        return Glyph(None, round(size / 4))
    label = CoreLabel(font_name=face, font_size=size, color=(1, 1, 1, 1))
    label.text = character
    label.refresh()
    advance = cell_width(face, size) if character in _FIGURES else int(label.get_extents(character)[0])
    return Glyph(label.texture, advance)


@lru_cache(maxsize=64)
def cell_width(face: str, size: float) -> int:
    """Give the width of a figure's cell: that of the widest figure, in window pixels."""
    label = CoreLabel(font_name=face, font_size=size)
    return max(int(label.get_extents(figure)[0]) for figure in _FIGURES)


def line_width(face: str, size: float, text: str) -> int:
    """Give the width of a text set in glyphs, in window pixels."""
    return sum(glyph(face, size, character).advance for character in text)
