from typing import Any

import pytest

from devices.scanner.reads import MAX_LENGTH, MIN_GAP_MS, FrameSettings
from devices.settings.load import validate_document
from devices.settings.problems import ConfigError, Problem
from devices.settings.scanner import LONGEST_CODE, ReaderSettings, ScannerTables


def problems(*readers: dict[str, Any]) -> tuple[Problem, ...]:
    with pytest.raises(ConfigError) as error:
        validate_document({"scanner": {"readers": list(readers)}}, ScannerTables)
    return error.value.problems


def test_without_settings_there_is_one_us_keyboard_wedge() -> None:
    (only,) = validate_document({}, ScannerTables).scanner.readers
    assert (only.transport, only.layout, only.suffix, only.gs_key) == ("evdev", "us", "enter", None)
    assert (only.gap_ms, only.max_length) == (FrameSettings().gap_ms, FrameSettings().max_length)


def test_what_is_allowed_is_what_the_decoder_takes() -> None:
    assert (LONGEST_CODE, MIN_GAP_MS) == (MAX_LENGTH, 100)
    assert [problem.path for problem in problems({"gap_ms": 99})] == ["scanner.readers[0].gap_ms"]


def test_a_lane_may_have_no_reader_or_several() -> None:
    assert validate_document({"scanner": {"readers": []}}, ScannerTables).scanner.readers == ()
    readers = [
        {"device": "/dev/a"},
        {"device": "/dev/b", "transport": "serial", "suffix": "etx", "name": "gun"},
    ]
    tables = validate_document({"scanner": {"readers": readers}}, ScannerTables)
    assert tables.scanner.readers == (
        ReaderSettings(device="/dev/a"),
        ReaderSettings(device="/dev/b", transport="serial", suffix="etx", name="gun"),
    )
    assert [reader.label for reader in tables.scanner.readers] == ["/dev/a", "gun"]


def test_every_wrong_setting_of_a_reader_is_named() -> None:
    reader = {
        "device": "",
        "layout": "fi",
        "suffix": "cr",
        "gap_ms": "200",
        "transport": "usb",
        "baud": 1,
        "max_length": 5000,
        "gs_key": 0,
        "nmae": "a",
    }
    found = {problem.path: problem for problem in problems(reader)}
    assert set(found) == {f"scanner.readers[0].{name}" for name in reader}
    assert found["scanner.readers[0].nmae"].suggestion == "name"


def test_two_readers_need_two_names() -> None:
    (problem,) = problems({"name": "a"}, {"name": "a"})
    assert (problem.path, problem.expected) == ("scanner.readers", "a name of its own for each reader")
