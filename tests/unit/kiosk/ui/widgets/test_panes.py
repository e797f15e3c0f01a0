from kivy.uix.widget import Widget

from kiosk.ui.theme import theme
from kiosk.ui.widgets.panes import Gap, Panes, Stack
from tests.screens.glass import PORTRAIT, on_glass


def test_in_portrait_what_is_read_lies_above_what_is_touched() -> None:
    panes = Panes(split=800)
    upper, lower = Widget(), Widget()
    panes.add_widget(upper)
    panes.add_widget(lower)
    with on_glass(panes, PORTRAIT):
        assert (upper.height, upper.y) == (800, 1920 - 112 - 800)
        assert lower.y == 184
        assert lower.top == upper.y


def test_in_landscape_they_lie_side_by_side() -> None:
    theme.fit(1920, 1080)
    try:
        panes = Panes(split=800)
        left, right = Widget(), Widget()
        panes.add_widget(left)
        panes.add_widget(right)
        with on_glass(panes, (1920, 1080)):
            assert left.right < right.x
            assert left.height == right.height
    finally:
        theme.fit(*PORTRAIT)


def test_a_gap_is_as_tall_as_told_or_takes_what_is_left() -> None:
    stack = Stack()
    fixed, free = Gap(tall=40), Gap()
    stack.add_widget(fixed)
    stack.add_widget(free)
    with on_glass(stack, (100, 300)):
        assert (fixed.height, free.height) == (40, 260)
        fixed.tall = 0
        assert fixed.size_hint_y == 1
