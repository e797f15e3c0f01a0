import pytest

from kiosk.ui.widgets.glyphs import cell_width, glyph, line_width

FACE, SIZE = "Display", 100.0


def test_every_figure_moves_the_pen_equally() -> None:
    assert {glyph(FACE, SIZE, figure).advance for figure in "0123456789"} == {cell_width(FACE, SIZE)}
    assert line_width(FACE, SIZE, "1111") == line_width(FACE, SIZE, "8888")


@pytest.mark.parametrize("space", [" ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"])
def test_a_space_has_no_picture_and_a_quarter_of_the_size(space: str) -> None:
    drawn = glyph(FACE, SIZE, space)
    assert (drawn.texture, drawn.advance) == (None, 25)


def test_a_picture_is_drawn_once() -> None:
    assert glyph(FACE, SIZE, "7") is glyph(FACE, SIZE, "7")
