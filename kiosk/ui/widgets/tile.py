"""A large choice: an icon on a tinted disc, a word and one line."""

from typing import Any

from kivy.properties import NumericProperty

from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.button import PushButton
from kiosk.ui.widgets.place import centre, middle_of
from kiosk.ui.widgets.surface import Surface

__all__ = ["Tile"]


class Tile(PushButton):
    """A button in a stack whose icon stands on a disc.

    Attributes:
        disc_px: Diameter of the disc in design pixels.
    """

    disc_px = NumericProperty(128)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        self._disc = Surface()
        kwargs = {"layout": "stack", "role": "tile", "icon_px": 76, "gap_px": 46, "radius": 28} | kwargs
        super().__init__(**kwargs)
        self.add_widget(self._disc, index=len(self.children))
        self._icon.stroke = 1.7

    def _dress(self, *_: object) -> None:
        super()._dress()
        self._disc.fill = theme.tint if self.enabled else theme.soft
        self._disc.edge_color, self._disc.edge_width = (
            theme.tint_edge,
            3 if theme.name == "high_contrast" else 0,
        )

    def _stack(self, down: float) -> None:
        super()._stack(down)
        side = u(self.disc_px)
        self._disc.radius = self.disc_px
        centre(self._disc, (side, side), middle_of(self._icon))
