"""Emoji out of the installed font, letters in their place, and other hues."""

from pathlib import Path

import pytest
from PIL import Image, ImageStat

from assets.pictures.emoji import Emoji, find, recoloured

FONT = find()
with_font = pytest.mark.skipif(FONT is None, reason="no colour emoji font is installed here")


def test_the_first_font_that_is_there_is_taken(tmp_path: Path) -> None:
    there = tmp_path / "NotoColorEmoji.ttf"
    there.touch()
    assert find((tmp_path / "none.ttf", there)) == there
    assert find((tmp_path / "none.ttf",)) is None


@with_font
def test_an_emoji_comes_in_colour_without_margins() -> None:
    apple = Emoji(FONT).cut("🍎", "a")
    assert apple.mode == "RGBA"
    assert apple.getbbox() == (0, 0, *apple.size)
    assert min(apple.size) > 80
    red, green, blue, alpha = apple.getpixel((apple.width // 2, apple.height * 2 // 3)) or (0, 0, 0, 0)  # type: ignore[misc] # four bands
    assert alpha == 255
    assert red > 150 > green + blue


@with_font
def test_half_clear_paint_keeps_its_colour() -> None:
    glow = Emoji(FONT).cut("🕯", "c")
    clear = glow.getchannel("A").point([255 if 30 < level < 120 else 0 for level in range(256)])
    assert clear.histogram()[255] > 50
    assert ImageStat.Stat(glow, clear).mean[0] > 200


@with_font
def test_an_emoji_is_drawn_once() -> None:
    emoji = Emoji(FONT)
    assert emoji.cut("🍎", "a") is emoji.cut("🍎", "a")
    assert emoji.found


def test_without_a_font_a_letter_stands_in() -> None:
    emoji = Emoji(None)
    assert not emoji.found
    letter = emoji.cut("🍎", "a")
    assert letter.getbbox() == (0, 0, *letter.size)
    assert letter.tobytes() == emoji.cut("🍐", "A").tobytes()
    assert letter.tobytes() != emoji.cut("🍐", "b").tobytes()


@with_font
def test_what_the_font_does_not_have_is_a_letter_too() -> None:
    assert Emoji(FONT).cut(" ", "q").tobytes() == Emoji(None).cut(" ", "q").tobytes()


@pytest.mark.parametrize(
    ("hue", "turn", "expected"),
    [
        (None, 120, (0, 255, 0)),
        (None, 240, (0, 0, 255)),
        (None, -120, (0, 0, 255)),
        (60, 0, (255, 255, 0)),
        (120, 120, (0, 0, 255)),
    ],
)
def test_hues_turn_or_become_one(hue: int | None, turn: int, expected: tuple[int, int, int]) -> None:
    pixel = recoloured(Image.new("RGBA", (1, 1), (255, 0, 0, 90)), hue, turn).getpixel((0, 0))
    assert isinstance(pixel, tuple)
    assert pixel[:3] == pytest.approx(expected, abs=8)
    assert pixel[3] == 90


def test_colours_may_be_weaker_and_darker() -> None:
    picture = Image.new("RGBA", (1, 1), (200, 0, 0, 255))
    assert recoloured(picture, None, 0, strength=0.0, bright=0.5).getpixel((0, 0)) == (100, 100, 100, 255)
    assert recoloured(picture, None, 0, bright=2.0).getpixel((0, 0)) == (255, 0, 0, 255)
