"""Attract: nobody is here; one instruction, the languages, the ways to pay."""

from collections.abc import Iterable
from typing import Any

from kivy.clock import Clock
from kivy.properties import ObjectProperty

from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import AttractView, LanguageView
from kiosk.ui.screens import attract_parts
from kiosk.ui.screens.scene import Scene, press_sends
from kiosk.ui.widgets.button import PushButton
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["AttractScene", "attract_parts"]

load_beside(__file__)


class AttractScene(Scene):
    """Draws an `AttractView`."""

    view = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        self._languages: list[PushButton] = []
        self._pictured = False
        super().__init__(**kwargs)

    def render(self, view: AttractView) -> None:
        """Draw the view."""
        self.view = view
        if self._pictured:
            self._show_pictures()
        else:
            # Reading the pictures takes longer than all else here: they come with the second frame.
            Clock.schedule_once(lambda _: Clock.schedule_once(self._show_pictures, 0), 0)
        self._show_languages(view.languages)
        for chip, way in zip(self.ids.ways.children[::-1], view.ways, strict=False):
            chip.show(way)
        for step, shown in zip(self.ids.steps.children[::-1], view.steps, strict=False):
            step.show(shown)

    def _show_pictures(self, *_: object) -> None:
        self._pictured = True
        for disc, picture in zip(self.ids.discs.discs(), self.view.pictures, strict=False):
            disc.view = picture

    def _show_languages(self, languages: tuple[LanguageView, ...]) -> None:
        while len(self._languages) < len(languages):
            button = PushButton()
            self._languages.append(button)
            self.ids.languages.add_widget(button)
        self.ids.languages.cols = min(4, max(2, len(languages)))
        for button, shown in zip(self._languages, languages, strict=False):
            button.name = f"language_{shown.code}"
            button.kind = "chosen" if shown.chosen else "secondary"
            press_sends(self, button, shown.button)

    def focus_order(self) -> Iterable[Touchable]:
        """Only the languages can be pressed here."""
        return tuple(self._languages)
