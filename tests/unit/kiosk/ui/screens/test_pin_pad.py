from kiosk.checkout.intents import BackPressed, PinEntered
from tests.screens.played import Played


def test_a_pin_leaves_the_pad_only_as_an_intent(played: Played) -> None:
    scene = played.show("10-pin-pad")
    for key in ("key_4", "key_7", "key_1", "key_1", "key_enter"):
        played.target(key)._acted_at -= 1
        played.press(key)
    assert played.sent == [PinEntered(20, "4711")]
    assert scene.ids.pad.typed == 0
    assert "4711" not in repr(played.sent)


def test_back_goes_to_the_shopper_and_digits_are_forgotten(played: Played) -> None:
    scene = played.show("10-pin-pad")
    played.press("key_4")
    assert scene.ids.pad.typed == 1
    played.press("back")
    assert played.sent == [BackPressed(20)]
    played.show("09-staff-will-help")
    played.show("10-pin-pad")
    assert scene.ids.pad.typed == 0


def test_before_anything_is_shown_a_pin_goes_nowhere(played: Played) -> None:
    played.stage.make("pin_pad").entered("1234")
    assert played.sent == []


def test_more_digits_show_more_dots(played: Played) -> None:
    scene = played.show("10-pin-pad")
    pad = scene.ids.pad
    for digit in "123456":
        pad.press(digit)
    assert pad.typed == 6
    assert len([dot for dot in scene.ids.dots._dots if dot.width]) >= 6
