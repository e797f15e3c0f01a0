"""TCP: any segmentation gives the same messages."""

from hypothesis import given
from hypothesis import strategies as st

from devices.terminal.simulator.stream import StreamLink
from devices.terminal.simulator.wire import Apdu


@given(st.lists(st.binary(max_size=300), max_size=4), st.integers(1, 700))
def test_segments_of_any_size(datas: list[bytes], size: int) -> None:
    apdus = [Apdu(0x040F, data) for data in datas]
    stream = b"".join(bytes(apdu) for apdu in apdus)
    link = StreamLink()
    for start in range(0, len(stream), size):
        link.feed(stream[start : start + size], 0)
    assert link.take() == apdus
    assert link.between_messages


def test_a_message_goes_out_bare() -> None:
    link = StreamLink()
    link.send(Apdu(0x0601, b"\x10"), 0)
    link.tick(10_000)
    assert link.take() == [b"\x06\x01\x01\x10"]
    assert link.take() == []
    assert link.due is None


def test_a_half_read_message_is_seen() -> None:
    link = StreamLink()
    link.feed(b"\x06\x01", 0)
    assert not link.between_messages
