"""Languages: each under its own name, one touch away on every screen."""

from collections.abc import Iterable
from typing import Any

from kivy.properties import ObjectProperty

from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import LanguagesView
from kiosk.ui.screens import idle_warning
from kiosk.ui.screens.parts import fill
from kiosk.ui.screens.scene import Scene, press_sends
from kiosk.ui.theme import u
from kiosk.ui.widgets.button import PushButton
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["LanguagesDialog", "idle_warning"]

load_beside(__file__)


class LanguagesDialog(Scene):
    """Draws a `LanguagesView`."""

    view = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        self._buttons: list[PushButton] = []
        super().__init__(**kwargs)

    def render(self, view: LanguagesView) -> None:
        """Draw the view."""
        self.view = view
        self._buttons = []
        for button, language in fill(self.ids.languages, PushButton, view.languages):
            button.name = f"language_{language.code}"
            button.role = "tile"
            button.size_hint_y, button.height = None, u(144)
            button.kind = "chosen" if language.chosen else "secondary"
            press_sends(self, button, language.button)
            self._buttons.append(button)
        press_sends(self, self.ids.close, view.close)

    def focus_order(self) -> Iterable[Touchable]:
        """The languages, then close."""
        return (*self._buttons, self.ids.close)
