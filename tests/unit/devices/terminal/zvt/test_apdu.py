import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.terminal.zvt.apdu import Apdu, ApduStream, measure, split


@pytest.mark.parametrize(
    ("size", "length"),
    [(0, "00"), (1, "01"), (254, "FE"), (255, "FFFF00"), (256, "FF0001"), (650, "FF8A02"), (65535, "FFFFFF")],
)
def test_length_is_short_up_to_fe_then_ff_and_low_byte_first(size: int, length: str) -> None:
    encoded = Apdu(0x06D3, bytes(size)).encode()
    assert encoded[: 2 + len(length) // 2] == bytes.fromhex("06D3" + length)
    assert split(encoded) == (Apdu(0x06D3, bytes(size)), b"")


def test_extended_length_may_hold_a_short_one() -> None:
    # Portalum.Zvt, ApduHelperTest: 04 0F FF 01 00 6C is one byte of data.
    assert split(bytes.fromhex("040FFF01006C")) == (Apdu(0x040F, b"\x6c"), b"")


def test_more_than_the_longest_is_refused() -> None:
    with pytest.raises(ValueError, match="65536 bytes"):
        Apdu(0x06D3, bytes(65536)).encode()


def test_a_message_cut_at_any_length_is_not_yet_one() -> None:
    for whole in (Apdu(0x0601, bytes(7)).encode(), Apdu(0x06D3, bytes(300)).encode()):
        assert all(split(whole[:size]) is None for size in range(len(whole)))
        assert all(measure(whole[:size]) is None for size in range(3))
        assert measure(whole) == (len(whole) - len(split(whole)[0].data), len(whole))  # type: ignore[index]  # whole


def test_repr_and_header_show_no_data() -> None:
    apdu = Apdu(0x040F, bytes.fromhex("4111111111111111"))
    assert apdu.header == "04 0F"
    assert "4111" not in repr(apdu)
    assert "4111" not in str(apdu)


apdus = st.builds(
    Apdu, st.integers(0, 0xFFFF), st.one_of(st.binary(max_size=300), st.binary(min_size=250, max_size=260))
)


@given(st.lists(apdus, max_size=6), st.data())
def test_the_stream_gives_the_same_messages_however_tcp_cuts_them(
    messages: list[Apdu], data: st.DataObject
) -> None:
    wire = b"".join(apdu.encode() for apdu in messages)
    stream, found = ApduStream(), list[Apdu]()
    while wire:
        size = data.draw(st.integers(1, len(wire)))
        found += stream.feed(wire[:size])
        wire = wire[size:]
    assert found == messages
    assert stream.pending == 0


def test_the_stream_holds_an_unfinished_message() -> None:
    stream = ApduStream()
    assert stream.feed(bytes.fromhex("80 00 00 04 0F 05 27")) == (Apdu(0x8000),)
    assert stream.pending == 4
