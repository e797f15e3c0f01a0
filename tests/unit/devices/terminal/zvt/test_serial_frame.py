import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.terminal.zvt.apdu import Apdu
from devices.terminal.zvt.commands import authorization
from devices.terminal.zvt.crc import crc16
from devices.terminal.zvt.serial_frame import (
    Acknowledged,
    Damaged,
    FrameEvent,
    FrameReader,
    Received,
    Rejected,
    encode,
)
from tests.unit.devices.terminal.zvt import published

PAY = Apdu(0x0601, bytes.fromhex("04000000011010004909 78".replace(" ", "")))


def _bytewise(data: bytes) -> list[FrameEvent]:
    reader = FrameReader()
    return [event for byte in data for event in reader.feed(bytes((byte,)))]


@pytest.mark.parametrize("text", published.FRAMES)
def test_published_frames_are_read_and_written_the_same(text: str) -> None:
    (event,) = _bytewise(bytes.fromhex(text))
    assert isinstance(event, Received)
    assert encode(event.apdu) == bytes.fromhex(text)


def test_check_bytes_that_hold_a_10_are_not_doubled_and_end_the_frame_by_count() -> None:
    hazards = 0
    for amount in range(1, 4000):
        frame = encode(authorization(amount, "EUR"))
        if b"\x10" in frame[-2:]:
            hazards += 1
            assert _bytewise(frame + b"\x06") == [Received(authorization(amount, "EUR")), Acknowledged()]
    assert hazards > 10


def test_every_single_wrong_byte_is_noticed() -> None:
    frame = encode(PAY)
    for place in range(2, len(frame)):
        wrong = bytes((*frame[:place], frame[place] ^ 0x41, *frame[place + 1 :]))
        assert Received(PAY) not in _bytewise(wrong)


@pytest.mark.parametrize("size", range(len(encode(PAY))))
def test_a_frame_cut_at_any_length_is_no_frame_and_the_next_is_read_after_a_reset(size: int) -> None:
    reader = FrameReader()
    assert reader.feed(encode(PAY)[:size]) == ()
    assert reader.inside == (size > 0)
    reader.reset()
    assert reader.feed(encode(PAY)) == (Received(PAY),)


def test_what_lies_between_frames_is_passed_over() -> None:
    assert _bytewise(
        b"\x00\xff\x10\x41" + encode(PAY) + b"\x99\x06\x15\x10\x10\x02\x06\x70\x00\x10\x03\xd9\xf9"
    ) == [
        Received(PAY),
        Acknowledged(),
        Rejected(),
        Received(Apdu(0x0670)),
    ]


def test_a_frame_that_starts_over_inside_another_is_read() -> None:
    assert _bytewise(bytes.fromhex("1002 0601") + encode(PAY)) == [Received(PAY)]


def test_a_10_inside_that_is_neither_doubled_nor_the_end() -> None:
    assert _bytewise(bytes.fromhex("1002 06 10 41")) == [
        Damaged("a 10 inside a frame is neither doubled nor the end")
    ]


@pytest.mark.parametrize("body", ["0601", "060105", "06700041", "06FF01"])
def test_a_length_that_does_not_fit_is_damage(body: str) -> None:
    plain = bytes.fromhex(body)
    (event,) = _bytewise(b"\x10\x02" + plain + b"\x10\x03" + crc16(plain + b"\x03"))
    assert event == Damaged("the length in a frame does not fit its size")


def test_an_endless_frame_is_damage_and_memory_stays_bounded() -> None:
    reader = FrameReader()
    assert Damaged("a frame is longer than the longest message") in reader.feed(b"\x10\x02" + bytes(70_000))
    assert not reader.inside


@given(st.builds(Apdu, st.integers(0, 0xFFFF), st.binary(max_size=400)))
def test_written_is_read(apdu: Apdu) -> None:
    assert _bytewise(encode(apdu)) == [Received(apdu)]


@given(st.binary(max_size=300))
def test_no_input_raises(data: bytes) -> None:
    FrameReader().feed(data)
