import pytest
from PIL import Image

from kiosk.ui.widgets.shape import corners, dashes, from_mask, from_picture, mask_of_corners


@pytest.mark.parametrize("radius", [0, 6, 28])
def test_a_filled_mask_is_full_in_its_middle_and_smooth_at_its_corner(radius: int) -> None:
    mask = mask_of_corners(radius, 0)
    assert mask.size == (2 * radius + 2, 2 * radius + 2)
    assert mask.getpixel((radius, radius)) == 255
    if radius:
        assert mask.getpixel((0, 0)) == 0
        assert len(set(mask.tobytes())) > 2


def test_an_outline_is_empty_inside() -> None:
    mask = mask_of_corners(20, 4)
    assert mask.getpixel((20, 20)) == 0
    assert mask.getpixel((20, 1)) == 255


def test_textures_are_made_once_per_shape() -> None:
    assert corners(12, 2) is corners(12, 2)
    assert corners(12, 2) is not corners(12, 4)
    assert tuple(corners(12).size) == (26, 26)


def test_a_mask_becomes_white_and_a_picture_stays_as_it_is() -> None:
    white = from_mask(Image.new("L", (2, 2), 128))
    assert white.pixels[:4] == b"\xff\xff\xff\x80"
    red = from_picture(Image.new("RGBA", (2, 2), (255, 0, 0, 255)), smooth=False)
    assert red.pixels[:4] == b"\xff\x00\x00\xff"
    assert red.mag_filter == "nearest"


def test_dashes_interrupt_the_outline_on_every_side() -> None:
    drawn = dashes(200, 120, 20, 4)
    for line in ([drawn.getpixel((x, 1)) for x in range(200)], [drawn.getpixel((1, y)) for y in range(120)]):
        assert 0 in line[20:-20]
        assert 255 in line[20:-20]
