"""Checking: nobody knows yet whether the payment went through; nothing to press but help and language."""

from collections.abc import Iterable
from typing import Any

from kivy.clock import Clock
from kivy.properties import ObjectProperty

from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import CheckingView, StepView
from kiosk.ui.screens.parts import fill
from kiosk.ui.screens.scene import Scene
from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.surface import Surface
from kiosk.ui.widgets.text import Text
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["CheckingScene", "StepLine"]

load_beside(__file__)


class StepLine(Surface):
    """One step of the check."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(radius=24, edge_width=2, shadow=True, size_hint_y=None, height=u(98), **kwargs)
        self._icon, self._text = Icon(), Text(role="strong", halign="left")
        self._detail = Text(role="caption", halign="right")
        for part in (self._icon, self._text, self._detail):
            self.add_widget(part)
        self._again = Clock.create_trigger(self._arrange, -1)
        for name in ("pos", "size"):
            self.fbind(name, self._again)
        theme.bind(name=self._again, text_scale=self._again)

    def show(self, view: StepView) -> None:
        """Take icon and words."""
        self._icon.icon, self._text.text, self._detail.text = view.icon, view.text, view.detail
        self._again()

    def _arrange(self, *_: object) -> None:
        self.fill, self.edge_color = theme.card, theme.line
        colours = {"tick": theme.accent, "clock": theme.warn_text}
        self._icon.color = colours.get(self._icon.icon, theme.ink)
        self._text.color, self._detail.color = theme.ink, theme.muted
        side, middle = u(52), self.y + self.height / 2
        self._icon.size, self._icon.pos = (side, side), (self.x + u(36), middle - side / 2)
        start, end = self.x + u(116), self.x + self.width - u(36)
        detail = min(self._detail.natural()[0] + u(4), (end - start) * 0.45)
        self._detail.size, self._detail.pos = (detail, self.height), (end - detail, self.y)
        self._text.size, self._text.pos = (end - detail - u(16) - start, self.height), (start, self.y)


class CheckingScene(Scene):
    """Draws a `CheckingView`."""

    view = ObjectProperty(None, allownone=True)

    def render(self, view: CheckingView) -> None:
        """Draw the view."""
        self.view = view
        self.ids.ring.view = view.countdown
        for line, step in fill(self.ids.steps, StepLine, view.steps):
            line.show(step)

    def focus_order(self) -> Iterable[Touchable]:
        """Nothing here can be pressed: only a known result leads on."""
        return ()
