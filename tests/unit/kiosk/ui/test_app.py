from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from kivy.core.window import Window

from kiosk.bootstrap.words import translations
from kiosk.checkout.intents import Intent
from kiosk.ui.app import CheckstandApp, Look, Ports
from kiosk.ui.presenters.present import Presenter
from kiosk.ui.presenters.views import View
from kiosk.ui.screens.stage import SCENES
from tests.screens.glass import frames, until
from tests.screens.samples import LANE, begun, scanning

PRESENT = Presenter(LANE, translations).view
ASSETS = Path(__file__).resolve().parents[4] / "assets" / "sounds"
F1, TAB, ENTER, ESCAPE = 282, 9, 13, 27


@dataclass
class Core:
    views: list[View] = field(default_factory=list)
    sent: list[Intent] = field(default_factory=list)
    frames: int = 0
    said: list[str] = field(default_factory=list)

    def take(self) -> View | None:
        return self.views.pop() if self.views else None

    def framed(self) -> None:
        self.frames += 1


@pytest.fixture
def core() -> Core:
    return Core()


@pytest.fixture
def app(core: Core) -> Iterator[CheckstandApp]:
    ports = Ports(core.take, core.sent.append, core.framed, core.said.append)
    made = CheckstandApp(PRESENT(begun()), ports, Look(sounds=ASSETS, volume=0.2, motion=False, keys=True))
    root = made.build()
    Window.add_widget(root)
    yield made
    made.on_stop()
    Window.remove_widget(root)


def test_the_attract_scene_is_there_before_the_core_says_anything(app: CheckstandApp) -> None:
    assert app.stage.view is not None
    assert app.stage.view.screen == "attract"
    assert list(app.stage._made) == ["attract"]


def test_the_newest_view_is_drawn_and_announced_once(app: CheckstandApp, core: Core) -> None:
    shown: list[str] = []
    app.shown = lambda view: shown.append(view.screen)
    core.views.append(PRESENT(scanning()))
    frames(2)
    core.views.append(PRESENT(scanning()))
    frames(2)
    assert shown == ["basket", "basket"]
    assert core.said[-1].startswith("Added. Tautropf lemon soda")
    assert len(core.said) == 2


def test_frames_that_were_presented_feed_the_watchdog_and_bring_in_the_rest(
    app: CheckstandApp, core: Core
) -> None:
    for _ in range(12):
        Window.dispatch("on_flip")
    assert (app.frames, core.frames) == (12, 12)
    until(lambda: set(app.stage._made) == set(SCENES))
    until(lambda: app._sounds is not None)
    app.play("added")
    app.play("no such sound")
    frames(2)
    assert not app._to_play


def test_no_key_gets_through_and_f1_opens_nothing(app: CheckstandApp) -> None:
    for key in (F1, ESCAPE):
        assert app._key(Window, key, 0, "", []) is True
    assert app.open_settings() is True
    assert app.use_kivy_settings is False
    assert app.load_kv() is False


def test_for_trying_out_keys_walk_and_press(app: CheckstandApp, core: Core) -> None:
    app._key(Window, TAB, 0, "", [])
    app._key(Window, TAB, 0, "", [])
    assert app.stage.targets()[1].focused
    app._key(Window, TAB, 0, "", ["shift"])
    assert app.stage.targets()[0].focused
    app._key(Window, ENTER, 0, "", [])
    assert len(core.sent) == 1


def test_keys_do_nothing_where_they_were_not_asked_for() -> None:
    app = CheckstandApp(PRESENT(begun()), Ports(lambda: None, lambda _: None))
    assert app._key(Window, TAB, 0, "", []) is True
    assert not any(target.focused for target in app.stage.targets())
    app._flipped()
    assert app.frames == 1


def test_a_still_screen_is_drawn_again(app: CheckstandApp) -> None:
    Window.dispatch("on_draw")
    app._redraw(5.0)
    assert Window.canvas.needs_redraw


def test_it_ends_when_asked_to_from_another_thread(
    app: CheckstandApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[bool] = []
    monkeypatch.setattr(app, "stop", lambda: stopped.append(True))
    app.stop_soon()
    frames(1)
    assert stopped == [True]
