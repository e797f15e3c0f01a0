import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.scanner.reads import DataEvent, ErrorEvent, FrameSettings, Read, Suffix
from devices.scanner.serial_frame import SerialFrame


def frame(suffix: Suffix = "enter", max_length: int = 4296) -> SerialFrame:
    return SerialFrame(FrameSettings(suffix, max_length=max_length))


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\t", b"\x03", b"\x03\r\n"])
def test_every_terminator_ends_a_read_once(end: bytes) -> None:
    assert frame().feed(5, b"\x0212" + end + b"34" + end) == [DataEvent(5, "12"), DataEvent(5, "34")]


def test_without_a_suffix_the_gap_ends_a_read() -> None:
    f = frame("none")
    assert f.feed(0, b"12") == []
    assert f.deadline == 200
    assert f.feed(500, b"34") == [DataEvent(200, "12")]
    assert f.finish() == [DataEvent(700, "34")]
    assert f.finish() == []


def test_with_a_suffix_the_gap_voids_a_read() -> None:
    f = frame()
    f.feed(0, b"12")
    assert f.expire(199) == []
    assert f.expire(200) == [ErrorEvent(200, "gap")]


def test_stx_begins_afresh_and_line_ends_are_data_up_to_etx() -> None:
    f = frame("etx")
    assert f.feed(1, b"junk\x02@\n\x1e\rANSI\x1d\x03\r\n") == [
        ErrorEvent(1, "control"),
        DataEvent(1, "@\n\x1e\rANSI\x1d"),
    ]
    assert f.feed(2, b"12\r") == [DataEvent(2, "12")]


def test_a_forbidden_control_inside_a_frame_voids_it_up_to_its_etx() -> None:
    f = frame("etx")
    assert f.feed(1, b"\x021\x1b2\n\x80\r3\x03") == [ErrorEvent(1, "control")]
    assert f.feed(2, b"\x02ok\x03") == [DataEvent(2, "ok")]


def test_text_is_utf_8_else_windows_1252() -> None:
    assert frame().feed(0, "Käse €\r".encode()) == [DataEvent(0, "Käse €")]
    assert frame().feed(0, "Käse €\r".encode("cp1252")) == [DataEvent(0, "Käse €")]


@pytest.mark.parametrize("raw", [b"a\x81\r", b"a\xc2\x85\r"])
def test_a_character_that_is_none_voids_the_read(raw: bytes) -> None:
    assert frame().feed(3, raw) == [ErrorEvent(3, "control")]


def test_a_read_beyond_the_limit_is_refused() -> None:
    assert frame(max_length=3).feed(0, b"1234\r\xe4\xe4\xe4\xe4\r") == [ErrorEvent(0, "length")] * 2


def test_unplugging_voids_a_part_and_forgets_it() -> None:
    f = frame()
    f.feed(0, b"12")
    assert f.unplug(5) == [ErrorEvent(5, "unplugged")]
    assert f.unplug(6) == []
    assert f.feed(10, b"34\r") == [DataEvent(10, "34")]


def test_bytes_right_after_opening_are_the_tail_of_an_unseen_read() -> None:
    f = frame()
    assert f.plug(0) == []
    assert f.feed(50, b"") == []
    assert f.feed(99, b"31\r12\r") == [ErrorEvent(99, "tail"), DataEvent(99, "12")]
    f.plug(1000)
    assert f.feed(1100, b"12\r") == [DataEvent(1100, "12")]


ASCII = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]) | st.just("\x1d"), min_size=1)


@given(st.lists(ASCII, min_size=1), st.sampled_from(["\r", "\n", "\r\n"]), st.data())
def test_the_pieces_bytes_come_in_do_not_matter(texts: list[str], end: str, data: st.DataObject) -> None:
    raw = "".join(text + end for text in texts).encode()
    cuts = sorted(data.draw(st.sets(st.integers(0, len(raw)))))
    f, reads = frame(), list[Read]()
    for first, last in zip([0, *cuts], [*cuts, len(raw)], strict=True):
        reads += f.feed(1, raw[first:last])
    assert reads == [DataEvent(1, text) for text in texts]


@given(st.binary(), st.sampled_from(["enter", "none", "etx"]))
def test_no_bytes_raise_byte_by_byte(raw: bytes, suffix: Suffix) -> None:
    whole, single = frame(suffix), frame(suffix)
    by_byte = [read for byte in raw for read in single.feed(0, bytes([byte]))]
    assert whole.feed(0, raw) + whole.finish() == by_byte + single.finish()
