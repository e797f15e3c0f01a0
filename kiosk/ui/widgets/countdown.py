"""A ring that empties while seconds run out, with the figure in its middle."""

from functools import lru_cache
from math import cos, pi, sin
from typing import Any, Final

from kivy.graphics import Color, Mesh, Rectangle
from kivy.properties import ColorProperty, NumericProperty, ObjectProperty
from kivy.uix.widget import Widget
from PIL import Image, ImageDraw

from kiosk.ui.presenters.views import CountdownView
from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.amount import Amount
from kiosk.ui.widgets.place import centre, middle_of
from kiosk.ui.widgets.shape import OVERSAMPLE, corners, from_mask
from kiosk.ui.widgets.text import Text

__all__ = ["Countdown", "fan", "ring_texture"]

_STEP: Final = pi / 60


@lru_cache(maxsize=16)
def ring_texture(side: int, stroke: int) -> Any:  # noqa: ANN401 - Kivy has no types
    """Draw a whole ring, white, `side` window pixels wide."""
    big = Image.new("L", (side * OVERSAMPLE, side * OVERSAMPLE), 0)
    # A clear pixel at every edge, as the fan's corners reach beyond the texture and repeat its last one.
    box = (OVERSAMPLE, OVERSAMPLE, (side - 1) * OVERSAMPLE - 1, (side - 1) * OVERSAMPLE - 1)
    ImageDraw.Draw(big).ellipse(box, outline=255, width=stroke * OVERSAMPLE)
    return from_mask(big.resize((side, side), Image.Resampling.BOX))


def fan(x: float, y: float, side: float, part: float) -> list[float]:
    """Give the corners of a pie that cuts `part` of the ring out of its texture, clockwise from the top.

    Returns:
        x, y, u, v for each corner, the centre first.
    """
    points = [x + side / 2, y + side / 2, 0.5, 0.5]
    whole = 2 * pi * max(0.0, min(1.0, part))
    steps = max(1, round(whole / _STEP))
    for step in range(steps + 1):
        angle = whole * step / steps
        across, up = 0.5 + sin(angle) * 0.71, 0.5 + cos(angle) * 0.71
        points += [x + across * side, y + up * side, across, 1 - up]
    return points


class Countdown(Widget):
    """Draws a `CountdownView`.

    Attributes:
        view: What to draw, None for nothing.
        color: Of what is left.
        stroke_px: Width of the ring in design pixels.
    """

    view = ObjectProperty(None, allownone=True)
    color = ColorProperty("#005C46")
    stroke_px = NumericProperty(20)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(**kwargs)
        with self.canvas:
            self._track_color, self._track = Color(), Rectangle()
            self._color, self._arc = Color(), Mesh(mode="triangle_fan")
            self._start, self._end = Rectangle(), Rectangle()
        self._figure = Amount(role="countdown", halign="center")
        self._caption = Text(role="caption", halign="center")
        self.add_widget(self._figure)
        self.add_widget(self._caption)
        for name in ("view", "pos", "size", "color"):
            self.fbind(name, self._draw)
        theme.bind(name=self._draw)
        self._draw()

    def _draw(self, *_: object) -> None:
        view: CountdownView | None = self.view
        self.opacity = 1 if view else 0
        side = int(min(self.width, self.height))
        stroke = int(u(self.stroke_px))
        if view is None or side <= 2 * stroke:
            return
        self._track_color.rgba, self._color.rgba = theme.track, self.color
        centre_x, centre_y = middle_of(self)
        x, y = round(centre_x - side / 2), round(centre_y - side / 2)
        texture = ring_texture(side, stroke)
        self._track.texture, self._track.pos, self._track.size = texture, (x, y), (side, side)
        vertices = fan(x, y, side, view.part)
        self._arc.vertices = vertices
        self._arc.indices = list(range(len(vertices) // 4))
        self._arc.texture = texture
        ring = (x, y, side, stroke)
        self._cap(self._start, 0.0, ring, view.part)
        self._cap(self._end, view.part, ring, view.part)
        self._write(view, side)

    @staticmethod
    def _cap(cap: Any, at: float, ring: tuple[int, int, int, int], part: float) -> None:  # noqa: ANN401 - Kivy has no types
        """Round an end of the arc."""
        x, y, side, stroke = ring
        radius = (side - stroke) / 2 - 1
        angle = 2 * pi * at
        cap.texture = corners(stroke // 2)
        cap.size = (stroke, stroke) if 0 < part < 1 else (0, 0)
        cap.pos = (
            x + side / 2 + sin(angle) * radius - stroke / 2,
            y + side / 2 + cos(angle) * radius - stroke / 2,
        )

    def _write(self, view: CountdownView, side: int) -> None:
        self._figure.text, self._figure.color = view.figure, theme.ink
        self._caption.text, self._caption.color = view.caption, theme.muted
        lift = side * 0.05 if view.caption else 0
        x, y = middle_of(self)
        centre(self._figure, (side * 0.72, side * 0.5), (x, y + lift))
        centre(self._caption, (side * 0.66, u(44)) if view.caption else (0, 0), (x, y - side * 0.22))
