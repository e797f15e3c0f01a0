import json

import pytest

from devices.scanner.decoder import Decoder, WedgeSettings
from devices.scanner.reads import DataEvent, ErrorEvent
from devices.scanner.recording import (
    KeyEvent,
    Plugged,
    RecordingError,
    Step,
    Unplugged,
    line_of_read,
    line_of_step,
    parse,
    replay,
)

STEPS: list[Step] = [KeyEvent(12, 1, 5, 1), Unplugged(90), Plugged(95.5, (42,)), Plugged(95.5, ())]


def test_a_recording_is_read_as_it_was_written() -> None:
    assert parse([*map(line_of_step, STEPS), "", "  "]) == STEPS


def test_a_plug_needs_no_held_keys_and_unknown_fields_are_passed_over() -> None:
    assert parse(['{"t_ms": 1, "plug": true, "by": "me"}']) == [Plugged(1, ())]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("nonsense", "this is not JSON"),
        ("[" * 100_000, "this is not JSON"),
        ("[1]", r"this is \[1\]; expected an object such as"),
        ('{"type": 1, "code": 5, "value": 1}', "t_ms is None; expected a number of milliseconds"),
        ('{"t_ms": true, "type": 1, "code": 5, "value": 1}', "t_ms is True"),
        ('{"t_ms": NaN, "unplug": true}', "t_ms is nan"),
        ('{"t_ms": 1, "unplug": false}', "type is None; expected a whole number from 0 to 31"),
        ('{"t_ms": 1, "type": 99, "code": 5, "value": 1}', "type is 99"),
        (
            '{"t_ms": 1, "type": 1, "code": -1, "value": 1}',
            "code is -1; expected a whole number from 0 to 65535",
        ),
        ('{"t_ms": 1, "type": 1, "code": 5, "value": true}', "value is True"),
        ('{"t_ms": 1, "plug": true, "held": 42.5}', "held is 42.5"),
        ('{"t_ms": 1, "plug": true, "held": [768]}', "held is 768; expected a whole number from 0 to 767"),
    ],
)
def test_a_line_that_is_no_step_is_named(line: str, sentence: str) -> None:
    with pytest.raises(RecordingError, match=f"^line 1: .*{sentence}"):
        parse([line])


def test_every_mistake_is_told_at_once_also_time_that_goes_back() -> None:
    with pytest.raises(RecordingError) as caught:
        parse([line_of_step(Unplugged(5)), "x", line_of_step(Unplugged(4)), line_of_step(Unplugged(6))])
    assert [each[:7] for each in caught.value.sentences] == ["line 2:", "line 3:"]
    assert "t_ms goes back from 5 to 4" in caught.value.sentences[1]


def test_a_replay_judges_what_is_pending_at_its_end() -> None:
    steps: list[Step] = [KeyEvent(1, 1, 2, 1), Unplugged(2), Plugged(3, ()), KeyEvent(500, 1, 3, 1)]
    assert list(replay(steps, Decoder(WedgeSettings()))) == [
        ErrorEvent(2, "unplugged"),
        ErrorEvent(700, "gap"),
    ]


def test_reads_and_faults_are_told_as_the_contract_says() -> None:
    assert line_of_read(DataEvent(90, "]C101\x1d")) == (
        '{"event": "DataEvent", "t_ms": 90, "data": "]C101\\u001d"}'
    )
    assert json.loads(line_of_read(ErrorEvent(5, "gap"))) == {
        "event": "ErrorEvent",
        "t_ms": 5,
        "reason": "gap",
    }
