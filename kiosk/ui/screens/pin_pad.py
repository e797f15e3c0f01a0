"""PIN pad: dots and keys; the digits leave the pad only as an intent."""

from collections.abc import Iterable

from kivy.properties import ObjectProperty

from kiosk.checkout.intents import PinEntered
from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import PinPadView
from kiosk.ui.screens.scene import Scene, press_sends
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["PinPadScene"]

load_beside(__file__)


class PinPadScene(Scene):
    """Draws a `PinPadView`."""

    view = ObjectProperty(None, allownone=True)

    def render(self, view: PinPadView) -> None:
        """Draw the view."""
        self.view = view
        pad = self.ids.pad
        pad.least, pad.most, pad.open = view.length, view.most, view.open
        pad.erase, pad.enter = view.erase, view.enter
        press_sends(self, self.ids.back, view.back)

    def reset(self) -> None:
        """Forget what somebody began to type."""
        self.ids.pad.clear()

    def entered(self, pin: str) -> None:
        """Hand the PIN over."""
        if self.view is not None and self.view.back.intent is not None:
            self.emit(PinEntered(self.view.back.intent.revision, pin))

    def focus_order(self) -> Iterable[Touchable]:
        """The keys, then back."""
        return (*self.ids.pad.targets, self.ids.back)
