"""GTINs and the text a scanner sent: enough to find a product by its article number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kiosk.domain.errors import DomainError

GTIN_LENGTHS: Final = (8, 12, 13, 14)
_AIM: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_GS1_GTIN: Final = re.compile(r"01(\d{14})", re.ASCII)
_GS1_CARRIERS: Final = ("]C1", "]d2", "]Q3", "]e0")
_MAX_TEXT: Final = 4296


def check_digit(digits: str) -> int:
    """Reckon the GS1 check digit of the digits before it (GS1 General Specifications 7.9)."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return -total % 10


@dataclass(frozen=True, slots=True, order=True)
class Gtin:
    """A Global Trade Item Number, held as GTIN-14.

    Attributes:
        digits: fourteen digits, check digit right.
    """

    digits: str

    def __post_init__(self) -> None:
        if len(self.digits) != max(GTIN_LENGTHS) or not _ascii_digits(self.digits):
            raise DomainError(f"GTIN {self.digits!r}: expected fourteen digits")
        if check_digit(self.digits[:-1]) != int(self.digits[-1]):
            raise DomainError(f"GTIN {self.digits!r}: the check digit does not fit")

    @classmethod
    def parse(cls, text: str) -> Gtin:
        """Read 8, 12, 13 or 14 digits (EAN-8, UPC-A, EAN-13, ITF-14).

        Raises:
            DomainError: another length, another character, or a wrong check digit.
        """
        if len(text) not in GTIN_LENGTHS or not _ascii_digits(text):
            raise DomainError(f"code {text[:40]!r}: expected 8, 12, 13 or 14 digits")
        return cls(text.rjust(max(GTIN_LENGTHS), "0"))


@dataclass(frozen=True, slots=True)
class ScannedText:
    """What a scanner sent, taken apart at its AIM identifier (ISO/IEC 15424).

    Attributes:
        aim: such as "]E0", or empty.
        payload: the rest.
    """

    aim: str
    payload: str

    @classmethod
    def parse(cls, text: str) -> ScannedText:
        """Take the text apart; any text up to 4,296 characters is one.

        Raises:
            DomainError: longer than any barcode holds.
        """
        if len(text) > _MAX_TEXT:
            raise DomainError(f"a scan of {len(text)} characters: expected at most {_MAX_TEXT}")
        aim = match[0] if (match := _AIM.match(text)) else ""
        return cls(aim, text[len(aim) :].strip("\r\n\t "))

    def gtin(self) -> Gtin | None:
        """Give the article number the text carries, or None where it carries none."""
        found = _GS1_GTIN.match(self.payload) if self.aim in _GS1_CARRIERS else None
        try:
            return Gtin(found[1]) if found else Gtin.parse(self.payload)
        except DomainError:
            return None


def _ascii_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
