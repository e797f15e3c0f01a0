from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.terminal.zvt import tlv
from devices.terminal.zvt.errors import DecodeError
from devices.terminal.zvt.tlv import Tlv


@pytest.mark.parametrize(
    ("size", "length"),
    [(0, "00"), (0x7F, "7F"), (0x80, "8180"), (0xFF, "81FF"), (0x100, "820100"), (650, "82028A")],
)
def test_lengths_are_big_endian_and_shortest(size: int, length: str) -> None:
    # 82 02 8A = 650 stands in a trace of Portalum.Zvt.
    assert tlv.encode_length(size) == bytes.fromhex(length)
    assert tlv.read_length(bytes.fromhex(length), 0) == (size, len(length) // 2)


@pytest.mark.parametrize(
    ("data", "tag"),
    [("1F0700", 0x1F07), ("1F2600", 0x1F26), ("1F800000", 0x1F8000), ("0700", 0x07), ("2500", 0x25)],
)
def test_tags_take_as_many_bytes_as_they_say(data: str, tag: int) -> None:
    (found,) = tlv.decode(bytes.fromhex(data))
    assert found == Tlv(tag, b"")


def test_constructed_objects_have_parts_and_are_searched_inside() -> None:
    # The container of a published payment: 2F{1F12=02, 1F10=00}, 60{43, 44}, 1F2B.
    data = bytes.fromhex("2F081F1201021F100100601B4307A000000004101044104465626974204D617374657263617264")
    objects = tlv.decode(data + bytes.fromhex("1F2B0410015008"))
    assert [one.tag for one in objects] == [0x2F, 0x60, 0x1F2B]
    assert [one.tag for one in tlv.walk(objects)] == [0x2F, 0x1F12, 0x1F10, 0x60, 0x43, 0x44, 0x1F2B]
    assert tlv.find(objects, 0x44) == b"Debit Mastercard"
    assert tlv.find(objects, 0x1F2B) == bytes.fromhex("10015008")
    assert tlv.find(objects, 0x99) is None


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("07", "before its length"),
        ("1F", "inside its tag"),
        ("1F8080", "inside its tag"),
        ("1F80808000", "longer than 4"),
        ("0780", "begins with 80"),
        ("0783000001", "begins with 83"),
        ("0781", "inside its length"),
        ("078200", "inside its length"),
        ("070200", "runs over the end"),
        ("25020702", "runs over the end"),
    ],
)
def test_what_is_not_whole_is_a_decode_error(data: str, says: str) -> None:
    with pytest.raises(DecodeError, match=says):
        tlv.decode(bytes.fromhex(data))


def test_absurd_nesting_is_a_decode_error() -> None:
    data = b""
    for _ in range(40):
        data = tlv.encode(0x25, data)
    with pytest.raises(DecodeError, match="deeper than 16"):
        tlv.decode(data)


def test_repr_hides_the_value() -> None:
    assert "4111" not in repr(tlv.decode(tlv.encode(0x4C, bytes.fromhex("4111111111111111"))))


@given(
    st.lists(st.tuples(st.sampled_from([0x07, 0x1F10, 0x25, 0x1F8001]), st.binary(max_size=300)), max_size=5)
)
def test_what_is_written_is_read_back(parts: list[tuple[int, bytes]]) -> None:
    plain = [(tag, value) for tag, value in parts if tag != 0x25]
    objects = tlv.decode(b"".join(tlv.encode(tag, value) for tag, value in plain))
    assert [(one.tag, one.value) for one in objects] == plain


@given(st.binary(max_size=80))
def test_no_input_raises_anything_but_decode_error(data: bytes) -> None:
    with suppress(DecodeError):
        tlv.decode(data)
