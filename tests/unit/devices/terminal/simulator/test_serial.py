"""The serial frame and its acknowledgements, against published frames and by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.terminal.simulator.serial import FrameReader, SerialLink, SerialTiming, crc16, framed
from devices.terminal.simulator.wire import Apdu

ENQUIRY = Apdu(0x0501, bytes.fromhex("123456"))
PUBLISHED = bytes.fromhex("10 02 05 01 03 12 34 56 10 03 E0 43")
"""A status enquiry as the test suite of an independent till prints it."""
ACK, NAK = b"\x06", b"\x15"


def test_the_crc_is_kermit() -> None:
    assert crc16(b"123456789") == 0x2189
    assert crc16(bytes.fromhex("05 01 03 12 34 56 03")) == 0x43E0


def test_a_published_frame_is_built_and_read() -> None:
    assert framed(ENQUIRY) == PUBLISHED
    link = SerialLink()
    link.feed(PUBLISHED, 0)
    assert link.take() == [ACK, ENQUIRY]


def test_every_10_inside_is_doubled_and_not_counted() -> None:
    frame = framed(Apdu(0x0610, b"\x10" * 16))
    assert frame[:-2] == bytes.fromhex("10 02 06 10 10 10 10") + b"\x10" * 32 + bytes.fromhex("10 03")
    link = SerialLink()
    link.feed(frame, 0)
    assert link.take() == [ACK, Apdu(0x0610, b"\x10" * 16)]


@given(
    st.binary(max_size=300),
    st.integers(0, 0xFFFF),
    st.binary(max_size=8).filter(lambda noise: b"\x10" not in noise),
)
def test_any_message_comes_through_byte_by_byte_after_noise(data: bytes, control: int, noise: bytes) -> None:
    link, apdu = SerialLink(), Apdu(control, data)
    for byte in noise + framed(apdu):
        link.feed(bytes((byte,)), 0)
    assert [piece for piece in link.take() if isinstance(piece, Apdu)] == [apdu]


def test_messages_whose_crc_holds_a_10_come_through() -> None:
    """About one in 130 amounts gives such a CRC; undoubling or ending there loses the frame."""
    seen = 0
    for amount in range(1, 2000):
        apdu = Apdu(0x0601, b"\x04" + bytes.fromhex(f"{amount:012d}"))
        frame = framed(apdu)
        if 0x10 in frame[-2:]:
            seen += 1
            link = SerialLink()
            link.feed(frame, 0)
            assert link.take() == [ACK, apdu]
    assert seen > 5


@given(st.integers(0, len(PUBLISHED) - 1), st.integers(1, 255))
def test_a_frame_with_one_wrong_byte_is_never_taken(position: int, flip: int) -> None:
    damaged = bytearray(PUBLISHED)
    damaged[position] ^= flip
    link = SerialLink()
    link.feed(bytes(damaged), 0)
    link.tick(200)
    assert not [piece for piece in link.take() if isinstance(piece, Apdu)]


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(data: bytes) -> None:
    reader = FrameReader()
    for byte in data:
        reader.feed(byte)


@pytest.mark.parametrize(
    "frame",
    [
        "10 02 05 01 03 12 34 56 10 03 E0 44",  # CRC
        "10 02 05 01 04 12 34 56 10 03 00 00",  # length and CRC
        "10 02 05 10 07",  # a 10 that is neither doubled nor an end
    ],
)
def test_a_broken_frame_is_answered_15(frame: str) -> None:
    link = SerialLink()
    link.feed(bytes.fromhex(frame), 0)
    assert link.take() == [NAK]
    assert link.between_messages


def test_a_length_that_does_not_fit_is_broken_even_with_a_good_crc() -> None:
    body = bytes.fromhex("05 01 02 12 34 56")
    link = SerialLink()
    link.feed(b"\x10\x02" + body + b"\x10\x03" + crc16(body + b"\x03").to_bytes(2, "little"), 0)
    assert link.take() == [NAK]


def test_a_frame_begun_anew_replaces_the_first() -> None:
    link = SerialLink()
    link.feed(bytes.fromhex("10 02 05 01") + PUBLISHED, 0)
    assert link.take() == [ACK, ENQUIRY]


def test_a_10_without_02_opens_nothing() -> None:
    link = SerialLink()
    link.feed(b"\x10\x55" + PUBLISHED, 0)
    assert link.take() == [ACK, ENQUIRY]


def test_t1_ends_a_frame_that_stopped() -> None:
    link = SerialLink()
    link.feed(PUBLISHED[:5], 1000)
    assert link.due == 1200
    link.tick(1199)
    assert link.take() == []
    link.tick(1200)
    assert link.take() == [NAK]
    assert link.due is None
    link.feed(PUBLISHED, 1300)
    assert link.take() == [ACK, ENQUIRY]


def test_a_message_is_repeated_twice_and_then_given_up() -> None:
    link = SerialLink(SerialTiming(t2=100))
    link.send(Apdu(0x8000), 0)
    frame = framed(Apdu(0x8000))
    link.tick(100)
    link.tick(199)
    link.tick(200)
    assert link.take() == [frame, frame, frame]
    link.tick(300)
    assert link.take() == [None]
    assert link.due is None


def test_15_repeats_at_once_and_06_ends_it() -> None:
    link = SerialLink()
    link.send(Apdu(0x8000), 0)
    link.feed(NAK + NAK + ACK, 10)
    assert link.take() == [framed(Apdu(0x8000))] * 3
    assert link.due is None
    link.feed(NAK + ACK, 20)
    assert link.take() == []


def test_the_next_message_waits_for_the_acknowledgement() -> None:
    link = SerialLink()
    link.send(Apdu(0x8000), 0)
    link.send(Apdu(0x060F), 0)
    assert link.take() == [framed(Apdu(0x8000))]
    link.feed(ACK, 5)
    assert link.take() == [framed(Apdu(0x060F))]


def test_an_answer_stands_for_a_lost_acknowledgement() -> None:
    link = SerialLink()
    link.send(Apdu(0x060F), 0)
    link.feed(framed(Apdu(0x8000)), 5)
    assert link.take() == [framed(Apdu(0x060F)), ACK, Apdu(0x8000)]
    assert link.due is None
