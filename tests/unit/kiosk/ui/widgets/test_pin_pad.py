import pytest

from kiosk.ui.widgets.pin_pad import Dots, PinPad
from tests.screens.glass import frames, on_glass, tap


@pytest.fixture
def pins() -> list[str]:
    return []


@pytest.fixture
def pad(pins: list[str]) -> PinPad:
    made = PinPad(erase="Delete", enter="OK", least=4, most=6)
    made.bind(on_pin=lambda _, pin: pins.append(pin))
    return made


def test_a_pin_typed_by_finger_is_handed_over_once_and_forgotten(pad: PinPad, pins: list[str]) -> None:
    with on_glass(pad, (668, 608)):
        for key in "1357":
            tap(pad.keys[key])
        tap(pad.keys["enter"])
        assert pins == ["1357"]
        assert (pad.typed, pad._digits) == (0, "")


def test_ok_wakes_at_the_least_length_and_delete_with_the_first_digit(pad: PinPad) -> None:
    assert not pad.keys["enter"].enabled
    assert not pad.keys["erase"].enabled
    for count, digit in enumerate("1234", start=1):
        pad.press(digit)
        assert pad.keys["erase"].enabled
        assert pad.keys["enter"].enabled == (count >= 4)
    pad.press("erase")
    assert (pad.typed, pad.keys["enter"].enabled) == (3, False)


def test_no_more_digits_than_a_pin_can_have(pad: PinPad, pins: list[str]) -> None:
    for digit in "1234567890":
        pad.press(digit)
    pad.press("enter")
    assert pins == ["123456"]


def test_a_closed_pad_takes_nothing_and_clearing_forgets(pad: PinPad) -> None:
    pad.press("1")
    pad.open = False
    assert not any(key.enabled for key in pad.keys.values())
    pad.clear()
    assert (pad.typed, pad._digits) == (0, "")


def test_keys_are_in_reading_order_and_large(pad: PinPad) -> None:
    with on_glass(pad, (668, 608)):
        frames(2)
        assert [target.name for target in pad.targets][:3] == ["key_1", "key_2", "key_3"]
        assert all(target.width >= 212 and target.height >= 139 for target in pad.targets)


def test_dots_fill_and_tell_no_digit() -> None:
    with on_glass(Dots(places=6), (700, 120)) as dots:
        dots.filled = 2
        fills = [dot.fill for dot in dots._dots]
        assert fills[0] == fills[1] != fills[2]
        dots.places = 4
        assert [bool(dot.width) for dot in dots._dots] == [True] * 4 + [False] * 2
