import pytest

from kiosk.ui.theme import ROLES, theme
from kiosk.ui.widgets.text import Text, extents
from tests.screens.glass import on_glass

LONG = "Dies ist ein Satz, der für eine Zeile allein ganz gewiss zu lang geraten ist"


def test_a_line_that_fits_keeps_its_size() -> None:
    with on_glass(Text(text="Pay", role="pay"), (600, 100)) as text:
        assert text.shrink == 1.0
        assert text.font_size == ROLES["pay"].px
        assert text.font_name == ROLES["pay"].face


@pytest.mark.parametrize("mode", ["fit", "wrap", "cut"])
def test_no_mode_draws_beyond_its_box(mode: str) -> None:
    with on_glass(Text(text=LONG, role="button", mode=mode), (420, 260)) as text:
        assert 0 < text.texture_size[0] <= text.width
        assert text.texture_size[1] <= text.height


def test_fit_shrinks_no_further_than_its_floor_and_wrap_breaks_instead() -> None:
    with on_glass(Text(text=LONG, role="button"), (900, 60)) as text:
        assert 0.62 <= text.shrink < 1.0
    with on_glass(Text(text=LONG, role="button", mode="wrap"), (600, 200)) as text:
        assert text.shrink == 1.0
        assert text.texture_size[1] > 60


def test_a_word_wider_than_its_box_shrinks_instead_of_breaking() -> None:
    with on_glass(Text(text="Donaudampfschifffahrt", role="scene", mode="wrap"), (800, 300)) as text:
        assert text.shrink < 1.0


def test_hugging_takes_the_width_of_what_is_said() -> None:
    with on_glass(Text(text="Card", role="caption", hug=True), (10, 50)) as text:
        assert text.width == extents("TextMedium", 30.0, "Card")[0] + 2


def test_large_text_grows_and_nothing_said_takes_nothing() -> None:
    with on_glass(Text(text="Pay", role="pay"), (600, 100)) as text:
        theme.text_scale = 1.25
        assert text.font_size == 65
        theme.text_scale = 1.0
        assert text.font_size == 52
        text.text = ""
        assert text.natural() == (0, 0)


def test_a_wrapped_text_may_stand_at_the_top_of_its_box() -> None:
    with on_glass(Text(text="One\nTwo", mode="wrap", valign="top"), (400, 300)) as text:
        assert tuple(text.text_size) == (400, 300)
