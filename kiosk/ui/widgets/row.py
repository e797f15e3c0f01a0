"""A quiet row of the basket: picture, name, size and price; a touch anywhere makes it the large card."""

from typing import Any

from kivy.clock import Clock
from kivy.properties import ObjectProperty

from kiosk.ui.presenters.views import RowView
from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.amount import Amount
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.picture import Picture
from kiosk.ui.widgets.text import Text
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["Row"]


class Row(Touchable):
    """Draws a `RowView`.

    Attributes:
        view: What to draw.
    """

    view = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        self._picture, self._chevron = Picture(), Icon(icon="down")
        self._name = Text(role="name", mode="cut", halign="left")
        self._second = Text(role="second", mode="cut", halign="left")
        self._count, self._price = Amount(role="count"), Amount(role="price")
        super().__init__(radius=20, **kwargs)
        for part in (self._picture, self._name, self._second, self._count, self._price, self._chevron):
            self.add_widget(part)
        self._again = Clock.create_trigger(self._arrange, -1)
        for name in ("pos", "size"):
            self.fbind(name, self._again)
        self.fbind("pressed", self._dress)
        theme.bind(name=self._dress, text_scale=self._again)
        self._dress()

    def on_view(self, _: object, view: RowView | None) -> None:
        """Take words and amounts from a new view."""
        if view is None:
            return
        self.name = f"row_{view.root}"
        self.spoken = f"{view.name} {view.count} {view.price}"
        self._picture.view = view.picture
        self._name.text, self._second.text = view.name, view.second
        self._count.text, self._price.text = view.count, view.price
        self._again()

    def _dress(self, *_: object) -> None:
        self.fill = theme.soft if self.pressed else theme.card
        self.edge_color = theme.ink if self.pressed else theme.line
        self.edge_width = 4 if self.pressed or theme.name == "high_contrast" else 2
        self._name.color = self._price.color = self._chevron.color = theme.ink
        self._second.color = self._count.color = theme.muted

    def _arrange(self, *_: object) -> None:
        disc, middle = u(70), self.center_y
        self._picture.size, self._picture.pos = (disc, disc), (self.x + u(16), middle - disc / 2)
        self._chevron.size = (u(32), u(32))
        self._chevron.pos = (self.right - u(62), middle - u(16))
        right = self.right - u(84)
        price = self._price.natural()[0]
        self._price.size, self._price.pos = (price, u(60)), (right - price, middle - u(30))
        right -= max(price, u(150)) + u(28)
        count = self._count.natural()[0] if self._count.text else 0
        self._count.size, self._count.pos = (count, u(60)), (right - count, middle - u(30))
        start = self.x + u(106)
        width = max(u(60), right - count - u(20) - start)
        line = self._name.full_size * 1.18
        second = self._second.full_size * 1.16 if self._second.text else 0
        both = line + second
        self._name.size, self._name.pos = (width, line), (start, middle + both / 2 - line)
        self._second.size, self._second.pos = (width, second), (start, middle - both / 2)
