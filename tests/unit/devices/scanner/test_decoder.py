from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.scanner.decoder import Decoder, WedgeSettings
from devices.scanner.reads import DataEvent, ErrorEvent, FrameSettings, Read, Suffix
from devices.scanner.simulator.keys import strokes

Record = tuple[float, int, int, int]
LSHIFT, LALT, CAPS, ENTER, F8, ONE, KP6 = 42, 56, 58, 28, 66, 2, 77
EAN = "4006381333931"


def decoder(suffix: Suffix = "enter", layout: str = "us", max_length: int = 4296) -> Decoder:
    return Decoder(WedgeSettings(layout, FrameSettings(suffix, max_length=max_length)))


def records(text: str, start: float = 0, gap: float = 4) -> list[Record]:
    return [(start + gap * at, *each) for at, stroke in enumerate(strokes(text)) for each in stroke]


def feed(d: Decoder, events: Iterable[Record]) -> list[Read]:
    return [read for event in events for read in d.feed(*event)]


def keys(*codes: int, start: float = 0, gap: float = 4) -> list[Record]:
    return [(start + gap * at, 1, code, value) for at, code in enumerate(codes) for value in (1, 0)]


def test_a_code_is_read_at_its_enter() -> None:
    assert feed(decoder(), records(EAN + "\r", 12)) == [DataEvent(12 + 4 * 13, EAN)]


def test_autorepeat_other_types_and_strange_values_say_nothing() -> None:
    d = decoder()
    noise = [
        (1, 4, 4, 0x70004),
        (1, 17, 1, 1),
        (1, 20, 0, 250),
        (1, 1, ONE, 2),
        (1, 1, ONE, 7),
        (1, 1, 99, 0),
    ]
    assert feed(d, noise) == []
    assert feed(d, keys(ONE, ENTER, start=2)) == [DataEvent(6, "1")]


def test_cr_lf_gives_one_read() -> None:
    assert feed(decoder(), records("12\r\n34\r\n")) == [DataEvent(8, "12"), DataEvent(24, "34")]


def test_without_a_suffix_the_gap_ends_a_read() -> None:
    d = decoder("none")
    assert feed(d, records("12") + records("34", 500)) == [DataEvent(204, "12")]
    assert d.deadline == 704
    assert d.finish() == [DataEvent(704, "34")]
    assert d.finish() == []


def test_with_a_suffix_the_gap_voids_a_read_and_is_not_glued_to_the_next() -> None:
    d = decoder()
    assert feed(d, records("400638") + records(EAN + "\r", 900)) == [
        ErrorEvent(220, "gap"),
        DataEvent(952, EAN),
    ]
    assert feed(d, records("1", 2000)) == []
    assert d.finish() == [ErrorEvent(2200, "gap")]


def test_lost_keys_void_the_read_up_to_its_terminator() -> None:
    d = decoder()
    events = [*records("400638"), (24, 0, 3, 0), (25, 1, ONE, 1), (25, 0, 0, 0)]
    assert feed(d, events + records("31\r", 26)) == [ErrorEvent(24, "overflow")]
    assert feed(d, records(EAN + "\r", 40)) == [DataEvent(92, EAN)]


def test_lost_keys_with_the_enter_among_them_void_up_to_the_gap() -> None:
    d = decoder()
    assert feed(d, [(24, 0, 3, 0), (25, 1, ENTER, 1), (30, 0, 3, 0)]) == [ErrorEvent(24, "overflow")]
    assert feed(d, records(EAN + "\r", 230)) == [DataEvent(282, EAN)]


def test_a_shift_held_before_a_loss_is_not_held_after_it() -> None:
    d = decoder()
    feed(d, [(0, 1, LSHIFT, 1), (1, 0, 3, 0), (1, 0, 0, 0)])
    assert feed(d, records("1\r1\r", 2)) == [DataEvent(14, "1")]


def test_caps_lock_pressed_once_around_a_loss_is_taken_as_off() -> None:
    d = decoder()
    feed(d, [(1, 0, 3, 0), (1, 0, 0, 0), *keys(CAPS, ENTER, start=2)])
    assert feed(d, records("a\r", 10)) == [DataEvent(14, "a")]


def test_unplugging_voids_the_read_and_the_rest_of_it() -> None:
    d = decoder()
    feed(d, records("400638"))
    assert d.unplug(24) == [ErrorEvent(24, "unplugged")]
    assert feed(d, records("1333931\r", 25)) == []
    assert feed(d, records("1\r", 60)) == [DataEvent(64, "1")]
    assert d.unplug(70) == []


def test_held_keys_at_opening_void_what_they_belong_to() -> None:
    d = decoder()
    assert d.plug(95, [LSHIFT]) == []
    tail = [(97, 1, ONE, 1), (98, 1, LSHIFT, 0), *records("23\r", 99)]
    assert feed(d, tail) == [ErrorEvent(97, "tail")]
    assert feed(d, records("45\r", 120)) == [DataEvent(128, "45")]


