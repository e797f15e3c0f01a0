"""Which character a key types in a layout, at a level and with CapsLock."""

from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Final

from devices.scanner.layout_table import (
    DEAD,
    NOTHING,
    PAD_DIGITS,
    PAD_SIGNS,
    PLAIN,
    POSITIONS,
    SHIFTED,
    THIRD,
)

LAYOUTS: Final = tuple(PLAIN)
KEY_SPACE: Final = 57


@dataclass(frozen=True, slots=True)
class Layout:
    """One keyboard layout; key codes are those of linux/input-event-codes.h.

    Attributes:
        name: `us`, `uk`, `de` or `fr`.
        plain: key code to character with no modifier.
        shifted: key code to character with Shift.
        third: key code to character with AltGr; empty where the layout has no third level.
        dead: (key code, character) pairs that wait for the next key.
    """

    name: str
    plain: dict[int, str]
    shifted: dict[int, str]
    third: dict[int, str]
    dead: frozenset[tuple[int, str]]

    def character(
        self, code: int, *, shift: bool = False, caps: bool = False, third: bool = False
    ) -> str | None:
        """The character the key types, or None for a key that types nothing there.

        CapsLock turns letters only: digits and signs follow Shift alone.
        """
        if third:
            return self.third.get(code)
        plain, shifted = self.plain.get(code), self.shifted.get(code)
        is_letter = plain is not None and shifted == plain.upper() != plain
        return shifted if shift != (caps and is_letter) else plain


@cache
def layout(name: str) -> Layout:
    """The layout of that name.

    Raises:
        ValueError: no such layout is known.
    """
    if name not in PLAIN:
        raise ValueError(f"keyboard layout {name!r} is not known; use one of {', '.join(LAYOUTS)}")
    same_at_every_level = {KEY_SPACE: " ", **PAD_DIGITS, **PAD_SIGNS}
    return Layout(
        name=name,
        plain=_level(PLAIN[name]) | same_at_every_level,
        shifted=_level(SHIFTED[name]) | same_at_every_level,
        third=dict(THIRD[name]),
        dead=DEAD[name],
    )


def _level(rows: tuple[str, ...]) -> dict[int, str]:
    typed = chain.from_iterable(rows)
    return {code: character for code, character in zip(POSITIONS, typed, strict=True) if character != NOTHING}
