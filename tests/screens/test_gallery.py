"""Every scene in every theme and language: nothing clipped, no sign missing, nothing too small to hit."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import kivy
import pytest
from kivy.uix.widget import Widget
from PIL import ImageFont

from kiosk.bootstrap.words import translations
from kiosk.ui.fonts import FACES, find
from kiosk.ui.palette_table import PALETTES
from kiosk.ui.presenters.present import Presenter
from kiosk.ui.screens.stage import Stage
from kiosk.ui.theme import ROLES, theme
from kiosk.ui.widgets.amount import Amount
from kiosk.ui.widgets.text import Text
from tests.screens import glass, samples

pytestmark = pytest.mark.screens

PX_PER_MM = 4.03
SMALLEST_MM, PAY_MM = 20, 30
REACH_PX = 831  # 1220 mm above the floor with the screen's lower edge at 950 mm
STAFF = ("10-", "11-")
NAMES = list(samples.sessions())
LANDSCAPE, SMALL = (1920, 1080), (720, 1280)
PRESENTER = Presenter(samples.LANE, translations)
SHIPPED = Path(kivy.__file__).parent / "data" / "fonts"


@pytest.fixture(
    scope="module", params=[glass.PORTRAIT, SMALL, LANDSCAPE], ids=lambda size: f"{size[0]}x{size[1]}"
)
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    theme.fit(*request.param)
    made = Stage(lambda _: None)
    with glass.on_glass(made, request.param):
        yield made
    theme.use("light")
    theme.text_scale = 1.0
    theme.fit(*glass.PORTRAIT)


def seen(widget: Widget) -> Iterator[Widget]:
    """Walk what can be seen."""
    if widget.opacity == 0:
        return
    yield widget
    for child in widget.children:
        yield from seen(child)


@cache
def has_glyph(face: str, character: str) -> bool:
    font = ImageFont.truetype(str(find(FACES[face], SHIPPED)), 40)
    missing = font.getmask("\uffff")
    drawn = font.getmask(character)
    return (drawn.size, bytes(drawn)) != (missing.size, bytes(missing))


def words_of(stage: Stage) -> list[Any]:
    return [widget for widget in seen(stage) if isinstance(widget, Text) and widget.text and widget.width > 1]


def show(stage: Stage, name: str, language: str, palette: str) -> None:
    session = samples.sessions(language)[name]
    view = PRESENTER.view(session)
    object.__setattr__(view, "theme", palette)
    stage.show(view)
    glass.frames(4)
    keep(stage, f"{name}-{language}-{palette}-{round(stage.width)}")


def keep(stage: Stage, name: str) -> None:
    """Write a picture for people to look at, where they asked for it."""
    folder = os.environ.get("CHECKSTAND_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        drawn = glass.picture((0, 0, round(stage.width), round(stage.height)))
        drawn.save(Path(folder) / f"{name}.png", compress_level=1)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("palette", list(PALETTES))
@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_whole_and_every_target_can_be_hit(
    stage: Stage, name: str, palette: str, language: str
) -> None:
    show(stage, name, language, palette)
    for word in words_of(stage):
        assert word.texture_size[0] <= word.width + 1, f"{word.text!r} is wider than its place"
        assert word.texture_size[1] <= word.height + 8, f"{word.text!r} is taller than its place"
        assert word.shrink >= 0.8, f"{word.text!r} is squeezed to {word.shrink:.2f}"
        face = ROLES[word.role].face
        assert all(has_glyph(face, sign) for sign in word.text if not sign.isspace()), word.text
    for amount in (widget for widget in seen(stage) if isinstance(widget, Amount) and widget.text):
        assert amount.shrink >= 0.7, amount.text
    check_targets(stage, name)


def check_targets(stage: Stage, name: str) -> None:
    targets = stage.targets()
    smallest = SMALLEST_MM * PX_PER_MM * (stage.height / 1920 if stage.height > stage.width else 0.85)
    for target in targets:
        assert min(target.width, target.height) >= smallest - 1, f"{target.name} is too small"
        assert target.x >= 0, target.name
        assert target.right <= stage.width, target.name
        assert target.y >= 0, target.name
        reach = stage.height * (1 - REACH_PX / 1920)
        if stage.height > stage.width and not name.startswith(STAFF):
            assert target.top <= reach + 2, f"{target.name} is out of reach"
        if target.name == "pay":
            assert target.height >= PAY_MM * smallest / SMALLEST_MM - 1
    for index, one in enumerate(targets):
        for other in targets[index + 1 :]:
            apart = one.right <= other.x or other.right <= one.x or one.top <= other.y or other.top <= one.y
            assert apart, f"{one.name} overlaps {other.name}"


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", NAMES)
def test_large_text_is_whole_too(stage: Stage, name: str, language: str) -> None:
    show(stage, name, language, "light")
    theme.text_scale = 1.25
    try:
        glass.frames(4)
        keep(stage, f"{name}-{language}-large-{round(stage.width)}")
        for word in words_of(stage):
            assert word.texture_size[0] <= word.width + 1, f"{word.text!r} is wider than its place"
            assert word.shrink >= 0.62, f"{word.text!r} is squeezed to {word.shrink:.2f}"
    finally:
        theme.text_scale = 1.0


def test_what_is_drawn_is_really_on_the_glass(stage: Stage) -> None:
    show(stage, "02-basket", "en", "light")
    drawn = glass.picture((0, 0, round(stage.width), round(stage.height)))
    colours = {colour for _, colour in drawn.getcolors(1 << 22) or ()}
    for token in ("ground", "accent", "tint", "ink"):
        assert tuple(round(part * 255) for part in getattr(theme, token)[:3]) in colours, token
