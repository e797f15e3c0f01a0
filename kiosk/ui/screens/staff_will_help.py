"""Staff will help: the payment could not be decided; a person comes, and settles it behind the PIN pad."""

from collections.abc import Iterable

from kivy.properties import ObjectProperty

from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import StaffWillHelpView
from kiosk.ui.screens.scene import Scene, press_sends
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["StaffWillHelpScene"]

load_beside(__file__)


class StaffWillHelpScene(Scene):
    """Draws a `StaffWillHelpView`."""

    view = ObjectProperty(None, allownone=True)

    def render(self, view: StaffWillHelpView) -> None:
        """Draw the view."""
        self.view = view
        press_sends(self, self.ids.staff, view.staff)

    def focus_order(self) -> Iterable[Touchable]:
        """The staff button."""
        return (self.ids.staff,)
