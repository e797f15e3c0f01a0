"""Bread, sausage, cheese and nuts as they lie."""

from collections.abc import Callable

import pytest
from PIL import Image

from assets.pictures.canvas import SIDE
from assets.pictures.fresh import FRESH
from assets.pictures.pack import Pack, Shape

Drawn = Callable[[Shape, Pack], Image.Image]
Count = Callable[[Image.Image, tuple[int, int, int]], int]

PACK = Pack("", "#B9742F", "#F6D9D0")


@pytest.mark.parametrize("name", sorted(FRESH))
def test_it_lies_whole_in_its_square(name: str, drawn: Drawn) -> None:
    left, top, right, bottom = drawn(FRESH[name], PACK).getbbox() or (0, 0, 0, 0)
    assert left >= 0
    assert top >= 0
    assert right <= SIDE
    assert bottom <= SIDE
    assert max(bottom - top, right - left) > SIDE * 0.7


@pytest.mark.parametrize("name", ["bun", "loaf", "sausages", "slices"])
def test_seeds_marks_and_specks_come_with_the_label(name: str, drawn: Drawn, count_of: Count) -> None:
    green = (0x22, 0xDD, 0x22)
    assert count_of(drawn(FRESH[name], Pack("", "#B9742F")), green) == 0
    assert count_of(drawn(FRESH[name], Pack("", "#B9742F", "#22DD22")), green) > 100


@pytest.mark.parametrize("name", ["loaf", "sausages", "slices", "fillet", "wheel"])
def test_its_colour_is_that_of_the_goods(name: str, drawn: Drawn, count_of: Count) -> None:
    assert (
        count_of(
            drawn(FRESH[name], Pack("", "#3366CC", "" if name != "wheel" else "#FFFFFF")),
            (0x33, 0x66, 0xCC),
        )
        > 1000
    )


def test_no_two_look_alike(drawn: Drawn) -> None:
    pictures = {drawn(shape, PACK).tobytes() for shape in FRESH.values()}
    assert len(pictures) == len(FRESH)
