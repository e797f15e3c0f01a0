"""A filled and edged rounded rectangle, the ground of every other widget."""

from typing import Any

from kivy.graphics import BorderImage, Color
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty
from kivy.uix.widget import Widget

from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.shape import corners, dashes, from_mask

__all__ = ["Surface"]

_CLEAR = (0, 0, 0, 0)


class Surface(Widget):
    """Draws its ground before its children; holds no text and takes no touch.

    Attributes:
        fill: Colour of the ground.
        edge_color: Colour of the edge.
        edge_width: Width of the edge in design pixels, 0 for none.
        radius: Corner radius in design pixels.
        shadow: Whether a flat 2 px shadow lies under it.
        ring: Whether the focus ring is drawn around it.
        dashed: Whether the edge is dashed.
    """

    fill = ColorProperty(_CLEAR)
    edge_color = ColorProperty(_CLEAR)
    edge_width = NumericProperty(0)
    radius = NumericProperty(24)
    shadow = BooleanProperty(defaultvalue=False)
    ring = BooleanProperty(defaultvalue=False)
    dashed = BooleanProperty(defaultvalue=False)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(**kwargs)
        with self.canvas.before:
            self._shadow_color, self._shadow = Color(), BorderImage()
            self._ring_color, self._ring = Color(), BorderImage()
            self._fill_color, self._fill = Color(), BorderImage()
            self._edge_color, self._edge = Color(), BorderImage()
        for name in ("pos", "size", "radius", "edge_width", "shadow", "ring", "dashed"):
            self.fbind(name, self._shape)
        self.fbind("fill", self._paint)
        self.fbind("edge_color", self._paint)
        self._dash: tuple[tuple[int, ...], Any] | None = None
        self._shape()
        self._paint()

    def _paint(self, *_: object) -> None:
        self._fill_color.rgba = self.fill
        self._edge_color.rgba = self.edge_color if self.edge_width else _CLEAR
        self._shadow_color.rgba = theme.shadow if self.shadow else _CLEAR
        self._ring_color.rgba = theme.focus if self.ring else _CLEAR

    def _shape(self, *_: object) -> None:
        width, height = int(self.width), int(self.height)
        radius = max(0, int(min(u(self.radius), width / 2, height / 2)))
        self._slice(self._fill, radius, 0)
        stroke = max(1, int(u(self.edge_width))) if self.edge_width else 0
        if self.dashed and stroke and width > 0 and height > 0:
            self._edge.texture = self._dashes((width, height, radius, stroke))
            self._edge.border = (0, 0, 0, 0)
            self._edge.pos, self._edge.size = (int(self.x), int(self.y)), (width, height)
        elif stroke:
            self._slice(self._edge, radius, stroke)
        if self.shadow:
            self._slice(self._shadow, radius, 0, down=int(u(2)))
        if self.ring:
            self._slice(self._ring, radius + int(u(14)), int(u(8)), grow=int(u(14)))
        self._paint()

    def _dashes(self, shape: tuple[int, int, int, int]) -> Any:  # noqa: ANN401 - Kivy has no types
        if self._dash is None or self._dash[0] != shape:
            self._dash = (shape, from_mask(dashes(*shape)))
        return self._dash[1]

    def _slice(
        self,
        image: Any,  # noqa: ANN401 - Kivy has no types
        radius: int,
        stroke: int,
        grow: int = 0,
        down: int = 0,
    ) -> None:
        image.texture = corners(radius, stroke)
        image.border = (radius, radius, radius, radius)
        image.pos = (int(self.x) - grow, int(self.y) - grow - down)
        image.size = (int(self.width) + 2 * grow, int(self.height) + 2 * grow)
