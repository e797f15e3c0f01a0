"""Follow the terminal: what is to pay, a picture of the reader, and what it asks for."""

from collections.abc import Iterable

from kivy.properties import ObjectProperty

from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import FollowTerminalView
from kiosk.ui.screens import pay_choice, reader
from kiosk.ui.screens.scene import Scene, press_sends
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["FollowTerminalScene", "pay_choice", "reader"]

load_beside(__file__)


class FollowTerminalScene(Scene):
    """Draws a `FollowTerminalView`."""

    view = ObjectProperty(None, allownone=True)

    def render(self, view: FollowTerminalView) -> None:
        """Draw the view."""
        self.view = view
        self.ids.reader.show(view)
        press_sends(self, self.ids.cancel, view.cancel)

    def focus_order(self) -> Iterable[Touchable]:
        """Cancel, while the terminal may still be asked to."""
        return (self.ids.cancel,)
