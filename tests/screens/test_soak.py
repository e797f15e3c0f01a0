"""Many visits on one stage: nothing of a visit may stay behind."""

import gc
import os

import pytest
from kivy.core.window import Window

from kiosk.bootstrap.words import translations
from kiosk.ui.presenters.present import Presenter
from kiosk.ui.screens.stage import Stage
from kiosk.ui.theme import theme
from tests.screens import glass, samples

pytestmark = pytest.mark.screens

VISITS = int(os.environ.get("CHECKSTAND_SOAK_VISITS", "40"))
STAGES = ("01-attract", "05-pay-choice", "06-follow-card", "08-paid", "08-goodbye")


def visit(stage: Stage, presenter: Presenter) -> None:
    """Scan eight things, pay, and leave."""
    for count in range(1, len(samples.GOODS) + 1):
        stage.show(presenter.view(samples.scanning(goods=samples.GOODS[:count])))
        glass.frames(1)
    sessions = samples.sessions()
    for name in STAGES:
        stage.show(presenter.view(sessions[name]))
        glass.frames(1)
    Window.dispatch("on_draw")


def test_a_visit_leaves_no_object_behind() -> None:
    stage, presenter = Stage(lambda _: None), Presenter(samples.LANE, translations)
    with glass.on_glass(stage):
        for _ in range(8):
            visit(stage, presenter)
        gc.collect()
        before = len(gc.get_objects())
        for _ in range(VISITS):
            visit(stage, presenter)
        gc.collect()
        grown = len(gc.get_objects()) - before
    assert grown / VISITS < 1, f"{grown} objects stayed behind after {VISITS} visits"


def test_switching_themes_adds_no_observer() -> None:
    stage, presenter = Stage(lambda _: None), Presenter(samples.LANE, translations)

    def observers() -> int:
        gc.collect()
        return sum(len(theme.get_property_observers(name)) for name in ("name", "text_scale", "ink", "card"))

    with glass.on_glass(stage):
        visit(stage, presenter)
        glass.frames(2)
        before = observers()
        for name in ("dark", "high_contrast", "light") * 3:
            theme.use(name)
            visit(stage, presenter)
        assert observers() <= before
