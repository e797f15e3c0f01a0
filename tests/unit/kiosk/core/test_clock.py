import time
import uuid

from kiosk.core import clock


def test_both_clocks_are_read_in_microseconds() -> None:
    before = time.time_ns() // 1000
    at = clock.now()
    assert before <= at.wall_us <= time.time_ns() // 1000
    assert at.mono_us <= time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000


def test_ids_are_uuid_version_7_that_carry_their_time_and_differ() -> None:
    before = time.time_ns() // 1_000_000
    made = [uuid.UUID(clock.fresh_id()) for _ in range(100)]
    after = time.time_ns() // 1_000_000
    assert {each.version for each in made} == {7}
    assert {each.variant for each in made} == {uuid.RFC_4122}
    assert all(before <= each.int >> 80 <= after for each in made)
    assert len(set(made)) == 100
