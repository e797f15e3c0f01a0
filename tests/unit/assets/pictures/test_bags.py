"""Bags, nets, tubes and rolls: soft things with the picture on their front."""

from collections.abc import Callable

import pytest
from PIL import Image

from assets.pictures.bags import BAGS
from assets.pictures.canvas import SIDE
from assets.pictures.pack import Pack, Shape

Drawn = Callable[[Shape, Pack], Image.Image]
Count = Callable[[Image.Image, tuple[int, int, int]], int]
MAGENTA = (255, 0, 255)

PACK = Pack("", "#3366CC", "#FFFFFF", "#22AA44")


@pytest.mark.parametrize("name", sorted(BAGS))
def test_a_bag_stands_whole_in_its_square(name: str, labelled: Drawn) -> None:
    left, top, right, bottom = labelled(BAGS[name], PACK).getbbox() or (0, 0, 0, 0)
    assert left > 0
    assert top > 0
    assert right < SIDE
    assert bottom < SIDE
    assert bottom - top > SIDE * 0.8


@pytest.mark.parametrize("name", sorted(set(BAGS) - {"net"}))
def test_it_bears_the_picture(name: str, drawn: Drawn, labelled: Drawn, count_of: Count) -> None:
    assert count_of(drawn(BAGS[name], PACK), MAGENTA) == 0
    assert count_of(labelled(BAGS[name], PACK), MAGENTA) > 700 or name == "loaf-bag"


@pytest.mark.parametrize("name", sorted(set(BAGS) - {"net", "rolls", "tube"}))
def test_its_colour_is_that_of_the_pack(name: str, drawn: Drawn, count_of: Count) -> None:
    soft = (0x54, 0x7E, 0xD4) if name == "loaf-bag" else (0x33, 0x66, 0xCC)
    assert count_of(drawn(BAGS[name], PACK), soft) > 700


def test_a_net_lets_its_fruit_through(drawn: Drawn, labelled: Drawn) -> None:
    empty, full = drawn(BAGS["net"], PACK), labelled(BAGS["net"], PACK)
    see_through = [sum(each.getchannel("A").histogram()[1:250]) for each in (empty, full)]
    assert see_through[1] < see_through[0] / 2


def test_a_clear_bag_veils_what_is_in_it(labelled: Drawn, count_of: Count) -> None:
    picture = labelled(BAGS["loaf-bag"], PACK)
    assert count_of(picture, (255, 41, 255)) > 3000


def test_a_label_is_only_where_it_is_asked_for(drawn: Drawn, count_of: Count) -> None:
    red = (0xDD, 0x22, 0x22)
    for name in ("pillow", "pouch", "roll", "paper-bag"):
        assert count_of(drawn(BAGS[name], Pack("", "#3366CC", "", "#22AA44")), red) == 0
        assert count_of(drawn(BAGS[name], Pack("", "#3366CC", "#DD2222", "#22AA44")), red) > 500
