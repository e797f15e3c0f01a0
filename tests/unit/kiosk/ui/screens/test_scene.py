import pytest

from kiosk.checkout.intents import BackPressed, DonePressed, Intent
from kiosk.ui.presenters.views import ButtonView
from kiosk.ui.screens.scene import Scene, press_sends
from kiosk.ui.widgets.button import PushButton


def test_a_press_sends_what_the_button_means_now_and_only_once() -> None:
    scene, button, sent = Scene(), PushButton(), list[Intent]()
    scene.emit = sent.append
    press_sends(scene, button, ButtonView("Back", BackPressed(1)))
    press_sends(scene, button, ButtonView("Done", DonePressed(2)))
    button.dispatch("on_act")
    assert sent == [DonePressed(2)]


def test_a_button_without_a_meaning_sends_nothing() -> None:
    scene, button, sent = Scene(), PushButton(), list[Intent]()
    scene.emit = sent.append
    press_sends(scene, button, ButtonView("Settle"))
    button.dispatch("on_act")
    press_sends(scene, button, None)
    button.dispatch("on_act")
    assert sent == []
    assert button.opacity == 0


def test_each_scene_has_to_say_how_it_is_drawn() -> None:
    with pytest.raises(NotImplementedError):
        Scene().render(None)
    with pytest.raises(NotImplementedError):
        Scene().focus_order()
