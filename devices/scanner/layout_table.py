"""What each key of a PC keyboard types in each layout, as rows of characters; written by hand."""

from typing import Final

# Key codes of linux/input-event-codes.h in the order of the rows below: the digit row, the three letter rows.
POSITIONS: Final[tuple[int, ...]] = (
    *(41, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13),
    *(16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27),
    *(30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 43),
    *(86, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53),
)

# One string a row and level, as long as the row of POSITIONS; a NUL marks a key that types nothing there.
NOTHING: Final = "\0"
ACUTE: Final = "\u00b4"

PLAIN: Final[dict[str, tuple[str, str, str, str]]] = {
    "us": ("`1234567890-=", "qwertyuiop[]", "asdfghjkl;'\\", "<zxcvbnm,./"),
    "uk": ("`1234567890-=", "qwertyuiop[]", "asdfghjkl;'#", "\\zxcvbnm,./"),
    "de": ("^1234567890ß\u00b4", "qwertzuiopü+", "asdfghjklöä#", "<yxcvbnm,.-"),
    "fr": ("²&é\"'(-è_çà)=", "azertyuiop^$", "qsdfghjklmù*", "<wxcvbn,;:!"),
}
SHIFTED: Final[dict[str, tuple[str, str, str, str]]] = {
    "us": ("~!@#$%^&*()_+", "QWERTYUIOP{}", 'ASDFGHJKL:"|', ">ZXCVBNM<>?"),
    "uk": ('¬!"£$%^&*()_+', "QWERTYUIOP{}", "ASDFGHJKL:@~", "|ZXCVBNM<>?"),
    "de": ('°!"§$%&/()=?`', "QWERTZUIOPÜ*", "ASDFGHJKLÖÄ'", ">YXCVBNM;:_"),
    "fr": ("\x001234567890°+", "AZERTYUIOP¨£", "QSDFGHJKLM%µ", ">WXCVBN?./§"),
}
# The third level (AltGr): key code to character. A layout with none has the right Alt act as the left one.
THIRD: Final[dict[str, dict[int, str]]] = {
    "us": {},
    "uk": {41: "¦", 5: "€", 18: "é", 22: "ú", 23: "í", 24: "ó", 30: "á"},
    "de": {
        **dict(zip((3, 4, 8, 9, 10, 11, 12), "²³{[]}\\", strict=True)),
        **dict(zip((16, 18, 27, 86, 50), "@€~|µ", strict=True)),
    },
    "fr": {
        **dict(zip(range(3, 14), "~#{[|`\\^@]}", strict=True)),
        **dict(zip((18, 27), "€¤", strict=True)),
    },
}
# Characters that wait for the next key, by the key they are on: the same sign elsewhere types at once.
DEAD: Final[dict[str, frozenset[tuple[int, str]]]] = {
    "us": frozenset(),
    "uk": frozenset(),
    "de": frozenset({(41, "^"), (13, ACUTE), (13, "`")}),
    "fr": frozenset({(26, "^"), (26, "¨"), (3, "~"), (8, "`")}),
}
# Combining mark for each dead character (Unicode, Combining Diacritical Marks).
COMBINING: Final[dict[str, str]] = {
    "^": "\u0302",
    ACUTE: "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "~": "\u0303",
}

# The number pad types the same everywhere and whatever NumLock says: a scanner's pad is never a cursor.
PAD_DIGITS: Final[dict[int, str]] = dict(
    zip((82, 79, 80, 81, 75, 76, 77, 71, 72, 73), "0123456789", strict=True)
)
PAD_SIGNS: Final[dict[int, str]] = {83: ".", 78: "+", 74: "-", 55: "*", 98: "/", 117: "=", 121: ","}
