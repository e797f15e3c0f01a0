from PIL import Image

from kiosk.ui.screens.reader_drawing import draw_card, draw_waves


def pixel(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = picture.getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def test_a_card_is_drawn_in_its_colour_and_turned() -> None:
    flat = draw_card(1.0, 0, "#005C46", "")
    assert flat.size == (288, 188)
    assert pixel(flat, 200, 40)[:3] == (0, 0x5C, 0x46)
    assert pixel(flat, 0, 0)[3] == 0
    upright = draw_card(1.0, 90, "#005C46", "")
    assert abs(upright.height - 288) <= 1
    assert pixel(draw_card(1.0, 0, "#005C46", "#FFFFFF"), 144, 1)[:3] == (255, 255, 255)


def test_waves_scale_with_the_window() -> None:
    assert draw_waves(1.0, "#005C46").size == (150, 260)
    half = draw_waves(0.5, "#005C46")
    assert half.size == (75, 130)
    assert max(half.getchannel("A").tobytes()) == 255