def test_held_keys_that_come_up_alone_leave_the_next_read_whole() -> None:
    d = decoder()
    d.plug(0, [LSHIFT, LALT])
    assert feed(d, [(5, 1, LSHIFT, 0), (6, 1, LALT, 0), *records("1\r", 106)]) == [DataEvent(110, "1")]


def test_a_key_stuck_at_opening_does_not_deafen_the_reader() -> None:
    d = decoder()
    d.plug(0, [LSHIFT])
    assert feed(d, records("1\r", 300)) == [DataEvent(304, "1")]


def test_keys_right_after_opening_are_the_tail_of_an_unseen_read() -> None:
    d = decoder()
    d.plug(0)
    assert feed(d, records("31\r12\r", 99)) == [ErrorEvent(99, "tail"), DataEvent(119, "12")]
    d.plug(1000)
    assert feed(d, records("12\r", 1100)) == [DataEvent(1108, "12")]


def test_plugging_in_again_without_unplugging_voids_a_part() -> None:
    d = decoder()
    feed(d, records("12"))
    assert d.plug(10) == [ErrorEvent(10, "unplugged")]


@pytest.mark.parametrize("code", [F8, 125, 1, 103, 240])
def test_a_key_that_could_work_the_host_voids_the_read(code: int) -> None:
    d = decoder()
    assert feed(d, keys(ONE, code, ONE, ENTER, ONE, ENTER)) == [ErrorEvent(4, "control"), DataEvent(20, "1")]


def test_an_alt_number_without_a_character_voids_the_read() -> None:
    d = decoder()
    events = [(1, 1, LALT, 1), *keys(81, 82, 82, start=2), (20, 1, LALT, 0)]
    assert feed(d, events) == [ErrorEvent(20, "control")]


def test_a_half_alt_number_does_not_outlive_the_gap() -> None:
    d = decoder()
    feed(d, [(0, 1, LALT, 1), *keys(KP6, start=1)])
    assert feed(d, [(500, 1, LALT, 0), *records("1\r", 600)]) == [DataEvent(604, "1")]


def test_a_dead_key_at_the_end_still_counts_when_the_gap_ends_the_read() -> None:
    d = decoder("none", "de")
    feed(d, keys(ONE, 41))
    assert d.finish() == [DataEvent(204, "1^")]


def test_a_read_beyond_the_limit_is_refused() -> None:
    assert feed(decoder(max_length=3), records("1234\r12\r")) == [
        ErrorEvent(12, "length"),
        DataEvent(28, "12"),
    ]


def test_a_configured_function_key_is_gs() -> None:
    d = Decoder(WedgeSettings(keys={F8: "\x1d"}))
    assert feed(d, keys(ONE, F8, ONE, ENTER)) == [DataEvent(12, "1\x1d1")]


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]) | st.just("\x1d"), min_size=1))
def test_whatever_the_scanner_types_is_read_back(text: str) -> None:
    reads = feed(decoder(), records(text + "\r"))
    assert [read.data for read in reads if isinstance(read, DataEvent)] == [text]
    assert len(reads) == 1


EVENT = st.tuples(
    st.sampled_from([0, 1, 1, 1, 4, 17, 31]),
    st.integers(0, 130) | st.integers(0, 0xFFFF),
    st.sampled_from([0, 1, 1, 2, -1, 458756]),
)


@given(
    st.lists(st.tuples(st.integers(0, 300), EVENT | st.just("unplug") | st.lists(st.integers(0, 0x2FF)))),
    st.sampled_from(["enter", "tab", "none", "etx"]),
    st.sampled_from(["us", "de", "fr", "uk"]),
)
def test_no_events_raise_and_no_read_holds_a_forbidden_control(
    steps: list[tuple[int, tuple[int, int, int] | str | list[int]]], suffix: Suffix, layout: str
) -> None:
    d, t, reads = decoder(suffix, layout), 0, []
    for wait, step in steps:
        t += wait
        if isinstance(step, tuple):
            reads += d.feed(t, *step)
        else:
            reads += d.unplug(t) if isinstance(step, str) else d.plug(t, step)
    reads += d.finish()
    times = [read.t_ms for read in reads]
    assert times == sorted(times)
    for read in reads:
        if isinstance(read, DataEvent):
            assert read.data
            assert not set(read.data) & (set(map(chr, range(32))) - {"\x1d"})


@given(st.text("0123456789", min_size=2, max_size=20), st.data())
def test_lost_keys_anywhere_never_shorten_a_code(text: str, data: st.DataObject) -> None:
    events = records(text + "\r")
    first = data.draw(st.integers(0, len(events) - 1))
    last = data.draw(st.integers(first, len(events)))
    t = events[first][0]
    kept = [*events[:first], (t, 0, 3, 0), (t, 0, 0, 0), *events[last:]]
    d = decoder()
    reads = feed(d, kept) + d.finish()
    assert [read for read in reads if isinstance(read, DataEvent) and read.data != text] == []
    assert ErrorEvent(t, "overflow") in reads
