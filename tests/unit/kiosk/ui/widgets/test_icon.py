from kiosk.ui.widgets.icon import Icon, icon_texture
from tests.screens.glass import on_glass, picture


def test_an_icon_is_drawn_in_its_colour_in_the_middle_of_its_box() -> None:
    with on_glass(Icon(icon="plus", color=(1, 0, 0, 1)), (80, 40)) as icon:
        assert picture((0, 0, 80, 40)).getpixel((40, 20)) == (255, 0, 0)
        icon.color = (0, 0, 1, 1)
        assert picture((0, 0, 80, 40)).getpixel((40, 20)) == (0, 0, 255)


def test_no_icon_takes_no_place_and_textures_are_shared() -> None:
    with on_glass(Icon(), (40, 40)) as icon:
        assert tuple(icon._picture.size) == (0, 0)
    assert icon_texture("tick", 44, 2.0) is icon_texture("tick", 44, 2.0)
