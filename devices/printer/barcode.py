"""Barcodes for paper: check digits (GS1 General Specifications 7.9) and the GS k command that draws them."""

from __future__ import annotations

from dataclasses import dataclass

# GS k function B: system letter and how many digits the symbol carries, check digit included.
_EAN_SYSTEMS = {"UPCA": (0x41, 12), "EAN13": (0x43, 13), "EAN8": (0x44, 8)}
_CODE128_SYSTEM = 0x49
_CODE128_MAX = 48
# Modules of a symbol: guard bars and digits (ISO/IEC 15420), 11 a character plus start, check and stop
# (ISO/IEC 15417).
_EAN_MODULES = {"UPCA": 95, "EAN13": 95, "EAN8": 67}
_CODE128_FRAME = 11 + 11 + 13

SYMBOLOGIES = (*_EAN_SYSTEMS, "CODE128")


class BarcodeError(Exception):
    """The data is no such barcode; the message says what was expected."""


@dataclass(frozen=True)
class Symbol:
    """A barcode that exists: `data` fits its symbology, the check digit is right."""

    symbology: str
    data: str

    @property
    def modules(self) -> int:
        """Width of the printed symbol in modules, quiet zones not counted."""
        if self.symbology == "CODE128":
            return _CODE128_FRAME + 11 * len(self.data)
        return _EAN_MODULES[self.symbology]

    def command(self) -> bytes:
        """GS k, function B (Epson ESC/POS): `1D 6B system length data`."""
        if self.symbology == "CODE128":
            payload = b"{B" + self.data.encode("ascii").replace(b"{", b"{{")
            return bytes((0x1D, 0x6B, _CODE128_SYSTEM, len(payload))) + payload
        system, _ = _EAN_SYSTEMS[self.symbology]
        payload = self.data.encode("ascii")
        return bytes((0x1D, 0x6B, system, len(payload))) + payload


def check_digit(digits: str) -> str:
    """The GS1 check digit of `digits` (without one): weights 3 and 1 from the right."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def parse_symbol(symbology: str, data: str) -> Symbol:
    """Judge a barcode before it is printed.

    Args:
        symbology: One of SYMBOLOGIES.
        data: Digits with or without the check digit (EAN, UPC), or printable ASCII (CODE128).

    Raises:
        BarcodeError: Unknown symbology, wrong length or characters, wrong check digit.
    """
    if symbology == "CODE128":
        return _code128(data)
    if symbology not in _EAN_SYSTEMS:
        raise BarcodeError(f"barcode {symbology!r} is not known; expected one of {', '.join(SYMBOLOGIES)}")
    _, length = _EAN_SYSTEMS[symbology]
    if not (data.isascii() and data.isdigit() and len(data) in (length - 1, length)):
        raise BarcodeError(f"{symbology} needs {length} digits, got {data!r}")
    body, given = data[: length - 1], data[length - 1 :]
    right = check_digit(body)
    if given not in ("", right):
        raise BarcodeError(f"{symbology} {data} has check digit {given}, expected {right}")
    return Symbol(symbology, body + right)


def _code128(data: str) -> Symbol:
    printable = all(" " <= character <= "~" for character in data)
    if not (data and printable and len(data) <= _CODE128_MAX):
        raise BarcodeError(f"CODE128 needs 1 to {_CODE128_MAX} printable ASCII characters, got {data!r}")
    return Symbol("CODE128", data)
