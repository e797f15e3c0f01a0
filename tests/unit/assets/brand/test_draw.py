"""The mark and the logo: what is committed is what the script draws, fit for screen and thermal paper."""

from pathlib import Path

import pytest
from PIL import Image

from assets.brand.draw import LOGO, MARK, leaf, logo, mark, write

BRAND = Path(__file__).resolve().parents[4] / "assets" / "brand"


def test_the_committed_mark_is_what_the_script_draws() -> None:
    with Image.open(BRAND / "mark.png") as committed:
        assert committed.size == (MARK, MARK)
        assert committed.convert("RGBA").tobytes() == mark().tobytes()


def test_the_mark_is_a_white_leaf_on_the_accent_with_clear_corners() -> None:
    picture = mark()
    assert picture.getpixel((0, 0)) == (0, 0, 0, 0)
    assert picture.getpixel((MARK // 2, 6)) == (0x00, 0x5C, 0x46, 255)
    white = sum(pixel == (255, 255, 255, 255) for pixel in picture.get_flattened_data())
    assert 0.08 < white / MARK**2 < 0.3


def test_the_committed_logo_is_black_on_white_and_not_blank() -> None:
    with Image.open(BRAND / "logo.png") as committed:
        assert committed.size == LOGO
        assert committed.mode == "1"
        black = sum(value == 0 for value in committed.get_flattened_data())
        assert committed.getpixel((0, 0)) == 255
    assert 0.15 < black / (LOGO[0] * LOGO[1]) < 0.5


@pytest.mark.parametrize("font", [None, Path("/nowhere/font.otf")])
def test_the_logo_fits_its_frame_with_any_font(font: Path | None) -> None:
    picture = logo(font) if font else logo()
    inside = Image.eval(picture.convert("L"), lambda level: 255 - level).getbbox()
    assert inside is not None
    assert inside[0] > 4
    assert inside[2] < LOGO[0] - 4
    assert inside[1] >= 4
    assert inside[3] <= LOGO[1] - 4


def test_a_leaf_is_drawn_at_any_size() -> None:
    small, large = (leaf(side, "#FFFFFF", "#000000") for side in (16, 200))
    assert small.size == (16, 16)
    assert large.getpixel((100, 8)) == (0, 0, 0, 255)


def test_both_files_are_written(tmp_path: Path) -> None:
    assert sorted(path.name for path in write(tmp_path)) == ["logo.png", "mark.png"]
    assert all(path.stat().st_size > 200 for path in tmp_path.iterdir())
