"""Packs like no other: each shows what it is asked to."""

from collections.abc import Callable

import pytest
from PIL import Image

from assets.pictures.canvas import SIDE
from assets.pictures.pack import Pack, Shape
from assets.pictures.sundries import SUNDRIES

Drawn = Callable[[Shape, Pack], Image.Image]
Count = Callable[[Image.Image, tuple[int, int, int]], int]
MAGENTA = (255, 0, 255)

PACK = Pack("", "#3366CC", "#FFFFFF", "#22AA44")
WITHOUT_PICTURE = {"mince-tray", "lolly", "vape"}


@pytest.mark.parametrize("name", sorted(SUNDRIES))
def test_it_stands_whole_in_its_square_in_its_colour(name: str, drawn: Drawn, count_of: Count) -> None:
    picture = drawn(SUNDRIES[name], PACK)
    left, top, right, bottom = picture.getbbox() or (0, 0, 0, 0)
    assert left >= 0
    assert top > 0
    assert right <= SIDE
    assert bottom < SIDE
    assert max(bottom - top, right - left) > SIDE * 0.7
    assert count_of(picture, (0x33, 0x66, 0xCC)) > 700


@pytest.mark.parametrize("name", sorted(set(SUNDRIES) - WITHOUT_PICTURE))
def test_it_bears_the_picture(name: str, drawn: Drawn, labelled: Drawn, count_of: Count) -> None:
    assert count_of(drawn(SUNDRIES[name], PACK), MAGENTA) == 0
    assert count_of(labelled(SUNDRIES[name], PACK), MAGENTA) > 1000


def test_a_carrier_without_a_picture_bears_the_leaf(drawn: Drawn, labelled: Drawn, count_of: Count) -> None:
    leaf = (0x00, 0x5C, 0x46)
    bag = Pack("carrier", "#C99A63", "#005C46")
    assert count_of(drawn(SUNDRIES["carrier"], bag), leaf) > 2000
    assert count_of(labelled(SUNDRIES["carrier"], bag), leaf) == 0


def test_mince_has_the_colour_of_its_meat(drawn: Drawn, count_of: Count) -> None:
    beef = drawn(SUNDRIES["mince-tray"], Pack("", "#2B3A44", "#B5403A", "#F2C230"))
    assert count_of(beef, (0xBF, 0x5A, 0x55)) + count_of(beef, (0x9B, 0x37, 0x32)) > 1500
