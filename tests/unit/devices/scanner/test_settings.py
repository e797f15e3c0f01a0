import pytest
from pydantic import ValidationError

from devices.scanner.reads import FrameSettings
from devices.scanner.settings import ReaderSettings, ScannerSettings


def test_without_settings_there_is_one_us_keyboard_wedge() -> None:
    (only,) = ScannerSettings().readers
    assert (only.transport, only.layout, only.suffix) == ("evdev", "us", "enter")
    assert (only.gap_ms, only.max_length) == (FrameSettings().gap_ms, FrameSettings().max_length)


def test_a_reader_is_called_by_its_name_else_by_its_path() -> None:
    assert ReaderSettings(device="/dev/x").label == "/dev/x"
    assert ReaderSettings(device="/dev/x", name="front").label == "front"


@pytest.mark.parametrize(
    "text",
    [
        '{"readers": [{"gap_ms": 99}]}',
        '{"readers": [{"layout": "dvorak"}]}',
        '{"readers": [{"device": ""}]}',
        '{"readers": [{"gsm_key": 1}]}',
        '{"readers": [{"gap_ms": "200"}]}',
        '{"readers": [{"name": "a"}, {"name": "a"}]}',
    ],
)
def test_a_wrong_setting_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        ScannerSettings.model_validate_json(text)
