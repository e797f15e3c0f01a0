"""Basket: the total, the newest line large, the older ones quiet, and Pay."""

from collections.abc import Iterable
from typing import Any

from kivy.properties import ObjectProperty

from kiosk.checkout.intents import Intent, RowChosen
from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import BasketView, PillView
from kiosk.ui.screens.parts import fill
from kiosk.ui.screens.scene import Scene, press_sends
from kiosk.ui.widgets.pill import Pill
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["BasketScene"]

load_beside(__file__)

_NOTICE_PX = 196 + 16


class BasketScene(Scene):
    """Draws a `BasketView`."""

    view = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        self._newest_line = 0
        super().__init__(**kwargs)

    def _choose(self, root: int) -> None:
        if self.view is not None:
            self.emit(RowChosen(self.view.revision, root))

    def _send(self, intent: Intent) -> None:
        self.emit(intent)

    def render(self, view: BasketView) -> None:
        """Draw the view."""
        before, self.view = self.view, view
        ids = self.ids
        if before is None:
            ids.newest.emit = ids.notice.emit = self._send
            ids.rows.choose = self._choose
        self._show_pills(view.pills)
        if before is None or before.newest != view.newest:
            ids.newest.view = view.newest
        if before is None or before.notice != view.notice:
            ids.notice.view = view.notice
        ids.notice.tall = _NOTICE_PX if view.notice else 0
        line = view.newest.line if view.newest else 0
        pushed = line > self._newest_line
        self._newest_line = line
        ids.rows.show(view.rows, view.more, pushed=pushed)
        press_sends(self, ids.pay, view.pay)

    def _show_pills(self, pills: tuple[PillView, ...]) -> None:
        for pill, shown in fill(self.ids.pills, Pill, pills):
            pill.show(shown)

    def reset(self) -> None:
        """A new visit begins at the top of the list."""
        self.ids.rows.first = 0
        self._newest_line = 0

    def focus_order(self) -> Iterable[Touchable]:
        """The large card, the notice, the rows, Pay."""
        ids = self.ids
        card = ids.newest.targets if self.view and self.view.newest else ()
        notice = (ids.notice.button,) if self.view and self.view.notice else ()
        return (*card, *notice, *ids.rows.targets, ids.pay)
