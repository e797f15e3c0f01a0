"""The ESC/POS commands the simulated printer knows, with the bytes that start each and its fixed arguments.

Source: the command pages of the Epson ESC/POS reference; written for the reader alone, so that a mistake of
the driver's own encoder cannot hide here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What a command is about."""

    TEXT = auto()
    LINE_FEED = auto()
    FORM_FEED = auto()
    CARRIAGE_RETURN = auto()
    TAB = auto()
    TAB_STOPS = auto()
    INIT = auto()
    CODE_PAGE = auto()
    CHARSET = auto()
    KANJI_ON = auto()
    KANJI_OFF = auto()
    PRINT_MODE = auto()
    EMPHASIS = auto()
    DOUBLE_STRIKE = auto()
    UNDERLINE = auto()
    REVERSE = auto()
    SIZE = auto()
    FONT = auto()
    JUSTIFY = auto()
    CHAR_SPACING = auto()
    POSITION = auto()
    DEFAULT_SPACING = auto()
    SPACING = auto()
    LEFT_MARGIN = auto()
    AREA_WIDTH = auto()
    FEED_LINES = auto()
    FEED_DOTS = auto()
    CUT = auto()
    RASTER = auto()
    COLUMN_IMAGE = auto()
    GRAPHICS = auto()
    SYMBOL = auto()
    BARCODE = auto()
    BARCODE_HEIGHT = auto()
    BARCODE_WIDTH = auto()
    HRI_POSITION = auto()
    HRI_FONT = auto()
    DRAWER = auto()
    ASB = auto()
    SEND_STATUS = auto()
    SEND_ID = auto()
    RESPONSE = auto()
    PAPER_SENSORS = auto()
    STOP_SENSORS = auto()
    PANEL = auto()
    LEGACY_STATUS = auto()
    ACCEPTED = auto()
    REAL_TIME_STATUS = auto()
    REAL_TIME_REQUEST = auto()
    REAL_TIME_CONTROL = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its kind, its arguments (0 to 255 each) and the bytes it carries.

    ``data`` is the text of TEXT, the payload of images and symbols, the raw bytes of UNKNOWN and ACCEPTED.
    """

    kind: Kind
    args: tuple[int, ...] = ()
    data: bytes = b""


# Commands of fixed length: the bytes they start with, their kind, and how many argument bytes follow.
FIXED: dict[bytes, tuple[Kind, int]] = {
    b"\n": (Kind.LINE_FEED, 0),
    b"\r": (Kind.CARRIAGE_RETURN, 0),
    b"\t": (Kind.TAB, 0),
    b"\x0c": (Kind.FORM_FEED, 0),
    b"\x1b@": (Kind.INIT, 0),
    b"\x1bt": (Kind.CODE_PAGE, 1),
    b"\x1bR": (Kind.CHARSET, 1),
    b"\x1b!": (Kind.PRINT_MODE, 1),
    b"\x1bE": (Kind.EMPHASIS, 1),
    b"\x1bG": (Kind.DOUBLE_STRIKE, 1),
    b"\x1b-": (Kind.UNDERLINE, 1),
    b"\x1bM": (Kind.FONT, 1),
    b"\x1ba": (Kind.JUSTIFY, 1),
    b"\x1b ": (Kind.CHAR_SPACING, 1),
    b"\x1b$": (Kind.POSITION, 2),
    b"\x1b2": (Kind.DEFAULT_SPACING, 0),
    b"\x1b3": (Kind.SPACING, 1),
    b"\x1bd": (Kind.FEED_LINES, 1),
    b"\x1bJ": (Kind.FEED_DOTS, 1),
    b"\x1bp": (Kind.DRAWER, 3),
    b"\x1bv": (Kind.LEGACY_STATUS, 0),
    b"\x1bc3": (Kind.PAPER_SENSORS, 1),
    b"\x1bc4": (Kind.STOP_SENSORS, 1),
    b"\x1bc5": (Kind.PANEL, 1),
    b"\x1d!": (Kind.SIZE, 1),
    b"\x1dB": (Kind.REVERSE, 1),
    b"\x1dL": (Kind.LEFT_MARGIN, 2),
    b"\x1dW": (Kind.AREA_WIDTH, 2),
    b"\x1dh": (Kind.BARCODE_HEIGHT, 1),
    b"\x1dw": (Kind.BARCODE_WIDTH, 1),
    b"\x1dH": (Kind.HRI_POSITION, 1),
    b"\x1df": (Kind.HRI_FONT, 1),
    b"\x1da": (Kind.ASB, 1),
    b"\x1dr": (Kind.SEND_STATUS, 1),
    b"\x1dI": (Kind.SEND_ID, 1),
    b"\x1c&": (Kind.KANJI_ON, 0),
    b"\x1c.": (Kind.KANJI_OFF, 0),
    b"\x10\x04": (Kind.REAL_TIME_STATUS, 1),
    b"\x10\x05": (Kind.REAL_TIME_REQUEST, 1),
}

# Commands a receipt may carry that change nothing on this paper: taken whole, so that their arguments are
# never printed as text.
ACCEPTED: dict[bytes, int] = {
    b"\x1b{": 1,
    b"\x1bV": 1,
    b"\x1br": 1,
    b"\x1bB": 2,
    b"\x1b=": 1,
    b"\x1bU": 1,
    b"\x1bT": 1,
    b"\x1bK": 1,
    b"\x1be": 1,
    b"\x1b%": 1,
    b"\x1b?": 1,
    b"\x1b\\": 2,
    b"\x1bW": 8,
    b"\x1bS": 0,
    b"\x1bL": 0,
    b"\x1b<": 0,
    b"\x1bc0": 1,
    b"\x1bc1": 1,
    b"\x1db": 1,
    b"\x1dP": 2,
    b"\x1d$": 2,
    b"\x1d\\": 2,
    b"\x1dE": 1,
    b"\x1dT": 1,
    b"\x1dj": 1,
    b"\x1d/": 1,
    b"\x1d:": 0,
    b"\x1d^": 3,
    b"\x1dg0": 3,
    b"\x1dg2": 3,
    b"\x1dz0": 2,
    b"\x1c!": 1,
    b"\x1c-": 1,
    b"\x1cS": 2,
    b"\x1cW": 1,
    b"\x1cC": 1,
    b"\x1cp": 2,
}

# DLE DC4 fn: how many bytes follow the function number.
REAL_TIME_CONTROL_LENGTH: dict[int, int] = {1: 2, 2: 2, 3: 5, 7: 1, 8: 7}
