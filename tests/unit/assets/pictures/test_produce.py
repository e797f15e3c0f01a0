"""Fruit and vegetables in their own colours."""

from collections.abc import Callable

import pytest
from PIL import Image

from assets.pictures.canvas import SIDE
from assets.pictures.pack import Pack, Shape
from assets.pictures.produce import PRODUCE

Drawn = Callable[[Shape, Pack], Image.Image]
Count = Callable[[Image.Image, tuple[int, int, int]], int]

COLOURS = {
    "radish": (0xD7, 0x26, 0x4F),
    "beetroot": (0x8C, 0x1D, 0x4F),
    "cauliflower": (0xF3, 0xEC, 0xD6),
    "mushroom": (0xF5, 0xF0, 0xE6),
    "leek": (0x3F, 0x8F, 0x46),
    "asparagus": (0x6F, 0xA5, 0x44),
    "pumpkin": (0xE8, 0x66, 0x1F),
    "courgette": (0x3E, 0x7A, 0x35),
    "raspberry": (0xD4, 0x2A, 0x4C),
}


def test_every_one_has_its_colour_here() -> None:
    assert set(COLOURS) == set(PRODUCE)


@pytest.mark.parametrize("name", sorted(PRODUCE))
def test_it_lies_whole_in_its_square_in_its_colour(name: str, drawn: Drawn, count_of: Count) -> None:
    picture = drawn(PRODUCE[name], Pack(name))
    left, top, right, bottom = picture.getbbox() or (0, 0, 0, 0)
    assert left >= 0
    assert top >= 0
    assert right <= SIDE
    assert bottom <= SIDE
    assert max(bottom - top, right - left) > SIDE * 0.7
    assert count_of(picture, COLOURS[name]) > 1000


def test_a_bunch_is_tied_and_has_more_stalks(drawn: Drawn, count_of: Count) -> None:
    ribbon = (0xD7, 0x26, 0x4F)
    assert count_of(drawn(PRODUCE["leek"], Pack("leek")), ribbon) == 0
    assert count_of(drawn(PRODUCE["leek"], Pack("leek", cap="#D7264F")), ribbon) > 500
