import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printer.status import (
    QUESTIONS,
    Answer,
    Flow,
    Model,
    Noise,
    ProcessId,
    Question,
    Status,
    StatusReader,
    is_poll_answer,
)


def read(data: str, *asked: Question, default: Question | None = None) -> tuple[Answer, ...]:
    reader = StatusReader(default)
    reader.expect(asked)
    return reader.feed(bytes.fromhex(data))


HEALTHY = Status("asb", True, "ok", "closed", False, "none", "high")  # noqa: FBT003 - fields in the order of the row


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("14 00 00 0F", HEALTHY),
        ("10 00 00 0F", Status("asb", True, "ok", "closed", False, "none", "low")),  # noqa: FBT003 - a row
        ("1C 00 0C 0F", Status("asb", False, "end", "closed", False, "none", "high")),  # noqa: FBT003 - a row
        ("18 00 0F 0F", Status("asb", False, "end", "closed", False, "none", "low")),  # noqa: FBT003 - a row
        ("38 00 03 0F", Status("asb", False, "near_end", "open", False, "none", "low")),  # noqa: FBT003 - a row
        ("18 08 00 0F", Status("asb", False, "ok", "closed", True, "none", "low")),  # noqa: FBT003 - a row
        ("18 0C 00 0F", Status("asb", False, "ok", "closed", True, "recoverable", "low")),  # noqa: FBT003 - a row
        ("18 20 00 0F", Status("asb", False, "ok", "closed", False, "unrecoverable", "low")),  # noqa: FBT003 - a row
        ("18 44 00 0F", Status("asb", False, "ok", "closed", False, "auto_recoverable", "low")),  # noqa: FBT003 - a row
    ],
)
def test_automatic_status(data: str, expected: Status) -> None:
    assert read(data) == (expected,)


@pytest.mark.parametrize(
    ("question", "data", "expected"),
    [
        ("eot1", "12", Status("eot", online=True, drawer="low")),
        ("eot1", "16", Status("eot", online=True, drawer="high")),
        ("eot1", "1A", Status("eot", online=False, drawer="low")),
        ("eot2", "12", Status("eot", cover="closed")),
        ("eot2", "16", Status("eot", cover="open")),
        ("eot2", "32", Status("eot", cover="closed", paper="end")),
        ("eot3", "12", Status("eot", cutter_error=False, error="none")),
        ("eot3", "1A", Status("eot", cutter_error=True, error="none")),
        ("eot3", "16", Status("eot", cutter_error=False, error="recoverable")),
        ("eot3", "32", Status("eot", cutter_error=False, error="unrecoverable")),
        ("eot3", "52", Status("eot", cutter_error=False, error="auto_recoverable")),
        ("eot4", "12", Status("eot", paper="ok")),
        ("eot4", "1E", Status("eot", paper="near_end")),
        ("eot4", "72", Status("eot", paper="end")),
        ("eot4", "7E", Status("eot", paper="end")),
        ("paper", "00", Status("queued", paper="ok")),
        ("paper", "03", Status("queued", paper="near_end")),
        ("paper", "0F", Status("queued", paper="end")),
        ("drawer", "01", Status("queued", drawer="high")),
        ("drawer", "00", Status("queued", drawer="low")),
    ],
)
def test_answers_mean_what_was_asked(question: Question, data: str, expected: Status) -> None:
    assert read(data, question) == (expected,)


def test_an_answer_nobody_asked_for_is_noise_unless_there_is_a_default() -> None:
    assert read("12") == (Noise(b"\x12"),)
    assert read("00") == (Noise(b"\x00"),)
    assert read("72", default="eot4") == (Status("eot", paper="end"),)
    assert read("00", default="eot4") == (Noise(b"\x00"),)


