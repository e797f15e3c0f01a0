import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.link.frames import MAX_FRAME_BYTES, Decoder, FrameError, encode

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
MESSAGES = st.dictionaries(st.text(), VALUES, max_size=4)


def taken(pieces: list[bytes], limit: int = MAX_FRAME_BYTES) -> tuple[list[dict[str, Any]], str | None]:
    """Messages before the first error, and the error."""
    decoder = Decoder(limit)
    messages = []
    try:
        for piece in pieces:
            decoder.feed(piece)
            while (message := decoder.take()) is not None:
                messages.append(message)
    except FrameError as error:
        return messages, str(error)
    return messages, None


@given(st.lists(MESSAGES, max_size=4), st.data())
def test_messages_survive_any_cut(messages: list[dict[str, Any]], data: st.DataObject) -> None:
    stream = b"".join(encode(message) for message in messages)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    pieces = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    assert taken(pieces) == (messages, None)
    assert taken([bytes([byte]) for byte in stream]) == (messages, None)


@given(st.lists(st.binary(max_size=40) | MESSAGES.map(encode), max_size=5).map(b"".join))
def test_garbage_gives_the_same_end_whole_or_byte_by_byte(stream: bytes) -> None:
    assert taken([stream], limit=32) == taken([bytes([byte]) for byte in stream], limit=32)


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (b"\0", "a frame of 0 bytes is not JSON"),
        (b"{\0", "a frame of 1 bytes is not JSON"),
        (b'{"a":"\xff"}\0', "a frame of 9 bytes is not JSON"),
        (b"[1]\0", "a frame holds a list, expected an object"),
        (b'{"a":NaN}\0', "a frame holds NaN, which JSON does not know"),
        (b"[" * 100_000 + b"\0", "a frame of 100000 bytes is not JSON"),
        (b'{"a":' + b"9" * 5000 + b"}\0", "a frame of 5006 bytes is not JSON"),
        (b" " * (MAX_FRAME_BYTES + 1), "a frame is longer than 1048576 bytes"),
        (b" " * (MAX_FRAME_BYTES + 1) + b"\0", "a frame is longer than 1048576 bytes"),
    ],
)
def test_what_is_no_message_is_an_error_of_its_own(frame: bytes, sentence: str) -> None:
    assert taken([b'{"a":1}\0' + frame]) == ([{"a": 1}], sentence)


def test_after_an_error_there_is_nothing_more_to_take() -> None:
    decoder = Decoder()
    decoder.feed(b"x\0")
    with pytest.raises(FrameError):
        decoder.take()
    decoder.feed(b'{"a":1}\0')
    with pytest.raises(FrameError):
        decoder.take()


def test_the_longest_frame_passes_both_ways() -> None:
    message = {"a": "x" * (MAX_FRAME_BYTES - len(b'{"a":""}'))}
    assert taken([encode(message)]) == ([message], None)
    with pytest.raises(FrameError, match="at most 1048576"):
        encode({"a": message["a"] + "x"})


def deep() -> list[Any]:
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    return value


@pytest.mark.parametrize("value", [b"bytes", float("nan"), {1, 2}, deep()])
def test_what_json_cannot_say_is_refused_before_it_is_sent(value: object) -> None:
    with pytest.raises(FrameError, match="no JSON form"):
        encode({"a": value})


def test_text_of_any_kind_passes_and_no_nul_is_on_the_wire() -> None:
    message = {"a": "nul \0, half a pair \ud800, größer"}
    frame = encode(message)
    assert frame.index(b"\0") == len(frame) - 1
    assert json.loads(frame[:-1]) == message
    assert taken([frame]) == ([message], None)
