"""Settle: a person says what became of an escalated payment, and how they know."""

from collections.abc import Iterable
from typing import Any

from kivy.properties import NumericProperty, ObjectProperty

from kiosk.checkout.intents import Settlement, SettlePressed
from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import ButtonView, SettleView
from kiosk.ui.screens.parts import SumLine, fill
from kiosk.ui.screens.scene import Scene, press_sends
from kiosk.ui.widgets.button import PushButton
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["SettleScene"]

load_beside(__file__)


class SettleScene(Scene):
    """Draws a `SettleView`; what is chosen is kept here until it is settled.

    Attributes:
        outcome: Index of the outcome chosen, -1 for none.
        reason: Index of the reason chosen, -1 for none.
    """

    view = ObjectProperty(None, allownone=True)
    outcome = NumericProperty(-1)
    reason = NumericProperty(-1)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(**kwargs)
        self.ids.confirm.bind(on_act=lambda _: self._settle())

    def render(self, view: SettleView) -> None:
        """Draw the view."""
        self.view = view
        for line, fact in fill(self.ids.facts, SumLine, view.facts):
            line.show(fact)
        for index, (button, outcome) in enumerate(fill(self.ids.outcomes, PushButton, view.outcomes)):
            chosen = index == self.outcome
            button.kind, button.layout, button.name = (
                "chosen" if chosen else "secondary",
                "stack",
                f"outcome_{outcome.key}",
            )
            button.show(ButtonView(outcome.text, sub=outcome.sub, icon=outcome.icon))
            self._wire(button, "outcome", index)
        self._show_reasons(view)
        self.ids.confirm.show(view.confirm)
        self.ids.confirm.enabled = self.reason >= 0
        press_sends(self, self.ids.back, view.back)

    def _show_reasons(self, view: SettleView) -> None:
        reasons = view.reasons[int(self.outcome)] if self.outcome >= 0 else ()
        for index, (button, reason) in enumerate(fill(self.ids.reasons, PushButton, reasons)):
            chosen = index == self.reason
            button.kind, button.layout = "chosen" if chosen else "secondary", "start"
            button.name, button.size_hint_y = f"reason_{reason.key}", None
            button.height = self.ids.back.height
            button.show(ButtonView(reason.text, icon="tick" if chosen else ""))
            self._wire(button, "reason", index)

    def _wire(self, button: PushButton, what: str, index: int) -> None:
        if not getattr(button, "wired", False):
            button.wired = True
            button.bind(on_act=lambda _: self._choose(what, index))

    def _choose(self, what: str, index: int) -> None:
        if what == "outcome":
            self.reason = -1
        setattr(self, what, index)
        self.render(self.view)

    def _settle(self) -> None:
        view: SettleView | None = self.view
        if view is None or view.back.intent is None or self.reason < 0:
            return
        outcome = view.outcomes[int(self.outcome)].key
        reason = view.reasons[int(self.outcome)][int(self.reason)].key
        self.emit(SettlePressed(view.back.intent.revision, Settlement(outcome), reason))

    def reset(self) -> None:
        """Nothing is chosen beforehand."""
        self.outcome = self.reason = -1

    def focus_order(self) -> Iterable[Touchable]:
        """Outcomes, reasons, settle, back."""
        ids = self.ids
        return (*ids.outcomes.children[::-1], *ids.reasons.children[::-1], ids.back, ids.confirm)
