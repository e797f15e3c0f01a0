"""Bar codes as rows of modules, by the symbology standards: EAN and UPC (ISO/IEC 15420), Code 128 (15417)."""

from __future__ import annotations

from dataclasses import dataclass

from devices.printer.simulator.code128_table import CODE128

_LEFT_ODD = [
    "0001101",
    "0011001",
    "0010011",
    "0111101",
    "0100011",
    "0110001",
    "0101111",
    "0111011",
    "0110111",
    "0001011",
]
_RIGHT = ["".join("10"[int(bit)] for bit in code) for code in _LEFT_ODD]
_LEFT_EVEN = [code[::-1] for code in _RIGHT]
_PARITY = ["LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL"]
_START = {"A": 103, "B": 104, "C": 105}
_SWITCH = {"A": 101, "B": 100, "C": 99}
_FNC = {"1": 102, "2": 97, "3": 96}
_SHIFT = 98
_STOP = 106
_CHECK_MODULUS = 103
_CONTROL_END = 32
_CONTROLS_FROM = 64
_OTHER = {"A": "B", "B": "A", "C": "C"}
_REACH = {"A": range(96), "B": range(32, 128)}
_PAIR_END = 100

NAMES: dict[int, str] = {
    65: "UPC-A",
    66: "UPC-E",
    67: "EAN13",
    68: "EAN8",
    69: "CODE39",
    70: "ITF",
    71: "CODABAR",
    72: "CODE93",
    73: "CODE128",
    74: "GS1-128",
}


class UnprintableError(ValueError):
    """The data do not fit the symbology: a printer prints nothing then."""


@dataclass(frozen=True, slots=True)
class Bars:
    """One bar code: its modules (1 = bar) and the text people read under it."""

    modules: str
    text: str


def bars(system: int, data: bytes) -> Bars:
    """Modules of the data in the symbology numbered as GS k does (65 to 74).

    Raises:
        UnprintableError: the data do not fit it, or it is one this simulator does not draw.
    """
    if system == 73:  # noqa: PLR2004 - Code 128 in GS k's numbering, see NAMES
        return _code128(data)
    lengths = {65: 12, 67: 13, 68: 8}
    if system not in lengths:
        raise UnprintableError(f"{NAMES.get(system, system)} is not drawn by this simulator")
    digits = _digits(data, lengths[system])
    if system == 68:  # noqa: PLR2004 - EAN-8 in GS k's numbering, see NAMES
        left = "".join(_LEFT_ODD[int(digit)] for digit in digits[:4])
        right = "".join(_RIGHT[int(digit)] for digit in digits[4:])
        return Bars(f"101{left}01010{right}101", digits)
    return Bars(_ean13(digits.rjust(13, "0")), digits)


def _digits(data: bytes, length: int) -> str:
    text = data.decode("latin-1")
    if not (text.isascii() and text.isdigit()) or len(text) not in (length - 1, length):
        raise UnprintableError(f"expected {length} digits, got {text!r}")
    return text if len(text) == length else text + check_digit(text)


def check_digit(digits: str) -> str:
    """GS1 check digit of the digits before it: weights 3 and 1 from the right."""
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def _ean13(digits: str) -> str:
    parity = _PARITY[int(digits[0])]
    tables = {"L": _LEFT_ODD, "G": _LEFT_EVEN}
    left = "".join(tables[side][int(digit)] for side, digit in zip(parity, digits[1:7], strict=True))
    return f"101{left}01010{''.join(_RIGHT[int(digit)] for digit in digits[7:])}101"


def _code128(data: bytes) -> Bars:
    """Epson's form of the data: {A {B {C choose the set, {S shifts, {1 is FNC1, {{ a brace; C takes 0-99."""
    code_set = data[1:2].decode("latin-1")
    if data[:1] != b"{" or code_set not in _START:
        raise UnprintableError("Code 128 starts with {A, {B or {C")
    values, text, rest, shifted = [_START[code_set]], "", data[2:], False
    while rest:
        if rest[:1] == b"{" and rest[1:2] != b"{":
            letter = rest[1:2].decode("latin-1")
            code_set, value = _escape(letter, code_set)
            shifted, rest = letter == "S", rest[2:]
        else:
            value, shown = _value(rest[0], _OTHER[code_set] if shifted else code_set)
            text += shown
            shifted, rest = False, rest[2 if rest[:2] == b"{{" else 1 :]
        values.append(value)
    check = (values[0] + sum(at * value for at, value in enumerate(values))) % _CHECK_MODULUS
    widths = "".join(CODE128[value] for value in (*values, check, _STOP))
    return Bars("".join("10"[at % 2] * int(width) for at, width in enumerate(widths)), text)


def _escape(letter: str, code_set: str) -> tuple[str, int]:
    if letter in _SWITCH:
        return letter, _SWITCH[letter]
    if letter in _FNC:
        return code_set, _FNC[letter]
    if letter == "S" and code_set != "C":
        return code_set, _SHIFT
    raise UnprintableError(f"Code 128 has no {{{letter} in set {code_set}")


def _value(byte: int, code_set: str) -> tuple[int, str]:
    if code_set == "C":
        if byte >= _PAIR_END:
            raise UnprintableError(f"Code 128 set C takes pairs 0 to 99, got {byte}")
        return byte, f"{byte:02}"
    if byte not in _REACH[code_set]:
        raise UnprintableError(f"Code 128 set {code_set} has no character {byte}")
    if byte < _CONTROL_END:
        return byte + _CONTROLS_FROM, " "
    return byte - _CONTROL_END, chr(byte)
