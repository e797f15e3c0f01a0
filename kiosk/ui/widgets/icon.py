"""An icon of ours as a tinted texture, drawn once per name, size and stroke."""

from functools import cache
from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.properties import ColorProperty, NumericProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.ui.theme import theme
from kiosk.ui.widgets.place import middle_of
from kiosk.ui.widgets.shape import from_mask
from kiosk.ui.widgets.strokes import draw_icon

__all__ = ["Icon", "icon_texture"]


@cache
def icon_texture(name: str, side: int, stroke: float) -> Any:  # noqa: ANN401 - Kivy has no types
    """Give the texture of an icon of `side` window pixels."""
    return from_mask(draw_icon(name, side, stroke))


class Icon(Widget):
    """Draws one icon in the middle of its box.

    Attributes:
        icon: Key of `icons_table.ICONS`, empty for none.
        color: Of the strokes.
        stroke: Width of the line on the grid of 24.
    """

    icon = StringProperty("")
    color = ColorProperty("#131A17")
    stroke = NumericProperty(2.0)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        kwargs.setdefault("color", theme.ink)
        super().__init__(**kwargs)
        with self.canvas:
            self._color, self._picture = Color(*self.color), Rectangle(size=(0, 0))
        self.fbind("color", self._paint)
        for name in ("icon", "pos", "size", "stroke"):
            self.fbind(name, self._set)
        self._set()

    def _paint(self, *_: object) -> None:
        self._color.rgba = self.color

    def _set(self, *_: object) -> None:
        side = int(min(self.width, self.height))
        if not self.icon or side < 1:
            self._picture.size = (0, 0)
            return
        self._picture.texture = icon_texture(self.icon, side, self.stroke)
        self._picture.size = (side, side)
        x, y = middle_of(self)
        self._picture.pos = (round(x - side / 2), round(y - side / 2))
