from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.terminal.zvt import bmp
from devices.terminal.zvt.bmp_table import BMPS, Form
from devices.terminal.zvt.errors import DecodeError


@pytest.mark.parametrize(("marks", "size"), [("F0F0", 0), ("F1F2", 12), ("F9F9", 99)])
def test_two_digits_of_length_count_bytes(marks: str, size: int) -> None:
    assert bmp.read_var(bytes.fromhex(marks), 0, 2) == (size, 2)
    assert bmp.encode_var(bytes(size), 2)[:2] == bytes.fromhex(marks)


def test_three_digits_of_length() -> None:
    assert bmp.encode_var(bytes(73), 3)[:3] == bytes.fromhex("F0F7F3")
    with pytest.raises(ValueError, match="1000 bytes"):
        bmp.encode_var(bytes(1000), 3)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("FE", "bitmap FE is unknown"),
        ("0400", "bitmap 04 runs over"),
        ("22F1", "ends inside a length"),
        ("22FAF0", "not written as F0 to F9"),
        ("22E1F0", "not written as F0 to F9"),
        ("22F0F200", "bitmap 22 runs over"),
        ("0602", "bitmap 06 runs over"),
        ("06", "before its length"),
        ("060207FF", "begins with FF"),
    ],
)
def test_what_cannot_be_read_is_a_decode_error(data: str, says: str) -> None:
    with pytest.raises(DecodeError, match=says):
        bmp.decode(bytes.fromhex(data))


def test_bitmaps_come_in_any_order_and_may_be_empty() -> None:
    one = bmp.decode(bytes.fromhex("2700 04000000001234 3CF0F0F0 0600"))
    two = bmp.decode(bytes.fromhex("0600 3CF0F0F0 04000000001234 2700"))
    assert {(field.bmp, field.value) for field in one.fields} == {
        (field.bmp, field.value) for field in two.fields
    }
    assert one.get(0x3C) == b""
    assert one.get(0x99) is None


def test_tags_are_found_in_the_container() -> None:
    fields = bmp.decode(bytes.fromhex("06 08 2F 06 1F 10 01 00 07 00".replace(" ", "")))
    assert fields.tag(0x1F10) == b"\0"
    assert fields.tag(0x1F11) is None


def test_the_table_names_every_bitmap_once_and_fixed_ones_have_a_size() -> None:
    assert len({entry.name for entry in BMPS.values()}) == len(BMPS)
    assert all((entry.form is Form.FIXED) == (entry.size > 0) for entry in BMPS.values())
    # Card data stands where PCI DSS and the standard say it may stand.
    assert {number for number, entry in BMPS.items() if entry.card} >= {
        0x22, 0x23, 0x24, 0x2D, 0x2E, 0x3A, 0x0E, 0xA7, 0xAF, 0xD1,
    }  # fmt: skip


def test_repr_hides_values() -> None:
    assert "4111" not in repr(bmp.decode(bytes.fromhex("22F0F84111111111111111")))


@given(st.binary(max_size=120))
def test_no_input_raises_anything_but_decode_error(data: bytes) -> None:
    with suppress(DecodeError):
        bmp.decode(data)
