from typing import Any

import pytest

from devices.printer.answers import RecordingError, parse_recording, read_answers
from devices.printer.status import Question


def rows(*lines: str, default: Question | None = None) -> list[dict[str, Any]]:
    return list(read_answers(parse_recording(lines), default))


def test_each_kind_has_the_keys_that_apply() -> None:
    assert rows(
        '{"t_ms": 0, "bytes": "18 00"}',
        "",
        '{"t_ms": 1, "bytes": "0C 0F"}',
        '{"t_ms": 2, "expect": "eot4"}',
        '{"t_ms": 3, "bytes": "1e"}',
        '{"t_ms": 4, "bytes": "37 22 41 30 30 31 00 5F 54 4D 00 13 11 37 25 00 FF 12 37 23 00"}',
    ) == [
        {
            "kind": "asb",
            "online": False,
            "paper": "end",
            "cover": "closed",
            "cutter_error": False,
            "error": "none",
            "drawer": "low",
        },
        {"kind": "eot", "paper": "near_end"},
        {"kind": "process_id", "id": "A001"},
        {"kind": "model", "id": "TM"},
        {"kind": "xoff"},
        {"kind": "xon"},
        {"kind": "cleared"},
        {"kind": "protocol_error"},
        {"kind": "protocol_error"},
        {"kind": "offline", "online": False},
    ]


def test_the_default_meaning_of_an_answer() -> None:
    assert rows('{"bytes": "16"}', default="eot2") == [{"kind": "eot", "cover": "open"}]


def test_every_wrong_line_is_told() -> None:
    wrong = (
        "{",
        '{"bytes": "0G"}',
        '{"bytes": 5}',
        '{"expect": "eot9"}',
        "[]",
        '{"bytes": "", "expect": "eot1"}',
        "{}",
    )
    with pytest.raises(RecordingError) as refused:
        parse_recording(('{"bytes": "12"}', *wrong))
    assert [sentence.split(":")[0] for sentence in refused.value.sentences] == [
        f"line {number}" for number in range(2, 9)
    ]
    assert "\"expect\" must be one of eot1, eot2, eot3, eot4, got 'eot9'" in str(refused.value)
    assert '"bytes" must be hex such as' in str(refused.value)
