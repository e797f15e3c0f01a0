"""TLV objects: tags of one to three bytes, lengths, and what is cut short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.terminal.simulator.tlv import container, item, objects
from devices.terminal.simulator.wire import WireError, fields


def test_objects_are_built_as_the_standard_writes_them() -> None:
    assert item(0x1F12, b"\x02").hex() == "1f120102"
    assert item(0x2F, item(0x1F10, b"\x00")).hex() == "2f041f100100"
    assert item(0x07, bytes(128))[:3].hex() == "078180"
    assert item(0x07, bytes(256))[:4].hex() == "07820100"
    assert container(item(0x07, b"A")).hex() == "0603070141"
    assert container().hex() == "0600"


def test_objects_are_read_back_one_after_the_other() -> None:
    assert list(objects(bytes.fromhex("1f1201020700ff81010155"))) == [
        (0x1F12, b"\x02"),
        (0x07, b""),
        (0xFF8101, b"U"),
    ]


@pytest.mark.parametrize("data", ["1f", "1f81", "07", "070241", "0780"])
def test_an_object_cut_short_is_refused(data: str) -> None:
    with pytest.raises(WireError):
        list(objects(bytes.fromhex(data)))


@given(st.lists(st.binary(max_size=300), max_size=5))
def test_a_container_carries_any_values(values: list[bytes]) -> None:
    ((bmp, content),) = fields(container(*(item(0x1F07, value) for value in values)))
    assert bmp == 0x06
    assert list(objects(content)) == [(0x1F07, value) for value in values]


@given(st.binary(max_size=60))
def test_any_bytes_give_objects_or_a_wire_error(data: bytes) -> None:
    try:
        found = list(objects(data))
    except WireError:
        return
    assert len(found) <= len(data)
