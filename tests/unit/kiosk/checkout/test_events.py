from kiosk.checkout.events import Instant
from tests.playbook import START, later


def test_durations_go_by_the_clock_that_never_steps() -> None:
    stepped = Instant(START.wall_us - 3_600_000_000, START.mono_us + 2_999_999)
    assert stepped.since(START) == 2
    assert later(START, 1.5).since(START) == 1
