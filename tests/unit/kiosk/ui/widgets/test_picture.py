from pathlib import Path

import pytest
from PIL import Image

from kiosk.ui.presenters.views import PictureView
from kiosk.ui.widgets.picture import Picture, picture_texture, picture_tint
from tests.screens.glass import dressed, frames, on_glass, picture


def test_a_picture_stands_on_its_tint(tmp_path: Path) -> None:
    path = tmp_path / "red.png"
    Image.new("RGBA", (64, 64), (255, 0, 0, 255)).save(path)
    with on_glass(Picture(view=PictureView(str(path), "#FFF3C9", "R")), (100, 100)):
        drawn = picture((0, 0, 100, 100))
    assert drawn.getpixel((50, 50)) == (255, 0, 0)
    assert drawn.getpixel((8, 50)) == (0xFF, 0xD7, 0xD7)


def test_a_letter_stands_in_for_a_picture_that_is_missing_or_broken(tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"not a picture")
    for path in ("", str(tmp_path / "missing.png"), str(broken)):
        with on_glass(Picture(view=PictureView(path, "#E6F0F8", "Q")), (100, 100)) as disc:
            assert disc._letter.text == "Q"
            assert tuple(disc._image.size) == (0, 0)


@pytest.mark.parametrize(
    ("colour", "tint"),
    [
        ((255, 0, 0, 255), "#FFD7D7"),
        ((120, 100, 0, 255), "#FFF8D7"),
        ((0, 0, 90, 255), "#D7D7FF"),
        ((128, 128, 128, 255), None),
        ((255, 0, 0, 0), None),
    ],
)
def test_goods_stand_on_a_pale_tint_of_their_own(
    tmp_path: Path, colour: tuple[int, int, int, int], tint: str | None
) -> None:
    path = tmp_path / f"{'-'.join(map(str, colour))}.png"
    Image.new("RGBA", (16, 16), colour).save(path)
    assert picture_tint(str(path)) == tint
    assert picture_tint(str(tmp_path / "missing.png")) is None


def test_a_texture_is_loaded_once_per_size(tmp_path: Path) -> None:
    path = tmp_path / "blue.png"
    Image.new("RGBA", (64, 64), (0, 0, 255, 255)).save(path)
    assert picture_texture(str(path), 40) is picture_texture(str(path), 40)
    assert tuple(picture_texture(str(path), 40).size) == (40, 40)


def test_the_tint_is_muted_in_the_dark_and_a_given_ground_wins() -> None:
    with on_glass(Picture(view=PictureView("", "#FFF3C9", "Q")), (100, 100)) as disc:
        light = tuple(disc.fill)
        with dressed("dark"):
            frames(1)
            assert sum(disc.fill[:3]) < sum(light[:3]) / 2
        disc.ground = (1, 1, 1, 1)
        frames(1)
        assert tuple(disc.fill) == (1, 1, 1, 1)
        disc.view = None
        frames(1)
        assert disc.fill[3] == 0


def test_a_picture_is_reduced_only_to_the_size_it_is_drawn_in(tmp_path: Path) -> None:
    path = tmp_path / "green.png"
    Image.new("RGBA", (64, 64), (0, 255, 0, 255)).save(path)
    before = picture_texture.cache_info().misses
    with on_glass(Picture(view=PictureView(str(path), "#FFF3C9", "G")), (216, 216)) as disc:
        disc.size = (70, 70)
        frames(1)
    assert picture_texture.cache_info().misses - before <= 2