def test_a_real_time_answer_overtakes_a_queued_one() -> None:
    assert read("12 03", "paper", "eot4") == (Status("eot", paper="ok"), Status("queued", paper="near_end"))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("37 22 41 30 30 31 00", (ProcessId("A001"),)),
        ("37 25 00", (Flow("cleared"),)),
        ("37 23 40 41 00", (Status("offline", online=False),)),
        ("37 23 00", (Status("offline", online=False),)),
        ("5F 54 4D 00", (Model("TM"),)),
        ("39 28 41 00", ()),
        ("13 11", (Flow("xoff"), Flow("xon"))),
        ("14 00 13 00 11 0F", (Flow("xoff"), Flow("xon"), HEALTHY)),
        ("37 22 41 13 30 30 31 00", (Flow("xoff"), ProcessId("A001"))),
    ],
)
def test_blocks_and_flow_control(data: str, expected: tuple[Answer, ...]) -> None:
    assert read(data) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("10 00 14 00 00 0F", (Noise(b"\x10\x00"), HEALTHY)),
        ("10 FF", (Noise(b"\x10"), Noise(b"\xff"))),
        ("37 22 41 30 37 22 42 30 30 31 00", (Noise(b'7"A0'), ProcessId("B001"))),
        ("37 22 41 30 30 31 37 25 00", (Noise(b'7"A001'), Flow("cleared"))),
        ("37 22 41 80 14 00 00 0F", (Noise(b'7"A'), Noise(b"\x80"), HEALTHY)),
        ("37 40 37 25 00", (Noise(b"7"), Noise(b"@"), Flow("cleared"))),
        ("37 25 14 00 00 0F", (Noise(b"7%"), HEALTHY)),
        ("37 23 41 14 00 00 0F", (Noise(b"7#A"), HEALTHY)),
        ("5F 54 FF", (Noise(b"_T"), Noise(b"\xff"))),
        ("39 01", (Noise(b"9"), Noise(b"\x01"))),
    ],
)
def test_a_broken_answer_costs_no_later_one(data: str, expected: tuple[Answer, ...]) -> None:
    assert read(data) == expected


def test_a_block_without_an_end_is_given_up() -> None:
    assert read("37 23" + "41" * 20)[0] == Noise(b"7#" + b"A" * 10)
    assert read("5F" + "41" * 90)[0] == Noise(b"_" + b"A" * 79)


def test_what_was_asked_can_be_forgotten() -> None:
    reader = StatusReader()
    reader.expect(QUESTIONS)
    reader.expect(("paper",))
    reader.feed(b"\x12\x10")
    assert reader.outstanding == 3
    reader.forget()
    assert reader.outstanding == 0
    assert reader.feed(b"\x12\x03") == (Noise(b"\x12"), Status("queued", paper="near_end"))
    reader.expect(("paper",))
    reader.restart()
    assert reader.feed(b"\x03") == (Noise(b"\x03"),)


def test_the_form_of_a_poll_answer() -> None:
    assert is_poll_answer(b"\x16")
    assert not is_poll_answer(b"\x14")
    assert not is_poll_answer(b"\x12\x12")


GOOD = st.sampled_from(
    [b"\x14\x00\x00\x0f", b'7"A001\x00', b"7%\x00", b"_TM-T88V\x00", b"7#@\x00", b"\x11", b"\x13", b"\x12"]
)
STREAM = st.lists(GOOD | st.binary(max_size=6)).map(b"".join)
ASKED = st.lists(st.sampled_from(["eot1", "eot2", "eot3", "eot4", "paper", "drawer"]), max_size=6)


@given(STREAM, ASKED, st.data())
def test_the_same_bytes_mean_the_same_however_they_are_cut(
    stream: bytes, asked: list[Question], data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)))))
    whole, pieces = StatusReader(), StatusReader()
    for reader in (whole, pieces):
        reader.expect(asked)
    found: list[Answer] = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found.extend(pieces.feed(stream[start:end]))
    assert tuple(found) == whole.feed(stream)


@given(st.binary(max_size=40))
def test_after_any_garbage_a_healthy_printer_is_understood_again(garbage: bytes) -> None:
    reader = StatusReader()
    reader.feed(garbage)
    told = reader.feed(b"\x14\x00\x00\x0f" * 2 + b'7"B007\x00' * 2)
    assert told[-1] == ProcessId("B007")
    assert HEALTHY in told


@given(st.binary(max_size=60))
def test_no_byte_is_lost_or_told_twice(garbage: bytes) -> None:
    reader = StatusReader()
    told = reader.feed(garbage + b"\xff\xff")
    noise = sum(len(answer.data) for answer in told if isinstance(answer, Noise))
    assert noise <= len(garbage) + 2
