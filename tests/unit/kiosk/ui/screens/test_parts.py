from kivy.uix.boxlayout import BoxLayout

from kiosk.ui.presenters.views import SumView
from kiosk.ui.screens.parts import SumLine, fill
from kiosk.ui.theme import theme
from tests.screens.glass import frames, on_glass


def test_a_sum_line_sets_word_and_amount_at_both_ends() -> None:
    with on_glass(SumLine(), (1000, 54)) as line:
        line.show(SumView("Deposit", "€0.50"))
        frames(1)
        assert line._text.x == 0
        assert line._amount.right == 1000
        assert line._text.color == theme.muted
        line.show(SumView("Amount", "€0.50", strong=True))
        frames(1)
        assert line._text.color == theme.ink


def test_a_box_is_filled_in_reading_order_and_its_parts_are_used_again() -> None:
    box = BoxLayout()
    first = [part for part, _ in fill(box, SumLine, "abc")]
    assert [shown for _, shown in fill(box, SumLine, "xy")] == ["x", "y"]
    again = [part for part, _ in fill(box, SumLine, "xy")]
    assert again == first[:2]
    assert len(box.children) == 2
