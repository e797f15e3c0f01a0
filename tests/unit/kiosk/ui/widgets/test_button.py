import pytest

from kiosk.ui.presenters.views import ButtonView
from kiosk.ui.theme import theme
from kiosk.ui.widgets.button import LOOKS, PushButton
from tests.screens.glass import dressed, frames, on_glass


@pytest.mark.parametrize("kind", LOOKS)
@pytest.mark.parametrize("state", ["plain", "pressed"])
def test_every_kind_takes_its_colours_from_the_theme(kind: str, state: str) -> None:
    with on_glass(PushButton(kind=kind, text="Pay"), (300, 100)) as button:
        button.pressed = state == "pressed"
        ground, words, edge, _ = LOOKS[kind][state]
        assert button.fill == getattr(theme, ground)
        assert button.words == getattr(theme, words)
        assert button.edge_color == getattr(theme, edge)


def test_disabled_looks_disabled_and_says_why() -> None:
    with on_glass(PushButton(kind="primary"), (300, 100)) as button:
        button.show(ButtonView("Pay", amount="€0.00", enabled=False, why="Scan an item first"))
        assert button.fill == theme.disabled
        assert button.spoken == "Scan an item first"
        with dressed("high_contrast"):
            assert button.dashed
        button.show(ButtonView("Pay", amount="€1.00", sub="now"))
        assert button.spoken == "Pay €1.00 now"


def test_no_view_hides_it() -> None:
    with on_glass(PushButton(), (300, 100)) as button:
        button.show(None)
        assert (button.opacity, button.enabled) == (0, False)


def test_icon_word_and_amount_stand_in_that_order_inside_the_button() -> None:
    with on_glass(PushButton(text="Pay", icon="card", amount="€20.69", role="pay"), (700, 144)) as button:
        icon, word, amount = button._icon, button._text, button._amount
        assert 0 < icon.x < icon.right < word.x
        assert word.right < amount.x
        assert amount.right < 700
        middle = (icon.x + amount.right) / 2
        assert middle == pytest.approx(350, abs=3)


def test_an_icon_alone_stands_in_the_middle() -> None:
    with on_glass(PushButton(icon="plus", icon_px=48), (108, 96)) as button:
        assert button._icon.center_x == pytest.approx(54, abs=1)


def test_a_second_line_stands_below_the_first() -> None:
    with on_glass(PushButton(text="Find", sub="without a barcode"), (416, 144)) as button:
        assert button._sub.y < button._text.y
        assert button._sub.y > 0


def test_at_the_start_and_in_a_stack() -> None:
    with on_glass(PushButton(text="Paid", icon="tick", layout="start"), (600, 100)) as button:
        assert button._icon.x == 36
        button.layout = "stack"
        frames(1)
        assert button._icon.y > button._text.top - 1


def test_a_word_too_long_shrinks_inside_the_button() -> None:
    with on_glass(PushButton(text="Donaudampfschifffahrtsgesellschaft", role="pay"), (600, 144)) as button:
        assert button._text.shrink < 1.0
        assert button._text.texture_size[0] <= button._text.width


def test_pressed_moves_down_at_once() -> None:
    with on_glass(PushButton(text="Pay"), (300, 100)) as button:
        before = button._text.y
        button.pressed = True
        frames(1)
        assert button._text.y == before - 3
