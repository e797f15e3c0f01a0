import pytest

from devices.terminal.zvt import bcd
from devices.terminal.zvt.errors import DecodeError


@pytest.mark.parametrize(
    ("value", "size", "packed"),
    [(0, 1, "00"), (1234, 6, "000000001234"), (9999, 2, "9999"), (11000, 6, "000000011000")],
)
def test_packs_two_digits_a_byte_with_zeros_on_the_left(value: int, size: int, packed: str) -> None:
    assert bcd.encode(value, size) == bytes.fromhex(packed)
    assert bcd.number(bytes.fromhex(packed)) == value


@pytest.mark.parametrize(("value", "size"), [(-1, 2), (10_000, 2), (100, 1)])
def test_refuses_what_does_not_fit(value: int, size: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        bcd.encode(value, size)


def test_keeps_leading_zeros_and_reads_nothing_as_zero() -> None:
    assert bcd.digits(b"\x00\x08") == "0008"
    assert bcd.number(b"") == 0


@pytest.mark.parametrize("data", [b"\x0a", b"\xf0", b"\x12\xee"])
def test_a_half_byte_above_nine_is_an_error(data: bytes) -> None:
    with pytest.raises(DecodeError):
        bcd.digits(data)
