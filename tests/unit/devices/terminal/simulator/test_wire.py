"""Messages, lengths and number formats, by vectors worked out from the standard's text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.terminal.simulator.wire import (
    Apdu,
    WireError,
    bcd,
    counted,
    fields,
    take_apdu,
    take_ber_length,
    take_counted,
    take_tlv_container,
    unbcd,
)


@pytest.mark.parametrize(
    ("control", "size", "head"),
    [
        (0x8000, 0, "80 00 00"),
        (0x849C, 0, "84 9c 00"),
        (0x040F, 254, "04 0f fe"),
        (0x040F, 255, "04 0f ff ff 00"),
        (0x06D3, 0x0102, "06 d3 ff 02 01"),
        (0x06D3, 65535, "06 d3 ff ff ff"),
    ],
)
def test_the_long_length_is_low_byte_first(control: int, size: int, head: str) -> None:
    message = bytes(Apdu(control, b"\x55" * size))
    assert message == bytes.fromhex(head) + b"\x55" * size
    assert take_apdu(message + b"\x80") == (Apdu(control, b"\x55" * size), len(message))


def test_a_message_too_long_for_two_bytes_is_refused() -> None:
    with pytest.raises(WireError, match="limit is 65535"):
        bytes(Apdu(0x040F, bytes(65536)))


@given(st.binary(max_size=600), st.integers(0, 0xFFFF))
def test_a_message_cut_anywhere_is_not_taken(data: bytes, control: int) -> None:
    message = bytes(Apdu(control, data))
    assert take_apdu(message) == (Apdu(control, data), len(message))
    assert all(take_apdu(message[:end]) is None for end in range(len(message)))


def test_numbers_are_packed_two_digits_a_byte() -> None:
    assert bcd(1234, 6).hex() == "000000001234"
    assert bcd(1_000_001, 3).hex() == "000001"
    assert unbcd(bytes.fromhex("000000001234")) == 1234
    with pytest.raises(WireError, match="got 1A where"):
        unbcd(b"\x1a")


def test_lengths_of_two_and_three_digits() -> None:
    assert counted(b"ab", 2).hex() == "f0f26162"
    assert counted(bytes(123), 3)[:3].hex() == "f1f2f3"
    assert take_counted(bytes.fromhex("f0f2616263"), 2) == (b"ab", 4)
    with pytest.raises(WireError, match="does not fit"):
        counted(bytes(100), 2)


@pytest.mark.parametrize(
    ("data", "digits"), [("f0", 2), ("00f1aa", 2), ("f0fa", 2), ("f0f3aabb", 2), ("", 3)]
)
def test_a_broken_counted_value_is_refused(data: str, digits: int) -> None:
    with pytest.raises(WireError):
        take_counted(bytes.fromhex(data), digits)


@pytest.mark.parametrize(
    ("data", "expected"), [("00", (0, 1)), ("7f", (127, 1)), ("81ff", (255, 2)), ("820102", (258, 3))]
)
def test_the_tlv_length_is_high_byte_first(data: str, expected: tuple[int, int]) -> None:
    assert take_ber_length(bytes.fromhex(data)) == expected


@pytest.mark.parametrize("data", ["", "80", "81", "8201", "83000001"])
def test_a_length_the_standard_does_not_know_is_refused(data: str) -> None:
    with pytest.raises(WireError):
        take_ber_length(bytes.fromhex(data))


def test_a_container_that_promises_too_much_is_refused() -> None:
    assert take_tlv_container(b"\x02ab!") == (b"ab", 3)
    with pytest.raises(WireError, match="announces 3 bytes and has 2"):
        take_tlv_container(b"\x03ab")


def test_bitmaps_are_walked_in_any_order() -> None:
    data = bytes.fromhex("4909780400000000123406021f0122f0f1eef1f0f241423cf0f0f15a")
    assert list(fields(data)) == [
        (0x49, b"\x09\x78"),
        (0x04, bytes.fromhex("000000001234")),
        (0x06, b"\x1f\x01"),
        (0x22, b"\xee"),
        (0xF1, b"AB"),
        (0x3C, b"Z"),
    ]


@pytest.mark.parametrize(
    ("data", "sentence"), [("99", "unknown bitmap 99"), ("4909", "takes 2 bytes, only 1")]
)
def test_a_bitmap_nobody_can_measure_is_refused(data: str, sentence: str) -> None:
    with pytest.raises(WireError, match=sentence):
        list(fields(bytes.fromhex(data)))


@given(st.binary(max_size=200))
def test_any_bytes_give_bitmaps_or_a_wire_error(data: bytes) -> None:
    try:
        walked = list(fields(data))
    except WireError:
        return
    assert sum(1 + len(value) for _, value in walked) <= len(data)
