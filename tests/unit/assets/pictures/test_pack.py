"""The parts every pack shares: a stripe around it, and lines that look like print."""

import pytest

from assets.pictures.canvas import Band, Canvas
from assets.pictures.pack import lettering, stripe


def test_a_stripe_lies_around_the_body_alone() -> None:
    canvas = Canvas()
    canvas.fill(Band((60, 20, 160, 200)), "#FFFFFF", ())
    stripe(canvas, Band((60, 20, 160, 200)), (100, 120), "#CC3333")
    picture = canvas.picture()
    assert picture.getpixel((110, 110)) == (0xCC, 0x33, 0x33, 255)
    assert picture.getpixel((110, 130)) == (255, 255, 255, 255)
    assert picture.getpixel((20, 110)) == (0, 0, 0, 0)


@pytest.mark.parametrize(("ground", "darker"), [("#FFFFFF", True), ("#202020", False)])
def test_print_stands_out_on_its_ground(ground: str, darker: bool) -> None:  # noqa: FBT001 - a case's own
    canvas = Canvas()
    canvas.fill(Band((0, 0, 224, 224)), ground, ())
    lettering(canvas, (40, 40, 180, 80), ground)
    picture = canvas.picture().convert("L")
    longer, shorter = picture.getpixel((60, 47)), picture.getpixel((60, 72))
    below, level = picture.getpixel((110, 72)), int(ground[1:3], 16)
    for value in (longer, below):
        assert isinstance(value, int)
        assert (value < level - 60) if darker else (value > level + 60)
    assert shorter == level
