"""Cups, jars and trays: a lid above, or what is inside in sight."""

from collections.abc import Callable

import pytest
from PIL import Image

from assets.pictures.canvas import SIDE
from assets.pictures.cups import CUPS
from assets.pictures.pack import Pack, Shape

Drawn = Callable[[Shape, Pack], Image.Image]
Count = Callable[[Image.Image, tuple[int, int, int]], int]
MAGENTA = (255, 0, 255)

PACK = Pack("", "#3366CC", "#FFFFFF", "#22AA44")
OPEN = {"tray", "punnet", "bowl", "flat-tin", "tin"}


@pytest.mark.parametrize("name", sorted(CUPS))
def test_a_cup_stands_whole_in_its_square(name: str, labelled: Drawn) -> None:
    left, top, right, bottom = labelled(CUPS[name], PACK).getbbox() or (0, 0, 0, 0)
    assert left >= 0
    assert top > 0
    assert right <= SIDE
    assert bottom < SIDE
    assert max(bottom - top, right - left) > SIDE * 0.7


@pytest.mark.parametrize("name", sorted(CUPS))
def test_it_shows_its_colour_and_bears_the_picture(
    name: str, drawn: Drawn, labelled: Drawn, count_of: Count
) -> None:
    plain = drawn(CUPS[name], PACK)
    assert count_of(plain, (0x33, 0x66, 0xCC)) > 500
    assert count_of(plain, MAGENTA) == 0
    assert count_of(labelled(CUPS[name], PACK), MAGENTA) > 1200


@pytest.mark.parametrize("name", sorted(set(CUPS) - OPEN))
def test_its_lid_is_above_the_body(name: str, drawn: Drawn, count_of: Count) -> None:
    picture = drawn(CUPS[name], Pack("", "#3366CC", "#3366CC", "#DD2222"))
    halves = picture.crop((0, 0, SIDE, SIDE // 2)), picture.crop((0, SIDE // 2, SIDE, SIDE))
    lid = (0xE7, 0x64, 0x64) if name != "jar" else (0xDD, 0x22, 0x22)
    assert count_of(halves[0], lid) > 300
    assert count_of(halves[1], lid) == 0


@pytest.mark.parametrize("name", ["cup", "tub", "jar", "tin", "bowl"])
def test_a_label_is_only_where_it_is_asked_for(name: str, drawn: Drawn, count_of: Count) -> None:
    red = (0xDD, 0x22, 0x22)
    assert count_of(drawn(CUPS[name], Pack("", "#3366CC", "", "#22AA44")), red) == 0
    assert count_of(drawn(CUPS[name], Pack("", "#3366CC", "#DD2222", "#22AA44")), red) > 300


def test_a_tray_without_a_colour_for_its_sticker_gets_a_white_one(drawn: Drawn, count_of: Count) -> None:
    picture = drawn(CUPS["tray"], Pack("", "#2B3A44", "#F3D9D2"))
    assert count_of(picture.crop((140, 116, 208, 184)), (255, 255, 255)) > 1500
