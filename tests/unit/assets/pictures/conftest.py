"""Packs drawn for a look at their pixels."""

from collections.abc import Callable

import pytest
from PIL import Image

from assets.pictures.canvas import Canvas
from assets.pictures.pack import Pack, Shape

Drawn = Callable[[Shape, Pack], Image.Image]
_OPAQUE = 200
_NEAR = 60


@pytest.fixture
def drawn() -> Drawn:
    """Draw a pack without a picture on its label."""

    def draw(shape: Shape, pack: Pack) -> Image.Image:
        canvas = Canvas()
        shape(canvas, pack, None)
        return canvas.picture()

    return draw


@pytest.fixture
def labelled() -> Drawn:
    """Draw a pack with a magenta square for a picture."""

    def draw(shape: Shape, pack: Pack) -> Image.Image:
        canvas = Canvas()
        shape(canvas, pack, Image.new("RGBA", (40, 40), (255, 0, 255, 255)))
        return canvas.picture()

    return draw


@pytest.fixture
def count_of() -> Callable[[Image.Image, tuple[int, int, int]], int]:
    """Count the pixels of a picture that are near a colour."""

    def count(picture: Image.Image, colour: tuple[int, int, int]) -> int:
        near = 0
        for many, pixel in picture.getcolors(picture.width * picture.height) or ():
            if isinstance(pixel, tuple) and pixel[3] > _OPAQUE:
                far = sum(abs(a - b) for a, b in zip(pixel, colour, strict=False))
                near += many * (far < _NEAR)
        return near

    return count
