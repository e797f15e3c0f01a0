"""The keys a keyboard-wedge scanner presses for a text (US keyboard); shares nothing with the decoder."""

from collections.abc import Iterator
from typing import Final, Literal

IN_ORDER: Final = """
RESERVED ESC 1 2 3 4 5 6 7 8 9 0 MINUS EQUAL BACKSPACE TAB
Q W E R T Y U I O P LEFTBRACE RIGHTBRACE ENTER LEFTCTRL
A S D F G H J K L SEMICOLON APOSTROPHE GRAVE LEFTSHIFT BACKSLASH
Z X C V B N M COMMA DOT SLASH RIGHTSHIFT KPASTERISK LEFTALT SPACE CAPSLOCK
F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 NUMLOCK SCROLLLOCK
KP7 KP8 KP9 KPMINUS KP4 KP5 KP6 KPPLUS KP1 KP2 KP3 KP0 KPDOT
"""
# The first names of linux/input-event-codes.h: a name's place is its number.
NAMES: Final[tuple[str, ...]] = tuple(IN_ORDER.split())
SIGN_KEYS: Final = (
    "SPACE MINUS EQUAL LEFTBRACE RIGHTBRACE SEMICOLON APOSTROPHE GRAVE BACKSLASH COMMA DOT SLASH"
)
SIGNS: Final[dict[str, str]] = dict(zip(" -=[];'`\\,./", SIGN_KEYS.split(), strict=True))
SHIFTED_SIGNS: Final[dict[str, str]] = {
    **dict(zip("!@#$%^&*()", "1234567890", strict=True)),
    **dict(zip('_+{}:"~|<>?', SIGN_KEYS.split()[1:], strict=True)),
}
FIRST_LETTER_OF_CONTROLS: Final = 0x40

EV_SYN: Final = 0
EV_KEY: Final = 1
EV_MSC: Final = 4
MSC_SCAN: Final = 4
HID_KEYBOARD_PAGE: Final = 0x70000

Record = tuple[int, int, int]
"""(type, code, value) of struct input_event."""
Suffix = Literal["enter", "tab", "none", "etx", "crlf"]
SUFFIX_TEXT: Final[dict[str, str]] = {"enter": "\r", "tab": "\t", "none": "", "etx": "\x03", "crlf": "\r\n"}


def code(name: str) -> int:
    """The number of KEY_`name`."""
    return NAMES.index(name)


def strokes(text: str) -> Iterator[list[Record]]:
    """The records of each character of the text, in order.

    Letters and signs are typed plainly or with Shift, control characters with Ctrl as a terminal would,
    what a US keyboard lacks as ALT and its number on the pad.
    """
    for character in text:
        yield _stroke(character)


def _stroke(character: str) -> list[Record]:
    if character == "\r":
        return _tap("ENTER")
    if character == "\t":
        return _tap("TAB")
    if character.isascii() and character.isalnum():
        return _held("LEFTSHIFT", character.upper()) if character.isupper() else _tap(character.upper())
    if character in SIGNS:
        return _tap(SIGNS[character])
    if character in SHIFTED_SIGNS:
        return _held("LEFTSHIFT", SHIFTED_SIGNS[character])
    if character < " " and character != "\0":
        letter = chr(ord(character) + FIRST_LETTER_OF_CONTROLS)
        return _held("LEFTCTRL", SIGNS.get(letter) or SHIFTED_SIGNS.get(letter) or letter)
    return _held("LEFTALT", *(f"KP{digit}" for digit in f"0{ord(character)}"))


def _held(modifier: str, *names: str) -> list[Record]:
    between = [record for name in names for record in _tap(name)]
    return [*_move(modifier, 1), *between, *_move(modifier, 0)]


def _tap(name: str) -> list[Record]:
    return [*_move(name, 1), *_move(name, 0)]


def _move(name: str, value: int) -> list[Record]:
    number = code(name)
    # As the kernel's HID driver does: the scan code, the key, the end of the packet.
    return [(EV_MSC, MSC_SCAN, HID_KEYBOARD_PAGE + number), (EV_KEY, number, value), (EV_SYN, 0, 0)]
