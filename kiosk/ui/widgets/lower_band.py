"""The lower band, in the same place on every screen: help, language, easier to use."""

from collections.abc import Callable
from typing import Any

from kivy.uix.boxlayout import BoxLayout

from kiosk.checkout.intents import Intent
from kiosk.ui.presenters.views import BandView
from kiosk.ui.theme import u
from kiosk.ui.widgets.button import PushButton

__all__ = ["LowerBand"]


class LowerBand(BoxLayout):
    """Draws a `BandView`; 120 design pixels high."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(spacing=u(20), **kwargs)
        self.emit: Callable[[Intent], None] = lambda _: None
        self.open_access: Callable[[], None] = lambda: None
        self.help, self.language, self.access = (
            PushButton(name=name, role="band", gap_px=18) for name in ("help", "language", "access")
        )
        for button in (self.help, self.language, self.access):
            self.add_widget(button)
        self._view: BandView | None = None
        self.help.bind(on_act=lambda _: self._press("help"))
        self.language.bind(on_act=lambda _: self._press("language"))
        self.access.bind(on_act=lambda _: self.open_access())

    @property
    def targets(self) -> tuple[PushButton, ...]:
        """What can be pressed here, in reading order."""
        return self.help, self.language, self.access

    def show(self, view: BandView) -> None:
        """Take words and state from a view."""
        if view == self._view:
            return
        self._view = view
        self.help.kind = "warned" if view.help_called else "secondary"
        self.help.show(view.help)
        self.language.show(view.language)
        self.access.show(view.access)

    def _press(self, which: str) -> None:
        intent = getattr(self._view, which).intent
        if intent is not None:
            self.emit(intent)
