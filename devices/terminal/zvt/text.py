"""Texts of the terminal: its character set to Unicode, control characters out, card numbers cut."""

import unicodedata
from enum import Enum

from devices.terminal.zvt.card import redact


class Charset(Enum):
    """The character sets met; CP437 is the default of ZVT, others are a vendor's or negotiated."""

    CP437 = "cp437"
    ISO_8859_1 = "iso8859-1"
    ISO_8859_15 = "iso8859-15"
    UTF_8 = "utf-8"


def decode(data: bytes, charset: Charset = Charset.CP437) -> str:
    """Return the text: cut at a NUL, no control characters, of card numbers only the last four digits."""
    text = data.split(b"\0", 1)[0].decode(charset.value, errors="replace")
    return redact("".join(char for char in text if unicodedata.category(char) != "Cc"))
