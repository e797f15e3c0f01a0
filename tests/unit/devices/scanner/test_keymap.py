import pytest

from devices.scanner.keymap import LAYOUTS, layout
from devices.scanner.layout_table import PLAIN, POSITIONS, SHIFTED

KEY_A, KEY_Y, KEY_Z, KEY_1, KEY_MINUS, KEY_Q, KEY_SPACE, KEY_KP7 = 30, 21, 44, 2, 12, 16, 57, 71


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_layout_has_a_character_or_nothing_for_every_position(name: str) -> None:
    assert len("".join(PLAIN[name])) == len("".join(SHIFTED[name])) == len(POSITIONS) == len(set(POSITIONS))


@pytest.mark.parametrize(
    ("name", "code", "plain", "shifted"),
    [
        ("us", KEY_Y, "y", "Y"),
        ("de", KEY_Y, "z", "Z"),
        ("de", KEY_Z, "y", "Y"),
        ("de", KEY_MINUS, "ß", "?"),
        ("fr", KEY_Q, "a", "A"),
        ("fr", KEY_1, "&", "1"),
        ("uk", 40, "'", "@"),
        ("us", KEY_SPACE, " ", " "),
        ("fr", KEY_KP7, "7", "7"),
    ],
)
def test_a_key_types_its_characters(name: str, code: int, plain: str, shifted: str) -> None:
    assert layout(name).character(code) == plain
    assert layout(name).character(code, shift=True) == shifted


def test_caps_lock_turns_letters_but_neither_digits_nor_signs() -> None:
    us = layout("us")
    assert us.character(KEY_A, caps=True) == "A"
    assert us.character(KEY_A, caps=True, shift=True) == "a"
    assert us.character(KEY_1, caps=True) == "1"
    assert us.character(KEY_1, caps=True, shift=True) == "!"
    assert layout("de").character(KEY_MINUS, caps=True) == "ß"


def test_the_third_level_types_its_own_characters_only() -> None:
    assert layout("de").character(KEY_Q, third=True) == "@"
    assert layout("de").character(KEY_A, third=True) is None
    assert layout("fr").character(13, third=True) == "}"


def test_a_key_without_a_character_types_nothing() -> None:
    assert layout("us").character(59) is None
    assert layout("fr").character(41, shift=True) is None


def test_an_unknown_layout_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="'dvorak' is not known; use one of us, uk, de, fr"):
        layout("dvorak")
