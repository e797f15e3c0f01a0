"""Easier to use: high contrast, larger text, nothing moves; all three undone when the visit ends."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from kivy.properties import ObjectProperty

from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import AccessView
from kiosk.ui.screens import idle_warning
from kiosk.ui.screens.scene import Scene, press_sends
from kiosk.ui.theme import theme
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["LARGE", "AccessDialog", "idle_warning"]

LARGE = 1.25
load_beside(__file__)


class AccessDialog(Scene):
    """Draws an `AccessView`; larger text and stillness are kept in the theme, not in the session.

    Attributes:
        close: Called when it is done; set by the stage.
    """

    view = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        self.close: Callable[[], None] = lambda: None
        super().__init__(**kwargs)
        self.ids.larger.bind(on_act=lambda _: self._turn("text_scale", 1.0, LARGE))
        self.ids.calm.bind(on_act=lambda _: self._turn("motion", True, False))  # noqa: FBT003 - on and off
        self.ids.close.bind(on_act=lambda _: self.close())

    def render(self, view: AccessView) -> None:
        """Draw the view."""
        self.view = view
        press_sends(self, self.ids.contrast, view.contrast)
        self._mark(self.ids.contrast, view.contrast.icon, on=view.contrast_on)
        for button, shown, on in (
            (self.ids.larger, view.larger, theme.text_scale > 1.0),
            (self.ids.calm, view.calm, not theme.motion),
        ):
            button.show(replace(shown, icon=""))
            self._mark(button, shown.icon, on=on)
        self.ids.close.show(view.close)

    @staticmethod
    def _mark(button: Any, icon: str, *, on: bool) -> None:  # noqa: ANN401 - Kivy has no types
        """Show what is on by colour, edge and a tick."""
        button.kind = "chosen" if on else "secondary"
        button.icon = "tick" if on else icon

    def _turn(self, token: str, usual: float, other: float) -> None:
        setattr(theme, token, other if getattr(theme, token) == usual else usual)
        self.render(self.view)

    def focus_order(self) -> Iterable[Touchable]:
        """The three, then done."""
        ids = self.ids
        return (ids.contrast, ids.larger, ids.calm, ids.close)
