import pytest

from devices.scanner.reads import FrameSettings


def test_a_gap_too_short_for_a_busy_host_is_refused() -> None:
    assert FrameSettings(gap_ms=100).gap_ms == 100
    with pytest.raises(ValueError, match="99 ms is too short; use at least 100 ms"):
        FrameSettings(gap_ms=99)
