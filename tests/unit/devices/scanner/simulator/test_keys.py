import pytest
from evdev import ecodes

from devices.scanner.simulator.keys import NAMES, Record, code, strokes

DOWN, UP = 1, 0


def pressed(text: str) -> list[list[tuple[str, int]]]:
    """Key names and values, a list a character."""
    return [
        [(NAMES[number], value) for kind, number, value in stroke if kind == 1] for stroke in strokes(text)
    ]


def test_the_names_stand_at_the_kernels_numbers() -> None:
    assert [ecodes.ecodes[f"KEY_{name}"] for name in NAMES] == list(range(len(NAMES)))


@pytest.mark.parametrize(
    ("character", "keys"),
    [
        ("a", [("A", DOWN), ("A", UP)]),
        ("7", [("7", DOWN), ("7", UP)]),
        ("/", [("SLASH", DOWN), ("SLASH", UP)]),
        ("\r", [("ENTER", DOWN), ("ENTER", UP)]),
        ("\t", [("TAB", DOWN), ("TAB", UP)]),
        ("A", [("LEFTSHIFT", DOWN), ("A", DOWN), ("A", UP), ("LEFTSHIFT", UP)]),
        ("?", [("LEFTSHIFT", DOWN), ("SLASH", DOWN), ("SLASH", UP), ("LEFTSHIFT", UP)]),
        ("\x1d", [("LEFTCTRL", DOWN), ("RIGHTBRACE", DOWN), ("RIGHTBRACE", UP), ("LEFTCTRL", UP)]),
        ("\x1e", [("LEFTCTRL", DOWN), ("6", DOWN), ("6", UP), ("LEFTCTRL", UP)]),
        ("\n", [("LEFTCTRL", DOWN), ("J", DOWN), ("J", UP), ("LEFTCTRL", UP)]),
    ],
)
def test_a_character_is_typed_with_its_keys(character: str, keys: list[tuple[str, int]]) -> None:
    assert pressed(character) == [keys]


def test_what_the_keyboard_lacks_is_typed_as_its_number() -> None:
    (stroke,) = pressed("é")
    assert stroke[0] == ("LEFTALT", DOWN)
    assert [name for name, value in stroke[1:-1] if value == DOWN] == ["KP0", "KP2", "KP3", "KP3"]
    assert stroke[-1] == ("LEFTALT", UP)


def test_every_move_comes_with_its_scan_code_and_its_end() -> None:
    (stroke,) = strokes("a")
    number = code("A")
    expected: list[Record] = [(4, 4, 0x70000 + number), (1, number, 1), (0, 0, 0)]
    assert stroke[:3] == expected
