"""Turns presses and releases of keys into typed text: modifiers, CapsLock, dead keys, ALT codes."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from devices.scanner.keymap import Layout
from devices.scanner.layout_table import COMBINING, PAD_DIGITS

# Names and numbers of linux/input-event-codes.h.
KEY_TAB: Final = 15
KEY_ENTER: Final = 28
KEY_LEFTCTRL: Final = 29
KEY_LEFTSHIFT: Final = 42
KEY_RIGHTSHIFT: Final = 54
KEY_LEFTALT: Final = 56
KEY_CAPSLOCK: Final = 58
KEY_NUMLOCK: Final = 69
KEY_SCROLLLOCK: Final = 70
KEY_KPENTER: Final = 96
KEY_RIGHTCTRL: Final = 97
KEY_RIGHTALT: Final = 100

SHIFTS: Final = frozenset({KEY_LEFTSHIFT, KEY_RIGHTSHIFT})
CTRLS: Final = frozenset({KEY_LEFTCTRL, KEY_RIGHTCTRL})
ALTS: Final = frozenset({KEY_LEFTALT, KEY_RIGHTALT})
MODIFIERS: Final = SHIFTS | CTRLS | ALTS
# The pad types digits whatever NumLock says, and ScrollLock changes nothing: pressing them is no fault.
HARMLESS: Final = frozenset({KEY_NUMLOCK, KEY_SCROLLLOCK})
ENDS: Final[dict[int, str]] = {KEY_ENTER: "\r", KEY_KPENTER: "\r", KEY_TAB: "\t"}
CTRL_MASK: Final = 0x1F
MAX_ALT_DIGITS: Final = 5
# The three sign keys that carry a control character besides the letters: ESC, GS, FS.
US_POSITION: Final[dict[int, str]] = {26: "[", 27: "]", 43: "\\"}
LAST_OF_A_CODE_PAGE: Final = 0xFF
WHERE_1252_DIFFERS: Final = range(0x80, 0xA0)
# Halves of a UTF-16 pair: no character (Unicode 3.9, D71).
SURROGATES: Final = range(0xD800, 0xE000)


@dataclass(slots=True)
class Keyboard:
    """The state of one scanner's keyboard.

    Text is `""` where a key types nothing yet, and None where it may not be typed at all (function keys,
    shortcuts, unknown codes): a bar code must never work the host (BadBarcode, PacSec 2015).

    Attributes:
        layout: the layout the scanner was set to.
        also: keys this model uses for a control character, such as a function key for GS.
    """

    layout: Layout
    also: Mapping[int, str] = field(default_factory=dict)
    _down: set[int] = field(default_factory=set)
    _caps: bool = False
    _dead: str = ""
    _alt_code: str = ""

    def reset(self) -> None:
        """Forgets every held key, CapsLock and what was being composed."""
        self._down.clear()
        self._caps = False
        self.forget()

    def forget(self) -> None:
        """Forgets a half composed character."""
        self._dead = ""
        self._alt_code = ""

    def unlock(self) -> None:
        """Takes CapsLock as off: presses of it were lost."""
        self._caps = False

    def flush(self) -> str:
        """The dead character that still waits for its next key, which will not come."""
        dead, self._dead = self._dead, ""
        return dead

    def press(self, code: int) -> str | None:
        """A key goes down."""
        if code in MODIFIERS:
            self._down.add(code)
            return ""
        if code == KEY_CAPSLOCK:
            self._caps = not self._caps
            return ""
        if code in HARMLESS:
            return ""
        if self._alt_held():
            return self._pad_digit(code)
        if code in ENDS:
            return self.flush() + ENDS[code]
        if code in self.also:
            return self.flush() + self.also[code]
        if self._down & CTRLS:
            return self._with_ctrl(code)
        return self._plain(code)

    def release(self, code: int) -> str | None:
        """A key goes up; the last ALT going up types the code entered on the pad."""
        was_alt = self._alt_held()
        self._down.discard(code)
        if not was_alt or self._alt_held() or not self._alt_code:
            return ""
        digits, self._alt_code = self._alt_code, ""
        character = alt_character(digits)
        return None if character is None else self.flush() + character

    def _alt_held(self) -> bool:
        alts = {KEY_LEFTALT} if self.layout.third else ALTS
        return bool(self._down & alts)

    def _pad_digit(self, code: int) -> str | None:
        digit = PAD_DIGITS.get(code)
        if digit is None or len(self._alt_code) == MAX_ALT_DIGITS:
            return None
        self._alt_code += digit
        return ""

    def _with_ctrl(self, code: int) -> str | None:
        third = KEY_RIGHTALT in self._down
        # Many scanners send Ctrl with the US position of the key whatever layout they are set to.
        for typed in (self.layout.character(code, third=third), US_POSITION.get(code)):
            if typed is not None and typed.isascii() and "@" <= typed.upper() <= "_":
                return self.flush() + chr(ord(typed.upper()) & CTRL_MASK)
        return None

    def _plain(self, code: int) -> str | None:
        shift, third = bool(self._down & SHIFTS), KEY_RIGHTALT in self._down
        typed = self.layout.character(code, shift=shift, caps=self._caps, third=third)
        if typed is None:
            return None
        before = self.flush()
        if (code, typed) in self.layout.dead and not before:
            self._dead = typed
            return ""
        return composed(before, typed) if before else typed


def composed(dead: str, typed: str) -> str:
    """A dead key and the key after it: the accented letter, the bare accent (space), or both characters."""
    if typed in (" ", dead):
        return dead
    letter = unicodedata.normalize("NFC", typed + COMBINING[dead])
    return letter if len(letter) == 1 else dead + typed


def alt_character(digits: str) -> str | None:
    """What ALT and `digits` on the pad type: with a leading 0 Windows-1252 or Unicode, else code page 437."""
    code = int(digits)
    if not digits.startswith("0"):
        return bytes([code]).decode("cp437") if code <= LAST_OF_A_CODE_PAGE else None
    if code in WHERE_1252_DIFFERS:
        return bytes([code]).decode("cp1252", errors="ignore") or None
    return None if code in SURROGATES else chr(code)
