"""Parts that several scenes share: a line of a sum, and a box filled with one part a view."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from kivy.clock import Clock
from kivy.uix.widget import Widget

from kiosk.ui.presenters.views import SumView
from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.amount import Amount
from kiosk.ui.widgets.text import Text

__all__ = ["SumLine", "fill"]

Part = TypeVar("Part", bound=Widget)
Shown = TypeVar("Shown")


def fill(box: Any, part: type[Part], views: Sequence[Shown]) -> Iterator[tuple[Part, Shown]]:  # noqa: ANN401 - Kivy has no types
    """Make a box hold one part a view, and pair them in reading order.

    Parts no longer wanted are kept for later: a widget thrown away leaves its observers behind in the theme.
    """
    if not hasattr(box, "spare"):
        box.spare = []
    spare = box.spare
    while len(box.children) < len(views):
        box.add_widget(spare.pop() if spare else part())
    while len(box.children) > len(views):
        spare.append(box.children[0])
        box.remove_widget(box.children[0])
    yield from zip(box.children[::-1], views, strict=True)


class SumLine(Widget):
    """What, at the start; how much, at the end."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(size_hint_y=None, height=u(54), **kwargs)
        self._text, self._amount = Text(role="sum", halign="left"), Amount(role="sum")
        self._strong = False
        self.add_widget(self._text)
        self.add_widget(self._amount)
        self._again = Clock.create_trigger(self._arrange, -1)
        for name in ("pos", "size"):
            self.fbind(name, self._again)
        theme.bind(name=self._again, text_scale=self._again)

    def show(self, view: SumView) -> None:
        """Take word and amount."""
        self._strong = view.strong
        self._text.text, self._amount.text = view.text, view.amount
        self._text.role = self._amount.role = "sum_strong" if view.strong else "sum"
        self._again()

    def _arrange(self, *_: object) -> None:
        self._text.color = self._amount.color = theme.ink if self._strong else theme.muted
        money = self._amount.natural()[0] + u(4)
        self._amount.size = (money, self.height)
        self._amount.pos = (self.x + self.width - money, self.y)
        self._text.size, self._text.pos = (self.width - money - u(20), self.height), self.pos
