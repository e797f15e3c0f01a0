"""A product's picture on a disc of its own pale tint; a letter stands in where there is no picture."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.graphics import Color, Rectangle
from kivy.properties import ObjectProperty
from PIL import Image

from kiosk.ui.presenters.views import PictureView
from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.place import centre, middle_of
from kiosk.ui.widgets.shape import from_picture
from kiosk.ui.widgets.surface import Surface
from kiosk.ui.widgets.text import Text

__all__ = ["Picture", "picture_texture", "picture_tint"]

_SHARE = 0.62
"""Part of the disc's diameter that the picture takes."""
_GREY = 24
"""Means whose channels differ by less have no colour to speak of."""
_PALE = 40
"""How far the weakest channel of a tint stays below white."""


@lru_cache(maxsize=2)
def _loaded(path: str) -> Image.Image | None:
    """Load a picture; it is asked for its tint and its texture one after the other."""
    try:
        with Image.open(Path(path)) as opened:
            return opened.convert("RGBA")
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=512)
def picture_texture(path: str, side: int) -> Any:  # noqa: ANN401 - Kivy has no types
    """Load a picture and reduce it once to `side` window pixels; None where it cannot be read."""
    loaded = _loaded(path)
    if loaded is None:
        return None
    return from_picture(loaded.resize((side, side), Image.Resampling.LANCZOS))


@lru_cache(maxsize=512)
def picture_tint(path: str) -> str | None:
    """Give the pale tint that goes with a picture: its own mean colour in much white.

    Returns:
        `#RRGGBB`, or None where the picture cannot be read or has hardly any colour.
    """
    loaded = _loaded(path)
    if loaded is None:
        return None
    dot = loaded.convert("RGBa").resize((1, 1), Image.Resampling.BOX).convert("RGBA")
    mean = dot.tobytes()[:3]
    if max(mean) - min(mean) < _GREY:
        return None
    # The mean is brought to full strength first, so that dark and light goods stand on equally pale tints.
    low, span = min(mean), max(mean) - min(mean)
    return "#" + "".join(f"{round(255 - _PALE * (1 - (part - low) / span)):02X}" for part in mean)


class Picture(Surface):
    """Draws a `PictureView`; round, whatever its box.

    Attributes:
        view: What to draw, None for nothing.
        ground: Colour of the disc that overrides the tint, such as white on the fresh card.
    """

    view = ObjectProperty(None, allownone=True)
    ground = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(**kwargs)
        with self.canvas:
            Color(1, 1, 1, 1)
            self._image = Rectangle(size=(0, 0))
        self._letter = Text(role="heading", halign="center")
        self.add_widget(self._letter)
        # Drawn once before the frame, when view and size are both known: no picture is reduced in vain.
        self._again = Clock.create_trigger(self._draw, -1)
        for name in ("view", "pos", "size", "ground"):
            self.fbind(name, self._again)
        theme.bind(name=self._again)

    def _draw(self, *_: object) -> None:
        view: PictureView | None = self.view
        side = int(min(self.width, self.height) * _SHARE)
        self._image.size, self._letter.text = (0, 0), ""
        if view is None or side < 1:
            self.fill = (0, 0, 0, 0)
            return
        self.radius = max(self.width, self.height) / max(theme.scale, 0.01)
        tint = (picture_tint(view.path) if view.path else None) or view.ground
        self.fill = self.ground or self._tint(tint)
        texture = picture_texture(view.path, side) if view.path else None
        if texture is None:
            self._write(view.letter)
        else:
            self._image.texture, self._image.size = texture, (side, side)
            x, y = middle_of(self)
            self._image.pos = (round(x - side / 2), round(y - side / 2))

    def _write(self, letter: str) -> None:
        self._letter.text = letter
        self._letter.color = (0.07, 0.10, 0.09, 1) if theme.name != "dark" else theme.ink
        centre(self._letter, (self.width, u(60)), middle_of(self))

    @staticmethod
    def _tint(ground: str) -> tuple[float, float, float, float]:
        red, green, blue = (int(ground[i : i + 2], 16) / 255 for i in (1, 3, 5))
        if theme.name != "dark":
            return red, green, blue, 1.0
        base = theme.card
        mixed = [b + (c - b) * 0.2 for b, c in zip(base[:3], (red, green, blue), strict=True)]
        return mixed[0], mixed[1], mixed[2], 1.0
