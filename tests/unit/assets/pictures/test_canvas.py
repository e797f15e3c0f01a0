"""The canvas: outlines, light, clipping and the rim, read back from the pixels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from assets.pictures.canvas import FLAT, ROUND, SIDE, Band, Canvas, Oval, Polygon, Profile, mixed

GLASS = Profile(112, ((20, 10), (60, 10), (100, 40), (200, 40)))


def at(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    pixel = picture.getpixel((x, y))
    assert isinstance(pixel, tuple)
    return pixel


def test_an_empty_canvas_is_clear() -> None:
    picture = Canvas().picture()
    assert picture.size == (SIDE, SIDE)
    assert picture.getbbox() is None


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, "#204060"), (1.0, "#FFFFFF"), (0.5, "#909FB0"), (0.25, "#587088")]
)
def test_colours_mix_by_share(share: float, expected: str) -> None:
    mix = mixed("#204060", "#FFFFFF", share)
    assert all(abs(int(mix[i : i + 2], 16) - int(expected[i : i + 2], 16)) <= 1 for i in (1, 3, 5))


@pytest.mark.parametrize(
    "outline",
    [
        Band((40, 60, 160, 180)),
        Oval((40, 60, 160, 180)),
        Polygon(((40, 60), (160, 60), (160, 180), (40, 180))),
    ],
)
def test_an_outline_is_filled_where_it_is_and_nowhere_else(outline: Band | Oval | Polygon) -> None:
    canvas = Canvas()
    canvas.fill(outline, "#3366CC", ())
    picture = canvas.picture()
    assert at(picture, 100, 120) == (0x33, 0x66, 0xCC, 255)
    assert at(picture, 20, 120)[3] == 0
    assert picture.getbbox() == pytest.approx((40, 60, 160, 180), abs=1)


def test_a_round_corner_is_cut() -> None:
    canvas = Canvas()
    canvas.fill(Band((40, 60, 160, 180), 30), "#3366CC", ())
    assert at(canvas.picture(), 43, 63)[3] == 0


def test_a_profile_is_even_and_as_wide_as_its_knots() -> None:
    canvas = Canvas()
    canvas.fill(GLASS, "#3366CC", ())
    picture = canvas.picture()
    assert picture.crop((0, 40, SIDE, 41)).getbbox() == pytest.approx((102, 0, 122, 1), abs=1)
    assert picture.crop((0, 150, SIDE, 151)).getbbox() == pytest.approx((72, 0, 152, 1), abs=1)


@given(st.floats(20, 200))
def test_a_profile_stays_between_its_knots(height: float) -> None:
    assert 10 <= GLASS.half_at(height) <= 40
    assert GLASS.between(30, 180).half_at(min(180, max(30, height))) == pytest.approx(
        GLASS.half_at(min(180, max(30, height))), abs=0.8
    )


def test_knots_at_one_height_make_a_step() -> None:
    assert Profile(0, ((10, 5), (10, 9))).half_at(10) == 9


def test_light_falls_from_the_left() -> None:
    canvas = Canvas()
    canvas.fill(Band((20, 20, 200, 200)), "#808080", ROUND)
    picture = canvas.picture()
    highlight, middle, shadow = (at(picture, x, 100)[0] for x in (62, 130, 192))
    assert highlight > 0x80 + 20
    assert abs(middle - 0x80) < 8
    assert shadow < 0x80 - 20


def test_flat_light_hardly_changes_a_front() -> None:
    canvas = Canvas()
    canvas.fill(Band((20, 20, 200, 200)), "#808080", FLAT)
    assert all(abs(at(canvas.picture(), x, 100)[0] - 0x80) < 16 for x in (30, 110, 190))


def test_paint_within_a_body_stays_in_it_and_shares_its_light() -> None:
    canvas = Canvas()
    body = Oval((40, 40, 180, 180))
    canvas.fill(Band((0, 0, 112, SIDE)), "#CC3333", (), within=body)
    picture = canvas.picture()
    assert at(picture, 80, 110)[:3] == (0xCC, 0x33, 0x33)
    assert at(picture, 140, 110)[3] == 0
    assert at(picture, 42, 42)[3] == 0


def test_paint_that_misses_its_body_changes_nothing() -> None:
    canvas = Canvas()
    canvas.fill(Band((0, 0, 20, 20)), "#CC3333", ROUND, within=Band((100, 100, 120, 120)))
    canvas.veil(Band((0, 0, 20, 20)), "#CC3333", 0.5, within=Band((100, 100, 120, 120)))
    assert canvas.picture().getbbox() is None


def test_a_veil_lets_what_is_below_through() -> None:
    canvas = Canvas()
    canvas.fill(Band((0, 0, SIDE, SIDE)), "#000000", ())
    canvas.veil(Band((0, 0, SIDE, SIDE)), "#FFFFFF", 0.25)
    assert at(canvas.picture(), 100, 100)[0] == pytest.approx(64, abs=2)


def test_a_picture_is_stuck_in_the_middle_of_its_box_as_large_as_fits() -> None:
    canvas = Canvas()
    canvas.stick(Image.new("RGBA", (10, 20), "#3366CC"), (40, 40, 140, 140))
    assert canvas.picture().getbbox() == pytest.approx((65, 40, 115, 140), abs=1)


def test_a_picture_may_be_stuck_askew() -> None:
    canvas = Canvas()
    canvas.stick(Image.new("RGBA", (40, 40), "#3366CC"), (40, 40, 140, 140), turn=45)
    picture = canvas.picture()
    assert at(picture, 90, 50)[3] > 0
    assert at(picture, 44, 44)[3] == 0


def test_white_has_a_rim_to_be_seen_on_white() -> None:
    canvas = Canvas()
    canvas.fill(Band((40, 40, 180, 180)), "#FFFFFF", ())
    picture = canvas.picture()
    assert at(picture, 40, 100)[0] < 220
    assert at(picture, 100, 100)[:3] == (255, 255, 255)
    assert at(picture, 40, 100)[3] == 255
