"""The floor of the screen: the plainest Kivy app that shows rows, with nothing of ours in it."""

from __future__ import annotations

from typing import Any

from kivy.app import App
from kivy.lang import Builder
from kivy.uix.boxlayout import BoxLayout

_RULES = """
<BareRow@BoxLayout>:
    name: ''
    price: ''
    size_hint_y: None
    height: 101
    Label:
        text: root.name
        font_size: 32
        text_size: self.size
        halign: 'left'
        valign: 'middle'
    Label:
        text: root.price
        font_size: 36
        size_hint_x: 0.3
<BareRoot>:
    orientation: 'vertical'
    Label:
        id: total
        font_size: 204
        size_hint_y: 0.3
    RecycleView:
        id: rows
        viewclass: 'BareRow'
        RecycleBoxLayout:
            default_size: None, 101
            default_size_hint: 1, None
            size_hint_y: None
            height: self.minimum_height
            orientation: 'vertical'
"""


class BareRoot(BoxLayout):
    """A total over a list."""


class BareApp(App):
    """Rows and a total."""

    def __init__(self, size: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        Builder.load_string(_RULES)
        self.bare = BareRoot()
        self.made = 0
        for _ in range(size):
            self.add()

    def build(self) -> BareRoot:
        """Give the root."""
        return self.bare

    def add(self) -> None:
        """Put one row on top and change the total."""
        self.made += 1
        row = {"name": f"Product number {self.made}", "price": "€1.29"}
        self.bare.ids.rows.data.insert(0, row)
        self.bare.ids.total.text = f"€{self.made * 129 / 100:.2f}"
