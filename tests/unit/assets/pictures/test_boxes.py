"""Boxes and cartons: a front that bears the picture, a darker side."""

from collections.abc import Callable

import pytest
from PIL import Image

from assets.pictures.boxes import BOXES
from assets.pictures.canvas import SIDE
from assets.pictures.pack import Pack, Shape

Drawn = Callable[[Shape, Pack], Image.Image]
Count = Callable[[Image.Image, tuple[int, int, int]], int]
MAGENTA = (255, 0, 255)

PACK = Pack("", "#3366CC", "#FFFFFF", "#22AA44")


@pytest.mark.parametrize("name", sorted(BOXES))
def test_a_box_stands_whole_in_its_square(name: str, drawn: Drawn) -> None:
    left, top, right, bottom = drawn(BOXES[name], PACK).getbbox() or (0, 0, 0, 0)
    assert left >= 0
    assert top > 0
    assert right <= SIDE
    assert bottom < SIDE
    assert max(bottom - top, right - left) > SIDE * 0.68


@pytest.mark.parametrize("name", sorted(BOXES))
def test_its_front_bears_the_picture_and_its_colour(
    name: str, drawn: Drawn, labelled: Drawn, count_of: Count
) -> None:
    plain = drawn(BOXES[name], PACK)
    assert count_of(plain, (0x33, 0x66, 0xCC)) > 2000
    assert count_of(plain, MAGENTA) == 0
    assert count_of(labelled(BOXES[name], PACK), MAGENTA) > 700


@pytest.mark.parametrize("name", ["box", "small-box", "flat-box", "cube", "tall-box", "carton", "brick"])
def test_the_side_is_in_shadow(name: str, drawn: Drawn) -> None:
    picture = drawn(
        BOXES[name],
        Pack("", "#3366CC", "", "#22AA44"),
    )
    left, _, right, _ = picture.getbbox() or (0, 0, 0, 0)
    middle = 150
    front, side = picture.getpixel((left + 20, middle)), picture.getpixel((right - 10, middle))
    assert isinstance(front, tuple)
    assert isinstance(side, tuple)
    assert sum(side[:3]) < sum(front[:3]) * 0.9


def test_a_label_is_only_where_it_is_asked_for(drawn: Drawn, count_of: Count) -> None:
    red = (0xDD, 0x22, 0x22)
    for name in ("box", "carton", "brick", "tablet", "bar"):
        assert count_of(drawn(BOXES[name], Pack("", "#3366CC", "", "#22AA44")), red) == 0
        assert count_of(drawn(BOXES[name], Pack("", "#3366CC", "#DD2222", "#22AA44")), red) > 500


def test_a_tablet_shows_its_chocolate_above_the_wrapper(drawn: Drawn, count_of: Count) -> None:
    upper = drawn(BOXES["tablet"], PACK).crop((0, 0, SIDE, 70))
    assert count_of(upper, (0x7D, 0x47, 0x26)) > 1500
