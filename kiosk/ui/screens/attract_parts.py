"""The parts only the attract scene has: a field of pictures, a numbered step, a way to pay."""

from typing import Any

from kivy.clock import Clock
from kivy.factory import Factory
from kivy.properties import ObjectProperty
from kivy.uix.stencilview import StencilView
from kivy.uix.widget import Widget

from kiosk.ui.presenters.views import ChoiceView
from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.picture import Picture
from kiosk.ui.widgets.place import centre, middle_of
from kiosk.ui.widgets.surface import Surface
from kiosk.ui.widgets.text import Text

__all__ = ["DiscField", "StepCard", "Way"]

_DISC = 216
_STEP = 248


class DiscField(StencilView):
    """Nine pictures in two rows, the lower one half a step aside, running off both edges."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        self._discs = [Picture() for _ in range(9)]
        super().__init__(**kwargs)
        for disc in self._discs:
            self.add_widget(disc)
        for name in ("pos", "size"):
            self.fbind(name, self._place)

    def discs(self) -> list[Picture]:
        """Give the discs in reading order."""
        return self._discs

    def _place(self, *_: object) -> None:
        side, step = u(_DISC), u(_STEP)
        for index, disc in enumerate(self._discs):
            upper = index < 4  # noqa: PLR2004 - four above, five below
            column = index - 1.5 if upper else index - 6
            down = side / 2 if upper else u(240) + side / 2
            centre(disc, (side, side), (middle_of(self)[0] + column * step, self.y + self.height - down))


class StepCard(Surface):
    """One of the three steps of a visit."""

    view = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(radius=28, edge_width=2, shadow=True, **kwargs)
        self._disc, self._icon = Surface(), Icon(stroke=1.9)
        self._text = Text(role="strong", halign="center")
        self._sub = Text(role="second", halign="center")
        for part in (self._disc, self._icon, self._text, self._sub):
            self.add_widget(part)
        self._again = Clock.create_trigger(self._arrange, -1)
        for name in ("pos", "size"):
            self.fbind(name, self._again)
        theme.bind(name=self._again)

    def show(self, view: ChoiceView) -> None:
        """Take words and icon."""
        self._icon.icon, self._text.text, self._sub.text = view.icon, view.text, view.sub
        self._again()

    def _arrange(self, *_: object) -> None:
        self.fill, self.edge_color = theme.card, theme.line
        self._disc.fill, self._icon.color = theme.tint, theme.tint_ink
        self._text.color, self._sub.color = theme.ink, theme.muted
        side = u(100)
        self._disc.radius = 100
        top = self.y + self.height
        centre(self._disc, (side, side), (middle_of(self)[0], top - u(24) - side / 2))
        centre(self._icon, (u(58), u(58)), middle_of(self._disc))
        room = self.width - u(24)
        self._text.size, self._text.pos = (room, u(44)), (self.x + u(12), self._disc.y - u(12) - u(44))
        self._sub.size, self._sub.pos = (room, u(38)), (self.x + u(12), self._text.y - u(38))


class Way(Widget):
    """A way to pay: an icon and a word."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(size_hint_x=None, width=0, **kwargs)
        self._icon, self._text = Icon(), Text(role="caption", halign="left")
        self.add_widget(self._icon)
        self.add_widget(self._text)
        for name in ("pos", "size"):
            self.fbind(name, self._arrange)
        theme.bind(name=self._arrange)

    def show(self, view: ChoiceView) -> None:
        """Take word and icon."""
        self._icon.icon, self._text.text = view.icon, view.text
        self.width = u(44) + u(14) + self._text.natural()[0] + u(4)
        self._arrange()

    def _arrange(self, *_: object) -> None:
        self._icon.color = self._text.color = theme.ink
        side = u(44) if self.width else 0
        self._icon.size, self._icon.pos = (side, side), (self.x, middle_of(self)[1] - side / 2)
        start = self.x + side + u(14)
        self._text.size = (max(0, self.x + self.width - start), self.height)
        self._text.pos = (start, self.y)


for part in (DiscField, StepCard, Way):
    Factory.register(part.__name__, cls=part)
