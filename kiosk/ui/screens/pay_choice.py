"""Pay choice: what is to pay, what it is made of, and the ways to pay it."""

from collections.abc import Iterable
from typing import Any

from kivy.properties import ObjectProperty

from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import PayChoiceView
from kiosk.ui.screens.parts import SumLine, fill
from kiosk.ui.screens.scene import Scene, press_sends
from kiosk.ui.widgets.tile import Tile
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["PayChoiceScene"]

load_beside(__file__)


class PayChoiceScene(Scene):
    """Draws a `PayChoiceView`."""

    view = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        self._ways: list[Tile] = []
        super().__init__(**kwargs)

    def render(self, view: PayChoiceView) -> None:
        """Draw the view."""
        self.view = view
        for line, shown in fill(self.ids.sums, SumLine, view.sums):
            line.show(shown)
        self._ways = []
        for number, (tile, way) in enumerate(fill(self.ids.ways, Tile, view.ways)):
            tile.name = f"pay_{way.icon or number}"
            self._fit(tile, alone=len(view.ways) == 1)
            press_sends(self, tile, way)
            self._ways.append(tile)
        press_sends(self, self.ids.back, view.back)

    @staticmethod
    def _fit(tile: Tile, *, alone: bool) -> None:
        """A single way has all the room: its words and its disc grow into it."""
        tile.disc_px, tile.icon_px, tile.gap_px = (240, 140, 90) if alone else (128, 76, 46)
        tile.role, tile.sub_role = ("word", "lead") if alone else ("tile", "second")

    def focus_order(self) -> Iterable[Touchable]:
        """The ways to pay, then back."""
        return (*self._ways, self.ids.back)
