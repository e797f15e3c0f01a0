"""Packed decimal digits: two to a byte, the high half first."""

from devices.terminal.zvt.errors import DecodeError

_DIGITS = frozenset("0123456789")


def encode(value: int, size: int) -> bytes:
    """Return `value` as `size` bytes of packed digits, filled with zeros on the left.

    Raises:
        ValueError: the value is negative or has more than two digits a byte.
    """
    digits = f"{value:0{2 * size}d}"
    if value < 0 or len(digits) > 2 * size:
        raise ValueError(f"{value} does not fit {2 * size} decimal digits")
    return bytes.fromhex(digits)


def digits(data: bytes) -> str:
    """Return the digits of `data`, zeros on the left kept.

    Raises:
        DecodeError: a half byte is not a decimal digit.
    """
    text = data.hex()
    if not _DIGITS.issuperset(text):
        raise DecodeError("a packed decimal number holds a half byte above 9")
    return text


def number(data: bytes) -> int:
    """Return the number that `data` packs; nothing packs 0."""
    return int(digits(data) or "0")
