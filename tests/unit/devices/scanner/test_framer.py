from devices.scanner.framer import Framer, is_control
from devices.scanner.reads import DataEvent, ErrorEvent, FrameSettings, Read


def framer(settings: FrameSettings | None = None) -> Framer:
    return Framer(settings or FrameSettings())


def typed(frame: Framer, text: str, start: float = 0) -> list[Read]:
    reads: list[Read] = []
    for offset, character in enumerate(text):
        reads += frame.character(start + offset, character)
    return reads


def test_controls_are_c0_del_and_c1() -> None:
    assert [is_control(each) for each in "\x00\x1f \x7e\x7f\x9f\xa0€"] == [1, 1, 0, 0, 1, 1, 0, 0]


def test_a_terminator_ends_a_read_and_a_second_one_says_nothing() -> None:
    assert typed(framer(), "12\r\n34\t56\x03") == [DataEvent(2, "12"), DataEvent(6, "34"), DataEvent(9, "56")]


def test_stx_begins_a_read_and_gs_is_data() -> None:
    assert typed(framer(), "\x021\x1d2\r") == [DataEvent(4, "1\x1d2")]


def test_stx_inside_a_read_voids_it() -> None:
    assert typed(framer(), "1\x022\r34\r") == [ErrorEvent(1, "control"), DataEvent(6, "34")]


def test_another_control_voids_the_read_up_to_its_terminator() -> None:
    assert typed(framer(), "1\x1b2\x002\r3\r") == [ErrorEvent(1, "control"), DataEvent(7, "3")]


def test_a_read_beyond_the_limit_is_void_whole() -> None:
    frame = framer(FrameSettings(max_length=3))
    assert typed(frame, "123\r") == [DataEvent(3, "123")]
    assert typed(frame, "12345\r", 10) == [ErrorEvent(13, "length")]


def test_silence_voids_a_read_where_a_suffix_is_due() -> None:
    frame = framer()
    typed(frame, "12")
    assert frame.deadline == 201
    assert frame.expire(200) == []
    assert frame.expire(201) == [ErrorEvent(201, "gap")]
    assert frame.discarding


def test_the_rest_of_a_hesitating_scanner_is_discarded_too() -> None:
    frame = framer()
    typed(frame, "12")
    assert frame.expire(300) == [ErrorEvent(201, "gap")]
    assert typed(frame, "34\r56\r", 300) == [DataEvent(305, "56")]


def test_a_second_gap_ends_what_the_first_one_voided() -> None:
    frame = framer()
    typed(frame, "12")
    assert frame.expire(401) == [ErrorEvent(201, "gap")]
    assert not frame.discarding
    assert typed(frame, "34\r", 500) == [DataEvent(502, "34")]


def test_silence_ends_a_read_where_no_suffix_is_due() -> None:
    frame = framer(FrameSettings("none"))
    typed(frame, "12")
    assert frame.expire(1000) == [DataEvent(201, "12")]
    assert frame.deadline is None
    assert frame.expire(2000) == []


def test_silence_ends_a_voided_read_without_a_word() -> None:
    frame = framer(FrameSettings("none"))
    assert frame.void(5, "overflow") == [ErrorEvent(5, "overflow")]
    assert frame.void(6, "overflow") == []
    assert frame.expire(206) == []
    assert not frame.discarding


def test_touch_puts_the_deadline_off() -> None:
    frame = framer()
    typed(frame, "1")
    frame.touch(50)
    assert frame.pending
    assert frame.deadline == 250
