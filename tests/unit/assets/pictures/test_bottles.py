"""Bottles: cap above, label around, what is poured showing in between."""

from collections.abc import Callable

import pytest
from PIL import Image

from assets.pictures.bottles import BOTTLES
from assets.pictures.canvas import SIDE
from assets.pictures.pack import Pack, Shape

Drawn = Callable[[Shape, Pack], Image.Image]
Count = Callable[[Image.Image, tuple[int, int, int]], int]
MAGENTA = (255, 0, 255)

PACK = Pack("", "#3366CC", "#FFFFFF", "#22AA44")


@pytest.mark.parametrize("name", sorted(BOTTLES))
def test_a_bottle_stands_whole_in_its_square(name: str, drawn: Drawn) -> None:
    left, top, right, bottom = drawn(BOTTLES[name], PACK).getbbox() or (0, 0, 0, 0)
    assert left > 0
    assert top > 0
    assert right < SIDE
    assert bottom < SIDE
    assert bottom - top > SIDE * 0.75


@pytest.mark.parametrize("name", sorted(BOTTLES))
def test_its_label_bears_the_picture(name: str, drawn: Drawn, labelled: Drawn, count_of: Count) -> None:
    assert count_of(drawn(BOTTLES[name], PACK), MAGENTA) == 0
    assert count_of(labelled(BOTTLES[name], PACK), MAGENTA) > 700


@pytest.mark.parametrize("name", sorted(BOTTLES))
def test_its_colour_is_that_of_the_pack(name: str, drawn: Drawn, count_of: Count) -> None:
    assert count_of(drawn(BOTTLES[name], PACK), (0x33, 0x66, 0xCC)) > 500


@pytest.mark.parametrize("name", sorted(set(BOTTLES) - {"can", "crate"}))
def test_its_cap_has_its_own_colour_and_is_above_or_below(name: str, drawn: Drawn, count_of: Count) -> None:
    picture = drawn(BOTTLES[name], PACK)
    end = (0, SIDE * 3 // 4, SIDE, SIDE) if name == "squeeze" else (0, 0, SIDE, SIDE * 9 // 20)
    assert count_of(picture.crop(end), (0x22, 0xAA, 0x44)) > 40


@pytest.mark.parametrize("name", ["soda-bottle", "can", "spray", "aerosol"])
def test_without_a_label_there_is_none(name: str, drawn: Drawn, count_of: Count) -> None:
    bare = drawn(BOTTLES[name], Pack("", "#3366CC", cap="#22AA44"))
    labelled = drawn(BOTTLES[name], Pack("", "#3366CC", "#DD2222", "#22AA44"))
    assert count_of(bare, (0xDD, 0x22, 0x22)) == 0
    assert count_of(labelled, (0xDD, 0x22, 0x22)) > 500
